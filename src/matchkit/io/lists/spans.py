"""Times that stand in two cells, a start and an end: days from midnight to midnight, or moments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from matchkit.errors import InputError
from matchkit.io.cells import CellFault, Context, Note, read_cell, shown
from matchkit.io.columns.header import header_key
from matchkit.io.columns.mapping import Span
from matchkit.io.lists.findings import Notices, note
from matchkit.io.lists.headers import Sheet
from matchkit.io.lists.rows import blank
from matchkit.io.lists.spots import quoted, where
from matchkit.model.time import Window

_CLOCK = re.compile(r"(.+?)[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")

Day = tuple[date | datetime, Note | None]
"""A day or a moment (without a zone: as the clocks of the context show it), and the guess that led to it."""


def span_columns(sheet: Sheet, read: dict[str, list[Any]], context: Context, notices: Notices) -> dict[str, list[Any]]:
    """The columns of times to which starts and ends lead, with what else the sheet says of those times."""
    return {name: _together(sheet, name, start, end, span, read, context, notices) for name, start, end, span in _pairs(sheet, notices)}


def _pairs(sheet: Sheet, notices: Notices) -> Iterator[tuple[str, int | None, int | None, Span]]:
    for column in sheet.table.columns:
        if column.kind != "times":
            continue
        span = sheet.mapping.spans.get(column.name)
        if span is not None:
            start, end = _place(sheet, span.start, notices), _place(sheet, span.end, notices) if span.end else None
            if start is not None:
                yield column.name, start, end, span
            continue
        places = [sheet.places.get(f"{column.name} {edge}", [None])[0] for edge in ("start", "end")]
        if places != [None, None]:
            yield column.name, places[0], places[1], Span("", "")


def _place(sheet: Sheet, header: str, notices: Notices) -> int | None:
    for place, cell in enumerate(sheet.grid.rows[sheet.header]):
        if isinstance(cell, str) and header_key(cell) == header_key(header):
            return place
    spot = where(sheet.grid, sheet.header)
    notices.fault(spot, note("tables.no_mapped_header", header=shown(header)), note("tables.mend_mapping"), order=(sheet.number, 0, 0))
    return None


def _together(
    sheet: Sheet, name: str, start: int | None, end: int | None, span: Span, read: dict[str, list[Any]], context: Context, notices: Notices
) -> list[Any]:
    rows = sheet.grid.rows
    others = read.get(name) or [None] * len(sheet.rows)
    only = [(place, text) for header, text in span.only.items() if (place := _place(sheet, header, notices)) is not None]
    seen: dict[Any, list[int]] = {}
    results: list[Any] = []
    told: dict[Any, Any] = {}
    for at, number in enumerate(sheet.rows):
        row = rows[number]
        pair = (None if start is None else row[start], None if end is None else row[end])
        skipped = any(str(row[place]).strip() != text for place, text in only)
        if skipped or (blank(pair[0]) and blank(pair[1])):
            results.append(others[at])
            continue
        key = (*map(repr, pair), others[at] is not None)
        seen.setdefault(key, []).append(at)
        if key not in told:
            told[key] = _window(pair, others[at], span, context)
        results.append(told[key][0])
    for key, places in seen.items():
        _, said, fault, which = told[key]
        place = end if which and end is not None else start if start is not None else end
        number = sheet.rows[places[0]]
        spot = where(sheet.grid, number, place, None if place is None else sheet.head(place))
        cell = quoted(None if place is None else rows[number][place])
        if fault is not None:
            notices.faulty.update((sheet.number, sheet.rows[at], name) for at in places)
            notices.fault(spot, fault.fact, fault.advice, cell, len(places) - 1, (sheet.number, number, place or 0))
        elif said is not None:
            notices.found("guess", spot, said, cell, len(places) - 1)
    return results


def _window(pair: tuple[Any, Any], other: Any, span: Span, context: Context) -> tuple[Any, Note | None, CellFault | None, bool]:
    """The window of a start and an end, the guess or the fault it comes with, and whether that is about the end."""
    if other is not None:
        return None, None, CellFault(note("tables.span.twice"), note("tables.span.one_way")), False
    at_end = False
    try:
        start = None if blank(pair[0]) else _day(pair[0], context)
        at_end = True
        end = None if blank(pair[1]) else _day(pair[1], context)
        said = next((guess for found in (start, end) if found and (guess := found[1])), None)
        if start is not None and span.minutes is not None:
            began = _utc(start[0], context)
            return (Window(start=began, end=began + timedelta(minutes=span.minutes)),), said, None, False
        if end is None:
            return None, None, CellFault(note("tables.span.no_end"), note("tables.span.give_end")), False
        if start is None:
            if context.first is None:
                return None, None, CellFault(note("tables.span.no_start"), note("tables.span.give_first")), True
            start, said = (context.first, None), note("tables.span.from_first", first=f"{context.first}")
        last = end[0] if isinstance(end[0], datetime) else end[0] + timedelta(days=1)
        return (Window(start=_utc(start[0], context), end=_utc(last, context)),), said, None, True
    except CellFault as fault:
        return None, None, fault, at_end
    except (InputError, OverflowError):
        return None, None, CellFault(note("tables.span.order"), note("tables.span.give_order")), True


def _day(cell: Any, context: Context) -> Day:
    if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second or cell.tzinfo):
        return cell.replace(microsecond=0), None
    if isinstance(cell, datetime):
        return cell.date(), None
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) <= 80 else None
    if found is None or int(found[2]) > 23 or int(found[3]) > 59 or int(found[4] or 0) > 59:
        reading = read_cell("date", cell, context)
        return reading.value, reading.guess
    reading = read_cell("date", found[1], context)
    day = reading.value
    return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), int(found[4] or 0)), reading.guess  # noqa: DTZ001 - wall time


def _utc(moment: date | datetime, context: Context) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - wall time
    if moment.tzinfo is None:
        if context.zone is None:
            raise CellFault(note("tables.span.no_zone"), note("tables.span.give_zone"))
        moment = moment.replace(tzinfo=ZoneInfo(context.zone))
    return moment.astimezone(UTC)
