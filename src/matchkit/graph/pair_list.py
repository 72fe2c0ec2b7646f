"""A list of pairs as candidates, sorted by left and then right node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.graph.candidates import Integers, PairBlock

PAIRS_PER_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class PairList:
    """Pairs by rows, as in PairBlock. ``order`` (int64, or None if they were given sorted) is where each pair
    stood.
    """

    left_count: int
    right_count: int
    first: Int64
    right: Int32
    weight: Integers
    capacity: Int64 | None
    order: Int64 | None
    weight_range: tuple[int, int]

    @property
    def rows_per_block(self) -> int:
        """Rows that hold a few million pairs, going by the average."""
        return max(1, int(PAIRS_PER_BLOCK * self.left_count / max(1, len(self.right))))

    def block(self, start: int, stop: int) -> PairBlock:
        """Rows ``start`` to ``stop``, as views."""
        first, last = int(self.first[start]), int(self.first[stop])
        capacity = None if self.capacity is None else self.capacity[first:last]
        return PairBlock(
            start,
            stop,
            self.first[start : stop + 1] - first,
            self.right[first:last],
            self.weight[first:last],
            capacity,
        )


def sorted_order(
    left: Int64, right: Int64, right_count: int
) -> tuple[Int64 | None, Int64 | None]:
    """The order that sorts pairs (None if they are sorted), and the positions of pairs given twice (None if
    none is).
    """
    key = left * right_count + right
    step = np.diff(key)
    if (step > 0).all():
        return None, None
    order = np.argsort(key, kind="stable")
    twice = np.flatnonzero(np.diff(key[order]) == 0)
    return order, (order[twice + 1] if len(twice) else None)
