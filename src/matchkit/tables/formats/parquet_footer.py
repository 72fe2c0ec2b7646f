"""What a Parquet file declares of itself, and what its pages do, checked before pyarrow sees it.

pyarrow ends the whole process on some damaged ends, makes room by the header of each page whatever the end of
the file says, and has no bound on how deep a schema nests. Fields are numbered as in the Parquet format's
parquet.thrift; structs are read as the Thrift compact protocol specification says, into plain dicts and in
bounded work. A field is found by number and kind together, as readers pass over a field of another kind than
they expect; a number that stands twice is refused, as readers differ on which of the two counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from matchkit.errors import MatchkitError
from matchkit.tables.formats.faults import check_extent, refuse, too_large
from matchkit.tables.formats.limits import LARGEST_FOOTER, LARGEST_UNPACKED, MOST_BLOCKS

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
DEEPEST = 16
MOST_VALUES = 3_000_000
"""Most values of one struct and all that is in it."""

Fields = dict[tuple[int, int], Any]
"""Values by number and kind."""

MARK = b"PAR1"
SCHEMA, ROWS, GROUPS, ENCRYPTION = (2, LIST), (3, I64), (4, LIST), (8, STRUCT)
REPETITION, NAME, CHILDREN, CONVERTED = (3, I32), (4, BINARY), (5, I32), (6, I32)
CHUNKS, GROUP_ROWS = (1, LIST), (3, I64)
ELSEWHERE, ABOUT, LOCKED, HIDDEN = (1, BINARY), (3, STRUCT), (8, STRUCT), (9, BINARY)
VALUES, UNPACKED, PACKED = (5, I64), (6, I64), (7, I64)
DATA_AT, DICTIONARY_AT = (9, I64), (11, I64)
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
    except MatchkitError:
        raise
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError):
        refuse("damaged_parquet", source)


def _check(content: bytes, source: str) -> None:
    length, end = int.from_bytes(content[-8:-4], "little"), len(content) - 8
    if length > LARGEST_FOOTER:
        too_large("footer", source, size=length, most=LARGEST_FOOTER)
    if length > end - len(MARK):
        refuse("no_parquet", source)
    footer = Reader(content, end - length, end).struct()
    if ENCRYPTION in footer:
        raise ValueError
    columns, rows = _columns(footer[SCHEMA], source), footer[ROWS]
    check_extent(source, rows, columns)
    if len(footer[GROUPS]) * columns > MOST_BLOCKS:
        too_large("blocks", source, most=MOST_BLOCKS)
    if rows < 0 or sum(group[GROUP_ROWS] for group in footer[GROUPS]) != rows:
        raise ValueError
    chunks = [
        chunk
        for group in footer[GROUPS]
        for chunk in _chunks(group, columns, end - length)
    ]
    _check_unpacked(sum(chunk.unpacked for chunk in chunks), source)
    _check_pages(content, chunks, source)


def _columns(schema: list[Fields], source: str) -> int:
    """How many columns there are. Each stands right below the root: those that hold others are refused by
    name.
    """
    for place, element in enumerate(schema[1:], 1):
        repeated = element.get(REPETITION) == REPEATED
        if element.get(CHILDREN, 0) or repeated:
            name = element[NAME].decode("utf-8", "replace")
            kind = (
                "list" if repeated else NESTED.get(element.get(CONVERTED, -1), "struct")
            )
            refuse("nested", source, column=place, name=name, kind=kind)
    if schema[0].get(CHILDREN, 0) != len(schema) - 1:
        raise ValueError
    return len(schema) - 1


def _chunks(group: Fields, columns: int, end: int) -> Iterator[Chunk]:
    if len(group[CHUNKS]) != columns:
        raise ValueError
    for chunk in group[CHUNKS]:
        about = chunk[ABOUT]
        # Plain columns have a value for every row; one that is nothing counts.
        if (
            about[VALUES] != group[GROUP_ROWS]
            or about[VALUES] < 0
            or {ELSEWHERE, LOCKED, HIDDEN} & chunk.keys()
        ):
            raise ValueError
        if about[VALUES]:
            start = about[DATA_AT]
            if 0 < about.get(DICTIONARY_AT, 0) < start:
                start = about[DICTIONARY_AT]
            if (
                about[UNPACKED] < 0
                or not len(MARK) <= start <= start + about[PACKED] <= end
            ):
                raise ValueError
            yield Chunk(start, start + about[PACKED], about[UNPACKED])


def _check_pages(content: bytes, chunks: list[Chunk], source: str) -> None:
    unpacked = pages = 0
    for start, end, _ in chunks:
        at = start
        while at < end:
            reader = Reader(content, at, end)
            header = reader.struct()
            size, packed = header[PAGE_UNPACKED], header[PAGE_PACKED]
            if size < 0 or packed < 0:
                raise ValueError
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


class Reader:
    """Reads one struct after another. What is none raises IndexError or ValueError."""

    def __init__(self, content: bytes, at: int, end: int) -> None:
        self.content = content
        self.at = at
        self.end = end
        self.left = MOST_VALUES

    def struct(self, depth: int = 0) -> Fields:
        """The next struct."""
        if depth > DEEPEST:
            raise ValueError("too deep")
        fields: Fields = {}
        seen: set[int] = set()
        number = 0
        while kind := self._byte():
            number = number + (kind >> 4) if kind >> 4 else self._whole()
            if number in seen:
                raise ValueError("a field twice")
            seen.add(number)
            fields[number, kind & 15] = (
                (kind & 15 == 1)
                if kind & 15 in (1, 2)
                else self._value(kind & 15, depth)
            )
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        self.left -= 1
        if self.left < 0:
            raise ValueError("too many values")
        if kind in (4, I32, I64):
            return self._whole()
        if kind == BINARY:
            return self._bytes(self._varint())
        if kind == STRUCT:
            return self.struct(depth + 1)
        if kind in (LIST, 10):
            head = self._byte()
            length = head >> 4 if head >> 4 < 15 else self._varint()
            return [self._value(head & 15, depth + 1) for _ in range(length)]
        if kind in (
            1,
            2,
            3,
        ):  # truth values in a list have a byte each, as small numbers do
            return self._byte()
        if kind == 7:
            return self._bytes(8)
        raise ValueError("no such kind")

    def _bytes(self, length: int) -> bytes:
        start = self.at
        self.at += length
        if self.at > self.end:
            raise IndexError
        return self.content[start : self.at]

    def _byte(self) -> int:
        if self.at >= self.end:
            raise IndexError
        self.at += 1
        return self.content[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while shift < 70:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise ValueError("too long")

    def _whole(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
