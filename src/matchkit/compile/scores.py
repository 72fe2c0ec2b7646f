"""The worst score of a plan: the least weight that any of those gets who want something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.compile.goals import WORST
from matchkit.compile.levels import Owners
from matchkit.compile.numbering import Numbering
from matchkit.model import Aim, Part


@dataclass(frozen=True, slots=True)
class WorstScore:
    """Whose least weight is a goal.

    Attributes:
        part: its measure.
        ids: of all who have requirements, ascending.
        of: int64 (requirements,): the number of the one that a requirement belongs to.
        counted: bool (ids,): who wants anything; others have no score.
    """

    part: Part
    ids: tuple[str, ...]
    of: Int64
    counted: Mask

    @classmethod
    def among(cls, aims: tuple[Aim, ...], lists: Numbering) -> WorstScore | None:
        """That of the first aim that asks for one; None where none does."""
        for part in (part for aim in aims for part in aim.parts):
            if part.measure == WORST:
                return cls._of(part, lists)
        return None

    @classmethod
    def _of(cls, part: Part, lists: Numbering) -> WorstScore:
        owner = Owners(lists.problem, part)
        owners = [owner.of(slot.demand, slot.requirement) for slot in lists.slots]
        ids, of = np.unique(np.array(owners, object), return_inverse=True)
        wanted = np.array([slot.requirement.wanted for slot in lists.slots], np.int64)
        counted = np.zeros(len(ids), np.bool_)
        counted[of[wanted > 0]] = True
        return cls(part, tuple(ids.tolist()), of.astype(np.int64), counted)

    def scores(self, right: Int64, weight: Int64) -> Int64:
        """What everybody has: int64 (ids,), of the requirements and weights of chosen pairs, int64 (pairs,)
        both, each weight times its units.
        """
        return sums_by(self.of[right], weight, len(self.ids))

    def value(self, right: Int64, weight: Int64) -> int:
        """The least of these; 0 where nobody wants anything."""
        found = self.scores(right, weight)[self.counted]
        return int(found.min()) if len(found) else 0
