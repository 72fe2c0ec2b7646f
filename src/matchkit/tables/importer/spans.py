"""Times that stand in two cells, a start and an end: days from midnight to midnight, or moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from matchkit.messages.message import Message
from matchkit.tables.cells import CellFault, Context, quote, read_span, read_start
from matchkit.tables.cells.dates import without_midnight
from matchkit.tables.cells.time_span import together
from matchkit.tables.columns.known import header_key
from matchkit.tables.columns.mapping import Span, folded
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.headers import tell_mapped
from matchkit.tables.location import quoted


def span_columns(
    sheet: TableSheet, read: dict[str, list[Any]], context: Context, notices: Notices
) -> dict[str, list[Any]]:
    """The columns of times to which starts and ends lead, with what else the sheet says of those times."""
    return {
        name: _together(sheet, name, start, end, span, read, context, notices)
        for name, start, end, span in _pairs(sheet, notices)
    }


def _pairs(
    sheet: TableSheet, notices: Notices
) -> Iterator[tuple[str, int | None, int | None, Span]]:
    for column in sheet.table.columns:
        if column.kind != "times":
            continue
        span = sheet.mapping.spans.get(column.name)
        if span is not None:
            start, end = (
                _place(sheet, span.start, notices),
                _place(sheet, span.end, notices) if span.end else None,
            )
            tell_mapped(
                sheet, (place for place in (start, end) if place is not None), notices
            )
            if start is not None:
                yield column.name, start, end, span
            continue
        places = [
            sheet.places.get(f"{column.name} {edge}", [None])[0]
            for edge in ("start", "end")
        ]
        if places != [None, None]:
            yield column.name, places[0], places[1], Span("", "")


def _holding(sheet: TableSheet, place: int, text: str) -> list[int]:
    """The rows of the sheet whose cell at a place holds this text."""
    looked_for = folded(text)
    same: dict[str, bool] = {}
    found: list[int] = []
    for number in sheet.rows:
        cell = sheet.grid.rows[number][place]
        held = "" if blank(cell) else str(cell)
        if held not in same:
            same[held] = folded(held) == looked_for
        if same[held]:
            found.append(number)
    return found


def _place(sheet: TableSheet, header: str, notices: Notices) -> int | None:
    for place, cell in enumerate(sheet.grid.rows[sheet.header]):
        if isinstance(cell, str) and header_key(cell) == header_key(header):
            return place
    spot = sheet.at(sheet.header)
    notices.fault(
        spot,
        Message.of("tables.no_mapped_header", header=quote(header)),
        Message.of("tables.fix_mapping"),
        order=(sheet.number, 0, 0),
    )
    return None


def _together(
    sheet: TableSheet,
    name: str,
    start: int | None,
    end: int | None,
    span: Span,
    read: dict[str, list[Any]],
    context: Context,
    notices: Notices,
) -> list[Any]:
    others = read.get(name) or [None] * len(sheet.rows)
    meant = set(sheet.rows)
    for header, text in span.only.items():
        there = _place(sheet, header, notices)
        holding = sheet.rows if there is None else _holding(sheet, there, text)
        meant.intersection_update(holding)
        if holding:
            sheet.met.add((header, text))
    seen: dict[Any, list[int]] = {}
    results: list[Any] = []
    windows: dict[Any, Any] = {}
    written = [_edges(sheet, place, context) for place in (start, end)]
    # Ends of starts with hours are moments, the end of a shift at midnight among them.
    days = [_are_days(cells) for cells in written]
    asked = days[1] and _has_hours(written[0])
    edges = [
        _days(cells) if are_days else cells
        for cells, are_days in zip(
            written, (days[0], days[1] and not asked), strict=True
        )
    ]
    asked |= all(map(_are_midnights, written))
    for at, (number, *pair) in enumerate(zip(sheet.rows, *edges, strict=True)):
        if (
            number not in meant
            or number in sheet.dated
            or (blank(pair[0]) and blank(pair[1]))
        ):
            results.append(others[at])
            continue
        key = (*map(repr, pair), others[at] is not None)
        seen.setdefault(key, []).append(at)
        if key not in windows:
            windows[key] = _window(pair, others[at], span, context, asked)
        results.append(windows[key][0])
    for key, places in seen.items():
        _, message, fault, which = windows[key]
        of_end = start is None or (which and end is not None)
        place = end if of_end else start
        number = sheet.rows[places[0]]
        spot = sheet.at(number, place)
        cell = quoted(written[of_end][places[0]])
        if fault is not None:
            notices.faulty.update((sheet.number, sheet.rows[at], name) for at in places)
            notices.fault(
                spot,
                fault.fact,
                fault.advice,
                cell,
                len(places) - 1,
                (sheet.number, number, place or 0),
            )
        elif message is not None:
            notices.found("guess", spot, message, cell, len(places) - 1)
    return results


def _edges(sheet: TableSheet, place: int | None, context: Context) -> list[Any]:
    """The starts or the ends of all rows; where days stand in one column and hours in the next one that is
    taken for it, both together.
    """
    rows = [sheet.grid.rows[number] for number in sheet.rows]
    if place is None:
        return [None] * len(rows)
    _, *hours = next(
        (places for places in sheet.places.values() if places[0] == place), [place]
    )
    if not hours:
        return [row[place] for row in rows]
    pairs = ((row[place], row[hours[0]]) for row in rows)
    return [
        hour if blank(day) else day if blank(hour) else together((day, hour), context)
        for day, hour in pairs
    ]


def _moments(cells: list[Any]) -> list[datetime]:
    return [cell for cell in cells if type(cell) is datetime and cell.tzinfo is None]


def _has_hours(cells: list[Any]) -> bool:
    texts = any(
        type(cell) is time or (type(cell) is str and ":" in cell) for cell in cells
    )
    return texts or any(
        cell.time() != time() for cell in cells if type(cell) is datetime
    )


def _are_days(cells: list[Any]) -> bool:
    """Whether no moment of a column has hours: then they may be days, as packages without a type for days
    hold them.
    """
    return bool(_moments(cells)) and not _has_hours(cells)


def _are_midnights(cells: list[Any]) -> bool:
    """Whether all texts of a column are days with the midnight that programs write behind them: they may be
    days, or moments.
    """
    texts = [cell.strip() for cell in cells if type(cell) is str and cell.strip()]
    return bool(texts) and all(without_midnight(text) != text for text in texts)


def _days(cells: list[Any]) -> list[Any]:
    return [
        cell.date() if type(cell) is datetime and cell.tzinfo is None else cell
        for cell in cells
    ]


def _window(
    pair: Sequence[Any], other: Any, span: Span, context: Context, days: bool
) -> tuple[Any, Message | None, CellFault | None, bool]:
    """The window of a start and an end, the guess or the fault it comes with, and whether that is about the
    end.
    """
    start, end = (None if blank(cell) else cell for cell in pair)
    message = None
    try:
        if other is not None:
            raise CellFault(
                Message.of("tables.span.twice"), Message.of("tables.span.one_way")
            )
        if span.minutes is not None:
            reading = read_start(start, span.minutes, context)
            return reading.value, reading.guess, None, False
        if end is None:
            raise CellFault(
                Message.of("tables.span.no_end"), Message.of("tables.span.give_end")
            )
        if start is None:
            if context.first is None:
                raise CellFault(
                    Message.of("tables.span.no_start"),
                    Message.of("tables.span.give_first"),
                )
            start, message = (
                context.first,
                Message.of("tables.span.from_first", first=f"{context.first}"),
            )
        reading = read_span(start, end, context, days)
    except CellFault as fault:
        return (
            None,
            None,
            fault,
            start is None
            or (other is None and end is not None and _begins(start, context)),
        )
    return reading.value, message or reading.guess, None, False


def _begins(start: Any, context: Context) -> bool:
    """Whether a start can be read, so that a fault is about the end."""
    try:
        return read_start(start, 1, context).value is not None
    except CellFault:
        return False
