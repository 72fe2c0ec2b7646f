"""Times in canonical form: windows in UTC, weekly patterns in a line; and what both forms and untidy ones are
made into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.messages.spans import iso
from matchkit.model.time import WHOLE_MOMENT, Window, moment_written
from matchkit.model.weekly import LONGEST_PATTERN, Weekly
from matchkit.tables.cells.clock_times import DAY, LAST_SECOND, clock_text
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.dates import FIRST_YEAR, LAST_YEAR
from matchkit.tables.cells.reading import Doubts, refuse

CellTime = Window | Weekly


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A time on a date: in minutes of the day and seconds, by the clocks of the plan's zone unless it has an
    offset.
    """

    day: date
    minutes: int
    seconds: int = 0
    offset: timezone | None = None


@dataclass(frozen=True, slots=True)
class MomentSpan:
    """From a moment until a moment."""

    start: LocalMoment
    end: LocalMoment


def last_minutes(minutes: int, seconds: int) -> tuple[int, int]:
    """Minutes and seconds of an end: the last second of a day is its end, as programs write it."""
    return (DAY, 0) if (minutes, seconds) == LAST_SECOND else (minutes, seconds)


def doubt_days(first: date, last: date, doubts: Doubts) -> None:
    """Notes a doubt about days without hours: all day, or of several days one span that hours on each of them
    may be meant by.
    """
    if first == last:
        doubts.add("cell.guess.all_day")
    else:
        doubts.add("cell.guess.one_span", days=(last - first).days + 1)


def doubt_nights(first: date, start: int, last: date, end: int, doubts: Doubts) -> None:
    """Notes a doubt where a time from a date to another may be hours on each of its days, as in
    5月2日8:00至5月4日18:00.

    From 22:00 until 6:00 of the next day, or from midnight to midnight, it cannot.
    """
    nights = (last - first).days
    if (nights == 1 and start < end < DAY and start) or (
        nights > 1 and (start, end % DAY) != (0, 0)
    ):
        doubts.add("cell.guess.through")


NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

WINDOW = re.compile(f"({WHOLE_MOMENT}) ?/ ?({WHOLE_MOMENT})", re.ASCII)
_DAYS = r"\d{4}-\d{2}-\d{2}(?:,\d{4}-\d{2}-\d{2})*+"
_NAME = f"(?:{'|'.join(NAMES)})"
WEEKLY = re.compile(
    rf"(?P<days>{_NAME}(?:,{_NAME})*+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d) "
    rf"(?P<first>\d{{4}}-\d\d-\d\d)\.\.(?P<last>\d{{4}}-\d\d-\d\d)"
    rf" (?P<zone>[A-Za-z0-9_+\-/]{{1,60}})(?: off (?P<off>{_DAYS}))?(?: also (?P<also>{_DAYS}))?",
    re.ASCII,
)


def _zone(context: Context) -> str:
    return context.zone or refuse(
        "cell.time.no_zone", Message("cell.accepts.time_zone")
    )


def check_years(*days: date) -> None:
    """Raises CellFault for a day that no record can hold."""
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        refuse("cell.date.year")


def _check_dates(first: date, last: date) -> None:
    """Raises CellFault for dates between which no weekly pattern can hold."""
    if last < first:
        refuse("cell.time.order")
    if last - first >= timedelta(days=LONGEST_PATTERN):
        advice = Message("cell.accepts.time_dates")
        refuse("cell.time.span", advice, most=LONGEST_PATTERN)
    check_years(first, last)


def weekly_pattern(
    days: tuple[int, ...],
    start: int,
    end: int,
    first: date,
    last: date,
    context: Context,
) -> Weekly:
    """The weekly pattern by the context's clocks, hours in minutes of the day (beyond 1,440 on the next
    one).
    """
    zone = _zone(context)
    _check_dates(first, last)
    try:
        return Weekly(
            zone=zone,
            days=days,
            start=clock_text(start),
            end=clock_text(end),
            first=first,
            last=last,
        )
    except InputError:
        return refuse("cell.time.no_clock" if first == last else "cell.time.no_day")


def moment(day: date, minutes: int, context: Context) -> datetime:
    """The first moment at which the zone's clocks show this time, or a later one where they jump over it."""
    if minutes == DAY:
        return (
            weekly_pattern((day.isoweekday(),), 0, DAY, day, day, context)
            .windows()[0]
            .end
        )
    return (
        weekly_pattern((day.isoweekday(),), minutes, DAY, day, day, context)
        .windows()[0]
        .start
    )


def doubt_change(
    day: date, minutes: int, context: Context, doubts: Doubts, ends: bool = False
) -> None:
    """Notes a doubt where the zone's clocks never show this time of a day, or show it twice.

    The first minute that they skip is no doubt as an end: it is the moment of the change.
    """
    zone = ZoneInfo(_zone(context))
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    first, second = (
        local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)
    )
    if first is None or second is None or first == second:
        return
    values = {"time": clock_text(minutes % DAY), "date": f"{local.date()}"}
    if first > second:
        doubts.add("cell.guess.twice", **values)
    elif not ends or _is_skipped(local - timedelta(minutes=1), zone):
        doubts.add("cell.guess.skipped", **values)


def _is_skipped(local: datetime, zone: ZoneInfo) -> bool:
    before, after = (
        local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    return before > after


def checked(start: datetime, end: datetime) -> Window:
    """The window between two moments. Raises CellFault where they are not in order or beyond what records
    hold.
    """
    if end <= start:
        refuse("cell.time.order")
    try:
        return Window(start=start, end=end)
    except InputError:
        return refuse("cell.date.year")


def exact(
    given: LocalMoment, context: Context, doubts: Doubts, ends: bool = False
) -> datetime:
    """The moment in UTC: a start or (``ends``) an end, with a doubt where clocks change then.

    Raises CellFault where it lies in a year that no record can hold.
    """
    check_years(given.day)
    rest = timedelta(seconds=given.seconds)
    if given.offset is None:
        found = moment(given.day, given.minutes, context) + rest
        doubt_change(given.day, given.minutes, context, doubts, ends)
        return found
    local = datetime(
        given.day.year, given.day.month, given.day.day, tzinfo=given.offset
    )
    return (local + timedelta(minutes=given.minutes) + rest).astimezone(UTC)


def window(found: re.Match[str], context: Context, doubts: Doubts) -> Window:
    """A window from two moments, both with an offset or both by the context's clocks."""
    ends = [
        moment_written(text) or refuse("cell.date.no_such_day")
        for text in found.groups()
    ]
    if (ends[0].tzinfo is None) != (ends[1].tzinfo is None):
        refuse("cell.time.no_zone", Message("cell.accepts.time_zone"))
    if not all(
        FIRST_YEAR - 2 <= end.year <= LAST_YEAR + 2 for end in ends
    ):  # no zone may carry one beyond the calendar
        refuse("cell.date.year")
    if ends[0].tzinfo is None:
        start, end = (
            LocalMoment(end.date(), end.hour * 60 + end.minute, end.second)
            for end in ends
        )
        ends = [exact(start, context, doubts), exact(end, context, doubts, ends=True)]
    return checked(*(end.astimezone(UTC) for end in ends))


def _iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return refuse("cell.date.no_such_day")


@lru_cache(4_096)  # many people share one pattern, each in a cell of his own
def weekly(text: str) -> Weekly:
    """A weekly pattern in canonical form."""
    found = WEEKLY.fullmatch(text)
    assert found is not None, "who asks has looked"  # noqa: S101
    first, last = _iso_day(found["first"]), _iso_day(found["last"])
    off, also = (
        tuple(_iso_day(day) for day in (found[name] or "").split(",") if day)
        for name in ("off", "also")
    )
    _check_dates(first, last)
    if (
        set(off) & set(also)
        or not all(first <= day <= last for day in (*off, *also))
        or max(len(off), len(also)) > LONGEST_PATTERN
    ):
        refuse("cell.time.off")
    days = tuple(NAMES.index(name) + 1 for name in found["days"].split(","))
    if len(days) > len(NAMES):
        refuse("cell.time.mixed")
    if not (_is_clock(found["start"], "23:59") and _is_clock(found["end"], "24:00")):
        refuse("cell.time.no_clock")
    try:
        return Weekly(
            zone=found["zone"],
            days=days,
            start=found["start"],
            end=found["end"],
            first=first,
            last=last,
            off=off,
            also=also,
        )
    except InputError as error:
        refuse(
            "cell.zone"
            if any(complaint.where.startswith("zone") for complaint in error.complaints)
            else "cell.time.no_day"
        )


def _is_clock(text: str, latest: str) -> bool:
    return text <= latest and text[3:] < "60"


def written_time(time: CellTime) -> str:
    """A window or a weekly pattern in canonical form."""
    if isinstance(time, Window):
        return iso(time.start, time.end)
    days = ",".join(NAMES[day - 1] for day in time.days)
    lists = "".join(
        f" {name} {','.join(map(date.isoformat, days))}"
        for name, days in (("off", time.off), ("also", time.also))
        if days
    )
    return (
        f"{days} {time.start}-{time.end} {time.first}..{time.last} {time.zone}{lists}"
    )
