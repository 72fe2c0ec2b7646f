"""What is no preference, or has no meaning beside them, is refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.errors import BudgetError, InputError
from matchkit.solvers.stable import formulation, given

ONE = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], [1, 2])
CELLS = mk.BipartiteGraph.from_matrix(np.ones((1, 2), int))
HEAVY = mk.BipartiteGraph.from_arrays([0], [0], [1], consumption=[1], left_capacity=1)
LEAST = mk.BipartiteGraph.from_arrays([0], [0], [1], edge_minimum=[1])
LEFT_LEAST = mk.BipartiteGraph.from_arrays([0], [0], [1], left_minimum=1)
RIGHT_LEAST = mk.BipartiteGraph.from_arrays([0], [0], [1], right_minimum=1)
RANKS = {"left": [1, 2], "right": [1, 1]}
SINGLE = {"left": [1], "right": [1]}
ADVICE = {
    "preferences.beside": "preferences.beside.do",
    "preferences.missing": "preferences.missing.do",
}


def refused(
    graph: mk.BipartiteGraph, preferences: Any, **options: Any
) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as raised:
        mk.match(graph, preferences=preferences, **options)
    return [
        (one.where, one.parts[1].key, one.parts[2].key)
        for one in raised.value.complaints
    ]


@pytest.mark.parametrize(
    ("graph", "ranks", "where"),
    [
        (HEAVY, SINGLE, "consumption"),
        (LEAST, SINGLE, "edge_minimum"),
        (LEFT_LEAST, SINGLE, "left_minimum"),
        (RIGHT_LEAST, SINGLE | {"by": "dictatorship"}, "right_minimum"),
        (ONE, RANKS | {"by": "trading", "stability": "super"}, "preferences.stability"),
        (ONE, RANKS | {"order": [1]}, "preferences.order"),
    ],
)
def test_what_has_no_meaning_by_a_rule_is_named(
    graph: mk.BipartiteGraph, ranks: dict[str, Any], where: str
) -> None:
    told = refused(graph, mk.Preferences(**ranks))
    assert told == [(where, "preferences.beside", "preferences.beside.do")]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"fair": "right"}, "fair"),
        ({"rule": "nash"}, "rule"),
        ({"right_group": [0, 0]}, "right_group"),
        ({"left_group": [0]}, "left_group"),
        ({"minimize": True}, "minimize"),
    ],
)
def test_options_of_other_goals_are_refused(
    options: dict[str, Any], where: str
) -> None:
    told = refused(ONE, mk.Preferences(**RANKS), **options)
    assert told == [(where, "preferences.beside", "preferences.beside.do")]


@pytest.mark.parametrize(
    ("graph", "ranks", "where", "key", "advice"),
    [
        (ONE, RANKS | {"by": "first"}, "preferences.by", "graph.is", "matching.option.do"),
        (ONE, RANKS | {"proposing": 1}, "preferences.proposing", "graph.is", "matching.option.do"),
        (ONE, RANKS | {"stability": "no"}, "preferences.stability", "graph.is", "matching.option.do"),
        (ONE, {"left": [1, 2]}, "preferences.right", "preferences.missing", "preferences.missing.do"),
        (ONE, RANKS | {"left": [1]}, "preferences.left", "graph.shape", "graph.one_a_pair.do"),
        (CELLS, RANKS | {"left": [[1, 2]]}, "preferences.right", "graph.shape", "graph.shape.do"),
        (ONE, RANKS | {"left": [0, 1]}, "preferences.left", "graph.is", "preferences.rank.do"),
        (ONE, RANKS | {"left": [1, 2**31]}, "preferences.left", "graph.is", "preferences.rank.do"),
        (ONE, RANKS | {"left": ["a", "b"]}, "preferences.left", "graph.dtype", "graph.dtype.do"),
        (ONE, RANKS | {"left": [True, False]}, "preferences.left", "graph.dtype", "graph.dtype.do"),
        (ONE, RANKS | {"left": [1, float("nan")]}, "preferences.left[1]", "graph.is", "graph.fraction.do"),
        (ONE, RANKS | {"left": [1, 1.5]}, "preferences.left[1]", "graph.is", "graph.fraction.do"),
        (ONE, {"left": [1, 2], "by": "dictatorship", "order": [1, 2]}, "preferences.order", "graph.shape", "preferences.order.do"),
        (ONE, {"left": [1, 2], "by": "dictatorship", "order": [-1]}, "preferences.order", "graph.is", "graph.range.do"),
        (ONE, {"left": [1, 2], "by": "dictatorship", "order": ["a"]}, "preferences.order", "graph.dtype", "graph.dtype.do"),
    ],
)  # fmt: skip
def test_ranks_and_words_that_are_none_are_refused(
    graph: mk.BipartiteGraph, ranks: dict[str, Any], where: str, key: str, advice: str
) -> None:
    assert refused(graph, mk.Preferences(**ranks)) == [(where, key, advice)]


def test_faults_of_both_sides_come_in_one_error() -> None:
    told = refused(ONE, mk.Preferences([1], [0, 1]))
    assert [where for where, _, _ in told] == ["preferences.left", "preferences.right"]


def test_what_is_no_preferences_is_refused() -> None:
    assert refused(ONE, {"left": [1, 2]}) == [
        ("preferences", "graph.type", "preferences.do")
    ]


def test_more_pairs_than_memory_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(given, "MOST_PAIRS", 1)
    with pytest.raises(BudgetError) as raised:
        mk.match(ONE, preferences=mk.Preferences(**RANKS))
    assert str(raised.value) == pinned.text("preferences.pairs_many", most=1)


def test_units_too_many_to_add_up_are_refused() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        np.zeros(600, int),
        range(600),
        left_capacity=2**53,
        right_capacity=2**53,
        edge_capacity=[2**53] * 600,
    )
    ranks = range(1, 601)
    with pytest.raises(BudgetError) as raised:
        mk.match(graph, preferences=mk.Preferences(ranks, ranks))
    what = pinned.message("matching.sum.units")
    assert str(raised.value) == pinned.text(
        "matching.sums_large", what=what, total=float(600 * 2**53), most=2**62
    )


IDS = mk.BipartiteGraph.from_arrays(
    ["ana", "ana", "ben", "ben", "cho"], ["x", "y", "x", "y", "x"]
)
FIVE = {"left": [1] * 5, "right": [1] * 5}
BOTH = ("ana", "ben", [("x", "y")])


@pytest.mark.parametrize(
    ("couples", "where", "key"),
    [
        (None, "preferences.couples", "graph.type"),
        ("ab", "preferences.couples", "graph.type"),
        ([("ana", "ben")], "preferences.couples[0]", "graph.type"),
        ([("ana", "ben", None)], "preferences.couples[0][2]", "graph.type"),
        ([("ana", "ben", ["xy"])], "preferences.couples[0][2][0]", "graph.type"),
        ([("ana", "dan", [])], "preferences.couples[0]", "preferences.member"),
        ([("ana", ["ben"], [])], "preferences.couples[0]", "preferences.member"),
        ([("ana", "ana", [])], "preferences.couples[0]", "preferences.member_twice"),
        ([BOTH, ("cho", "ana", [])], "preferences.couples[1]", "preferences.member_twice"),
        ([("ana", "ben", [("x", "z")])], "preferences.couples[0][2][0]", "preferences.member"),
        ([("ana", "cho", [("x", "y")])], "preferences.couples[0][2][0]", "preferences.choice_pair"),
        ([("ana", "ben", [("x", "y")] * 2)], "preferences.couples[0][2][1]", "preferences.choice_twice"),
    ],
)  # fmt: skip
def test_couples_that_are_none_are_refused(couples: Any, where: str, key: str) -> None:
    told = refused(IDS, mk.Preferences(**FIVE, couples=couples))
    advice = "preferences.couples.do" if key == "graph.type" else f"{key}.do"
    assert told == [(where, key, advice)]
    assert ADVISED.get(key, advice) == advice


ADVISED = {
    "preferences.member": "preferences.member.do",
    "preferences.member_twice": "preferences.member_twice.do",
    "preferences.member_capacity": "preferences.member_capacity.do",
    "preferences.choice_pair": "preferences.choice_pair.do",
    "preferences.choice_twice": "preferences.choice_twice.do",
    "preferences.pair_capacity": "preferences.pair_capacity.do",
}


def test_members_of_couples_take_one_place_each() -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 1], [0, 1], left_capacity=[1, 2])
    couples = [(0, 1, [(0, 1)])]
    told = refused(graph, mk.Preferences([1, 1], [1, 1], couples=couples))
    assert told == [
        (
            "preferences.couples[0]",
            "preferences.member_capacity",
            "preferences.member_capacity.do",
        )
    ]


def test_couples_go_with_weak_stability_and_no_other_rule() -> None:
    told = refused(IDS, mk.Preferences(**FIVE, couples=[BOTH], stability="super"))
    assert told == [
        ("preferences.stability", "preferences.beside_couples", "preferences.beside.do")
    ]
    told = refused(IDS, mk.Preferences(**FIVE, couples=[BOTH], by="immediate"))
    assert [where for where, _, _ in told] == ["preferences.couples"]


def test_strong_stability_is_refused_where_pairs_carry_several_units() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0], [0], left_capacity=2, right_capacity=2, edge_capacity=[2]
    )
    told = refused(graph, mk.Preferences([1], [1], stability="strong"))
    assert told == [
        ("edge_capacity", "preferences.pair_capacity", "preferences.pair_capacity.do")
    ]


def test_a_gap_and_an_engine_of_flows_are_refused() -> None:
    told = refused(ONE, mk.Preferences(**RANKS), gap=0.1)
    assert told == [("gap", "preferences.beside", "preferences.beside.do")]
    told = refused(ONE, mk.Preferences(**RANKS), engine="flow")
    assert told == [("engine", "preferences.engine", "matching.consuming.do")]


def test_a_search_with_too_many_entries_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formulation, "MOST_ENTRIES", 1)
    with pytest.raises(BudgetError) as raised:
        mk.match(ONE, "weight", preferences=mk.Preferences(left=[1, 1], right=[1, 1]))
    told = pinned.text("preferences.search_large", entries=4, most=1)
    assert str(raised.value) == told
