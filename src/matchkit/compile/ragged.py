"""Rows of different length in one flat array: row k is ``first[k]:first[k + 1]`` (compressed sparse rows)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Intp


def offsets(counts: npt.ArrayLike) -> Intp:
    """First position of every row, and the total at the end (intp (offsets,), one more than rows)."""
    sizes = np.asarray(counts, np.intp)
    first = np.zeros(len(sizes) + 1, np.intp)
    np.cumsum(sizes, out=first[1:])
    return first


def spread(first: Intp, rows: Intp) -> tuple[Intp, Intp]:
    """For every entry of the given rows (intp (rows,)) in turn: which of the rows given it is in, and its
    position in the flat array (intp (entries,) both).
    """
    begin = first[rows]
    counts = first[rows + 1] - begin
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    owner = np.repeat(np.arange(len(rows)), counts)
    return owner, np.arange(total) + np.repeat(begin - (ends - counts), counts)


def flat(rows: Iterable[Sequence[int]]) -> tuple[Intp, Intp]:
    """Offsets (intp, one more than rows) and flat values (intp (entries,)) of rows of numbers."""
    listed = list(rows)
    first = offsets([len(row) for row in listed])
    return first, np.fromiter(
        (value for row in listed for value in row), np.intp, int(first[-1])
    )


def grouped(codes: Intp, groups: int) -> tuple[Intp, Intp]:
    """Offsets (intp, one more than groups) and members (intp (codes,)) of every group, members ascending."""
    return offsets(np.bincount(codes, minlength=groups)), np.argsort(
        codes, kind="stable"
    )


def found_in(ordered: Intp, wanted: Intp) -> tuple[Intp, npt.NDArray[np.bool_]]:
    """Where each wanted number (intp (wanted,)) stands in an ascending array, and whether it does (bool
    (wanted,)).
    """
    if len(ordered) == 0:
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.bool_)
    position = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return position, ordered[position] == wanted


def joint(one: Intp, other: Intp) -> tuple[Intp, Intp, Intp]:
    """The distinct couples of two arrays of whole numbers, ascending, as two arrays (intp (couples,)); and
    for every entry which it is (intp (entries,)).
    """
    if len(one) == 0:
        none = np.zeros(0, np.intp)
        return none, none, none
    least = int(other.min())
    width = int(other.max()) - least + 1
    codes = one * width + (other - least)
    if bool((codes[1:] > codes[:-1]).all()):
        # Ascending already, as the pairs of a case are where no demand is flexible.
        return one, other, np.arange(len(one))
    codes, which = np.unique(codes, return_inverse=True)
    return codes // width, codes % width + least, which.astype(np.intp)
