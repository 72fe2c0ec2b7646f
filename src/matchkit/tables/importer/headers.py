"""A grid of which the table and the header are known, and which column of ours each of its headers is."""

from __future__ import annotations

from collections.abc import Iterable

from matchkit.messages.message import Message, Unshortened
from matchkit.tables.cells import quote
from matchkit.tables.columns.column import Column, named, spellings
from matchkit.tables.columns.known import (
    header_key,
    is_not_free,
    is_of_marks,
    is_unused,
    with_zone,
)
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet, known
from matchkit.tables.importer.unknown_headers import (
    first_cells,
    first_filled,
    tell_nameless,
    tell_unknown,
)
from matchkit.tables.importer.value_headers import are_days, is_time, says_of
from matchkit.tables.location import where


def assign_columns(sheet: TableSheet, notices: Notices) -> None:
    """Fills ``sheet.places``; what is unknown becomes a finding, what stands twice or is missing a fault."""
    grid, table, mapping = sheet.grid, sheet.table, sheet.mapping
    row = grid.rows[sheet.header]
    spare: dict[str, int] = {}
    parts: dict[str, list[tuple[int, int]]] = {}
    days: list[int] = []
    unknown: list[int] = []
    for place, cell in enumerate(row):
        if blank(cell):
            tell_nameless(sheet, place, notices)
            continue
        key = header_key(cell) if isinstance(cell, str) else ""
        if key in mapping.ignored:
            continue
        found = known(table, cell, mapping.renamed)
        if found is None:
            says_nothing = (
                isinstance(cell, str)
                and is_unused(table, cell)
                and not (is_of_marks(key) and first_filled(sheet, place) is not None)
            )
            if key in mapping.taken or mapping.ignore_rest or says_nothing:
                continue
            is_day = (
                is_time(cell)
                and not is_not_free(str(cell))
                and first_filled(sheet, place) is not None
            )
            (days if is_day else unknown).append(place)
        elif (
            found.column.name in mapping.overridden
            and mapping.renamed.get(key) != found.column.name
        ):
            if key not in mapping.taken and not mapping.ignore_rest:
                unknown.append(place)
        elif found.spare:
            sheet.numbers.append(place)
            spare.setdefault(found.column.name, place)
        elif mapping.reads(found.column.name):
            parts.setdefault(found.column.name, []).append((found.part, place))
    named_days = (
        are_days([sheet.head(place) for place in unknown])
        if any(column.kind == "times" for column in table.columns)
        else set()
    )
    days += [
        place
        for at, place in enumerate(unknown)
        if at in named_days and first_filled(sheet, place) is not None
    ]
    tell_unknown(
        sheet,
        [place for at, place in enumerate(unknown) if at not in named_days],
        notices,
    )
    for name, entries in parts.items():
        if table.column(name).kind in ("times", "moment"):
            tell_mapped(sheet, [place for _, place in entries], notices)
        if table.column(name).kind == "times":
            lost = _headed_by_days(sheet, [place for _, place in entries], notices)
            days += lost
            entries = [entry for entry in entries if entry[1] not in lost]
            if not entries:
                continue
        sheet.places[name] = _ordered(sheet, table.column(name), entries, notices)
    _refuse_days(sheet, days, notices)
    for name, place in spare.items():
        if (
            name not in sheet.places
            and name not in mapping.overridden
            and mapping.reads(name)
        ):
            sheet.places[name] = [place]
            sheet.spare_id = sheet.spare_id or name == "id"
    _demand_columns(sheet, notices)
    _refuse_constants(sheet, notices)
    _demand_named(sheet, notices)


def _headed_by_days(
    sheet: TableSheet, places: list[int], notices: Notices
) -> list[int]:
    """Columns that a mapping reads as times although their headers are days, which their cells need not say:
    of one it is asked.
    """
    days = [
        place
        for place in places
        if is_time(head := sheet.head(place))
        and header_key(str(head)) in sheet.mapping.renamed
    ]
    if len(days) == 1:
        [place] = days
        notices.found(
            "guess",
            sheet.at(sheet.header, place),
            Message.of("tables.headed_by_day"),
        )
    return days if len(days) > 1 else []


def tell_mapped(sheet: TableSheet, places: Iterable[int], notices: Notices) -> None:
    """Tells of columns that a mapping reads as times although their headers say that somebody is not free
    then, or by which clocks.
    """
    for place in places:
        head = str(sheet.head(place))
        spot = where(sheet.grid, sheet.header, place, head)
        if is_not_free(head):
            notices.found("guess", spot, Message.of("tables.headed_not_free"))
        if (found := with_zone(head)) is not None:
            notices.found(
                "guess", spot, Message.of("tables.headed_by_zone", zone=quote(found[1]))
            )


def _refuse_days(sheet: TableSheet, places: list[int], notices: Notices) -> None:
    """Columns that are headed by a day or a time: what stands in their cells holds on that day, and no column
    of ours says so.
    """
    places = sorted(places)
    if places:
        heads = Unshortened(quote(sheet.head(place)) for place in places)
        order = (sheet.number, sheet.header, places[0])
        notices.fault(
            sheet.at(sheet.header),
            Message.of("tables.day_columns", heads=heads),
            Message.of("tables.days_in_one"),
            order=order,
        )


def _ordered(
    sheet: TableSheet, column: Column, entries: list[tuple[int, int]], notices: Notices
) -> list[int]:
    """The places of a column in the order of their numbers. A column that is no list stands once, unless
    others of that name are empty.
    """
    entries = sorted(entries)
    if column.is_list or column.joins or len(entries) == 1:
        return [place for _, place in entries]
    held = [
        place for _, place in entries if first_filled(sheet, place) is not None
    ] or [entries[0][1]]
    if column.kind == "moment" and len(held) == 2:
        kinds = [
            {says_of(cell) for cell in first_cells(sheet, place)} for place in held
        ]
        if kinds in (
            [{"days"}, {"hours"}],
            [{"hours"}, {"days"}],
        ):  # a start date and a start time
            return held if kinds[0] == {"days"} else held[::-1]
    for place in held[1:]:
        others = quote(sheet.head(held[0]))
        notices.fault(
            sheet.at(sheet.header, place),
            Message.of("tables.twice", column=named(column), other=others),
            Message.of("tables.keep_one"),
            order=(sheet.number, sheet.header, place),
        )
    return held[:1]


def _refuse_constants(sheet: TableSheet, notices: Notices) -> None:
    """A constant for a column that the table has: nobody can say which of the two is meant."""
    for name in sheet.mapping.constants:
        for place in sheet.places.get(name, ())[:1]:
            spot, order = (
                sheet.at(sheet.header, place),
                (sheet.number, sheet.header, place),
            )
            notices.fault(
                spot,
                Message.of("tables.constant_twice", column=name),
                Message.of("tables.one_constant"),
                order=order,
            )


def _demand_named(sheet: TableSheet, notices: Notices) -> None:
    """A column of which the mapping names headers that are not there is a fault; of several for a list, each
    that is missing is told.
    """
    mapping, table = sheet.mapping, sheet.table
    there = {
        header_key(cell)
        for cell in sheet.grid.rows[sheet.header]
        if isinstance(cell, str)
    }
    spot, order = sheet.at(sheet.header), (sheet.number, sheet.header, 0)
    for key, ours in mapping.renamed.items():
        message = Message.of(
            "tables.no_mapped_header", header=quote(mapping.texts.get(key, key))
        )
        column = table.column(ours)
        if key in there:
            continue
        if ours not in sheet.places:
            notices.fault(spot, message, Message.of("tables.fix_mapping"), order=order)
        else:
            notices.found(
                "guess" if column.is_list or column.joins else "note", spot, message
            )
    for key in sorted(mapping.ignored - there):
        notices.found(
            "note",
            spot,
            Message.of(
                "tables.no_mapped_header", header=quote(mapping.texts.get(key, key))
            ),
        )


def _demand_columns(sheet: TableSheet, notices: Notices) -> None:
    for column in sheet.table.columns:
        mapping = (
            sheet.mapping
        )  # of headers that it names it is told that they are missing
        given = (
            column.name in sheet.places
            or column.name in mapping.constants
            or column.name in mapping.overridden
        )
        if column.required and not given and column.name != "id":
            advice = Message.of("tables.name_it", names=spellings(column))
            if (
                mapping.ignore_rest
            ):  # no header of the table stands for it, whatever it is called
                advice = Message.of("tables.name_in_mapping", column=column.name)
            notices.fault(
                sheet.at(sheet.header),
                Message.of("tables.no_column", column=named(column)),
                advice,
                order=(sheet.number, sheet.header, len(sheet.grid.rows[sheet.header])),
            )
