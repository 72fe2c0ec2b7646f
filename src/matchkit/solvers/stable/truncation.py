"""Pairs that no matching with few blocking pairs uses: lists are cut from both sides until nothing changes.

A right node that has places for all whom it likes at least as well as a left node takes that left node
whenever it asks. If all its places were filled by others, these would be fewer than its places. So a left
node with so many such *sure* pairs that one stays free would block with it rather than take a worse one: what
comes after them leaves its list (and the other way round). With strict lists the ends of the cuts are those
of deferred acceptance from either side (Irving and Manlove 2009, for ties).
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Mask
from matchkit.solvers.stable.lists import Lists
from matchkit.solvers.stable.ranked import RankedPairs


def useful(pairs: RankedPairs, kept: Mask, allowed: int, single: Mask) -> Mask:
    """Which pairs a matching can use, or can block, that at most so many pairs block: bool (pairs,), of those
    ``kept``.

    ``single``, bool (lefts,): left nodes that choose alone; the lists of others are not cut on their own
    account. Where pairs may block, pairs that carry several units are not cut.
    """
    kept = kept & (pairs.room > 0)
    if allowed and (pairs.room > 1).any():
        return kept
    number = np.flatnonzero(kept)
    while True:
        fine = _cut(pairs.only(number), allowed, single)
        if fine.all():
            break
        number = number[fine]  # of half the pairs the rest is done in half the time
    found: Mask = np.zeros(len(pairs), np.bool_)
    found[number] = True
    return found


def _cut(pairs: RankedPairs, allowed: int, single: Mask) -> Mask:
    """Which pairs are left when nothing changes any more, or when less than half are: bool (pairs,)."""
    left = Lists.of(pairs.left, pairs.left_rank, len(pairs.left_capacity))
    right = Lists.of(pairs.right, pairs.right_rank, len(pairs.right_capacity))
    left_most = pairs.left_capacity[pairs.left]
    right_most = pairs.right_capacity[pairs.right]
    alone = single[pairs.left]
    kept: Mask = np.ones(len(pairs), np.bool_)
    while True:
        room = np.where(kept, pairs.room, 0)
        sure = np.where(alone & (right.up_to(room) <= right_most), room, 0)
        fine = kept & ~(alone & (left.before(sure) >= left_most + allowed))
        room = np.where(fine, pairs.room, 0)
        sure = np.where(alone & (left.up_to(room) <= left_most), room, 0)
        fine &= right.before(sure) < right_most + allowed
        if (fine == kept).all() or 2 * int(fine.sum()) < len(fine):
            return fine
        kept = fine
