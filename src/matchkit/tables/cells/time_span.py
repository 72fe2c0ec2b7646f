"""Times made of two cells: days beside hours, a start and an end, or a start that lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from matchkit.model.time import moment_written
from matchkit.tables.cells import dates
from matchkit.tables.cells.canonical_times import (
    CellTime,
    LocalMoment,
    check_years,
    checked,
    doubt_days,
    doubt_nights,
    exact,
    last_minutes,
    moment,
)
from matchkit.tables.cells.clock_times import DAY, NOON, TimeOfDay, clock_text
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.dates import without_midnight
from matchkit.tables.cells.halves import certain_minutes
from matchkit.tables.cells.plain import LONGEST_NUMBER, Plain, folded
from matchkit.tables.cells.reading import CellFault, Doubts, refuse
from matchkit.tables.cells.time_tokens import is_nowhere, tokens
from matchkit.tables.formats.plain import written

_JOINS: Final = frozenset({"range", "list"})
_DAYS: Final = _JOINS | {"date", "days"}
_HOURS: Final = _JOINS | {"clock", "part", "next", "after"}
_ITEMS: Final = re.compile("[;；\n\r]+")
"""What parts times in a cell."""


def says(cell: Any, context: Context) -> Literal["days", "hours", ""]:
    """Whether a cell names days without hours, or hours without days; "" for anything else."""
    if isinstance(cell, time) or (
        isinstance(cell, timedelta) and timedelta() <= cell <= timedelta(days=1)
    ):
        return "hours"
    if isinstance(cell, date):  # a moment at midnight stands for its day
        return (
            "days"
            if not isinstance(cell, datetime)
            or (cell.time() == time() and cell.tzinfo is None)
            else ""
        )
    if not isinstance(cell, str) or len(cell) > LONGEST_NUMBER:
        return ""
    try:
        text = folded(_text(cell, context)).casefold()
        kinds = {token.kind for token in tokens(text, context, Doubts())}
    except CellFault as fault:  # a date that is not certain is one all the same
        return "days" if fault.fact.key.startswith("cell.date.") else ""
    if not kinds - _JOINS:
        return ""
    return "days" if kinds <= _DAYS else "hours" if kinds <= _HOURS else ""


def together(cells: Sequence[Any], context: Context) -> Any:
    """Days and hours as one cell, which is a moment where they are a cell of each type."""
    if (
        len(cells) == 2 and isinstance(cells[0], date) and isinstance(cells[1], time)
    ):  # which keeps its seconds
        return datetime.combine(cells[0], cells[1])
    return " ".join(_text(cell, context) for cell in cells)


def from_until(start: Any, end: Any, context: Context) -> str:
    """Hours from a start to an end as one cell."""
    return f"{_text(start, context)} - {_text(end, context)}"


def _text(cell: Any, context: Context) -> str:
    if isinstance(cell, str):
        return ", ".join(
            without_midnight(context.word(item.strip()))
            for item in _ITEMS.split(cell)
            if item.strip()
        )
    if isinstance(cell, datetime):
        cell = cell.date()
    text = written(cell)
    return text[:5] if text[5:] == ":00" else text


class SpanEnd(NamedTuple):
    """A start or an end: a moment, or a day and the minutes of it, either of which may be left out."""

    exact: datetime | None = None
    day: date | None = None
    minutes: int | None = None
    seconds: int = 0
    clock: TimeOfDay | None = None
    """The time of day as it is written, where it is text."""

    @property
    def is_small(self) -> bool:
        """Whether it is written as one that may be of an evening."""
        return (
            self.clock is not None
            and self.clock.as_24 is not self.clock
            and self.clock.is_small
        )

    @property
    def is_24(self) -> bool:
        """Whether it can only be one of the 24-hour clock."""
        return self.clock is not None and self.clock.is_24

    def moment(
        self, otherwise: int, context: Context, doubts: Doubts, ends: bool = False
    ) -> datetime:
        """The moment, of a start or (``ends``) of an end; of a day without hours, after ``otherwise`` minutes
        of it.
        """
        if self.exact is not None or self.day is None:
            return self.exact or refuse("cell.time.no_start")
        if self.minutes is None:
            return moment(self.day, otherwise, context)
        return exact(
            LocalMoment(self.day, self.minutes, self.seconds), context, doubts, ends
        )


def between(
    start: Plain | None,
    end: Plain | None,
    context: Context,
    doubts: Doubts,
    days: bool = False,
) -> tuple[CellTime, ...]:
    """The window from a start to an end; an end at midnight is a doubt where it may be one of the
    ``days``.
    """
    if start is None:
        refuse("cell.time.no_start")
    if end is None:
        refuse("cell.time.no_end")
    first, last = _edge(start, context, doubts), _edge(end, context, doubts)
    if first.exact is None and first.day is None:
        refuse("cell.time.moment_not")
    last = _ending(first, last, context, doubts)
    bare = [edge.exact is None and edge.minutes is None for edge in (first, last)]
    if all(bare) and first.day and last.day and last.day > first.day:
        doubt_days(first.day, last.day, doubts)
    elif any(bare):
        doubts.add("cell.guess.all_day")
    elif first.day is not None and last.day is not None:
        if days and last.minutes == 0:
            doubts.add("cell.guess.begins_day", date=f"{last.day}")
        doubt_nights(first.day, first.minutes or 0, last.day, last.minutes or 0, doubts)
    if any(edge.is_small for edge in (first, last)) and not any(
        edge.is_24 for edge in (first, last)
    ):
        doubts.add("cell.guess.clock24")
    return (
        checked(
            first.moment(0, context, doubts),
            last.moment(DAY, context, doubts, ends=True),
        ),
    )


def _ending(first: SpanEnd, last: SpanEnd, context: Context, doubts: Doubts) -> SpanEnd:
    """The end: on the day of the start where it names none (08:00 to 12:00), and after the last second of a
    day where it names that.
    """
    if last.minutes is not None:
        minutes, seconds = last_minutes(last.minutes, last.seconds)
        last = last._replace(minutes=minutes, seconds=seconds)
    if last.exact is not None or last.day is not None:
        return last
    if first.exact is not None and context.zone:
        first = first._replace(
            day=first.exact.astimezone(ZoneInfo(context.zone)).date()
        )
    if first.day is None or last.minutes is None:
        refuse("cell.time.no_end")
    if (last.minutes, last.seconds) != (0, 0):
        return last._replace(day=first.day)
    if last.clock and last.clock.half and first.minutes and first.minutes < NOON:
        doubts.add(
            "cell.guess.midnight",
            noon=f"{clock_text(first.minutes)}-{clock_text(NOON)}",
        )
    return last._replace(day=first.day, minutes=DAY)


def lasting(
    start: Plain, minutes: int, context: Context, doubts: Doubts
) -> tuple[CellTime, ...]:
    """The window of so many minutes from a start; a day without hours begins at midnight, which is a
    doubt.
    """
    edge = _edge(start, context, doubts)
    if edge.exact is None and edge.day is None:
        refuse("cell.time.moment_not")
    if edge.exact is None and edge.minutes is None:
        doubts.add("cell.guess.from_midnight")
    if edge.is_small:
        doubts.add("cell.guess.clock24")
    began = edge.moment(0, context, doubts)
    return (checked(began, began + timedelta(minutes=minutes)),)


def _edge(cell: Plain, context: Context, doubts: Doubts) -> SpanEnd:
    if isinstance(cell, str):
        return _of_text(cell, context, doubts)
    if isinstance(cell, datetime | time) and cell.microsecond:
        doubts.add("cell.guess.fraction")
        cell = cell.replace(microsecond=0)
    if isinstance(cell, datetime):
        if cell.tzinfo is not None:
            return SpanEnd(exact=cell)
        return SpanEnd(
            day=cell.date(), minutes=cell.hour * 60 + cell.minute, seconds=cell.second
        )
    if isinstance(cell, date):
        return SpanEnd(day=cell)
    if isinstance(cell, time):
        return SpanEnd(minutes=cell.hour * 60 + cell.minute, seconds=cell.second)
    return refuse(
        "cell.date.number" if isinstance(cell, int | float) else "cell.date.not"
    )


def _plainly(text: str) -> SpanEnd | None:
    """A moment that says everything in ISO 8601, as programs write them by the thousand; None where there is
    more to look at.
    """
    found = moment_written(text)
    # In "2026-05-02 02:00-05:00" what looks like an offset may be an end.
    if (
        found is None
        or found.microsecond
        or text[11:13] == "24"
        or (text[10] == " " and text[16:17] == "-")
    ):
        return None
    if found.tzinfo is not None and is_nowhere(found.tzinfo):
        return None
    check_years(found)
    if found.tzinfo is not None:
        return SpanEnd(exact=found)
    clock = TimeOfDay(
        found.hour * 60 + found.minute, style="padded" if text[11] == "0" else "colon"
    )
    return SpanEnd(
        day=found.date(), minutes=clock.minutes, seconds=found.second, clock=clock
    )


def _of_text(cell: str, context: Context, doubts: Doubts) -> SpanEnd:
    text = folded(cell)
    plainly = _plainly(text)
    if plainly is not None:
        return plainly
    made_of = tokens(text.casefold(), context, doubts, moment=True)
    kinds = [token.kind for token in made_of]
    if kinds not in (["date"], ["date", "clock"], ["clock"]):
        refuse("cell.time.moment_not")
    day = (
        dates.resolved(made_of[0].value, context, doubts)
        if kinds[0] == "date"
        else None
    )
    clock: TimeOfDay | None = made_of[-1].value if kinds[-1] == "clock" else None
    if clock is None:
        return SpanEnd(day=day)
    # A colon makes it one of the 24-hour clock, of which the other end may leave no doubt.
    minutes = certain_minutes(clock.as_24)
    if day and clock.offset:
        return SpanEnd(
            exact=exact(
                LocalMoment(day, minutes, clock.seconds, clock.offset), context, doubts
            )
        )
    return SpanEnd(day=day, minutes=minutes, seconds=clock.seconds, clock=clock)
