"""Times in canonical form: windows in UTC, weekly patterns in a line; and what both forms and untidy ones are made into."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from matchkit.errors import InputError
from matchkit.io.cells.clock_times import DAY, told
from matchkit.io.cells.context import Context
from matchkit.io.cells.dates import FIRST_YEAR, LAST_YEAR
from matchkit.io.cells.reading import Note, refuse
from matchkit.model.time import Window
from matchkit.model.weekly import LONGEST_PATTERN, Weekly
from matchkit.words.spans import iso

Time = Window | Weekly

NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_ISO = r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?"
WINDOW = re.compile(rf"{_ISO} ?/ ?{_ISO}", re.ASCII)
_DAYS = r"\d{4}-\d{2}-\d{2}(?:,\d{4}-\d{2}-\d{2})*+"
_NAME = f"(?:{'|'.join(NAMES)})"
WEEKLY = re.compile(
    rf"(?P<days>{_NAME}(?:,{_NAME})*+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d) (?P<first>\d{{4}}-\d\d-\d\d)\.\.(?P<last>\d{{4}}-\d\d-\d\d)"
    rf" (?P<zone>[A-Za-z0-9_+\-/]{{1,60}})(?: off (?P<off>{_DAYS}))?(?: also (?P<also>{_DAYS}))?",
    re.ASCII,
)


def _zone(context: Context) -> str:
    return context.zone or refuse("cell.time.no_zone", Note("cell.accepts.time_zone"))


def check_years(*days: date) -> None:
    """Raises CellFault for a day that no record can hold."""
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        refuse("cell.date.year")


def pattern(days: tuple[int, ...], start: int, end: int, first: date, last: date, context: Context) -> Weekly:
    """The weekly pattern by the context's clocks, hours in minutes of the day (beyond 1,440 on the next one)."""
    zone = _zone(context)
    if last < first:
        refuse("cell.time.order")
    if last - first >= timedelta(days=LONGEST_PATTERN):
        refuse("cell.time.span", Note("cell.accepts.time_dates"), most=LONGEST_PATTERN)
    check_years(first, last)
    try:
        return Weekly(zone=zone, days=days, start=told(start), end=told(end), first=first, last=last)
    except InputError:
        return refuse("cell.time.no_clock" if first == last else "cell.time.no_day")


def moment(day: date, minutes: int, context: Context) -> datetime:
    """The first moment at which the zone's clocks show this time, or a later one where they jump over it."""
    if minutes == DAY:
        return pattern((day.isoweekday(),), 0, DAY, day, day, context).windows()[0].end
    return pattern((day.isoweekday(),), minutes, DAY, day, day, context).windows()[0].start


def checked(start: datetime, end: datetime) -> Window:
    """The window between two moments. Raises CellFault where they are not in order or beyond what records hold."""
    if end <= start:
        refuse("cell.time.order")
    try:
        return Window(start=start, end=end)
    except InputError:
        return refuse("cell.date.year")


def window(found: re.Match[str], context: Context) -> Window:
    """A window from two moments, both with an offset or both by the context's clocks."""
    ends = []
    offsets = found[4], found[8]
    if (offsets[0] is None) != (offsets[1] is None):
        refuse("cell.time.no_zone", Note("cell.accepts.time_zone"))
    for day, clock, second, offset in (found.groups()[:4], found.groups()[4:]):
        try:
            written = datetime.fromisoformat(f"{day}T{clock}{second or ''}{offset or 'Z'}")
            local = None
            if offset is None:
                check_years(written.date())
                local = moment(written.date(), written.hour * 60 + written.minute, context) + timedelta(seconds=written.second)
        except ValueError:
            if clock == "24:00" and not second and offset is None:
                ends.append(moment(_iso_day(day), DAY, context))
                continue
            refuse("cell.date.no_such_day")
        if not FIRST_YEAR - 2 <= written.year <= LAST_YEAR + 2:  # no zone may carry it beyond the calendar
            refuse("cell.date.year")
        ends.append(local or written.astimezone(UTC))
    return checked(*ends)


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
    off, also = (tuple(_iso_day(day) for day in (found[name] or "").split(",") if day) for name in ("off", "also"))
    if last < first:
        refuse("cell.time.order")
    if last - first >= timedelta(days=LONGEST_PATTERN):
        refuse("cell.time.span", Note("cell.accepts.time_dates"), most=LONGEST_PATTERN)
    check_years(first, last)
    if set(off) & set(also) or not all(first <= day <= last for day in (*off, *also)) or max(len(off), len(also)) > LONGEST_PATTERN:
        refuse("cell.time.off")
    days = tuple(NAMES.index(name) + 1 for name in found["days"].split(","))
    if len(days) > len(NAMES):
        refuse("cell.time.mixed")
    if not (_is_clock(found["start"], "23:59") and _is_clock(found["end"], "24:00")):
        refuse("cell.time.no_clock")
    try:
        return Weekly(zone=found["zone"], days=days, start=found["start"], end=found["end"], first=first, last=last, off=off, also=also)
    except InputError as error:
        refuse("cell.zone" if any(complaint.where.startswith("zone") for complaint in error.complaints) else "cell.time.no_day")


def _is_clock(text: str, latest: str) -> bool:
    return text <= latest and text[3:] < "60"


def written_time(time: Time) -> str:
    """A window or a weekly pattern in canonical form."""
    if isinstance(time, Window):
        return iso(time.start, time.end)
    days = ",".join(NAMES[day - 1] for day in time.days)
    lists = "".join(f" {name} {','.join(map(date.isoformat, days))}" for name, days in (("off", time.off), ("also", time.also)) if days)
    return f"{days} {time.start}-{time.end} {time.first}..{time.last} {time.zone}{lists}"
