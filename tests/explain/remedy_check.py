"""Whether a remedy does what it promises: the changes made, the problem solved again, and the goals compared one by one."""

from __future__ import annotations

from typing import Any

from matchkit.answers.apply import changed
from matchkit.answers.causes import Shortage
from matchkit.errors import MatchkitError
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solve import solve
from matchkit.verify import verify
from matchkit.verify.case import Case
from matchkit.verify.world import World


def fills_more(problem: Problem, plan: Plan, shortage: Shortage, **how: Any) -> str | None:
    """What is wrong with the remedy of a right shortage once it is made and the problem solved again; None where it helps.

    Goals are compared by name, up to the shortage's own. None before it may fall below the plan's (by more than its
    tolerance, of an aim), and the shortage's own must grow by 1 at least; where one before it grew instead, the minimums and the
    rest of the shortage's tier must hold 1 more together. Where no goal counts the unit, the requirement itself must hold more. Of
    the cause search_limit, which has no remedy, the same problem solved again, without limits, must have goals at least as
    good. ``how`` is handed to ``solve``.
    """
    if shortage.cause == "search_limit":
        return _no_worse(problem, plan, how)
    try:
        made = changed(problem, shortage.remedy)
        again = solve(made, **how)
    except MatchkitError as error:
        return f"the remedy of {shortage.requirement} cannot be made or solved: {error}"
    broken = verify(made, again)
    if not broken.ok:
        return f"the plan of the changed problem is broken: {broken.violations[0]}"
    held, holds = _taken(plan, shortage.requirement), _taken(again, shortage.requirement)
    if shortage.goal is None:
        return None if holds > held else f"{shortage.requirement} held {held} and holds {holds}"
    if shortage.goal not in {goal.name for goal in plan.outcome.goals}:
        return f"the plan has no goal {shortage.goal}"
    return _compared(Case(World(problem), plan), _with_goals_of(problem, made, again), shortage)


def _with_goals_of(problem: Problem, made: Problem, again: Plan) -> Case:
    """The new plan measured by the goals that the problem had, also where the remedy changed the objective."""
    return Case(World(made.model_copy(update={"objective": problem.objective})), again)


def _taken(plan: Plan, requirement: str) -> int:
    return sum(entry.quantity for entry in plan.assignments if entry.requirement == requirement)


def _compared(then: Case, now: Case, shortage: Shortage) -> str | None:
    before, after = (dict(zip(case.goals.names, case.values, strict=True)) for case in (then, now))
    slack = dict(zip(then.goals.names, then.goals.slack, strict=True))
    if shortage.goal is None or shortage.goal not in after:
        return f"the goal {shortage.goal} is gone"
    grew = False
    for name, value in before.items():
        if name == shortage.goal:
            break
        new = after.get(name, 0)  # what nobody counts any more is kept whole
        if new < value - slack[name]:
            return f"{name} fell from {value} to {new}"
        grew = grew or new > value
    if after[shortage.goal] > before[shortage.goal] or _units(now, shortage.goal) > _units(then, shortage.goal):
        return None
    names = _of_one_tier(shortage.goal, shortage.tier)
    if grew and sum(after.get(name, 0) for name in names) > sum(before.get(name, 0) for name in names):
        return None
    return f"{shortage.goal} was {before[shortage.goal]} and is {after[shortage.goal]}"


def _units(case: Case, goal: str) -> int:
    """What an aim counts of filled slots, without what else it counts: one more unit may use one more resource."""
    if not case.goals.given:
        return 0
    aim = next(aim for aim in case.goals.aims if aim.name == goal)
    total = 0
    for part in aim.parts:
        for role in case.world.roles.values():
            if part.measure in ("minimum", "filled") and part.tier in (None, role.demand.tier):
                held, least = case.taken.get(role.id, 0), role.requirement.minimum
                total += part.factor * (min(held, least) if part.measure == "minimum" else max(0, held - least))
    return total


def _of_one_tier(goal: str, tier: int) -> tuple[str, ...]:
    """Without aims a tier has two goals; an aim is one by itself."""
    both = f"tier {tier} minimum", f"tier {tier}"
    return both if goal in both else (goal,)


def _no_worse(problem: Problem, plan: Plan, how: dict[str, Any]) -> str | None:
    """The first goal in which plans differ by more than its tolerance must not be less in the new one."""
    again = solve(problem, **how)
    for then, now in zip(plan.outcome.goals, again.outcome.goals, strict=True):
        if now.value < then.value - then.tolerance:
            return f"{then.name} was {then.value} and is {now.value} after a longer search"
        if now.value > then.value + then.tolerance:
            return None
    return None
