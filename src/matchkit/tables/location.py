"""How messages quote a cell (short, harmless, without telephone and identity numbers), and where in a file it
stands, as people find it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from matchkit.messages.message import LANGUAGES, Lang, Message, digits, text_of
from matchkit.messages.message import LONGEST as LONGEST_NUMBER

if TYPE_CHECKING:
    from matchkit.tables.formats.grid import Grid

LONGEST = 40
"""Most characters of a cell that a message quotes."""

DIGITS_HIDDEN = 7
"""Runs of so many digits are told by their length: a telephone or identity number may stand in any column."""

# Digits parted by single marks are one number to people: 138-0000-0000, 138 0000 0000.
_NUMBER = re.compile(rf"\d(?:[ \-.()]?\d){{{DIGITS_HIDDEN - 1},}}")
# Dates and times of day hold many digits and tell of nobody.
_TIME = re.compile(
    r"(?:(?<![\d\-])|(?<=:\d\d-))(?:(?:19|20|21)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|"
    r"3[01])(?![\d\-])"
    r"|[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d))",
    re.ASCII,
)


class Quoted(NamedTuple):
    """What messages quote of a cell, in every language: never a personal value."""

    texts: tuple[str, ...]

    def text(self, lang: Lang = "en") -> str:
        """The cell as quoted in a language."""
        return self.texts[LANGUAGES.index(lang)]


def quote(cell: object, personal: bool = False, longest: int = LONGEST) -> str | Quoted:
    """The cell as ``shown``, to be a value of a message: one text where it is the same in all languages."""
    first = shown(cell, personal, longest=longest)
    if first == cell:
        return first
    texts = tuple(shown(cell, personal, lang, longest) for lang in LANGUAGES)
    return Quoted(texts) if len(set(texts)) > 1 else first


def shown(
    cell: object, personal: bool = False, lang: Lang = "en", longest: int = LONGEST
) -> str:
    """The cell as a message quotes it: at most 40 characters, nothing that a terminal or a page would obey.

    Runs of seven or more digits are given as "a number of N digits", what stands in a column of personal data
    as "(hidden)".
    """
    if personal:
        return Message("cell.hidden").text(lang)
    if issubclass(type(cell), float) and float.is_integer(cell):  # type: ignore[arg-type]
        cell = int.__new__(int, float.__float__(cell))  # type: ignore[arg-type]
    if type(cell) is int and abs(cell) >= 10 ** (DIGITS_HIDDEN - 1):
        return _count(_length(cell), lang)
    text = _plain(cell)
    if text is None:
        return Message("cell.of_type", (("name", type_name(cell)),)).text(lang)
    # A run of digits that is cut off here is still one of seven or more.
    hidden = "".join(map(_harmless, _hidden(text[: 4 * longest], lang)[: 2 * longest]))
    return (
        hidden
        if len(hidden) <= longest and len(text) <= 4 * longest
        else hidden[: longest - 1] + "…"
    )


def type_name(cell: object) -> str:
    """The name of a cell's type, whatever that type makes of being asked."""
    name = type.__dict__["__name__"].__get__(type(cell))
    return name[:LONGEST] if name.isascii() and name.isidentifier() else "?"


def _plain(cell: object) -> str | None:
    kind = type(cell)
    if issubclass(kind, str):
        return str.__str__(cell)
    if cell is None:
        return ""
    if kind is datetime or kind is time:
        return str(cell.replace(tzinfo=None))  # type: ignore[attr-defined]
    return str(cell) if kind in (bool, int, float, date, timedelta) else None


def _hidden(text: str, lang: Lang) -> str:
    """The text with long numbers told by their length; dates and times of day stay, what is beside them is
    judged by itself.
    """
    parts: list[str] = []
    at = 0
    for found in [*_TIME.finditer(text), None]:
        parts.append(
            _NUMBER.sub(
                lambda number: _count(sum(map(str.isdigit, number.group())), lang),
                text[at : found.start() if found else None],
            )
        )
        if found:
            parts.append(found.group())
            at = found.end()
    return "".join(parts)


def _count(digits: int, lang: Lang) -> str:
    return Message("cell.digits", (("count", digits),)).text(lang)


def _length(number: int) -> int:
    # Python takes long over the digits of a huge number, and refuses to show them.
    return (
        len(str(abs(number)))
        if number.bit_length() <= LONGEST_NUMBER
        else digits(number)
    )


def _harmless(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if character.isspace() and code > 32:
        return " "
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


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
        ""
        if place is None
        else (quote(header) if header not in (None, "") else letters(place))
    )
    cell = (
        f"{letters(place)}{line}"
        if place is not None and line is not None and grid.source and not grid.is_file
        else ""
    )
    # Of files with one table the sheet is the file.
    return Where(
        grid.source, "" if grid.is_file else quote(grid.name), line, head, cell
    )
