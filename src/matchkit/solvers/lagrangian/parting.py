"""Best blocks of left nodes in which no pairs meet at further times, by branch and bound."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.solvers.lagrangian.times import FurtherTimes

BRANCHES = 200
"""After so many branches of a left node the best block of what is left stands, though pairs meet in it: it is
worth no less than the best in which none do.
"""

Bests = Callable[[Int64], tuple[Int64, Int64]]
"""Every left node's best value, int64 (lefts,), where pairs may meet at further times, at profits int64
(pairs,), and the pairs that attain it (positions among these).
"""


class _Part(NamedTuple):
    """The blocks of a left node that lack some of its pairs: what the best of them is worth, negative, so
    that a heap begins with the best part; its pairs.
    """

    loses: int
    number: int
    lacks: Int64
    block: Int64


def best_parted(
    further: FurtherTimes, pairs: Int64, node: Intp, profit: Int64, bests: Bests
) -> tuple[Int64, Int64]:
    """Every left node's best value, int64 (lefts,), where no pairs of a block meet, and the pairs that attain
    it (positions among these).

    Of a block in which a pair meets others, every block of its kind lacks that pair or all that it meets;
    the best such part is looked at first, of all left nodes at once. ``pairs``, int64 (pairs,), are positions
    among all pairs, ``node``, intp (pairs,), their left nodes' numbers here, ``profit``, int64 (pairs,), what
    they earn.
    """
    value, chosen = bests(profit)
    parts = [
        [_Part(-worth, 0, np.zeros(0, np.int64), chosen[node[chosen] == row])]
        for row, worth in enumerate(value.tolist())
    ]
    is_open, done = list(range(len(parts))), [np.zeros(0, np.int64)]
    for number in range(BRANCHES):
        without: list[dict[int, Int64]] = [{}, {}]
        for row in is_open:
            best = heappop(parts[row])
            meeting = further.meeting(pairs[best.block])
            if len(meeting) == 0 or number == BRANCHES - 1:
                value[row] = -best.loses
                done.append(best.block)
                continue
            one = best.block[pairs[best.block] == meeting[0]]
            mine = np.flatnonzero(node == row)
            met = further.meet(np.full(len(mine), meeting[0]), pairs[mine])
            for side, those in enumerate((one, mine[met])):
                without[side][row] = np.concatenate([best.lacks, those])
        is_open = list(without[0])
        if not is_open:
            break
        for side, lacking in enumerate(without):
            less = profit.copy()
            less[np.concatenate(list(lacking.values()))] = -1
            worths, chosen = bests(less)
            for row, lacks in lacking.items():
                block = chosen[node[chosen] == row]
                part = _Part(-int(worths[row]), 2 * number + side, lacks, block)
                heappush(parts[row], part)
    return value, np.concatenate(done)
