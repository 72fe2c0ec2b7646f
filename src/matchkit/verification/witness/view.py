"""A problem and its plan as the checks of causes look at them: locks, caps, goals of units, and who gives
what.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.verification.case import Case
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.rules.pairs import limits
from matchkit.verification.world import World


class WitnessView:
    """Looked at many times: what is found once is kept."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.world = World(problem)
        self.plan = plan
        self.case = Case(self.world, plan)
        self._places: dict[tuple[int, bool], int] = {}

    @cached_property
    def eligible(self) -> EligibleIds:
        """Who is eligible for each requirement."""
        return EligibleIds(self.world)

    @cached_property
    def leaves(self) -> dict[str, int]:
        """For every unit with a hard cap or reserve of its own, the least that one of them leaves it."""
        return limits(self.world, "unit")

    @cached_property
    def locked_of(self) -> dict[str, list[tuple[str, int]]]:
        """For every resource that is locked, the requirements and how much each lock binds."""
        found: dict[str, list[tuple[str, int]]] = {}
        for (resource, requirement), quantity in self.world.locked.items():
            found.setdefault(resource, []).append((requirement, quantity))
        return found

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """The resources of each unit itself."""
        found: dict[str, list[str]] = {}
        for resource in self.world.problem.resources:
            found.setdefault(resource.unit, []).append(resource.id)
        return found

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.world.problem.units:
            for above in self.world.units.upward(unit.id):
                if above in self.leaves:
                    found.setdefault(above, []).extend(self.members.get(unit.id, ()))
        return found

    def below(self, unit: str) -> list[str]:
        """The resources at or below a unit that has a hard cap or reserve."""
        return self._below.get(unit, [])

    def movable(self, resource: str) -> Iterator[str]:
        """The requirements that the resource gives a unit which no hard lock holds."""
        for requirement, quantity in self.case.by_resource.get(resource, {}).items():
            if quantity > self.world.locked.get((resource, requirement), 0):
                yield requirement

    def missing(self, requirement: str) -> int:
        """What the plan lacks of what the requirement wants."""
        return self.world.roles[requirement].requirement.wanted - self.case.taken.get(
            requirement, 0
        )

    def _counts_in(self, requirement: str, *, minimum: bool) -> int:
        kind = self.world.roles[requirement].demand.tier, minimum
        if kind not in self._places:
            unit = self.case.goals.unit(kind[0], minimum=minimum)
            self._places[kind] = next(
                (place for place, counts in enumerate(unit) if counts), len(unit)
            )
        return self._places[kind]

    def next_goal(self, requirement: str) -> int:
        """The place of the goal that its next unit counts in; the number of goals where none counts it."""
        role = self.world.roles[requirement]
        return self._counts_in(
            requirement,
            minimum=self.case.taken.get(requirement, 0) < role.requirement.minimum,
        )

    def last_goal(self, requirement: str) -> int:
        """The place of the goal that the last unit it holds counts in; the number of goals where none counts
        it.
        """
        role = self.world.roles[requirement]
        return self._counts_in(
            requirement,
            minimum=self.case.taken.get(requirement, 0) <= role.requirement.minimum,
        )

    def next_place(self, requirement: str) -> tuple[int, int]:
        """By what units are compared: here by the goal that its next one counts in alone."""
        return self.next_goal(requirement), 0

    def last_place(self, requirement: str) -> tuple[int, int]:
        """The same of the last unit that it holds. Whatever has a later one could give way."""
        return self.last_goal(requirement), 0

    def name_of(self, goal: int) -> str | None:
        """The name of the goal at this place; None after the last."""
        names = self.case.goals.names
        return names[goal] if goal < len(names) else None

    @cached_property
    def sizes(self) -> dict[int, int]:
        """By how much the plan breaks the rule records that it breaks, by identity; -1 where that is not
        counted.
        """
        return {id(rule): amount.size for rule, amount in self.case.breaches}
