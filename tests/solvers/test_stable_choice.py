"""Serial dictatorship, immediate acceptance and top trading cycles, each against ten plain lines."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pinned
import pytest
import stable_cases as cases

import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.errors import EngineError, InputError, StoppedError
from matchkit.solvers.stable import solve
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.trading import Trades, top_trading_cycles, trades_hold

Plan = dict[tuple[int, int], int]


def dictatorship(game: cases.Game, order: list[int]) -> Plan:
    plan, places = {}, list(game.right)
    for node in order:
        free = game.left[node]
        for _, right, room in sorted(
            (p[2], p[1], p[4]) for p in game.pairs if p[0] == node
        ):
            units = min(free, room, places[right])
            plan[node, right] = units
            places[right] -= units
            free -= units
    return {pair: units for pair, units in plan.items() if units}


def immediate(game: cases.Game) -> Plan:
    plan, places, free = {}, list(game.right), list(game.left)
    lists = {
        a: sorted((p for p in game.pairs if p[0] == a), key=lambda p: p[2])
        for a in range(len(free))
    }
    for choice in range(len(places)):
        asked = [mine[choice] for mine in lists.values() if len(mine) > choice]
        for pair in sorted(asked, key=lambda p: p[3]):
            units = min(free[pair[0]], pair[4], places[pair[1]])
            plan[pair[:2]] = units
            places[pair[1]] -= units
            free[pair[0]] -= units
    return {pair: units for pair, units in plan.items() if units}


def trading(game: cases.Game) -> Plan:
    plan, places, waits = (
        {},
        list(game.right),
        {a for a, most in enumerate(game.left) if most},
    )
    while True:
        want = {
            a: min(
                ((p[2], p[1]) for p in game.pairs if p[0] == a and places[p[1]]),
                default=None,
            )
            for a in waits
        }
        waits = {a for a in waits if want[a]}
        if not waits:
            return plan
        to = {
            a: min(
                (p[3], p[0]) for p in game.pairs if p[1] == want[a][1] and p[0] in waits
            )[1]
            for a in waits
        }
        node = min(waits)
        for _ in waits:
            node = to[node]  # now on a cycle
        while node in waits:
            waits.remove(node)
            plan[node, want[node][1]] = 1
            places[want[node][1]] -= 1
            node = to[node]


PLAIN: dict[str, Any] = {"immediate": immediate, "trading": trading}


def of(found: Any) -> Plan:
    rows = found.pairs
    return {
        (int(a), int(b)): int(units)
        for a, b, units in zip(rows.left, rows.right, rows.quantity, strict=True)
    }


@pytest.mark.parametrize("by", ["dictatorship", "immediate", "trading"])
def test_every_rule_equals_a_second_implementation(by: Any) -> None:
    seen: Counter[str] = Counter()
    for seed in range(400):
        single = by == "trading"
        game = cases.drawn(
            seed, units=1 if single else 2, most=1 if single else 3, sides=6
        )
        if single:  # rights of two places: what is traded then has more than one owner
            rights = tuple(1 + (seed + b) % 2 for b in range(len(game.right)))
            game = cases.Game(game.pairs, game.left, rights)
        options: dict[str, Any] = {}
        if by == "dictatorship":
            turn = np.random.default_rng(seed).permutation(len(game.left))
            options["order"] = turn
            plain = dictatorship(game, np.argsort(turn).tolist())
        else:
            plain = PLAIN[by](game)
        found = mk.match(game.graph(), preferences=game.preferences(by=by, **options))
        assert of(found) == plain, seed
        assert (found.rule, found.blocking, found.goals) == (by, None, ())
        assert found.status == "optimal"
        assert found.proof == ("replay" if single else "scan")
        turned = game.turned()
        if not single or max(turned.right) == 1:
            other = mk.match(
                turned.graph(),
                preferences=turned.preferences(by=by, proposing="right", **options),
            )
            assert {(b, a): u for (a, b), u in of(other).items()} == plain
        stable = mk.match(game.graph(), preferences=game.preferences())
        seen["not stable"] += of(stable) != plain
    assert seen["not stable"] > 20, seen


def test_without_an_order_the_digests_decide_who_chooses_first() -> None:
    """Of two who want the same place, one by each of some seeds; the order is that of ties."""
    graph = mk.BipartiteGraph.from_arrays(["ana", "ben"], ["x", "x"])
    winners = []
    for seed in range(12):
        found = mk.match(
            graph, preferences=mk.Preferences([1, 1], by="dictatorship"), seed=seed
        )
        tied = mk.match(graph, preferences=mk.Preferences([1, 1], [1, 1]), seed=seed)
        assert found.pairs.left.tolist() == tied.pairs.left.tolist()
        winners += found.pairs.left.tolist()
    assert set(winners) == {"ana", "ben"}


def test_equal_turns_are_broken_by_the_digests_too() -> None:
    graph = mk.BipartiteGraph.from_arrays(["ana", "ben"], ["x", "x"])
    for seed in range(6):
        found = [
            mk.match(
                graph,
                preferences=mk.Preferences([1, 1], by="dictatorship", order=order),
                seed=seed,
            ).pairs.left.tolist()
            for order in (None, [4, 4], [2, 1])
        ]
        assert found[0] == found[1]
        assert found[2] == ["ben"]


def test_nobody_trades_or_chooses_along_a_pair_that_can_carry_nothing() -> None:
    """ana likes the clinic best, but their pair has the capacity 0; with ben, as a couple, likewise."""
    graph = mk.BipartiteGraph.from_arrays(
        ["ana", "ana", "ben"], ["clinic", "school", "clinic"], edge_capacity=[0, 1, 1],
        right_capacity=2,
    )  # fmt: skip
    found = mk.match(
        graph, preferences=mk.Preferences([1, 2, 1], [1, 1, 2], by="trading")
    )
    assert of_names(found) == [("ana", "school"), ("ben", "clinic")]
    couple = "ana", "ben", [("clinic", "clinic"), ("school", "clinic")]
    joint = mk.Preferences([1, 2, 1], [1, 1, 2], couples=[couple])
    found = mk.match(graph, "cardinality", preferences=joint)
    assert of_names(found) == [("ana", "school"), ("ben", "clinic")]
    assert (found.value, found.bound, found.blocking_couples) == (2, 2, ())


def test_a_first_choice_without_places_is_a_choice_all_the_same() -> None:
    """ben asks the school in the first round, ana only in the second, as her first choice has no places."""
    graph = mk.BipartiteGraph.from_arrays(
        ["ana", "ana", "ben"], ["clinic", "school", "school"], right_capacity=[0, 1]
    )
    ranks = mk.Preferences([1, 2, 1], [1, 1, 2], by="immediate")
    assert of_names(mk.match(graph, preferences=ranks)) == [("ben", "school")]


def of_names(found: Any) -> list[tuple[str, str]]:
    return list(zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True))


def drawn_pairs(seed: int) -> RankedPairs:
    game = cases.drawn(seed, most=1, sides=6)
    return RankedPairs(
        *(np.array([pair[k] for pair in game.pairs], np.int64) for k in range(5)),
        np.array(game.left),
        np.array([1 + (seed + b) % 2 for b in range(len(game.right))]),
    )


def test_trades_that_are_not_those_of_the_rule_are_refused() -> None:
    """Two trades exchanged, one left out, one made later, another pair got: nothing passes."""
    refused = 0
    for seed in range(150):
        pairs = drawn_pairs(seed)
        trades = top_trading_cycles(pairs, Deadline())
        assert trades_hold(pairs, trades)
        plan = set(trades.got.tolist())
        for k in range(len(trades.got)):
            fewer = np.delete(np.arange(len(trades.got)), k)
            left_out = Trades(trades.got[fewer], trades.by[fewer], trades.cycle[fewer])
            assert not trades_hold(pairs, left_out)
            for pair in np.flatnonzero(
                pairs.left == pairs.left[trades.got[k]]
            ).tolist():
                got = trades.got.copy()
                got[k] = pair
                if set(got.tolist()) != plan:
                    assert not trades_hold(pairs, Trades(got, trades.by, trades.cycle))
                    refused += 1
    assert refused > 100


@pytest.mark.parametrize("by", ["dictatorship", "immediate", "trading"])
def test_an_answer_that_is_not_the_rules_is_not_given_out(
    by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1])
    wrong = np.array([0, 1])  # the second choice
    name = {"dictatorship": "serial_dictatorship", "immediate": "immediate_acceptance"}
    if by == "trading":
        trades = Trades(np.array([1]), np.array([1]), np.array([0]))
        monkeypatch.setattr(solve, "top_trading_cycles", lambda *_: trades)
    else:
        monkeypatch.setattr(solve, name[by], lambda *_: wrong)
    with pytest.raises(EngineError) as raised:
        mk.match(graph, preferences=mk.Preferences([1, 2], [1, 1], by=by))
    told = pinned.message("preferences.wrong.rule")
    assert str(raised.value) == pinned.text("matching.proof_of_matching", wrong=told)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [([0, 1], "preferences.wrong.blocking"), ([1, 1], "preferences.wrong.capacity")],
)
def test_a_matching_that_is_blocked_or_too_full_is_not_given_out(
    wrong: list[int], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1])
    monkeypatch.setattr(solve, "deferred_acceptance", lambda *_: np.array(wrong))
    with pytest.raises(EngineError) as raised:
        mk.match(graph, preferences=mk.Preferences([1, 2], [1, 1]))
    told = pinned.message(key)
    assert str(raised.value) == pinned.text("matching.proof_of_matching", wrong=told)


def test_trading_gives_one_unit_to_everybody_who_chooses() -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], left_capacity=2)
    with pytest.raises(InputError) as raised:
        mk.match(graph, preferences=mk.Preferences([1, 2], [1, 1], by="trading"))
    (one,) = raised.value.complaints
    assert (one.where, one.parts[2].key) == ("left_capacity", "preferences.trading.do")


@pytest.mark.parametrize("by", ["dictatorship", "immediate", "trading"])
def test_an_objective_beside_a_rule_is_refused(by: Any) -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1])
    with pytest.raises(InputError) as raised:
        mk.match(graph, "weight", preferences=mk.Preferences([1, 2], [1, 1], by=by))
    assert [one.where for one in raised.value.complaints] == ["objective"]


@pytest.mark.parametrize("by", ["dictatorship", "immediate"])
def test_a_limit_that_has_passed_ends_a_rule(by: Any) -> None:
    graph = mk.BipartiteGraph.from_arrays([0, 0], [0, 1])
    with pytest.raises(StoppedError):
        mk.match(graph, preferences=mk.Preferences([1, 2], [1, 1], by=by), time_limit=0)
