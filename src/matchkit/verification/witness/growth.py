"""What steps change: by how much the amount of every rule record grows, and what all goals are after them.
Only what the steps touch is counted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from matchkit.model import Rule
from matchkit.verification.assignments import load, overlap
from matchkit.verification.case import BY_PAIR
from matchkit.verification.goals import GoalAmounts, Vector
from matchkit.verification.rules import amount_of
from matchkit.verification.served import Served
from matchkit.verification.witness.moves import StepEffect
from matchkit.verification.witness.view import WitnessView

RuleKey = tuple[str, str]
"""Kind and label of a rule."""


class Growth(NamedTuple):
    """By how much more is broken after the moves, by kind and label: hard rules, and soft ones; prices and
    tiers of the latter added up.
    """

    hard: dict[RuleKey, int]
    soft: dict[RuleKey, int]
    paid: int
    by_tier: dict[int, int]
    counted: bool
    """False where an amount is too large to be counted."""


class _Sides:
    """Parts of the plan before and after the moves: pairs of the resources touched, of the demands touched,
    and all.
    """

    def __init__(self, view: WitnessView, moves: StepEffect) -> None:
        world, case = view.world, view.case
        self._view = view
        self.resources = {resource for resource, _ in moves.pairs}
        self.demands = {
            world.roles[requirement].demand.id for _, requirement in moves.pairs
        }
        own = {
            (name, role): quantity
            for name in sorted(self.resources)
            for role, quantity in case.by_resource.get(name, {}).items()
        }
        there = {
            (name, role.id): quantity
            for demand in sorted(self.demands)
            for role in world.demands[demand].requirements
            for name, quantity in case.by_requirement.get(role.id, {}).items()
        }
        self._moves, self._starts = moves, {**case.starts, **moves.starts}
        self.by_resource = Served(world, own, case.starts), self._moved(own)
        self.by_demand = Served(world, there, case.starts), self._moved(there)

    def _moved(self, before: Mapping[tuple[str, str], int]) -> Served:
        """The pairs after the moves."""
        moved = {**before, **self._moves.pairs}
        left = {pair: quantity for pair, quantity in moved.items() if quantity}
        return Served(self._view.world, left, self._starts)

    @cached_property
    def _all(self) -> Served:
        return self._moved(self._view.case.pairs)

    def amounts(self, rule: Rule) -> tuple[int, int] | None:
        """Two amounts, before and after, that differ as the rule's do in all (those themselves, where it may
        be no worse).

        None where the moves do not touch it; an amount is -1 where it is not counted.
        """
        name, demand = getattr(rule, "resource", None), getattr(rule, "demand", None)
        fixed = (
            rule.soft is not None and rule.soft.no_worse
        )  # compared with a fixed amount: all counts
        if fixed or rule.scope == "plan":
            return self._view.sizes.get(id(rule), 0), amount_of(self._all, rule).size
        if rule.scope != "demand" and name is not None and name not in self.resources:
            return None
        if (
            rule.scope != "resource"
            and demand is not None
            and demand not in self.demands
        ):
            return None
        before, after = self.by_resource if rule.scope == "resource" else self.by_demand
        return amount_of(before, rule).size, amount_of(after, rule).size


def growth(view: WitnessView, moves: StepEffect) -> Growth:
    """What the moves break further than the plan does. Of records of one kind and label the greatest
    counts.
    """
    sides, hard, soft, by_tier = (
        _Sides(view, moves),
        _Greatest(),
        _Greatest(),
        dict[int, int](),
    )
    paid, counted = 0, True
    for rule in view.world.problem.rules:
        if rule.soft is None and rule.rule in BY_PAIR:
            continue  # what they are about is eligibility
        amounts = sides.amounts(rule)
        if amounts is None:
            continue
        before, after = amounts
        if before < 0 or after < 0:
            counted = False
            continue
        more = after - before
        (hard if rule.soft is None else soft).note(rule, more)
        if rule.soft is None:
            continue
        paid += (rule.soft.price or 0) * more
        if rule.soft.tier is not None:
            by_tier[rule.soft.tier] = by_tier.get(rule.soft.tier, 0) + more
        if rule.soft.no_worse:
            allowed = view.case.allowed(rule)
            counted = counted and allowed >= 0
            if after > allowed:
                hard.note(rule, more)
    hard |= dict.fromkeys(_without_record(sides, moves), 1)
    return Growth(hard, soft, paid, by_tier, counted)


class _Greatest(dict[RuleKey, int]):
    """The greatest positive amount of each kind and label."""

    def note(self, rule: Rule, more: int) -> None:
        """Take an amount into account."""
        if more > 0:
            key = rule.rule, rule.label
            self[key] = max(more, self.get(key, 0))


def _without_record(sides: _Sides, moves: StepEffect) -> Iterator[RuleKey]:
    before, after = (
        [{ids[0] for ids, _ in check(served)} for check in (overlap, load)]
        for served in sides.by_resource
    )
    for name, was, now in zip(("overlap", "load"), before, after, strict=True):
        yield from ((name, resource) for resource in now - was)
    yield from (("time", resource) for resource in moves.late)


def after(view: WitnessView, moves: StepEffect, grown: Growth) -> Vector:
    """All goals after the moves."""
    case, world = view.case, view.world
    taken, given, weight = dict(case.taken), dict[str, int](), -grown.paid
    for (resource, requirement), quantity in moves.pairs.items():
        more = quantity - case.pairs.get((resource, requirement), 0)
        taken[requirement] = taken.get(requirement, 0) + more
        given[resource] = given.get(resource, 0) + more
        weight += more * case.weight(resource, requirement)
    used = 0
    for resource, more in given.items():
        now, then = (
            case.given.get(resource, 0) + more > 0,
            case.given.get(resource, 0) > 0,
        )
        used += now - then
        weight -= world.resources[resource].activation * (now - then)
    before = case.measured
    broken = {
        tier: before.broken.get(tier, 0) + grown.by_tier.get(tier, 0)
        for tier in {*before.broken, *grown.by_tier}
    }
    gives = {name: case.given.get(name, 0) + more for name, more in given.items()}
    return case.goals.values(
        GoalAmounts(
            taken,
            {**case.given, **gives},
            before.weight + weight,
            before.used + used,
            broken,
            case.by_order(
                {
                    pair: units
                    for pair, units in {**case.pairs, **moves.pairs}.items()
                    if units
                }
            ),
        )
    )


def better(view: WitnessView, before: Vector, then: Vector) -> bool:
    """Whether ``then`` has more in the first goal in which the two are not alike (docs/explanations.md,
    CostlyChain).
    """
    stated, slack = view.plan.outcome.goals, view.case.goals.slack
    for place, (old, new, free) in enumerate(zip(before, then, slack, strict=True)):
        bound = stated[place].bound if place < len(stated) else None
        reference = (
            bound if bound is not None and 0 <= bound - old <= free else max(old, new)
        )
        alike = old == new or (free > 0 and min(old, new) >= reference - free)
        if not alike:
            return new > old
    return False
