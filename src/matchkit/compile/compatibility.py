"""Which roles every profile meets, with the points of its skills: worked out once where that is small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Intp
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.ragged import found_in, offsets
from matchkit.compile.terms.skill_fit import SkillFit

KEPT = 8_000_000
"""Up to so many (profile, role) meetings are kept (8 bytes each); beyond, they are worked out piece by piece.
"""
AT_ONCE = 2_000_000
"""Meetings worked out in one go while they are gathered."""
PROFILES = 10_000
"""Profiles whose holdings are looked at in one go."""


@dataclass(frozen=True, slots=True)
class CompatiblePairs:
    """Roles met by rows: row k's are ``first[k]:first[k + 1]``, ascending, with the skill points of each."""

    first: Intp
    role: npt.NDArray[np.int32]
    fit: npt.NDArray[np.int32]


class Compatibility:
    """Roles by profile: kind, skill and mode are settled here, time, distance and single pairs are not."""

    def __init__(self, sides: EquivalenceClasses) -> None:
        self._sides = sides
        self._fit = SkillFit(sides)
        profiles = np.arange(len(sides.profiles))
        parts = [
            profiles[begin : begin + PROFILES] for begin in range(0, len(profiles), PROFILES)
        ]
        reach = np.concatenate(
            [
                np.zeros(0, np.intp),
                *(sides.skills.reach(part, np.ones_like(sides.role_size)) for part in parts),
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
        codes = np.repeat(np.arange(len(met.first) - 1) * count, np.diff(met.first)) + met.role
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
    counts = np.concatenate([np.zeros(0, np.intp), *(np.diff(part.first) for part in parts)])
    role, fit = (
        np.concatenate([none, *column])
        for column in ([part.role for part in parts], [part.fit for part in parts])
    )
    return CompatiblePairs(offsets(counts), role, fit)
