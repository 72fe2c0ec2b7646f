"""Term ``skill_fit``: 100, less 10 a surplus level, less the rarity of skills left idle.

The points depend on the resource's profile and the requirement's role only, so they are worked out per such
meeting (``points``), and a pair looks up its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.equivalence import EquivalenceClasses
from matchkit.compile.ragged import found_in, offsets, spread
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs
    from matchkit.compile.numbering import Numbering

FULL = 100
A_LEVEL = 10


class SkillFit:
    """Points of meetings of profiles and roles."""

    def __init__(self, sides: EquivalenceClasses) -> None:
        self._rarity, self._count = sides.rarity, max(1, len(sides.words))
        # Only rare skills can be wasted.
        held = sides.held
        count = len(held.kind)
        owner = np.repeat(np.arange(count), np.diff(held.first_declared))
        rare = np.flatnonzero(self._rarity[held.declared])
        self._rare, owner = held.declared[rare], owner[rare]
        self._first_rare = offsets(np.bincount(owner, minlength=count))
        self._total = np.bincount(
            owner, weights=self._rarity[self._rare], minlength=count
        ).astype(np.intp)
        # A skill serves a role that names it or a broader one.
        sets = sorted({self._named(role.needs) for role in sides.roles})
        number = {named: place for place, named in enumerate(sets)}
        self._set = np.array(
            [number[self._named(role.needs)] for role in sides.roles], np.intp
        )
        below: dict[int, list[int]] = {}
        for skill in np.unique(self._rare).tolist():
            for broader in sides.counts_as(skill):
                below.setdefault(broader, []).append(skill)
        self._serves = np.array(
            sorted(
                {
                    place * self._count + skill
                    for place, named in enumerate(sets)
                    for name in named
                    for skill in below.get(name, ())
                }
            ),
            np.intp,
        )
        highest = int(held.level.max(initial=0))
        self._most_surplus = max(
            (
                sum(
                    max(0, highest - min(level for _, level in need))
                    for need in role.needs
                )
                for role in sides.roles
            ),
            default=0,
        )

    @staticmethod
    def _named(needs: tuple[tuple[tuple[int, int], ...], ...]) -> tuple[int, ...]:
        return tuple(sorted({skill for need in needs for skill, _ in need}))

    def points(self, profile: Intp, role: Intp, surplus: Intp) -> Intp:
        """Points of meetings, given the surplus of levels of each."""
        entry, at = spread(self._first_rare, profile)
        skill = self._rare[at]
        _, serves = found_in(self._serves, self._set[role[entry]] * self._count + skill)
        used = np.bincount(
            entry, weights=self._rarity[skill] * serves, minlength=len(profile)
        ).astype(np.intp)
        return np.asarray(
            FULL - A_LEVEL * surplus - (self._total[profile] - used), np.intp
        )

    def range(self) -> tuple[int, int]:
        """From the most surplus and the most rare skills there can be; at least 100 - 10 * 64 * 99 - 64 * 20
        = -64,540.
        """
        return FULL - A_LEVEL * self._most_surplus - int(
            self._total.max(initial=0)
        ), FULL


class SkillFitTerm:
    """The term of pairs that already carry their points."""

    def __init__(self, _: Numbering, eligible: EligiblePairs) -> None:
        self._range = eligible.meetings.fit_range()

    def points(self, pairs: TermPairs) -> Integers:
        """Those that eligibility found."""
        return pairs.fit

    def range(self) -> tuple[int, int]:
        """Bounds of the points of the skills."""
        return self._range


TERM = SkillFitTerm
CLASS_POINTS = SkillFit
