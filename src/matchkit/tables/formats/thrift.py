"""Structs in Thrift's compact protocol, as Parquet writes them: read into plain dicts, in bounded work.

Source: the Thrift compact protocol specification. A field is found by number and kind together, as readers
pass over a field of another kind than they expect; a number that stands twice is refused, as readers differ
on which of the two counts.
"""

from __future__ import annotations

from typing import Any

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
DEEPEST = 16
MOST_VALUES = 3_000_000
"""Most values of one struct and all that is in it."""

Fields = dict[tuple[int, int], Any]
"""Values by number and kind."""


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
                (kind & 15 == 1) if kind & 15 in (1, 2) else self._value(kind & 15, depth)
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
        if kind in (1, 2, 3):  # truth values in a list have a byte each, as small numbers do
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
