"""Serial dictatorship: one node after another takes the best that is left.

No node can gain without another that loses, and nobody gains by other ranks than its own true ones
(Svensson 1999).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.solvers.stable.ranked import RankedPairs, by_rank
from matchkit.solvers.stable.scan import blocking

LOOK = 1_000
"""Nodes between two looks at the clock."""


def serial_dictatorship(pairs: RankedPairs, turn: Int64, deadline: Deadline) -> Int64:
    """Units of every pair, int64 (pairs,): left nodes choose, who has the smaller ``turn`` (int64 (lefts,),
    strict) earlier. Raises StoppedError where the deadline comes first.
    """
    order, first = by_rank(pairs.left, pairs.left_rank, len(pairs.left_capacity))
    right, room = pairs.right[order], pairs.room[order]
    places = pairs.right_capacity.copy()
    units = np.zeros(len(pairs), np.int64)
    for step, node in enumerate(np.argsort(turn, kind="stable").tolist()):
        if step % LOOK == 0:
            deadline.check()
        mine = slice(int(first[node]), int(first[node + 1]))
        offered = np.minimum(room[mine], places[right[mine]])
        before = np.cumsum(offered) - offered
        taken = np.clip(pairs.left_capacity[node] - before, 0, offered)
        places[right[mine]] -= taken
        units[order[mine]] = taken
    return units


def is_dictatorship(pairs: RankedPairs, turn: Int64, units: Int64) -> bool:
    """Whether units (int64 (pairs,)) are those of the serial dictatorship: they are the only stable ones
    where all right nodes rank left nodes by their turn.
    """
    by_turn = replace(pairs, right_rank=turn[pairs.left])
    return not blocking(by_turn, units, "weak").any()
