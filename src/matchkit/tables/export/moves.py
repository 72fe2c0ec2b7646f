"""The moves of a comparison as a table: one row a move, path after path, each with its cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matchkit.answers.comparison import Comparison
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Lang, Message, text_of
from matchkit.model.fault import no_language, of_another_type
from matchkit.tables.export.listing import ZoneTimes
from matchkit.tables.formats.grid import Grid

COLUMNS = (
    "path",
    "cause",
    "resource",
    "away_from",
    "start_before",
    "to",
    "start",
    "quantity",
    "tied",
    "text",
)


def moves_grid(comparison: Comparison, lang: Lang = "en") -> Grid:
    """The moves of a comparison with causes, headers in a language; times by the clocks of the problem after.

    Raises InputError for a comparison without causes, and for other types.
    """
    do = Message("ledger.moves.do")
    wrong = of_another_type("comparison", comparison, Comparison, do)
    wrong += no_language(lang)
    if not wrong and comparison.paths is None:
        wrong.append(Complaint("comparison", Message("ledger.no_moves"), do))
    InputError.raise_if(wrong)
    rows = [[text_of(f"ledger.column.{name}", lang) for name in COLUMNS]]
    rows += [[row[name] for name in COLUMNS] for row in _rows(comparison, lang)]
    title = text_of("ledger.sheet.moves", lang)
    return Grid(title, rows, lines=range(1, len(rows) + 1))


def _rows(comparison: Comparison, lang: Lang) -> Iterator[dict[str, Any]]:
    clock = ZoneTimes(zone=comparison.zone or "UTC")
    for number, path in enumerate(comparison.paths or (), 1):
        for move in path.moves:
            yield {
                "path": number,
                "cause": path.cause(lang),
                "resource": move.resource,
                "away_from": move.away_from,
                "start_before": clock.written(move.start_before),
                "to": move.to,
                "start": clock.written(move.start_after),
                "quantity": move.quantity,
                "tied": move.through,
                "text": path.move_line(move, lang),
            }
