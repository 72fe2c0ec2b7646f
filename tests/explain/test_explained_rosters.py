"""What explanations say of rules on the days of one resource: conflicts, parts of a problem, what is lacking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import matchkit as mk
import matchkit.model as m
from matchkit.answers.repairs import RepairCosts
from matchkit.compile.instance import Instance
from matchkit.errors import ContradictionError
from matchkit.explain.repairs.people import Near
from matchkit.explain.repairs.surroundings import around

WEEK = [
    m.Demand(
        id=f"D{day}",
        community="C",
        windows=[
            m.Window(
                start=datetime(2026, 5, day, 8, tzinfo=UTC),
                end=datetime(2026, 5, day, 16, tzinfo=UTC),
            )
        ],
        requirements=[m.Requirement(id=f"Q{day}")],
    )
    for day in range(4, 10)
]
"""One place each day from Monday on."""


def week(*rules: Any) -> m.Problem:
    """One person for six days."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id="A", unit="U", capacity=9)],
        demands=WEEK,
        rules=rules,
    )


def lock(day: int) -> m.Lock:
    return m.Lock(resource="A", requirement=f"Q{day}")


TWO, THREE = m.CountBudget(most=2), m.CountBudget(most=3)


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        # Work before or after Wednesday makes the run long enough; other demands are not locked.
        ([m.ShortestRun(days=3), lock(6), THREE], []),
        ([m.ShortestRun(days=3), lock(6), TWO], ["count_budget", "lock A Q6", "shortest_run"]),
        ([m.ShortestRun(days=3), lock(4), TWO], []),  # Monday may be the end of a longer run
        ([m.ShortestBreak(days=4), lock(4), lock(7)], []),  # or all days between are worked
        (
            [m.ShortestBreak(days=3), lock(4), lock(7), THREE],
            ["count_budget", "lock A Q4", "lock A Q7", "shortest_break"],
        ),
        ([m.WeekendBudget(most=0), lock(9)], ["lock A Q9", "weekend_budget"]),
    ],
)  # fmt: skip
def test_conflicts_look_at_all_that_a_resource_could_serve(
    rules: list[m.Rule], labels: list[str]
) -> None:
    """By hand. Two units or three, and so no break of three days: between Monday and Thursday lie two days."""
    problem = week(*rules)
    found = mk.conflicts(problem).conflicts
    assert [sorted(one.label for one in conflict.members) for conflict in found] == (
        [labels] if labels else []
    )
    if labels:
        with pytest.raises(ContradictionError):
            mk.solve(problem)
    else:
        assert mk.solve(problem).outcome.status == "optimal"


def test_a_part_of_a_problem_asks_nobody_for_runs_whose_days_lie_outside() -> None:
    """A serves three days; around Wednesday's demand nothing else of these is known."""
    rules = m.ShortestRun(days=3), m.ShortestBreak(days=3), m.WeekendBudget(most=1)
    problem = week(*rules, m.CountBudget(most=3))
    plan = mk.solve(problem)
    instance = Instance(problem)
    demand = problem.demands[2]
    part = around(problem, plan, Near(instance, demand, RepairCosts())).problem
    assert {rule.rule for rule in part.rules} <= {
        "weekend_budget",
        "count_budget",
        "lock",
    }


def test_a_lone_day_stays_empty_because_its_run_would_be_too_short() -> None:
    """Wednesday alone is worth serving; Tuesday and Thursday cost more than they are worth."""
    away = m.Scores(
        resource="A",
        requirements=[f"Q{day}" for day in (4, 5, 7, 8, 9)],
        points=[-900] * 5,
    )
    aims = [m.Aim(name="weight", parts=[m.Part(measure="weight")])]
    problem = week(m.ShortestRun(days=2)).model_copy(
        update={"scores": (away,), "objective": m.Objective(aims=aims)}
    )
    plan = mk.solve(problem)
    assert plan.assignments == ()
    lacking = mk.Explainer(problem, plan).shortage("Q6")
    assert lacking.line() == (
        "Q6 (tier 1) lacks 1: one more would break shortest_run (shortest_run) by 1"
    )
    assert mk.check_witness(problem, plan, lacking).ok
