"""Exact knapsacks, one a left node: which units to take for the greatest gain within the node's capacity.

A pair of several units is split into pieces of 1, 2, 4, ... units, which give any number of units. Where all
nodes have more states than tables may have, the smallest tables are kept. The other nodes have the bound of
the continuous relaxation, which is the closer the more pieces there are; those of few pieces have that of a
table too, in which sizes and capacity are divided and rounded down, and the smaller of the two holds.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.gap.instance import ConsumptionProblem
from matchkit.solvers.gap.tables import (
    NEVER,
    STATES,
    KnapsackTable,
    Pieces,
    tables_of,
)

ROUGH = 300_000
"""Pieces times capacities in all divided tables, about: where they are no longer exact, quick ones do as
well.
"""
FEWEST = 100
"""Capacities that a divided table tells apart at least, and most pieces of a node that has one unless
``ROUGH`` allows more.
"""
MOST_BITS = 60
"""Gains and sizes times their factors stay within so many bits."""


class Knapsacks:
    """The knapsacks of all left nodes of an instance."""

    def __init__(self, instance: ConsumptionProblem, room: Int64) -> None:
        pieces, capacity, exact = _pieces(instance, room)
        self._room, self._lefts = room, len(capacity)
        inside = exact[pieces.left]
        self._tables = tables_of(pieces.take(inside), capacity)
        self._divided: list[KnapsackTable] = []
        self._continuous = None
        if not exact.all():
            rough = ~inside
            self._continuous = Continuous(pieces.take(rough), capacity)
            limit = max(FEWEST, ROUGH // int(rough.sum()))
            step = np.maximum(-(-capacity // limit), 1)
            count = np.bincount(pieces.left, minlength=len(capacity))
            few = pieces.take(rough & (count <= limit)[pieces.left])
            # Sizes rounded down, capacity rounded down: what fits still fits, so the table bounds from above.
            self._divided = tables_of(
                few._replace(size=few.size // step[few.left]), capacity // step
            )

    def best(self, gain: Int64) -> tuple[Int64, Int64]:
        """Greatest gain of every left node at these gains a unit, or a bound on it, int64 (lefts,), and
        units near it, int64 (pairs,).
        """
        worth, flow = (
            np.zeros(self._lefts, np.int64),
            np.zeros(len(self._room), np.int64),
        )
        for table in self._tables:
            table.best(gain, worth, flow)
        if self._continuous is not None:
            self._continuous.best(gain, worth, flow)
            divided = worth.copy()
            for table in self._divided:  # its units may use more than the capacity
                table.best(gain, divided, np.zeros_like(flow))
            worth = np.minimum(worth, divided)
        return worth, flow

    def forced(self, gain: Int64, worth: Int64) -> Int64:
        """For every pair what its left node can gain at most if a unit goes there: int64 (pairs,); ``worth``
        is that of ``best``.
        """
        most = np.full(len(self._room), NEVER, np.int64)
        for table in self._tables:
            table.forced(gain, self._room, worth, most)
        if self._continuous is not None:
            # Its own bound: what a forced pair loses is measured against that.
            alone = np.zeros_like(worth)
            self._continuous.best(gain, alone, np.zeros(len(self._room), np.int64))
            self._continuous.forced(gain, alone, most)
            divided = most.copy()
            for table in self._divided:
                table.forced(gain, self._room, worth, divided)
            most = np.minimum(most, divided)
        return most


def _pieces(instance: ConsumptionProblem, room: Int64) -> tuple[Pieces, Int64, Mask]:
    """All pieces, and the capacity of every left node, in the largest unit that divides what its pairs use.

    And which nodes have an exact table (bool (lefts,)): those of the fewest states, as far as they fit
    together.
    """
    # Powers of two, the last piece cut: their sums give every number of units (binary splitting).
    parts, rest, piece = [np.zeros((2, 0), np.int64)], room.copy(), 1
    while (rest > 0).any():
        open_pair = np.flatnonzero(rest > 0)
        taken = np.minimum(rest[open_pair], piece)
        parts.append(np.stack([open_pair, taken]))
        rest[open_pair] -= taken
        piece *= 2
    every = np.concatenate(parts, axis=1)
    pair, units = every[:, np.argsort(every[0], kind="stable")]
    left = instance.pairs.left[pair].astype(np.int64)
    size = instance.consumption[pair] * units
    total, common, count = (
        np.zeros(len(instance.left_capacity), np.int64) for _ in range(3)
    )
    np.add.at(total, left, size)
    np.add.at(count, left, 1)
    np.gcd.at(common, left, instance.consumption[pair])
    step = np.maximum(common, 1)
    capacity = np.minimum(instance.left_capacity, total) // step
    states = count * (capacity + 1.0)
    order = np.argsort(states, kind="stable")
    exact = np.empty(len(count), np.bool_)
    exact[order] = np.cumsum(states[order]) <= STATES
    return Pieces(left, pair, units, size // step[left]), capacity, exact


class Continuous:
    """The continuous relaxation of the knapsacks of some left nodes (Dantzig 1957): a bound by one price on
    each one's capacity.

    With a price p >= 0 a unit of capacity, no knapsack gains more than ``p * capacity`` plus what its pieces
    gain beyond ``p * size`` each. The best price is the gain a unit of size of the piece at which the
    capacity ends, pieces in the order of that ratio. Prices are whole numbers of steps ``2**-shift``, so the
    bound is exact.
    """

    def __init__(self, pieces: Pieces, capacity: Int64) -> None:
        self._capacity = capacity
        self._left, self._pair, self._units, self._size = pieces
        self._nodes = np.unique(pieces.left)

    def best(self, gain: Int64, worth: Int64, flow: Int64) -> None:
        """Fill in the bound of every node, and units of a knapsack near it: whole pieces in order, as far as
        all fit.
        """
        piece = gain[self._pair] * self._units
        order, fits = self._in_order(piece)
        price, shift = self._prices(piece, order, fits)
        surplus = (piece << shift) - price[self._left] * self._size
        taken = surplus > 0
        total, used = np.zeros_like(worth), np.zeros_like(worth)
        np.add.at(total, self._left[taken], piece[taken])
        np.add.at(used, self._left[taken], self._size[taken])
        for node in self._nodes.tolist():
            rest = int(self._capacity[node]) - int(used[node])
            worth[node] = int(total[node]) + -(-int(price[node]) * rest >> shift)
        chosen = order[fits]
        np.add.at(flow, self._pair[chosen], self._units[chosen])

    def forced(self, gain: Int64, worth: Int64, most: Int64) -> None:
        """Fill in, for every pair, a bound on what its left node gains if a unit goes there."""
        piece = gain[self._pair] * self._units
        price, shift = self._prices(piece, *self._in_order(piece))
        one = np.flatnonzero(self._units == 1)
        surplus = (piece[one] << shift) - price[self._left[one]] * self._size[one]
        most[self._pair[one]] = worth[self._left[one]] + np.minimum(
            -(-surplus >> shift), 0
        )

    def _in_order(self, piece: Int64) -> tuple[Int64, Mask]:
        """The pieces that gain, by node and falling gain a unit of size, and which of them fit with all
        before them.
        """
        useful = np.flatnonzero(piece > 0)
        ratio = piece[useful] / np.maximum(self._size[useful], 1e-9)
        order = useful[np.lexsort((-ratio, self._left[useful]))]
        left = self._left[order]
        total = np.cumsum(self._size[order])
        first = np.searchsorted(left, left)
        before = np.where(first > 0, total[first - 1], 0)
        return order, total - before <= self._capacity[left]

    def _prices(self, piece: Int64, order: Int64, fits: Mask) -> tuple[Int64, int]:
        """For every left node the ratio of its first piece that does not fit (0 where all do), in steps of
        ``2**-shift``.
        """
        price = np.zeros(len(self._capacity), np.int64)
        beyond = order[~fits]
        if len(beyond) == 0:
            return price, 0
        nodes, place = np.unique(self._left[beyond], return_index=True)
        ratio = piece[beyond[place]] / np.maximum(self._size[beyond[place]], 1)
        reach = max(
            float(np.abs(piece).max()),
            float(ratio.max()) * max(1.0, float(self._size.max())),
            1.0,
        )
        shift = max(0, min(30, MOST_BITS - int(np.ceil(np.log2(reach)))))
        price[nodes] = np.rint(ratio * 2.0**shift).astype(np.int64)
        return price, shift
