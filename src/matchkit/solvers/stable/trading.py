"""Top trading cycles: nodes trade the places that are promised to them.

Every left node points to the best right node with a place left, every right node with one to the best left
node that has none; whoever stands on a cycle gets what it points to, and leaves (Shapley and Scarf 1974; with
capacities Abdulkadiroglu and Soenmez 2003). No left node can gain without another that loses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.deadline import Deadline
from matchkit.solvers.stable.ranked import RankedPairs, by_rank

LATE = 2**62
"""The time of what never happens."""
STEP = 64
"""Entries of a list that are looked at in one step."""
LOOK = 1_000
"""Steps between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Trades:
    """Every trade: the pair that a left node got, the pair by which a right node pointed to that left node,
    and the number of the cycle; int64 (trades,) each.
    """

    got: Int64
    by: Int64
    cycle: Int64


@dataclass(slots=True)
class _Pointers:
    """Lists of one side's nodes, the best first, and the first entry that is still open."""

    order: Int64
    other: Int32
    at: Int64
    end: Int64

    @classmethod
    def of(cls, node: Int32, rank: Int64, other: Int32, nodes: int) -> _Pointers:
        order, first = by_rank(node, rank, nodes)
        return cls(order, other[order], first[:-1].copy(), first[1:])

    def best(self, node: int, open_: Mask) -> int:
        """The number of the best pair whose other node is open, -1 where none is."""
        begin, end = int(self.at[node]), int(self.end[node])
        while begin < end:
            hits = open_[self.other[begin : min(begin + STEP, end)]]
            first = int(hits.argmax())
            if hits[first]:
                self.at[node] = begin + first
                return int(self.order[begin + first])
            begin += len(hits)
        self.at[node] = end
        return -1


def top_trading_cycles(pairs: RankedPairs, deadline: Deadline) -> Trades:
    """Every trade, cycle after cycle. Left nodes take one unit at most, and ranks are strict.

    Raises StoppedError where the deadline comes first.
    """
    left = _Pointers.of(
        pairs.left, pairs.left_rank, pairs.right, len(pairs.left_capacity)
    )
    right = _Pointers.of(
        pairs.right, pairs.right_rank, pairs.left, len(pairs.right_capacity)
    )
    places = pairs.right_capacity.copy()
    waits, open_ = pairs.left_capacity > 0, places > 0
    rows: list[tuple[int, int, int]] = []
    cycle = steps = 0
    for start in range(len(waits)):
        path: list[
            tuple[int, int, int]
        ] = []  # node, pair it wants, pair it was reached by
        at: dict[int, int] = {}
        node, by = start, -1
        while waits[start] or path:
            steps += 1
            if steps % LOOK == 0:
                deadline.check()
            if node in at:
                begin = at[node]
                loop = [(node, path[begin][1], by), *path[begin + 1 :]]
                for member, got, reached in loop:
                    rows.append((got, reached, cycle))
                    waits[member] = False
                    target = int(pairs.right[got])
                    places[target] -= 1
                    open_[target] = places[target] > 0
                    del at[member]
                cycle += 1
                del path[begin:]
                if not path:
                    node, by = start, -1
                    continue
                node, _, by = path.pop()
                del at[node]
                continue
            got = left.best(node, open_)
            if (
                got < 0
            ):  # all that it wants is taken; nobody points to it, so it began the path
                waits[node] = False
                break
            at[node] = len(path)
            path.append((node, got, by))
            by = right.best(int(pairs.right[got]), waits)
            node = int(pairs.left[by])
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    return Trades(columns[0], columns[1], columns[2])


def trades_hold(pairs: RankedPairs, trades: Trades) -> bool:
    """Whether every trade is what both nodes pointed to when it was made, and nothing is left to trade; in
    one pass over the pairs, with nothing of the search.
    """
    rights, lefts = len(pairs.right_capacity), len(pairs.left_capacity)
    got, by, cycle = trades.got, trades.by, trades.cycle
    if (pairs.left[got] != pairs.left[by]).any():
        return False
    # In every cycle each right node gives what it has to give once, and to the one that it points to.
    given, pointed = (cycle * rights + pairs.right[pair] for pair in (got, by))
    if len(np.unique(given)) < len(given) or (np.sort(given) != np.sort(pointed)).any():
        return False
    taken = np.bincount(pairs.right[got], minlength=rights)
    if (taken > pairs.right_capacity).any():
        return False
    full = np.where(pairs.right_capacity == 0, -1, LATE)
    last = np.full(rights, -1, np.int64)
    np.maximum.at(last, pairs.right[got], cycle)
    full = np.where((taken == pairs.right_capacity) & (taken > 0), last, full)
    when = np.where(pairs.left_capacity > 0, LATE, -1)
    mine = np.full(lefts, LATE, np.int64)
    served = np.bincount(pairs.left[got], minlength=lefts)
    if (served > np.minimum(pairs.left_capacity, 1)).any():
        return False
    when[pairs.left[got]] = cycle
    mine[pairs.left[got]] = pairs.left_rank[got]
    wanted = (pairs.left_capacity[pairs.left] > 0) & (
        pairs.left_rank < mine[pairs.left]
    )
    if (full[pairs.right] >= when[pairs.left])[wanted].any():
        return (
            False  # a better place was there, or somebody without one could have had it
        )
    # Where a right node pointed to somebody, all whom it likes better had left before.
    order = np.lexsort((pairs.right_rank, pairs.right))
    node = pairs.right[order]
    begin = np.searchsorted(node, node)
    latest = _latest_before(when[pairs.left[order]], begin)
    place = np.empty(len(pairs), np.int64)
    place[order] = np.arange(len(pairs))
    return bool((latest[place[by]] < cycle).all())


def _latest_before(when: Int64, begin: Int64) -> Int64:
    """For every entry the latest time among those before it in its own run, -1 where it is the first: int64
    (entries,). ``begin`` is where each entry's run begins.
    """
    latest = np.full(len(when), -1, np.int64)
    if len(when):
        # Runs are lifted one above the other, so that one running maximum serves all.
        values, rank = np.unique(when, return_inverse=True)
        here = np.arange(len(when))
        lift = begin * len(values)
        top = np.maximum.accumulate(lift + rank) - lift
        inner = np.flatnonzero(here > begin)
        latest[inner] = values[top[inner - 1]]
    return latest
