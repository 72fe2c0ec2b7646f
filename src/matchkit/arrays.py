"""Arrays by the type of their elements, as annotations name them; a docstring adds the axes.

An axis has the name of what it runs over: ``int64 (pairs,)`` is one number a pair, ``int64 (nodes, goals)`` a
row a node and a column a goal. ``lefts`` and ``rights`` are left and right nodes, ``chosen`` the pairs of a
plan.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Int64: TypeAlias = npt.NDArray[np.int64]
"""Weights, capacities, quantities, prices."""
Int32: TypeAlias = npt.NDArray[np.int32]
"""Numbers of nodes."""
Intp: TypeAlias = npt.NDArray[np.intp]
"""Positions in arrays: the type that numpy indexes with, without a cast."""
Index: TypeAlias = npt.NDArray[np.integer]
"""Positions in arrays, of any type."""
Float64: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Bits: TypeAlias = npt.NDArray[np.uint8]
"""Packed bits, eight a byte."""


def sums_by(index: Index, values: npt.ArrayLike, count: int) -> Int64:
    """For every number below ``count`` the sum of the ``values`` at which it stands in ``index`` ((entries,)
    both): int64 (count,).
    """
    found = np.zeros(count, np.int64)
    np.add.at(found, index, values)
    return found


def most_by(index: Index, values: npt.ArrayLike, count: int) -> Int64:
    """The greatest of the values instead, and 0 where none is above it: int64 (count,)."""
    found = np.zeros(count, np.int64)
    np.maximum.at(found, index, values)
    return found


def places_of(index: Index, count: int) -> Intp:
    """For every number below ``count`` its place in ``index`` (entries,), in which none stands twice, and -1
    where it does not stand there: intp (count,).
    """
    found = np.full(count, -1, np.intp)
    found[index] = np.arange(len(index))
    return found


def row_ranks(rows: Int64) -> Int64:
    """The place of every row of int64 (n, columns) among all that differ, column after column: int64 (n,).

    Rows are compared as bytes, the highest first: much faster than field by field.
    """
    some = rows[:, rows.any(0)]
    if not some.size:
        return np.zeros(len(rows), np.int64)
    unsigned = some.view(np.uint64) ^ np.uint64(2**63)
    text = np.ascontiguousarray(unsigned.astype(">u8")).view(f"S{8 * some.shape[1]}")
    found: Int64 = np.unique(text.ravel(), return_inverse=True)[1].reshape(-1)
    return found
