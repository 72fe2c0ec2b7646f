"""One part of a workbook, read by expat: how far its cells reach, how long its texts are, which of its cells
hold errors.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from math import inf
from pyexpat import ExpatError, ParserCreate
from string import ascii_uppercase

from matchkit.errors import MatchkitError
from matchkit.tables.formats.faults import refuse, too_large
from matchkit.tables.formats.grid import UNCALCULATED
from matchkit.tables.formats.limits import (
    LONGEST_TAG,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_DAYS,
    MOST_ELEMENTS,
    MOST_ERRORS,
    MOST_MEMBERS,
    MOST_MERGED,
    MOST_ROWS,
    MOST_UNUSED,
)
from matchkit.tables.formats.number_formats import DATE, SPAN, TIMED, NumberFormats

COLUMNS = {
    "".join(letters): place
    for place, letters in enumerate(
        letters
        for length in (1, 2, 3)
        for letters in product(ascii_uppercase, repeat=length)
    )
    if place < MOST_COLUMNS
}
"""The place of a column (from 0) by its letters."""
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
TRUE = frozenset({"1", "true"})
WATCHED = frozenset({"s", "e"})
"""Kinds of cells whose text matters: a shared text, an error. Other text is bounded by what the parts unpack
to.
"""


@dataclass(slots=True)
class SheetSurvey:
    """What one part holds of cells: how far those with a value reach from the first row and column; in
    ``put_back`` those that calamine does not give as they are: errors, formulas without a value, days before
    the first; in ``hidden`` the rows that are not shown, whatever they hold.
    """

    height: int = 0
    width: int = 0
    put_back: dict[tuple[int, int], str | float] = field(default_factory=dict)
    hidden: array[int] = field(default_factory=lambda: array("I"))
    padded: array[int] = field(default_factory=lambda: array("I"))
    """Row and column, one after another, of cells with a whole number that is shown with zeros before it."""
    midnights: array[int] = field(default_factory=lambda: array("I"))
    """The same of cells with the first moment of a day that are shown with hours: calamine gives a day alone.
    """


class PartReader:
    """Reads one part: cells, shared texts, styles, sheets or relations, whatever it is. Its handlers are
    called for every tag, so they do little, and those for text only where it matters.
    """

    def __init__(
        self,
        source: str,
        elements: int = 0,
        styles: dict[str | None, str] | None = None,
    ) -> None:
        self.source = source
        self.styles = styles or {}
        self.numbers = frozenset(self.styles.values())
        self.watched = WATCHED | self.numbers
        self.formats = NumberFormats()
        self.elements = elements
        self.sheet = SheetSurvey()
        self.lengths = array("I")
        self.uses = array("I")
        self.declared = 0
        self.names: dict[str, str] = {}
        self.targets: dict[str, str] = {}
        self.merged = 0
        self.row = self.column = -1
        self.digits = ""
        self.seen = (-1, -1)
        self.kind: str | None = None
        self.has_cells = self.empty = self.shared = self.formula = False
        self.text: list[str] = []
        self.parser = ParserCreate(
            "utf-8"
        )  # whatever the part declares, as calamine does
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = lambda *_: refuse("doctype", source)
        # calamine leaves such a section out without a word
        self.parser.StartCdataSectionHandler = lambda: refuse("cdata", source)

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part to its end."""
        fed = 0
        try:
            for chunk in chunks:
                fed += len(chunk)
                self.parser.Parse(chunk, False)
                # A tag without an end is looked at anew with every chunk.
                if fed - self.parser.CurrentByteIndex > LONGEST_TAG + len(chunk):
                    too_large("tag", self.source, most=LONGEST_TAG)
            self.parser.Parse(b"", True)
            if self.declared > len(self.lengths) + MOST_UNUSED:
                refuse("lying", self.source)
        except MatchkitError:
            raise
        except (ExpatError, ValueError):
            refuse("no_xml", self.source)

    def check(self, merged: int, errors: int) -> None:
        """Raise BudgetError where there is more than a workbook may hold, ``merged`` and ``errors`` of other
        parts included.
        """
        if merged > MOST_MERGED:
            too_large("merged", self.source, most=MOST_MERGED)
        if errors > MOST_ERRORS:
            too_large("errors", self.source, most=MOST_ERRORS)
        if len(self.names) > MOST_MEMBERS or len(self.targets) > MOST_MEMBERS:
            too_large("members", self.source, most=MOST_MEMBERS)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            too_large("elements", self.source, most=MOST_ELEMENTS)
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif tag == "v":
            if self.empty:
                self._filled()
            if self.formula or self.kind in self.watched:
                self._listen()
        elif tag == "t":
            if self.shared:
                self._listen()
        elif tag == "f":
            self._formula()
        elif tag == "is":
            if self.empty:
                self._filled()
        elif tag == "row":
            self._begin_row(attributes)
        else:
            self._seldom(tag, attributes)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        attribute = attributes.get("r")
        if attribute is None:
            self.row += 1
            self.digits = str(self.row + 1)
        elif _is_number(attribute, 7):
            self.row = int(attribute) - 1
            self.digits = attribute
        else:
            refuse("reference", self.source)
        self.column = -1
        if attributes.get("hidden") in TRUE and self.row < MOST_ROWS:
            self.sheet.hidden.append(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        attribute = attributes.get("r")
        if attribute is None:
            self.column += 1
        else:
            digits = self.digits
            column = (
                COLUMNS.get(attribute[: -len(digits)])
                if digits and attribute.endswith(digits)
                else None
            )
            if column is None:
                column = self._elsewhere(attribute)
            self.column = column
        self.kind = kind = attributes.get("t")
        self.has_cells = self.empty = True
        self.shared = self.formula = False
        if kind is not None and kind != "n":
            self._filled()
        elif self.styles:
            self.kind = self.styles.get(attributes.get("s"))

    def _elsewhere(self, attribute: str) -> int:
        """The column of a cell that is not in the row that it stands in."""
        found = REFERENCE.fullmatch(attribute)
        if found is None or found[1] not in COLUMNS:
            refuse("reference", self.source)
        self.row, self.digits = int(found[2]) - 1, found[2]
        return COLUMNS[found[1]]

    def _filled(self) -> None:
        """A cell with a value, which comes after all before it, as calamine takes for granted. One that only
        has a format is not built.
        """
        self.empty = False
        row, column = self.row, self.column
        if (row, column) <= self.seen:
            refuse("order", self.source)
        self.seen = (row, column)
        if row < 0 or row >= MOST_ROWS or column >= MOST_COLUMNS:
            refuse("reference", self.source)
        sheet = self.sheet
        sheet.height = row + 1
        if column >= sheet.width:
            sheet.width = column + 1

    def _formula(self) -> None:
        """A formula has no value until one follows. Calamine gives nothing for it, as for an empty cell."""
        if self.empty:
            self._filled()
        if self.has_cells:
            self.formula = True
            self.sheet.put_back[(self.row, self.column)] = UNCALCULATED
            self.check(0, len(self.sheet.put_back))

    def _seldom(self, tag: str, attributes: dict[str, str]) -> None:
        """Elements that a sheet has few of."""
        if tag == "si":
            self.shared = True
            self.lengths.append(0)
            if len(self.lengths) > MOST_CELLS:
                too_large("elements", self.source, most=MOST_CELLS)
        elif tag == "sst":
            attribute = attributes.get("uniqueCount", "")
            self.declared = int(attribute) if _is_number(attribute, 30) else 0
        elif tag == "mergeCell":
            self.merged += 1
            self.check(self.merged, 0)
        elif tag == "sheet":
            ids = [
                value
                for key, value in attributes.items()
                if key.rpartition(":")[2] == "id"
            ]
            self.names[attributes.get("name", "")] = ids[0] if ids else ""
            self.check(0, 0)
        elif tag in NumberFormats.TAGS:
            self.formats.element(tag, attributes)
        elif tag == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")
            self.check(0, 0)

    def _listen(self) -> None:
        self.text.clear()
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EndElementHandler = self._heard

    def _heard(self, tag: str) -> None:
        """The end of a value or of a piece of shared text (or of what stands within one, which is no
        matter).
        """
        if tag.rpartition(":")[2] not in ("v", "t"):
            return
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None
        text = "".join(self.text)
        if self.formula and (text or self.kind == "str"):  # a text may be empty
            self.sheet.put_back.pop((self.row, self.column), None)
        if self.shared:
            self.lengths[-1] += len(text)
        elif self.kind in self.numbers:
            self._number(text.strip(), self.kind)
        elif self.kind not in WATCHED:
            return
        elif self.kind == "e":
            self.sheet.put_back[(self.row, self.column)] = text[:10]
            self.check(0, len(self.sheet.put_back))
        elif (
            text.isdecimal() and text.isascii() and len(text) <= 9
        ):  # once a cell: no call
            self.uses.append(int(text))
        else:
            refuse("damaged", self.source)

    def _number(self, text: str, kind: str) -> None:
        """A number in a cell whose format matters. Calamine panics over huge dates, and makes midnight of
        every one before the first.
        """
        if kind not in (DATE, SPAN, TIMED):
            if _is_number(text, len(kind) - 1):
                self.sheet.padded.extend((self.row, self.column))
            return
        try:
            days = float(text)
        except ValueError:  # whatever it is, no number
            return
        if not -MOST_DAYS < days < (MOST_DAYS if kind == SPAN else inf):
            refuse("no_date", self.source)
        if kind == TIMED and days.is_integer():
            self.sheet.midnights.extend((self.row, self.column))
        if days < 0 and kind != SPAN:
            self.sheet.put_back[(self.row, self.column)] = days
            self.check(0, len(self.sheet.put_back))


def _is_number(text: str, longest: int) -> bool:
    """Whether a text is a whole number of so many digits at most."""
    return len(text) <= longest and text.isascii() and text.isdecimal()
