"""Which classes of resources and requirements meet: profiles and roles in compressed rows with their points,
and eligibility with time as bits packed eight a byte, for pairs that are dense.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Bits, Intp, Mask
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.ragged import found_in, offsets, spread
from matchkit.compile.terms.pairs import ClassPoints

KEPT = 8_000_000
"""Up to so many (profile, role) meetings are kept (8 bytes each); beyond, they are worked out piece by piece.
"""
AT_ONCE = 2_000_000
"""Meetings worked out in one go while they are gathered."""
PROFILES = 10_000
"""Profiles whose holdings are looked at in one go."""
BITS_KEPT = 500_000_000
"""Up to so many bits of one bitmap are kept (62 MB)."""
BITS_AT_ONCE = 1_000_000
"""Bits worked out in one go: few enough to stay in a processor's cache."""


@dataclass(frozen=True, slots=True)
class CompatiblePairs:
    """Roles met by rows: row k's are ``first[k]:first[k + 1]``, ascending, with the skill points of each."""

    first: Intp
    role: npt.NDArray[np.int32]
    fit: npt.NDArray[np.int32]


class Compatibility:
    """Roles by profile: kind, skill and mode are settled here, time, distance and single pairs are not."""

    def __init__(self, sides: EquivalenceClasses, points: ClassPoints) -> None:
        self._sides, self._fit = sides, points
        profiles = np.arange(len(sides.profiles))
        parts = [
            profiles[begin : begin + PROFILES]
            for begin in range(0, len(profiles), PROFILES)
        ]
        reach = np.concatenate(
            [
                np.zeros(0, np.intp),
                *(
                    sides.skills.reach(part, np.ones_like(sides.role_size))
                    for part in parts
                ),
            ]
        )
        self._kept: CompatiblePairs | None = None
        if int(reach.sum()) <= KEPT:
            cuts = np.flatnonzero(np.diff(np.cumsum(reach) // AT_ONCE)) + 1
            self._kept = _joined(
                [self._work_out(part) for part in np.split(profiles, cuts) if len(part)]
            )
            sizes = offsets(sides.role_size[self._kept.role])
            self.reach = np.diff(sizes[self._kept.first])
        else:
            self.reach = np.concatenate(
                [
                    np.zeros(0, np.intp),
                    *(sides.skills.reach(part, sides.role_size) for part in parts),
                ]
            )

    def of(self, profiles: Intp) -> tuple[CompatiblePairs, Intp]:
        """The roles that profiles meet: rows of roles, and for every profile given the number of its row."""
        if self._kept is not None:
            return self._kept, profiles
        distinct, row = np.unique(profiles, return_inverse=True)
        return self._work_out(distinct), row.astype(np.intp)

    def fit_of(self, profiles: Intp, roles: Intp) -> Intp:
        """Skill points of profiles in roles that they meet. Raises ValueError where one does not."""
        met, row = self.of(profiles)
        count = len(self._sides.roles)
        codes = (
            np.repeat(np.arange(len(met.first) - 1) * count, np.diff(met.first))
            + met.role
        )
        position, met_at_all = found_in(codes, row * count + roles)
        if not met_at_all.all():
            raise ValueError(
                "a pair that is not eligible has no weight; give only pairs of the candidates"
            )
        return met.fit[position].astype(np.intp)

    def fit_range(self) -> tuple[int, int]:
        """Bounds of the skill points."""
        if self._kept is not None:
            fit = self._kept.fit
            return (int(fit.min()), int(fit.max())) if len(fit) else (0, 0)
        return self._fit.range()

    def _work_out(self, profiles: Intp) -> CompatiblePairs:
        row, role, surplus = self._sides.skills.met(profiles)
        fit = self._fit.points(profiles[row], role, surplus)
        return CompatiblePairs(
            offsets(np.bincount(row, minlength=len(profiles))),
            role.astype(np.int32),
            fit.astype(np.int32),
        )


def _joined(parts: list[CompatiblePairs]) -> CompatiblePairs:
    none = np.zeros(0, np.int32)
    counts = np.concatenate(
        [np.zeros(0, np.intp), *(np.diff(part.first) for part in parts)]
    )
    role, fit = (
        np.concatenate([none, *column])
        for column in ([part.role for part in parts], [part.fit for part in parts])
    )
    return CompatiblePairs(offsets(counts), role, fit)


class EligibilityBitmap:
    """Rows of bits over all requirements, by class of resources."""

    def __init__(
        self, classes: int, columns: int, answer: Callable[[Intp], Mask]
    ) -> None:
        """``answer`` gives the rows (bool, rows x columns) of any ascending classes."""
        self._answer = answer
        self._kept: Bits | None = None
        if classes * columns <= BITS_KEPT:
            step = max(1, BITS_AT_ONCE // max(1, columns))
            self._kept = np.empty((classes, -(-columns // 8)), np.uint8)
            for begin in range(0, classes, step):
                self._kept[begin : begin + step] = np.packbits(
                    answer(np.arange(begin, min(begin + step, classes))), axis=1
                )

    @property
    def kept(self) -> bool:
        """Whether the rows of all classes are kept."""
        return self._kept is not None

    def rows(self, of: Intp) -> Bits:
        """Packed bits, one row for each class given (uint8 (classes, bytes))."""
        if self._kept is not None:
            return self._kept[of]
        distinct, row = np.unique(of, return_inverse=True)
        return np.packbits(self._answer(distinct), axis=1)[row]

    def ask(self, of: Intp, column: Intp) -> Mask | None:
        """Single bits (bool, one a pair asked for), where the bitmap is kept."""
        if self._kept is None:
            return None
        byte = self._kept.reshape(-1).take(of * self._kept.shape[1] + (column >> 3))
        answers: Mask = ((byte >> (7 - (column & 7)).astype(np.uint8)) & 1).view(
            np.bool_
        )
        return answers


class EligibilityBitmaps:
    """The bitmap of profiles, and that of availabilities where time plays a part: a resource's row is the
    conjunction of both.
    """

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
        """Whether both bitmaps are kept whole."""
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
        step = max(1, BITS_AT_ONCE // max(1, self.columns)) * 8
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
        return self._sides.coverage.table(availabilities).take(
            self._sides.window, axis=1
        )
