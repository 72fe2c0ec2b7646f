"""Text files with separated cells (.csv): read strictly, as a quote that is not closed would swallow all that
follows; written so that no spreadsheet program calculates a text.

Bytes are text by their byte-order mark, else as UTF-8, else as GB18030; nothing is guessed from how often
bytes occur. UTF-8 comes first because other encodings practically never pass for it, while nearly all UTF-8
passes for GB18030, as other words.

A text that begins as a formula does, after any number of apostrophes, gets one apostrophe more; reading takes
one away. So every text comes back as it was. The same within a text after what separates cells or lines:
where the list separator of a system is a semicolon, a cell ``a;=1+1`` of a file with commas falls into two,
and quotes within a line protect neither a comma nor a new line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from itertools import count
from pathlib import Path
from typing import Any

from matchkit.tables.formats.faults import FileFaults, check_extent, refuse
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.limits import LARGEST_TEXT
from matchkit.tables.formats.plain import filled, trimmed, written
from matchkit.tables.reading import opened, shown

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""Byte-order marks of encodings that are refused; that of UTF-32 LE begins as that of UTF-16 LE does."""
SEPARATORS = (",", "\t", ";")
QUOTED = re.compile(r'"[^"]*"')
LOOKED_AT = 1_000_000
"""In so many characters the first line with a separator is looked for."""
ENDS = re.compile(r"\r\n|\r|\n")
DANGEROUS = frozenset("=+-@\t\r\n\0")
"""What begins a formula, or is skipped before one; full-width and other forms of these count as well."""

FORMULAS = "=+\\-@\u207a\u207c\u208a\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20\u2a75\u2a76"
"""What begins a formula, in all its forms, as a class of characters."""
WITHIN = re.compile(rf'([;,\t\r\n]"*)(\'*)(?=[{FORMULAS}])')


def read_csv(path: Path) -> Grid:
    """The table of a .csv file; its name is that of the file.

    Cells are separated by commas; by tabs, or else semicolons, where the first line that has any of the three
    outside quotes has no comma. The header is the first row with two filled cells (else the first filled
    one): a row with filled cells beyond it is refused, a shorter one is filled up. What ``write_grids`` made
    harmless is restored. Raises InputError with every fault and its row.
    """
    source = shown(path)
    text, encoding = text_of(opened(path, LARGEST_TEXT), source)
    faults = FileFaults()
    if "\0" in text:
        for line, held in enumerate(ENDS.split(text), 1):
            if "\0" in held:
                faults.add("null", source, line)
        faults.raise_if_any()
    rows, lines = _Records(source, faults).read(text)
    faults.raise_if_any()
    rows = trimmed(rows)
    return Grid(path.stem, rows, source, lines[: len(rows)], (), encoding)


def separator(text: str) -> str:
    """What separates the cells, told by the first line that has any of the three marks outside quotes."""
    for line in ENDS.split(QUOTED.sub("", text[:LOOKED_AT])):
        found = [mark for mark in SEPARATORS if mark in line]
        if found:
            return found[0]
    return SEPARATORS[0]


class _Records:
    """The records of a text, each with its number: the row in which a spreadsheet program shows it, however
    many lines it has.
    """

    def __init__(self, source: str, faults: FileFaults) -> None:
        self.source = source
        self.faults = faults
        self.rows: list[list[str | None]] = []
        self.lines: list[int] = []
        self.width = 0
        self.has_header = False

    def read(self, text: str) -> tuple[list[list[str | None]], list[int]]:
        # newline="": the csv module reads line ends within quotes itself.
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator(text), strict=True
        )
        for number in count(1):
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                self.faults.add(_kind(str(error)), self.source, number)
            else:
                self.row(cells, number)
        return self.rows, self.lines

    def row(self, cells: list[str], number: int) -> None:
        if not self.has_header:
            self.begin(cells)
        elif len(cells) > self.width:
            if any(cell.strip() for cell in cells[self.width :]):
                self.faults.add(
                    "long_row",
                    self.source,
                    number,
                    column=self.width + 1,
                    cells=len(cells),
                    width=self.width,
                )
            cells = cells[: self.width]
        check_extent(self.source, len(self.rows) + 1, self.width)
        self.rows.append(
            [
                (restored(cell) if "'" in cell else cell) if cell else None
                for cell in cells
            ]
        )
        self.lines.append(number)

    def begin(self, cells: list[str]) -> None:
        """A row up to the header: titles above it may be of any length."""
        while cells and not cells[-1].strip():
            cells.pop()
        self.width = max(self.width, len(cells))
        self.has_header = filled(cells) > 1


def _kind(error: str) -> str:
    if "end of data" in error:
        return "open_quote"
    return "long_cell" if "limit" in error else "stray_quote"


def text_of(content: bytes, source: str) -> tuple[str, str]:
    """The text and the name of its encoding: "utf-8-sig", "utf-8" or "gb18030".

    Raises InputError, with the line, where it is in none of them.
    """
    if content.startswith(WIDE_MARKS):
        refuse("utf16", source)
    if content.startswith(codecs.BOM_UTF8):
        try:
            return content[len(codecs.BOM_UTF8) :].decode("utf-8"), "utf-8-sig"
        except UnicodeDecodeError as error:
            refuse(
                "not_utf8", source, _line(content, error.start + len(codecs.BOM_UTF8))
            )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        start = error.start
    try:
        return content.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        refuse("no_encoding", source, _line(content, start))


def _line(content: bytes, place: int) -> int:
    before = content[:place]
    return before.count(b"\n") + before.replace(b"\r\n", b"").count(b"\r") + 1


def csv_bytes(grid: Grid) -> bytes:
    """The file: UTF-8 with a byte-order mark, as spreadsheet programs expect it, cells separated by commas,
    lines ended as RFC 4180 says, numbers as numbers.
    """
    made = io.StringIO(newline="")
    # With one column no comma tells what separates: quotes keep other marks from passing for it.
    alone = bool(grid.rows) and len(grid.rows[0]) == 1
    writer = csv.writer(made, quoting=csv.QUOTE_ALL if alone else csv.QUOTE_MINIMAL)
    writer.writerows([_cell(cell) for cell in row] for row in grid.rows)
    return codecs.BOM_UTF8 + made.getvalue().encode()


def _cell(cell: Any) -> Any:
    if cell is None or type(cell) is int or type(cell) is float:
        return cell
    return neutralised(cell if type(cell) is str else written(cell))


def neutralised(text: str) -> str:
    """The text as it is written into a text file."""
    text = WITHIN.sub(r"\1'\2", text)
    return f"'{text}" if _begins_a_formula(text) else text


def restored(text: str) -> str:
    """The text that was neutralised to this one; any other as it is."""
    if text[:1] == "'" and _begins_a_formula(text):
        text = text[1:]
    return WITHIN.sub(lambda found: found[1] + found[2][1:], text)


def _begins_a_formula(text: str) -> bool:
    first = text.lstrip("'")[:1]
    # No form of a letter or digit normalises to one of these: saves the look-up.
    if not first or first.isalnum():
        return False
    return unicodedata.normalize("NFKC", first)[:1] in DANGEROUS
