"""Random problems with every rule, solved and compared with every plan there is.

The gate runs some, benchmarks/differential_rules.py thousands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from every_plan import TooManyError, best, every_plan
from random_problems import with_wishes
from rule_problems import rule_problem

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.verification.goals import GoalOrder
from matchkit.verification.world import World


@dataclass
class Tally:
    """What a campaign saw: how often each thing occurred, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def campaign(first_seed: int, count: int, engine: str = "auto") -> Tally:
    """Solve so many random problems by an engine and compare goals, bounds and refusals with the best of all plans."""
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = with_wishes(rule_problem(seed, added=seed % 2 == 1), seed)
        tally.seen["problems"] += 1
        try:
            found = compared(problem, tally.seen, engine)
        except TooManyError:
            tally.seen["left out: more plans than are listed"] += 1
            continue
        if found:
            tally.disagreements.append(f"seed {seed}: {found}")
    return tally


def compared(
    problem: mk.Problem, seen: Counter[str], engine: str = "auto"
) -> str | None:
    """What disagrees, or None."""
    every = every_plan(problem)
    seen["plans"] += every.plans
    seen.update(f"refuses plans: {kind}" for kind in every.refused)
    seen["compared"] += 1
    try:
        plan = mk.solve(problem, engine=engine)
    except ContradictionError as error:
        seen["contradictions"] += 1
        return (
            f"{len(every.values)} kinds of plans keep all hard rules, yet: {error}"
            if every.values
            else None
        )
    except Exception as error:  # noqa: BLE001 - a campaign goes on
        return f"{type(error).__name__}: {error}"
    if not every.values:
        return "no plan keeps all hard rules, yet there is one"
    goals = GoalOrder(World(problem))
    right = best(every.values, goals.tolerances)
    values, bounds = (
        tuple(getattr(goal, name) for goal in plan.outcome.goals)
        for name in ("value", "bound")
    )
    by_label = {rule.label: rule for rule in problem.rules}
    for payment in plan.payments:
        rule = by_label.get(payment.rule)
        seen[f"pays: {'activation' if rule is None else rule.rule}"] += 1
    seen["pays for a tier"] += any(
        payment.tier is not None for payment in plan.payments
    )
    seen["tolerance used"] += values != right
    seen["several goals"] += len(values) > 1
    seen["searched"] += plan.outcome.proof == "search"
    seen["starts"] += any(entry.start is not None for entry in plan.assignments)
    wrong = []
    if values not in every.values:
        wrong.append(f"no plan of those listed reaches {values}")
    if any(
        not 0 <= most - value <= slack
        for value, most, slack in zip(values, right, goals.slack, strict=True)
    ):
        wrong.append(
            f"the plan reaches {values}, the best is {right} with slack {goals.slack}"
        )
    if bounds != right:
        wrong.append(f"the bounds are {bounds}, the best is {right}")
    if (plan.outcome.stopped, plan.outcome.status) != ("proved", "optimal"):
        wrong.append(f"{plan.outcome.status}, stopped: {plan.outcome.stopped}")
    report = mk.verify(problem, plan)
    if not report.ok:
        wrong.append(f"verify: {report.violations[0]}")
    return "; ".join(wrong) or None
