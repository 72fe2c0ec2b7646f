"""Preference lists as runs of sorted pairs: sums over what a node likes better than a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.solvers.stable.ranked import by_rank


def runs(first: Int64, count: Int64) -> Int64:
    """The numbers first, first + 1 and so on, so many from each (int64 (runs,) both): int64."""
    ends = np.cumsum(count)
    steps = np.arange(int(ends[-1]) if len(ends) else 0)
    found: Int64 = np.repeat(first - ends + count, count) + steps
    return found


@dataclass(frozen=True, slots=True)
class Lists:
    """One side's lists, sorted: ``order`` are numbers of pairs by node and rank. For every pair, int64
    (pairs,): ``begin`` is where its node's list begins in ``order``, ``better`` where the pairs of its own
    rank begin, ``alike`` where they end.
    """

    order: Int64
    begin: Int64
    better: Int64
    alike: Int64

    @classmethod
    def of(cls, node: Int32, rank: Int64, nodes: int) -> Lists:
        """The lists of all nodes of a side; ``node`` int32 and ``rank`` int64 (pairs,)."""
        order, first = by_rank(node, rank, nodes)
        count = len(order)
        ranks, owner = rank[order], node[order]
        fresh = np.ones(count, np.bool_)
        fresh[1:] = (ranks[1:] != ranks[:-1]) | (owner[1:] != owner[:-1])
        starts = np.flatnonzero(fresh)
        run = np.cumsum(fresh) - 1
        better, alike = np.empty(count, np.int64), np.empty(count, np.int64)
        better[order] = starts[run] if count else starts
        alike[order] = np.append(starts[1:], count)[run] if count else starts
        return cls(order, first[node], better, alike)

    def _total(self, amount: Int64) -> Int64:
        total = np.zeros(len(self.order) + 1, np.int64)
        np.cumsum(amount[self.order], out=total[1:])
        return total

    def before(self, amount: Int64) -> Int64:
        """The sum of amounts (int64 (pairs,)) over pairs that a pair's node likes better: int64 (pairs,)."""
        total = self._total(amount)
        found: Int64 = total[self.better] - total[self.begin]
        return found

    def up_to(self, amount: Int64) -> Int64:
        """The same over those it likes at least as well, the pair itself among them."""
        total = self._total(amount)
        found: Int64 = total[self.alike] - total[self.begin]
        return found
