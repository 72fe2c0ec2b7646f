"""One cell to one value of a record and back, untidy cells included: this package knows no file.
docs/untidy_cells.md says what is read.
"""

from matchkit.io.cells.context import Context
from matchkit.io.cells.head_counts import MARKS, HeadCount
from matchkit.io.cells.kinds import KINDS
from matchkit.io.cells.read import read_cell, read_span, read_start, split, written
from matchkit.io.cells.reading import CellFault, Reading
from matchkit.io.cells.showing import quote, shown

__all__ = [
    "KINDS", "MARKS", "CellFault", "Context", "HeadCount", "Reading",
    "quote", "read_cell", "read_span", "read_start", "shown", "split", "written",
]  # fmt: skip
