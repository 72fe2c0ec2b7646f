"""What a demand must have, and what the plan's goals must be once it has: those of the plan, and what the
demand gains on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from matchkit.compile.general.goals import aims_of
from matchkit.model import Aim, Demand, Part, Problem
from matchkit.plan import Assignment, Payment

To = Literal["wanted", "minimum"]


def target(demand: Demand, to: To) -> dict[str, int]:
    """How much each requirement of a demand is to have."""
    return {
        need.id: need.wanted if to == "wanted" else need.minimum for need in demand.requirements
    }


def taken(assignments: Iterable[Assignment]) -> dict[str, int]:
    """How much every requirement has that has anything."""
    found: dict[str, int] = {}
    for entry in assignments:
        found[entry.requirement] = found.get(entry.requirement, 0) + entry.quantity
    return found


def counted_aims(problem: Problem, tier: int) -> tuple[Aim, ...]:
    """The goals up to the last that counts what a demand of this tier has, with those of its tier; all where
    none counts it.
    """
    aims = aims_of(problem)
    counts = [
        place
        for place, aim in enumerate(aims)
        for part in aim.parts
        if (part.measure in ("minimum", "filled", "broken") and part.tier == tier)
        or (part.measure in ("minimum", "filled") and part.tier is None)
    ]
    return aims[: max(counts) + 1] if counts else aims


def values(
    problem: Problem,
    aims: Iterable[Aim],
    assignments: Iterable[Assignment],
    payments: Iterable[Payment],
) -> tuple[int, ...]:
    """What a plan reaches in these goals, tiers being those of the problem's demands and of the payments."""
    assignments, payments = tuple(assignments), tuple(payments)
    has = taken(assignments)
    minimum: dict[int, int] = {}
    filled: dict[int, int] = {}
    broken: dict[int, int] = {}
    for demand in problem.demands:
        for need in demand.requirements:
            amount = has.get(need.id, 0)
            minimum[demand.tier] = minimum.get(demand.tier, 0) + min(amount, need.minimum)
            filled[demand.tier] = filled.get(demand.tier, 0) + max(0, amount - need.minimum)
    for payment in payments:
        if payment.tier is not None:
            broken[payment.tier] = broken.get(payment.tier, 0) - payment.amount
    weight = sum(entry.weight * entry.quantity for entry in assignments) - sum(
        payment.paid for payment in payments
    )
    used = len({entry.resource for entry in assignments})
    by_tier: dict[str, Mapping[int, int]] = {
        "minimum": minimum,
        "filled": filled,
        "broken": broken,
    }

    def measured(part: Part) -> int:
        if part.measure in by_tier:
            return part.factor * sum(
                amount
                for tier, amount in by_tier[part.measure].items()
                if part.tier in (None, tier)
            )
        return part.factor * (weight if part.measure == "weight" else -used)

    return tuple(sum(map(measured, aim.parts)) for aim in aims)


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
        self._has = taken(pairs)
        self.before = values(problem, aims, pairs, paid)

    @property
    def lacking(self) -> dict[str, int]:
        """What each requirement lacks that lacks anything, by id."""
        wanted = target(self.demand, self.to)
        return {
            name: wanted[name] - self._has.get(name, 0)
            for name in sorted(wanted)
            if wanted[name] > self._has.get(name, 0)
        }

    def least(self, demand: Demand) -> tuple[int, ...]:
        """What the goals must be at least where the demand, as it is in a changed problem, has what it is to
        have.
        """
        minimum = filled = 0
        wanted = target(demand, self.to)
        for need in demand.requirements:
            has = self._has.get(need.id, 0)
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
