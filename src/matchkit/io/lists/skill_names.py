"""What all cells together say of the names of skills: which are declared, and which are several, joined by a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from matchkit.io.cells import CellFault, Context, read_cell
from matchkit.io.cells.joined import joined, parts_of
from matchkit.io.lists.headers import Sheet
from matchkit.io.lists.tick_columns import NAMING
from matchkit.model.skill import AnyOf
from matchkit.model.text import key

NAMES = ("name", "aliases", "parents")
"""Columns of the table of skills, whose names are what they are."""


def with_skill_names(context: Context, sheets: Sequence[Sheet]) -> Context:
    """The context with what the tables say of names of skills; itself where they say nothing beyond each cell."""
    declared = frozenset(key(name) for sheet in sheets if sheet.table.name == "skills" for name in _declared(sheet, context))
    names = list(dict.fromkeys(name for sheet in sheets for name in _named(sheet, context)))
    several = joined(names, declared) if any(len(parts_of(name)) > 1 for name in names) else frozenset()
    return replace(context, joined=several, declared=declared) if several or declared else context


def _declared(sheet: Sheet, context: Context) -> Iterator[str]:
    for column in sheet.columns:
        if column.name in NAMES:
            for value in _values(sheet, column.name, column.kind, context):
                yield from (value,) if isinstance(value, str) else value


def _named(sheet: Sheet, context: Context) -> Iterator[str]:
    """The names in the columns of skills, had and asked for."""
    for column in sheet.columns:
        if column.kind in NAMING:
            for value in _values(sheet, column.name, column.kind, context):
                for need in value:
                    yield from (one.skill for one in (need.any_of if isinstance(need, AnyOf) else (need,)))


def _values(sheet: Sheet, name: str, kind: str, context: Context) -> Iterator[Any]:
    """What the distinct cells of a column come to, those with a fault left out: that is told where they are read."""
    for place in sheet.places.get(name, ()):
        for cell in {cell for number in sheet.rows if type(cell := sheet.grid.rows[number][place]) is str}:
            try:
                value = read_cell(kind, cell, context).value
            except CellFault:
                continue
            if value is not None:
                yield value
