"""A plan added up: by pair, term, resource, requirement and tier, as far as its problem is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from matchkit.model import Demand, Problem, Requirement
from matchkit.plan import Plan, Terms

Sums = dict[str, int]


class RequirementLine(NamedTuple):
    """A requirement and its demand."""

    demand: Demand
    need: Requirement


class Side:
    """One plan, added up. What it says of itself is taken as said."""

    def __init__(self, plan: Plan, problem: Problem | None) -> None:
        self.plan = plan
        self.pairs: dict[tuple[str, str], int] = {}
        self.starts: dict[tuple[str, str], datetime] = {}
        self.terms: Sums = dict.fromkeys(Terms.model_fields, 0)
        self.taken: Sums = {}
        self.given: Sums = {}
        for entry in plan.assignments:
            pair = (entry.resource, entry.requirement)
            self.pairs[pair] = self.pairs.get(pair, 0) + entry.quantity
            if entry.start is not None:
                self.starts[pair] = min(entry.start, self.starts.get(pair, entry.start))
            for term in self.terms:
                self.terms[term] += entry.quantity * getattr(entry.terms, term)
            self.taken[entry.requirement] = (
                self.taken.get(entry.requirement, 0) + entry.quantity
            )
            self.given[entry.resource] = self.given.get(entry.resource, 0) + entry.quantity
        self.paid = sum(payment.paid for payment in plan.payments)
        self.weight = sum(self.terms.values()) - self.paid
        self.known = problem is not None
        self.places = (
            {
                need.id: RequirementLine(demand, need)
                for demand in problem.demands
                for need in demand.requirements
            }
            if problem
            else {}
        )
        self.unit_of = (
            {resource.id: resource.unit for resource in problem.resources} if problem else {}
        )
        self.short = {lack.requirement: lack for lack in plan.shortfalls}

    def by_tier(self) -> dict[int, dict[str, int]]:
        """Slots filled and missing, up to the minimum and beyond; without a problem what the shortfalls say
        is missing.
        """
        found: dict[int, dict[str, int]] = {}

        def count(tier: int, **amounts: int) -> None:
            into = found.setdefault(
                tier,
                dict.fromkeys(
                    ("filled_minimum", "filled_rest", "missing_minimum", "missing_rest"), 0
                ),
            )
            for name, amount in amounts.items():
                into[name] += amount

        if not self.known:
            for lack in self.short.values():
                count(
                    lack.tier,
                    missing_minimum=lack.below_minimum,
                    missing_rest=lack.missing - lack.below_minimum,
                )
            return found
        for name, (demand, need) in self.places.items():
            taken, rest = self.taken.get(name, 0), need.wanted - need.minimum
            low, high = min(taken, need.minimum), max(0, taken - need.minimum)
            count(
                demand.tier,
                filled_minimum=low,
                filled_rest=high,
                missing_minimum=need.minimum - low,
                missing_rest=max(0, rest - high),
            )
        return found

    def about(self, requirement: str) -> tuple[str | None, int | None]:
        """A requirement's demand and tier, where problem or shortfall tell."""
        if requirement in self.places:
            demand = self.places[requirement].demand
            return demand.id, demand.tier
        lack = self.short.get(requirement)
        return (None, None) if lack is None else (lack.demand, lack.tier)

    def summed(self, amounts: Mapping[str, int], of: Mapping[str, str]) -> Sums:
        """Amounts by what each id belongs to."""
        found: Sums = {}
        for name, amount in amounts.items():
            found[of[name]] = found.get(of[name], 0) + amount
        return found

    def payments(self) -> dict[tuple[str, int | None], tuple[int, int]]:
        """Amount and points by label and tier."""
        found: dict[tuple[str, int | None], tuple[int, int]] = {}
        for payment in self.plan.payments:
            key = (payment.rule, payment.tier)
            amount, paid = found.get(key, (0, 0))
            found[key] = (amount + payment.amount, paid + payment.paid)
        return found
