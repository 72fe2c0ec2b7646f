"""What cells are read by: the sheet of settings (zone, dates, bounds, a note, factors of the objective), and
what all cells together say of names of skills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, cast

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import LANGUAGES, Message
from matchkit.model import FACTORS
from matchkit.model.history import RATIOS
from matchkit.model.skill import AnyOf, SkillLevel
from matchkit.model.text import key
from matchkit.tables.cells import CellFault, Context, Reading, read_cell
from matchkit.tables.cells.lists import quoted_in
from matchkit.tables.cells.skill_names import joined
from matchkit.tables.columns.known import NEAR, header_key, numbered, slip_of
from matchkit.tables.columns.mapping import BoundingBox
from matchkit.tables.columns.schemas import ASKED, NAMED, setting_header
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.location import quoted

NAMES: Final = ("name", "aliases", "parents")
"""Columns of the table of skills, whose names are what they are."""
SKILLS: Final = frozenset(("skills", "needs", "skill_counts", "senior"))
"""Kinds of columns that name skills."""


def with_skill_names(context: Context, sheets: Sequence[TableSheet]) -> Context:
    """The context with what the tables say of names of skills; itself where they say nothing beyond each
    cell.
    """
    declared = frozenset(
        key(name) for sheet in sheets for name in _declared(sheet, context)
    )
    found = joined(
        dict.fromkeys(name for sheet in sheets for name in _named(sheet, context)),
        declared,
    )
    if not (declared or found.several or found.doubted):
        return context
    return replace(
        context,
        joined=found.several,
        doubted=frozenset(found.doubted),
        declared=declared,
    )


def _declared(sheet: TableSheet, context: Context) -> Iterator[str]:
    """The names in the table of skills, and those that stand in double quotes in a column of skills, if only
    once.
    """
    for column in sheet.columns:
        if column.kind in SKILLS:
            yield from (
                name
                for cell in _cells(sheet, column.name)
                if '"' in cell
                for name in quoted_in(cell)
            )
        elif sheet.table.name == "skills" and column.name in NAMES:
            for value in _values(sheet, column.name, column.kind, context):
                yield from (value,) if isinstance(value, str) else value


def _named(sheet: TableSheet, context: Context) -> Iterator[str]:
    """The names in the columns of skills, had and asked for."""
    for column in sheet.columns:
        if column.kind in SKILLS:
            for value in _values(sheet, column.name, column.kind, context):
                for need in (value,) if isinstance(value, SkillLevel) else value:
                    yield from (
                        one.skill
                        for one in (need.any_of if isinstance(need, AnyOf) else (need,))
                    )


def _cells(sheet: TableSheet, name: str) -> dict[str, None]:
    """The distinct texts in a column."""
    cells = (
        sheet.grid.rows[number][place]
        for place in sheet.places.get(name, ())
        for number in sheet.rows
    )
    return {cell: None for cell in cells if type(cell) is str}


def _values(sheet: TableSheet, name: str, kind: str, context: Context) -> Iterator[Any]:
    """What the distinct cells of a column come to, those with a fault left out: that is told where they are
    read.
    """
    for cell in _cells(sheet, name):
        try:
            value = read_cell(kind, cell, context).value
        except CellFault:
            continue
        if value is not None:
            yield value


_KINDS = {
    "zone": "zone",
    "first": "date",
    "last": "date",
    "day_first": "yes_no",
    "note": "note",
    **{name: name for name in ASKED},
    "round": "whole",
    **dict.fromkeys(RATIOS, "ratio"),
    **dict.fromkeys(FACTORS, "whole"),
}
_PARTED = re.compile("[;,；，、]")
_BY_KEY = {
    header_key(setting_header(name, lang)): name for name in NAMED for lang in LANGUAGES
}


def read_settings(sheets: Sequence[TableSheet], notices: Notices) -> dict[str, Any]:
    """The settings by name; a note that goes on in numbered rows is one. Faults and unknown settings go to
    ``notices``.
    """
    found: dict[str, Any] = {}
    notes: list[tuple[int, str]] = []
    unknown = 0
    plain = Context()
    for sheet in sheets:
        names, values = sheet.places.get("setting"), sheet.places.get("value")
        if not names or not values:
            continue
        for number in sheet.rows:
            name, value = (
                sheet.grid.rows[number][names[0]],
                sheet.grid.rows[number][values[0]],
            )
            if blank(name) or blank(value):
                continue
            bare, part = numbered(header_key(str(name)))
            setting = _BY_KEY.get(header_key(str(name))) or (
                _BY_KEY.get(bare) if _BY_KEY.get(bare) == "note" else None
            )
            spot = sheet.at(number, names[0])
            if setting is None:
                unknown += 1
                near = (
                    slip_of(header_key(str(name)), _BY_KEY) if unknown <= NEAR else None
                )
                message = (
                    Message.of("tables.setting_near", near=_BY_KEY[near])
                    if near
                    else Message.of("tables.setting_unknown", known=NAMED)
                )
                notices.found("ignored", spot, message, read=quoted(name))
                continue
            spot = sheet.at(number, values[0])
            order = (sheet.number, number, values[0])
            if setting == "schema_version":
                if str(value).removesuffix(".0").strip() != "1":
                    notices.fault(
                        spot,
                        Message.of("tables.version"),
                        Message.of("tables.version_one"),
                        quoted(value),
                        order=order,
                    )
                found[setting] = 1
                continue
            try:
                reading = (
                    _read_bounds(value, plain)
                    if setting == "bounds"
                    else read_cell(_KINDS[setting], value, plain)
                )
            except CellFault as fault:
                notices.fault(
                    spot, fault.fact, fault.advice, quoted(value), order=order
                )
                continue
            if reading.guess is not None:
                notices.found("guess", spot, reading.guess, quoted(value))
            if setting == "note":
                notes.append((part, reading.value))
            elif setting in found and found[setting] != reading.value:
                notices.fault(
                    spot,
                    Message.of("tables.setting_twice", setting=setting),
                    Message.of("tables.keep_one"),
                    order=order,
                )
            else:
                found[setting] = reading.value
    if notes:
        found["note"] = "".join(
            text for _, text in sorted(notes, key=lambda entry: entry[0])
        )
    return found


def _read_bounds(cell: Any, context: Context) -> Reading:
    parts = [read_cell("degrees", part, context) for part in _PARTED.split(str(cell))]
    degrees = [part.value for part in parts]
    if len(parts) != 4 or None in degrees or not -90 <= degrees[0] <= degrees[2] <= 90:
        raise CellFault(Message.of("mapping.bounds"), Message.of("tables.give_bounds"))
    return Reading(
        BoundingBox(*degrees), next((part.guess for part in parts if part.guess), None)
    )


def write_bounds(bounds: BoundingBox) -> str:
    """The bounds as the sheet of settings holds them."""
    return "; ".join(map(repr, (bounds.south, bounds.west, bounds.north, bounds.east)))


def context_of(
    given: Mapping[str, Any], mapped: Mapping[str, Any], written: Mapping[str, Any]
) -> Context:
    """What cells are read by: what the caller gives goes before the mapping, and that before the sheet of
    settings.

    Raises InputError where a setting is none.
    """
    try:
        Context(zone=given.get("zone"))
    except InputError as error:  # as the caller calls it
        raise InputError(
            [Complaint("tz", *one.parts[1:]) for one in error.complaints]
        ) from None
    chosen: dict[str, Any] = {}
    for name in ("zone", "first", "last", "day_first"):
        held = [
            source.get(name)
            for source in (given, mapped, written)
            if source.get(name) is not None
        ]
        if held:
            chosen[name] = held[0]
    plain = Context(
        **{
            name: value
            for name, value in chosen.items()
            if name in ("zone", "day_first")
        }
    )
    wrong: list[Complaint] = []
    for name in ("first", "last"):
        if isinstance(chosen.get(name), str | datetime):
            try:
                chosen[name] = _date(chosen[name], plain)
            except CellFault as fault:
                wrong.append(Complaint(name, fault.fact, fault.advice))
    InputError.raise_if(wrong)
    return Context(
        **chosen, words=mapped.get("words", {}), parts=mapped.get("parts", {})
    )


def _date(given: str | datetime, context: Context) -> date:
    """The day; what a cell would be asked about is a fault, as nobody confirms an argument."""
    try:
        return date.fromisoformat(given)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        reading = read_cell("date", given, context)
    if reading.guess is not None or reading.value is None:
        raise CellFault(
            reading.guess or Message("cell.date.not"), Message("cell.accepts.date")
        )
    return cast("date", reading.value)
