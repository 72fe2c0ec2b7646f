"""Which grid is which table: by a mapping, by its name, or else, as a guess, by its headers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count
from pathlib import PurePath

from matchkit.errors import BudgetError
from matchkit.messages.message import Message, Unshortened
from matchkit.model.problem import MOST_RECORDS
from matchkit.tables.cells import quote
from matchkit.tables.columns.column import TableSchema, named
from matchkit.tables.columns.known import (
    NOTES,
    header_key,
    is_title,
    near_table,
    table_named,
)
from matchkit.tables.columns.mapping import TableMapping, TableMappings, meant
from matchkit.tables.columns.schemas import BY_NAME, TABLES
from matchkit.tables.findings import FindingKind, Notices, name_it
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.plain import blank
from matchkit.tables.importer.header_row import (
    TableSheet,
    header_columns,
    header_rows,
    join_header,
    tell_merged,
    unmerged,
)
from matchkit.tables.importer.headers import assign_columns
from matchkit.tables.importer.no_record import may_be_records
from matchkit.tables.importer.value_headers import is_matrix, is_roster, tick_messages
from matchkit.tables.location import Where, where
from matchkit.tables.vocabulary.words import words

FEWEST = 2
"""By so many headers of one table, and fewer of any other, a grid of another name is taken for it."""

SHORTEST_ASCII, SHORTEST_OTHER = 6, 4
"""A name of a table is found within a longer name where it has so many letters."""

_UNNAMED = frozenset(words("headings", "unnamed"))


def placed(
    grids: Sequence[Grid], mappings: TableMappings, notices: Notices
) -> list[TableSheet]:
    """The grids that hold a table, each with its header and columns, in the order given. Raises BudgetError
    for what is too large.
    """
    skipped = frozenset(map(header_key, NOTES))
    found: list[TableSheet] = []
    numbers = count()
    alone = len({id(grid) for grid in grids if grid.rows}) == 1
    for grid in grids:
        if not grid.rows or (
            header_key(grid.name) in skipped and not _is_named(grid, mappings)
        ):
            continue
        if len(grid.rows) > MOST_RECORDS + 1_000:
            raise BudgetError(
                Message.of(
                    "tables.over.rows",
                    where=where(grid),
                    rows=len(grid.rows),
                    most=MOST_RECORDS,
                )
            )
        if grid.encoding == "gb18030":
            notices.found("note", where(grid), Message.of("tables.gb18030"))
        plain = unmerged(grid)
        met, taken = _mappings(plain, mappings, alone, notices)
        for mapping in met:
            table, number = BY_NAME[mapping.table], next(numbers)
            header = header_rows(table, plain, mapping)
            if header is None:
                _without_header(plain, table, mapping, number, notices)
                continue
            join_header(table, plain, header, mapping)
            sheet = TableSheet(number, plain, table, header[-1], mapping, taken)
            above = [
                row for row in plain.rows[: header.start] if not all(map(blank, row))
            ]
            if above:
                # Who says where the header is has seen what stands above it.
                asked = mapping.header is None and may_be_records(
                    above, plain.rows[sheet.header]
                )
                kind: FindingKind = "ignored" if asked else "note"
                notices.found(
                    kind,
                    where(plain),
                    Message.of("tables.above_header", rows=len(above)),
                )
            assign_columns(sheet, notices)
            tell_merged(sheet, notices)
            found.append(sheet)
    _tell_unmet(grids, mappings, notices)
    return found


def _tell_unmet(
    grids: Sequence[Grid], mappings: TableMappings, notices: Notices
) -> None:
    """Tells of files and sheets that the mapping names and that are not there."""
    for mapping in mappings.tables:
        if (mapping.file, mapping.sheet) != (None, None) and not any(
            mapping.meets(grid) for grid in grids
        ):
            names = Unshortened(
                quote(name)
                for name in (mapping.file, mapping.sheet)
                if name is not None
            )
            message = Message.of(
                "tables.no_mapped_sheet",
                names=names,
                table=named(BY_NAME[mapping.table]),
            )
            notices.found("guess", Where(), message)
            notices.beside(
                Where(),
                message,
                Message.of(
                    "tables.fix_sheet",
                    known=Unshortened(quote(name) for name in _names(grids)),
                ),
            )


def _names(grids: Sequence[Grid]) -> list[str]:
    """The files and sheets that there are, each once."""
    return list(
        dict.fromkeys(
            name
            for grid in grids
            for name in ((grid.source,) if grid.is_file else (grid.source, grid.name))
            if name
        )
    )


def passed_over(
    grids: Sequence[Grid], mappings: TableMappings, notices: Notices
) -> Collection[int]:
    """The ``id`` of every grid that the mapping passes over; of names that mean none it is told."""
    found: set[int] = set()
    for name in mappings.ignored_sheets:
        grids_meant = meant(name, grids)
        found.update(map(id, grids_meant))
        if not grids_meant:
            notices.found(
                "note", Where(), Message.of("tables.no_ignored_sheet", name=quote(name))
            )
    return found


def tell_taken(sheets: Sequence[TableSheet], notices: Notices) -> None:
    """Tells with the first fault of a sheet for which table it was taken, where that is a guess: the fault
    may be that it is another.
    """
    for sheet in sheets:
        if sheet.taken is not None:
            notices.advise(
                sheet.number,
                Message.of("tables.if_another", taken=sheet.taken, advice=name_it()),
            )


def _is_named(grid: Grid, mappings: TableMappings) -> bool:
    """Whether a mapping names this very sheet, and not its workbook alone."""
    return any(
        (mapping.sheet is not None or grid.is_file) and mapping.meets(grid)
        for mapping in mappings.tables
    )


def _mappings(
    grid: Grid, mappings: TableMappings, alone: bool, notices: Notices
) -> tuple[list[TableMapping], Message | None]:
    """What the mapping says of a grid, or of its table in any file; with it, how the table was guessed."""
    met = [mapping for mapping in mappings.tables if mapping.meets(grid)]
    if met:
        return met, None
    anywhere = {
        mapping.table: mapping
        for mapping in mappings.tables
        if mapping.file is None and mapping.sheet is None
    }
    table = table_named(grid.name)
    taken = (
        None
        if table is None or is_title(table, grid.name)
        else Message.of("tables.by_name_of_sheet", table=named(table))
    )
    if table is None:
        table = _by_name(grid)
        if table is None and alone and len(anywhere) == 1:
            return list(anywhere.values()), None
        taken = (
            None
            if table is None
            else Message.of("tables.by_name_of_sheet", table=named(table))
        )
        # A name within a name is less than headers: "skills of our people" may list people.
        if (
            table is None
            or header_rows(
                table, grid, anywhere.get(table.name) or TableMapping(table.name)
            )
            is None
        ):
            best = _by_headers(grid, anywhere)
            if best:
                table, taken = (
                    (best[0], Message.of("tables.by_headers", table=named(best[0])))
                    if len(best) == 1
                    else (None, None)
                )
            if table is None:
                _unknown(grid, best, notices)
                return [], None
            if best and taken is not None:
                notices.found("guess", where(grid), taken)
    return [anywhere.get(table.name) or TableMapping(table.name)], taken


def _by_name(grid: Grid) -> TableSchema | None:
    """By the part of the sheet's name that is a table's; where that says nothing, by the file's name."""
    key = header_key(
        grid.name
    )  # 甲单位资源清单, resources-2026; short names are parts of many words
    names = [
        (len(name), table)
        for table in TABLES
        for name in map(header_key, (*table.titles, *table.spellings))
        if name in key
        and len(name) >= (SHORTEST_ASCII if name.isascii() else SHORTEST_OTHER)
    ]
    best = max((length for length, _ in names), default=0)
    tables = {table.name: table for length, table in names if length == best}
    if len(tables) == 1:
        return next(iter(tables.values()))
    if key.rstrip("0123456789") in _UNNAMED and grid.source:
        stem = PurePath(grid.source).stem
        return (
            table_named(stem) or _by_name(Grid(stem, []))
            if header_key(stem) != key
            else None
        )
    return None


def _by_headers(grid: Grid, anywhere: dict[str, TableMapping]) -> list[TableSchema]:
    """The tables of which the grid has most headers; of several those that lack no needed column, if any."""
    scores: dict[str, tuple[int, bool]] = {}
    for table in TABLES:
        mapping = anywhere.get(table.name) or TableMapping(table.name)
        rows = header_rows(table, grid, mapping)
        if rows is not None:
            columns = header_columns(table, grid.rows[rows.start], mapping)
            whole = all(
                not column.required
                or column.name in ("id", *columns, *mapping.constants)
                for column in table.columns
            )
            scores[table.name] = (len(columns), whole)
    best = max(scores.values(), default=(0, False))
    return (
        [BY_NAME[name] for name, score in scores.items() if score == best]
        if best[0] >= FEWEST
        else []
    )


def _unknown(grid: Grid, several: Sequence[TableSchema], notices: Notices) -> None:
    if several:
        fact = Message.of("tables.sheet_several", tables=tuple(map(named, several)))
    elif near := near_table(grid.name):
        fact = Message.of("tables.sheet_near", near=near)
    else:
        fact = Message.of("tables.sheet_unknown")
    if is_roster(grid):
        notices.unknown(
            where(grid), Message.of("tables.roster"), Message.of("tables.give_lists")
        )
    else:
        notices.unknown(where(grid), fact, name_it())


def _without_header(
    grid: Grid, table: TableSchema, mapping: TableMapping, number: int, notices: Notices
) -> None:
    if all(blank(cell) for row in grid.rows for cell in row):
        return
    columns = tuple(named(column) for column in table.columns if column.required)
    fact, advice = (
        Message.of("tables.header_missing", table=named(table)),
        Message.of("tables.give_header", columns=columns),
    )
    spot = where(grid)
    if mapping.header is not None:
        fact = Message.of("tables.header_elsewhere", row=mapping.header)
        advice = Message.of("tables.fix_row")
    elif (matrix := is_matrix(grid)) is not None:
        header, places = matrix
        spot = where(grid, header)
        heads = [grid.rows[header][place] for place in places]
        fact, advice = tick_messages(heads, heads)
    notices.fault(spot, fact, advice, order=(number, 0, 0))
