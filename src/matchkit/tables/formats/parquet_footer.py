"""What a Parquet file declares of itself, and what its pages do, checked before pyarrow sees it.

pyarrow ends the whole process on some damaged ends, makes room by the header of each page whatever the end of
the file says, and has no bound on how deep a schema nests. Fields are numbered as in the Parquet format's
parquet.thrift.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matchkit.tables.formats.faults import Faults, refuse, too_large
from matchkit.tables.formats.limits import (
    LARGEST_FOOTER,
    LARGEST_UNPACKED,
    MOST_BLOCKS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
)
from matchkit.tables.formats.thrift import BINARY, I32, I64, LIST, STRUCT, Fields, Reader

MARK = b"PAR1"
SCHEMA, ROWS, GROUPS, ENCRYPTION = (2, LIST), (3, I64), (4, LIST), (8, STRUCT)
REPETITION, NAME, CHILDREN, CONVERTED = (3, I32), (4, BINARY), (5, I32), (6, I32)
CHUNKS, GROUP_ROWS = (1, LIST), (3, I64)
ELSEWHERE, ABOUT, LOCKED, HIDDEN = (1, BINARY), (3, STRUCT), (8, STRUCT), (9, BINARY)
VALUES, UNPACKED, PACKED, DATA_AT, DICTIONARY_AT = (
    (5, I64),
    (6, I64),
    (7, I64),
    (9, I64),
    (11, I64),
)
PAGE_UNPACKED, PAGE_PACKED, DATA, DATA_V2 = (2, I32), (3, I32), (5, STRUCT), (8, STRUCT)
ENCODING, ENCODING_V2 = (2, I32), (4, I32)
REPEATED = 2
NESTED = {1: "map", 2: "map", 3: "list"}
"""Words for columns that hold others, by what the schema says they stand for."""
SHARED_BEGINNINGS = 7
"""DELTA_BYTE_ARRAY: a text takes its beginning from the one before, so a small page may unpack to texts of
any length.
"""


class Chunk(NamedTuple):
    """One column of one row group: where its pages lie and what they unpack to, as declared."""

    start: int
    end: int
    unpacked: int


def check_parquet(content: bytes, source: str) -> None:
    """Raise InputError for what is no sound Parquet file of plain columns, BudgetError for what is too
    large.
    """
    if len(content) < 12 or not (content.startswith(MARK) and content.endswith(MARK)):
        refuse("no_parquet", source)
    try:
        _check(content, source)
    except (IndexError, KeyError, TypeError, AttributeError, OverflowError):
        refuse("damaged_parquet", source)


def _check(content: bytes, source: str) -> None:
    length, end = int.from_bytes(content[-8:-4], "little"), len(content) - 8
    if length > LARGEST_FOOTER:
        too_large("footer", source, size=length, most=LARGEST_FOOTER)
    if length > end - len(MARK):
        refuse("no_parquet", source)
    footer = _struct(Reader(content, end - length, end), source)
    if ENCRYPTION in footer:
        refuse("damaged_parquet", source)
    columns, rows = _columns(footer[SCHEMA], source), footer[ROWS]
    if rows > MOST_ROWS:
        too_large("rows", source, most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        too_large("columns", source, most=MOST_COLUMNS)
    if rows * columns > MOST_CELLS:
        too_large("cells", source, cells=rows * columns, most=MOST_CELLS)
    if len(footer[GROUPS]) * columns > MOST_BLOCKS:
        too_large("blocks", source, most=MOST_BLOCKS)
    if rows < 0 or sum(group[GROUP_ROWS] for group in footer[GROUPS]) != rows:
        refuse("damaged_parquet", source)
    chunks = [
        chunk
        for group in footer[GROUPS]
        for chunk in _chunks(group, columns, end - length, source)
    ]
    _check_unpacked(sum(chunk.unpacked for chunk in chunks), source)
    _check_pages(content, chunks, source)


def _struct(reader: Reader, source: str) -> Fields:
    try:
        return reader.struct()
    except ValueError:
        refuse("damaged_parquet", source)


def _columns(schema: list[Fields], source: str) -> int:
    """How many columns there are. Each stands right below the root: those that hold others are refused by
    name.
    """
    faults = Faults()
    for place, element in enumerate(schema[1:], 1):
        if element.get(CHILDREN, 0) or element.get(REPETITION) == REPEATED:
            name, kind = (
                element[NAME].decode("utf-8", "replace"),
                NESTED.get(element.get(CONVERTED, -1), "struct"),
            )
            faults.add(
                "nested",
                source,
                column=place,
                name=name,
                kind="list" if element.get(REPETITION) == REPEATED else kind,
            )
            break  # what comes next lies within it
    faults.raise_if_any()
    if schema[0].get(CHILDREN, 0) != len(schema) - 1:
        refuse("damaged_parquet", source)
    return len(schema) - 1


def _chunks(group: Fields, columns: int, end: int, source: str) -> Iterator[Chunk]:
    if len(group[CHUNKS]) != columns:
        refuse("damaged_parquet", source)
    for chunk in group[CHUNKS]:
        about = chunk[ABOUT]
        # Plain columns have a value for every row; one that is nothing counts.
        if (
            about[VALUES] != group[GROUP_ROWS]
            or about[VALUES] < 0
            or {ELSEWHERE, LOCKED, HIDDEN} & chunk.keys()
        ):
            refuse("damaged_parquet", source)
        if about[VALUES]:
            start = about[DATA_AT]
            if 0 < about.get(DICTIONARY_AT, 0) < start:
                start = about[DICTIONARY_AT]
            if about[UNPACKED] < 0 or not len(MARK) <= start <= start + about[PACKED] <= end:
                refuse("damaged_parquet", source)
            yield Chunk(start, start + about[PACKED], about[UNPACKED])


def _check_pages(content: bytes, chunks: list[Chunk], source: str) -> None:
    unpacked = pages = 0
    for start, end, _ in chunks:
        at = start
        while at < end:
            reader = Reader(content, at, end)
            header = _struct(reader, source)
            size, packed = header[PAGE_UNPACKED], header[PAGE_PACKED]
            if size < 0 or packed < 0:
                refuse("damaged_parquet", source)
            if SHARED_BEGINNINGS in (
                header.get(DATA, {}).get(ENCODING),
                header.get(DATA_V2, {}).get(ENCODING_V2),
            ):
                refuse("shared_beginnings", source)
            at, unpacked, pages = reader.at + packed, unpacked + size, pages + 1
            _check_unpacked(unpacked, source)
            if pages > MOST_BLOCKS:
                too_large("blocks", source, most=MOST_BLOCKS)


def _check_unpacked(size: int, source: str) -> None:
    if size > LARGEST_UNPACKED:
        too_large("unpacked", source, size=size, most=LARGEST_UNPACKED)
