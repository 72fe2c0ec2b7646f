"""A problem by id, with what the checks look up again and again: names, times, places and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, floor, radians, sin, sqrt

from matchkit.model import (
    Demand,
    Forbid,
    Load,
    MaxDistance,
    Place,
    Problem,
    Requirement,
    Resource,
    Window,
)
from matchkit.verification.days import Calendar
from matchkit.verification.skills import HeldSkills, SkillNeeds, Skills, key
from matchkit.verification.trees import Hierarchy
from matchkit.verification.windows import TimeSpans, united

SpherePoint = tuple[float, float, float]
"""A place as a point of the unit sphere."""


def point(place: Place) -> SpherePoint:
    """The point of the unit sphere below a place."""
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def metres(a: SpherePoint, b: SpherePoint) -> int:
    """Metres along the sphere, by the series of 2 asin(c / 2); docs/architecture.md gives order and
    constants.
    """
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    s = x * x + y * y + z * z
    c = sqrt(s)
    return floor(6371008.8 * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5)


def limit_in_metres(km: float) -> int:
    """The farthest whole metre that a limit in kilometres allows."""
    return floor(1000 * km + 0.5)


SHARED_KINDS = frozenset({"equipment", "supplies", "service", "fund"})
"""Kinds that are divisible unless a resource says otherwise."""


@dataclass(frozen=True, slots=True)
class RequirementFacts:
    """A requirement with the demand it belongs to."""

    requirement: Requirement
    demand: Demand

    @property
    def id(self) -> str:
        """The requirement's id."""
        return self.requirement.id


class World:
    """The records of a problem by id; what is derived from one record is derived once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.resources: dict[str, Resource] = {
            resource.id: resource for resource in problem.resources
        }
        self.demands: dict[str, Demand] = {demand.id: demand for demand in problem.demands}
        self.roles: dict[str, RequirementFacts] = {
            requirement.id: RequirementFacts(requirement, demand)
            for demand in problem.demands
            for requirement in demand.requirements
        }
        self.units, self.communities = Hierarchy(problem.units), Hierarchy(problem.communities)
        self.skills = Skills(problem)
        self.forbidden = {
            (rule.resource, rule.requirement)
            for rule in problem.rules
            if isinstance(rule, Forbid) and rule.soft is None
        }
        self.previous = {(pair.resource, pair.requirement) for pair in problem.previous}
        self._scored = {record.resource: record for record in problem.scores}
        self._scores: dict[str, dict[str, int]] = {}
        self._keys: dict[str, str] = {}
        self._asked: dict[str, SkillNeeds] = {}
        self._profiles: dict[str, HeldSkills] = {}
        self._free: dict[str, TimeSpans] = {}
        self._shared: dict[int, tuple[Sequence[Window], TimeSpans]] = {}
        self._needed: dict[str, TimeSpans] = {}
        self._stands: dict[str, SpherePoint | None] = {}
        self._takes_place: dict[str, SpherePoint | None] = {}
        self._days: dict[str, Calendar] = {}
        self._loads: dict[str, dict[str, int]] = {}
        self._uses: dict[str, dict[str, int]] = {}

    def scores(self, resource: str) -> Mapping[str, int]:
        """The caller's points of a resource's pairs, by requirement."""
        if resource not in self._scores:
            record = self._scored.get(resource)
            self._scores[resource] = (
                {}
                if record is None
                else dict(zip(record.requirements, record.points, strict=True))
            )
        return self._scores[resource]

    def key(self, name: str) -> str:
        """What a name compares by."""
        if name not in self._keys:
            self._keys[name] = key(name)
        return self._keys[name]

    def divisible(self, resource: Resource) -> bool:
        """Whether the resource is a stock of alike units: as it says, or else by its kind."""
        return (
            self.key(resource.kind) in SHARED_KINDS
            if resource.divisible is None
            else resource.divisible
        )

    def most(self, resource: Resource, requirement: Requirement) -> int:
        """A pair's own capacity: what the resource may give this requirement at most."""
        return (
            min(resource.capacity, requirement.wanted)
            if self.divisible(resource)
            else min(resource.capacity, 1)
        )

    def asked(self, requirement: Requirement) -> SkillNeeds:
        """The needs of a requirement, by key."""
        if requirement.id not in self._asked:
            self._asked[requirement.id] = self.skills.asked(requirement)
        return self._asked[requirement.id]

    def profile(self, resource: Resource) -> HeldSkills:
        """The skills a resource declares, by key."""
        if resource.id not in self._profiles:
            self._profiles[resource.id] = self.skills.profile(resource)
        return self._profiles[resource.id]

    def free(self, resource: Resource) -> TimeSpans:
        """When the resource is available; empty means always."""
        if resource.id not in self._free:
            windows = (
                resource.free
            )  # many share one weekly pattern, and then the very same windows
            if id(windows) not in self._shared:
                self._shared[id(windows)] = windows, united(windows)
            self._free[resource.id] = self._shared[id(windows)][1]
        return self._free[resource.id]

    def needed(self, demand: Demand) -> TimeSpans:
        """When the demand takes place; empty means that no time is set."""
        if demand.id not in self._needed:
            self._needed[demand.id] = united(demand.times)
        return self._needed[demand.id]

    def stands(self, resource: Resource) -> SpherePoint | None:
        """Where the resource is, if known."""
        if resource.id not in self._stands:
            self._stands[resource.id] = (
                None if resource.place is None else point(resource.place)
            )
        return self._stands[resource.id]

    def takes_place(self, demand: Demand) -> SpherePoint | None:
        """Where an on-site demand takes place, if known: at its own place, or else its community's. Online:
        None.
        """
        if demand.id not in self._takes_place:
            place = demand.place or self._community_place[demand.community]
            self._takes_place[demand.id] = (
                None if place is None or demand.mode == "online" else point(place)
            )
        return self._takes_place[demand.id]

    def metres(self, resource: Resource, demand: Demand) -> int | None:
        """How far the resource is from an on-site demand; None where a place is unknown or the demand is
        online.
        """
        here, there = self.stands(resource), self.takes_place(demand)
        return None if here is None or there is None else metres(here, there)

    def days(self, zone: str) -> Calendar:
        """The calendar of a zone."""
        if zone not in self._days:
            self._days[zone] = Calendar(zone)
        return self._days[zone]

    def loads(self, resource: Resource) -> Mapping[str, int]:
        """How much of each dimension, by key, a resource has."""
        if resource.id not in self._loads:
            self._loads[resource.id] = self._summed(resource.loads)
        return self._loads[resource.id]

    def uses(self, requirement: Requirement) -> Mapping[str, int]:
        """How much of each dimension, by key, an assigned unit takes."""
        if requirement.id not in self._uses:
            self._uses[requirement.id] = self._summed(requirement.uses)
        return self._uses[requirement.id]

    def _summed(self, entries: tuple[Load, ...]) -> dict[str, int]:
        found: dict[str, int] = {}
        for entry in entries:
            dimension = self.key(entry.dimension)
            found[dimension] = found.get(dimension, 0) + entry.amount
        return found

    @cached_property
    def unit_capacity(self) -> dict[str, int]:
        """The capacity of every unit, with those below it."""
        own: dict[str, int] = {}
        for resource in self.problem.resources:
            own[resource.unit] = own.get(resource.unit, 0) + resource.capacity
        return self.units.totals(own)

    @cached_property
    def _community_place(self) -> dict[str, Place | None]:
        return {community.id: community.place for community in self.problem.communities}

    @cached_property
    def farthest(self) -> dict[tuple[str | None, str | None], int]:
        """The smallest hard limit in metres by the (resource, demand) that a rule names; None stands
        for all.
        """
        found: dict[tuple[str | None, str | None], int] = {}
        for rule in self.problem.rules:
            if isinstance(rule, MaxDistance) and rule.soft is None:
                limit = limit_in_metres(rule.km)
                found[rule.resource, rule.demand] = min(
                    limit, found.get((rule.resource, rule.demand), limit)
                )
        return found

    def pair_label(self, kind: str, resource: str, requirement: str) -> str | None:
        """The label of the hard record of a kind ("forbid", "max_distance") that keeps a pair apart; of
        limits, the least.
        """
        demand = self.roles[requirement].demand.id
        named = ((None, None), (resource, None), (None, demand), (resource, demand))
        limits = (
            [self._labels[pair] for pair in named if pair in self._labels]
            if kind == "max_distance"
            else []
        )
        return min(limits)[1] if limits else self._forbids.get((resource, requirement))

    @cached_property
    def _labels(self) -> dict[tuple[str | None, str | None], tuple[float, str]]:
        found: dict[tuple[str | None, str | None], tuple[float, str]] = {}
        for rule in self.problem.rules:
            if isinstance(rule, MaxDistance) and rule.soft is None:
                told = rule.km, rule.label
                found[rule.resource, rule.demand] = min(
                    told, found.get((rule.resource, rule.demand), told)
                )
        return found

    @cached_property
    def _forbids(self) -> dict[tuple[str, str], str]:
        rules = (
            rule
            for rule in self.problem.rules
            if isinstance(rule, Forbid) and rule.soft is None
        )
        return {
            (rule.resource, rule.requirement): rule.label
            for rule in sorted(rules, key=lambda rule: rule.label, reverse=True)
        }

    def limit(self, resource: str, demand: str) -> int | None:
        """The farthest that this resource may be sent to this demand, in metres; None where no rule
        says so.
        """
        if not self.farthest:
            return None
        named = ((None, None), (resource, None), (None, demand), (resource, demand))
        return min(
            (self.farthest[pair] for pair in named if pair in self.farthest), default=None
        )
