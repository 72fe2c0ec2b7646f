"""Columns of ticks, of yes and no, or of 1 and 0: each says by its header what the cells of one column of
names would say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from matchkit.messages.message import Message, Unshortened
from matchkit.tables.cells import quote, shown
from matchkit.tables.cells.plain import is_nothing, is_tick
from matchkit.tables.columns.known import headed
from matchkit.tables.findings import Notices
from matchkit.tables.formats.plain import blank
from matchkit.tables.location import where

if TYPE_CHECKING:
    from matchkit.tables.formats.grid import Grid
    from matchkit.tables.importer.headers import Sheet

NAMING: Final = ("skills", "needs")
"""Kinds of columns whose cells name skills."""

FEWEST: Final = 2
"""So many columns of ticks below a row of texts make a matrix."""


def of_ticks(cells: Iterable[Any]) -> bool:
    """Whether the cells that hold something are ticks, and not words for nothing (无, none) alone."""
    held = [cell for cell in cells if not blank(cell)]
    return bool(held) and all(map(is_tick, held)) and not all(map(is_nothing, held))


def columns_of_ticks(rows: Sequence[Sequence[Any]], places: Iterable[int]) -> list[int]:
    """Those of the places in which the rows hold ticks alone."""
    return [place for place in places if of_ticks(row[place] for row in rows)]


def is_matrix(grid: Grid) -> tuple[int, list[int]] | None:
    """The first row that holds something, and the columns of ticks below it that it heads; None where there
    are few.
    """
    header = next(
        (number for number, row in enumerate(grid.rows) if not all(map(blank, row))),
        len(grid.rows),
    )
    below = grid.rows[header + 1 :]
    headed = (
        [
            place
            for place, cell in enumerate(grid.rows[header])
            if isinstance(cell, str) and not is_tick(cell)
        ]
        if below
        else []
    )
    ticks = columns_of_ticks(below, headed)
    return (header, ticks) if len(ticks) >= FEWEST else None


def told(heads: Sequence[Any], names: Sequence[Any]) -> tuple[Message, Message]:
    """That columns of these headers hold ticks, and what to do, with those headers as an example that are
    ``names`` of skills.
    """
    example = "; ".join(map(shown, names[:2])) or Message("tables.ticks.example")
    return Message.of(
        "tables.ticks.skills", columns=Unshortened(map(quote, heads))
    ), Message.of("tables.ticks.give_skills", example=example)


def take_ticks(sheet: Sheet, notices: Notices) -> None:
    """Takes the columns of ticks out of those that are read as skills or times: one fault for all of skills,
    one for each of times.
    """
    rows = [sheet.grid.rows[number] for number in sheet.rows]
    skills: list[int] = []
    for column in sheet.columns:
        if column.kind not in (*NAMING, "times") or column.name not in sheet.places:
            continue
        ticks = columns_of_ticks(rows, sheet.places[column.name])
        if not ticks:
            continue
        sheet.places[column.name] = [
            place for place in sheet.places[column.name] if place not in ticks
        ]
        if not sheet.places[column.name]:
            del sheet.places[column.name]
        if column.kind in NAMING:
            skills += ticks
        else:
            spot = where(sheet.grid, sheet.header, ticks[0], sheet.head(ticks[0]))
            order = (sheet.number, sheet.header, ticks[0])
            notices.fault(
                spot,
                Message.of("tables.ticks.times"),
                Message.of("tables.ticks.give_times"),
                order=order,
            )
    if skills:
        heads = [sheet.head(place) for place in skills]
        said = told(heads, [head for head in heads if headed(sheet.table, str(head)) is None])
        notices.fault(
            where(sheet.grid, sheet.header),
            *said,
            order=(sheet.number, sheet.header, skills[0]),
        )


def tell_unknown_ticks(sheet: Sheet, places: Sequence[int], notices: Notices) -> None:
    """Tells of columns of ticks whose headers nobody knows, all at once: each may be a skill."""
    heads = [sheet.head(place) for place in places]
    example = "; ".join(map(shown, heads[:2]))
    said = Message.of(
        "tables.ticks.unknown", columns=Unshortened(map(quote, heads)), example=example
    )
    notices.found("ignored", where(sheet.grid, sheet.header), said)
