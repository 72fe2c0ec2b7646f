"""What a demand must have and what the plan's goals must be once it has; and the problem in which that demand
comes before all else, whose best plan says what filling it costs in every other goal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from matchkit.compile.goals import KEPT, SHARED, aims_of, values_of
from matchkit.errors import UnsupportedError
from matchkit.explain.plan_state import units_by
from matchkit.messages.message import Message
from matchkit.model import Aim, Demand, Part, Problem
from matchkit.model.base import with_fields
from matchkit.plan import Assignment, Payment, Plan

MOST_TIERS, MOST_AIMS, MOST_PARTS = 20, 50, 100
"""What an objective holds at most."""


def prioritised(
    problem: Problem, name: str, *, minimum: bool
) -> tuple[Problem, dict[int, int]]:
    """The problem with the demand of this id (of it the minimums alone, if so said) as its first goals; and
    the old of each new tier.

    Raises UnsupportedError where the problem has no tier left to give the demand.
    """
    own = next(demand for demand in problem.demands if demand.id == name)
    tiers = {demand.tier for demand in problem.demands if demand is not own}
    tiers |= {
        rule.soft.tier
        for rule in problem.rules
        if rule.soft is not None and rule.soft.tier is not None
    }
    whole = not minimum or all(need.minimum == need.wanted for need in own.requirements)
    if not problem.objective.aims and whole and len(tiers) < MOST_TIERS:
        return _by_tiers(problem, own, sorted(tiers))
    free = next(
        (
            tier
            for tier in range(1, MOST_TIERS + 1)
            if tier not in tiers | _named(problem)
        ),
        None,
    )
    if free is None:
        raise UnsupportedError.of(
            Message.of("where.demand", id=name),
            "repairs.tiers",
            most=MOST_TIERS,
        )
    return _by_aims(problem, own, free, minimum=minimum), {}


def with_old_tiers(plan: Plan, old: dict[int, int]) -> tuple[Payment, ...]:
    """What a plan of such a problem pays, by the tiers of the problem that it was made of."""
    return tuple(
        payment
        if payment.tier is None
        else payment.model_copy(update={"tier": old.get(payment.tier, payment.tier)})
        for payment in plan.payments
    )


def _by_tiers(
    problem: Problem, own: Demand, tiers: list[int]
) -> tuple[Problem, dict[int, int]]:
    """The demand alone in tier 1, all others behind it in their order: what a flow can express stays so."""
    new = {tier: place for place, tier in enumerate(tiers, 2)}
    demands = [
        with_fields(demand, tier=1 if demand is own else new[demand.tier])
        for demand in problem.demands
    ]
    rules = [
        rule
        if rule.soft is None or rule.soft.tier is None
        else with_fields(rule, soft=with_fields(rule.soft, tier=new[rule.soft.tier]))
        for rule in problem.rules
    ]
    return with_fields(problem, demands=demands, rules=rules), {
        place: tier for tier, place in new.items()
    }


def _by_aims(problem: Problem, own: Demand, free: int, *, minimum: bool) -> Problem:
    """The demand in a tier of its own, which a first goal counts alone and every other goal where it counted
    before.
    """

    def also(part: Part) -> tuple[Part, ...]:
        counts = part.tier == own.tier and part.measure in ("minimum", "filled")
        return (part, part.model_copy(update={"tier": free})) if counts else (part,)

    if len(aims_of(problem)) >= MOST_AIMS or any(
        len(aim.parts) > MOST_PARTS // 2 for aim in aims_of(problem)
    ):
        raise UnsupportedError.of("objective.aims", "repairs.aims", most=MOST_AIMS)
    measures = ("minimum",) if minimum else ("minimum", "filled")
    parts = tuple(
        Part.model_validate({"measure": measure, "tier": free}) for measure in measures
    )
    known = aims_of(problem)
    title = next(
        name
        for name in ("first", *(f"first {n}" for n in range(2, len(known) + 3)))
        if name not in {aim.name for aim in known}
    )
    aims = (
        Aim(name=title, parts=parts),
        *(
            with_fields(aim, parts=[one for part in aim.parts for one in also(part)])
            for aim in known
        ),
    )
    demands = [
        with_fields(demand, tier=free) if demand is own else demand
        for demand in problem.demands
    ]
    found: Problem = with_fields(
        problem, demands=demands, objective=with_fields(problem.objective, aims=aims)
    )
    return found


def _named(problem: Problem) -> set[int]:
    return {
        part.tier
        for aim in problem.objective.aims
        for part in aim.parts
        if part.tier is not None
    }


To = Literal["wanted", "minimum"]


def wanted_units(demand: Demand, to: To) -> dict[str, int]:
    """How much each requirement of a demand is to have."""
    return {
        need.id: need.wanted if to == "wanted" else need.minimum
        for need in demand.requirements
    }


def counted_aims(problem: Problem, tier: int) -> tuple[Aim, ...]:
    """The goals up to the last that counts what a demand of this tier has, with those of its tier; all where
    none counts it. Raises UnsupportedError where coverage, loads or what is kept are among them.
    """
    aims = aims_of(problem)
    counts = [
        place
        for place, aim in enumerate(aims)
        for part in aim.parts
        if (part.measure in ("minimum", "filled", "broken") and part.tier == tier)
        or (part.measure in ("minimum", "filled") and part.tier is None)
    ]
    found = aims[: max(counts) + 1] if counts else aims
    others = *SHARED, KEPT
    if any(part.measure in others for aim in found for part in aim.parts):
        where = "objective.aims"
        raise UnsupportedError.of(where, "repairs.shares")
    return found


def values(
    problem: Problem,
    aims: Iterable[Aim],
    assignments: Iterable[Assignment],
    payments: Iterable[Payment],
) -> tuple[int, ...]:
    """What a plan reaches in these goals, tiers being those of the problem's demands and of the payments."""
    assignments = tuple(assignments)
    has = units_by(assignments, "requirement")
    needs = (
        (demand.tier, need.minimum, has[need.id])
        for demand in problem.demands
        for need in demand.requirements
    )
    weight = sum(entry.weight * entry.quantity for entry in assignments)
    used = len({entry.resource for entry in assignments})
    return values_of(aims, needs, weight, used=used, payments=payments)


class RepairTarget:
    """What a plan of a changed problem is measured against."""

    def __init__(
        self,
        problem: Problem,
        aims: tuple[Aim, ...],
        pairs: Iterable[Assignment],
        paid: Iterable[Payment],
        demand: Demand,
        to: To,
    ) -> None:
        """Of a plan with these assignments and payments."""
        pairs = tuple(pairs)
        self.aims, self.demand, self.to = aims, demand, to
        self._has = units_by(pairs, "requirement")
        self.before = values(problem, aims, pairs, paid)

    @property
    def lacking(self) -> dict[str, int]:
        """What each requirement lacks that lacks anything, by id."""
        wanted = wanted_units(self.demand, self.to)
        return {
            name: wanted[name] - self._has[name]
            for name in sorted(wanted)
            if wanted[name] > self._has[name]
        }

    def least(self, demand: Demand) -> tuple[int, ...]:
        """What the goals must be at least where the demand, as it is in a changed problem, has what it is to
        have.
        """
        minimum = filled = 0
        wanted = wanted_units(demand, self.to)
        for need in demand.requirements:
            has = self._has[need.id]
            then = max(wanted[need.id], has)
            minimum += min(then, need.minimum) - min(has, need.minimum)
            filled += max(0, then - need.minimum) - max(0, has - need.minimum)
        gains = {"minimum": minimum, "filled": filled}

        def gain(aim: Aim) -> int:
            return sum(
                part.factor * gains[part.measure]
                for part in aim.parts
                if part.measure in gains and part.tier in (None, demand.tier)
            )

        return tuple(
            value + gain(aim) for value, aim in zip(self.before, self.aims, strict=True)
        )
