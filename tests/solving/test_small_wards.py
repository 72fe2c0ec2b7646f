"""A small ward's bound is proven, with a limit and without one: runs of days together with counts a day, and
other pairs of rules.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import matchkit as mk
from matchkit.model import Rule

START = datetime(2026, 5, 4, tzinfo=UTC)


def ward(people: int, days: int, shifts: int, rules: list[Rule]) -> mk.Problem:
    """Every day so many shifts of 8 hours, three hours apart, each for one person."""

    def window(day: int, shift: int) -> mk.Window:
        begin = START + timedelta(days=day, hours=6 + 3 * shift)
        return mk.Window(start=begin, end=begin + timedelta(hours=8))

    return mk.Problem(
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[
            mk.Resource(id=f"p{number}", unit="u", capacity=days * shifts)
            for number in range(people)
        ],
        demands=[
            mk.Demand(
                id=f"s{day}.{shift}",
                community="c",
                windows=[window(day, shift)],
                requirements=[mk.Requirement(id=f"s{day}.{shift}")],
            )
            for day in range(days)
            for shift in range(shifts)
        ],
        rules=rules,
    )


RUN = mk.rules.LongestRun(kind="person", days=3, zone="UTC")
ONE_A_DAY = mk.rules.CountBudget(kind="person", most=1, per="day", zone="UTC")
FIVE_A_WEEK = mk.rules.CountBudget(kind="person", most=5, per="week", zone="UTC")
REST = mk.rules.Rest(kind="person", minutes=16 * 60)


@pytest.mark.parametrize(
    ("people", "days", "shifts", "rules", "most"),
    [
        # Of 10 days a person works 8 at most: of every 4 in a row one is free. Four people fill 32 of 40
        # shifts.
        (4, 10, 4, [RUN, ONE_A_DAY], 32),
        # Of 21 days a person works 16 at most.
        (4, 21, 3, [RUN, ONE_A_DAY], 63),
        (3, 21, 4, [RUN, ONE_A_DAY], 48),
        # Of every week 5 days: three weeks from a Monday on.
        (5, 21, 4, [FIVE_A_WEEK, ONE_A_DAY], 75),
        # After 8 hours of work 16 of rest: at most one shift a day, and runs as above.
        (3, 10, 4, [RUN, REST], 24),
    ],
)
@pytest.mark.parametrize("limit", [30.0, None])
def test_the_most_shifts_that_rules_on_days_allow_are_proven(
    people: int,
    days: int,
    shifts: int,
    rules: list[Rule],
    most: int,
    limit: float | None,
) -> None:
    plan = mk.solve(ward(people, days, shifts, rules), time_limit=limit)
    [first, *_] = plan.outcome.goals
    assert (first.value, first.bound, plan.outcome.status) == (most, most, "optimal")


def test_a_ward_without_a_limit_has_the_same_plan_twice() -> None:
    problem = ward(4, 10, 4, [RUN, ONE_A_DAY])
    assert mk.solve(problem).model_dump_json() == mk.solve(problem).model_dump_json()
