"""Random problems of every kind: every shortage's witness is checked, spoilt and its remedy tried.

The gate runs some, benchmarks/differential_explanations.py thousands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from random_problems import random_problem, seeded
from remedy_check import fills_more
from rule_problems import rule_problem
from tampering import tampered

import matchkit as mk
from matchkit.errors import ContradictionError

SAMPLED = 20
"""Of the copies that spoil a witness value by value, one in so many is tried; the tests of small cases try
them all.
"""


@dataclass
class Tally:
    """What a campaign saw: how often each thing occurred, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def drawn(seed: int) -> mk.Problem:
    """A problem of this seed: every other one a flow, every other one with every kind of rule."""
    rng = seeded(seed)
    return (
        rule_problem(seed, added=seed % 4 == 1)
        if seed % 2
        else random_problem(rng, rng.randint(1, 8), rng.randint(1, 5))
    )


def campaign(first_seed: int, count: int) -> Tally:
    """Explain all that so many random problems lack."""
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = drawn(seed)
        tally.seen["problems"] += 1
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            tally.seen["contradictions"] += 1
            continue
        tally.disagreements += [
            f"seed {seed}: {wrong}" for wrong in _wrong(problem, plan, tally.seen)
        ]
    return tally


def _wrong(problem: mk.Problem, plan: mk.Plan, seen: Counter[str]) -> list[str]:
    found = [f"goal {goal.name}" for goal in plan.outcome.goals if goal.bound is None]
    terms = sum(
        entry.quantity * sum(entry.terms.model_dump().values())
        for entry in plan.assignments
    )
    weight = terms - sum(payment.paid for payment in plan.payments)
    if not problem.objective.aims and weight != plan.outcome.value:
        found.append(
            f"the terms add up to {weight}, the weight is {plan.outcome.value}"
        )
    shortages = mk.Explainer(problem, plan).shortages()
    found += [
        str(violation)
        for violation in mk.check_witness(problem, plan, shortages).violations
    ]
    for shortage in shortages.whole():
        seen[f"cause {shortage.cause}"] += 1
        seen["units missing"] += shortage.missing
        if shortage.requirement not in shortage.text("zh"):
            found.append(f"{shortage.requirement} is not named in Chinese")
        for spoilt in tampered(shortage, seen["units missing"] % SAMPLED, SAMPLED):
            seen["tampered witnesses"] += 1
            if mk.check_witness(problem, plan, spoilt).ok:
                found.append(
                    f"a tampered witness of {shortage.requirement} passes: {spoilt!r}"
                )
        wrong = fills_more(problem, plan, shortage)
        seen["remedies tried"] += 1
        if wrong is not None:
            found.append(f"{shortage.requirement} ({shortage.cause}): {wrong}")
    return found
