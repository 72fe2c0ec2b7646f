"""Deferred acceptance against every stable matching of small games, and against itself written plainly."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
import pytest
import stable_cases as cases

import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.errors import StoppedError
from matchkit.solvers.stable import acceptance
from matchkit.solvers.stable.acceptance import deferred_acceptance
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import blocking


def best_of(game: cases.Game, *plans: cases.Units) -> cases.Units:
    """What every left node would choose of the units of all these plans."""
    chosen = [0] * len(game.pairs)
    for node, capacity in enumerate(game.left):
        room = capacity
        mine = [k for k, pair in enumerate(game.pairs) if pair[0] == node]
        for k in sorted(mine, key=lambda k: game.pairs[k][2]):
            chosen[k] = min(room, max(plan[k] for plan in plans))
            room -= chosen[k]
    return tuple(chosen)


@pytest.mark.parametrize("units", [1, 2])
def test_the_answer_is_the_stable_matching_that_the_proposing_side_likes_best(
    units: int,
) -> None:
    seen: Counter[str] = Counter()
    for seed in range(400):
        game = cases.drawn(seed, units=units, most=1 + seed % 2)
        if prod(pair[4] + 1 for pair in game.pairs) > 6000:
            continue
        stable = [plan for plan in cases.every(game) if not cases.blocks(game, plan)]
        graph = game.graph()
        for side in ("left", "right"):
            found = mk.match(graph, preferences=game.preferences(proposing=side))
            mine = cases.units_of(game, found)
            assert mine in stable, seed
            told = game if side == "left" else game.turned()
            for other in stable:
                assert best_of(told, mine, other) == mine, seed
            assert found.status == "optimal"
            assert (found.rule, found.proof, found.stopped) == (
                "weak",
                "scan",
                "proved",
            )
            assert len(found.blocking) == 0
            assert found.value == sum(
                u * p[5] for u, p in zip(mine, game.pairs, strict=True)
            )
        seen["several"] += len(stable) > 1
        seen["many"] += len({sum(plan) for plan in stable}) == 1
        seen["cases"] += 1
    assert seen["several"] > 9, seen
    assert seen["many"] == seen["cases"] > 200  # the rural hospitals theorem


def plainly(pairs: RankedPairs) -> dict[tuple[int, int], int]:
    """Deferred acceptance, a unit at a time."""
    lists: dict[int, list[tuple[int, int, int, int]]] = {}
    for left, right, mine, theirs, room in zip(
        pairs.left,
        pairs.right,
        pairs.left_rank,
        pairs.right_rank,
        pairs.room,
        strict=True,
    ):
        lists.setdefault(int(left), []).append(
            (int(mine), int(right), int(theirs), int(room))
        )
    entries = {
        node: [
            (right, theirs, copy)
            for _, right, theirs, room in sorted(entry)
            for copy in range(room)
        ]
        for node, entry in lists.items()
    }
    held: dict[int, list[tuple[int, int, int]]] = {}
    at = dict.fromkeys(entries, 0)
    free = [node for node in entries for _ in range(int(pairs.left_capacity[node]))]
    while free:
        node = free.pop()
        if at[node] == len(entries[node]):
            continue
        right, theirs, copy = entries[node][at[node]]
        at[node] += 1
        mine = held.setdefault(right, [])
        mine.append((theirs, copy, node))
        mine.sort()
        if len(mine) > pairs.right_capacity[right]:
            free.append(mine.pop()[2])
    return dict(
        Counter((node, right) for right, mine in held.items() for _, _, node in mine)
    )


def large(seed: int, units: int, lefts: int = 90, rights: int = 12) -> RankedPairs:
    rng = np.random.default_rng(seed)
    left, right = np.nonzero(rng.random((lefts, rights)) < 0.7)
    popular = rng.random(rights) * rng.integers(0, 3)
    key = rng.random(len(left)) - popular[right]
    ranks = []
    for node, of in ((left, key), (right, rng.random(len(left)))):
        order = np.lexsort((of, node))
        rank = np.empty(len(left), np.int64)
        rank[order] = np.arange(len(left))
        ranks.append(rank)
    return RankedPairs(
        left.astype(np.int32),
        right.astype(np.int32),
        *ranks,
        rng.integers(1, units + 1, len(left)),
        rng.integers(0, units + 2, lefts),
        rng.integers(0, 9 * units, rights),
    )


@pytest.mark.parametrize("units", [1, 3, 200])
@pytest.mark.parametrize("alone", [True, False])
def test_rounds_and_single_proposals_end_where_plain_deferred_acceptance_does(
    units: int, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acceptance, "FEW", 10**6 if alone else 0)
    monkeypatch.setattr(acceptance, "SORTED", 100 if alone else 10**9)
    for seed in range(25):
        drawn = large(seed, units) if units < 9 else large(seed, units, 14, 9)
        for pairs in (drawn, drawn.turned()):
            found = deferred_acceptance(pairs, Deadline())
            mine = {
                (int(pairs.left[k]), int(pairs.right[k])): int(found[k])
                for k in np.flatnonzero(found)
            }
            assert mine == plainly(pairs), seed
            assert not blocking(pairs, found, "weak").any()


HUGE = 10**9 + 7


@pytest.mark.parametrize("alone", [True, False])
def test_a_billion_times_the_units_is_a_billion_times_the_answer(
    alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In no more time: what goes round in circles goes round at once."""
    monkeypatch.setattr(acceptance, "FEW", 10**6 if alone else 16)
    for seed in range(12):
        small = large(seed, 3)
        great = replace(
            small,
            room=small.room * HUGE,
            left_capacity=small.left_capacity * HUGE,
            right_capacity=small.right_capacity * HUGE,
        )
        for one, other in ((small, great), (small.turned(), great.turned())):
            expected = deferred_acceptance(one, Deadline()) * HUGE
            assert (deferred_acceptance(other, Deadline()) == expected).all(), seed


@pytest.mark.parametrize("few", [0, 16])
def test_two_that_push_each_other_out_a_unit_at_a_time(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wants what likes the other better, and one place is missing: it goes round until all have moved."""
    monkeypatch.setattr(acceptance, "FEW", few)
    monkeypatch.setattr(acceptance, "SORTED", 10**9)
    many = 10**12
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 1, 1],
        [0, 1, 0, 1],
        left_capacity=many,
        right_capacity=[many, many - 1],
        edge_capacity=[many] * 4,
    )
    found = mk.match(graph, preferences=mk.Preferences([1, 2, 2, 1], [2, 1, 1, 2]))
    assert found.flow.tolist() == [0, many - 1, many, 0]


@pytest.mark.parametrize("kind", ["weak", "strong", "super"])
def test_the_scan_finds_exactly_the_pairs_that_block_by_definition(kind: Any) -> None:
    seen = 0
    for seed in range(60):
        game = cases.drawn(seed, ties=True, sides=3)
        pairs = RankedPairs(
            *(np.array([pair[k] for pair in game.pairs], np.int64) for k in range(5)),
            np.array(game.left),
            np.array(game.right),
        )
        for plan in itertools.islice(cases.every(game), 40):
            mask = blocking(pairs, np.array(plan, np.int64), kind)
            found = sorted(game.pairs[k][:2] for k in np.flatnonzero(mask))
            assert found == cases.blocks(game, plan, kind), (seed, plan)
            seen += len(found)
    assert seen > 500


def test_ties_are_broken_by_the_digests_that_the_docs_promise() -> None:
    names = ["ana", "ben", "cho", "dan"]
    for seed in (0, 7):
        first = min(
            names,
            key=lambda name: hashlib.sha256(
                f"matchkit order {seed} left {name}".encode()
            ).digest(),
        )
        graph = mk.BipartiteGraph.from_arrays(names, ["x"] * 4)
        found = mk.match(graph, preferences=mk.Preferences([1] * 4, [1] * 4), seed=seed)
        assert found.pairs.left.tolist() == [first]


def test_ties_on_both_sides_end_weakly_stable_and_alike_each_time() -> None:
    for seed in range(100):
        game = cases.drawn(seed, ties=True)
        found = [
            mk.match(game.graph(), preferences=game.preferences(), seed=3)
            for _ in range(2)
        ]
        mine = cases.units_of(game, found[0])
        assert cases.blocks(game, mine) == []
        assert cases.units_of(game, found[1]) == mine


def test_ranks_follow_the_order_in_which_pairs_were_given() -> None:
    """Ana wants y, ben wants x; pairs are given unsorted."""
    graph = mk.BipartiteGraph.from_arrays(
        ["ben", "ana", "ana", "ben"], ["y", "x", "y", "x"]
    )
    found = mk.match(graph, preferences=mk.Preferences([2, 2, 1, 1], [1, 1, 2, 2]))
    assert list(zip(found.pairs.left, found.pairs.right, strict=True)) == [
        ("ana", "y"),
        ("ben", "x"),
    ]
    turned = mk.match(
        graph,
        preferences=mk.Preferences([2, 2, 1, 1], [1, 1, 2, 2], proposing="right"),
    )
    assert list(zip(turned.pairs.left, turned.pairs.right, strict=True)) == [
        ("ana", "x"),
        ("ben", "y"),
    ]


def test_a_matrix_of_ranks_goes_with_a_matrix() -> None:
    absent = np.array([[False, True], [False, False]])
    left = np.array([[1, 0], [1, 2]])  # what is absent may hold anything
    right = np.array([[2, -5], [1, 1]])
    graph = mk.BipartiteGraph.from_matrix(np.array([[5, 6], [7, 8]]), absent=absent)
    found = mk.match(graph, preferences=mk.Preferences(left, right))
    assert found.pairs.left.tolist() == [1]
    assert found.pairs.right.tolist() == [0]
    assert (found.value, found.flow) == (7, None)


def test_a_graph_without_pairs_has_the_empty_stable_matching() -> None:
    graph = mk.BipartiteGraph.from_arrays([], [], left_capacity=2, right_capacity=[1])
    found = mk.match(graph, preferences=mk.Preferences([], []))
    assert len(found.pairs) == len(found.blocking) == 0
    assert found.status == "optimal"


def test_a_limit_that_has_passed_ends_without_an_answer() -> None:
    with pytest.raises(StoppedError):
        deferred_acceptance(large(1, 1), Deadline.within(0))
