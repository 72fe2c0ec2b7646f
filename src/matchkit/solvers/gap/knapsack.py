"""Exact knapsacks, one a left node: which units to take for the greatest gain within the node's capacity.

Dynamic programming over capacity (Kellerer, Pferschy and Pisinger 2004, "Knapsack Problems", chapters 2 and
7), for many nodes at once. A pair of several units is split into pieces of 1, 2, 4, ... units, which give any
number of units. Where all nodes have more states than fit, the smallest tables are kept. The other nodes have
the bound of the continuous relaxation, which is the closer the more pieces there are; those of few pieces
have that of a table too, in which sizes and capacity are divided and rounded down (that lets in more than is
allowed), and the smaller of the two holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.gap.continuous import Continuous
from matchkit.solvers.gap.instance import ConsumptionProblem

STATES = 3_000_000
"""Pieces times capacities in all exact tables together."""
ROUGH = 300_000
"""The same in all divided tables, about: where they are no longer exact, quick ones do as well."""
FEWEST = 100
"""Capacities that a divided table tells apart at least, and most pieces of a node that has one unless
``ROUGH`` allows more.
"""
SMALL = 50_000
"""A table of so many states may be mostly padding: another table would cost more."""
NEVER = -(2**61)


@dataclass(frozen=True, slots=True)
class KnapsackTable:
    """Left nodes of like size: row k is node ``node[k]`` of ``capacity[k]``, its pieces in the columns,
    padded with -1.

    ``pair``, ``units`` and ``size`` (int64, of one shape) say whose piece it is, of how many units, using how
    much.
    """

    node: Int64
    capacity: Int64
    pair: Int64
    units: Int64
    size: Int64


class Knapsacks:
    """The knapsacks of all left nodes of an instance."""

    def __init__(self, instance: ConsumptionProblem, room: Int64) -> None:
        pair, units = _pieces(room)
        capacity, size, exact = _sizes(instance, pair, units)
        self._room, self._lefts = room, len(capacity)
        left = instance.pairs.left[pair].astype(np.int64)
        inside = exact[left]
        self._tables = _tables(
            left[inside], capacity, pair[inside], units[inside], size[inside]
        )
        self._divided: list[KnapsackTable] = []
        self._continuous = None
        if not exact.all():
            rough = ~inside
            self._continuous = Continuous(
                left[rough], capacity, pair[rough], units[rough], size[rough]
            )
            limit = max(FEWEST, ROUGH // int(rough.sum()))
            step = np.maximum(-(-capacity // limit), 1)
            few = rough & (np.bincount(left, minlength=len(capacity)) <= limit)[left]
            self._divided = _tables(
                left[few], capacity // step, pair[few], units[few], size[few] // step[left[few]]
            )

    def best(self, gain: Int64) -> tuple[Int64, Int64]:
        """Greatest gain of every left node at these gains a unit, or a bound on it, and units of every pair
        near it (int64).
        """
        worth, flow = np.zeros(self._lefts, np.int64), np.zeros(len(self._room), np.int64)
        for table in self._tables:
            _fill(table, gain, worth, flow)
        if self._continuous is not None:
            self._continuous.best(gain, worth, flow)
            divided = worth.copy()
            for table in self._divided:
                _fill(
                    table, gain, divided, np.zeros_like(flow)
                )  # its units may use more than the capacity
            worth = np.minimum(worth, divided)
        return worth, flow

    def forced(self, gain: Int64, worth: Int64) -> Int64:
        """For every pair what its left node can gain at most if a unit goes there (int64); ``worth`` is that
        of ``best``.
        """
        most = np.full(len(self._room), NEVER, np.int64)
        for table in self._tables:
            for row in range(len(table.node)):
                _force(table, row, gain, self._room, worth, most)
        if self._continuous is not None:
            alone = np.zeros_like(
                worth
            )  # its own bound: what a forced pair loses is measured against that
            self._continuous.best(gain, alone, np.zeros(len(self._room), np.int64))
            self._continuous.forced(gain, alone, most)
            divided = most.copy()
            for table in self._divided:
                for row in range(len(table.node)):
                    _force(table, row, gain, self._room, worth, divided)
            most = np.minimum(most, divided)
        return most


def _pieces(room: Int64) -> tuple[Int64, Int64]:
    """Pair and units of every piece, by pairs."""
    pair, units, rest, piece = [], [], room.copy(), 1
    while (rest > 0).any():
        open_pair = np.flatnonzero(rest > 0)
        taken = np.minimum(rest[open_pair], piece)
        pair.append(open_pair)
        units.append(taken)
        rest[open_pair] -= taken
        piece *= 2
    if not pair:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    every, amount = np.concatenate(pair), np.concatenate(units)
    order = np.argsort(every, kind="stable")
    return every[order], amount[order]


def _sizes(
    instance: ConsumptionProblem, pair: Int64, units: Int64
) -> tuple[Int64, Int64, Mask]:
    """Capacity of every left node and size of every piece, in the largest unit that divides them.

    And which nodes have an exact table (bool, one a left node): those of the fewest states, as far as they
    fit together.
    """
    left = instance.pairs.left[pair]
    size = instance.consumption[pair] * units
    total, common, count = (np.zeros(len(instance.left_capacity), np.int64) for _ in range(3))
    np.add.at(total, left, size)
    np.add.at(count, left, 1)
    np.gcd.at(common, left, instance.consumption[pair])
    step = np.maximum(common, 1)
    capacity = np.minimum(instance.left_capacity, total) // step
    states = count * (capacity + 1.0)
    order = np.argsort(states, kind="stable")
    exact = np.empty(len(count), np.bool_)
    exact[order] = np.cumsum(states[order]) <= STATES
    return capacity, size // step[left], exact


def _tables(
    left: Int64, capacity: Int64, pair: Int64, units: Int64, size: Int64
) -> list[KnapsackTable]:
    """Left nodes of like capacity and numbers of pieces together, so that little is padded and few tables are
    needed.
    """
    count = np.bincount(left, minlength=len(capacity))
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
            for values, filler in ((pair, -1), (units, 0), (size, 0))
        ]
        tables.append(KnapsackTable(nodes, capacity[nodes], *padded))
    return tables


def _alike(nodes: Int64, states: Int64, count: Int64) -> list[Int64]:
    """The nodes in order, cut where a table would grow too large or hold too much padding."""
    parts, start, needed, widest, longest = [], 0, 0, 0, 0
    for place, node in enumerate(nodes.tolist()):
        own, most, columns = (
            int(states[node]),
            max(widest, int(states[node])),
            max(longest, int(count[node])),
        )
        area = (place - start + 1) * most * columns
        needed += own * int(count[node])
        if place > start and (area > 2 * STATES or area > max(2 * needed, SMALL)):
            parts.append(nodes[start:place])
            start, needed, most, columns = place, own * int(count[node]), own, int(count[node])
        widest, longest = most, columns
    return [*parts, nodes[start:]] if len(nodes) else []


def _fill(table: KnapsackTable, gain: Int64, worth: Int64, flow: Int64) -> None:
    """One table's knapsacks: pieces that gain nothing stay out, the others one after another into all
    capacities at once.
    """
    piece = gain[table.pair] * table.units
    useful = piece > 0
    columns = int(useful.sum(1).max())
    if not columns:
        return
    order = np.argsort(~useful, axis=1, kind="stable")[:, :columns]
    every = np.arange(len(table.node))
    useful = useful[every[:, None], order]
    piece = (
        np.where(useful, piece[every[:, None], order], 0).T[:, :, None].copy()
    )  # one slice a column
    size = np.where(useful, table.size[every[:, None], order], 0).T.copy()
    states, margin = int(table.capacity.max()) + 1, int(size.max())
    value = np.full(
        (len(every), margin + states), NEVER, np.int64
    )  # the margin stands for capacities below zero
    value[:, margin:] = 0
    flat, current = value.ravel(), value[:, margin:]
    here = (every * (margin + states) + margin)[:, None] + np.arange(states)
    taken = np.empty((columns, *here.shape), np.bool_)
    for column in range(columns):
        with_it = flat[here - size[column][:, None]]
        with_it += piece[column]
        np.greater(with_it, current, out=taken[column])
        np.maximum(current, with_it, out=current)
    left = table.capacity.copy()
    worth[table.node] = current[every, left]
    into = np.empty((columns, len(every)), np.bool_)
    for column in range(columns - 1, -1, -1):
        into[column] = taken[column, every, left]
        left -= size[column] * into[column]
    column_of, row = np.nonzero(into)
    chosen = order[row, column_of]
    np.add.at(flow, table.pair[row, chosen], table.units[row, chosen])


def _force(
    table: KnapsackTable, row: int, gain: Int64, room: Int64, worth: Int64, most: Int64
) -> None:
    """One left node: with a pair that gains nothing, the knapsack of what is left; with one that gains, of
    all others.
    """
    own = table.pair[row] >= 0
    pair, units, size = table.pair[row, own], table.units[row, own], table.size[row, own]
    capacity, piece = int(table.capacity[row]), gain[pair] * units
    before = [np.zeros(capacity + 1, np.int64)]
    useful = np.flatnonzero(piece > 0)
    for k in useful.tolist():
        before.append(_with(before[-1], int(size[k]), int(piece[k])))
    idle = np.flatnonzero((piece <= 0) & (units == 1))
    most[pair[idle]] = before[-1][capacity - size[idle]] + piece[idle]
    most[pair[useful]] = worth[table.node[row]]
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
