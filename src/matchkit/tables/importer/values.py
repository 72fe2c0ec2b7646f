"""The cells of one column of a sheet, read: each distinct cell once, however many rows hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from unicodedata import normalize

from matchkit.messages.message import LONGEST, Message
from matchkit.tables.cells import CellFault, Context, Reading, quote, read_cell
from matchkit.tables.cells.text import SAFE_DIGITS
from matchkit.tables.cells.time_span import from_until, says, together
from matchkit.tables.columns.column import Column
from matchkit.tables.findings import FindingKind, Notices, reasons
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.mapped_values import replaced
from matchkit.tables.location import quoted
from matchkit.tables.vocabulary.words import pattern

_UNREAD = object()
FEWEST: Final = 2
"""So many cells of a row that speak of its times may be put together."""
EDGES: Final = ("start", "end")
"""Behind the name of a column of times: columns of its starts and of its ends."""
_WHOLE = re.compile(r"(?<=\d)\.0+$")


def read_column(
    sheet: TableSheet, column: Column, context: Context, notices: Notices
) -> list[Any]:
    """The value of every row of the sheet in this column: None where it is empty or has a fault."""
    if column.name not in sheet.places:
        constant = sheet.mapping.constants[column.name]
        spot = sheet.at()._replace(column=column.name)
        notices.found(
            "note",
            spot,
            Message.of("tables.constant"),
            quoted(constant, column.kind == "personal"),
        )
        return _read(
            sheet, column, None, [constant] * len(sheet.rows), context, notices
        )
    held = [
        _cells(sheet, column, place, notices) for place in sheet.places[column.name]
    ]
    if column.kind == "times":
        _put_together(sheet, column, held, context, notices)
    parts = [
        _read(sheet, column, place, cells, context, notices)
        for place, cells in zip(sheet.places[column.name], held, strict=True)
    ]
    if len(parts) == 1:
        return parts[0]
    if column.joins:
        return [
            " ".join(held) or None
            for held in (
                [part for part in row if part is not None]
                for row in zip(*parts, strict=True)
            )
        ]
    return [
        sum((part for part in row if part is not None), ()) or None
        for row in zip(*parts, strict=True)
    ]


def _put_together(
    sheet: TableSheet,
    column: Column,
    held: list[list[Any]],
    context: Context,
    notices: Notices,
) -> None:
    """Puts the hours of a row, in a column of their own or as a start and an end, behind the days that
    another column holds.

    The rows whose start and end are taken go to ``sheet.dated``.
    """
    met: dict[tuple[int, int], int] = {}
    edges = [
        sheet.places[name][0]
        for edge in EDGES
        if (name := f"{column.name} {edge}") in sheet.places
    ]
    if len(held) == 1 and len(edges) != len(EDGES):
        return
    places = sheet.places[column.name]
    known: dict[Any, str] = {}

    def kind_of(cell: Any) -> str:
        key = cell if type(cell) is str else _key(cell)
        if key not in known:
            known[key] = says(cell, context)
        return known[key]

    for at, number in enumerate(sheet.rows):
        filled = [place for place, cells in enumerate(held) if not blank(cells[at])]
        if (
            len(filled)
            + sum(not blank(sheet.grid.rows[number][place]) for place in edges)
            < FEWEST
        ):
            continue
        kinds = {place: kind_of(held[place][at]) for place in filled}
        days, hours = (
            [place for place in filled if kinds[place] == kind]
            for kind in ("days", "hours")
        )
        if not days or len(days) + len(hours) < len(filled):
            continue
        parts = [held[place][at] for place in days + hours]
        pair = [
            cell
            for place in edges
            if kind_of(cell := sheet.grid.rows[number][place]) == "hours"
        ]
        if len(pair) == len(EDGES) and not hours:
            parts.append(from_until(pair[0], pair[1], context))
            sheet.dated.add(number)
        if len(parts) < FEWEST:
            continue
        for place in filled:
            held[place][at] = None
        held[days[0]][at] = together(parts, context)
        met.setdefault(
            (
                places[days[0]],
                edges[0] if number in sheet.dated else places[(days + hours)[-1]],
            ),
            number,
        )
    for (place, other), number in met.items():
        message = Message.of("tables.put_together", hours=quote(sheet.head(other)))
        notices.found("note", sheet.at(number, place), message)


def _cells(
    sheet: TableSheet, column: Column, place: int, notices: Notices
) -> list[Any]:
    """The cells of the sheet's rows at a place, with what the mapping puts in their place."""
    rows = sheet.grid.rows
    cells = [rows[number][place] for number in sheet.rows]
    if sheet.grid.exact and int in set(
        map(type, cells)
    ):  # as text: of a number so long a spreadsheet would have lost digits
        cells = [
            str(cell) if type(cell) is int and abs(cell) >= 10**SAFE_DIGITS else cell
            for cell in cells
        ]
    return replaced(sheet, column, place, cells, notices)


def _read(
    sheet: TableSheet,
    column: Column,
    place: int | None,
    cells: Sequence[Any],
    context: Context,
    notices: Notices,
) -> list[Any]:
    kind, personal = column.kind, column.kind == "personal"
    itself = None if context.words else PLAINLY.get(kind)
    in_minutes = (
        kind == "minutes"
        and place is not None
        and _SAYS_MINUTES.search(str(sheet.head(place))) is not None
    )
    seen: dict[Any, Any] = {}
    doubtful: dict[Any, Reading | CellFault] = {}
    found: list[Any] = []
    for cell in cells:
        if cell is None:
            found.append(None)
            continue
        key = cell if type(cell) is str else _key(cell)
        value = seen.get(key, _UNREAD)
        if value is _UNREAD:
            if itself is not None and itself(cell):
                value = cell
            else:
                try:
                    reading = read_cell(kind, cell, context)
                    value = reading.value
                    if reading.guess is not None and not (
                        in_minutes and reasons(reading.guess) == MINUTES
                    ):
                        doubtful[key] = reading
                except CellFault as fault:
                    # What was at work when it was raised is let go.
                    doubtful[key], value = fault.with_traceback(None), None
            seen[key] = value
        found.append(value)
    if doubtful:
        _tell(sheet, column, place, cells, doubtful, personal, notices)
    return found


def _tell(
    sheet: TableSheet,
    column: Column,
    place: int | None,
    cells: Sequence[Any],
    doubtful: dict[Any, Any],
    personal: bool,
    notices: Notices,
) -> None:
    rows: dict[Any, list[int]] = {key: [] for key in doubtful}
    for at, cell in enumerate(cells):
        key = cell if type(cell) is str else _key(cell)
        if key in rows:
            rows[key].append(at)
    for results in _as_shown(cells, rows, doubtful).values():
        key, result = results[0]
        for other, _ in results[1:]:  # 99 and "99" are one cell in two forms
            rows[key] += rows[other]
        rows[key].sort()
        at = rows[key][0]
        kind = _kind(result)
        if kind is None:
            notices.faulty.update(
                (sheet.number, sheet.rows[one], column.name) for one in rows[key]
            )
        if not notices.has_room(kind):
            notices.count(kind)
            continue
        spot = sheet.at(sheet.rows[at], place) if place is not None else sheet.at()
        read = quoted(cells[at], personal)
        if kind is None:
            order = (sheet.number, sheet.rows[at], -1 if place is None else place)
            notices.fault(
                spot, result.fact, result.advice, read, len(rows[key]) - 1, order
            )
        else:
            notices.found(kind, spot, result.guess, read, len(rows[key]) - 1)


def _as_shown(
    cells: Sequence[Any], rows: Mapping[Any, list[int]], doubtful: dict[Any, Any]
) -> dict[Any, list[tuple[Any, Any]]]:
    """What was doubtful, by what is told of it: the cell as it is shown, unless that hides what it holds, and
    the reading or the fault.
    """
    found: dict[Any, list[tuple[Any, Any]]] = {}
    for key, result in doubtful.items():
        cell = cells[rows[key][0]]
        message = (
            (result.fact, result.advice)
            if isinstance(result, CellFault)
            else result.guess
        )
        plain = type(cell) in (str, float) or (
            type(cell) is int and cell.bit_length() <= LONGEST
        )
        alike = (_bare(cell), message) if plain else key
        found.setdefault(alike, []).append((key, result))
    return found


def _bare(cell: str | float) -> str:
    """What people see of a cell: 99 of 99.0, "99 " and full-width digits, too."""
    return _WHOLE.sub("", " ".join(normalize("NFKC", str(cell)).split()))


def _kind(result: Any) -> FindingKind | None:
    """The kind of finding that a doubtful reading is; None where it is a fault."""
    return (
        None
        if isinstance(result, CellFault)
        else "guess"
        if ODD.isdisjoint(reasons(result.guess))
        else "odd"
    )


MINUTES: Final = ("cell.guess", "cell.guess.minutes")
"""Reasons of a guess that a small number is one of minutes and not of hours: none where the header says so.
"""

_SAYS_MINUTES = pattern("<<headings.says_minutes>>", re.IGNORECASE)

ODD: Final = frozenset({"cell.guess.no_limit", "cell.guess.dict"})
"""Reasons of guesses that read a cell as it is written, and doubt that it is meant so."""


# A letter first and a digit last, or a long number with hyphens: no mark or word for nothing, and in normal
# form.
_LETTERS = "A-Za-z<<letters.unspaced>>"
_WORD = (
    rf"[{_LETTERS}][0-9_{_LETTERS}]{{0,60}}(?:[ -][0-9_{_LETTERS}]{{1,40}})?(?<=[0-9])"
)
_TEXT = pattern(
    rf"{_WORD}|0[0-9]{{4,12}}(?:-[0-9]{{1,12}})?|[0-9]{{3,6}}-[0-9]{{4,12}}"
)


def _is_text(cell: Any) -> bool:
    return type(cell) is str and _TEXT.fullmatch(cell) is not None


def _is_degrees(cell: Any) -> bool:
    return type(cell) is float and -90.0 <= cell <= 90.0


PLAINLY: Final[dict[str, Callable[[Any], bool]]] = {
    "id": _is_text,
    "name": _is_text,
    "personal": _is_text,
    "latitude": _is_degrees,
    "longitude": _is_degrees,
}
"""Kinds of which a column holds very many different cells, and what those are like that ``read_cell`` would
return as they are.
"""

_PLAIN = frozenset({int, float, bool, date, datetime, time, timedelta})


def _key(cell: Any) -> Any:
    # An object of a foreign type is asked nothing, not even for its hash.
    return (type(cell), cell) if type(cell) in _PLAIN else (type(cell), id(cell))
