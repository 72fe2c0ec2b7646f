"""What a mapping puts in place of cells, and what it looks for in them and no row holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matchkit.messages.message import Message
from matchkit.tables.cells import quote
from matchkit.tables.columns.column import Column
from matchkit.tables.columns.mapping import folded
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.location import quoted


def replaced(
    sheet: TableSheet, column: Column, place: int, cells: list[Any], notices: Notices
) -> list[Any]:
    """The cells with what the mapping puts in their place, and with its prefix; each replacement is a
    finding.
    """
    values = sheet.mapping.values.get(column.name)
    prefix = sheet.mapping.prefixes.get(column.name)
    mark = sheet.mapping.until.get(column.name)
    if mark:
        if any(isinstance(cell, str) and mark in cell for cell in cells):
            sheet.met.add((column.name, mark))
        cut = [
            at
            for at, cell in enumerate(cells)
            if isinstance(cell, str) and cell.partition(mark)[2].strip()
        ]
        cells = [
            cell.partition(mark)[0] if isinstance(cell, str) else cell for cell in cells
        ]
        if cut:
            spot = sheet.at(sheet.rows[cut[0]], place)
            notices.found(
                "note", spot, Message.of("tables.cut", mark=mark), more=len(cut) - 1
            )
    if values:
        counts: dict[tuple[str, str], list[int]] = {}
        alike = sheet.mapping.alike.get(column.name, {})
        found: dict[str, str | None] = {text: text for text in values}
        for at, cell in enumerate(cells):
            text = "" if blank(cell) else str(_digits(cell)).strip()
            if text not in found:
                found[text] = alike.get(folded(text))
            meant = found[text]
            if meant is not None:
                counts.setdefault((text, meant), []).append(at)
                cells[at] = values[meant]
        sheet.met.update((column.name, meant) for _, meant in counts)
        for (text, meant), places in counts.items():
            spot = sheet.at(sheet.rows[places[0]], place)
            message = Message.of(
                "tables.replaced" if text else "tables.filled",
                value=quote(values[meant], column.kind == "personal"),
            )
            if values[meant] == "":
                message = Message.of("tables.replaced_by_nothing")
            notices.found(
                "note",
                spot,
                message,
                quoted(text, column.kind == "personal") if text else None,
                len(places) - 1,
            )
    prefixed = (
        [at for at, cell in enumerate(cells) if not blank(cell)] if prefix else []
    )
    if prefixed:
        spot = sheet.at(sheet.rows[prefixed[0]], place)
        notices.found(
            "note",
            spot,
            Message.of("tables.prefixed", prefix=quote(prefix)),
            more=len(prefixed) - 1,
        )
        cells = [cell if blank(cell) else f"{prefix}{_digits(cell)}" for cell in cells]
    return cells


def _digits(cell: Any) -> Any:
    return (
        int(cell)
        if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15
        else cell
    )


def tell_unmet(sheets: Sequence[TableSheet], notices: Notices) -> None:
    """Tells of what a mapping replaces or looks for and no row of the sheets that it is about holds: it may
    be misspelt.
    """
    held: dict[int, list[TableSheet]] = {}
    for sheet in sheets:
        held.setdefault(id(sheet.mapping), []).append(sheet)
    for [sheet, *others] in held.values():
        mapping, alike = sheet.mapping, [sheet, *others]
        met = set[tuple[str, str]]().union(*(one.met for one in alike))
        there = set[str]().union(*(one.places for one in alike))
        looked_for = [
            *(
                ("values", name, text, "tables.no_mapped_value")
                for name, texts in mapping.values.items()
                for text in texts
                if text
            ),
            *(
                ("until", name, mark, "tables.no_mapped_mark")
                for name, mark in mapping.until.items()
            ),
            *(("prefixes", name, "", "") for name in mapping.prefixes),
        ]
        lacking = {
            (what, name): None for what, name, _, _ in looked_for if name not in there
        }
        for what, column in lacking:
            notices.found(
                "note",
                sheet.at()._replace(column=column),
                Message.of("tables.no_mapped_column", name=what),
            )
        for what, name, text, message_key in looked_for:
            if message_key and (what, name) not in lacking and (name, text) not in met:
                value = quote(text, sheet.table.column(name).kind == "personal")
                notices.found(
                    "note",
                    sheet.at()._replace(column=name),
                    Message.of(message_key, value=value),
                )
        for span in mapping.spans.values():
            for header, text in span.only.items():
                if (header, text) not in met:
                    notices.found(
                        "guess",
                        sheet.at()._replace(column=header),
                        Message.of("tables.no_mapped_text", value=quote(text)),
                    )
