"""The headers of a Parquet file's pages: what every page declares to unpack to, added up before one is unpacked.

The totals at the end of the file are only what its writer says; the reader makes room by the header of each page. Headers are Thrift
structs in its compact protocol (the Parquet format's parquet.thrift and Thrift's compact protocol specification).
"""

from __future__ import annotations

from typing import Any

from matchkit.io.sheets.faults import refuse, too_large
from matchkit.io.sheets.limits import LARGEST_UNPACKED, MOST_BLOCKS

UNPACKED, PACKED, DATA, DATA_V2 = 2, 3, 5, 8
"""Fields of a page header."""
ENCODING, ENCODING_V2 = 2, 4
"""Where the headers of data, of both versions, name the encoding."""
SHARED_BEGINNINGS = 7
"""DELTA_BYTE_ARRAY: a text takes its beginning from the one before, so that a page may unpack to any length all the same."""
DEEPEST = 8


def check_pages(content: bytes, about: Any, source: str) -> None:
    """Raise BudgetError where the pages of a file unpack to too much, InputError where they are none or of an unbounded encoding."""
    unpacked = pages = 0
    for group in range(about.num_row_groups):
        for place in range(about.num_columns):
            column = about.row_group(group).column(place)
            if column.num_values <= 0:
                continue  # the reader asks for no page then, and an empty column may have none
            start = column.data_page_offset
            if column.has_dictionary_page and 0 < column.dictionary_page_offset < start:
                start = column.dictionary_page_offset
            end = start + column.total_compressed_size
            if not 4 <= start <= end <= len(content):
                refuse("damaged_parquet", source)
            while start < end:
                header = _Header(content, start, end)
                fields = header.struct()
                size, packed = fields.get(UNPACKED, -1), fields.get(PACKED, -1)
                encodings = fields.get(DATA, {}).get(ENCODING), fields.get(DATA_V2, {}).get(ENCODING_V2)
                if size < 0 or packed < 0:
                    refuse("damaged_parquet", source)
                if SHARED_BEGINNINGS in encodings:
                    refuse("shared_beginnings", source)
                start, unpacked, pages = header.at + packed, unpacked + size, pages + 1
                if unpacked > LARGEST_UNPACKED:
                    too_large("unpacked", source, size=unpacked, most=LARGEST_UNPACKED)
                if pages > MOST_BLOCKS:
                    too_large("blocks", source, most=MOST_BLOCKS)


class _Header:
    """One header, read from where it begins. Raises IndexError, TypeError or ValueError where it is none."""

    def __init__(self, content: bytes, at: int, end: int) -> None:
        self.content = content
        self.at = at
        self.end = end

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The fields of a struct by their numbers; those that do not matter are read over."""
        if depth > DEEPEST:
            raise ValueError("too deep")
        fields: dict[int, Any] = {}
        number = 0
        while kind := self._byte():
            number = number + (kind >> 4) if kind >> 4 else self._whole()
            fields[number] = self._value(kind & 15, depth, in_struct=True)
        return fields

    def _value(self, kind: int, depth: int, *, in_struct: bool = False) -> Any:
        if kind in (1, 2):  # true and false, which a list spells out
            return kind == 1 if in_struct else self._byte() == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._whole()
        if kind in (7, 8):
            length = 8 if kind == 7 else self._varint()
            self.at += length
            return None
        if kind in (9, 10):
            return self._list(depth)
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError("no such kind")

    def _list(self, depth: int) -> None:
        head = self._byte()
        length = head >> 4 if head >> 4 < 15 else self._varint()
        for _ in range(length):
            self._value(head & 15, depth + 1)

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
