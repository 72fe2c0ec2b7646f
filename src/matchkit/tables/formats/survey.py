"""What a workbook holds, found by reading its XML once, in chunks, before anything is built from it.

python-calamine builds a sheet as one dense matrix from its first to its last cell, copies a shared text into
every cell that names it, ends the whole process where memory runs out, and drops error values. So every part
goes through expat first, whatever its role: cells and what they span, texts and how often they are used,
merged areas; and the places of errors, which are put back.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from matchkit.tables.formats.faults import refuse, too_large
from matchkit.tables.formats.limits import MOST_CELLS, MOST_CHARACTERS
from matchkit.tables.formats.part_reader import PartReader, Sheet

STYLES = "xl/styles.xml"
"""The part that says how numbers are shown."""


@dataclass(slots=True)
class Survey:
    """What all parts of a workbook hold together."""

    source: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """What the parts that hold cells hold, by the part's name."""
    names: dict[str, str] = field(default_factory=dict)
    """The relation under which the workbook knows a sheet, by the sheet's name."""
    targets: dict[str, str] = field(default_factory=dict)
    """The part that a relation of the workbook leads to."""
    lengths: array[int] = field(default_factory=lambda: array("I"))
    """How long each shared text is."""
    uses: array[int] = field(default_factory=lambda: array("I"))
    """The shared text that each cell of text names."""
    elements: int = 0
    merged: int = 0
    errors: int = 0
    styles: dict[str | None, str] = field(default_factory=dict)
    """Which styles have a number format that matters; the part of styles is to be read first."""
    shared_in: str = ""
    """The part that holds the shared texts."""

    def part(self, name: str, chunks: Iterable[bytes]) -> None:
        """Read one part. Raises InputError where it is no XML or no sound sheet, BudgetError where it is too
        large.
        """
        reader = PartReader(self.source, self.elements, self.styles)
        reader.read(chunks)
        self.elements = reader.elements
        self.merged += reader.merged
        self.errors += len(reader.sheet.put_back)
        reader.check(self.merged, self.errors)
        if reader.lengths:
            if self.shared_in or reader.has_cells:
                refuse("twice", self.source)
            self.shared_in, self.lengths = name, reader.lengths
        if reader.has_cells:
            self.sheets[name.casefold()] = reader.sheet
            self.uses.extend(reader.uses)
        self.names.update(reader.names)
        if name.casefold() == "xl/_rels/workbook.xml.rels":
            self.targets.update(reader.targets)
        if name.casefold() == STYLES:
            self.styles = reader.formats.kinds()

    def check(self) -> None:
        """What can be told only after all parts: what cells span and how much text they hold together."""
        spanned = sum(sheet.height * sheet.width for sheet in self.sheets.values())
        if spanned > MOST_CELLS:
            too_large("cells", self.source, cells=spanned, most=MOST_CELLS)
        lengths, uses = np.array(self.lengths, np.int64), np.array(self.uses, np.int64)
        if uses.size and int(uses.max()) >= lengths.size:
            refuse("damaged", self.source)
        characters = int(lengths[uses].sum()) if uses.size else 0
        if characters > MOST_CHARACTERS:
            too_large("characters", self.source, characters=characters, most=MOST_CHARACTERS)

    def sheet(self, name: str) -> Sheet:
        """What was found in the part of this sheet; nothing where it has none."""
        target = self.targets.get(self.names.get(name, ""), "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        return self.sheets.get(part.casefold()) or Sheet()
