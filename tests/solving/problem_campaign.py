"""Random problems against three oracles. The gate runs a few hundred, benchmarks/differential_problems.py
thousands.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from other_engines import by_brute_force, by_cp_sat, by_highs
from random_problems import random_problem, seeded, with_wishes
from stated import Stated
from tiny import tiny

import matchkit as mk
from matchkit.errors import ContradictionError

SIZES = ((4, 2), (4, 3), (7, 4), (12, 6), (30, 12))
"""Most resources and demands, case after case; the first few are small enough to try every plan."""


@dataclass
class Tally:
    """What a campaign saw: how often each thing occurred, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def case(seed: int) -> mk.Problem:
    """The problem of a seed; every seventh is of a family of its own in which locks may contradict caps."""
    if seed % 7 == 0:
        small = tiny(seed)
        if small is not None:
            return small.problem
    rng = seeded(seed)
    problem = random_problem(rng, *SIZES[seed % len(SIZES)], flow_only=seed % 11 != 0)
    return with_wishes(crowded(problem, rng) if seed % 2 else problem, seed)


def crowded(problem: mk.Problem, rng: random.Random) -> mk.Problem:
    """The same with most needs for skills taken away, so that many more pairs are eligible and compete."""

    def eased(need: mk.Requirement) -> mk.Requirement:
        return need.model_copy(update={"skills": ()}) if rng.random() < 0.8 else need

    demands = tuple(
        demand.model_copy(
            update={"requirements": tuple(eased(need) for need in demand.requirements)}
        )
        for demand in problem.demands
    )
    return problem.model_copy(update={"demands": demands})


def locks_alone_break(stated: Stated) -> bool:
    """Whether no plan keeps all rules: rules only limit from above, so the least plan is the locks alone."""
    return bool(stated.breaks(stated.locks))


def campaign(first_seed: int, count: int) -> Tally:
    """Solve so many random problems and compare goals, proofs and refusals with the oracles."""
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = case(seed)
        tally.seen["cases"] += 1
        tally.seen.update({f"rule {rule.rule}" for rule in problem.rules})
        found = _compared(problem, tally.seen)
        if found:
            tally.disagreements.append(f"seed {seed}: {found}")
    return tally


def _compared(problem: mk.Problem, seen: Counter[str]) -> str | None:
    """What disagrees, or None."""
    stated = Stated(problem)
    counted = any(
        isinstance(rule, mk.rules.HoursBudget | mk.rules.Team) for rule in problem.rules
    )
    try:
        plan = mk.solve(problem)
    except ContradictionError as error:
        seen["contradictions"] += 1
        return (
            None
            if counted or locks_alone_break(stated)
            else f"there are plans, yet: {error}"
        )
    searched = plan.outcome.proof == "search"
    seen["searched"] += searched
    if counted:  # no row of those stated says that: rule_campaign.py lists their plans
        return (
            None
            if searched and plan.outcome.status == "optimal"
            else "an hours budget or team was given to a flow"
        )
    tied = any(
        row.rule == "overlap"
        and len(row.pairs) == 2
        and _several(stated, row.pairs[0][0])
        for row in stated.rows
    )
    if searched and not tied:
        return "a flow can express it, yet it was searched"
    if locks_alone_break(stated):
        return "locks contradict the rules, yet there is a plan"
    goals = tuple(goal.value for goal in plan.outcome.goals)
    quantities = {
        (entry.resource, entry.requirement): entry.quantity
        for entry in plan.assignments
    }
    asked = {
        "HiGHS": by_highs(stated),
        "CP-SAT": by_cp_sat(stated),
        "brute force": by_brute_force(stated),
    }
    answers = {name: answer for name, answer in asked.items() if answer is not None}
    seen.update(f"by {name}" for name in answers)
    answers["the plan, added up again,"] = stated.value(quantities)
    seen["goals"] += len(goals)
    seen["ten pairs or more"] += len(stated.own) >= 10
    seen["three goals or more"] += len(goals) > 3
    seen["tree with two nodes or more"] += (
        plan.certificate is not None
        and len(plan.certificate.units + plan.certificate.communities) > 1
    )
    seen["quantity above 1"] += any(amount > 1 for amount in quantities.values())
    seen["shortfalls"] += bool(plan.shortfalls)
    wrong = [
        f"{name} says {answer}, the plan {goals}"
        for name, answer in answers.items()
        if answer != goals
    ]
    if tuple(goal.name for goal in plan.outcome.goals) != stated.names:
        wrong.append("the goals have other names")
    if stated.breaks(quantities):
        wrong.append(f"the plan breaks {sorted(stated.breaks(quantities))}")
    if not (
        plan.outcome.status == "optimal"
        and plan.outcome.gap == 0
        and mk.verify(problem, plan).ok
    ):
        wrong.append("the plan is not proven optimal")
    if not searched and not mk.check_certificate(problem, plan).ok:
        wrong.append("the certificate does not hold")
    return "; ".join(wrong) or None


def _several(stated: Stated, resource: str) -> bool:
    return stated.resources[resource].capacity >= 2
