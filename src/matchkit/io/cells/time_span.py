"""Times whose start and end stand in two columns."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from matchkit.io.cells import dates
from matchkit.io.cells.canonical_times import Time, check_years, checked, moment
from matchkit.io.cells.clock_times import DAY, Clock
from matchkit.io.cells.context import Context
from matchkit.io.cells.moments import certain_minutes, doubt_nights
from matchkit.io.cells.plain import Plain, folded
from matchkit.io.cells.reading import Doubts, refuse
from matchkit.io.cells.time_tokens import tokens

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


class Edge(NamedTuple):
    """A start or an end: a moment, or a day and the minutes of it, either of which may be left out."""

    exact: datetime | None = None
    day: date | None = None
    minutes: int | None = None
    seconds: int = 0
    clock: Clock | None = None
    """The time of day as it is written, where it is text."""

    @property
    def is_small(self) -> bool:
        """Whether it is written as one that may be of an evening."""
        return self.clock is not None and self.clock.as_24 is not self.clock and self.clock.is_small

    @property
    def is_24(self) -> bool:
        """Whether it can only be one of the 24-hour clock."""
        return self.clock is not None and self.clock.is_24


def between(start: Plain | None, end: Plain | None, context: Context, doubts: Doubts) -> tuple[Time, ...]:
    """The window from a start to an end."""
    if start is None:
        refuse("cell.time.no_start")
    if end is None:
        refuse("cell.time.no_end")
    first, last = _edge(start, context, doubts), _edge(end, context, doubts)
    if first.exact is None and first.day is None:
        refuse("cell.time.no_start")
    if last.exact is None and last.day is None:  # 08:00 to 12:00 of one day
        if first.day is None:
            refuse("cell.time.no_end")
        last = last._replace(day=first.day)
    if (first.exact is None and first.minutes is None) or (last.exact is None and last.minutes is None):
        doubts.add("cell.guess.all_day")
    elif first.day is not None and last.day is not None:
        doubt_nights(first.day, first.minutes or 0, last.day, last.minutes or 0, doubts)
    if any(edge.is_small for edge in (first, last)) and not any(edge.is_24 for edge in (first, last)):
        doubts.add("cell.guess.clock24")
    return (checked(_moment(first, 0, context), _moment(last, DAY, context)),)


def _moment(edge: Edge, otherwise: int, context: Context) -> datetime:
    if edge.exact is not None or edge.day is None:
        return edge.exact or refuse("cell.time.no_start")
    check_years(edge.day)
    return moment(edge.day, otherwise if edge.minutes is None else edge.minutes, context) + timedelta(seconds=edge.seconds)


def _edge(cell: Plain, context: Context, doubts: Doubts) -> Edge:
    if isinstance(cell, datetime):
        if cell.microsecond:
            refuse("cell.time.no_clock")
        if cell.tzinfo is not None:
            return Edge(exact=cell)
        # What spreadsheets hold for a day is its first moment.
        minutes = cell.hour * 60 + cell.minute
        return Edge(day=cell.date(), minutes=minutes if cell.time() != time() else None, seconds=cell.second)
    if isinstance(cell, date):
        return Edge(day=cell)
    if isinstance(cell, time):
        return Edge(minutes=cell.hour * 60 + cell.minute, seconds=cell.second) if not cell.microsecond else refuse("cell.time.no_clock")
    if not isinstance(cell, str):
        refuse("cell.date.number" if isinstance(cell, int | float) else "cell.date.not")
    return _of_text(cell, context, doubts)


def _of_text(cell: str, context: Context, doubts: Doubts) -> Edge:
    text = folded(cell)
    if _ISO.fullmatch(text):
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            refuse("cell.date.no_such_day")
        check_years(found.date())
        return Edge(exact=found)
    made_of = tokens(re.sub(r"(?<=\d)t(?=\d)", " ", text.casefold()), context, doubts)
    kinds = [token.kind for token in made_of]
    if kinds not in (["date"], ["date", "clock"], ["clock"]):
        refuse("cell.time.moment_not")
    day = dates.resolved(made_of[0].value, context, doubts) if kinds[0] == "date" else None
    clock: Clock | None = made_of[-1].value if kinds[-1] == "clock" else None
    # A colon makes it one of the 24-hour clock, of which the other end may leave no doubt.
    return Edge(day=day, minutes=certain_minutes(clock.as_24) if clock else None, clock=clock)
