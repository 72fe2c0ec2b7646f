"""A problem together with a plan for it: the quantities that the checks compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property

from matchkit.model import Resource, Rule
from matchkit.model.rules import KINDS
from matchkit.plan import Plan
from matchkit.verification.goals import GoalAmounts, GoalOrder, Vector
from matchkit.verification.report import Fact, fact
from matchkit.verification.rules import Amount, UncountedError, amount_of
from matchkit.verification.served import Served
from matchkit.verification.windows import may_start
from matchkit.verification.world import RequirementFacts, World
from matchkit.verification.worth import terms

BY_PAIR = frozenset(kind for kind, record in KINDS.items() if record.in_eligibility)
"""Kinds of which a hard record makes pairs not eligible: the checks of that name report each pair."""

RuleFinding = tuple[tuple[str, ...], Fact]
"""Ids of the records concerned, and the fact."""


class Case:
    """A plan's quantities by pair, resource and requirement.

    An assignment of an unknown id counts nothing here: the check ``unknown_id`` reports it. A pair that
    stands in the plan twice counts with both quantities. A flexible demand starts at the earliest start
    stated for it that it may have; the check ``start`` reports any other.
    """

    def __init__(
        self,
        world: World,
        plan: Plan,
        known: dict[tuple[str, str], dict[str, int]] | None = None,
    ) -> None:
        """``known`` holds terms of pairs that were worked out before; what is worked out here is added."""
        self.world, self.plan = world, plan
        self.pairs: dict[tuple[str, str], int] = {}
        self.starts: dict[str, datetime] = {}
        for entry in plan.assignments:
            if entry.resource in world.resources and entry.requirement in world.roles:
                pair = (entry.resource, entry.requirement)
                self.pairs[pair] = self.pairs.get(pair, 0) + entry.quantity
            if entry.start is not None and entry.requirement in world.roles:
                demand = world.roles[entry.requirement].demand
                if may_start(demand, world.needed(demand), entry.start):
                    self.starts[demand.id] = min(
                        entry.start, self.starts.get(demand.id, entry.start)
                    )
        self.served = Served(world, self.pairs, self.starts)
        self.given, self.taken = self.served.given, self.served.taken
        self._terms = {} if known is None else known

    def chosen(self) -> Iterator[tuple[Resource, RequirementFacts, int]]:
        """Every pair of known ids in the plan, with its quantity."""
        return self.served.chosen()

    def terms(self, resource: Resource, role: RequirementFacts) -> dict[str, int]:
        """The terms of a pair, recomputed."""
        pair = (resource.id, role.id)
        if pair not in self._terms:
            self._terms[pair] = terms(self.world, resource, role)
        return self._terms[pair]

    def weight(self, resource: Resource, role: RequirementFacts) -> int:
        """The weight of a pair, recomputed."""
        return sum(self.terms(resource, role).values())

    @cached_property
    def before(self) -> Served:
        """The pairs of the previous plan, each with quantity 1; flexible demands have no time there."""
        return Served(self.world, dict.fromkeys(sorted(self.world.previous), 1), {})

    @cached_property
    def breaches(self) -> list[tuple[Rule, Amount]]:
        """Rule records that the plan breaks, hard or soft, and by how much; without those that only make
        pairs not eligible.
        """
        rules = (
            rule
            for rule in self.world.problem.rules
            if rule.soft is not None or rule.rule not in BY_PAIR
        )
        found = ((rule, self.amount(self.served, rule)) for rule in rules)
        return [(rule, amount) for rule, amount in found if amount.size]

    @staticmethod
    def amount(served: Served, rule: Rule) -> Amount:
        """By how much the rule is broken; -1 where it is so much that counting would take too long."""
        try:
            return amount_of(served, rule)
        except UncountedError as error:
            return Amount(-1, (), fact("uncounted", demands=error.demands))

    @cached_property
    def costs(self) -> dict[str, int]:
        """The resources in use that cost something to use at all, and what each costs."""
        used = (self.world.resources[name] for name in self.given)
        return {resource.id: resource.activation for resource in used if resource.activation}

    @cached_property
    def goals(self) -> GoalOrder:
        """The goals of the problem."""
        return GoalOrder(self.world)

    @cached_property
    def values(self) -> Vector:
        """What the plan reaches in each goal, recomputed."""
        weight = sum(
            quantity * self.weight(resource, role) for resource, role, quantity in self.chosen()
        ) - sum(self.costs.values())
        broken: dict[int, int] = {}
        for rule, amount in self.breaches:
            if rule.soft is not None and rule.soft.price is not None:
                weight -= rule.soft.price * max(0, amount.size)
            elif rule.soft is not None and rule.soft.tier is not None:
                broken[rule.soft.tier] = broken.get(rule.soft.tier, 0) + max(0, amount.size)
        return self.goals.values(GoalAmounts(self.taken, weight, len(self.given), broken))


Check = Callable[[Case], Iterator[RuleFinding]]
"""One rule over a whole plan; violations carry the function's name."""
