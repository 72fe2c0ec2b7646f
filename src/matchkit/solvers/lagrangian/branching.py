"""Best blocks of left nodes in which no pairs meet at further times, by branch and bound."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64
from matchkit.solvers.lagrangian.times import FurtherTimes

BRANCHES = 200
"""After so many branches of a left node the best block of what is left stands, though pairs meet in it: it is
worth no less than the best in which none do.
"""

Bests = Callable[[Int64, Int64], tuple[Int64, Int64]]
"""The best values of some left nodes (int64 (lefts,), ascending) where pairs may meet at further times and
some pairs are barred (positions, int64): int64 (lefts,); and the pairs that attain them (positions).
"""


class _Subproblem(NamedTuple):
    """The blocks of a left node that lack some of its pairs: the worth of the best of them, negated, so that
    a heap begins with the greatest; its pairs.
    """

    negated: int
    number: int
    lacks: Int64
    block: Int64


def best_apart(
    further: FurtherTimes,
    left: Int64,
    lefts: Int64,
    bests: Bests,
    stop: Callable[[], bool],
) -> tuple[Int64, Int64]:
    """The best values of these left nodes, int64 (lefts,), where no pairs of a block meet at further times,
    and the pairs that attain them (positions).

    Where a pair meets others in the best block, every block of its left node lacks that pair or all that it
    meets: both subproblems are solved, the greatest of a left node first, those of all left nodes at once.
    ``left``, int64 (pairs,), are the left nodes of all pairs. What is open at a stop keeps its upper bound.
    """
    heaps: dict[int, list[_Subproblem]] = {one: [] for one in lefts.tolist()}
    _solved(heaps, 0, dict.fromkeys(heaps, lefts[:0]), left, bests)
    value, done = dict.fromkeys(heaps, 0), [lefts[:0]]
    for number in range(BRANCHES):
        lacking: list[dict[int, Int64]] = [{}, {}]
        over = number == BRANCHES - 1 or stop()
        tops = {one: heappop(heap) for one, heap in heaps.items()}
        meeting = further.meeting(np.concatenate([top.block for top in tops.values()]))
        met = dict(zip(left[meeting].tolist(), meeting.tolist(), strict=True))
        for one, top in tops.items():
            if over or one not in met:
                value[one] = -top.negated
                done.append(top.block)
                del heaps[one]
                continue
            beside = np.arange(*np.searchsorted(left, [one, one + 1]))
            meets = further.meet(np.full(len(beside), met[one]), beside)
            for side, those in enumerate((np.array([met[one]]), beside[meets])):
                lacking[side][one] = np.concatenate([top.lacks, those])
        if not heaps:
            break
        for side, lacks in enumerate(lacking):
            _solved(heaps, 2 * number + side + 1, lacks, left, bests)
    return np.array([value[one] for one in lefts.tolist()]), np.concatenate(done)


def _solved(
    heaps: dict[int, list[_Subproblem]],
    number: int,
    lacking: dict[int, Int64],
    left: Int64,
    bests: Bests,
) -> None:
    """A subproblem more of every left node whose blocks are to lack pairs."""
    lefts = np.array(list(lacking), np.int64)
    worth, chosen = bests(lefts, np.concatenate(list(lacking.values())))
    chosen = np.sort(chosen)  # by left node
    ends = np.searchsorted(left[chosen], [lefts, lefts + 1])
    for place, (one, lacks) in enumerate(lacking.items()):
        block = chosen[ends[0, place] : ends[1, place]]
        heappush(heaps[one], _Subproblem(-int(worth[place]), number, lacks, block))
