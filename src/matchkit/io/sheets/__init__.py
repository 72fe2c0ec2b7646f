"""Files and data frames as grids of cells, and back: this package knows no record."""

from matchkit.io.sheets.frame_table import frames
from matchkit.io.sheets.grid import Grid
from matchkit.io.sheets.source import read_grids
from matchkit.io.sheets.write import write_grids

__all__ = ["Grid", "frames", "read_grids", "write_grids"]
