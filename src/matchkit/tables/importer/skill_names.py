"""What all cells together say of the names of skills: which are declared, and which are several, joined by a
mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from matchkit.model.skill import AnyOf, SkillLevel
from matchkit.model.text import key
from matchkit.tables.cells import CellFault, Context, read_cell
from matchkit.tables.cells.lists import quoted_in
from matchkit.tables.cells.skill_names import joined
from matchkit.tables.importer.headers import Sheet

NAMES: Final = ("name", "aliases", "parents")
"""Columns of the table of skills, whose names are what they are."""
SKILLS: Final = frozenset(("skills", "needs", "skill_counts", "senior"))
"""Kinds of columns that name skills."""


def with_skill_names(context: Context, sheets: Sequence[Sheet]) -> Context:
    """The context with what the tables say of names of skills; itself where they say nothing beyond each
    cell.
    """
    declared = frozenset(key(name) for sheet in sheets for name in _declared(sheet, context))
    found = joined(
        dict.fromkeys(name for sheet in sheets for name in _named(sheet, context)), declared
    )
    if not (declared or found.several or found.doubted):
        return context
    return replace(
        context, joined=found.several, doubted=frozenset(found.doubted), declared=declared
    )


def _declared(sheet: Sheet, context: Context) -> Iterator[str]:
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


def _named(sheet: Sheet, context: Context) -> Iterator[str]:
    """The names in the columns of skills, had and asked for."""
    for column in sheet.columns:
        if column.kind in SKILLS:
            for value in _values(sheet, column.name, column.kind, context):
                for need in (value,) if isinstance(value, SkillLevel) else value:
                    yield from (
                        one.skill
                        for one in (need.any_of if isinstance(need, AnyOf) else (need,))
                    )


def _cells(sheet: Sheet, name: str) -> dict[str, None]:
    """The distinct texts in a column."""
    cells = (
        sheet.grid.rows[number][place]
        for place in sheet.places.get(name, ())
        for number in sheet.rows
    )
    return {cell: None for cell in cells if type(cell) is str}


def _values(sheet: Sheet, name: str, kind: str, context: Context) -> Iterator[Any]:
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
