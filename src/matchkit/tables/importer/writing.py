"""A problem as tables, without loss: reading them back gives an equal problem, and nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any, Final

from matchkit.messages.message import Lang
from matchkit.model import FACTORS, History, Objective, Problem
from matchkit.model.history import RATIOS
from matchkit.model.problem import SCHEMA_VERSION
from matchkit.model.rules.base import LISTS
from matchkit.tables.cells import MARKS, HeadCount, split, written
from matchkit.tables.cells.skill_names import joined
from matchkit.tables.cells.text import quoted
from matchkit.tables.checks.far_values import far
from matchkit.tables.checks.names import declared_skills, skill_names
from matchkit.tables.columns.column import Column, TableSchema
from matchkit.tables.columns.mapping import BoundingBox
from matchkit.tables.columns.schemas import ASKED, BY_NAME, TABLES, setting_header
from matchkit.tables.formats.grid import Grid
from matchkit.tables.importer.no_record import (
    SIGNS,
    are_headers,
    are_numbers_of_columns,
    is_heading,
    is_sum,
)
from matchkit.tables.importer.rows import NAMING
from matchkit.tables.importer.settings import SKILLS, write_bounds
from matchkit.tables.importer.value_headers import is_day

LONGEST: Final = 16_000
"""Most characters of a cell that is written: a spreadsheet holds 32,767 in units of which some letters take
two.
"""
NOTE_PIECE: Final = 2_000
"""So many characters of the note stand in one row; each may take six where it is written."""

Row = dict[str, Any]
"""Values by the names of columns."""


def problem_grids(
    problem: Problem, lang: Lang = "en", *, whole: bool = False
) -> list[Grid]:
    """The tables of a problem, with names and headers in a language; tables and columns in which nothing
    stands are left out.

    With ``whole`` every table is there, if only with its header: as files of a folder they replace all those
    of another problem. ``read_tables`` of them, also by way of a file, gives an equal problem without a
    guess.
    """
    names = skill_names(problem)
    found = joined(names, declared_skills(problem))
    doubted = found.several | found.doubted.keys()
    grids = []
    for table in TABLES:
        if table.name == "settings":
            grids.append(_settings(problem, table, lang))
            continue
        rows = list(_rows(problem, table.name))
        if rows or whole:
            grids.append(_grid(table, rows, lang, doubted))
    return grids


def history_grid(history: Sequence[History], lang: Lang) -> Grid:
    """The table of a history, whole."""
    return _grid(BY_NAME["history"], list(map(_past, history)), lang, frozenset())


def _grid(
    table: TableSchema, rows: Sequence[Row], lang: Lang, doubted: Set[str]
) -> Grid:
    columns: list[tuple[str, list[Any]]] = []
    for column in table.columns:
        values = [row.get(column.name) for row in rows]
        if column.required or any(
            value is not None and value != () for value in values
        ):
            columns += _columns(
                column, values, lang, doubted if column.kind in SKILLS else frozenset()
            )
    head = [header for header, _ in columns]
    written_rows = [
        list(row) for row in zip(*(cells for _, cells in columns), strict=True)
    ]
    for row in written_rows:
        _quote_ambiguous(row, head)
    return Grid(name=table.title(lang), rows=[head, *written_rows])


def _quote_ambiguous(row: list[Any], head: list[str]) -> None:
    """Quotes the first text of a row that a reader would take for a heading, a remark, numbers of columns or
    the header once more.
    """
    place = next((at for at, cell in enumerate(row) if cell is not None), None)
    start = None if place is None else row[place]
    if place is None or not isinstance(start, str) or start[:1] == '"':
        return
    alike = any(looks(start) for looks in (*SIGNS, is_day, is_heading))
    if (
        alike
        or row == head
        or are_headers(row)
        or are_numbers_of_columns(row, len(head))
    ):
        row[place] = quoted(start)


def _columns(
    column: Column, values: Sequence[Any], lang: Lang, doubted: Set[str]
) -> Iterator[tuple[str, list[Any]]]:
    """The cells of a column, and of the numbered ones on which lists go on that are too long for a cell."""
    header = column.header(lang)
    known: dict[Any, Any] = {}
    cells: list[Any] = []
    for value in values:
        if value is None:
            cells.append(None)
            continue
        cell = (
            known.get(value)
            if value.__hash__ and type(value) is not bool and type(value) is not float
            else None
        )
        if cell is None:
            cell = written(column.kind, value, doubted)
            if column.kind in NAMING and isinstance(cell, str) and is_sum(cell):
                cell = quoted(
                    cell
                )  # a row that holds it would be taken for one of sums
            if isinstance(value, tuple | str):
                known[value] = cell
        cells.append(cell)
    if not column.is_list or not any(
        isinstance(cell, str) and len(cell) > LONGEST for cell in cells
    ):
        yield header, cells
        return
    pieces = [
        split(cell, LONGEST) if isinstance(cell, str) else [cell] for cell in cells
    ]
    for part in range(max(map(len, pieces))):
        yield (
            (f"{header} {part + 1}" if part else header),
            [held[part] if part < len(held) else None for held in pieces],
        )


def _fields(record: Any) -> Row:
    # Not model_dump: what the record holds stays as it is, and each cell's kind knows how it is written.
    return {
        name: value
        for name in type(record).model_fields
        if (value := getattr(record, name)) is not None
    }


def _with_place(row: Row) -> Row:
    place = row.pop("place", None)
    return row if place is None else row | {"lat": place.lat, "lon": place.lon}


def _rows(problem: Problem, table: str) -> Iterable[Row]:
    """The rows of a table: of most, the fields of the records in the list of that name."""
    if table in _ROWS:
        return _ROWS[table](problem)
    return (_with_place(_fields(record)) for record in getattr(problem, table))


def _demands(problem: Problem) -> Iterator[Row]:
    for demand in problem.demands:
        row = _with_place(_fields(demand))
        del row["requirements"]
        yield row


def _requirements(problem: Problem) -> Iterator[Row]:
    for demand in problem.demands:
        for requirement in demand.requirements:
            # 99 may be a mark for no limit; with the least before it, it is a count.
            least = requirement.minimum if requirement.wanted in MARKS else None
            yield _fields(requirement) | {
                "demand": demand.id,
                "wanted": HeadCount(least, requirement.wanted),
            }


def _rules(problem: Problem) -> Iterator[Row]:
    for rule in problem.rules:
        row = _fields(rule)
        soft = row.pop("soft", None)
        if soft is not None:
            row |= {
                "soft_price": soft.price,
                "soft_tier": soft.tier,
                "soft_no_worse": soft.no_worse or None,
            }
        yield row


def _scores(problem: Problem) -> Iterator[Row]:
    for scores in problem.scores:
        pairs = list(zip(scores.requirements, scores.points, strict=True))
        yield from (
            {"resource": scores.resource, "requirement": name, "points": points}
            for name, points in pairs
        )
        if not pairs:
            yield {"resource": scores.resource}


def _rankings(problem: Problem) -> Iterator[Row]:
    for one in problem.rankings:
        who: Row = {"by": one.by, one.by: one.id}
        if one.others != "never":
            who["others"] = one.others
        of = LISTS[one.of]
        for name, rank in zip(one.ids, one.ranks, strict=True):
            yield who | {of: name, "rank": rank}
        if not one.ids:
            yield who | {"of": one.of}


def _history(problem: Problem) -> Iterator[Row]:
    yield from map(_past, problem.history)


def _past(one: History) -> Row:
    row = _fields(one)
    return row if one.measure != "units" else row | {"measure": None}


def _aims(problem: Problem) -> Iterator[Row]:
    for aim in problem.objective.aims:
        yield from (
            _fields(part) | {"name": aim.name, "tolerance": aim.tolerance}
            for part in aim.parts
        )


_ROWS: dict[str, Callable[[Problem], Iterator[Row]]] = {
    "demands": _demands,
    "requirements": _requirements,
    "rules": _rules,
    "scores": _scores,
    "rankings": _rankings,
    "history": _history,
    "aims": _aims,
}


def _settings(problem: Problem, table: TableSchema, lang: Lang) -> Grid:
    rows: list[tuple[str, Any]] = [("schema_version", int(SCHEMA_VERSION))]
    text = problem.note or ""
    pieces = [
        text[start : start + NOTE_PIECE] for start in range(0, len(text), NOTE_PIECE)
    ] or ([""] if problem.note is not None else [])
    rows += [
        (f"note {number}" if number > 1 else "note", written("note", piece))
        for number, piece in enumerate(pieces, 1)
    ]
    if problem.zone is not None:
        rows.append(("zone", problem.zone))
    rows += _bounds(problem)
    objective = problem.objective
    rows += [
        (name, getattr(objective, name))
        for name in FACTORS
        if getattr(objective, name) != 1
    ]
    rows += [
        (name, getattr(objective, name))
        for name in ASKED
        if getattr(objective, name) != Objective.model_fields[name].default
    ]
    if problem.round is not None:
        rows.append(("round", problem.round))
    rows += [
        (name, written("ratio", value))
        for name in RATIOS
        if (value := getattr(objective, name)) != Objective.model_fields[name].default
    ]
    cells = [[_setting(name, lang), value] for name, value in rows]
    setting, value = table.columns
    return Grid(
        name=table.title(lang),
        rows=[[setting.header(lang), value.header(lang)], *cells],
    )


def _bounds(problem: Problem) -> Iterator[tuple[str, str]]:
    """The bounds of all places, where one lies so far from the others that a reader would doubt it."""
    places = [
        record.place
        for records in (problem.communities, problem.resources, problem.demands)
        for record in records
        if record.place
    ]
    points = [(place.lat, place.lon) for place in places]
    if far(points):
        lats, lons = zip(*points, strict=True)
        yield (
            "bounds",
            write_bounds(BoundingBox(min(lats), min(lons), max(lats), max(lons))),
        )


def _setting(name: str, lang: Lang) -> str:
    bare, _, number = name.partition(" ")
    return f"{setting_header(bare, lang)} {number}".strip()
