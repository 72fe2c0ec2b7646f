"""Tables to a problem: everything that is wrong at once, also what the records find, and everything that was
guessed, by file, sheet, row and column.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from matchkit.errors import Complaint, InputError, Text
from matchkit.messages.message import Lang, Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.text import key
from matchkit.tables.checks.check import checked
from matchkit.tables.columns.mapping import TableMappings
from matchkit.tables.columns.mapping_file import read_mapping
from matchkit.tables.columns.schemas import BY_NAME
from matchkit.tables.findings import Findings, Notices
from matchkit.tables.formats import read_grids
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.building import Built, built, first_named
from matchkit.tables.importer.header_row import TableSheet
from matchkit.tables.importer.mapped_values import tell_unmet
from matchkit.tables.importer.ranking_rows import ranked_columns
from matchkit.tables.importer.rows import choose_rows, tell_odd_ends
from matchkit.tables.importer.settings import (
    context_of,
    read_settings,
    with_skill_names,
)
from matchkit.tables.importer.sheet_checks import (
    tell_copies,
    tell_unread,
    tell_unseen,
    tell_withdrawn,
)
from matchkit.tables.importer.table_of_sheet import passed_over, placed, tell_taken
from matchkit.tables.importer.table_rows import TableRows, table_rows
from matchkit.tables.importer.value_headers import take_ticks
from matchkit.tables.location import Where, where

_RECORD = re.compile(
    (
        r"(?:objective\.)?(\w+)\[(\d+)\](?:\.(requirements|"
        r"parts|ids)\[(\d+)\])?(?:\.(\w+)(?:\[\d+\])?(?:\.(\w+))?)?.*"
    ),
    re.DOTALL,
)
_NODE = re.compile(r"(unit|community|skill) (.*)", re.DOTALL)
_LISTS = {"unit": "units", "community": "communities", "skill": "skills"}
_MADE = re.compile(r"(units|communities)\[(\d+)\]")
_WHOLE = re.compile(
    r"(?:units|communities|resources|demands)\[\d+\](?:\.requirements\[\d+\])?"
)


def tell_record_faults(error: InputError, found: Built, notices: Notices) -> None:
    """Adds the complaints of the records, each at the row and column it came from, unless that cell has a
    fault already.
    """
    reported: set[Complaint] = set()
    for complaint in error.complaints:
        rows, number, name = _origin(complaint.where, found)
        if rows is None or number is None:
            notices.complaint(complaint, (1 << 30, 0, 0))
            continue
        other = _other(complaint, found)
        name = "id" if other else name
        if rows.is_faulty(number, name or None, notices):
            continue
        led_back = _led_back(complaint, rows.where(number, name), other)
        if led_back not in reported:  # a demand and its only role share a row and an id
            notices.complaint(led_back, rows.order(number, name))
        reported.add(led_back)
    notices.more_complaints += error.more


def spot_of(path: str, found: Built) -> Where | None:
    """Where what stands at a place in the data stands in the files; None where no row is behind it.

    A unit or a community without a row of its own stands where it is named first.
    """
    rows, number, name = _origin(path, found)
    if rows is None and (made := _MADE.match(path)):
        rows, number, name = first_named(
            made[1], found.data[made[1]][int(made[2])]["id"], found.rows
        ) or (
            None,
            None,
            "",
        )
    return None if rows is None or number is None else rows.where(number, name)


def _other(complaint: Complaint, found: Built) -> tuple[str, Where] | None:
    """The record that a whole record is said to be like, and where it stands; a complaint about one field
    names none.
    """
    named = (
        _WHOLE.search(complaint.fact)
        if _WHOLE.fullmatch(complaint.where.partition(" (id ")[0])
        else None
    )
    if named is None:
        return None
    rows, number, _ = _origin(named[0], found)
    return None if rows is None or number is None else (named[0], rows.where(number))


def _led_back(
    complaint: Complaint, spot: Where, other: tuple[str, Where] | None
) -> Complaint:
    """The complaint with places in files instead of paths in the data."""
    _, fact, advice = complaint.parts
    return Complaint(spot, fact if other is None else _Led(fact, *other), advice)


class _Led(NamedTuple):
    """A fact that names a path in the data, by the place in the files instead."""

    fact: str | Text
    path: str
    place: Where

    def text(self, lang: Lang = "en") -> str:
        """The fact in a language."""
        text = self.fact if isinstance(self.fact, str) else self.fact.text(lang)
        return text.replace(self.path, self.place.text(lang))


def _origin(path: str, found: Built) -> tuple[TableRows | None, int | None, str]:
    """The rows, the row and the column that a place in the data came from; None where no row stands behind
    it.
    """
    node = _NODE.fullmatch(path)
    if node:
        return _node(_LISTS[node[1]], node[2], found)
    met = _RECORD.fullmatch(path)
    if not met or met[1] not in (*found.rows, "aims"):
        return None, None, ""
    table, number, inner, place, name, deeper = (
        met[1],
        int(met[2]),
        met[3],
        met[4],
        met[5] or "",
        met[6] or "",
    )
    rows = found.rows[table]
    if table in ("aims", "scores", "rankings"):
        numbers = found.groups[table][number]
        if inner == "requirements":
            held = [at for at in numbers if rows.column("requirement")[at] is not None]
            return rows, held[int(place)], "requirement"
        if inner == "ids":
            at = [at for at in numbers if ranked_columns(rows, at)][int(place)]
            return rows, at, ranked_columns(rows, at)[0]
        if table == "rankings":
            by = rows.column("by")[numbers[0]]
            return rows, numbers[0], by if name == "id" else name
        return rows, numbers[int(place)] if inner == "parts" else numbers[0], name
    if inner == "requirements" and place is not None:
        origins = found.roles.origins[number]
        rows, number = (
            origins[int(place)] if int(place) < len(origins) else (rows, number)
        )
    if number >= rows.count:
        return None, None, ""
    return rows, number, _column(rows, name, deeper)


def _column(rows: TableRows, name: str, deeper: str) -> str:
    if name == "place":
        name = deeper if deeper in rows.values else "place"
    if name == "soft":
        return f"soft_{deeper}" if deeper else "soft_price"
    return (
        f"{name} start"
        if name not in rows.values
        and f"{name} start" in (rows.sheets[0].places if rows.sheets else {})
        else name
    )


def _node(
    table: str, named: str, found: Built
) -> tuple[TableRows | None, int | None, str]:
    rows = found.rows[table]
    if table == "skills":
        numbers = [
            at
            for at, name in enumerate(rows.column("name"))
            if name is not None and key(name) == named
        ]
        return (rows, numbers[0], "parents") if numbers else (None, None, "")
    ids = rows.column("id")
    return (rows, ids.index(named), "parent") if named in ids else (None, None, "")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TablesRead(Findings):
    """A problem read from tables, and what the reading noticed: the first 1,000 findings to confirm and the
    first 1,000 to know.
    """

    problem: Problem
    nothing: ClassVar[str] = "tables.nothing_found"


@collector_at_rest()
def read_tables(
    source: Any,
    *,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | TableMappings | None = None,
    tz: str | None = None,
    first: date | str | None = None,
    last: date | str | None = None,
    day_first: bool | None = None,
) -> TablesRead:
    """The problem that tables hold, with every guess and oddity as a finding.

    ``source`` is a file (.xlsx, .csv, .parquet), a folder of such files, data frames by the names of their
    tables, or a list of grids. ``mapping`` is a .toml file, or a dictionary of the same form, for tables with
    headers of their own. ``tz`` (an IANA name) is where times without an offset hold and becomes the zone
    of the problem, ``first`` and ``last`` are the dates between which weekly hours hold, ``day_first`` says
    that 03/04/2026 is the third of April; what is given here goes before the mapping, and that before the
    sheet of settings.

    Raises InputError with every fault by file, sheet, row and column, BudgetError for what is too large and
    StorageError where a file cannot be read.
    """
    grids = (
        source
        if isinstance(source, list) and all(isinstance(one, Grid) for one in source)
        else read_grids(source)
    )
    mappings = read_mapping(mapping)
    notices = Notices()
    ignored = passed_over(grids, mappings, notices)
    sheets = placed(
        [grid for grid in grids if id(grid) not in ignored], mappings, notices
    )
    tell_unread(grids, ignored, notices)
    for sheet in sheets:
        choose_rows(sheet, notices)
        tell_unseen(sheet, notices)
        tell_withdrawn(sheet, notices)
        take_ticks(sheet, notices)
    tell_copies(sheets, notices)
    of_settings = [sheet for sheet in sheets if sheet.table.name == "settings"]
    settings = read_settings(of_settings, notices)
    if "schema_version" not in settings:
        tell_odd_ends(sheets, notices)
    given = {"zone": tz, "first": first, "last": last, "day_first": day_first}
    context = with_skill_names(context_of(given, mappings.settings, settings), sheets)
    if settings.get("zone") not in (None, context.zone):
        unused = Message.of(
            "tables.zone_unused", named=settings["zone"], zone=context.zone
        )
        notices.found("note", where(of_settings[0].grid), unused)
    settings["zone"] = context.zone
    tables = {
        name: table_rows(table, held, context, notices)
        for name, table in BY_NAME.items()
        if name != "settings"
        and (held := [sheet for sheet in sheets if sheet.table.name == name])
    }
    tell_unmet(sheets, notices)
    return _finished(
        built(tables, settings, mappings.bounds, notices),
        sheets,
        "schema_version" in settings,
        notices,
    )


def _finished(
    found: Built, sheets: Sequence[TableSheet], is_ours: bool, notices: Notices
) -> TablesRead:
    """The problem, checked as a whole unless matchkit wrote the tables: then it was when it was first
    read.
    """
    try:
        problem = Problem(**found.data)
    except InputError as error:
        tell_record_faults(error, found, notices)
    if not sheets:
        notices.nothing()
    tell_taken(sheets, notices)
    notices.tell_beside()
    if notices.complaints:
        raise InputError(notices.complaints, notices.more_complaints)
    for one in () if is_ours else checked(problem, cells=False):
        notices.found(
            one.kind, spot_of(one.path, found) or Where(record=one.record), one.message
        )
    return TablesRead(
        tuple(notices.findings), notices.unconfirmed, notices.to_know, problem=problem
    )
