"""The timetable, worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import matchkit as mk
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import days_of, hourly_demand, times_text

pytestmark = pytest.mark.timeout(60)


def _facts(*windows: tuple[str, str], zone: str = "UTC", **more: Any) -> Facts:
    """One demand that wants three and gets one, at these times."""
    times = [
        mk.Window.model_validate_json(f'{{"start": "{start}", "end": "{end}"}}')
        for start, end in windows
    ]
    problem = mk.Problem(
        zone=zone,
        units=[mk.Unit(id="u")],
        communities=[mk.Community(id="c")],
        resources=[mk.Resource(id="r", unit="u")],
        demands=[
            mk.Demand(
                id="d",
                community="c",
                windows=times,
                requirements=[mk.Requirement(id="q", wanted=3)],
                **more,
            )
        ],
    )
    return Facts(problem, mk.solve(problem))


def test_a_slot_counts_in_every_hour_that_its_demand_touches() -> None:
    found = hourly_demand(_facts(("2026-05-05T08:30:00Z", "2026-05-05T10:01:00Z")))
    assert found.days == (date(2026, 5, 5),)
    assert [hour for hour in range(24) if found.wanted[0][hour]] == [8, 9, 10]
    assert (found.wanted[0][8], found.missing[0][8]) == (3, 2)


def test_the_hour_at_which_a_demand_ends_is_not_touched() -> None:
    found = hourly_demand(_facts(("2026-05-05T08:00:00Z", "2026-05-05T10:00:00Z")))
    assert [hour for hour in range(24) if found.wanted[0][hour]] == [8, 9]


def test_hours_are_those_of_the_zone() -> None:
    """20:00 UTC is 04:00 of the next day in Shanghai, and 01:30 in Kolkata, half an hour off."""
    found = hourly_demand(
        _facts(("2026-05-05T20:00:00Z", "2026-05-05T21:00:00Z"), zone="Asia/Shanghai")
    )
    assert (found.days, found.wanted[0][4]) == ((date(2026, 5, 6),), 3)
    found = hourly_demand(
        _facts(("2026-05-05T20:00:00Z", "2026-05-05T21:00:00Z"), zone="Asia/Kolkata")
    )
    assert [hour for hour in range(24) if found.wanted[0][hour]] == [1, 2]


def test_an_hour_that_comes_twice_counts_once() -> None:
    """On 25 October 2026 clocks in Berlin show 02:00 to 03:00 twice."""
    found = hourly_demand(
        _facts(("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"), zone="Europe/Berlin")
    )
    assert {hour: slots for hour, slots in enumerate(found.wanted[0]) if slots} == {
        1: 3,
        2: 3,
        3: 3,
    }


def test_more_than_two_weeks_are_counted_by_day_of_the_week() -> None:
    """5 and 26 May 2026 are Tuesdays."""
    found = hourly_demand(
        _facts(
            ("2026-05-05T08:00:00Z", "2026-05-05T09:00:00Z"),
            ("2026-05-26T08:00:00Z", "2026-05-26T09:00:00Z"),
        )
    )
    assert found.by_weekday
    assert [day.weekday() for day in found.days] == list(range(7))
    assert found.wanted[1][8] == 6


def test_days_between_two_demands_have_a_row() -> None:
    found = hourly_demand(
        _facts(
            ("2026-05-05T08:00:00Z", "2026-05-05T09:00:00Z"),
            ("2026-05-08T08:00:00Z", "2026-05-08T09:00:00Z"),
        )
    )
    assert [day.day for day in found.days] == [5, 6, 7, 8]


def test_a_flexible_demand_stands_at_the_time_that_the_plan_chose() -> None:
    facts = _facts(("2026-05-05T08:00:00Z", "2026-05-05T20:00:00Z"), minutes=60)
    start = facts.plan.assignments[0].start
    assert start is not None
    found = hourly_demand(facts)
    assert [hour for hour in range(24) if found.wanted[0][hour]] == [start.hour]
    assert (
        times_text(facts, 0, "en")
        == f"Tue 2026-05-05 {start:%H}:00-{start.hour + 1:02}:00"
    )


def test_what_has_no_time_is_counted_apart() -> None:
    found = hourly_demand(_facts())
    assert (found.days, found.timeless) == ((), 1)
    assert times_text(_facts(), 0, "zh") == "未定时间"


def test_centuries_of_demand_are_left_out_and_cost_no_time() -> None:
    facts = _facts(("1971-01-02T00:00:00Z", "2199-01-01T00:00:00Z"))
    found = hourly_demand(facts)
    assert (found.days, found.left_out) == ((), 1)
    assert days_of(facts, found) == [[]]


def test_a_demand_of_centuries_keeps_no_other_out_of_the_picture() -> None:
    """The one that comes first by id has two million hours; the other, on Tuesday at 8, is shown."""
    always = mk.Window.model_validate_json(
        '{"start": "1971-01-02T00:00:00Z", "end": "2199-01-01T00:00:00Z"}'
    )
    once = mk.Window.model_validate_json(
        '{"start": "2026-05-05T08:00:00Z", "end": "2026-05-05T09:00:00Z"}'
    )
    problem = mk.Problem(
        communities=[mk.Community(id="c")],
        demands=[
            mk.Demand(
                id=name,
                community="c",
                windows=[when],
                requirements=[mk.Requirement(id=f"{name}.1")],
            )
            for name, when in (("a", always), ("b", once))
        ],
    )
    facts = Facts(problem, mk.solve(problem))
    found = hourly_demand(facts)
    assert (found.days, found.wanted[0][8], found.left_out) == (
        (date(2026, 5, 5),),
        1,
        1,
    )
    assert days_of(facts, found)[1] == [0]


def test_a_demand_touches_the_rows_of_its_days() -> None:
    facts = _facts(
        ("2026-05-05T22:00:00Z", "2026-05-06T02:00:00Z"),
        ("2026-05-08T08:00:00Z", "2026-05-08T09:00:00Z"),
    )
    assert days_of(facts, hourly_demand(facts)) == [[0, 1, 3]]


def test_of_many_times_the_first_two_are_told() -> None:
    facts = _facts(
        *(
            (f"2026-05-{day:02}T08:00:00Z", f"2026-05-{day:02}T09:00:00Z")
            for day in (5, 6, 7, 8)
        )
    )
    assert (
        times_text(facts, 0, "en")
        == "Tue 2026-05-05 08:00-09:00; Wed 2026-05-06 08:00-09:00 and 2 more"
    )
