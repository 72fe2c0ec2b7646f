"""Blocking pairs of a matching by one pass over all pairs. It shares nothing with what made the matching."""

from __future__ import annotations

from typing import Literal

import numpy as np

from matchkit.arrays import Int32, Int64, Mask, sums_by
from matchkit.solvers.stable.ranked import RankedPairs

BlockingRule = Literal["weak", "strong", "super"]
"""Which pairs block: those of which both sides would gain ("weak"); one gains and the other does not lose
("strong"); neither loses ("super"). Super-stable matchings are strongly stable, and these weakly stable.
"""
NOBODY = 2**62


def blocking(pairs: RankedPairs, units: Int64, stability: BlockingRule) -> Mask:
    """Which pairs block a matching of these units (int64 (pairs,)): bool (pairs,).

    A pair blocks if it can carry a unit more and either side has room for it or holds one of another pair
    that it likes less (for "strong" on one side, for "super" on both: no more).
    """
    gains, fine = [], []
    for node, rank, capacity in (
        (pairs.left, pairs.left_rank, pairs.left_capacity),
        (pairs.right, pairs.right_rank, pairs.right_capacity),
    ):
        worst = _worst(node, rank, units, capacity)[node]
        gains.append(rank < worst)
        fine.append(rank <= worst)
    room = units < pairs.room
    both: Mask
    if stability == "weak":
        both = gains[0] & gains[1]
    elif stability == "strong":
        both = (gains[0] & fine[1]) | (fine[0] & gains[1])
    else:
        both = fine[0] & fine[1]
    return room & both


def _worst(node: Int32, rank: Int64, units: Int64, capacity: Int64) -> Int64:
    """The rank that a pair must beat at every node: int64 (nodes,). Nobody's where there is room, below all
    where there never is.
    """
    carries = np.flatnonzero(units)
    load = sums_by(node[carries], units[carries], len(capacity))
    worst = np.full(len(capacity), -1, np.int64)
    np.maximum.at(worst, node[carries], rank[carries])
    return np.where(load < capacity, NOBODY, worst)


def fits(pairs: RankedPairs, units: Int64) -> bool:
    """Whether units (int64 (pairs,)) keep all capacities."""
    if ((units < 0) | (units > pairs.room)).any():
        return False
    for node, capacity in (
        (pairs.left, pairs.left_capacity),
        (pairs.right, pairs.right_capacity),
    ):
        load = sums_by(node, units, len(capacity))
        if (load > capacity).any():
            return False
    return True
