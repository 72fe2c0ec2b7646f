"""The two lists of a problem in their numbering: sorted by id, so that the order of records means nothing."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from matchkit.compile.lexicon import Lexicon
from matchkit.compile.start_times import starts_of
from matchkit.model import Demand, Forbid, MaxDistance, Place, Problem, Requirement, Resource


@dataclass(frozen=True, slots=True)
class RequirementAtStart:
    """A requirement with the demand it belongs to; of a flexible demand, as if that were fixed at one of its
    starts.
    """

    demand: Demand
    requirement: Requirement
    start: int | None = None
    """Seconds since 1970 where the demand is flexible."""

    @property
    def never(self) -> bool:
        """Whether the demand is flexible and no window of it is long enough: it is there, but nobody can
        serve it.
        """
        return self.demand.minutes is not None

    @property
    def fixed(self) -> bool:
        """Whether the demand is not flexible."""
        return self.start is None and self.demand.minutes is None


class Numbering:
    """Resources and requirements by number and by id, and what rules say about single pairs."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lexicon = Lexicon(problem)
        self.resources = tuple(sorted(problem.resources, key=lambda resource: resource.id))
        self.slots = tuple(
            sorted(
                (
                    RequirementAtStart(at, need, start)
                    for demand in problem.demands
                    for at, start in starts_of(demand)
                    for need in demand.requirements
                ),
                key=lambda slot: (slot.requirement.id, slot.start or 0),
            )
        )
        self.left = {resource.id: number for number, resource in enumerate(self.resources)}
        self.places: dict[str, list[int]] = {}
        """By requirement id, the numbers of its slots: one, or one for each start of a flexible demand."""
        for number, slot in enumerate(self.slots):
            self.places.setdefault(slot.requirement.id, []).append(number)
        self.right = {requirement: numbers[0] for requirement, numbers in self.places.items()}
        hard = [rule for rule in problem.rules if rule.soft is None]
        self.forbidden = frozenset(
            (rule.resource, rule.requirement) for rule in hard if isinstance(rule, Forbid)
        )
        self.farthest = [rule for rule in hard if isinstance(rule, MaxDistance)]
        self.farthest_of: dict[tuple[str | None, str | None], list[MaxDistance]] = {}
        """The same by the resource and the demand that they name."""
        for rule in self.farthest:
            self.farthest_of.setdefault((rule.resource, rule.demand), []).append(rule)
        self._home_place = {community.id: community.place for community in problem.communities}

    def with_resource(self, resource: Resource) -> Numbering:
        """The same with one more resource, numbered after all others."""
        made = copy(self)
        made.resources = (*self.resources, resource)
        made.left = {**self.left, resource.id: len(self.resources)}
        return made

    def site(self, demand: Demand) -> Place | None:
        """Where people must go for a demand: None where it is online or its place is unknown."""
        if demand.mode == "online":
            return None
        return demand.place if demand.place is not None else self._home_place[demand.community]

    def own_capacity(self, resource: Resource, slot: RequirementAtStart) -> int:
        """How much a pair can carry before any lock."""
        return (
            min(resource.capacity, slot.requirement.wanted)
            if self.lexicon.is_divisible(resource)
            else min(1, resource.capacity)
        )
