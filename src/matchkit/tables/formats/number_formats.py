"""Number formats of a workbook that matter: dates, and numbers shown with leading zeros."""

from __future__ import annotations

import re
from functools import lru_cache

DATE, SPAN, TIMED = "date", "span", "timed"
"""Kinds of cells that hold a number: a date or a time, hours that may pass 24, a date with hours. Any other
is the zeros of ``0000``.
"""

DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the formats of dates that every program has; those from 27 on are of East Asia."""
HOURS = 46
"""The one among them that is [h]:mm:ss."""
WITH_HOURS = 22
"""The one among them that is a date with hours."""

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^]]*\]')
"""Text, a letter to show, to leave room for or to repeat, and a colour or condition: what a format holds
besides digits.
"""
_PADDED = re.compile(r"[^0#?.,/eE]*(00+)")
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MOMENT = re.compile(r"[dmyhs]", re.IGNORECASE)
MOST = 100_000
"""Most formats that are heeded; a spreadsheet program has fewer."""
LONGEST = 255
"""Most characters of a format; a spreadsheet program writes no longer one."""


def kind_of(number: int, code: str | None) -> str | None:
    """The kind of the cells with this format: DATE, SPAN, zeros, or None where cells are read as they are.

    Too many formats pass for dates rather than too few: theirs are only looked at more closely.
    """
    if code is None:
        return SPAN if number == HOURS else DATE if number in DATES else None
    if len(code) > LONGEST:
        return DATE
    if _SPAN.search(code):
        return SPAN
    shown = _LITERALS.sub("", code)
    padded = None if _MOMENT.search(shown) else _PADDED.match(shown.partition(";")[0])
    if padded:
        return padded[1]
    return DATE if _MOMENT.search(code) else None


class NumberFormats:
    """The formats of the cells of a workbook, as its part of styles declares them."""

    TAGS = frozenset({"numFmt", "cellStyleXfs", "cellXfs", "xf"})

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._of_cells: list[str] = []
        self._within = ""

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """Takes one element with its attributes, in the order of the part; too many formats are left out."""
        if tag == "xf":
            if self._within == "cellXfs" and len(self._of_cells) < MOST:
                self._of_cells.append(attributes.get("numFmtId", ""))
        elif tag != "numFmt":
            self._within = tag
        elif (
            len(self._codes) < MOST and not self._within
        ):  # formats under conditions follow later, under numbers of their own
            self._codes[attributes.get("numFmtId", "")] = attributes.get(
                "formatCode", ""
            )

    def kinds(self) -> dict[str | None, str]:
        """The kind of the cells of each style, by what a cell names it by, where it has one."""
        known_kinds = (
            (str(style), _kind(number, self._codes.get(number)))
            for style, number in enumerate(self._of_cells)
        )
        return {style: kind for style, kind in known_kinds if kind is not None}


@lru_cache(1_000)
def _kind(number: str, code: str | None) -> str | None:
    known = int(number) if number.isdecimal() and len(number) < 5 else 0
    kind = kind_of(known, code)
    timed = (
        known == WITH_HOURS
        if code is None
        else "h" in _LITERALS.sub("", code).casefold()
    )
    return TIMED if kind == DATE and timed else kind
