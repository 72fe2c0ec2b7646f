"""Nested caps: a forest whose leaves are the nodes of one side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64


@dataclass(frozen=True, slots=True)
class Tree:
    """Caps on sets of nodes of one side, nested (laminar): two sets are disjoint or one holds the other.

    ``of`` (int32, one a node) is the cap directly above a node, ``parent`` (int32, one a cap) the cap
    directly above a cap, -1 meaning none; a parent has a smaller index than its children. ``capacity``
    (int64, at least 0) is the most units that the nodes below a cap may carry together, ``minimum`` (int64,
    at most the capacity; None: 0 each) what they should carry at least. Only caps of left nodes have
    minimums.
    """

    of: Int32
    parent: Int32
    capacity: Int64
    minimum: Int64 | None = None

    @property
    def least(self) -> Int64:
        """The minimum of every cap (int64)."""
        return np.zeros(self.size, np.int64) if self.minimum is None else self.minimum

    @property
    def size(self) -> int:
        """Number of caps."""
        return len(self.capacity)

    @classmethod
    def none(cls, nodes: int) -> Tree:
        """No caps at all over so many nodes."""
        return cls(np.full(nodes, -1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64))
