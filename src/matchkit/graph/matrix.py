"""A dense matrix as candidates: no copy of it is made, and no pair is listed."""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.arrays import Mask
from matchkit.graph.candidates import Integers, MatrixBlock

CELLS_PER_BLOCK = 90_000
"""Cells of a block, so that its work arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class MatrixPairs:
    """Every cell of ``weight`` is a pair of capacity 1, but for those marked in ``absent`` (same shape, or
    None).
    """

    weight: Integers
    absent: Mask | None
    weight_range: tuple[int, int]

    @property
    def left_count(self) -> int:
        """Rows."""
        return int(self.weight.shape[0])

    @property
    def right_count(self) -> int:
        """Columns."""
        return int(self.weight.shape[1])

    @property
    def rows_per_block(self) -> int:
        """As many rows as the cache holds."""
        return max(1, CELLS_PER_BLOCK // max(1, self.right_count))

    def block(self, start: int, stop: int) -> MatrixBlock:
        """Rows ``start`` to ``stop``, as a view."""
        return MatrixBlock(
            start,
            stop,
            self.weight[start:stop],
            None if self.absent is None else self.absent[start:stop],
        )
