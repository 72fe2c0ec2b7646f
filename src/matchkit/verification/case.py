"""A problem together with assignments, or with a whole plan, for it: the quantities that the checks
compare.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Protocol

from matchkit.model import Resource, Rule
from matchkit.model.rules import KINDS
from matchkit.plan import Payment, Plan, Shortfall
from matchkit.verification.goals import GoalAmounts, GoalOrder, Vector
from matchkit.verification.processing import weight_by_order
from matchkit.verification.reference import Kept, kept_by
from matchkit.verification.report import Amount, Fact
from matchkit.verification.rules import amount_of
from matchkit.verification.served import Served
from matchkit.verification.trees import summed
from matchkit.verification.windows import may_start
from matchkit.verification.world import RequirementFacts, World
from matchkit.verification.worth import terms, weight

BY_PAIR = frozenset(kind for kind, record in KINDS.items() if record.in_eligibility)
"""Kinds of which a hard record makes pairs not eligible: the checks of that name report each pair."""

RuleFinding = tuple[tuple[str, ...], Fact]
"""Ids of the records concerned, and the fact."""


class AssignmentLike(Protocol):
    """One line of a plan or a table: so much of a resource for a requirement, and when it starts where the
    demand is flexible.
    """

    @property
    def resource(self) -> str:
        """The id of the resource."""

    @property
    def requirement(self) -> str:
        """The id of the requirement."""

    @property
    def quantity(self) -> int:
        """How many units."""

    @property
    def start(self) -> datetime | None:
        """When it starts."""


class Assigned(Served):
    """Assignments of a problem, whether a plan or a table lists them.

    One of an unknown id counts nothing here: the check ``unknown_id`` reports it. A pair that is listed twice
    counts with both quantities. A flexible demand starts at the earliest start stated for it that it may
    have; the check ``start`` reports any other.
    """

    shortfalls: tuple[Shortfall, ...] = ()

    def __init__(self, world: World, assignments: Iterable[AssignmentLike]) -> None:
        self.assignments = tuple(assignments)
        starts: dict[str, datetime] = {}
        for entry in self.assignments:
            if entry.start is not None and entry.requirement in world.roles:
                demand = world.roles[entry.requirement].demand
                if may_start(demand, world.needed(demand), entry.start):
                    starts[demand.id] = min(
                        entry.start, starts.get(demand.id, entry.start)
                    )
        pairs = summed(
            ((entry.resource, entry.requirement), entry.quantity)
            for entry in self.assignments
            if entry.resource in world.resources and entry.requirement in world.roles
        )
        super().__init__(world, pairs, starts)
        self._allowed: dict[int, int] = {}

    def terms(self, resource: Resource, role: RequirementFacts) -> dict[str, int]:
        """The terms of a pair, recomputed."""
        return terms(self.world, resource, role)

    def weight(self, resource: str, requirement: str) -> int:
        """What one unit of a pair is worth, recomputed."""
        world = self.world
        return weight(world, world.resources[resource], world.roles[requirement])

    @cached_property
    def before(self) -> Served:
        """The pairs of the previous plan, each with quantity 1; flexible demands have no time there."""
        return Served(self.world, dict.fromkeys(sorted(self.world.previous), 1), {})

    def allowed(self, rule: Rule) -> int:
        """By how much a rule that may be no worse may be broken; -1 where that is not counted."""
        if id(rule) not in self._allowed:
            self._allowed[id(rule)] = amount_of(self.before, rule).size
        return self._allowed[id(rule)]

    @cached_property
    def breaches(self) -> list[tuple[Rule, Amount]]:
        """Rule records that are broken, hard or soft, and by how much; without those that only make pairs not
        eligible.
        """
        rules = (
            rule
            for rule in self.world.problem.rules
            if rule.soft is not None or rule.rule not in BY_PAIR
        )
        found = ((rule, amount_of(self, rule)) for rule in rules)
        return [(rule, amount) for rule, amount in found if amount.size]

    @cached_property
    def payments(self) -> list[Payment]:
        """What must be paid: for each soft rule that is broken, and for each resource in use that costs
        something to use at all.
        """
        found = [
            Payment(
                rule=rule.label,
                amount=amount.size,
                paid=amount.size * (rule.soft.price or 0),
                tier=rule.soft.tier,
            )
            for rule, amount in self.breaches
            if rule.soft is not None and amount.size > 0
        ]
        used = (self.world.resources[name] for name in self.given)
        found += [
            Payment(
                rule=f"activation {resource.id}", amount=1, paid=resource.activation
            )
            for resource in used
            if resource.activation
        ]
        return found

    @cached_property
    def goals(self) -> GoalOrder:
        """The goals of the problem."""
        return GoalOrder(self.world)

    @cached_property
    def kept(self) -> Kept:
        """What is kept of the reference plan."""
        return kept_by(self.world, self.pairs, self.starts)

    @cached_property
    def measured(self) -> GoalAmounts:
        """What goals measure, recomputed."""
        earned = summed(
            (pair[1], quantity * self.weight(*pair))
            for pair, quantity in self.pairs.items()
        )
        broken = summed(
            (entry.tier, entry.amount)
            for entry in self.payments
            if entry.tier is not None
        )
        paid = sum(entry.paid for entry in self.payments)
        weight = sum(earned.values()) - paid
        return GoalAmounts(
            self.taken,
            self.given,
            weight,
            len(self.given),
            broken,
            self.by_order(self.pairs),
            earned,
            self.kept.weight,
        )

    def by_order(self, pairs: Mapping[tuple[str, str], int]) -> dict[int, int]:
        """What quantities earn at every order at which places are processed, where goals count that."""
        if not self.goals.in_order:
            return {}
        return weight_by_order(self.world, pairs, self.weight)

    @cached_property
    def values(self) -> Vector:
        """What is reached in each goal, recomputed."""
        return self.goals.values(self.measured)


class Case(Assigned):
    """A plan and its problem."""

    def __init__(
        self, world: World, plan: Plan, about: Container[str] | None = None
    ) -> None:
        """``about`` are ids of requirements of which the plan says all it has to; None: of all."""
        super().__init__(world, plan.assignments)
        self.plan, self.shortfalls = plan, plan.shortfalls
        self.roles = [
            role for role in world.roles.values() if about is None or role.id in about
        ]

    @cached_property
    def goals(self) -> GoalOrder:
        """The goals of the problem, coverage and loads as the plan states them."""
        return GoalOrder(self.world, [one.name for one in self.plan.outcome.goals])


PairCheck = Callable[[Assigned], Iterator[RuleFinding]]
"""One rule over assignments; violations carry the function's name."""
Check = Callable[[Case], Iterator[RuleFinding]]
"""One rule over a whole plan; violations carry the function's name."""
