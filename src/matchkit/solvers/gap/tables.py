"""Exact knapsacks by dynamic programming over capacity, for many left nodes at once (Kellerer, Pferschy and
Pisinger 2004, "Knapsack Problems", chapters 2 and 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask

STATES = 3_000_000
"""Pieces times capacities in all exact tables together."""
SMALL = 50_000
"""A table of so many states may be mostly padding: another table would cost more."""
NEVER = -(2**61)
"""Stands for no value: below any gain."""


class Pieces(NamedTuple):
    """The pieces of knapsacks, int64 (pieces,) each, by pairs: whose ``left`` node and ``pair`` a piece is,
    of how many ``units``, and its ``size``, how much capacity it uses.
    """

    left: Int64
    pair: Int64
    units: Int64
    size: Int64

    def take(self, which: Mask) -> Pieces:
        """These pieces of all."""
        return Pieces(*(part[which] for part in self))


@dataclass(frozen=True, slots=True)
class KnapsackTable:
    """Left nodes of like size: row k is node ``node[k]`` of ``capacity[k]``, both int64 (rows,).

    ``pair``, ``units`` and ``size``, int64 (rows, pieces), say whose piece it is, of how many units, using
    how much; rows are padded with pair -1. Its methods take gains a unit, int64 (pairs,), and fill in
    ``worth``, int64 (lefts,), and ``flow`` or ``most``, int64 (pairs,), for its own nodes.
    """

    node: Int64
    capacity: Int64
    pair: Int64
    units: Int64
    size: Int64

    def best(self, gain: Int64, worth: Int64, flow: Int64) -> None:
        """Fill in the greatest gain of every node, and add the units that attain it.

        Pieces that gain nothing stay out, the others go one after another into all capacities at once.
        """
        # Cell (node, c) is the greatest gain within capacity c of the pieces so far; ``taken`` leads the way
        # back.
        piece = gain[self.pair] * self.units
        useful = piece > 0
        columns = int(useful.sum(1).max())
        if not columns:
            return
        order = np.argsort(~useful, axis=1, kind="stable")[:, :columns]
        every = np.arange(len(self.node))
        useful = useful[every[:, None], order]
        piece = np.where(useful, piece[every[:, None], order], 0).T[:, :, None].copy()
        size = np.where(useful, self.size[every[:, None], order], 0).T.copy()
        states, margin = int(self.capacity.max()) + 1, int(size.max())
        # The margin stands for capacities below zero.
        value = np.full((len(every), margin + states), NEVER, np.int64)
        value[:, margin:] = 0
        flat, current = value.ravel(), value[:, margin:]
        here = (every * (margin + states) + margin)[:, None] + np.arange(states)
        taken = np.empty((columns, *here.shape), np.bool_)
        for column in range(columns):
            with_it = flat[here - size[column][:, None]]
            with_it += piece[column]
            np.greater(with_it, current, out=taken[column])
            np.maximum(current, with_it, out=current)
        left = self.capacity.copy()
        worth[self.node] = current[every, left]
        into = np.empty((columns, len(every)), np.bool_)
        for column in range(columns - 1, -1, -1):
            into[column] = taken[column, every, left]
            left -= size[column] * into[column]
        column_of, row = np.nonzero(into)
        chosen = order[row, column_of]
        np.add.at(flow, self.pair[row, chosen], self.units[row, chosen])

    def forced(self, gain: Int64, room: Int64, worth: Int64, most: Int64) -> None:
        """Fill in, for every pair, what its left node gains at most if a unit goes there."""
        for row in range(len(self.node)):
            self._force(row, gain, room, worth, most)

    def _force(
        self, row: int, gain: Int64, room: Int64, worth: Int64, most: Int64
    ) -> None:
        """One left node: with a pair that gains nothing, the knapsack of what is left; with one that gains,
        of all others.
        """
        own = self.pair[row] >= 0
        pair, units, size = (
            self.pair[row, own],
            self.units[row, own],
            self.size[row, own],
        )
        capacity, piece = int(self.capacity[row]), gain[pair] * units
        # The best of all pieces but one = the best of those before it and of those after it, over all splits
        # of what capacity is left: one pass forward keeps the tables, one pass back joins them.
        before = [np.zeros(capacity + 1, np.int64)]
        useful = np.flatnonzero(piece > 0)
        for k in useful.tolist():
            before.append(_with(before[-1], int(size[k]), int(piece[k])))
        idle = np.flatnonzero((piece <= 0) & (units == 1))
        most[pair[idle]] = before[-1][capacity - size[idle]] + piece[idle]
        most[pair[useful]] = worth[self.node[row]]
        after = np.zeros(capacity + 1, np.int64)
        for place, k in reversed(list(enumerate(useful.tolist()))):
            if room[pair[k]] == 1:
                rest = capacity - int(size[k]) + 1
                most[pair[k]] = int(piece[k]) + int(
                    (before[place][:rest] + after[:rest][::-1]).max()
                )
            after = _with(after, int(size[k]), int(piece[k]))


def _with(value: Int64, size: int, piece: int) -> Int64:
    """The values of all capacities with one more piece to choose from."""
    more = value.copy()
    np.maximum(value[size:], value[: len(value) - size] + piece, out=more[size:])
    return more


def tables_of(pieces: Pieces, capacity: Int64) -> list[KnapsackTable]:
    """Tables of all pieces, within the capacities (int64 (lefts,)): left nodes of like capacity and
    numbers of pieces together, so that little is padded and few tables are needed.
    """
    count = np.bincount(pieces.left, minlength=len(capacity))
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(count)])
    open_node = np.flatnonzero(count)
    kind = np.ceil(np.log2(capacity + 1)) * 64 + np.ceil(np.log2(np.maximum(count, 1)))
    tables = []
    for nodes in _alike(
        open_node[np.argsort(kind[open_node], kind="stable")], capacity + 1, count
    ):
        at = first[nodes, None] + np.arange(int(count[nodes].max()))
        at = np.where(at < first[nodes + 1, None], at, -1)
        padded = [
            np.where(at >= 0, values[at], filler)
            for values, filler in (
                (pieces.pair, -1),
                (pieces.units, 0),
                (pieces.size, 0),
            )
        ]
        tables.append(KnapsackTable(nodes, capacity[nodes], *padded))
    return tables


def _alike(nodes: Int64, states: Int64, count: Int64) -> list[Int64]:
    """The nodes in order, cut where a table would grow too large or hold too much padding."""
    parts, start, needed, widest, longest = [], 0, 0, 0, 0
    for place, node in enumerate(nodes.tolist()):
        own, many = int(states[node]), int(count[node])
        widest, longest = max(widest, own), max(longest, many)
        area = (place - start + 1) * widest * longest
        needed += own * many
        if place > start and (area > 2 * STATES or area > max(2 * needed, SMALL)):
            parts.append(nodes[start:place])
            start, needed, widest, longest = place, own * many, own, many
    return [*parts, nodes[start:]] if len(nodes) else []
