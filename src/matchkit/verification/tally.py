"""What a table of pairs breaks and reaches: the checks and sums of ``verify`` without anything that a plan
says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from matchkit.model import Problem
from matchkit.plan import Payment, Plan
from matchkit.verification.case import Case
from matchkit.verification.checks import OF_PAIRS, named, not_eligible
from matchkit.verification.goals import GoalOrder, Vector
from matchkit.verification.ledger import broken_rules
from matchkit.verification.report import Violation
from matchkit.verification.world import World
from matchkit.verification.worth import TERMS


class TallyEntry(NamedTuple):
    """One line of a table: so much of a resource for a requirement, and when it starts where the demand is
    flexible.
    """

    resource: str
    requirement: str
    quantity: int
    start: datetime | None = None


class Tally(NamedTuple):
    """What a table breaks, and what it would be worth as a plan: goals in order, terms by name, soft rules
    and activation costs paid.

    What it is worth counts every pair of known ids, also those that break a rule; a pair that lacks a skill
    has no skill fit to compare, and counts as if it held.
    """

    violations: tuple[Violation, ...]
    values: Vector
    terms: dict[str, int]
    payments: tuple[Payment, ...]


class Tallies:
    """Counts tables of pairs of one problem; what is known of single pairs is kept from one table to the
    next.
    """

    def __init__(self, problem: Problem) -> None:
        self.world = World(problem)
        self.goals = GoalOrder(self.world)
        self._terms: dict[tuple[str, str], dict[str, int]] = {}
        self._pairs: dict[tuple[str, str, int, object], tuple[Violation, ...]] = {}

    def case(self, entries: Iterable[TallyEntry]) -> Case:
        """The table as the checks see it."""
        # Nothing but assignments is looked at here, and a table may say what no record would take.
        fields: dict[str, Any] = {
            "assignments": tuple(entries),
            "outcome": None,
            "certificate": None,
        }
        table = Plan.model_construct(shortfalls=(), **fields)
        return Case(self.world, table, self._terms)

    def violations(self, entries: Iterable[TallyEntry]) -> tuple[Violation, ...]:
        """Every violation, in the order of ``verify``."""
        return self._violations(self.case(entries))

    def of(self, entries: Iterable[TallyEntry]) -> Tally:
        """Violations and worth of a table."""
        case = self.case(entries)
        terms = dict.fromkeys(TERMS, 0)
        for resource, role, quantity in case.chosen():
            for name, points in case.terms(resource, role).items():
                terms[name] += quantity * points
        return Tally(self._violations(case), case.values, terms, tuple(_payments(case)))

    def _violations(self, case: Case) -> tuple[Violation, ...]:
        found: list[Violation] = []
        for resource, role, quantity in case.chosen():
            known = (
                resource.id,
                role.id,
                quantity,
                case.served.times(role.demand) if role.demand.minutes is not None else None,
            )
            if known not in self._pairs:
                self._pairs[known] = tuple(not_eligible(case, resource, role, quantity))
            found.extend(self._pairs[known])
        found.extend(broken_rules(case))
        for check in OF_PAIRS:
            found.extend(named(check.__name__, check(case)))
        return tuple(found)


def _payments(case: Case) -> Iterable[Payment]:
    """What the table must pay, in the order of a plan."""
    found = [
        Payment(
            rule=rule.label,
            amount=amount.size,
            paid=amount.size * (rule.soft.price or 0),
            tier=rule.soft.tier,
        )
        for rule, amount in case.breaches
        if rule.soft is not None and amount.size > 0
    ]
    found += [
        Payment(rule=f"activation {name}", amount=1, paid=cost)
        for name, cost in case.costs.items()
    ]
    return sorted(found, key=lambda entry: (entry.rule, entry.amount, entry.paid))
