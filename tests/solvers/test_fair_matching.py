"""Fair fills and even loads of graphs, against every matching there is."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.errors import BudgetError, InputError
from matchkit.solvers.flow.fairness import fair_steps

SEEDS = range(150)
Fills = tuple[int, ...]


def drawn(seed: int) -> tuple[mk.BipartiteGraph, dict[str, Any]]:
    """A small graph with capacities, minimums and weights of either sign, and groups of its nodes."""
    rng = np.random.default_rng(seed)
    lefts, rights = rng.integers(2, 5), rng.integers(2, 5)
    left, right = np.nonzero(rng.random((lefts, rights)) < 0.6)
    capacity = rng.integers(1, 4, rights)
    graph = mk.BipartiteGraph.from_arrays(
        left,
        right,
        rng.integers(-5, 20, len(left)),
        left_capacity=rng.integers(1, 4, lefts),
        right_capacity=capacity,
        left_ids=list(range(lefts)),
        right_ids=list(range(rights)),
        right_minimum=np.minimum(capacity, rng.integers(0, 2, rights))
        * (rng.random() < 0.4),
        edge_capacity=rng.integers(1, 3, len(left)),
    )
    groups = {
        "right_group": rng.integers(0, 2, rights) if rng.random() < 0.5 else None,
        "left_group": rng.integers(0, 2, lefts) if rng.random() < 0.5 else None,
    }
    return graph, groups


def every(graph: mk.BipartiteGraph) -> list[tuple[Fills, Fills, int]]:
    """What left and right nodes carry, and the weight, of every matching."""
    block = graph.pairs.block(0, graph.pairs.left_count)
    rows, right = block.rows(), block.right
    room = block.capacity if block.capacity is not None else np.ones(len(rows), int)
    found = []
    for units in itertools.product(*(range(most + 1) for most in room.tolist())):
        given, taken = (
            np.bincount(side, weights=units, minlength=len(limit)).astype(int)
            for side, limit in (
                (rows, graph.left_capacity),
                (right, graph.right_capacity),
            )
        )
        if (given <= graph.left_capacity).all() and (
            taken <= graph.right_capacity
        ).all():
            weight = int(np.dot(units, block.weight)) if len(units) else 0
            found.append((tuple(given), tuple(taken), weight))
    return found


def by_group(amounts: Any, group: Any) -> list[int]:
    """Sums by group."""
    if group is None:
        return [int(amount) for amount in amounts]
    total = [0] * (int(max(group)) + 1)
    for amount, mine in zip(amounts, group, strict=True):
        total[mine] += int(amount)
    return total


def rates(fills: list[int], wanted: list[int]) -> list[Fraction]:
    return [Fraction(x, d) for x, d in zip(fills, wanted, strict=True) if d]


GREATER: dict[str, Callable[[list[int], list[int]], Any]] = {
    "leximin": lambda x, d: sorted(rates(x, d)),
    "dhondt": lambda x, d: [-rate for rate in sorted(rates(x, d), reverse=True)],
    "nash": lambda x, d: (
        sum(1 for one in x if one),
        prod(one**w for one, w in zip(x, d, strict=True) if one),
    ),
    "webster": lambda x, d: (
        -sum(Fraction(one * one, w) for one, w in zip(x, d, strict=True) if w)
    ),
}
"""What is as great as can be, from the definition of every rule, among fills of the same sum."""


def values(
    graph: mk.BipartiteGraph, groups: dict[str, Any], rule: str, by: str = "count"
) -> Callable[[Fills, Fills, int], tuple[Any, ...]]:
    """What a matching reaches in every goal, minimums first."""
    wanted = by_group(graph.right_capacity, groups["right_group"])
    could = by_group(graph.left_capacity, groups["left_group"])

    def reached(given: Fills, taken: Fills, weight: int) -> tuple[Any, ...]:
        least = sum(np.minimum(taken, graph.right_minimum))
        units = by_group(given, groups["left_group"])
        loads = sorted(rates(units, could) if by == "rate" else units, reverse=True)
        fills = by_group(taken, groups["right_group"])
        return (
            least,
            sum(taken),
            GREATER[rule](fills, wanted),
            [-load for load in loads],
            weight,
        )

    return reached


def carried(graph: mk.BipartiteGraph, matching: Any) -> tuple[Fills, Fills]:
    """What left and right nodes carry."""
    left, right = (
        np.bincount(
            side.astype(int), weights=matching.pairs.quantity, minlength=len(limit)
        )
        for side, limit in (
            (matching.pairs.left, graph.left_capacity),
            (matching.pairs.right, graph.right_capacity),
        )
    )
    return tuple(left.astype(int).tolist()), tuple(right.astype(int).tolist())


@pytest.mark.parametrize("rule", GREATER)
def test_fills_are_the_fairest_of_the_fullest_and_loads_even_after_them(
    rule: str,
) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        graph, groups = drawn(seed)
        if len(graph.pairs.block(0, graph.pairs.left_count).right) > 9:
            continue
        by = ("count", "rate")[seed % 2]
        reached = values(graph, groups, rule, by)
        best = max(reached(*plan) for plan in every(graph))
        matching = mk.match(graph, fair="both", rule=rule, by=by, **groups)
        assert matching.status == "optimal"
        given, taken = carried(graph, matching)
        assert reached(given, taken, matching.value) == best, seed
        plain = mk.match(graph, "cardinality then weight")
        seen["cases"] += 1
        seen["moved"] += carried(graph, plain)[1] != taken
    assert seen["cases"] > 80
    assert seen["moved"] > 10, seen


def test_nash_compares_products_exactly() -> None:
    """Neighbours in the order, whose logarithms may be too close for floating point, in whole numbers."""
    wanted = [1_201, 1_203, 40, 41]
    steps = fair_steps(np.array(wanted), "nash", 1, 0)
    units = [(k, d) for d in wanted for k in range(1, d + 1)]
    order = np.argsort(-steps.gain[:, 0], kind="stable").tolist()
    assert [units[place][0] for place in order[: len(wanted)]] == [1] * len(wanted)
    rest = order[len(wanted) :]
    for one, other in itertools.pairwise(rest):
        (k, d), (j, e) = units[one], units[other]
        mine, theirs = k**d * (j - 1) ** e, j**e * (k - 1) ** d
        equal = steps.gain[one, 0] == steps.gain[other, 0]
        assert mine == theirs if equal else mine > theirs


ADVICE = {
    "matching.fair_weight": "matching.fair_weight.do",
    "matching.fair_beside": "matching.fair_beside.do",
    "matching.fair_unused": "matching.fair_unused.do",
    "matching.group_shape": "matching.group.do",
    "matching.group_range": "matching.group.do",
    "matching.group_ids": "matching.group.do",
}
ONE = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], [1, 2])
HEAVY = mk.BipartiteGraph.from_arrays([0], [0], [1], consumption=[1], left_capacity=1)
LEAST = mk.BipartiteGraph.from_arrays([0], [0], [1], edge_minimum=[1])


@pytest.mark.parametrize(
    ("graph", "options", "where", "key"),
    [
        (ONE, {"fair": "up"}, "fair", "graph.is"),
        (ONE, {"rule": "first"}, "rule", "graph.is"),
        (ONE, {"fair": "left", "by": "weight"}, "by", "graph.is"),
        (ONE, {"fair": "right", "by": "rate"}, "by", "matching.fair_unused"),
        (
            ONE,
            {"fair": "left", "objective": "weight"},
            "objective",
            "matching.fair_weight",
        ),
        (HEAVY, {"fair": "right"}, "fair", "matching.fair_beside"),
        (
            LEAST,
            {"fair": "left", "left_group": [0]},
            "left_group",
            "matching.fair_beside",
        ),
        (ONE, {"right_group": [0, 0]}, "right_group", "matching.fair_unused"),
        (
            ONE,
            {"fair": "right", "left_group": [0]},
            "left_group",
            "matching.fair_unused",
        ),
        (ONE, {"fair": "left", "rule": "nash"}, "rule", "matching.fair_unused"),
        (
            ONE,
            {"fair": "right", "right_group": {0: 0}},
            "right_group",
            "matching.group_ids",
        ),
        (
            ONE,
            {"fair": "right", "right_group": [0]},
            "right_group",
            "matching.group_shape",
        ),
        (
            ONE,
            {"fair": "right", "right_group": [0.5, 1]},
            "right_group[0]",
            "graph.is",
        ),
        (
            ONE,
            {"fair": "right", "right_group": [0, 2]},
            "right_group",
            "matching.group_range",
        ),
        (
            ONE,
            {"fair": "left", "left_group": [-1]},
            "left_group",
            "matching.group_range",
        ),
        *(
            (
                ONE,
                {"fair": "both", name: np.array(["right", "count"])},
                name,
                "graph.is",
            )
            for name in ("fair", "rule", "by")
        ),
    ],
)
def test_what_cannot_be_fair_is_refused_by_name(
    graph: mk.BipartiteGraph, options: dict[str, Any], where: str, key: str
) -> None:
    with pytest.raises(InputError) as raised:
        mk.match(graph, **options)
    assert [(one.where, one.parts[1].key) for one in raised.value.complaints] == [
        (where, key)
    ]
    if key in ADVICE:
        assert raised.value.complaints[0].parts[2].key == ADVICE[key]


def test_more_units_than_can_be_counted_one_by_one_are_refused() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0], [0], [1], left_capacity=[2**30], right_capacity=[2**30], edge_capacity=[5]
    )
    told = pinned.text("matching.fair_steps", units=2**30, most=2**20)
    with pytest.raises(BudgetError) as raised:
        mk.match(graph, fair="right")
    assert str(raised.value) == told


def test_fractions_of_numbers_too_large_to_compare_are_refused() -> None:
    graph = mk.BipartiteGraph.from_arrays([0], [0], [1], right_capacity=[2**26])
    told = pinned.text("matching.fair_numbers", number=2**27, most=2**26)
    with pytest.raises(BudgetError) as raised:
        mk.match(graph, fair="right")
    assert str(raised.value) == told


def test_a_right_node_counts_no_more_units_than_there_are_on_the_left() -> None:
    """Twelve people, and places for millions: coverage is still of what each side wants."""
    graph = mk.BipartiteGraph.from_matrix(
        np.ones((12, 2), int), right_capacity=[2_000_000, 1_000_000]
    )
    found = mk.match(graph, fair="right")
    assert np.bincount(found.pairs.right).tolist() == [8, 4]


def test_groups_by_id_are_those_of_the_ids_in_any_order() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        ["p", "q", "r"] * 2,
        ["b"] * 3 + ["a"] * 3,
        [9, 8, 7, 1, 1, 1],
        right_ids=["b", "a"],
        right_capacity=[3, 1],
    )
    by_id = mk.match(graph, fair="right", right_group={"b": 0, "a": 1})
    in_order = mk.match(graph, fair="right", right_group=[1, 0])
    assert graph.right_ids == ("a", "b")
    assert by_id.pairs.right.tolist() == in_order.pairs.right.tolist()
    assert sorted(by_id.pairs.right.tolist()) == ["a", "b", "b"]


@pytest.mark.parametrize("fair", ["right", "left"])
@pytest.mark.parametrize("minimize", [False, True])
def test_one_side_alone_is_as_fair_as_can_be(fair: str, minimize: bool) -> None:
    """Also of costs, and of units alone."""
    for seed in range(60):
        graph, groups = drawn(seed)
        if len(graph.pairs.block(0, graph.pairs.left_count).right) > 8:
            continue
        name = f"{fair}_group"
        reached = values(graph, groups, "leximin")

        def goals(
            plan: tuple[Fills, Fills, int], reached: Any = reached
        ) -> tuple[Any, ...]:
            least, units, fills, loads, weight = reached(*plan)
            share = fills if fair == "right" else loads
            return least, units, share, -weight if minimize else weight

        best = max(map(goals, every(graph)))
        for objective in ("cardinality then weight", "cardinality"):
            found = mk.match(
                graph, objective, fair=fair, minimize=minimize, **{name: groups[name]}
            )
            weight = found.value if objective != "cardinality" else 0
            mine = goals((*carried(graph, found), weight))
            kept = 3 if objective == "cardinality" else 4
            assert mine[:kept] == best[:kept], seed
            assert found.status == "optimal"
            if objective == "cardinality":
                assert found.value == found.bound == best[1]


def test_prices_of_groups_prove_what_is_fair_by_hand() -> None:
    """The bound of docs/mathematics.md, added up in plain Python, is the value goal by goal."""
    graph = mk.BipartiteGraph.from_matrix(
        np.array([[9, 1, 3], [8, 1, 2], [7, 1, 1]]), right_capacity=[2, 2, 1]
    )
    found = mk.match(graph, fair="right", right_group=[0, 1, 1])
    assert found.left_price is not None
    assert found.right_price is not None
    assert found.right_group_price is not None
    left, right, above = (
        [tuple(row) for row in price.tolist()]
        for price in (found.left_price, found.right_price, found.right_group_price)
    )
    bound = [0, 0, 0]

    def pay(vector: tuple[int, ...], units: int) -> None:
        if vector > (0, 0, 0):
            for goal, amount in enumerate(vector):
                bound[goal] += units * amount

    for price in left:
        pay(price, 1)
    for price, group, capacity in zip(right, (0, 1, 1), (2, 2, 1), strict=True):
        over = above[group]
        pay((1 + price[0] - over[0], price[1] - over[1], price[2] - over[2]), capacity)
    # Keys (0, 2), (0, 3), (1/3, 3), (1/2, 2), (2/3, 3): five, so units of the first group count 5 and 2.
    for price, gains in zip(above, ((5, 2), (4, 3, 1)), strict=True):
        for gain in gains:
            pay((price[0], gain + price[1], price[2]), 1)
    chosen = zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True)
    weight = [[9, 1, 3], [8, 1, 2], [7, 1, 1]]
    for one, other in chosen:
        beyond = [-a - b for a, b in zip(left[one], right[other], strict=True)]
        pay((beyond[0], beyond[1], beyond[2] + weight[one][other]), 1)
    assert bound == [goal.value for goal in found.goals] == [3, 5 + 4 + 3, 9 + 2 + 1]
