"""Whether every remedy does what it promises: its changes made, the problem solved again, and tiers
compared.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from matchkit.answers.apply import apply_changes
from matchkit.answers.shortages import Remedy, Shortage
from matchkit.errors import MatchkitError
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solving.solve import solve
from matchkit.verification.checks import verify


def fills_more(
    problem: Problem, plan: Plan, shortage: Shortage, **how: Any
) -> str | None:
    """What is wrong with a remedy of a right shortage once it is made and the problem solved again; None
    where each helps.

    The requirement's tier must hold at least one unit more than in the plan, and no earlier tier fewer. Of
    the cause search_limit, which has no remedy, the same problem solved again, without limits, must have
    goals at least as good. ``how`` is handed to ``solve``.
    """
    if shortage.cause == "search_limit":
        return _no_worse(problem, plan, how)
    if not shortage.remedies:
        return "there is no remedy"
    tried = (
        _fills_more(problem, plan, shortage, remedy, how)
        for remedy in shortage.remedies
    )
    return next((wrong for wrong in tried if wrong is not None), None)


def _fills_more(
    problem: Problem,
    plan: Plan,
    shortage: Shortage,
    remedy: Remedy,
    how: dict[str, Any],
) -> str | None:
    try:
        made = apply_changes(problem, remedy.changes)
        again = solve(made, **how)
    except MatchkitError as error:
        return f"the remedy of {shortage.requirement} cannot be made or solved: {error}"
    broken = verify(made, again)
    if not broken.ok:
        return f"the plan of the changed problem is broken: {broken.violations[0]}"
    tiers = {
        need.id: demand.tier
        for demand in problem.demands
        for need in demand.requirements
    }
    before, after = _by_tier(plan, tiers), _by_tier(again, tiers)
    for tier in sorted(set(tiers.values())):
        least = before[tier] + (tier == shortage.tier)
        if tier <= shortage.tier and after[tier] < least:
            return f"tier {tier} held {before[tier]} units and holds {after[tier]}"
    return None


def _by_tier(plan: Plan, tiers: dict[str, int]) -> Counter[int]:
    held = Counter[int]()
    for entry in plan.assignments:
        held[tiers[entry.requirement]] += entry.quantity
    return held


def _no_worse(problem: Problem, plan: Plan, how: dict[str, Any]) -> str | None:
    """The first goal in which plans differ by more than its tolerance must not be less in the new one."""
    again = solve(problem, **how)
    for then, now in zip(plan.outcome.goals, again.outcome.goals, strict=True):
        if now.value < then.value - then.tolerance:
            return (
                f"{then.name} was {then.value} and is {now.value} after a longer search"
            )
        if now.value > then.value + then.tolerance:
            return None
    return None
