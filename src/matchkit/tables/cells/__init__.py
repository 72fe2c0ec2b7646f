"""One cell to one value of a record and back, untidy cells included: this package knows no file.
docs/untidy_cells.md says what is read.
"""

from matchkit.tables.cells.amounts import MARKS, HeadCount
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.kinds import KINDS
from matchkit.tables.cells.read import read_cell, read_span, read_start, split, written
from matchkit.tables.cells.reading import CellFault, Reading
from matchkit.tables.location import quote, shown

__all__ = [
    "KINDS",
    "MARKS",
    "CellFault",
    "Context",
    "HeadCount",
    "Reading",
    "quote",
    "read_cell",
    "read_span",
    "read_start",
    "shown",
    "split",
    "written",
]
