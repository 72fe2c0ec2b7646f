"""The eligible pairs of any resources, worked out a few resources at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.compile.eligibility import capacity
from matchkit.compile.eligibility.distance import Distances
from matchkit.compile.eligibility.forbid import SparsePairs, forbidden
from matchkit.compile.lists import Lists
from matchkit.compile.meetings import Meetings
from matchkit.compile.ragged import Place, offsets, spread
from matchkit.compile.sides import Sides
from matchkit.compile.terms.pairs import Pairs
from matchkit.graph.candidates import Mask, Whole

PIECE = 120_000
"""About so many pairs are in work at a time: few enough that a processor's cache holds one array of them."""
TABLE = 64_000_000
"""Up to so many answers (a byte each) about availability and windows are kept for all blocks."""
ANSWERS = 8_000_000
"""At most so many such answers are worked out for one piece."""


class Eligible:
    """Pairs that break no rule on single pairs. Nothing here changes after it is built, so threads may share it."""

    def __init__(self, lists: Lists, *, metres: bool) -> None:
        """``metres`` asks for the distance of every pair even where no rule limits it."""
        self.sides = Sides(lists)
        self.meetings = Meetings(self.sides)
        self.distances = Distances(lists)
        self._metres = metres or self.distances.limited
        self._forbidden = (forbidden(lists), SparsePairs(len(lists.slots), ((lists.left[r], lists.right[q]) for r, q in self.distances.too_far)))
        self.has_capacity = capacity.holds(np.array([resource.capacity for resource in lists.resources], np.int64))
        self._right_count = len(lists.slots)
        coverage = self.sides.coverage
        availabilities = int(self.sides.availability.max(initial=-1)) + 1
        self._timed = not coverage.trivial
        self._table: Mask | None = None
        if self._timed and availabilities * coverage.count <= TABLE:
            step = max(1, ANSWERS // coverage.count)
            self._table = np.concatenate([coverage.table(np.arange(begin, min(begin + step, availabilities))) for begin in range(0, availabilities, step)])

    def reach(self) -> Place:
        """For each resource a number of pairs that it cannot exceed (kind, mode and skill alone)."""
        return np.where(self.has_capacity, self.meetings.reach[self.sides.profile], 0)

    def pieces(self, rows: Place, most_rows: int = 2**20) -> Iterator[Place]:
        """The rows, ascending, in pieces of about PIECE pairs and at most ``most_rows`` rows."""
        reach = np.where(self.has_capacity[rows], self.meetings.reach[self.sides.profile[rows]], 0)
        filled = np.cumsum(reach)
        begin = 0
        while begin < len(rows):
            before = int(filled[begin - 1]) if begin else 0
            end = int(np.searchsorted(filled, before + PIECE, "right"))
            end = min(max(end, begin + 1), begin + most_rows, len(rows))
            yield rows[begin:end]
            begin = end

    def pairs(self, rows: Place, drop: tuple[SparsePairs, ...] = (), closed: Mask | None = None) -> Pairs:
        """Eligible pairs of one piece, without those in ``drop`` and those of ``closed`` requirements."""
        met, row = self.meetings.of(self.sides.profile[rows])
        owner, at = spread(met.first, row)
        able = self.has_capacity[rows]
        if not able.all():
            keep = np.flatnonzero(able.take(owner))
            owner, at = owner.take(keep), at.take(keep)
        cell = met.cell.take(at)
        if self._timed:
            keep = np.flatnonzero(self._in_time(rows, owner, self.sides.cell_window.take(cell)))
            owner, at, cell = owner.take(keep), at.take(keep), cell.take(keep)
        fit = met.fit.take(at)
        if len(self.sides.cell_size) == self._right_count:
            right = self.sides.member.take(cell)
        else:
            entry, position = spread(self.sides.first_member, cell)
            right = self.sides.member.take(position)
            owner, fit = owner.take(entry), fit.take(entry)
        owner, right, fit = in_order(owner, right, fit, len(rows), self._right_count)
        left = rows.take(owner)
        keep_mask = self._kept(left, right, drop, closed)
        if keep_mask is not None:
            keep = np.flatnonzero(keep_mask)
            owner, left, right, fit = owner.take(keep), left.take(keep), right.take(keep), fit.take(keep)
        metres: Whole | None = None
        if self._metres:
            metres = self.distances.metres(left, right)
            if self.distances.limited:
                keep = np.flatnonzero(self.distances.holds(left, right, metres))
                if len(keep) < len(left):
                    owner, left, right, fit, metres = owner.take(keep), left.take(keep), right.take(keep), fit.take(keep), metres.take(keep)
        return Pairs(rows, owner, left, right, fit, metres)

    def known(self, rows: Place, left: Place, right: Place) -> Pairs:
        """Pairs known to be eligible, ascending by (left, right), of the rows that occur in them."""
        fit = self.meetings.fit_of(self.sides.profile[left], self.sides.cell[right])
        return Pairs(rows, np.searchsorted(rows, left), left, right, fit, None)

    def _in_time(self, rows: Place, owner: Place, window: Place) -> Mask:
        coverage, availability = self.sides.coverage, self.sides.availability[rows]
        if self._table is not None:
            return self._table.reshape(-1).take((availability * coverage.count).take(owner) + window)
        distinct, own = np.unique(availability, return_inverse=True)
        answers = len(distinct) * coverage.count
        if answers > min(ANSWERS, 30 * len(window)):
            return coverage.holds(availability.take(owner), window)
        return coverage.table(distinct).reshape(-1).take((own.astype(np.intp) * coverage.count).take(owner) + window)

    def _kept(self, left: Place, right: Place, drop: tuple[SparsePairs, ...], closed: Mask | None) -> Mask | None:
        keep: Mask | None = None
        if closed is not None:
            keep = ~closed.take(right)
        for named in (*self._forbidden, *drop):
            positions, _ = named.positions(left, right)
            if len(positions):
                keep = np.ones(len(left), np.bool_) if keep is None else keep
                keep[positions] = False
        return keep


def in_order(owner: Place, right: Place, fit: Place, rows: int, right_count: int) -> tuple[Place, Place, Place]:
    """The pairs ascending by (owner, right). Owners ascend already; no pair occurs twice.

    Where pairs are dense, marking them on a board and reading it off is several times faster than sorting.
    """
    code = owner * right_count + right
    size = rows * right_count
    if size > 48 * len(code) + 1024:
        order = np.argsort(code, kind="stable")
        return owner, right.take(order), fit.take(order)
    board = np.zeros(size, np.bool_)
    board[code] = True
    points = np.empty(size, np.int32)
    points[code] = fit
    code = np.flatnonzero(board)
    return owner, code - owner * right_count, points.take(code)


def first_of(owner: Place, rows: int) -> Whole:
    """Offsets of rows among pairs whose owners ascend."""
    return offsets(np.bincount(owner, minlength=rows)).astype(np.int64)
