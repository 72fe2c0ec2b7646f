"""Weekly patterns: which windows they stand for, also where clocks jump, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pinned
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import matchkit as mk
from matchkit.errors import InputError
from matchkit.model import Demand, Problem, Requirement, Resource, Weekly, Window
from matchkit.solving.digest import digest
from matchkit.tables.published import generated

MONDAY = date(2026, 5, 4)
WEEK: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "days": (1, 2, 3, 4, 5),
    "start": "18:00",
    "end": "22:00",
    "first": MONDAY,
    "last": MONDAY + timedelta(days=6),
}


def pattern(**fields: Any) -> Weekly:
    return Weekly(**{**WEEK, **fields})


def shown(weekly: Weekly) -> list[str]:
    """Windows in UTC as ``05-04 10:00 - 05-04 14:00``."""
    return [
        f"{window.start:%m-%d %H:%M} - {window.end:%m-%d %H:%M}"
        for window in weekly.windows()
    ]


def test_hours_are_local_and_windows_are_in_utc() -> None:
    assert shown(pattern()) == [
        f"05-{day:02} 10:00 - 05-{day:02} 14:00" for day in (4, 5, 6, 7, 8)
    ]


def test_first_and_last_day_are_both_included() -> None:
    weekly = pattern(days=(1, 2, 3, 4, 5, 6, 7), last=MONDAY + timedelta(days=1))
    assert shown(weekly) == ["05-04 10:00 - 05-04 14:00", "05-05 10:00 - 05-05 14:00"]


@pytest.mark.parametrize("length", [1, 2, 7, 8, 14, 15])
def test_no_pattern_stands_for_more_windows_than_it_says_before_they_are_listed(
    length: int,
) -> None:
    for first in range(7):
        since = MONDAY + timedelta(days=first)
        last = since + timedelta(days=length - 1)
        for days in ((1, 2, 3, 4, 5, 6, 7), (since.isoweekday(),)):
            weekly = pattern(days=days, first=since, last=last)
            weeks = -(-length // 7)
            assert len(weekly.windows()) <= weekly.most == weeks * len(days)
    whole = pattern(also=(MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)))
    assert len(whole.windows()) == whole.most == 7


def test_an_end_of_24_00_is_midnight() -> None:
    assert shown(pattern(days=(1,), end="24:00")) == ["05-04 10:00 - 05-04 16:00"]


def test_an_end_before_the_start_lies_on_the_next_day_also_beyond_the_last() -> None:
    assert shown(pattern(days=(7,), end="02:00")) == ["05-10 10:00 - 05-10 18:00"]


def test_an_end_equal_to_the_start_is_a_whole_day() -> None:
    assert shown(pattern(days=(1,), end="18:00")) == ["05-04 10:00 - 05-05 10:00"]


def test_it_does_not_hold_on_days_off() -> None:
    assert shown(pattern(days=(1, 2), off=(MONDAY,))) == ["05-05 10:00 - 05-05 14:00"]


def test_it_holds_on_days_besides_in_their_order() -> None:
    assert [
        text[:5] for text in shown(pattern(days=(3,), also=(date(2026, 5, 9), MONDAY)))
    ] == [
        "05-04",
        "05-06",
        "05-09",
    ]


def once(zone: str, day: str, start: str, end: str) -> list[str]:
    """Windows in UTC of a pattern that holds on one date and the day a week before it."""
    last = date.fromisoformat(day)
    weekly = Weekly(
        zone=zone,
        days=[last.isoweekday()],
        start=start,
        end=end,
        first=last - timedelta(days=7),
        last=last,
    )
    return shown(weekly)[1:]


@pytest.mark.parametrize(
    ("zone", "day", "start", "end", "expected"),
    [
        # Berlin, 2024-03-31: at 02:00 (01:00 UTC) clocks jump to 03:00
        (
            "Europe/Berlin",
            "2024-03-31",
            "01:00",
            "04:00",
            ["03-31 00:00 - 03-31 02:00"],
        ),
        (
            "Europe/Berlin",
            "2024-03-31",
            "02:30",
            "04:00",
            ["03-31 01:00 - 03-31 02:00"],
        ),
        (
            "Europe/Berlin",
            "2024-03-31",
            "01:30",
            "02:30",
            ["03-31 00:30 - 03-31 01:00"],
        ),
        ("Europe/Berlin", "2024-03-31", "02:00", "03:00", []),
        (
            "Europe/Berlin",
            "2024-03-30",
            "22:00",
            "06:00",
            ["03-30 21:00 - 03-31 04:00"],
        ),
        # Berlin, 2024-10-27: at 03:00 (01:00 UTC) clocks go back to 02:00
        (
            "Europe/Berlin",
            "2024-10-27",
            "00:00",
            "24:00",
            ["10-26 22:00 - 10-27 23:00"],
        ),
        (
            "Europe/Berlin",
            "2024-10-27",
            "02:00",
            "03:00",
            ["10-27 00:00 - 10-27 02:00"],
        ),
        (
            "Europe/Berlin",
            "2024-10-27",
            "01:00",
            "02:30",
            ["10-26 23:00 - 10-27 00:30"],
        ),
        (
            "Europe/Berlin",
            "2024-10-27",
            "02:30",
            "04:00",
            ["10-27 00:30 - 10-27 03:00"],
        ),
        # New York, 2026-03-08: at 02:00 (07:00 UTC) clocks jump to 03:00; 2026-11-01: at 02:00 (06:00 UTC)
        # back to 01:00
        (
            "America/New_York",
            "2026-03-08",
            "02:15",
            "03:15",
            ["03-08 07:00 - 03-08 07:15"],
        ),
        (
            "America/New_York",
            "2026-03-07",
            "18:00",
            "02:00",
            ["03-07 23:00 - 03-08 07:00"],
        ),
        (
            "America/New_York",
            "2026-11-01",
            "01:00",
            "02:00",
            ["11-01 05:00 - 11-01 07:00"],
        ),
        (
            "America/New_York",
            "2026-11-01",
            "01:30",
            "09:00",
            ["11-01 05:30 - 11-01 14:00"],
        ),
        # Samoa had no 30 December 2011
        ("Pacific/Apia", "2011-12-30", "09:00", "17:00", []),
        ("Pacific/Apia", "2011-12-29", "22:00", "02:00", ["12-30 08:00 - 12-30 10:00"]),
    ],
)
def test_where_clocks_jump(
    zone: str, day: str, start: str, end: str, expected: list[str]
) -> None:
    assert once(zone, day, start, end) == expected


JUMPS = {
    "Europe/Berlin": ("2024-03-31", "2024-10-27"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2025-04-06", "2025-10-05"),  # by half an hour
    "America/Sao_Paulo": ("2018-02-18", "2018-11-04"),  # at midnight
    "Africa/Casablanca": ("2025-02-23", "2025-04-06"),  # Ramadan
    "Pacific/Apia": ("2011-12-30",),  # a whole day
}


def _first_showing(zone: ZoneInfo, local: datetime) -> datetime:
    """The first minute of UTC at which the zone's clock shows ``local`` or more, looked for minute by
    minute.
    """
    moment = local.replace(tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < local:
        moment += timedelta(minutes=1)
    return moment


@given(
    st.sampled_from([(zone, day) for zone, days in JUMPS.items() for day in days]),
    st.integers(-1, 1),
    st.integers(0, 95),
    st.integers(0, 96),
)
def test_every_window_is_what_looking_at_the_clock_minute_by_minute_gives(
    jump: tuple[str, str], shift: int, start: int, end: int
) -> None:
    name, text = jump
    day = date.fromisoformat(text) + timedelta(days=shift)
    zone, midnight = ZoneInfo(name), datetime.combine(day, datetime.min.time())
    begins = _first_showing(zone, midnight + timedelta(minutes=15 * start))
    ends = _first_showing(
        zone, midnight + timedelta(minutes=15 * end, days=end <= start)
    )
    clock = [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in (start, end)]
    weekly = Weekly(
        zone=name,
        days=[day.isoweekday()],
        start=clock[0],
        end=clock[1],
        first=day - timedelta(days=7),
        last=day,
    )
    found = [
        (window.start, window.end)
        for window in weekly.windows()
        if window.start > begins - timedelta(days=3)
    ]
    assert found == ([(begins, ends)] if begins < ends else [])


@pytest.mark.parametrize(
    ("zone", "day"), [(zone, day) for zone, days in JUMPS.items() for day in days]
)
def test_patterns_that_touch_leave_no_gap_and_no_overlap(zone: str, day: str) -> None:
    """Three that share out the day, over the week around the jump."""
    middle = date.fromisoformat(day)
    hours = [("00:00", "01:45"), ("01:45", "02:15"), ("02:15", "24:00")]
    first, last = middle - timedelta(days=3), middle + timedelta(days=3)
    windows = sorted(
        (window.start, window.end)
        for start, end in hours
        for window in Weekly(
            zone=zone,
            days=[1, 2, 3, 4, 5, 6, 7],
            start=start,
            end=end,
            first=first,
            last=last,
        ).windows()
    )
    assert all(before[1] == after[0] for before, after in pairwise(windows))


def test_the_longest_pattern_stands_for_a_window_a_day() -> None:
    weekly = pattern(days=(1, 2, 3, 4, 5, 6, 7), last=MONDAY + timedelta(days=799))
    assert len(weekly.windows()) == 800


# In records


def test_patterns_and_windows_stand_side_by_side() -> None:
    window = Window(
        start=datetime(2026, 5, 9, 1, tzinfo=UTC),
        end=datetime(2026, 5, 9, 2, tzinfo=UTC),
    )
    resource = Resource(id="R", unit="U", available=[window, pattern(days=(1,))])
    assert resource.free == (window, *pattern(days=(1,)).windows())


def test_a_demand_takes_place_at_all_times_of_its_pattern() -> None:
    demand = Demand(
        id="D", community="C", requirements=[Requirement(id="Q")], windows=[pattern()]
    )
    assert demand.times == pattern().windows()


def test_a_flexible_demand_may_lie_in_a_pattern() -> None:
    demand = Demand(
        id="D",
        community="C",
        requirements=[Requirement(id="Q")],
        windows=[pattern()],
        minutes=60,
    )
    assert len(demand.times) == 5


def _problem(available: Any, windows: Any) -> Problem:
    return Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=[Resource(id="R", unit="U", available=available)],
        demands=[
            Demand(
                id="D",
                community="C",
                requirements=[Requirement(id="Q")],
                windows=windows,
            )
        ],
    )


@pytest.mark.parametrize(("end", "eligible"), [("22:00", True), ("21:00", False)])
def test_a_pattern_is_solved_like_the_windows_it_stands_for(
    end: str, eligible: bool
) -> None:
    problem = _problem([pattern(end=end)], list(pattern().windows()))
    plan = mk.solve(problem)
    assert bool(plan.assignments) is eligible
    assert (
        mk.solve(_problem(list(pattern(end=end).windows()), [pattern()])).assignments
        == plan.assignments
    )


def test_a_problem_with_patterns_is_the_same_again_after_json() -> None:
    problem = _problem([pattern(off=(MONDAY,))], [pattern(days=(7,))])
    assert Problem.from_json(problem.model_dump_json()) == problem


def test_the_order_of_days_and_dates_changes_neither_windows_nor_digest() -> None:
    dates = (MONDAY, MONDAY + timedelta(days=1))
    one, other = (
        pattern(days=(1, 2, 5), off=dates),
        pattern(days=(5, 2, 1), off=dates[::-1]),
    )
    assert one.windows() == other.windows()
    assert digest(_problem([one], [one])) == digest(_problem([other], [other]))


def test_the_order_of_patterns_among_windows_changes_no_digest() -> None:
    times = [pattern(), pattern(days=(7,)), *pattern(days=(6,)).windows()]
    assert digest(_problem(times, ())) == digest(_problem(times[::-1], ()))


# Refused

JSON: dict[str, Any] = {
    **WEEK,
    "days": [1, 2],
    "first": "2026-05-04",
    "last": "2026-05-10",
}
REFUSED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no zone": (
        {"zone": "Shanghai/Asia"},
        [pinned.line(".zone (id D1)", "record.zone.unknown", "record.zone.unknown.do")],
    ),
    "no days": (
        {"days": []},
        [pinned.line(".days (id D1)", "record.short", "record.short.do", least=1)],
    ),
    "day 0": (
        {"days": [0]},
        [pinned.line(".days[0] (id D1)", "record.weekday", "record.weekday.do")],
    ),
    "an hour without zero": (
        {"start": "8:00"},
        [
            pinned.line(
                ".start (id D1)", "record.clock", "record.clock.do", last="23:59"
            )
        ],
    ),
    "a start at 24:00": (
        {"start": "24:00"},
        [
            pinned.line(
                ".start (id D1)", "record.clock", "record.clock.do", last="23:59"
            )
        ],
    ),
    "an end at 24:01": (
        {"end": "24:01"},
        [pinned.line(".end (id D1)", "record.clock", "record.clock.do", last="24:00")],
    ),
    "seconds": (
        {"end": "22:00:30"},
        [pinned.line(".end (id D1)", "record.clock", "record.clock.do", last="24:00")],
    ),
    "a number for a time": (
        {"end": 22},
        [pinned.line(".end (id D1)", "record.text", "record.text.do")],
    ),
    "a moment for a day": (
        {"first": "2026-05-04T00:00:00Z"},
        [pinned.line(".first (id D1)", "record.day", "record.day.do")],
    ),
    "a number for a day": (
        {"first": 20577},
        [pinned.line(".first (id D1)", "record.day", "record.day.do")],
    ),
    "no such day": (
        {"off": ["2026-02-30"]},
        [pinned.line(".off[0] (id D1)", "record.day", "record.day.do")],
    ),
    "a year too far": (
        {"last": "2199-01-01"},
        [
            pinned.line(
                ".last (id D1)",
                "record.year",
                "record.year.do",
                year=2199,
                first=1972,
                last=2198,
            )
        ],
    ),
    "a last before the first": (
        {"last": "2026-05-03"},
        [pinned.line(" (id D1)", "record.dates", "record.dates.do")],
    ),
    "too long": (
        {"last": "2028-07-12"},
        [
            pinned.line(
                " (id D1)", "record.pattern_long", "record.pattern_long.do", most=800
            )
        ],
    ),
    "a day off outside": (
        {"off": ["2026-05-11"]},
        [
            pinned.line(
                " (id D1)",
                "record.outside",
                "record.outside.do",
                day="2026-05-11",
                field="off",
            )
        ],
    ),
    "a day both ways": (
        {"off": ["2026-05-04"], "also": ["2026-05-04"]},
        [
            pinned.line(
                " (id D1)",
                "record.off_and_also",
                "record.off_and_also.do",
                day="2026-05-04",
            )
        ],
    ),
    "no day left": (
        {"days": [1], "off": ["2026-05-04"]},
        [pinned.line(" (id D1)", "record.never", "record.never.do")],
    ),
    "an unknown field": (
        {"of": []},
        [
            pinned.line(
                " (id D1)",
                "record.field",
                "record.field.near.do",
                field="of",
                near="off",
            )
        ],
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_fault_of_a_pattern_has_its_words(
    refusal: Callable[[Any], InputError], sound: dict[str, Any], fault: str
) -> None:
    change, expected = REFUSED[fault]
    sound["demands"][0]["windows"] = [JSON | change]
    assert [str(complaint) for complaint in refusal(json.dumps(sound)).complaints] == [
        f"demands[0].windows[0]{text}" for text in expected
    ]


def test_what_is_missing_in_a_pattern_is_named(
    refusal: Callable[[Any], InputError], sound: dict[str, Any]
) -> None:
    sound["demands"][0]["windows"] = [{"zone": "UTC", "days": [1]}]
    assert [complaint.where for complaint in refusal(json.dumps(sound)).complaints] == [
        f"demands[0].windows[0].{name} (id D1)"
        for name in ("start", "end", "first", "last")
    ]


def test_times_that_stand_for_too_many_windows_are_refused_unexpanded(
    refusal: Callable[[Any], InputError], sound: dict[str, Any]
) -> None:
    every = JSON | {"days": [1, 2, 3, 4, 5, 6, 7], "last": "2028-05-04"}
    sound["demands"][0]["windows"] = [every, every]
    assert [str(complaint) for complaint in refusal(json.dumps(sound)).complaints] == [
        pinned.line(
            "demands[0] (id D1)",
            "record.windows",
            "record.windows.do",
            most=1470,
            limit=1000,
        )
    ]


def test_a_text_for_a_day_is_refused_in_python() -> None:
    with pinned.raises(InputError, "record.day", "record.day.do", about="first"):
        pattern(first="2026-05-04")


def test_a_window_of_text_hours_is_still_a_faulty_window(
    refusal: Callable[[Any], InputError], sound: dict[str, Any]
) -> None:
    sound["demands"][0]["windows"] = [{"start": "18:00", "end": "22:00"}]
    assert {complaint.fact for complaint in refusal(json.dumps(sound)).complaints} == {
        pinned.text("record.moment")
    }


def _change(**fields: Any) -> dict[str, Any]:
    return {
        "units": [{"id": "U"}],
        "resources": [{"id": "R", "unit": "U", "available": [JSON | fields]}],
    }


@pytest.mark.parametrize(
    ("fields", "sound"),
    [
        ({}, True),
        ({"end": "24:00"}, True),
        ({"start": "24:00"}, False),
        ({"days": [8]}, False),
        ({"first": "4 May"}, False),
        ({"x": 1}, False),
    ],
)
def test_the_schema_judges_a_pattern_as_the_records_do(
    fields: dict[str, Any], sound: bool
) -> None:
    data = _change(**fields)
    assert Draft202012Validator(generated("problem")).is_valid(data) is sound
    if sound:
        Problem.from_json(json.dumps(data))
    else:
        with pytest.raises(InputError):
            Problem.from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("field", "day"), [("first", date(1971, 12, 31)), ("last", date(2199, 1, 1))]
)
def test_a_pattern_stays_a_year_within_what_a_moment_may_be(
    field: str, day: date
) -> None:
    with pinned.raises(InputError, "record.year.do", first=1972, last=2198):
        pattern(**{field: day})


@pytest.mark.parametrize("year", [1972, 2198])
def test_the_first_and_the_last_year_that_are_allowed_are_allowed(year: int) -> None:
    first = date(year, 6, 1)
    assert pattern(first=first, last=first + timedelta(days=6)).first == first


@pytest.mark.parametrize("minute", range(60))
def test_a_start_that_the_clock_jumps_over_is_the_second_of_the_jump(
    minute: int,
) -> None:
    """Berlin, 2024-03-31: at 01:00 UTC clocks jump from 02:00 to 03:00."""
    sunday = date(2024, 3, 31)
    weekly = Weekly(
        zone="Europe/Berlin",
        days=[7],
        start=f"02:{minute:02}",
        end="04:00",
        first=sunday,
        last=sunday,
    )
    assert [window.start for window in weekly.windows()] == [
        datetime(2024, 3, 31, 1, tzinfo=UTC)
    ]
