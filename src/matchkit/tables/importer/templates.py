"""Empty tables to fill in, with a sheet that says what each column means and what it accepts."""

from __future__ import annotations

from typing import Any

from matchkit.errors import InputError
from matchkit.messages.message import Lang, Message, Unshortened, text_of
from matchkit.model.fault import no_language
from matchkit.tables.cells import KINDS
from matchkit.tables.columns.column import Column, TableSchema
from matchkit.tables.columns.schemas import NAMED, TABLES, setting_header
from matchkit.tables.formats.grid import Grid
from matchkit.tables.vocabulary import words


def template_grids(lang: Lang = "en", *, examples: bool = False) -> list[Grid]:
    """Every table with its headers in a language and nothing below them, and first a sheet of notes on all
    columns.

    With ``examples`` each table holds its example rows: an invented problem that ``read_tables`` reads
    without a guess.

    Raises InputError for an unknown language.
    """
    InputError.raise_if(no_language(lang))
    return [_notes(lang), *(_table(table, lang, examples) for table in TABLES)]


def accepted(column: Column, lang: Lang) -> str:
    """What a cell of the column accepts, in words."""
    if column.kind == "setting":
        names = Unshortened(setting_header(name, lang) for name in NAMED)
        return text_of("accepts.setting", lang, settings=names)
    return (
        text_of("accepts.raw", lang)
        if column.kind == "raw"
        else kind_accepts(column.kind).text(lang)
    )


def kind_accepts(kind: str) -> Message:
    """What cells of a kind accept."""
    return Message("cell.accepts.moment") if kind == "moment" else KINDS[kind].accepts


def _table(table: TableSchema, lang: Lang, examples: bool) -> Grid:
    rows: list[list[Any]] = [[column.header(lang) for column in table.columns]]
    if examples:
        rows += [
            [row.get(column.name) for column in table.columns]
            for row in words.examples(lang)[table.name]
        ]
    return Grid(name=table.title(lang), rows=rows)


def _notes(lang: Lang) -> Grid:
    rows: list[list[Any]] = [
        [
            text_of(f"notes.{name}", lang)
            for name in ("table", "column", "needed", "meaning", "accepted", "example")
        ]
    ]
    for table in TABLES:
        rows.append(
            [
                table.title(lang),
                text_of("notes.whole_table", lang),
                None,
                text_of(f"table.{table.name}", lang),
                None,
                None,
            ]
        )
        for column in table.columns:
            example = next(
                (
                    row[column.name]
                    for row in words.examples(lang)[table.name]
                    if column.name in row
                ),
                None,
            )
            needed = text_of("notes.yes", lang) if column.required else None
            meaning = text_of(f"column.{table.name}.{column.name}", lang)
            rows.append(
                [
                    table.title(lang),
                    column.header(lang),
                    needed,
                    meaning,
                    accepted(column, lang),
                    None if example is None else f"{example}",
                ]
            )
    return Grid(name=text_of("notes.sheet", lang), rows=rows)
