"""Immediate acceptance, the Boston mechanism: first choices are settled for good before second ones.

Whoever ranks a node higher comes before all who rank it lower (Abdulkadiroglu and Soenmez 2003), so it pays
to rank as first what one can get.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.solvers.stable.ranked import RankedPairs, by_rank, places
from matchkit.solvers.stable.scan import blocking


def immediate_acceptance(pairs: RankedPairs, deadline: Deadline) -> Int64:
    """Units of every pair, int64 (pairs,): in round k left nodes ask the k-th on their lists, and right nodes
    take the best of those for good, up to their capacity. Ranks are strict.

    Raises StoppedError where the deadline comes first.
    """
    order, first = by_rank(pairs.left, pairs.left_rank, len(pairs.left_capacity))
    length = np.diff(first)
    free, open_ = pairs.left_capacity.copy(), pairs.right_capacity.copy()
    units = np.zeros(len(pairs), np.int64)
    for choice in range(int(length.max(initial=0))):
        deadline.check()
        asking = np.flatnonzero((length > choice) & (free > 0))
        asked = order[first[asking] + choice]
        asked = asked[open_[pairs.right[asked]] > 0]
        if not len(asked):
            continue
        asked = asked[np.lexsort((pairs.right_rank[asked], pairs.right[asked]))]
        node = pairs.right[asked]
        amount = np.minimum(pairs.room[asked], free[pairs.left[asked]])
        before = np.cumsum(amount) - amount
        begin = np.searchsorted(node, node)
        taken = np.clip(open_[node] - (before - before[begin]), 0, amount)
        units[asked] = taken
        np.subtract.at(open_, node, taken)
        free[pairs.left[asked]] -= taken
    return units


def is_immediate(pairs: RankedPairs, units: Int64) -> bool:
    """Whether units (int64 (pairs,)) are those of immediate acceptance: they are the only stable ones where
    right nodes rank first by the place that they have on the other's list, then by their own rank (Ergin
    and Soenmez 2006).
    """
    order, first = by_rank(pairs.left, pairs.left_rank, len(pairs.left_capacity))
    place = places(pairs.left, order, first)
    rank = np.empty(len(pairs), np.int64)
    rank[np.lexsort((pairs.right_rank, place))] = np.arange(len(pairs))
    return not blocking(replace(pairs, right_rank=rank), units, "weak").any()
