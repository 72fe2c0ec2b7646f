"""Where in a file something stands, as people find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matchkit.messages.message import LANGUAGES, Lang, text_of
from matchkit.tables.showing import Quoted, quote, shown

if TYPE_CHECKING:
    from matchkit.tables.formats.grid import Grid


class Where(NamedTuple):
    """A place in a file: as much of file, sheet, row, column and cell as there is to say. Headers are quoted,
    cells are not.
    """

    file: str = ""
    sheet: str | Quoted = ""
    row: int | None = None
    column: str | Quoted = ""
    cell: str = ""
    record: str = ""
    """A record of a problem that is in no file: ``demands[3].windows (id D4)``."""

    @property
    def alike(self) -> Where:
        """The column (or the sheet) that it lies in."""
        return self._replace(row=None, cell="", record="")

    def text(self, lang: Lang = "en") -> str:
        """The place in words: ``list.xlsx, sheet Resources, row 5, column unit (B5)``."""
        found = [text for text in (self.file, self.record) if text]
        if self.sheet:
            found.append(text_of("tables.where.sheet", lang, sheet=self.sheet))
        if self.row is not None:
            found.append(text_of("tables.where.row", lang, row=self.row))
        if self.column:
            found.append(
                text_of(
                    "tables.where.cell" if self.cell else "tables.where.column",
                    lang,
                    column=self.column,
                    cell=self.cell,
                )
            )
        return text_of("tables.where.between", lang).join(found) or text_of(
            "tables.where.nowhere", lang
        )


def quoted(cell: object, personal: bool = False) -> Quoted:
    """A cell as messages quote it."""
    return Quoted(tuple(shown(cell, personal, lang) for lang in LANGUAGES))


def letters(place: int) -> str:
    """The letters of a column of a spreadsheet, counted from 0: A, ..., Z, AA, ..."""
    found = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        found = chr(ord("A") + letter) + found
    return found


def line_of(grid: Grid, row: int) -> int:
    """Where a row stands for people, counted from 1."""
    return grid.lines[row] if row < len(grid.lines) else row + 1


def where(
    grid: Grid, row: int | None = None, place: int | None = None, header: object = None
) -> Where:
    """The place of a cell (or of a row, or of the whole table) of a grid, by places counted from 0."""
    line = None if row is None else line_of(grid, row)
    head: str | Quoted = (
        "" if place is None else (quote(header) if header not in (None, "") else letters(place))
    )
    cell = (
        f"{letters(place)}{line}"
        if place is not None and line is not None and grid.source and not grid.is_file
        else ""
    )
    # Of files with one table the sheet is the file.
    return Where(grid.source, "" if grid.is_file else quote(grid.name), line, head, cell)
