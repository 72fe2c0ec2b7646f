"""Cells of times: windows and weekly patterns in their canonical form, and what people write for them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from matchkit.messages.message import Message
from matchkit.model.time import Window
from matchkit.tables.cells.canonical_times import (
    WEEKLY,
    WINDOW,
    CellTime,
    MomentSpan,
    check_years,
    checked,
    doubt_change,
    doubt_days,
    exact,
    moment,
    weekly,
    weekly_pattern,
    window,
    written_time,
)
from matchkit.tables.cells.clock_times import DAY
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.dates import without_midnight
from matchkit.tables.cells.halves import Afternoons
from matchkit.tables.cells.lists import MOST_ITEMS, AsItem, check_count, of_item
from matchkit.tables.cells.phrases import DaysNamed, Phrase, phrases
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import CellFault, Doubts, refuse
from matchkit.tables.cells.time_tokens import tokens
from matchkit.tables.location import quote
from matchkit.tables.vocabulary.words import pattern, words

ALWAYS: Final = frozenset(words("times", "always"))
"""Whole cells that mean at all times."""
NEVER: Final = frozenset(words("times", "never"))
"""Whole cells that may mean at no time, or that nobody knows."""
_REASONS: Final = {
    "cell.time.holidays": pattern("<<times.refused.holidays>>"),
    "cell.time.rhythm": pattern("<<times.refused.rhythm>>"),
    "cell.time.vague": pattern("<<times.refused.vague>>"),
}


def refuse_what_no_table_says(text: str) -> None:
    """Raises CellFault for holidays, every other week, and words that say nothing by themselves."""
    for reason, looks in _REASONS.items():
        if looks.search(text):
            refuse(reason, Message("cell.accepts.time_words"))


EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)


def read_times(cell: Plain, context: Context, doubts: Doubts) -> tuple[CellTime, ...]:
    """Windows and weekly patterns; none where the cell says "always", which is a doubt."""
    if isinstance(cell, datetime) and (
        cell.tzinfo is not None or cell.time() != time()
    ):
        refuse("cell.time.moment", Message("cell.accepts.lasting"))
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        check_years(day)
        return (_whole_days(day, day, context, doubts),)
    if not isinstance(cell, str):
        refuse("cell.date.number" if type(cell) in (int, float) else "cell.time.moment")
    items = [item for item in re.split("[;；\n]", _unbroken(cell)) if item.strip()]
    check_count(items, MOST_ITEMS)
    afternoons = Afternoons()
    before: list[DaysNamed] = []
    if len(items) == 1:
        return _times(items[0], context, doubts, afternoons, before)
    found: list[CellTime] = []
    for item in items:
        try:
            found.extend(_times(item, context, doubts, afternoons, before))
        except CellFault as fault:
            raise of_item(quote(item.strip()), fault) from None
    return tuple(found)


_CLOCK: Final = pattern(r"\d ?[:：<<dates.hour_letters>>]")
_BEGINS_WITH_CLOCK: Final = pattern(r"\s*\d{1,2} ?[:：<<dates.hour_letters>>]")


def _unbroken(text: str) -> str:
    """The text with hours that stand in a line of their own put behind their day, which stands alone in the
    line before.
    """
    found: list[str] = []
    for line in re.split("[\n\r]+", text):
        before = re.split("[;；]", found[-1])[-1] if found else ""
        if (
            before.strip()
            and _BEGINS_WITH_CLOCK.match(line)
            and not _CLOCK.search(before)
        ):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return "\n".join(found)


def _times(
    item: str,
    context: Context,
    doubts: Doubts,
    afternoons: Afternoons,
    before: list[DaysNamed],
) -> tuple[CellTime, ...]:
    """The times of one item of a cell, ``before`` being the days that the items before it name."""
    text = item.strip()
    if canonical := WINDOW.fullmatch(text):
        return (window(canonical, context, doubts),)
    if canonical := WEEKLY.fullmatch(text):
        return (weekly(canonical.group()),)
    text = folded(context.word(text))
    if canonical := WINDOW.fullmatch(text):
        return (window(canonical, context, doubts),)
    return _untidy(text.casefold(), context, doubts, afternoons, before)


def _untidy(
    text: str,
    context: Context,
    doubts: Doubts,
    afternoons: Afternoons,
    before: list[DaysNamed],
) -> tuple[CellTime, ...]:
    if text in ALWAYS:
        doubts.add("cell.guess.word", word=text)
        return ()
    if text in NEVER:
        refuse("cell.time.never", Message("cell.accepts.time_words"))
    text = without_midnight(text)
    known = {word for word in context.own_parts if word in text}
    try:
        found = phrases(tokens(text, context, doubts), context, doubts, afternoons)
    except CellFault:
        if not known:
            refuse_what_no_table_says(text)
        raise
    times: list[CellTime] = []
    for phrase in found:
        times.extend(
            [_between(phrase, context, doubts)]
            if isinstance(phrase, MomentSpan)
            else _of_phrase(phrase, context, doubts, before)
        )
    return tuple(times)


def _of_phrase(
    phrase: Phrase, context: Context, doubts: Doubts, before: list[DaysNamed]
) -> list[CellTime]:
    days = phrase.days
    if days is None and before:  # Mon 9:00-11:00; 14:00-16:00
        doubts.add("cell.guess.same_days")
        days = before[-1]
    elif days is None:
        doubts.add("cell.guess.every_day")
        days = DaysNamed(weekdays=EVERY_DAY)
    else:
        before.append(days)
    if days.weekdays and (days.single or len(days.ranges) > 1):
        refuse("cell.time.mixed")
    hours = phrase.hours
    if not hours and not days.weekdays:
        return [
            _whole_days(first, last, context, doubts)
            for first, last in [*((day, day) for day in days.single), *days.ranges]
        ]
    if not hours:
        doubts.add("cell.guess.which_hours")
        hours = [(0, DAY)]
    if days.weekdays:
        first, last = days.ranges[0] if days.ranges else _dates(context)
        return [
            weekly_pattern(days.weekdays, start, end, first, last, context)
            for start, end in hours
        ]
    if days.ranges:
        doubts.add("cell.guess.each_day")
    for day in days.single:
        for start, end in hours:
            doubt_change(day, start, context, doubts)
            doubt_change(day, end, context, doubts, ends=True)
    single: list[CellTime] = [
        weekly_pattern((day.isoweekday(),), start, end, day, day, context).windows()[0]
        for day in days.single
        for start, end in hours
    ]
    return single + [
        weekly_pattern(EVERY_DAY, start, end, first, last, context)
        for first, last in days.ranges
        for start, end in hours
    ]


def _dates(context: Context) -> tuple[date, date]:
    if context.first is None or context.last is None:
        refuse(
            "cell.time.no_dates",
            Message(
                "cell.accepts.time_dates"
                if context.zone
                else "cell.accepts.zone_and_dates"
            ),
        )
    return context.first, context.last


def _between(moments: MomentSpan, context: Context, doubts: Doubts) -> Window:
    return checked(
        exact(moments.start, context, doubts),
        exact(moments.end, context, doubts, ends=True),
    )


def _whole_days(first: date, last: date, context: Context, doubts: Doubts) -> Window:
    doubt_days(first, last, doubts)
    return checked(moment(first, 0, context), moment(last, DAY, context))


def write_times(times: tuple[CellTime, ...], as_item: AsItem) -> str | None:  # noqa: ARG001 - all writers take the same
    """Windows in UTC and weekly patterns, parted by semicolons."""
    return "; ".join(map(written_time, times)) or None
