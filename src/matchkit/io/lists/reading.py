"""Tables to a problem: everything that is wrong at once, and everything that was guessed by name and place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from matchkit.errors import InputError
from matchkit.io.cells.reading import note
from matchkit.io.columns.known import BY_NAME
from matchkit.io.columns.mapping import TableMappings
from matchkit.io.columns.mapping_file import read_mapping
from matchkit.io.lists.building import Built, built
from matchkit.io.lists.copies import tell_copies
from matchkit.io.lists.findings import TO_CONFIRM, Finding, Notices, reasons
from matchkit.io.lists.headers import Sheet
from matchkit.io.lists.record_faults import tell_record_faults
from matchkit.io.lists.rows import choose_rows
from matchkit.io.lists.settings import context_of, read_settings
from matchkit.io.lists.states import tell_withdrawn
from matchkit.io.lists.table_of_sheet import passed_over, placed, tell_taken
from matchkit.io.lists.table_rows import table_rows
from matchkit.io.lists.unseen import tell_unread, tell_unseen
from matchkit.io.lists.values import tell_unmet
from matchkit.io.location import where
from matchkit.io.sheets import read_grids
from matchkit.io.sheets.grid import Grid
from matchkit.model import Problem
from matchkit.model.collector import collector_at_rest
from matchkit.words import Lang, say

ALIKE: Final = 5
"""So many findings of one column that differ in the cell alone are shown; the rest is counted."""
ALL_SHOWN: Final = frozenset({"cell.guess.noon", "cell.guess.midnight"})
"""Reasons of guesses that are hardly meant as they are written, each in its own way."""


@dataclass(frozen=True, slots=True)
class TablesRead:
    """A problem read from tables, and what the reading noticed: the first 1,000 findings to confirm and the first 1,000 to know."""

    problem: Problem
    findings: tuple[Finding, ...] = ()
    unconfirmed: int = 0
    """How many findings somebody should confirm, those beyond the first 1,000 included."""
    to_know: int = 0
    """How many others there are, those beyond the first 1,000 included."""

    @property
    def guesses(self) -> tuple[Finding, ...]:
        """What somebody should confirm: guesses, oddities, and what was left out because nothing is known of it; 1,000 at most."""
        return tuple(finding for finding in self.findings if finding.kind in TO_CONFIRM)

    def text(self, lang: Lang = "en", every: bool = False) -> str:
        """The findings in lines, those to confirm first. Of those of one column that differ in the cell alone five are shown, or all."""
        noted = [finding for finding in self.findings if finding.kind not in TO_CONFIRM]
        lines: list[str] = []
        for heading, count, found in (("tables.to_confirm", self.unconfirmed, self.guesses), ("tables.noted", self.to_know, noted)):
            if count:
                told = (finding.line(lang) for finding in found) if every else _shortened(found, lang)
                lines += [say(heading, lang, count=count), *(f"  {line}" for line in told)]
            if count > len(found):
                more = say("tables.more_findings", lang, more=count - len(found))
                lines.append(f"  {more}")
        return "\n".join(lines) or say("tables.nothing_found", lang)

    def __str__(self) -> str:
        """All findings in English."""
        return self.text()


def _shortened(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.kind, finding.where.alike, reasons(finding.said)), []).append(finding)
    for found in alike.values():
        most = ALIKE if ALL_SHOWN.isdisjoint(reasons(found[0].said)) else len(found)
        yield from (finding.line(lang) for finding in found[:most])
        if len(found) > most:
            yield say("tables.more_alike", lang, where=found[0].where.alike.text(lang), more=len(found) - most)


@collector_at_rest()
def read_tables(
    source: Any,
    *,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | TableMappings | None = None,
    zone: str | None = None,
    first: date | str | None = None,
    last: date | str | None = None,
    day_first: bool | None = None,
) -> TablesRead:
    """The problem that tables hold, with every guess and oddity as a finding.

    ``source`` is a file (.xlsx, .csv, .parquet), a folder of such files, data frames by the names of their tables, or a list of
    grids. ``mapping`` is a .toml file, or a dictionary of the same form, for tables with headers of their own. ``zone`` (an IANA name)
    is where times without an offset hold and becomes the zone of the problem, ``first`` and ``last`` are the dates between which weekly
    hours hold, ``day_first`` says that 03/04/2026 is the third of April; what is given here goes before the mapping, and that before the
    sheet of settings.

    Raises InputError with every fault by file, sheet, row and column, BudgetError for what is too large and StorageError where a
    file cannot be read.
    """
    grids = source if isinstance(source, list) and all(isinstance(one, Grid) for one in source) else read_grids(source)
    mappings = read_mapping(mapping)
    notices = Notices()
    ignored = passed_over(grids, mappings, notices)
    sheets = placed([grid for grid in grids if id(grid) not in ignored], mappings, notices)
    tell_unread(grids, ignored, notices)
    for sheet in sheets:
        choose_rows(sheet, notices)
        tell_unseen(sheet, notices)
        tell_withdrawn(sheet, notices)
    tell_copies(sheets, notices)
    of_settings = [sheet for sheet in sheets if sheet.table.name == "settings"]
    settings = read_settings(of_settings, notices)
    given = {"zone": zone, "first": first, "last": last, "day_first": day_first}
    context = context_of(given, mappings.settings, settings)
    if settings.get("zone") not in (None, context.zone):
        unused = note("tables.zone_unused", named=settings["zone"], zone=context.zone)
        notices.found("note", where(of_settings[0].grid), unused)
    settings["zone"] = context.zone
    tables = {
        name: table_rows(table, held, context, notices)
        for name, table in BY_NAME.items()
        if name != "settings" and (held := [sheet for sheet in sheets if sheet.table.name == name])
    }
    tell_unmet(sheets, notices)
    return _finished(built(tables, settings, mappings.bounds, notices), sheets, notices)


def _finished(found: Built, sheets: Sequence[Sheet], notices: Notices) -> TablesRead:
    try:
        problem = Problem(**found.data)
    except InputError as error:
        tell_record_faults(error, found, notices)
    if not sheets:
        notices.nothing()
    tell_taken(sheets, notices)
    if notices.complaints:
        raise InputError(notices.complaints, notices.more_complaints)
    return TablesRead(problem, tuple(notices.findings), notices.unconfirmed, notices.to_know)
