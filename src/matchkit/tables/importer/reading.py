"""Tables to a problem: everything that is wrong at once, and everything that was guessed by name and
place.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.collector import collector_at_rest
from matchkit.tables.checks.check import checked
from matchkit.tables.columns.known import BY_NAME
from matchkit.tables.columns.mapping import TableMappings
from matchkit.tables.columns.mapping_file import read_mapping
from matchkit.tables.findings import Findings, Notices
from matchkit.tables.formats import read_grids
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.building import Built, built
from matchkit.tables.importer.copies import tell_copies
from matchkit.tables.importer.headers import Sheet
from matchkit.tables.importer.record_faults import spot_of, tell_record_faults
from matchkit.tables.importer.rows import choose_rows, tell_odd_ends
from matchkit.tables.importer.settings import context_of, read_settings
from matchkit.tables.importer.skill_names import with_skill_names
from matchkit.tables.importer.states import tell_withdrawn
from matchkit.tables.importer.table_of_sheet import passed_over, placed, tell_taken
from matchkit.tables.importer.table_rows import table_rows
from matchkit.tables.importer.tick_columns import take_ticks
from matchkit.tables.importer.unseen import tell_unread, tell_unseen
from matchkit.tables.importer.values import tell_unmet
from matchkit.tables.location import Where, where


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
    sheets = placed([grid for grid in grids if id(grid) not in ignored], mappings, notices)
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
        unused = Message.of("tables.zone_unused", named=settings["zone"], zone=context.zone)
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
    found: Built, sheets: Sequence[Sheet], is_ours: bool, notices: Notices
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
        notices.found(one.kind, spot_of(one.path, found) or Where(record=one.record), one.said)
    return TablesRead(
        tuple(notices.findings), notices.unconfirmed, notices.to_know, problem=problem
    )
