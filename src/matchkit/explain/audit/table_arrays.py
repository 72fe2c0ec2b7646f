"""A table as arrays over the eligible pairs of its problem, changes of it as columns, and what they are worth
before soft rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp
from matchkit.compile.instance import Instance
from matchkit.model import Part
from matchkit.verification.checks import Tallies

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
            self.worth[which],
            self.out[which],
            self.put[which],
            self.units[which],
            *columns,
        )


def amounts(most: Int64) -> Iterator[tuple[Intp, Int64]]:
    """Which changes can be made (intp (made,)), with as many units as fit (int64 (made,)); and of those with
    several, with one unit only. ``most`` is what fits (int64 (changes,)).
    """
    some = np.flatnonzero(most > 0).astype(np.intp)
    yield some, most[some]
    several = np.flatnonzero(most > 1).astype(np.intp)
    if len(several):
        yield several, np.ones(len(several), np.int64)


def pieces_of(places: Intp) -> Iterator[Intp]:
    """Positions (intp (places,)) piece by piece."""
    for begin in range(0, len(places), AT_ONCE):
        yield places[begin : begin + AT_ONCE]


def first_rows(worth: Int64, count: int) -> npt.NDArray[np.intp]:
    """The positions of the best rows (intp (count,)) of int64 (rows, goals), goal after goal; of equal ones
    those that come first.
    """
    moving = [column for column in worth.T if column.min() != column.max()]
    if len(moving) == 1:  # one that differs is ordered without a full sort
        threshold = -np.partition(-moving[0], count - 1)[count - 1]
        some = np.flatnonzero(moving[0] >= threshold)
        return some[np.argsort(-moving[0][some], kind="stable")][:count]
    return (
        np.lexsort([-column for column in reversed(moving)])[:count]
        if moving
        else np.arange(count)
    )


Pair = tuple[str, str]


class TableArrays:
    """The pairs of a table, ascending by ids: resource (left), requirement (right), units and weight of each
    (int64).

    ``given`` and ``taken`` are their sums, ``spare`` and ``lacks`` what is left of capacity and wanted,
    ``carried`` the units by eligible pair of ``all``. Worth is one row a change, one column a goal.
    """

    def __init__(
        self,
        instance: Instance,
        tallies: Tallies,
        units: Mapping[Pair, int],
        rows: Mapping[Pair, int],
    ) -> None:
        """``units`` by pair of known ids, ``rows`` those of each pair's last row."""
        self.all = instance
        self.ids = sorted(units)
        aims = tallies.goals.aims
        self.left: Intp = np.array([instance.left_of[r] for r, _ in self.ids], np.intp)
        self.right: Intp = np.array(
            [instance.right_of[q] for _, q in self.ids], np.intp
        )
        self.units: Int64 = np.array(
            [min(units[pair], 2**40) for pair in self.ids], np.int64
        )
        self.row: Int64 = np.array(
            [min(rows[pair], 2**40) for pair in self.ids], np.int64
        )
        places = [
            instance.position(r, q)
            for r, q in zip(self.left.tolist(), self.right.tolist(), strict=True)
        ]
        case = tallies.case(())
        weights = [
            case.weight(r, q) if place is None else int(instance.weight[place])
            for (r, q), place in zip(self.ids, places, strict=True)
        ]
        self.weight: Int64 = np.array(weights, np.int64)
        self.given, self.taken = (
            np.zeros(len(instance.capacity), np.int64),
            np.zeros(len(instance.wanted), np.int64),
        )
        np.add.at(self.given, self.left, self.units)
        np.add.at(self.taken, self.right, self.units)
        self.carried: Int64 = np.zeros(len(instance.right), np.int64)
        for place, amount in zip(places, self.units.tolist(), strict=True):
            if place is not None:
                self.carried[place] = amount
        self.activation: Int64 = np.array(
            [resource.activation for resource in instance.lists.resources], np.int64
        )
        # What one unit counts in every goal: by requirement up to its minimum and beyond, by point of weight,
        # by resource used.
        tiers = instance.tier.tolist()
        self.minimum = self._counts(tallies, tiers, minimum=True)
        self.filled = self._counts(tallies, tiers, minimum=False)
        self.points: Int64 = np.array(
            [_counted(aim.parts, "weight") for aim in aims], np.int64
        )
        self.used: Int64 = np.array(
            [_counted(aim.parts, "resources_used") for aim in aims], np.int64
        )
        extremes = [
            int(each)
            for one in (self.weight, instance.weight)
            for each in (one.min(initial=0), one.max(initial=0))
        ]
        sizes = (
            max(map(abs, extremes)),
            int(self.units.max(initial=1)),
            int(instance.capacity.max(initial=1)),
            int(self.points.max(initial=0)),
        )
        self.exact = 2 * sizes[0] * max(sizes[1], sizes[2]) * sizes[3] < 2**62
        """Whether no number of what changes are worth is too large for arrays."""
        self.spare: Int64 = np.maximum(instance.capacity - self.given, 0)
        self.lacks: Int64 = np.maximum(instance.wanted - self.taken, 0)

    @staticmethod
    def _counts(tallies: Tallies, tiers: list[int], *, minimum: bool) -> Int64:
        by_tier = {
            tier: tallies.goals.unit(tier, minimum=minimum) for tier in set(tiers)
        }
        return np.array([by_tier[tier] for tier in tiers], np.int64).reshape(
            len(tiers), len(tallies.goals.names)
        )

    def filling(self, right: Intp, units: Int64, sign: int) -> Int64:
        """What so many more (sign 1) or fewer (-1) units of requirements count in every goal."""
        taken, least = self.taken[right], self.all.minimum[right]
        after = taken + sign * units
        minimum = np.minimum(after, least) - np.minimum(taken, least)
        filled = np.maximum(after - least, 0) - np.maximum(taken - least, 0)
        found: Int64 = (
            minimum[:, None] * self.minimum[right]
            + filled[:, None] * self.filled[right]
        )
        return found

    def weighed(self, points: Int64) -> Int64:
        """What points of weight count in every goal."""
        found: Int64 = np.multiply.outer(points, self.points)
        return found

    def first_use(self, left: Intp) -> Int64:
        """What using resources costs that were not in use."""
        new = self.given[left] == 0
        found: Int64 = (
            -np.where(new, self.activation[left], 0)[:, None] * self.points
            - new[:, None] * self.used
        )
        return found

    def last_use(self, left: Intp, units: Int64) -> Int64:
        """What not using resources any more saves."""
        gone = self.given[left] == units
        found: Int64 = (
            np.where(gone, self.activation[left], 0)[:, None] * self.points
            + gone[:, None] * self.used
        )
        return found


def _counted(parts: Iterable[Part], measure: str) -> int:
    return sum(part.factor for part in parts if part.measure == measure)
