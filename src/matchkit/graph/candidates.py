"""The Candidates protocol, the eligible pairs of a block of left nodes with their weights, and the candidates
that need no problem: a list of pairs, a dense matrix, any of them with weights negated.

Nothing above asks for more than a block at a time, so the pairs of a whole city are never in memory together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int32, Int64, Mask

Integers: TypeAlias = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class PairBlock:
    """The pairs of left nodes ``start`` to ``stop``, by rows: those of row k are ``first[k]:first[k + 1]``.

    ``right`` is int32 (pairs,), ascending within a row, no right node twice in a row; ``weight`` is of any
    integer dtype; ``capacity`` (int64, at least 1) says how many units a pair may carry, None meaning 1 each.
    """

    start: int
    stop: int
    first: Int64
    right: Int32
    weight: Integers
    capacity: Int64 | None = None

    @property
    def count(self) -> int:
        """Number of pairs."""
        return len(self.right)

    def rows(self) -> Int32:
        """Left node of every pair: int32 (pairs,)."""
        return np.repeat(
            np.arange(self.start, self.stop, dtype=np.int32), np.diff(self.first)
        )


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

    @property
    def count(self) -> int:
        """Number of pairs."""
        gone = 0 if self.absent is None else np.count_nonzero(self.absent)
        return self.weight.size - int(gone)

    @property
    def present(self) -> Mask:
        """Which cells are pairs: bool (stop - start, right_count)."""
        shape = self.weight.shape
        return np.ones(shape, np.bool_) if self.absent is None else ~self.absent


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


def greatest_weight(candidates: Candidates) -> int:
    """What no weight exceeds, in absolute value."""
    return max(abs(weight) for weight in candidates.weight_range)


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

    @classmethod
    def of(
        cls,
        left_count: int,
        right_count: int,
        left: Integers,
        right: Integers,
        weight: Integers,
        capacity: Int64 | None = None,
    ) -> PairList:
        """Of pairs ascending by (left, right), none twice, integers (pairs,) each; ``capacity`` is int64
        (pairs,), None meaning 1 each.
        """
        plain = capacity is None or bool((capacity == 1).all())
        return cls(
            left_count,
            right_count,
            np.searchsorted(left, np.arange(left_count + 1)).astype(np.int64),
            right.astype(np.int32, copy=False),
            weight,
            None if plain else capacity,
            None,
            (int(weight.min(initial=0)), int(weight.max(initial=0))),
        )

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
    """The order that sorts pairs by (left, right) (None if they are sorted), and the positions of pairs given
    twice (None if none is); all int64 (pairs,).
    """
    key = left * right_count + right
    step = np.diff(key)
    if (step > 0).all():
        return None, None
    order = np.argsort(key, kind="stable")
    twice = np.flatnonzero(np.diff(key[order]) == 0)
    return order, (order[twice + 1] if len(twice) else None)


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


@dataclass(frozen=True, slots=True)
class Negated:
    """The same candidates with every weight turned round: the least weight is the greatest of these."""

    pairs: Candidates

    @property
    def left_count(self) -> int:
        """As it was."""
        return self.pairs.left_count

    @property
    def right_count(self) -> int:
        """As it was."""
        return self.pairs.right_count

    @property
    def weight_range(self) -> tuple[int, int]:
        """Turned round."""
        least, greatest = self.pairs.weight_range
        return -greatest, -least

    @property
    def rows_per_block(self) -> int:
        """As it was."""
        return self.pairs.rows_per_block

    def block(self, start: int, stop: int) -> Block:
        """The block with its weights turned round (a copy of the block)."""
        block = self.pairs.block(start, stop)
        return replace(block, weight=_turned(block.weight))


def _turned(weight: Integers) -> Integers:
    """Minus the weights, in a dtype that holds them."""
    whole = weight.dtype == np.int64 or (
        weight.dtype == np.int32
        and (not weight.size or weight.min() > np.iinfo(np.int32).min)
    )
    return np.negative(weight if whole else weight.astype(np.int64))
