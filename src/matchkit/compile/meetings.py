"""Which cells every profile meets, with the points of its skills: worked out once where that is small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.compile.ragged import Place, found_in, offsets, spread
from matchkit.compile.sides import Sides
from matchkit.compile.terms.skill_fit import SkillFit

KEPT = 6_000_000
"""Up to so many (profile, cell) entries are kept (16 bytes each); beyond, they are worked out block by block."""
AT_ONCE = 2_000_000
"""Entries worked out in one go while they are gathered."""


@dataclass(frozen=True, slots=True)
class Met:
    """Cells met by rows: row k's are ``first[k]:first[k + 1]``, with the skill points of each."""

    first: Place
    cell: Place
    fit: Place


class Meetings:
    """Cells by profile; kind, skill and mode are settled here, time, distance and single pairs are not."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self.fit = SkillFit(sides)
        profiles = np.arange(len(sides.profiles))
        cells = np.diff(sides.first_cell)
        reach = np.concatenate([sides.skills.reach(part, cells) for part in _parts(profiles)] or [np.zeros(0, np.intp)])
        self._kept: Met | None = None
        if int(reach.sum()) <= KEPT:
            self._kept = self._joined([self._work_out(part) for part in _parts(profiles, reach)])
            sizes = np.concatenate([[0], np.cumsum(sides.cell_size[self._kept.cell])])
            self.reach = np.asarray(np.diff(sizes[self._kept.first]), np.intp)
        else:
            self.reach = np.concatenate([sides.skills.reach(part, sides.role_size) for part in _parts(profiles)])

    def of(self, profiles: Place) -> tuple[Met, Place]:
        """The cells that profiles meet: rows of cells, and for every profile given the number of its row."""
        if self._kept is not None:
            return self._kept, profiles
        distinct, row = np.unique(profiles, return_inverse=True)
        return self._work_out(distinct), row.astype(np.intp)

    def fit_of(self, profiles: Place, cells: Place) -> Place:
        """Skill points of profiles at cells that they meet."""
        met, row = self.of(profiles)
        count = len(self._sides.cell_size)
        codes = np.repeat(np.arange(len(met.first) - 1), np.diff(met.first)) * count + met.cell
        position, _ = found_in(codes, row * count + cells)
        return met.fit[position]

    def fit_range(self) -> tuple[int, int]:
        """Bounds of the skill points."""
        if self._kept is not None:
            fit = self._kept.fit
            return (int(fit.min()), int(fit.max())) if len(fit) else (0, 0)
        return self.fit.range()

    def _work_out(self, profiles: Place) -> Met:
        row, role, surplus = self._sides.skills.met(profiles)
        fit = self.fit.points(profiles[row], role, surplus)
        entry, cell = spread(self._sides.first_cell, role)
        return Met(offsets(np.bincount(row[entry], minlength=len(profiles))), cell, fit[entry])

    @staticmethod
    def _joined(parts: list[Met]) -> Met:
        if not parts:
            return Met(np.zeros(1, np.intp), np.zeros(0, np.intp), np.zeros(0, np.intp))
        counts = np.concatenate([np.diff(part.first) for part in parts])
        return Met(offsets(counts), np.concatenate([part.cell for part in parts]), np.concatenate([part.fit for part in parts]))


def _parts(profiles: Place, reach: Place | None = None) -> list[Place]:
    """Profiles in runs of so few entries that working them out stays small."""
    if len(profiles) == 0:
        return []
    if reach is None:
        return [profiles[begin : begin + 10_000] for begin in range(0, len(profiles), 10_000)]
    cuts = np.flatnonzero(np.diff(np.cumsum(reach) // AT_ONCE)) + 1
    return list(np.split(profiles, cuts))
