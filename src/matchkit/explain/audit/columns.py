"""Changes of one kind as columns, and which of them come first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp, Mask

AT_ONCE = 1_000_000
"""About so many changes are looked at in one piece."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Changes of one kind as columns: pairs taken from (positions in the table), pairs put in (eligible
    positions), units.
    """

    worth: Int64
    out: Intp
    put: Intp
    units: Int64
    second: Intp | None = None
    second_put: Intp | None = None

    def part(self, which: npt.NDArray[np.intp]) -> Columns:
        """Some of the changes, in this order."""
        columns = (
            None if column is None else column[which]
            for column in (self.second, self.second_put)
        )
        return Columns(
            self.worth[which], self.out[which], self.put[which], self.units[which], *columns
        )


def amounts(most: Int64) -> Iterator[tuple[Intp, Int64]]:
    """Which changes can be made, with as many units as fit; and of those with several, with one unit only."""
    some = np.flatnonzero(most > 0).astype(np.intp)
    yield some, most[some]
    several = np.flatnonzero(most > 1).astype(np.intp)
    if len(several):
        yield several, np.ones(len(several), np.int64)


def pieces_of(places: Intp) -> Iterator[Intp]:
    """The positions piece by piece."""
    for begin in range(0, len(places), AT_ONCE):
        yield places[begin : begin + AT_ONCE]


def positive(worth: Int64) -> Mask:
    """Which rows are above 0, goal after goal."""
    found, open_rows = np.zeros(len(worth), np.bool_), np.ones(len(worth), np.bool_)
    for column in worth.T:
        found |= open_rows & (column > 0)
        open_rows &= column == 0
    return found


def first_rows(worth: Int64, count: int) -> npt.NDArray[np.intp]:
    """The best rows, goal after goal; of equal ones those that come first."""
    moving = [column for column in worth.T if column.min() != column.max()]
    if len(moving) == 1:  # one that differs is ordered without a full sort
        floor = -np.partition(-moving[0], count - 1)[count - 1]
        some = np.flatnonzero(moving[0] >= floor)
        return some[np.argsort(-moving[0][some], kind="stable")][:count]
    return (
        np.lexsort([-column for column in reversed(moving)])[:count]
        if moving
        else np.arange(count)
    )
