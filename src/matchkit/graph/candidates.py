"""The Candidates protocol: give me the eligible pairs of this block of left nodes, with their weights.

A problem, a dense matrix, a list of pairs each implement it. Nothing above asks for more than a block at a
time, so the pairs of a whole city are never in memory together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64, Mask

Integers: TypeAlias = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class PairBlock:
    """The pairs of left nodes ``start`` to ``stop``, by rows: those of row k are ``first[k]:first[k + 1]``.

    ``right`` is int32, ascending within a row, no right node twice in a row; ``weight`` is any integer dtype;
    ``capacity`` (int64, at least 1) says how many units a pair may carry, None meaning 1 each.
    """

    start: int
    stop: int
    first: Int64
    right: Int32
    weight: Integers
    capacity: Int64 | None = None

    def rows(self) -> Int32:
        """Left node of every pair (int32)."""
        return np.repeat(np.arange(self.start, self.stop, dtype=np.int32), np.diff(self.first))


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """All pairs of left nodes ``start`` to ``stop`` as a matrix, each pair of capacity 1.

    ``weight`` has shape (stop - start, right_count), any integer dtype; ``absent`` of the same shape marks
    pairs that do not exist, None meaning that all do.
    """

    start: int
    stop: int
    weight: Integers
    absent: Mask | None = None


Block: TypeAlias = PairBlock | MatrixBlock


@runtime_checkable
class Candidates(Protocol):
    """Every eligible pair, enumerated lazily."""

    @property
    def left_count(self) -> int:
        """Number of left nodes."""
        ...

    @property
    def right_count(self) -> int:
        """Number of right nodes."""
        ...

    @property
    def weight_range(self) -> tuple[int, int]:
        """Bounds (least, greatest) that every weight keeps; they need not be attained."""
        ...

    @property
    def rows_per_block(self) -> int:
        """How many left nodes a block should hold so that it stays small."""
        ...

    def block(self, start: int, stop: int) -> Block:
        """The eligible pairs of left nodes ``start`` to ``stop`` (exclusive); the same at every call."""
        ...
