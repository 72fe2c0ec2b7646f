"""Days worked and days off of a country, from the library ``holidays`` (the extra ``calendars``), and the
hours that a working life leaves, as weekly patterns for ``Resource.available``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model import Problem, Weekly
from matchkit.model.weekly import LONGEST_PATTERN, clock


class Workdays(NamedTuple):
    """Every day of a span of time, in one of two lists, both ascending."""

    worked: tuple[date, ...]
    """Working days, with weekend days that are worked to make up for a day off."""
    off: tuple[date, ...]
    """Weekends and public holidays."""


def _check_span(first: date, last: date) -> None:
    for where, day in (("first", first), ("last", last)):
        if type(day) is not date:  # a datetime is one too, and has a clock
            raise InputError.of(where, "record.day", "calendar.day")
    if last < first:
        raise InputError.of("last", "calendar.order")
    if last - first >= timedelta(days=LONGEST_PATTERN):
        days = (last - first).days + 1
        raise InputError.of("last", "calendar.long", days=days, most=LONGEST_PATTERN)


def working_days(country: str, first: date, last: date) -> Workdays:
    """The days from ``first`` to ``last`` (both included) that are worked in the country, and those that are
    off.

    ``country`` is an ISO 3166 code of two letters, "CN". Weekends, public holidays and make-up workdays are
    those of the library ``holidays``, which holds what governments have announced: make-up days of a year to
    come are mostly not known before its last months, so ask again then, and keep the library up to date.

    Raises InputError for a country the library does not know, for days that are no span or one of more than
    800 days, and where the extra ``calendars`` is not installed.
    """
    _check_span(first, last)
    try:
        import holidays
    except ImportError:
        raise InputError.of(
            "country", "calendar.no_library", "fault.needs_extra", extra="calendars"
        ) from None
    if not isinstance(country, str) or not re.fullmatch("[A-Z]{2}", country):
        raise InputError.of("country", "calendar.country")
    try:
        # A make-up day may lie in the year before the holiday that it makes up for.
        calendar = holidays.country_holidays(
            country, years=range(first.year - 1, last.year + 2)
        )
    except NotImplementedError:
        raise InputError.of("country", "calendar.unknown") from None
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = tuple(day for day in days if calendar.is_working_day(day))
    return Workdays(worked, tuple(sorted(set(days) - set(worked))))


def outside_eight_hours(
    first: date,
    last: date,
    country: str = "CN",
    tz: str = "Asia/Shanghai",
    morning: str = "08:30",
    evening: str = "18:00",
) -> tuple[Weekly, ...]:
    """The time outside working hours (八小时之外) from ``first`` to ``last``, both included: evenings,
    nights, days off.

    On working days, make-up ones too, it is the time before ``morning`` and from ``evening`` on; on weekends
    and public holidays the whole day. The patterns touch without overlapping, so that a night is one stretch
    with the day off after it. ``country`` is a code as in ``working_days``; ``tz`` says whose clocks show
    ``morning`` and ``evening`` ("HH:MM", the evening also "24:00", for those who work until midnight).

    Raises InputError as ``working_days`` and ``Weekly`` do, and where no time at all is left.
    """
    zone = str(Problem().in_zone(tz).zone)
    morning, evening = (
        _clock("morning", morning, "23:59"),
        _clock("evening", evening, "24:00"),
    )
    if evening <= morning:
        raise InputError.of("evening", "calendar.evening")
    worked, off = working_days(country, first, last)
    parts = (
        ("00:00", morning, worked),
        (evening, "24:00", worked),
        ("00:00", "24:00", off),
    )
    found = tuple(
        _on(days, zone, start, end, first, last)
        for start, end, days in parts
        if start < end and days
    )
    if not found:  # a resource without times is always free: the opposite
        raise InputError.of(Message("calendar.span"), "calendar.nothing")
    return found


def _clock(where: str, text: str, last: str) -> str:
    try:
        return clock(text, last)
    except ValueError:
        raise InputError.of(where, "record.clock", "calendar.clock") from None


def _on(
    days: Collection[date], zone: str, start: str, end: str, first: date, last: date
) -> Weekly:
    """The pattern of exactly these days: the days of the week on which most of them fall, and the
    exceptions.
    """
    every = [
        first + timedelta(days=number) for number in range((last - first).days + 1)
    ]
    chosen, of_week, of_all = (
        set(days),
        Counter(day.isoweekday() for day in days),
        Counter(day.isoweekday() for day in every),
    )
    usual = [
        weekday for weekday in range(1, 8) if 2 * of_week[weekday] > of_all[weekday]
    ] or [of_week.most_common(1)[0][0]]
    return Weekly(
        zone=zone,
        days=tuple(usual),
        start=start,
        end=end,
        first=first,
        last=last,
        off=tuple(
            day for day in every if day.isoweekday() in usual and day not in chosen
        ),
        also=tuple(
            day for day in every if day.isoweekday() not in usual and day in chosen
        ),
    )
