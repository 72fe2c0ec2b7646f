"""A reference plan in numbers: pairs, how many units of each count as kept, and for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.goals import KEPT
from matchkit.compile.numbering import Numbering
from matchkit.compile.times import seconds
from matchkit.model import Aim, ReferencePair
from matchkit.plan import Assignment
from matchkit.solvers.flow.first_units import FirstUnits


def kept_counts(aims: Sequence[Aim], names: Sequence[str]) -> list[int]:
    """1 for goals of these names in which units kept count their weight, 0 for others."""
    asked = {aim.name for aim in aims if aim.parts[0].measure == KEPT}
    return [int(name in asked) for name in names]


@dataclass(frozen=True, slots=True)
class KeptPairs:
    """Pairs of a resource and a slot in a reference plan, ascending, none twice: ``left`` and ``right`` intp
    (pairs,), ``units`` and ``weight``, what each of them counts, int64 (pairs,).

    What names nobody of the problem is left out, as is a start that a demand does not have.
    """

    left: Intp
    right: Intp
    units: Int64
    weight: Int64
    slots: int

    @classmethod
    def of(
        cls, lists: Numbering, plan: Sequence[ReferencePair | Assignment]
    ) -> KeptPairs:
        """Those of these entries; an assignment counts 1."""
        found = dict[tuple[int, int], tuple[int, int]]()
        for one in plan:
            left = lists.left.get(one.resource)
            start = None if one.start is None else seconds(one.start)
            for slot in lists.places.get(one.requirement, ()):
                if left is not None and lists.slots[slot].start == start:
                    counts = one.weight if isinstance(one, ReferencePair) else 1
                    found[left, slot] = one.quantity, counts
        pairs = sorted(found)
        lefts, rights = (np.array([pair[k] for pair in pairs], np.intp) for k in (0, 1))
        units, weight = (
            np.array([found[pair][k] for pair in pairs], np.int64) for k in (0, 1)
        )
        return cls(lefts, rights, units, weight, len(lists.slots))

    def found(self, left: Intp, right: Intp) -> tuple[Intp, Intp]:
        """Which of these pairs of resource and slot (intp (n,) both) are in the reference, and where there:
        intp each.
        """
        mine = self.left * self.slots + self.right
        _, at, where = np.intersect1d(
            left.astype(np.intp) * self.slots + right, mine, return_indices=True
        )
        return at, where

    def value(self, left: Intp, right: Intp, quantity: Int64) -> int:
        """What these pairs, each once, keep with so many units (int64 (n,))."""
        at, where = self.found(left, right)
        kept = np.minimum(quantity[at], self.units[where])
        return sum((kept * self.weight[where]).tolist())

    def gaining(self, aims: Sequence[Aim], names: Sequence[str]) -> Int64:
        """What a unit of every pair counts in the goals of these names: int64 (pairs, goals)."""
        return np.outer(self.weight, kept_counts(aims, names))

    def first_units(
        self, aims: Sequence[Aim], names: Sequence[str], locked: Int64
    ) -> FirstUnits | None:
        """The same as units of a flow with goals of these names, without those that locks hold, int64
        (pairs,); None where none counts.
        """
        gain = self.gaining(aims, names)
        left = np.flatnonzero((self.units > locked) & gain.any(1))
        if not len(left):
            return None
        units = (self.units - locked)[left]
        return FirstUnits(self.left[left], self.right[left], units, gain[left])
