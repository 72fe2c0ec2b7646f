"""Which rows of a sheet hold a record: not empty ones, sums, headings, headers printed again, and remarks at
the foot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matchkit.messages.message import Message
from matchkit.model.personal import shape
from matchkit.tables.columns.known import headed, header_key
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet, headings
from matchkit.tables.importer.ids import LETTERS
from matchkit.tables.importer.no_record import (
    are_headers,
    are_numbers_of_columns,
    is_end,
    is_example,
    is_heading,
    is_page,
    is_remark,
    is_signature,
    is_sum,
    may_be_none,
)
from matchkit.tables.importer.value_headers import is_day
from matchkit.tables.location import quoted

NAMING = frozenset({"id", "name"})
"""Kinds of the columns in which a row of sums says that it is one."""

LONG = frozenset({"resources", "demands", "requirements"})
"""Tables of which no record is said in one cell, as a skill and a unit may be."""


FEWEST, MOST_OF_A_FOOT = 3, 2
"""Of so many rows the last one may be unlike the others, and holds so many cells then."""

TIMED = frozenset({"times", "moment"})
"""Kinds of the columns in which a date is no sign of a foot line."""


def choose_rows(sheet: TableSheet, notices: Notices) -> None:
    """Fills ``sheet.rows``; sums, headings, headers printed again and remarks become findings, empty rows are
    left out without a word.
    """
    numbers = set(sheet.numbers)
    # A row that holds a running number and nothing else is an empty line of a form.
    places = sorted(
        {place for used in sheet.places.values() for place in used} - numbers
    )
    taken = sheet.mapping.spans or not places
    left_out = headings(sheet, notices) | _sums(sheet, notices)
    left_out |= _foot(sheet, places, left_out, notices)
    alone: list[tuple[int, int]] = []
    for number in range(sheet.header + 1, len(sheet.grid.rows)):
        row = sheet.grid.rows[number]
        filled = (place for place in places if not blank(row[place]))
        first = next(filled, None)
        if number in left_out or (
            first is None and not (taken and any(not blank(cell) for cell in row))
        ):
            continue
        start: Any = row[first] if first is not None else None
        if isinstance(start, str) and _is_no_record(sheet, row, start, number, notices):
            continue
        if first is not None and next(filled, None) is None:
            alone.append((number, first))
        sheet.rows.append(number)
    # Where every row holds one thing only, none is a heading.
    if len(places) > 1 and len(alone) * 2 <= len(sheet.rows):
        _leave_headings(sheet, alone, notices)


def tell_odd_ends(sheets: Sequence[TableSheet], notices: Notices) -> None:
    """Asks about a last row of one or two cells whose id looks like none of the others; without an id, one
    that holds less than all others.

    It was taken for a record, and may be a remark at the foot.
    """
    for sheet in sheets:
        places = sorted({place for used in sheet.places.values() for place in used})
        if len(sheet.rows) < FEWEST or not places or sheet.table.name not in LETTERS:
            continue
        rows = (sheet.grid.rows[number] for number in sheet.rows)
        *above, last = (
            [(place, row[place]) for place in places if not blank(row[place])]
            for row in rows
        )
        if (
            not last
            or len(last) > MOST_OF_A_FOOT
            or not isinstance(last[0][1], str)
            or last[0][1][:1] == '"'
        ):
            continue
        place, start = last[0]
        shapes = {
            shape(cell)
            for row in above
            for at, cell in row
            if at == place and isinstance(cell, str)
        }
        has_id = place in sheet.places.get("id", ())
        if (
            (bool(shapes) and shape(start) not in shapes)
            if has_id
            else (sheet.table.name in LONG and len(last) < min(map(len, above)))
        ):
            notices.found(
                "guess",
                sheet.at(sheet.rows[-1], place),
                Message.of("tables.odd_last"),
            )


def _sums(sheet: TableSheet, notices: Notices) -> set[int]:
    """The rows that hold sums of others."""
    found: set[int] = set()
    columns = [column for column in sheet.table.columns if column.kind in NAMING]
    places = {
        place for column in columns for place in sheet.places.get(column.name, ())
    } | set(sheet.numbers)
    rows = sheet.grid.rows
    for place in sorted(places):
        texts = {
            cell for row in rows[sheet.header + 1 :] if type(cell := row[place]) is str
        }
        sums = {text for text in texts if is_sum(text)}
        for number in range(sheet.header + 1, len(rows)) if sums else ():
            cell = rows[number][place]
            if type(cell) is str and cell in sums and number not in found:
                found.add(number)
                notices.found(
                    "ignored",
                    sheet.at(number),
                    Message.of("tables.total"),
                    read=quoted(cell),
                )
    return found


def _foot(
    sheet: TableSheet, places: list[int], left_out: set[int], notices: Notices
) -> set[int]:
    """The rows at the end in which a date stands, by itself or beside a name, where no column of times is:
    when and by whom it was made.
    """
    if sheet.table.name == "settings" or len(places) < 2:
        return set()
    timed = {
        place
        for column in sheet.table.columns
        if column.kind in TIMED
        for place in sheet.places.get(column.name, ())
    }
    header = sheet.grid.rows[sheet.header]
    spans = {
        place
        for place, cell in enumerate(header)
        if isinstance(cell, str) and header_key(cell) in sheet.mapping.taken
    }
    timed |= spans
    ids = set() if sheet.spare_id else set(sheet.places.get("id", ()))
    found: set[int] = set()
    above: list[int] = []
    for number in range(len(sheet.grid.rows) - 1, sheet.header, -1):
        row = sheet.grid.rows[number]
        filled = [place for place in sorted({*places, *spans}) if not blank(row[place])]
        if number in left_out or not filled:
            continue
        dates = [
            place
            for place in filled
            if (place not in timed or len(filled) == 1) and is_day(row[place])
        ]
        others = [place for place in filled if place not in dates]
        if (
            len(filled) > 2
            or len(others) > 1
            or not all(isinstance(row[place], str) for place in others)
            or ids.intersection(others)
        ):
            break
        if dates:
            found.update(above, (number,))
            above = []
        else:
            above.append(number)
    for number in sorted(found):
        notices.found("ignored", sheet.at(number), Message.of("tables.foot"))
    return found


def _is_no_record(
    sheet: TableSheet, row: list[Any], start: str, number: int, notices: Notices
) -> bool:
    if row == sheet.grid.rows[sheet.header]:
        notices.found("note", sheet.at(number), Message.of("tables.header_again"))
        return True
    if number == sheet.header + 1 and are_numbers_of_columns(
        row, sum(not blank(cell) for cell in sheet.grid.rows[sheet.header])
    ):
        notices.found(
            "ignored", sheet.at(number), Message.of("tables.numbers_of_columns")
        )
        return True
    if sheet.table.name == "settings":  # 说明 and 范围 are settings there
        return False
    # Ids end in digits, and headers hardly ever do.
    if not start[-1].isdigit() and are_headers(row):
        return _other_header(sheet, row, number, notices)
    other = next(cell for cell in row if not blank(cell))
    for cell in (start,) if other is start else (start, other):
        if not isinstance(cell, str) or not may_be_none(cell):
            continue
        if is_sum(cell):
            notices.found(
                "ignored",
                sheet.at(number),
                Message.of("tables.total"),
                read=quoted(cell),
            )
            return True
        if is_signature(cell) or is_remark(cell, row) or is_end(cell, row):
            notices.found("ignored", sheet.at(number), Message.of("tables.foot"))
            return True
        if is_page(cell) or is_example(cell, row):
            notices.found(
                "ignored",
                sheet.at(number),
                Message.of("tables.page" if is_page(cell) else "tables.example"),
            )
            return True
    return False


def _other_header(
    sheet: TableSheet, row: list[Any], number: int, notices: Notices
) -> bool:
    """A header below the header: the same one in other words, or that of another block, whose columns nobody
    knows here.
    """
    ours = {place: name for name, places in sheet.places.items() for place in places}
    same = sum(
        (found := headed(sheet.table, cell)) is not None
        and found.column.name == ours.get(place)
        for place, cell in enumerate(row)
        if isinstance(cell, str)
    )
    if same * 4 >= sum(not blank(cell) for cell in row) * 3:
        notices.found("ignored", sheet.at(number), Message.of("tables.header_again"))
    else:
        order = (sheet.number, number, 0)
        notices.fault(
            sheet.at(number),
            Message.of("tables.other_header"),
            Message.of("tables.one_header"),
            order=order,
        )
    return True


def _leave_headings(
    sheet: TableSheet, alone: list[tuple[int, int]], notices: Notices
) -> None:
    """Leaves out rows that hold one thing only and head others. An id may stand alone, and so may what has a
    running number.
    """
    ids = set() if sheet.spare_id else set(sheet.places.get("id", ()))
    long = sheet.table.name in LONG
    gone: set[int] = set()
    for number, place in alone:
        cell = sheet.grid.rows[number][place]
        if not isinstance(cell, str):
            continue
        merged = any(
            top <= number <= bottom and bottom > top and left == place
            for top, left, bottom, _ in sheet.grid.merged
        )
        counted = not merged and any(
            str(sheet.grid.rows[number][at]).strip().isdecimal() for at in sheet.numbers
        )
        if is_heading(cell) or (long and place not in ids and not counted):
            gone.add(number)
            notices.found(
                "ignored",
                sheet.at(number),
                Message.of("tables.heading" if is_heading(cell) else "tables.alone"),
            )
    if gone:
        sheet.rows = [number for number in sheet.rows if number not in gone]
