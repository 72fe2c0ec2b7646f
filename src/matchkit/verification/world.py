"""A problem by id, with what the checks look up again and again: names, times, places and hard rules on
pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, wraps
from math import cos, floor, radians, sin, sqrt
from typing import Any, TypeVar

from matchkit.model import (
    Demand,
    Forbid,
    Load,
    Lock,
    MaxDistance,
    Place,
    Problem,
    Requirement,
    Resource,
    Window,
)
from matchkit.model.rules import RuleRecord
from matchkit.verification.days import Calendar, joined, week
from matchkit.verification.skills import HeldSkills, SkillNeeds, Skills, key
from matchkit.verification.trees import Hierarchy, summed
from matchkit.verification.windows import TimeSpans, united

SpherePoint = tuple[float, float, float]
"""A place as a point of the unit sphere."""
SHARED_KINDS = frozenset({"equipment", "supplies", "service", "fund"})
"""Kinds that are divisible unless a resource says otherwise."""


def point(place: Place) -> SpherePoint:
    """The point of the unit sphere below a place."""
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def metres(a: SpherePoint, b: SpherePoint) -> int:
    """Whole metres along the sphere, by the series of 2 asin(c / 2): docs/architecture.md fixes order and
    constants to the last bit.
    """
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    s = x * x + y * y + z * z
    c = sqrt(s)
    return floor(6371008.8 * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5)


def limit_in_metres(km: float) -> int:
    """The farthest whole metre that a limit in kilometres allows."""
    return floor(1000 * km + 0.5)


@dataclass(frozen=True, slots=True)
class RequirementFacts:
    """A requirement with the demand it belongs to."""

    requirement: Requirement
    demand: Demand

    @property
    def id(self) -> str:
        """The requirement's id."""
        return self.requirement.id


Origin = TypeVar("Origin")
Derived = TypeVar("Derived")
HardRule = TypeVar("HardRule", bound=RuleRecord)


def once(
    derive: Callable[[World, Origin], Derived],
) -> Callable[[World, Origin], Derived]:
    """What is derived from a record, worked out once by its id, or by itself where it has none."""
    name = derive.__name__

    @wraps(derive)
    def known(world: World, record: Origin) -> Derived:
        found, key = world.derived[name], getattr(record, "id", record)
        if key not in found:
            found[key] = derive(world, record)
        answer: Derived = found[key]
        return answer

    return known


def once_a_pair(
    derive: Callable[[World, Resource, RequirementFacts], Derived],
) -> Callable[[World, Resource, RequirementFacts], Derived]:
    """What is derived from a pair of records, worked out once by their ids."""
    name = derive.__name__

    @wraps(derive)
    def known(world: World, resource: Resource, role: RequirementFacts) -> Derived:
        found, pair = world.derived[name], (resource.id, role.id)
        if pair not in found:
            found[pair] = derive(world, resource, role)
        answer: Derived = found[pair]
        return answer

    return known


class World:
    """The records of a problem by id; what is derived from one record is derived once."""

    def __init__(
        self,
        problem: Problem,
        before: World | None = None,
        touched: Set[str] = frozenset(),
    ) -> None:
        """``before`` is a world of which only records of the ids ``touched`` may be others: what was derived
        from the rest, or from pairs of the rest, is kept.
        """
        self.problem = problem
        self.resources: dict[str, Resource] = {
            resource.id: resource for resource in problem.resources
        }
        self.demands: dict[str, Demand] = {
            demand.id: demand for demand in problem.demands
        }
        self.roles: dict[str, RequirementFacts] = {
            requirement.id: RequirementFacts(requirement, demand)
            for demand in problem.demands
            for requirement in demand.requirements
        }
        self.units, self.communities = (
            Hierarchy(problem.units),
            Hierarchy(problem.communities),
        )
        self.skills: Skills = Skills(problem) if before is None else before.skills
        self.previous = {(pair.resource, pair.requirement) for pair in problem.previous}
        self.derived: defaultdict[str, dict[Any, Any]] = defaultdict(dict)
        for name, known in () if before is None else before.derived.items():
            self.derived[name] = {
                key: found
                for key, found in known.items()
                if (isinstance(key, str) and key not in touched)
                or (type(key) is tuple and touched.isdisjoint(key))
            }
        self._scored = {record.resource: record for record in problem.scores}
        self._keys: dict[str, str] = {}
        self._calendars: dict[str, Calendar] = {}
        self._periods: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._united: dict[int, tuple[Sequence[Window], TimeSpans]] = {}

    def hard(self, kind: type[HardRule]) -> Iterator[HardRule]:
        """The hard rules of a kind."""
        return (
            rule
            for rule in self.problem.rules
            if isinstance(rule, kind) and rule.soft is None
        )

    def key(self, name: str) -> str:
        """What a name compares by."""
        if name not in self._keys:
            self._keys[name] = key(name)
        return self._keys[name]

    def calendar(self, zone: str) -> Calendar:
        """The days of a zone."""
        if zone not in self._calendars:
            self._calendars[zone] = Calendar(zone)
        return self._calendars[zone]

    def periods(self, per: str, zone: str) -> list[tuple[int, int]]:
        """The days or weeks of a zone that windows of demands touch, as stretches: first and last of each.
        All time is one period.
        """
        if per == "all":
            return [(0, 0)]
        if (per, zone) not in self._periods:
            spans = {
                span for demand in self.demands.values() for span in self.needed(demand)
            }
            days = self.calendar(zone).touched(tuple(spans))
            self._periods[per, zone] = joined(
                (week(first), week(last)) if per == "week" else (first, last)
                for first, last in days
            )
        return self._periods[per, zone]

    def divisible(self, resource: Resource) -> bool:
        """Whether the resource is a stock of alike units: as it says, or else by its kind."""
        if resource.divisible is None:
            return self.key(resource.kind) in SHARED_KINDS
        return resource.divisible

    def most(self, resource: Resource, requirement: Requirement) -> int:
        """A pair's own capacity: what the resource may give this requirement at most."""
        return min(
            resource.capacity, requirement.wanted if self.divisible(resource) else 1
        )

    @once
    def asked(self, requirement: Requirement) -> SkillNeeds:
        """The needs of a requirement, by key."""
        return self.skills.asked(requirement)

    @once
    def profile(self, resource: Resource) -> HeldSkills:
        """The skills a resource declares, by key."""
        return self.skills.profile(resource)

    @once
    def free(self, resource: Resource) -> TimeSpans:
        """When the resource is available; empty means always."""
        windows = (
            resource.free
        )  # many share one weekly pattern, and then the very same windows
        if id(windows) not in self._united:
            self._united[id(windows)] = windows, united(windows)
        return self._united[id(windows)][1]

    @once
    def needed(self, demand: Demand) -> TimeSpans:
        """When the demand takes place; empty means that no time is set."""
        return united(demand.times)

    @once
    def stands(self, resource: Resource) -> SpherePoint | None:
        """Where the resource is, if known."""
        return None if resource.place is None else point(resource.place)

    @once
    def takes_place(self, demand: Demand) -> SpherePoint | None:
        """Where an on-site demand takes place, if known: at its own place, or else its community's. Online:
        None.
        """
        place = demand.place or self._community_place[demand.community]
        return None if place is None or demand.mode == "online" else point(place)

    @once
    def loads(self, resource: Resource) -> Mapping[str, int]:
        """How much of each dimension, by key, a resource has."""
        return self._by_dimension(resource.loads)

    @once
    def uses(self, requirement: Requirement) -> Mapping[str, int]:
        """How much of each dimension, by key, an assigned unit takes."""
        return self._by_dimension(requirement.uses)

    def _by_dimension(self, entries: tuple[Load, ...]) -> dict[str, int]:
        return summed((self.key(entry.dimension), entry.amount) for entry in entries)

    @once
    def scores(self, resource: Resource) -> Mapping[str, int]:
        """The caller's points of a resource's pairs, by requirement."""
        record = self._scored.get(resource.id)
        return (
            dict(zip(record.requirements, record.points, strict=True)) if record else {}
        )

    @cached_property
    def unit_capacity(self) -> dict[str, int]:
        """The capacity of every unit, with those below it."""
        resources = self.problem.resources
        return self.units.totals(
            summed((resource.unit, resource.capacity) for resource in resources)
        )

    @cached_property
    def _community_place(self) -> dict[str, Place | None]:
        return {community.id: community.place for community in self.problem.communities}

    def metres(self, resource: Resource, demand: Demand) -> int | None:
        """How far the resource is from an on-site demand; None where a place is unknown or the demand is
        online.
        """
        here, there = self.stands(resource), self.takes_place(demand)
        return None if here is None or there is None else metres(here, there)

    @cached_property
    def locked(self) -> dict[tuple[str, str], int]:
        """What hard locks bind of a pair: the largest of them."""
        found: dict[tuple[str, str], int] = {}
        for rule in self.hard(Lock):
            pair = rule.resource, rule.requirement
            found[pair] = max(rule.quantity, found.get(pair, 0))
        return found

    @cached_property
    def forbidden(self) -> dict[tuple[str, str], Forbid]:
        """The pairs that a hard rule forbids, with the rule; of several the first by label."""
        found: dict[tuple[str, str], Forbid] = {}
        for rule in self.hard(Forbid):
            pair = rule.resource, rule.requirement
            if pair not in found or rule.label < found[pair].label:
                found[pair] = rule
        return found

    @cached_property
    def _nearest(self) -> dict[tuple[str | None, str | None], tuple[float, str]]:
        found: dict[tuple[str | None, str | None], tuple[float, str]] = {}
        for rule in self.hard(MaxDistance):
            named, limit = (rule.resource, rule.demand), (rule.km, rule.label)
            found[named] = min(limit, found.get(named, limit))
        return found

    @cached_property
    def farthest(self) -> dict[tuple[str | None, str | None], int]:
        """The smallest hard limit in metres by the (resource, demand) that a rule names; None stands
        for all.
        """
        return {named: limit_in_metres(km) for named, (km, _) in self._nearest.items()}

    def limit(self, resource: str, demand: str) -> int | None:
        """The farthest that this resource may be sent to this demand, in metres; None where no rule
        says so.
        """
        named = self._naming(resource, demand) if self.farthest else []
        return min((self.farthest[names] for names in named), default=None)

    def _naming(
        self, resource: str, demand: str
    ) -> list[tuple[str | None, str | None]]:
        """What limits that hold for a pair name."""
        named = ((None, None), (resource, None), (None, demand), (resource, demand))
        return [names for names in named if names in self.farthest]

    def pair_label(self, kind: str, resource: str, requirement: str) -> str:
        """The label of the hard record of a kind ("forbid", "max_distance") that keeps a pair apart; of
        limits, the least.
        """
        if kind == "forbid":
            return self.forbidden[resource, requirement].label
        named = self._naming(resource, self.roles[requirement].demand.id)
        return min(self._nearest[names] for names in named)[1]
