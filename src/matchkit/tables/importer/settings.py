"""What the sheet of settings says: zone, dates and bounds for reading the other sheets, the note, and the
factors of the objective.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from matchkit.errors import Complaint, InputError
from matchkit.messages.catalogue import LANGUAGES
from matchkit.messages.message import Message
from matchkit.model import FACTORS
from matchkit.tables.cells import CellFault, Context, Reading, read_cell
from matchkit.tables.columns.header import header_key, numbered
from matchkit.tables.columns.known import NEAR, slip_of
from matchkit.tables.columns.mapping import Bounds
from matchkit.tables.columns.rules_tables import NAMED, setting_header
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.location import quoted, where

_KINDS = {
    "zone": "zone",
    "first": "date",
    "last": "date",
    "day_first": "yes_no",
    "note": "note",
} | dict.fromkeys(FACTORS, "whole")
_PARTED = re.compile("[;,；，、]")
_BY_KEY = {header_key(setting_header(name, lang)): name for name in NAMED for lang in LANGUAGES}


def read_settings(sheets: Sequence[Sheet], notices: Notices) -> dict[str, Any]:
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
            name, value = sheet.grid.rows[number][names[0]], sheet.grid.rows[number][values[0]]
            if blank(name) or blank(value):
                continue
            bare, part = numbered(header_key(str(name)))
            setting = _BY_KEY.get(header_key(str(name))) or (
                _BY_KEY.get(bare) if _BY_KEY.get(bare) == "note" else None
            )
            spot = where(sheet.grid, number, names[0], sheet.head(names[0]))
            if setting is None:
                unknown += 1
                near = slip_of(header_key(str(name)), _BY_KEY) if unknown <= NEAR else None
                said = (
                    Message.of("tables.setting_near", near=_BY_KEY[near])
                    if near
                    else Message.of("tables.setting_unknown", known=NAMED)
                )
                notices.found("ignored", spot, said, read=quoted(name))
                continue
            spot = where(sheet.grid, number, values[0], sheet.head(values[0]))
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
                notices.fault(spot, fault.fact, fault.advice, quoted(value), order=order)
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
        found["note"] = "".join(text for _, text in sorted(notes, key=lambda entry: entry[0]))
    return found


def _read_bounds(cell: Any, context: Context) -> Reading:
    parts = [read_cell("degrees", part, context) for part in _PARTED.split(str(cell))]
    degrees = [part.value for part in parts]
    if len(parts) != 4 or None in degrees or not -90 <= degrees[0] <= degrees[2] <= 90:
        raise CellFault(Message.of("mapping.bounds"), Message.of("tables.give_bounds"))
    return Reading(Bounds(*degrees), next((part.guess for part in parts if part.guess), None))


def write_bounds(bounds: Bounds) -> str:
    """The bounds as the sheet of settings holds them."""
    return "; ".join(map(repr, (bounds.south, bounds.west, bounds.north, bounds.east)))


def context_of(
    given: Mapping[str, Any], mapped: Mapping[str, Any], written: Mapping[str, Any]
) -> Context:
    """What cells are read by: what the caller gives goes before the mapping, and that before the sheet of
    settings.

    Raises InputError where a setting is none.
    """
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
        **{name: value for name, value in chosen.items() if name in ("zone", "day_first")}
    )
    wrong: list[Complaint] = []
    for name in ("first", "last"):
        if isinstance(chosen.get(name), str | datetime):
            try:
                chosen[name] = _date(chosen[name], plain)
            except CellFault as fault:
                wrong.append(Complaint(name, fault.fact, fault.advice))
    if wrong:
        raise InputError(wrong)
    return Context(**chosen, words=mapped.get("words", {}), parts=mapped.get("parts", {}))


def _date(given: str | datetime, context: Context) -> date:
    """The day; what a cell would be asked about is a fault, as nobody confirms an argument."""
    try:
        return date.fromisoformat(given)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        reading = read_cell("date", given, context)
    if reading.guess is not None or reading.value is None:
        raise CellFault(reading.guess or Message("cell.date.not"), Message("cell.accepts.date"))
    return cast("date", reading.value)
