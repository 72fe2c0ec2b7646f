"""Eligible pairs where they are dense: whole rows of yes and no over all requirements, eight answers a byte.

A row of profiles (kind, skill, mode) and a row of availabilities (time) are joined by one AND; reading the
ones off gives the pairs in order. The boards of all profiles and of all availabilities are kept where they
are small; a board of resources is made only for a few at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.arrays import Bits, Intp, Mask
from matchkit.compile.compatibility import Compatibility
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.ragged import spread

KEPT = 500_000_000
"""Up to so many answers of one board are kept (62 MB)."""
AT_ONCE = 1_000_000
"""Answers worked out in one go: few enough to stay in a processor's cache."""


class EligibilityBitmap:
    """Rows of packed answers about all requirements, by class of resources."""

    def __init__(self, classes: int, columns: int, answer: Callable[[Intp], Mask]) -> None:
        """``answer`` gives the rows (bool, rows x columns) of any ascending classes."""
        self._answer = answer
        self._kept: Bits | None = None
        if classes * columns <= KEPT:
            step = max(1, AT_ONCE // max(1, columns))
            self._kept = np.empty((classes, -(-columns // 8)), np.uint8)
            for begin in range(0, classes, step):
                self._kept[begin : begin + step] = np.packbits(
                    answer(np.arange(begin, min(begin + step, classes))), axis=1
                )

    @property
    def kept(self) -> bool:
        """Whether the answers of all classes are kept."""
        return self._kept is not None

    def rows(self, of: Intp) -> Bits:
        """Packed answers, one row for each class given."""
        if self._kept is not None:
            return self._kept[of]
        distinct, row = np.unique(of, return_inverse=True)
        return np.packbits(self._answer(distinct), axis=1)[row]

    def ask(self, of: Intp, column: Intp) -> Mask | None:
        """Single answers, where the board is kept."""
        if self._kept is None:
            return None
        byte = self._kept.reshape(-1).take(of * self._kept.shape[1] + (column >> 3))
        answers: Mask = ((byte >> (7 - (column & 7)).astype(np.uint8)) & 1).view(np.bool_)
        return answers


class EligibilityBitmaps:
    """The board of profiles, and that of availabilities where time plays a part."""

    def __init__(self, sides: EquivalenceClasses, meetings: Compatibility) -> None:
        self._sides, self._meetings = sides, meetings
        self.columns = len(sides.lists.slots)
        self.skill = EligibilityBitmap(len(sides.profiles), self.columns, self._meets)
        classes = int(sides.availability.max(initial=-1)) + 1
        self.time = (
            None
            if sides.coverage.trivial
            else EligibilityBitmap(classes, self.columns, self._covers)
        )

    @property
    def kept(self) -> bool:
        """Whether both boards are kept whole."""
        return self.skill.kept and (self.time is None or self.time.kept)

    def pairs(self, rows: Intp) -> tuple[Intp, Intp, Intp]:
        """For eligible pairs (time, kind, skill, mode) of resources: which of them, requirement, and skill
        points; in order.
        """
        bits = self._bits(rows)
        width = 8 * bits.shape[1]
        code = np.flatnonzero(np.unpackbits(bits.reshape(-1)).view(np.bool_))
        counts = np.diff(np.searchsorted(code, np.arange(len(rows) + 1) * width))
        owner = np.repeat(np.arange(len(rows)), counts)
        right = code - np.repeat(np.arange(len(rows)) * width, counts)
        return owner, right, self._fit(rows, owner, right)

    def _fit(self, rows: Intp, owner: Intp, right: Intp) -> Intp:
        roles = len(self._sides.roles)
        met, row = self._meetings.of(self._sides.profile[rows])
        entry, at = spread(met.first, row)
        table = np.empty(len(rows) * roles, np.int32)
        table[entry * roles + met.role.take(at)] = met.fit.take(at)
        return table.take(owner * roles + self._sides.role.take(right)).astype(np.intp)

    def counts(self, rows: Intp) -> Intp:
        """How many eligible pairs (time, kind, skill, mode) each of some resources has."""
        step = max(1, AT_ONCE // max(1, self.columns)) * 8
        parts = (rows[begin : begin + step] for begin in range(0, len(rows), step))
        return np.concatenate(
            [
                np.zeros(0, np.intp),
                *(
                    np.bitwise_count(self._bits(part)).sum(axis=1, dtype=np.intp)
                    for part in parts
                ),
            ]
        )

    def _bits(self, rows: Intp) -> Bits:
        bits = self.skill.rows(self._sides.profile[rows])
        if self.time is not None:
            bits &= self.time.rows(self._sides.availability[rows])
        return bits

    def _meets(self, profiles: Intp) -> Mask:
        met, row = self._meetings.of(profiles)
        entry, at = spread(met.first, row)
        found = np.zeros((len(profiles), len(self._sides.roles)), np.bool_)
        found[entry, met.role.take(at)] = True
        return found.take(self._sides.role, axis=1)

    def _covers(self, availabilities: Intp) -> Mask:
        return self._sides.coverage.table(availabilities).take(self._sides.window, axis=1)
