"""Days worked and days off of China as its State Council announced them, and the hours outside work that
follow.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pinned
import pytest

from matchkit.calendars import outside_eight_hours, working_days
from matchkit.errors import InputError
from matchkit.model import Resource

YEAR_2024 = working_days("CN", date(2024, 1, 1), date(2024, 12, 31))
YEAR_2025 = working_days("CN", date(2025, 1, 1), date(2025, 12, 31))

# From the notices of the General Office of the State Council for 2024 and 2025.
MAKE_UP = {
    *(
        date(2024, 2, 4),
        date(2024, 2, 18),
        date(2024, 4, 7),
        date(2024, 4, 28),
        date(2024, 5, 11),
    ),
    *(date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12)),
    *(
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
    ),
}
OFF = [
    *(
        (date(2024, 1, 1), 1),
        (date(2024, 2, 10), 8),
        (date(2024, 4, 4), 3),
        (date(2024, 5, 1), 5),
        (date(2024, 6, 8), 3),
    ),
    *((date(2024, 9, 15), 3), (date(2024, 10, 1), 7)),
    *(
        (date(2025, 1, 1), 1),
        (date(2025, 1, 28), 8),
        (date(2025, 4, 4), 3),
        (date(2025, 5, 1), 5),
        (date(2025, 5, 31), 3),
    ),
    (date(2025, 10, 1), 8),
]
"""First day and length of every holiday."""


def _announced(year: int) -> set[date]:
    """The working days of a year by the notices alone."""
    off = {
        start + timedelta(days=number)
        for start, length in OFF
        for number in range(length)
    }
    days = {date(year, 1, 1) + timedelta(days=number) for number in range(366)}
    return {
        day
        for day in days
        if day.year == year
        and (day in MAKE_UP or (day.weekday() < 5 and day not in off))
    }


@pytest.mark.parametrize(("year", "found"), [(2024, YEAR_2024), (2025, YEAR_2025)])
def test_every_day_of_the_year_is_worked_or_off_as_announced(
    year: int, found: Any
) -> None:
    assert set(found.worked) == _announced(year)


def test_every_day_is_in_one_of_the_two_lists() -> None:
    assert sorted(YEAR_2024.worked + YEAR_2024.off) == [
        date(2024, 1, 1) + timedelta(days=number) for number in range(366)
    ]


def test_spring_festival_of_2024_is_off_and_the_sundays_around_it_are_worked() -> None:
    off = [date(2024, 2, day) for day in range(10, 18)]
    assert set(off) <= set(YEAR_2024.off)
    assert {date(2024, 2, 4), date(2024, 2, 18)} <= set(YEAR_2024.worked)


def test_a_make_up_day_in_the_year_before_its_holiday_is_worked() -> None:
    """Saturday 2011-12-31 was worked for Tuesday 3 January 2012."""
    assert working_days("CN", date(2011, 12, 31), date(2011, 12, 31)).worked == (
        date(2011, 12, 31),
    )


def test_a_weekend_is_the_countrys_own() -> None:
    """Israel rests on Friday and Saturday."""
    assert working_days("IL", date(2024, 7, 4), date(2024, 7, 7)).worked == (
        date(2024, 7, 4),
        date(2024, 7, 7),
    )


def _free_at(
    moment: datetime, *, first: date = date(2024, 2, 1), last: date = date(2024, 2, 29)
) -> bool:
    resource = Resource(id="R", unit="U", available=outside_eight_hours(first, last))
    return any(window.start <= moment < window.end for window in resource.free)


@pytest.mark.parametrize(
    ("local", "free"),
    [
        ("2024-02-05T08:29:59+08:00", True),  # a Monday
        ("2024-02-05T08:30:00+08:00", False),
        ("2024-02-05T17:59:59+08:00", False),
        ("2024-02-05T18:00:00+08:00", True),
        ("2024-02-05T23:59:59+08:00", True),
        ("2024-02-04T10:00:00+08:00", False),  # a Sunday that is worked
        ("2024-02-04T19:00:00+08:00", True),
        ("2024-02-12T10:00:00+08:00", True),  # a Monday of Spring Festival
        ("2024-02-24T10:00:00+08:00", True),  # a Saturday
        ("2024-03-01T00:00:00+08:00", False),  # beyond the last day
        ("2024-01-31T23:59:59+08:00", False),  # before the first
    ],
)
def test_a_volunteer_is_free_outside_the_eight_hours(local: str, free: bool) -> None:
    assert _free_at(datetime.fromisoformat(local)) is free


def test_the_hours_of_a_month_add_up() -> None:
    """February 2024: 29 days, of which 21 weekdays less 5 of Spring Festival plus 2 make-up Sundays are
    worked, 9.5 hours each.
    """
    patterns = outside_eight_hours(date(2024, 2, 1), date(2024, 2, 29))
    hours = sum(
        (w.end - w.start) / timedelta(hours=1)
        for pattern in patterns
        for w in pattern.windows()
    )
    assert hours == 29 * 24 - 18 * 9.5


def test_a_night_and_the_day_off_after_it_are_one_stretch() -> None:
    """Friday 2024-02-23 18:00 to Monday 08:30 touch: no moment is missing, none is double."""
    windows = sorted(
        (w.start, w.end)
        for pattern in outside_eight_hours(date(2024, 2, 23), date(2024, 2, 26))
        for w in pattern.windows()
    )
    after = [
        pair for pair in windows if pair[0] >= datetime(2024, 2, 23, 10, tzinfo=UTC)
    ]
    assert [end for _, end in after[:3]] == [start for start, _ in after[1:4]]
    assert after[3][1] == datetime(2024, 2, 26, 0, 30, tzinfo=UTC)


def test_a_year_takes_three_patterns() -> None:
    assert len(outside_eight_hours(date(2024, 1, 1), date(2024, 12, 31))) == 3


def test_days_without_a_day_off_have_mornings_and_evenings_only() -> None:
    patterns = outside_eight_hours(date(2024, 2, 19), date(2024, 2, 20))
    assert [(pattern.start, pattern.end) for pattern in patterns] == [
        ("00:00", "08:30"),
        ("18:00", "24:00"),
    ]


DAY = date(2024, 2, 19)
REFUSED: dict[str, tuple[Any, str]] = {
    "days in the wrong order": (
        lambda: working_days("CN", DAY, date(2024, 2, 18)),
        pinned.line("last", "calendar.order", "calendar.order.do"),
    ),
    "too many days": (
        lambda: working_days("CN", DAY, date(2026, 4, 29)),
        pinned.line("last", "calendar.long", "calendar.long.do", days=801, most="800"),
    ),
    "a moment for a day": (
        lambda: working_days("CN", datetime(2024, 2, 19, tzinfo=UTC), DAY),
        pinned.line("first", "record.day", "calendar.day.do"),
    ),
    "no code": (
        lambda: working_days("China", DAY, DAY),
        pinned.line("country", "calendar.country", "calendar.country.do"),
    ),
    "a country unknown": (
        lambda: working_days("XX", DAY, DAY),
        pinned.line("country", "calendar.unknown", "calendar.unknown.do"),
    ),
    "a bad clock": (
        lambda: outside_eight_hours(DAY, DAY, morning="8:30"),
        pinned.line("morning", "record.clock", "calendar.clock.do"),
    ),
    "an evening before the morning": (
        lambda: outside_eight_hours(DAY, DAY, evening="06:00"),
        pinned.line("evening", "calendar.evening", "calendar.evening.do"),
    ),
    "no time left": (
        lambda: outside_eight_hours(DAY, DAY, morning="00:00", evening="24:00"),
        pinned.line(
            pinned.text("calendar.span"), "calendar.nothing", "calendar.nothing.do"
        ),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_calendar_is_refused_in_words(case: str) -> None:
    ask, expected = REFUSED[case]
    with pytest.raises(InputError) as caught:
        ask()
    assert [str(complaint) for complaint in caught.value.complaints] == [expected]
    assert re.search("[A-Za-z]+ [a-z]+", caught.value.text("zh")) is None


def test_without_the_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pinned.raises(InputError, "fault.needs_extra.do", extra="calendars"):
        working_days("CN", DAY, DAY)
