"""What steps change: by how much the amount of every rule record grows, and what all goals are after them.
Only what the steps touch is counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from matchkit.model import Rule
from matchkit.verification.amounts import load, overlap
from matchkit.verification.case import BY_PAIR, Case
from matchkit.verification.goals import GoalAmounts, Vector
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


class _Entry(NamedTuple):
    resource: str
    requirement: str
    quantity: int
    start: datetime | None


class _Sides:
    """Parts of the plan before and after the moves: pairs of the resources touched, of the demands touched,
    and all.
    """

    def __init__(self, view: WitnessView, moves: StepEffect) -> None:
        self._view, world = view, view.world
        self.resources = {resource for resource, _ in moves.pairs}
        self.demands = {world.roles[requirement].demand.id for _, requirement in moves.pairs}
        starts = {**view.case.starts, **moves.starts}
        own = {
            (name, role): quantity
            for name in sorted(self.resources)
            for role, quantity in view.served_by.get(name, ())
        }
        roles = [
            role.id
            for name in sorted(self.demands)
            for role in world.demands[name].requirements
        ]
        there = {
            (name, role): quantity
            for role in roles
            for name, quantity in view.serving.get(role, ())
        }
        self.by_resource = self._both(own, moves, starts)
        self.by_demand = self._both(there, moves, starts)
        self._moves, self._starts = moves, starts
        self._all: Served | None = None

    def _case(
        self, pairs: Mapping[tuple[str, str], int], starts: Mapping[str, datetime]
    ) -> Case:
        roles = self._view.world.roles
        entries = [
            _Entry(resource, role, quantity, starts.get(roles[role].demand.id))
            for (resource, role), quantity in pairs.items()
            if quantity
        ]
        # Nothing but the assignments is looked at.
        return Case(
            self._view.world, self._view.plan.model_copy(update={"assignments": entries})
        )

    def _both(
        self,
        before: dict[tuple[str, str], int],
        moves: StepEffect,
        starts: Mapping[str, datetime],
    ) -> tuple[Case, Case]:
        return self._case(before, self._view.case.starts), self._case(
            {**before, **moves.pairs}, starts
        )

    def amounts(self, rule: Rule) -> tuple[int, int] | None:
        """Two amounts, before and after, that differ as the rule's do in all (those themselves, where it may
        be no worse).

        None where the moves do not touch it; an amount is -1 where it is not counted.
        """
        name, demand = getattr(rule, "resource", None), getattr(rule, "demand", None)
        if (
            rule.soft is not None and rule.soft.no_worse
        ):  # compared with a fixed amount: all of it counts
            return self._view.broken(rule), self._amount(self.all, rule)
        if (
            rule.scope in ("resource", "pair")
            and name is not None
            and name not in self.resources
        ):
            return None
        if (
            rule.scope in ("demand", "pair")
            and demand is not None
            and demand not in self.demands
        ):
            return None
        if rule.scope != "plan":
            before, after = self.by_resource if rule.scope == "resource" else self.by_demand
            return self._amount(before.served, rule), self._amount(after.served, rule)
        return self._view.broken(rule), self._amount(self.all, rule)

    def _amount(self, served: Served, rule: Rule) -> int:
        return self._view.case.amount(served, rule).size

    @property
    def all(self) -> Served:
        """Everything after the moves."""
        if self._all is None:
            pairs = {
                pair: quantity
                for pair, quantity in {**self._view.case.pairs, **self._moves.pairs}.items()
                if quantity
            }
            self._all = Served(self._view.world, pairs, self._starts)
        return self._all


def growth(view: WitnessView, moves: StepEffect) -> Growth:
    """What the moves break further than the plan does. Of records of one kind and label the greatest
    counts.
    """
    sides, found = _Sides(view, moves), Growth({}, {}, 0, {}, True)
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
        if rule.soft is None:
            _note(found.hard, rule, after - before)
            continue
        _note(found.soft, rule, after - before)
        if rule.soft.price is not None:
            paid += rule.soft.price * (after - before)
        elif rule.soft.tier is not None:
            found.by_tier[rule.soft.tier] = (
                found.by_tier.get(rule.soft.tier, 0) + after - before
            )
        else:
            allowed = view.allowed(rule)
            counted = counted and allowed >= 0
            if after > allowed:
                _note(found.hard, rule, after - before)
    for key in _without_record(sides, moves):
        found.hard[key] = 1
    return found._replace(paid=paid, counted=counted)


def _note(found: dict[RuleKey, int], rule: Rule, more: int) -> None:
    if more > 0:
        found[rule.rule, rule.label] = max(more, found.get((rule.rule, rule.label), 0))


def _without_record(sides: _Sides, moves: StepEffect) -> Iterator[RuleKey]:
    before, after = sides.by_resource
    for name, check in (("overlap", overlap), ("load", load)):
        was = _whom(ids for ids, _ in check(before))
        for resource in sorted(_whom(ids for ids, _ in check(after)) - was):
            yield name, resource
    for resource in sorted(moves.late):
        yield "time", resource


def _whom(ids: Iterable[tuple[str, ...]]) -> set[str]:
    return {names[0] for names in ids}


def after(view: WitnessView, moves: StepEffect, grown: Growth) -> Vector:
    """All goals after the moves."""
    case, world = view.case, view.world
    taken, given, weight = dict(case.taken), dict[str, int](), -grown.paid
    for (resource, requirement), quantity in moves.pairs.items():
        more = quantity - case.pairs.get((resource, requirement), 0)
        taken[requirement] = taken.get(requirement, 0) + more
        given[resource] = given.get(resource, 0) + more
        weight += more * view.weight(resource, requirement)
    used = 0
    for resource, more in given.items():
        now, then = case.given.get(resource, 0) + more > 0, case.given.get(resource, 0) > 0
        used += now - then
        weight -= world.resources[resource].activation * (now - then)
    before = view.standing
    broken = {
        tier: before.broken.get(tier, 0) + grown.by_tier.get(tier, 0)
        for tier in {*before.broken, *grown.by_tier}
    }
    return case.goals.values(
        GoalAmounts(taken, before.weight + weight, before.used + used, broken)
    )


def better(view: WitnessView, before: Vector, then: Vector) -> bool:
    """Whether ``then`` has more in the first goal in which the two are not alike (docs/explanations.md,
    CostlyChain).
    """
    stated, slack = view.plan.outcome.goals, view.case.goals.slack
    for place, (old, new, free) in enumerate(zip(before, then, slack, strict=True)):
        bound = stated[place].bound if place < len(stated) else None
        mark = bound if bound is not None and 0 <= bound - old <= free else max(old, new)
        alike = old == new or (free > 0 and min(old, new) >= mark - free)
        if not alike:
            return new > old
    return False
