"""The example of a week says what can be worked out by hand."""

from __future__ import annotations

import importlib

import pytest

import matchkit as mk
from matchkit.plan import Plan

pytest.importorskip(
    "holidays", reason="the calendar of the example is the extra 'calendars'"
)
pytestmark = pytest.mark.usefixtures("examples_on_path")


@pytest.fixture
def problem() -> mk.Problem:
    built: mk.Problem = importlib.import_module("a_week").build()
    return built


@pytest.fixture
def plan(problem: mk.Problem) -> Plan:
    return mk.solve(problem)


def test_seven_of_nine_slots_are_the_most(plan: Plan) -> None:
    """Three classes, choir and two cleaners take 360 + 90 + 240 = 690 minutes, two helpers may give 660; the
    library has nobody.
    """
    assert plan.outcome.status == "optimal"
    assert sum(entry.quantity for entry in plan.assignments) == 7
    assert sum(lack.missing for lack in plan.shortfalls) == 2
    assert ("library helper", "nobody_eligible") in [
        (lack.requirement, lack.reason) for lack in plan.shortfalls
    ]


def test_the_spring_clean_starts_at_one(plan: Plan) -> None:
    """The choir has the hall until 11:30, it is aired until 12:30, and at 13:00 two hours are left; before
    the choir are two hours only.
    """
    starts = {
        entry.start.isoformat() for entry in plan.assignments if entry.start is not None
    }
    assert starts == {"2026-05-10T05:00:00+00:00"}


def test_an_hour_earlier_the_hall_would_be_aired_for_one_of_the_two_only(
    problem: mk.Problem,
) -> None:
    """Closed at 14:00, the clean starts at noon at the latest: half an hour after the choir, an hour is
    needed.
    """
    shut = problem.model_copy(
        update={"demands": tuple(_until(demand, "14:00") for demand in problem.demands)}
    )
    unaired = shut.model_copy(
        update={
            "rules": tuple(
                rule for rule in shut.rules if not isinstance(rule, mk.rules.Rest)
            )
        }
    )
    rooms = [
        sum(entry.resource == "hall" for entry in mk.solve(made).assignments)
        for made in (shut, unaired)
    ]
    assert rooms == [1, 2]


def _until(demand: mk.Demand, end: str) -> mk.Demand:
    if demand.minutes is None:
        return demand
    windows = tuple(
        time.model_copy(update={"end": end})
        for time in demand.windows
        if isinstance(time, mk.Weekly)
    )
    return demand.model_copy(update={"windows": windows})


def test_it_prints_the_week_and_why_nobody_can_open_the_library(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("a_week").main()
    told = capsys.readouterr().out
    for line in (
        "Sun 10:00 choir",
        "Sun 13:00 spring clean (the plan chose the hour)",
        "library helper lacks 1: nobody_eligible",
        "ana cannot open the library: free Fri 2026-05-08 10:00",
        "optimal, cpsat: demand spring clean is flexible",
    ):
        assert line in told
