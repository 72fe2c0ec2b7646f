"""Midnight, touching times and the days of a rolling budget, by hand and by both sides: the plan, and the
checker's amounts.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import matchkit as mk

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)


def _hours(start: float, end: float) -> mk.Window:
    return mk.Window(
        start=MONDAY + timedelta(hours=start), end=MONDAY + timedelta(hours=end)
    )


def _served(rule: Any, *hours: tuple[float, float]) -> int:
    """How many demands, at hours from Monday's midnight, one person serves under a rule."""
    demands = [
        mk.Demand(
            id=f"D{number}",
            community="C",
            windows=[_hours(start, end)],
            requirements=[mk.Requirement(id=f"Q{number}")],
        )
        for number, (start, end) in enumerate(hours)
    ]
    person = mk.Resource(id="R", unit="U", capacity=len(hours))
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[person],
        demands=demands,
        rules=[rule],
    )
    plan = mk.solve(problem)
    assert mk.verify(problem, plan).ok
    return len(plan.assignments)


@pytest.mark.parametrize(
    ("hours", "served"),
    [
        (((22, 24),), 1),  # ends at midnight: Monday only
        (((22, 25),), 0),  # an hour into Tuesday: two days in a row
        (((22, 24), (48, 50)), 2),  # Monday and Wednesday
        (((22, 24), (24, 26)), 1),  # Monday and Tuesday
    ],
)
def test_a_time_that_ends_at_midnight_is_not_of_the_next_day(
    hours: tuple[tuple[float, float], ...], served: int
) -> None:
    assert _served(mk.rules.LongestRun(days=1, zone="UTC"), *hours) == served


@pytest.mark.parametrize(
    ("days", "hours", "served"),
    [
        (
            2,
            ((8, 9), (56, 57)),
            2,
        ),  # Monday and Wednesday: never in one run of two days
        (2, ((8, 9), (32, 33)), 1),  # Monday and Tuesday
        (3, ((8, 9), (56, 57)), 1),
        (3, ((8, 9), (80, 81)), 2),  # Monday and Thursday
    ],
)
def test_a_budget_of_so_many_days_in_a_row_counts_no_day_before_or_after(
    days: int, hours: tuple[tuple[float, float], ...], served: int
) -> None:
    assert (
        _served(
            mk.rules.HoursBudget(minutes=60, per="days", days=days, zone="UTC"), *hours
        )
        == served
    )


def test_why_not_lists_no_free_time_that_only_touches_the_days_asked_for() -> None:
    """Free until Monday's midnight, on Tuesday from 6 to 7, and from Wednesday's midnight on; asked for:
    Tuesday 9 to 10.
    """
    free = [(0, 24), (30, 31), (48, 72)]
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[
            mk.Resource(id="R", unit="U", available=[_hours(*span) for span in free])
        ],
        demands=[
            mk.Demand(
                id="D",
                community="C",
                windows=[_hours(33, 34)],
                requirements=[mk.Requirement(id="Q")],
            )
        ],
    )
    [reason] = mk.why_ineligible(problem, "R", "Q")
    assert reason.rule == "time"
    text = str(reason)
    assert "06:00" in text
    assert "2026-05-04" not in text
    assert "2026-05-06" not in text
