"""Timetable of the demands: slots wanted and missing by day and hour, in the local time of a zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matchkit.messages.message import Lang, joined, text_of
from matchkit.messages.spans import iso, span_text
from matchkit.reporting.facts import Facts

MOST_DAYS = 14
"""Days that have a row each; a longer time is shown by day of the week."""
MOST_HOURS = 1_000_000
"""Most hours of demands that are counted; demands beyond are left out, and their number is shown."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HourlyDemand:
    """Slots wanted and missing: a row a day (or, ``by_weekday``, one of seven), a column an hour.
    ``left_out`` demands are not in it.
    """

    days: tuple[date, ...]
    by_weekday: bool
    wanted: list[list[int]]
    missing: list[list[int]]
    timeless: int
    left_out: int


def spans(facts: Facts, number: int) -> list[tuple[datetime, datetime]]:
    """When a demand takes place, in UTC: its windows, or the time that the plan chose; a flexible one that
    nobody serves has none.
    """
    demand = facts.demands[number]
    if demand.minutes is None:
        return [(window.start, window.end) for window in demand.times]
    start = next(
        (
            facts.starts[need.id]
            for need in demand.requirements
            if need.id in facts.starts
        ),
        None,
    )
    return [] if start is None else [(start, start + timedelta(minutes=demand.minutes))]


def hourly_demand(facts: Facts) -> HourlyDemand:
    """The timetable of all demands; a slot counts in every hour that its demand touches."""
    first = {need: at for at, need in reversed(list(enumerate(facts.demand_of)))}
    wanted, missing = Counter[tuple[date, int]](), Counter[tuple[date, int]]()
    timeless = left_out = looked = 0
    for number, demand in enumerate(facts.demands):
        slots = facts.slots(
            range(first[number], first[number] + len(demand.requirements))
        )
        times = spans(facts, number)
        long = sum((end - start) // HOUR + 1 for start, end in times)
        if not times:
            timeless += 1
        elif looked + long > MOST_HOURS:
            left_out += 1
        else:
            looked += long
            touched = {
                cell for start, end in times for cell in _touched(start, end, facts)
            }
            for cell in touched:
                wanted[cell] += slots.wanted
                missing[cell] += slots.missing
    days = sorted({day for day, _ in wanted})
    by_weekday = bool(days) and (days[-1] - days[0]).days >= MOST_DAYS
    if by_weekday:
        shown = tuple(
            date(2024, 1, 1 + number) for number in range(7)
        )  # the first of 2024 was a Monday
    else:
        shown = (
            tuple(
                days[0] + timedelta(days=number)
                for number in range((days[-1] - days[0]).days + 1)
            )
            if days
            else ()
        )
    return HourlyDemand(
        shown,
        by_weekday,
        _table(wanted, shown, by_weekday),
        _table(missing, shown, by_weekday),
        timeless,
        left_out,
    )


def _touched(start: datetime, end: datetime, facts: Facts) -> list[tuple[date, int]]:
    cells, moment = list[tuple[date, int]](), start
    while moment < end:
        local = moment.astimezone(facts.zone)
        cells.append((local.date(), local.hour))
        past = timedelta(minutes=local.minute, seconds=local.second)
        moment = (moment + HOUR - past).astimezone(UTC)
    return cells


def _table(
    counts: Counter[tuple[date, int]], days: tuple[date, ...], by_weekday: bool
) -> list[list[int]]:
    row = {day.weekday() if by_weekday else day: at for at, day in enumerate(days)}
    table = [[0] * 24 for _ in days]
    for (day, hour), slots in counts.items():
        table[row[day.weekday() if by_weekday else day]][hour] += slots
    return table


LISTED = 2
"""Times of a demand that are listed; of the rest the page says the number."""
MOST_SPANS = 1_000_000
"""Most times whose days are computed."""
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def times_text(facts: Facts, number: int, lang: Lang) -> str:
    """The times of a demand as text: the first two, and how many more there are."""
    times = spans(facts, number)
    if not times:
        return text_of("report.no_time", lang)
    texts = [
        span_text(iso(start, end), lang, zone=facts.zone.key)
        for start, end in times[:LISTED]
    ]
    first = joined(texts, lang, "semicolon")
    return (
        text_of("report.times_more", lang, first=first, more=len(times) - LISTED)
        if len(times) > LISTED
        else first
    )


def days_of(facts: Facts, found: HourlyDemand) -> list[list[int]]:
    """For each demand, the rows of the timetable that it touches."""
    row = {
        day.weekday() if found.by_weekday else day: at
        for at, day in enumerate(found.days)
    }
    looked, all_days = 0, list[list[int]]()
    for number in range(len(facts.demands)):
        times = spans(facts, number)
        looked += len(times)
        touched: set[int] = set()
        for start, end in times if looked <= MOST_SPANS else ():
            touched |= _rows(
                start.astimezone(facts.zone),
                (end - SECOND).astimezone(facts.zone),
                row,
                by_weekday=found.by_weekday,
            )
        all_days.append(sorted(touched))
    return all_days


def _rows(
    start: datetime, last: datetime, row: Mapping[Any, int], *, by_weekday: bool
) -> set[int]:
    day, touched = start.date(), set[int]()
    while day <= last.date() and len(touched) < len(row):
        at = row.get(day.weekday() if by_weekday else day)
        if at is not None:  # else a demand that the picture leaves out
            touched.add(at)
        elif not by_weekday:
            break
        day += DAY
    return touched
