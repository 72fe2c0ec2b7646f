"""A problem and its plan as the checks of causes look at them: locks, caps, goals of units, and who gives
what.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from matchkit.model import Lock, Problem, ReserveShare, Rule, UnitCap
from matchkit.plan import Plan
from matchkit.verification.case import Case
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.goals import GoalAmounts
from matchkit.verification.world import World


class WitnessView:
    """Looked at many times: what is found once is kept."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.world = World(problem)
        self.plan = plan
        self.case = Case(self.world, plan)
        self._weights: dict[tuple[str, str], int] = {}
        self._places: dict[tuple[int, bool], int] = {}
        self._broken: dict[int, int] = {}
        self._allowed: dict[int, int] = {}

    @cached_property
    def eligible(self) -> EligibleIds:
        """Who is eligible for each requirement."""
        return EligibleIds(self.world)

    @cached_property
    def locks(self) -> dict[tuple[str, str], int]:
        """What hard locks bind of a pair: the largest of them."""
        found: dict[tuple[str, str], int] = {}
        for rule in self.world.problem.rules:
            if isinstance(rule, Lock) and rule.soft is None:
                pair = rule.resource, rule.requirement
                found[pair] = max(rule.quantity, found.get(pair, 0))
        return found

    @cached_property
    def leaves(self) -> dict[str, int]:
        """For every unit with a hard cap or reserve of its own, the least that one of them leaves it."""
        found: dict[str, int] = {}
        for rule in self.world.problem.rules:
            if rule.soft is None and isinstance(rule, UnitCap | ReserveShare):
                most = (
                    rule.most
                    if isinstance(rule, UnitCap)
                    else self.world.unit_capacity[rule.unit] * (100 - rule.percent) // 100
                )
                found[rule.unit] = min(most, found.get(rule.unit, most))
        return found

    @cached_property
    def served_by(self) -> dict[str, list[tuple[str, int]]]:
        """For every resource in use, the requirements it serves and with how much."""
        found: dict[str, list[tuple[str, int]]] = {}
        for (resource, requirement), quantity in self.case.pairs.items():
            found.setdefault(resource, []).append((requirement, quantity))
        return found

    @cached_property
    def serving(self) -> dict[str, list[tuple[str, int]]]:
        """For every requirement that takes something, who serves it and with how much."""
        found: dict[str, list[tuple[str, int]]] = {}
        for (resource, requirement), quantity in self.case.pairs.items():
            found.setdefault(requirement, []).append((resource, quantity))
        return found

    @cached_property
    def locked_of(self) -> dict[str, list[tuple[str, int]]]:
        """For every resource that is locked, the requirements and how much each lock binds."""
        found: dict[str, list[tuple[str, int]]] = {}
        for (resource, requirement), quantity in self.locks.items():
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
        for requirement, quantity in self.served_by.get(resource, ()):
            if quantity > self.locks.get((resource, requirement), 0):
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
            requirement, minimum=self.case.taken.get(requirement, 0) < role.requirement.minimum
        )

    def last_goal(self, requirement: str) -> int:
        """The place of the goal that the last unit it holds counts in; the number of goals where none counts
        it.
        """
        role = self.world.roles[requirement]
        return self._counts_in(
            requirement, minimum=self.case.taken.get(requirement, 0) <= role.requirement.minimum
        )

    def name_of(self, goal: int) -> str | None:
        """The name of the goal at this place; None after the last."""
        names = self.case.goals.names
        return names[goal] if goal < len(names) else None

    @cached_property
    def standing(self) -> GoalAmounts:
        """What the plan's goals measure."""
        case, paid = self.case, sum(self.case.costs.values())
        broken: dict[int, int] = {}
        for rule, amount in case.breaches:
            if rule.soft is not None and rule.soft.price is not None:
                paid += rule.soft.price * max(0, amount.size)
            elif rule.soft is not None and rule.soft.tier is not None:
                broken[rule.soft.tier] = broken.get(rule.soft.tier, 0) + max(0, amount.size)
        earned = sum(
            quantity * self.weight(resource.id, role.id)
            for resource, role, quantity in case.chosen()
        )
        return GoalAmounts(case.taken, earned - paid, len(case.given), broken)

    def broken(self, rule: Rule) -> int:
        """By how much the plan breaks a rule of the problem; -1 where that is not counted."""
        if id(rule) not in self._broken:
            self._broken[id(rule)] = self.case.amount(self.case.served, rule).size
        return self._broken[id(rule)]

    def allowed(self, rule: Rule) -> int:
        """By how much a rule that may be no worse may be broken; -1 where that is not counted."""
        if id(rule) not in self._allowed:
            self._allowed[id(rule)] = self.case.amount(self.case.before, rule).size
        return self._allowed[id(rule)]

    def weight(self, resource: str, requirement: str) -> int:
        """What one unit of the pair is worth."""
        pair = resource, requirement
        if pair not in self._weights:
            self._weights[pair] = self.case.weight(
                self.world.resources[resource], self.world.roles[requirement]
            )
        return self._weights[pair]
