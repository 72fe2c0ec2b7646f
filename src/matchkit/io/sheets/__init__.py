"""Files and data frames as grids of cells, and back: this package knows no record."""
