"""The pairs an engine sees: a small part of the candidates, sorted by left and right node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64


@dataclass(frozen=True, slots=True)
class Pairs:
    """Parallel arrays: ``left``, ``right`` (int32), ``weight`` and ``capacity`` (int64), sorted, none
    twice.
    """

    left: Int32
    right: Int32
    weight: Int64
    capacity: Int64

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.left)

    def keys(self, right_count: int) -> Int64:
        """One ascending number a pair (int64)."""
        keys: Int64 = self.left.astype(np.int64) * right_count + self.right
        return keys

    def take(self, which: Int64) -> Pairs:
        """These pairs, by ascending positions or a mask."""
        return Pairs(
            self.left[which], self.right[which], self.weight[which], self.capacity[which]
        )


def empty() -> Pairs:
    """No pairs."""
    none = np.zeros(0, np.int32)
    return Pairs(none, none, none.astype(np.int64), none.astype(np.int64))


def joined(parts: list[Pairs]) -> Pairs:
    """Parts that follow one another in order."""
    if not parts:
        return empty()
    return Pairs(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("left", "right", "weight", "capacity")
        )
    )


def merged(first: Pairs, second: Pairs, right_count: int) -> Pairs:
    """The pairs of either."""
    both = joined([first, second])
    _, where = np.unique(both.keys(right_count), return_index=True)
    return both.take(where)
