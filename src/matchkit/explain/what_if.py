"""What changes of a problem would bring: both problems solved, and what is proved about the difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from matchkit.answers.apply import apply_changes, listed_changes
from matchkit.answers.changes import Change, FreeAt
from matchkit.answers.comparison import UNKNOWN, GoalShift, Range, WhatIf
from matchkit.errors import InputError
from matchkit.explain.compare import compare, merged
from matchkit.model import Problem
from matchkit.plan import Outcome, Plan
from matchkit.plan.arguments import no_plan
from matchkit.solving.solve import SolveOptions, solve, with_solve_options
from matchkit.verification.checks import check_certificate, verify


@with_solve_options
def what_if(
    problem: Problem,
    plan: Plan | None,
    changes: Iterable[Change],
    **options: Unpack[SolveOptions],
) -> WhatIf:
    """What the changes would bring to the best plan: goal by goal, and how the two plans found differ.

    The options are those of ``solve``, for each of the two solves; with a plan of the problem (else None)
    only the changed problem is solved. Where a plan is not proven optimal, what is said of a goal's best is
    between what the plan reaches and its bound, and the difference is a range. A plan given is verified, its
    certificate against all pairs too; what it says a search proved is taken as said. Raises InputError for
    faults of the changes, BrokenPlanError for a plan that is wrong, and what ``solve`` raises.
    """
    listed = listed_changes(changes)
    other = apply_changes(problem, listed)
    if plan is not None:
        InputError.raise_if(no_plan(plan))
        verify(problem, plan).raise_if_broken()
        if plan.certificate is not None:
            check_certificate(problem, plan).raise_if_broken()
    before = solve(problem, **options) if plan is None else plan
    after = solve(other, **options)
    return WhatIf(
        changes=tuple(_by_clocks_of(problem, change) for change in listed),
        goals=shifts(before.outcome, after.outcome),
        before=before.outcome,
        after=after.outcome,
        comparison=compare(problem, before, after, problem_after=other),
        plan_before=before,
        plan_after=after,
    )


def _by_clocks_of(problem: Problem, change: Change) -> Change:
    """The change with its time shown by the problem's clocks, unless it says by whose."""
    return (
        change.model_copy(update={"zone": problem.zone})
        if isinstance(change, FreeAt) and change.zone is None
        else change
    )


def shifts(before: Outcome, after: Outcome) -> tuple[GoalShift, ...]:
    """What is proved of the best of each goal, in either problem, and of the difference."""
    first, second = best(before), best(after)
    return tuple(
        GoalShift(
            name=name,
            before=first.get(name),
            after=second.get(name),
            difference=_less(second.get(name), first.get(name)),
        )
        for name in merged(list(first), list(second))
    )


def best(outcome: Outcome) -> dict[str, Range]:
    """Where the best of each goal lies: the most that a plan reaches in it which keeps the goals before
    within their tolerance.

    The plan itself reaches its value, and nothing is above the bound; behind a goal that is not reached
    neither says anything.
    """
    found: dict[str, Range] = {}
    reached, last = True, len(outcome.goals) - 1
    for place, goal in enumerate(outcome.goals):
        found[goal.name] = (
            Range(least=goal.value, most=goal.bound) if reached else UNKNOWN
        )
        slack = 0 if place == last else goal.tolerance
        reached = (
            reached and goal.bound is not None and goal.bound - goal.value <= slack
        )
    return found


def _less(one: Range | None, other: Range | None) -> Range:
    if one is None or other is None:
        return UNKNOWN
    least = None if one.least is None or other.most is None else one.least - other.most
    most = None if one.most is None or other.least is None else one.most - other.least
    return Range(least=least, most=most)
