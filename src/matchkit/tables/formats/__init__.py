"""Files and data frames as grids of cells, and back: this package knows no record."""

from matchkit.tables.formats.frame_table import frames
from matchkit.tables.formats.grid import Grid
from matchkit.tables.formats.source import read_grids
from matchkit.tables.formats.write import write_grids

__all__ = ["Grid", "frames", "read_grids", "write_grids"]
