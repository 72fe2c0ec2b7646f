"""A problem together with a plan for it: the quantities that the checks compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from matchkit.model import Resource
from matchkit.plan import Plan
from matchkit.verify.goals import Goals
from matchkit.verify.world import Role, World
from matchkit.verify.worth import terms

Finding = tuple[tuple[str, ...], str]
"""Ids of the records concerned, and the fact."""


class Case:
    """A plan's quantities by pair, resource and requirement.

    An assignment of an unknown id counts nothing here: the check ``unknown_id`` reports it. A pair that stands in
    the plan twice counts with both quantities.
    """

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        self.pairs: dict[tuple[str, str], int] = {}
        self.given: dict[str, int] = {}
        self.taken: dict[str, int] = {}
        for entry in plan.assignments:
            if entry.resource in world.resources and entry.requirement in world.roles:
                pair = (entry.resource, entry.requirement)
                self.pairs[pair] = self.pairs.get(pair, 0) + entry.quantity
                self.given[entry.resource] = self.given.get(entry.resource, 0) + entry.quantity
                self.taken[entry.requirement] = self.taken.get(entry.requirement, 0) + entry.quantity
        self._terms: dict[tuple[str, str], dict[str, int]] = {}

    def chosen(self) -> Iterator[tuple[Resource, Role, int]]:
        """Every pair of known ids in the plan, with its quantity."""
        for (resource, requirement), quantity in self.pairs.items():
            yield self.world.resources[resource], self.world.roles[requirement], quantity

    def terms(self, resource: Resource, role: Role) -> dict[str, int]:
        """The terms of a pair, recomputed."""
        pair = (resource.id, role.id)
        if pair not in self._terms:
            self._terms[pair] = terms(self.world, resource, role)
        return self._terms[pair]

    def weight(self, resource: Resource, role: Role) -> int:
        """The weight of a pair, recomputed."""
        return sum(self.terms(resource, role).values())

    @cached_property
    def goals(self) -> Goals:
        """The goals of the problem."""
        return Goals(self.world)

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What the plan reaches in each goal, recomputed."""
        weight = sum(quantity * self.weight(resource, role) for resource, role, quantity in self.chosen())
        return self.goals.values(self.taken, weight)


Check = Callable[[Case], Iterator[Finding]]
"""One rule over a whole plan; violations carry the function's name."""
