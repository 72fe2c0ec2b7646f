"""Small problems for advice, and what changes of them bring by a solve: nothing here looks at prices."""

from __future__ import annotations

from collections.abc import Sequence

from random_problems import random_problem, seeded

from matchkit import solve
from matchkit.answers.apply import changed
from matchkit.answers.changes import Change
from matchkit.answers.effects import GoalChange
from matchkit.errors import ContradictionError
from matchkit.model import Problem
from matchkit.plan import Plan

Vector = tuple[int, ...]


def case(seed: int, resources: int = 6, demands: int = 4) -> tuple[Problem, Plan]:
    """A random problem that a flow expresses, and its best plan."""
    problem = random_problem(seeded(seed), resources, demands)
    plan = solve(problem)
    assert plan.outcome.engine != "cpsat"
    return problem, plan


def value(plan: Plan) -> Vector:
    """What a plan reaches in every goal."""
    return tuple(goal.value for goal in plan.outcome.goals)


def solved_gain(problem: Problem, plan: Plan, changes: Sequence[Change]) -> Vector | None:
    """The best plan of the changed problem less this one, goal by goal; None where locks then contradict other rules."""
    try:
        best = solve(changed(problem, changes))
    except ContradictionError:
        return None
    assert best.outcome.status == "optimal"
    assert [goal.name for goal in best.outcome.goals] == [goal.name for goal in plan.outcome.goals]
    return tuple(after - before for after, before in zip(value(best), value(plan), strict=True))


def vector(plan: Plan, effect: Sequence[GoalChange]) -> Vector:
    """An effect with the goals that do not change."""
    by = {change.goal: change.change for change in effect}
    names = [goal.name for goal in plan.outcome.goals]
    assert set(by) <= set(names)
    return tuple(by.get(name, 0) for name in names)
