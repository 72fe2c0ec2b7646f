"""From prices to plans: pairs cut down to what fits, filled up with what still does, and diving, which
settles left nodes whose best block hardly changes with the prices and lets prices settle again for the
others.

A plan is int64 (chosen,), the positions of its pairs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.solvers.lagrangian.best import BestBlocks
from matchkit.solvers.lagrangian.blocks import BlockLimits, BlockProblem
from matchkit.solvers.lagrangian.descent import SlotUnits, descend


def load_of(blocks: BlockProblem, chosen: Int64) -> Int64:
    """Units that a plan takes of every right node: int64 (rights,)."""
    return np.bincount(blocks.right[chosen], minlength=blocks.right_count)


def worth(blocks: BlockProblem, chosen: Int64) -> int:
    """What a plan, int64 (chosen,), is worth, in Python integers."""
    load = load_of(blocks, chosen)
    first = np.minimum(load, blocks.right_minimum)
    parts = (
        blocks.weight[chosen],
        first * blocks.minimum_gain,
        (load - first) * blocks.rest_gain,
    )
    return sum(int(number) for part in parts for number in part.tolist() if number)


def earned(blocks: BlockProblem, chosen: Int64, price: Int64) -> Int64:
    """What each left node earns at prices of right nodes (int64 (rights,)), less its cost where it is used:
    int64 (lefts,).
    """
    total = np.zeros(blocks.left_count, np.int64)
    total[blocks.left[chosen]] = -blocks.cost[blocks.left[chosen]]
    np.add.at(
        total, blocks.left[chosen], blocks.weight[chosen] - price[blocks.right[chosen]]
    )
    return total


def fits(blocks: BlockProblem, chosen: Int64) -> bool:
    """Whether a set of pairs, int64 (chosen,), is a plan: within capacities, counts and budgets, each
    pair once, no two of a left node at one time.
    """
    left, right = blocks.left[chosen], blocks.right[chosen]
    if (load_of(blocks, chosen) > blocks.right_capacity).any() or len(
        np.unique(chosen)
    ) != len(chosen):
        return False
    if (np.bincount(left, minlength=blocks.left_count) > blocks.count).any():
        return False
    spent = sums_by(left, blocks.uses[right], blocks.left_count)
    if ((blocks.budget >= 0) & (spent > blocks.budget)).any():
        return False
    timed = blocks.begin[right] < blocks.end[chosen]
    order = np.lexsort((blocks.begin[right], left))
    order = order[timed[order]]
    node, begin, end = (
        left[order],
        blocks.begin[right[order]],
        blocks.end[chosen[order]],
    )
    return not ((node[1:] == node[:-1]) & (begin[1:] < end[:-1])).any()


def within_limits(blocks: BlockProblem, chosen: Int64, rough: Mask) -> Int64:
    """The plan without pairs of ``rough`` left nodes (bool (lefts,)) that break budget or count, those
    that earn least dropped first: int64 (chosen,).
    """
    mine = chosen[rough[blocks.left[chosen]]]
    if len(mine) == 0:
        return chosen
    budget, count = blocks.budget.tolist(), blocks.count.tolist()
    spent, taken = [0] * blocks.left_count, [0] * blocks.left_count
    dropped = []
    for pair in mine[np.argsort(-blocks.weight[mine], kind="stable")].tolist():
        node, use = int(blocks.left[pair]), int(blocks.uses[blocks.right[pair]])
        if taken[node] >= count[node] or (
            budget[node] >= 0 and spent[node] + use > budget[node]
        ):
            dropped.append(pair)
        else:
            taken[node], spent[node] = taken[node] + 1, spent[node] + use
    kept: Int64 = chosen[~np.isin(chosen, dropped)]
    return kept


def within_room(blocks: BlockProblem, pairs: Int64, room: Int64) -> Int64:
    """Of these pairs (int64 (pairs,)) the heaviest of every right node, as many as it has room for (int64
    (rights,)).
    """
    order = pairs[np.lexsort((pairs, -blocks.weight[pairs], blocks.right[pairs]))]
    first = np.searchsorted(blocks.right[order], np.arange(blocks.right_count))
    place = np.arange(len(order)) - first[blocks.right[order]]
    kept: Int64 = order[place < room[blocks.right[order]]]
    return kept


def filled(blocks: BlockProblem, chosen: Int64) -> Int64:
    """The plan with every pair added, the highest weight first, that still fits and gains: int64 (chosen,),
    ascending. Greedy.
    """
    load = load_of(blocks, chosen)
    count = blocks.count - np.bincount(blocks.left[chosen], minlength=blocks.left_count)
    spent = sums_by(
        blocks.left[chosen], blocks.uses[blocks.right[chosen]], blocks.left_count
    )
    spare = np.where(blocks.budget < 0, np.iinfo(np.int64).max, blocks.budget - spent)
    gain = (
        blocks.weight
        + np.where(load < blocks.right_minimum, blocks.minimum_gain, blocks.rest_gain)[
            blocks.right
        ]
    )
    fits_alone = (
        (gain > 0)
        & (load < blocks.right_capacity)[blocks.right]
        & (count > 0)[blocks.left]
    )
    fits_alone &= spare[blocks.left] >= blocks.uses[blocks.right]
    fits_alone[chosen] = False
    pairs = np.flatnonzero(fits_alone)
    pairs = pairs[np.lexsort((pairs, -gain[pairs]))]
    at_all = np.zeros(blocks.left_count, bool)
    at_all[blocks.left[pairs]] = True
    begin, end, uses = blocks.begin.tolist(), blocks.end.tolist(), blocks.uses.tolist()
    busy: dict[int, list[tuple[int, int]]] = {}
    held = chosen[at_all[blocks.left[chosen]]]
    for node, right, stop in zip(
        *_ends(blocks, held), blocks.end[held].tolist(), strict=True
    ):
        if begin[right] < stop:
            busy.setdefault(node, []).append((begin[right], stop))
    loads, counts, spares = load.tolist(), count.tolist(), spare.tolist()
    capacity, minimum = blocks.right_capacity.tolist(), blocks.right_minimum.tolist()
    first, rest = blocks.minimum_gain.tolist(), blocks.rest_gain.tolist()
    added = []
    for pair, weight, node, right in zip(
        pairs.tolist(),
        blocks.weight[pairs].tolist(),
        *_ends(blocks, pairs),
        strict=True,
    ):
        if (
            loads[right] >= capacity[right]
            or counts[node] <= 0
            or spares[node] < uses[right]
        ):
            continue
        if (
            weight + (first[right] if loads[right] < minimum[right] else rest[right])
            <= 0
        ):
            continue
        start, stop = begin[right], end[pair]
        if start < stop:
            if any(
                other < stop and start < until for other, until in busy.get(node, ())
            ):
                continue
            busy.setdefault(node, []).append((start, stop))
        loads[right], counts[node], spares[node] = (
            loads[right] + 1,
            counts[node] - 1,
            spares[node] - uses[right],
        )
        added.append(pair)
    return np.sort(np.concatenate([chosen, np.array(added, np.int64)]))


def _ends(blocks: BlockProblem, pairs: Int64) -> tuple[list[int], list[int]]:
    return blocks.left[pairs].tolist(), blocks.right[pairs].tolist()


DEPTH = 0.002
"""Depth of the level at the start of each stage, as a share of the remaining value: enough to keep prices
moving.
"""
FEW = 20
"""So many left nodes are settled at once."""


class DiveOptions(NamedTuple):
    """How slowly to dive: the share of the left nodes settled in a stage, and rounds of prices in it."""

    share: float
    rounds: int


def dive(
    blocks: BlockProblem,
    limits: BlockLimits,
    price: Int64,
    *,
    keep: Mask,
    options: DiveOptions,
    stop: Callable[[], bool],
    kept: Int64 | None = None,
    free: Mask | None = None,
) -> Int64:
    """A plan, int64 (chosen,), ascending: stages of a few rounds of prices after which the most stable
    left nodes are settled (diving; Sadykov and others 2019).

    ``keep``, bool (pairs,): the pairs to look at; ``kept``: pairs already settled; ``free``, bool (left
    nodes,): who is to be settled. A node is stable that took the last round's block in most of the rounds.
    Where stopped, the rest take what is left of the last round's blocks.
    """
    settled = [np.zeros(0, np.int64) if kept is None else kept]
    load = load_of(blocks, settled[0])
    open_ = np.ones(blocks.left_count, bool) if free is None else free.copy()
    # A random number a pair: equal sums are equal blocks, but for chance. Sums are below 2^53, so exact.
    hash_of_pair = (
        np.random.default_rng(0).integers(1, 2**40, blocks.pairs).astype(np.float64)
    )
    last = settled[0]
    # Invariant: ``settled`` is a plan, and prices are those of the problem beside it.
    while True:
        pairs = keep & open_[blocks.left] & (load < blocks.right_capacity)[blocks.right]
        best = BestBlocks(blocks, limits, pairs)
        if best.size == 0:
            break
        slots = SlotUnits.of(blocks, load)
        found = descend(
            best,
            slots,
            price,
            rounds=options.rounds,
            depth=DEPTH,
            patience=4,
            least=0.0,
            stop=stop,
            remember=True,
        )
        if found is None:
            still = last[open_[blocks.left[last]]]
            room = blocks.right_capacity - load
            settled.append(within_room(blocks, still, room))
            break
        price, last = (
            found.price,
            within_limits(blocks, found.rounds[-1], ~limits.exact),
        )
        stability = _stability(blocks, found.rounds, hash_of_pair)
        nodes = np.unique(blocks.left[pairs]).astype(np.int64)
        order = nodes[np.argsort(-stability[nodes], kind="stable")]
        most = (
            len(order)
            if len(order) <= FEW
            else int(np.ceil(len(order) * options.share))
        )
        done, taken = _settle(blocks, order, last, load, most)
        settled.append(taken)
        open_[done] = False
        if len(done) == 0:
            settled.append(within_room(blocks, last, blocks.right_capacity - load))
            break
    return filled(blocks, np.sort(np.concatenate(settled)))


def _stability(
    blocks: BlockProblem, rounds: list[Int64], hash_of_pair: np.ndarray
) -> np.ndarray:
    """In how many rounds each left node took the same block as in the last (float64)."""
    sums = [
        np.bincount(
            blocks.left[pairs], hash_of_pair[pairs], minlength=blocks.left_count
        )
        for pairs in rounds
    ]
    same: np.ndarray = sum((one == sums[-1]).astype(np.float64) for one in sums) + 0.0
    return same


def _settle(
    blocks: BlockProblem, order: Int64, last: Int64, load: Int64, most: int
) -> tuple[list[int], Int64]:
    """Settles up to so many left nodes, in this order, whose whole block still fits; adds to ``load``."""
    mine = last[np.argsort(blocks.left[last], kind="stable")]
    first = np.searchsorted(
        blocks.left[mine], np.arange(blocks.left_count + 1)
    ).tolist()
    right, capacity = blocks.right[mine].tolist(), blocks.right_capacity
    done: list[int] = []
    taken: list[Int64] = [np.zeros(0, np.int64)]
    for node in order.tolist():
        if len(done) >= most:
            break
        block = right[first[node] : first[node + 1]]
        if all(load[slot] < capacity[slot] for slot in block):
            for slot in block:
                load[slot] += 1
            done.append(node)
            taken.append(mine[first[node] : first[node + 1]])
    return done, np.concatenate(taken)
