"""Days worked and days off of a country, from the library ``holidays`` (the extra ``calendars``)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, NamedTuple, NoReturn

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model.weekly import LONGEST_PATTERN


class Workdays(NamedTuple):
    """Every day of a span of time, in one of two lists, both ascending."""

    worked: tuple[date, ...]
    """Working days, with weekend days that are worked to make up for a day off."""
    off: tuple[date, ...]
    """Weekends and public holidays."""


def refuse(where: str | Message, fact: str, advice: str, **values: Any) -> NoReturn:
    """Raises InputError with one complaint about an argument: the messages of these keys."""
    raise InputError(
        [Complaint(where, Message.of(fact, **values), Message.of(advice, **values))]
    )


def _check_span(first: date, last: date) -> None:
    for where, day in (("first", first), ("last", last)):
        if type(day) is not date:  # a datetime is one too, and has a clock
            refuse(where, "record.day", "calendar.day.do")
    if last < first:
        refuse("last", "calendar.order", "calendar.order.do")
    if last - first >= timedelta(days=LONGEST_PATTERN):
        days = (last - first).days + 1
        refuse("last", "calendar.long", "calendar.long.do", days=days, most=LONGEST_PATTERN)


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
        refuse("country", "calendar.no_library", "fault.needs_extra.do", extra="calendars")
    if not isinstance(country, str) or not re.fullmatch("[A-Z]{2}", country):
        refuse("country", "calendar.country", "calendar.country.do")
    try:
        # A make-up day may lie in the year before the holiday that it makes up for.
        calendar = holidays.country_holidays(
            country, years=range(first.year - 1, last.year + 2)
        )
    except NotImplementedError:
        refuse("country", "calendar.unknown", "calendar.unknown.do")
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = tuple(day for day in days if calendar.is_working_day(day))
    return Workdays(worked, tuple(sorted(set(days) - set(worked))))
