"""The eligible pairs of any resources, worked out a few resources at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.compatibility import Compatibility, EligibilityBitmaps
from matchkit.compile.eligibility.attributes import has_capacity
from matchkit.compile.eligibility.distance import Distances
from matchkit.compile.eligibility.forbid import SparsePairs, forbidden
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.numbering import Numbering, capacity
from matchkit.compile.ragged import spread
from matchkit.compile.terms import class_points
from matchkit.compile.terms.pairs import TermPairs
from matchkit.errors import BudgetError
from matchkit.messages.message import Message

PIECE = 120_000
"""About so many pairs are in work at a time: few enough that a processor's cache holds some arrays of them.
"""
CELLS = 600_000
"""About so many answers of a board are in work at a time."""

ANSWERS_KEPT, ANSWERS = 60, 12
"""How many answers of a board take as long as listing one pair: where boards are kept, and where they are
not.
"""


MOST_PAIRS = 20_000_000_000
"""Most pairs that kind, skill and mode may leave: all are looked at, several times."""


def _within_budget(pairs: int) -> None:
    if pairs > MOST_PAIRS:
        raise BudgetError(Message.of("budget.pairs_left", pairs=pairs, most=MOST_PAIRS))


class EligiblePairs:
    """Pairs that break no rule on single pairs. Nothing here changes after it is built, so threads may share
    it.
    """

    def __init__(self, lists: Numbering, *, metres: bool) -> None:
        """``metres`` asks for the distance of every pair even where no rule limits it."""
        self.sides = EquivalenceClasses(lists)
        self.meetings = Compatibility(self.sides, class_points(self.sides))
        self.has_capacity = has_capacity(lists.once("resources", capacity))
        self.reach: Intp = np.where(
            self.has_capacity, self.meetings.reach[self.sides.profile], 0
        )
        """For each resource a number of pairs that it cannot exceed, distance and single pairs left aside."""
        _within_budget(int(self.reach.sum()))
        self.bitmaps = EligibilityBitmaps(self.sides, self.meetings)
        self.distances = Distances(lists)
        self._metres = metres or self.distances.limited
        self._forbidden = (
            forbidden(lists),
            SparsePairs(
                len(lists.slots),
                (
                    (lists.left[r], place)
                    for r, q in self.distances.too_far
                    for place in lists.places[q]
                ),
            ),
        )
        answers = len(lists.resources) * len(lists.slots)
        self._dense = answers <= (ANSWERS_KEPT if self.bitmaps.kept else ANSWERS) * int(
            self.reach.sum()
        )
        if self._dense and self.bitmaps.kept:
            able = np.flatnonzero(self.has_capacity)
            self.reach[able] = self.bitmaps.counts(able)

    def pieces(self, rows: Intp, most_rows: int = 2**20) -> Iterator[Intp]:
        """The rows, ascending, without those that reach nothing, in pieces of at most ``most_rows`` that stay
        small.
        """
        rows = rows[self.reach[rows] > 0]
        yield from self.runs(rows, most_rows)

    def runs(self, rows: Intp, most_rows: int = 2**20) -> Iterator[Intp]:
        """The rows, ascending, all of them, in pieces as above."""
        if self._dense:
            most_rows = min(most_rows, max(1, CELLS // max(1, self.bitmaps.columns)))
        filled = np.cumsum(self.reach[rows])
        begin = 0
        while begin < len(rows):
            end = begin + most_rows
            if not self._dense:
                before = int(filled[begin - 1]) if begin else 0
                end = min(
                    max(
                        int(np.searchsorted(filled, before + PIECE, "right")), begin + 1
                    ),
                    end,
                )
            yield rows[begin:end]
            begin = end

    def pairs(
        self, rows: Intp, drop: tuple[SparsePairs, ...] = (), closed: Mask | None = None
    ) -> TermPairs:
        """Eligible pairs of one piece, without those in ``drop`` and those of ``closed`` requirements."""
        owner, right, fit = (
            self.bitmaps.pairs(rows) if self._dense else self._listed(rows)
        )
        left = rows.take(owner)
        keep_mask = self._kept(left, right, drop, closed)
        if keep_mask is not None:
            keep = np.flatnonzero(keep_mask)
            owner, left, right, fit = (
                owner.take(keep),
                left.take(keep),
                right.take(keep),
                fit.take(keep),
            )
        metres: Int64 | None = None
        if self._metres:
            metres = self.distances.metres(left, right)
            if self.distances.limited:
                keep = np.flatnonzero(self.distances.holds(left, right, metres))
                if len(keep) < len(left):
                    owner, left, right, fit, metres = (
                        owner.take(keep),
                        left.take(keep),
                        right.take(keep),
                        fit.take(keep),
                        metres.take(keep),
                    )
        return TermPairs(rows, owner, left, right, fit, metres)

    def known(self, rows: Intp, left: Intp, right: Intp) -> TermPairs:
        """Pairs known to be eligible, ascending by (left, right), of the rows that occur in them.

        Raises ValueError where a profile does not even meet the role.
        """
        fit = self.meetings.fit_of(self.sides.profile[left], self.sides.role[right])
        return TermPairs(rows, np.searchsorted(rows, left), left, right, fit, None)

    def _listed(self, rows: Intp) -> tuple[Intp, Intp, Intp]:
        """As EligibilityBitmaps.pairs, by listing the members of every role that is met: for pairs that are
        sparse.
        """
        sides = self.sides
        met, row = self.meetings.of(sides.profile[rows])
        owner, at = spread(met.first, row)
        entry, position = spread(sides.first_member, met.role.take(at).astype(np.intp))
        owner, right, at = (
            owner.take(entry),
            sides.member.take(position),
            at.take(entry),
        )
        if self.bitmaps.time is not None:
            availability = sides.availability.take(rows).take(owner)
            in_time = self.bitmaps.time.ask(availability, right)
            if in_time is None:
                in_time = sides.coverage.holds(availability, sides.window.take(right))
            keep = np.flatnonzero(in_time)
            owner, right, at = owner.take(keep), right.take(keep), at.take(keep)
        order = np.argsort(owner * len(sides.window) + right, kind="stable")
        return owner, right.take(order), met.fit.take(at.take(order)).astype(np.intp)

    def _kept(
        self,
        left: Intp,
        right: Intp,
        drop: tuple[SparsePairs, ...],
        closed: Mask | None,
    ) -> Mask | None:
        keep: Mask | None = None
        if closed is not None:
            keep = ~closed.take(right)
        for named in (*self._forbidden, *drop):
            positions, _ = named.positions(left, right)
            if len(positions):
                keep = np.ones(len(left), np.bool_) if keep is None else keep
                keep[positions] = False
        return keep
