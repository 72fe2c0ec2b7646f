"""When demands take place, told in a zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from matchkit.messages.message import Lang, joined, text_of
from matchkit.messages.spans import iso
from matchkit.messages.spans import span_text as span_told
from matchkit.reporting.facts import Facts
from matchkit.reporting.hours import Hours, spans

TOLD = 2
"""So many times of a demand are told, before the rest is counted."""
MOST_SPANS = 1_000_000
"""Most times whose days are looked at."""
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def time_told(facts: Facts, number: int, lang: Lang) -> str:
    """The times of a demand, the first two in words."""
    times = spans(facts, number)
    if not times:
        return text_of("report.no_time", lang)
    told = [
        span_told(iso(start, end), lang, zone=facts.zone.key) for start, end in times[:TOLD]
    ]
    first = joined(told, lang, "semicolon")
    return (
        text_of("report.times_more", lang, first=first, more=len(times) - TOLD)
        if len(times) > TOLD
        else first
    )


def days_of(facts: Facts, found: Hours) -> list[list[int]]:
    """For each demand the rows of the timetable that it touches."""
    row = {day.weekday() if found.by_weekday else day: at for at, day in enumerate(found.days)}
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
