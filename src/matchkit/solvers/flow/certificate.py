"""Checks a solution against its network from scratch: capacities, values, bound, and every candidate against
its prices.

Nothing here is shared with the loop: no words, no keys, no links. Prices are compared goal by goal as they
are.
"""

from __future__ import annotations

from operator import add
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask, row_ranks, sums_by
from matchkit.graph.candidates import Candidates, Integers, MatrixBlock
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.graph.node_ids import side_name
from matchkit.messages.message import Message
from matchkit.solvers.flow.chosen import listed_wrong, stated_wrong
from matchkit.solvers.flow.solution import Solution

LARGEST = 2**60
"""Prices, which are lengths of paths, stay below this."""


def check_solution(
    network: Network, goals: Goals, solution: Solution
) -> Message | None:
    """What is wrong with a solution, or None. Theorem: docs/architecture.md, "The certificate"."""
    broken = listed_wrong(
        solution.pairs, len(network.left_capacity), len(network.right_capacity)
    ) or flow_broken(network, goals, solution)
    if broken:
        return broken
    if solution.bound is None:
        return _candidates_wrong(network, goals, solution, None)
    if (
        solution.left_price is None
        or solution.right_price is None
        or solution.left_cap_price is None
        or solution.right_cap_price is None
    ):
        return Message("matching.wrong.no_prices")
    caps = solution.left_cap_price, solution.right_cap_price
    if any(
        (price > LARGEST).any() or (price < -LARGEST).any()
        for price in (solution.left_price, solution.right_price, *caps)
    ):
        return Message("matching.wrong.price_large")
    if (
        _bound(
            network, goals, solution, solution.left_price, solution.right_price, caps
        )
        != solution.bound
    ):
        return Message("matching.wrong.bound")
    return solution.above_bound() or _candidates_wrong(
        network, goals, solution, (solution.left_price, solution.right_price)
    )


def sums_of_products(vectors: Int64, units: Int64) -> list[int]:
    """Of every column of int64 (n, goals) the sum of products with int64 (n,), exact: in 64 bits where a
    bound on it (in floating point, with room to spare) allows, else in Python integers.
    """
    found = [0] * vectors.shape[1]
    some = np.flatnonzero(vectors.any(0))
    part = vectors[:, some]
    most = np.abs(units.astype(np.float64)) @ np.abs(part.astype(np.float64))
    sums = (units @ part).tolist()
    for place, goal in enumerate(some.tolist()):
        found[goal] = (
            sums[place]
            if most[place] < 2.0**61
            else sum(
                a * b
                for a, b in zip(part[:, place].tolist(), units.tolist(), strict=True)
            )
        )
    return found


def sum_of_products(first: Int64, second: Int64) -> int:
    """The sum of products of two int64 (n,) arrays, exact."""
    return sums_of_products(first[:, None], second)[0]


def flow_broken(
    network: Network, goals: Goals, solution: Solution, earned: int | None = None
) -> Message | None:
    """What is wrong with units, capacities or values of a solution, or None; ``earned`` is what its pairs
    count in the last goal, where that is not their weight times their units.
    """
    pairs, units = solution.pairs, solution.quantity
    if (units < 1).any() or (units > pairs.capacity).any():
        return Message("matching.wrong.units")
    total = [0] * len(goals.names)
    sides = (
        (
            "left",
            pairs.left,
            network.left_capacity,
            network.left_tree,
            goals.left,
            goals.left_caps,
        ),
        (
            "right",
            pairs.right,
            network.right_capacity,
            network.right_tree,
            goals.right,
            goals.right_caps,
        ),
    )
    for side, node, capacity, tree, own, of_caps in sides:
        carried = sums_by(node, units, len(capacity))
        if (carried > capacity).any():
            return Message.of("matching.wrong.node_full", side=side_name(side))
        below = _below(tree, carried)
        if (below > tree.capacity).any():
            return Message.of("matching.wrong.cap", side=side_name(side))
        for steps, amount in ((own, carried), (of_caps, below)):
            filled = _filled(steps, amount)
            total = list(map(add, total, sums_of_products(steps.gain, filled)))
    if goals.weight:
        total[-1] += sum_of_products(pairs.weight, units) if earned is None else earned
    return None if tuple(total) == solution.value else Message("matching.wrong.value")


def _filled(steps: UnitSteps, carried: Int64) -> Int64:
    """How many units every step has: one after another, as they stand."""
    order = np.argsort(steps.node, kind="stable")
    units, node = steps.units[order], steps.node[order]
    before = np.concatenate([[0], np.cumsum(units)[:-1]])[: len(units)]
    begins = np.flatnonzero(np.diff(node, prepend=-1))
    before -= np.repeat(before[begins], np.diff(np.append(begins, len(node))))
    filled = np.zeros(len(units), np.int64)
    filled[order] = np.minimum(np.maximum(carried[node] - before, 0), units)
    return filled


def _below(tree: CapTree, carried: Int64) -> Int64:
    """Units below every cap."""
    # From the leaves up: a parent has a smaller number than its children.
    below = np.zeros(tree.size, np.int64)
    inside = tree.of >= 0
    np.add.at(below, tree.of[inside], carried[inside])
    for cap in range(tree.size - 1, -1, -1):
        if tree.parent[cap] >= 0:
            below[tree.parent[cap]] += below[cap]
    return below


def _above_zero(vectors: Int64) -> Mask:
    """Which rows are lexicographically greater than zero."""
    first = (vectors != 0).argmax(1)
    mask: Mask = vectors[np.arange(len(vectors)), first] > 0
    return mask


def _bound(
    network: Network,
    goals: Goals,
    solution: Solution,
    left: Int64,
    right: Int64,
    caps: tuple[Int64, Int64],
) -> tuple[int, ...]:
    total = hub_bound(network, goals, left, right, caps)
    # Pairs that carry all they can add capacity times what they are worth beyond their two prices.
    pairs = solution.pairs
    full = np.flatnonzero(solution.quantity == pairs.capacity)
    surplus = -left[pairs.left[full]] - right[pairs.right[full]]
    if goals.weight:
        surplus[:, -1] += pairs.weight[full]
    _add_above(total, surplus, pairs.capacity[full])
    return tuple(total)


def hub_bound(
    network: Network,
    goals: Goals,
    left: Int64,
    right: Int64,
    caps: tuple[Int64, Int64],
) -> list[int]:
    """What nodes and caps add to the bound at these prices, int64 (nodes, goals) each, by goal: weak duality.
    Every arc of the circulation at a hub adds capacity times what its gain has beyond the prices of its ends,
    where that is above zero in order.
    """
    count = len(goals.names)
    total = [0] * count

    # Where levels are goals, prices have few columns that are not 0.
    some = np.flatnonzero(np.any([price.any(0) for price in (left, right, *caps)], 0))

    def over(caps: Int64, of: Integers) -> Int64:
        padded = np.concatenate([caps, np.zeros((1, count), np.int64)])
        result: Int64 = padded[of]
        return result

    def along(steps: UnitSteps, price: Int64, capacity: Int64) -> None:
        worth = steps.gain.copy()
        worth[:, some] += price[:, some][steps.node]
        _add_above(total, worth, steps.units)
        rest = capacity.copy()
        np.subtract.at(rest, steps.node, steps.units)
        _add_above(total, price, rest)

    lt, rt, (lc, rc) = network.left_tree, network.right_tree, caps
    along(goals.left, left - over(lc, lt.of), network.left_capacity)
    along(goals.left_caps, lc - over(lc, lt.parent), lt.capacity)
    along(goals.right, right - over(rc, rt.of), network.right_capacity)
    along(goals.right_caps, rc - over(rc, rt.parent), rt.capacity)
    return total


def _add_above(total: list[int], price: Int64, capacity: Int64) -> None:
    """Add capacity times price wherever that is above zero, goal after goal."""
    up = np.flatnonzero(_above_zero(price) & (capacity > 0))
    total[:] = map(add, total, sums_of_products(price[up], capacity[up]))


def _candidates_wrong(
    network: Network,
    goals: Goals,
    solution: Solution,
    prices: tuple[Int64, Int64] | None,
) -> Message | None:
    """Looks for a chosen pair that is no candidate, and for a pair with room that is worth more than its two
    prices.
    """
    candidates: Candidates = network.pairs
    columns = candidates.right_count
    pairs = solution.pairs
    full = set(
        (pairs.left.astype(np.int64) * columns + pairs.right)[
            solution.quantity == pairs.capacity
        ].tolist()
    )
    open_left, open_right = network.left_capacity > 0, network.right_capacity > 0
    step = max(1, candidates.rows_per_block)
    ranks = None if prices is None else _Ranks.of(*prices)
    for start in range(0, candidates.left_count, step):
        block = candidates.block(start, min(start + step, candidates.left_count))
        unknown = stated_wrong(block, pairs)
        if unknown:
            return unknown
        if ranks is None:
            continue
        if isinstance(block, MatrixBlock):
            row: Integers
            column: Integers
            beaten = _beaten_cells(block, ranks, goals.weight)
            if not beaten.any():
                continue
            row, column = np.nonzero(beaten)
            row = row + block.start
        else:
            row, column = block.rows(), block.right
            worth = block.weight.astype(np.int64) if goals.weight else 0
            beats = ranks.beaten(worth, row, column)
            if block.capacity is not None:
                beats &= block.capacity > 0
            row, column = row[beats], column[beats]
        keep = open_left[row] & open_right[column]
        key = row[keep].astype(np.int64) * columns + column[keep]
        missed = next((pair for pair in key.tolist() if pair not in full), None)
        if missed is not None:
            return Message.of(
                "matching.wrong.beaten", pair=str(divmod(missed, columns))
            )
    return None


class _Ranks(NamedTuple):
    """Prices of left nodes turned round, and of right nodes, as ranks among all of them goal by goal without
    the last, and the prices in the last goal: int64 (nodes,) each.
    """

    left: Int64
    right: Int64
    left_last: Int64
    right_last: Int64

    @classmethod
    def of(cls, left: Int64, right: Int64) -> _Ranks:
        """Of prices int64 (nodes, goals). A pair is worth more than its two prices where its left rank is the
        higher, or ranks are equal and the last goal says so.
        """
        both = np.concatenate([-left[:, :-1], right[:, :-1]])
        rank = row_ranks(both)
        return cls(rank[: len(left)], rank[len(left) :], left[:, -1], right[:, -1])

    def beaten(
        self, worth: Integers | int, row: Integers, column: Integers | slice
    ) -> Mask:
        """Which pairs of left ``row`` and right ``column`` are worth more than their prices."""
        beaten: Mask = worth - self.left_last[row] > self.right_last[column]
        if self.left.any() or self.right.any():
            mine, theirs = self.left[row], self.right[column]
            beaten = (mine > theirs) | ((mine == theirs) & beaten)
        return beaten


def _beaten_cells(block: MatrixBlock, ranks: _Ranks, weighted: bool) -> Mask:
    rows = np.arange(block.start, block.stop)[:, None]
    beaten = ranks.beaten(block.weight if weighted else 0, rows, slice(None))
    if block.absent is not None:
        beaten &= ~block.absent
    return beaten
