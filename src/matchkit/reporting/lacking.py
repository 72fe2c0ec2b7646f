"""Why something is missing and what would help: causes from the explainer, and repairs for the first demands
that lack something.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from matchkit.answers.causes import CAUSES
from matchkit.answers.repairs import Repairs
from matchkit.answers.shortages import Shortage
from matchkit.deadline import Deadline
from matchkit.explain.explainer import Explainer
from matchkit.reporting.facts import Facts

SHORTEST = 0.1
"""Seconds below which no search is begun."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A demand that lacks something, and ways to fill it; None where no time was left to look."""

    demand: str
    found: Repairs | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """Every shortage, slots by cause, and repairs."""

    shortages: list[Shortage]
    by_cause: dict[str, int]
    tried: list[Tried]


def lacking(facts: Facts, asked: Explainer, repairs: int, deadline: Deadline) -> Lacking:
    """All shortages of a plan, and repairs for so many demands, looked for until ``deadline``: the first by
    tier, then by what minimums lack.
    """
    shortages = list(asked.shortages().whole())
    counts = Counter[str]()
    for shortage in shortages:
        counts[shortage.cause] += shortage.missing
    worst = sorted(
        facts.plan.shortfalls,
        key=lambda entry: (entry.tier, -entry.below_minimum, -entry.missing, entry.requirement),
    )
    demands = list(dict.fromkeys(entry.demand for entry in worst))[:repairs]
    tried = []
    for number, demand in enumerate(demands):
        left = deadline.left()
        share = None if left is None else left / (len(demands) - number)
        soon = share is not None and share < SHORTEST
        tried.append(
            Tried(demand, None if soon else asked.repairs(demand, most=2, time_limit=share))
        )
    return Lacking(
        shortages, {cause: counts[cause] for cause in CAUSES if counts[cause]}, tried
    )
