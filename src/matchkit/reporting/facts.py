"""Counts that a report shows, from problem and plan alone: slots by tier, unit, community and load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from matchkit.model import Demand, Problem, Requirement, Resource
from matchkit.plan import Plan
from matchkit.reporting.tree import PlaceLevel, PlaceTree

BARS, SIDES = 6, 2
"""Fewest bars, and fewest nodes on a side of the flow chart; with fewer, the next level is shown."""
INNER_BANDS = 4_000
"""Most bands of all flow charts within communities, which keeps the page small."""


@dataclass(frozen=True, slots=True)
class SlotCounts:
    """Slots wanted, filled, missing, and of these missing below a minimum."""

    wanted: int = 0
    filled: int = 0
    missing: int = 0
    below_minimum: int = 0


class Facts:
    """Problem and plan side by side, by the numbers of sorted records."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan, self.zone = (
            problem,
            plan,
            ZoneInfo(problem.zone or "UTC"),
        )
        self.resources: tuple[Resource, ...] = tuple(
            sorted(problem.resources, key=lambda record: record.id)
        )
        self.demands: tuple[Demand, ...] = tuple(
            sorted(problem.demands, key=lambda record: record.id)
        )
        self.requirements: tuple[Requirement, ...] = tuple(
            need for demand in self.demands for need in demand.requirements
        )
        self.demand_of: tuple[int, ...] = tuple(
            at for at, demand in enumerate(self.demands) for _ in demand.requirements
        )
        self.resource_number = {
            record.id: at for at, record in enumerate(self.resources)
        }
        self.requirement_number = {
            record.id: at for at, record in enumerate(self.requirements)
        }
        self.units, self.communities = (
            PlaceTree.of(problem.units),
            PlaceTree.of(problem.communities),
        )
        unit_number = {name: at for at, name in enumerate(self.units.ids)}
        community_number = {name: at for at, name in enumerate(self.communities.ids)}
        self.unit_of = tuple(unit_number[record.unit] for record in self.resources)
        self.community_of = tuple(
            community_number[record.community] for record in self.demands
        )
        self.given, self.filled = (
            [0] * len(self.resources),
            [0] * len(self.requirements),
        )
        for entry in plan.assignments:
            self.given[self.resource_number[entry.resource]] += entry.quantity
            self.filled[self.requirement_number[entry.requirement]] += entry.quantity
        self.starts = {
            entry.requirement: entry.start
            for entry in plan.assignments
            if entry.start is not None
        }

    def tier(self, requirement: int) -> int:
        """The tier of a requirement's demand."""
        return self.demands[self.demand_of[requirement]].tier

    def slots(self, requirements: Sequence[int]) -> SlotCounts:
        """What these requirements want, have and lack together."""
        needs = [(self.requirements[at], self.filled[at]) for at in requirements]
        return SlotCounts(
            sum(need.wanted for need, _ in needs),
            sum(filled for _, filled in needs),
            sum(max(0, need.wanted - filled) for need, filled in needs),
            sum(max(0, need.minimum - filled) for need, filled in needs),
        )

    @cached_property
    def all(self) -> SlotCounts:
        """All slots."""
        return self.slots(range(len(self.requirements)))

    @cached_property
    def by_tier(self) -> dict[int, SlotCounts]:
        """Slots by tier, ascending."""
        places: dict[int, list[int]] = {}
        for at in range(len(self.requirements)):
            places.setdefault(self.tier(at), []).append(at)
        return {tier: self.slots(places[tier]) for tier in sorted(places)}

    @cached_property
    def of_communities(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Wanted, filled, missing and missing below a minimum of each community's own demands."""
        columns = tuple([0] * len(self.communities.ids) for _ in range(4))
        for at, need in enumerate(self.requirements):
            node, filled = self.community_of[self.demand_of[at]], self.filled[at]
            amounts = (
                need.wanted,
                filled,
                max(0, need.wanted - filled),
                max(0, need.minimum - filled),
            )
            for column, amount in zip(columns, amounts, strict=True):
                column[node] += amount
        return columns[0], columns[1], columns[2], columns[3]

    @cached_property
    def of_units(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Resources, how many of them give anything, what they give and their capacity, of each unit's own
        resources.
        """
        columns = tuple([0] * len(self.units.ids) for _ in range(4))
        for at, resource in enumerate(self.resources):
            amounts = 1, int(self.given[at] > 0), self.given[at], resource.capacity
            for column, amount in zip(columns, amounts, strict=True):
                column[self.unit_of[at]] += amount
        return columns[0], columns[1], columns[2], columns[3]

    @cached_property
    def community_bars(self) -> PlaceLevel:
        """The communities that have a bar, by what is wanted there."""
        return self.communities.level(self.of_communities[0], BARS)

    @cached_property
    def unit_bars(self) -> PlaceLevel:
        """The units that have a bar, by what they could give."""
        return self.units.level(self.of_units[3], BARS)

    @cached_property
    def community_level(self) -> PlaceLevel:
        """The communities that the picture of bands shows, by what they get."""
        return self.communities.level(self.of_communities[1], SIDES)

    @cached_property
    def unit_level(self) -> PlaceLevel:
        """The units that the picture of bands shows, by what they give."""
        return self.units.level(self.of_units[2], SIDES)

    @cached_property
    def inner_levels(self) -> dict[int, PlaceLevel]:
        """For those places of the community level that consist of several, what they consist of, as long as
        that is drawn in few bands.
        """
        found, drawn = {}, 0
        for place, node in enumerate(self.community_level.nodes):
            inner = self.communities.inside(node, self.of_communities[1])
            if self._stands_for_more(node) and inner.places > 1:
                drawn += len(self.bands(inner))
                if drawn > INNER_BANDS:
                    break
                found[place] = inner
        return found

    def _stands_for_more(self, node: int) -> bool:
        """Whether others are counted in this node of the community level."""
        place, filled = self.community_level.of[node], self.of_communities[1]
        return any(
            at == place and filled[other]
            for other, at in enumerate(self.community_level.of)
            if other != node
        )

    @cached_property
    def loads(self) -> dict[int, int]:
        """How many resources that are no stocks give so many slots, ascending; those that can give nothing
        are left out.
        """
        counts: dict[int, int] = {}
        for at, resource in enumerate(self.resources):
            if not resource.is_divisible and resource.capacity:
                counts[self.given[at]] = counts.get(self.given[at], 0) + 1
        return dict(sorted(counts.items()))

    @cached_property
    def unable(self) -> int:
        """How many resources that are no stocks have no capacity at all."""
        return sum(
            1
            for resource in self.resources
            if not resource.is_divisible and not resource.capacity
        )

    def bands(self, inner: PlaceLevel | None = None) -> dict[tuple[int, int], int]:
        """Units of help between the places of the unit level and those of the community level, or of
        another.
        """
        level = inner or self.community_level
        found: dict[tuple[int, int], int] = {}
        for entry in self.plan.assignments:
            unit = self.unit_level.of[
                self.unit_of[self.resource_number[entry.resource]]
            ]
            need = self.demand_of[self.requirement_number[entry.requirement]]
            community = level.of[self.community_of[need]]
            if community >= 0:
                found[unit, community] = (
                    found.get((unit, community), 0) + entry.quantity
                )
        return dict(sorted(found.items()))
