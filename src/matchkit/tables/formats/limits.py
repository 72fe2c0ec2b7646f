"""Limits on the size of files and frames; what is larger is refused before it is built.

A city of 100,000 resources with 16 columns makes about 7 MB of .xlsx, 90 MB unpacked, 1.6 million cells.
"""

from __future__ import annotations

MB = 1024 * 1024

LARGEST_FILE = 200 * MB
"""Most bytes of one file, looked at before it is opened."""
LARGEST_TEXT = 100 * MB
"""Most bytes of a text file: as text in memory it takes up to four times as much, twice."""
MOST_FILES = 200
"""Most files of a folder, tables among data frames, and sheets of a workbook."""
MOST_ENTRIES = 10_000
"""Most entries of a folder that are looked at."""
MOST_ROWS = 1_048_576
"""Rows of a sheet in a spreadsheet program; no table has more."""
MOST_COLUMNS = 16_384
"""Columns of a sheet in a spreadsheet program; no table has more."""
MOST_CELLS = 10_000_000
"""Most cells that the tables of one source span together, empty ones between filled ones included."""
MOST_CHARACTERS = 200_000_000
"""Most characters of all cells together; a text that many cells share counts once for each of them."""
MOST_MERGED = 100_000
"""Most merged areas of a workbook."""

MOST_ERRORS = 500_000
"""Most error values (#N/A and its like) in the cells of a workbook."""

MOST_MEMBERS = 2_000
"""Most parts of a workbook (it is a zip archive)."""
LARGEST_UNPACKED = 512 * MB
"""Most bytes that the parts of a workbook unpack to, as declared and as found."""
RATIO_FROM = 16 * MB
"""From so many unpacked bytes on a part must be packed at an ordinary ratio."""
HIGHEST_RATIO = 250
"""Unpacked bytes a packed byte, at most. Tables reach about 20; a sheet of formats without values 100; a bomb
1,000.
"""
MOST_ELEMENTS = 40_000_000
"""Most XML elements of a workbook: a cell of text has three."""
MOST_DAYS = 999_999_999
"""Most days of a span, and before the first day of the calendar of spreadsheets: Python counts no more."""
LONGEST_TAG = 4 * MB
"""Most bytes of one XML tag, give or take a chunk: a parser that looks for its end starts anew with every
chunk.
"""
CHUNK = 256 * 1024
"""So much is unpacked at a time."""
MOST_UNUSED = 4_000_000
"""So many shared texts may be declared and missing, as calamine makes room for them; some programs declare
their uses.
"""

MOST_BLOCKS = 200_000
"""Most column chunks (row groups times columns), and most pages, of a Parquet file."""
LARGEST_FOOTER = 16 * MB
"""Most bytes of what a Parquet file declares of itself at its end."""

LONGEST_XLSX_CELL = 32_767
"""Most UTF-16 units of a cell of a spreadsheet; more a spreadsheet program does not open."""
