"""How many people a requirement wants: 5, 3-5人, 至少3人, 约10人."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from matchkit.messages.message import Message
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import read_whole
from matchkit.tables.cells.numerals import NUMBER, number
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, words


class HeadCount(NamedTuple):
    """How many are wanted, and the least where the cell says so."""

    minimum: int | None
    wanted: int


MARKS: Final = frozenset({99, 999, 9_999, 99_999, 999_999})
"""Counts that people type to mean that there is no limit; 0..99 says that 99 is a count."""

NO_NUMBER: Final = frozenset(words("heads", "no_number"))
"""What people write where they have no number."""

_FLAGS: Final = re.ASCII | re.IGNORECASE
_COUNT = rf"({NUMBER}) ?(?:<<heads.units>>)?"
_RANGE = pattern(rf"{_COUNT} ?(?:-|~|–|—|<<heads.to>>) ?{_COUNT}", _FLAGS)
# That people are counted is what the column says, too.
_PEOPLE = pattern(_COUNT, _FLAGS)
_CANONICAL = re.compile(r"(\d{1,18})\.\.(\d{1,18})", re.ASCII)
_LEAST = pattern(rf"(?:<<heads.at_least>>|>=|≥) ?{_COUNT}", _FLAGS)
_AND_MORE = pattern(rf"{_COUNT}(?:<<heads.at_least_after>>|\+)", _FLAGS)
_MOST = pattern(rf"(?:<<heads.at_most>>|<=|≤) ?{_COUNT}", _FLAGS)
_WITHIN = pattern(rf"{_COUNT}(?:<<heads.at_most_after>>)", _FLAGS)


def read_head_count(cell: Plain, context: Context, doubts: Doubts) -> HeadCount:
    """How many are wanted, with the least where a range or "at least" says so."""
    if isinstance(cell, date):  # a moment is a date, too
        refuse("cell.heads.date", Message("cell.accepts.as_text"))
    text = folded(cell) if isinstance(cell, str) else ""
    outright = _CANONICAL.fullmatch(text)
    count = (
        HeadCount(int(outright[1]), int(outright[2])) if outright else _of_text(text, doubts)
    )
    if count is None:
        count = HeadCount(None, read_whole(cell, context, doubts))
    if any(unit in text for unit in words("heads", "turns")):
        doubts.add("cell.guess.turns")
    if count.wanted < 1 or (
        count.minimum is not None and not 0 <= count.minimum <= count.wanted
    ):
        refuse("cell.heads.none" if count.wanted < 1 else "cell.heads.order")
    if count.wanted in MARKS and not outright:
        doubts.add("cell.guess.no_limit", count=count.wanted)
    return count


def _numbers(*texts: str) -> list[int]:
    found = [number(text) for text in texts]
    return (
        [value for value in found if value is not None]
        if None not in found
        else refuse("cell.whole.not")
    )


def _of_text(text: str, doubts: Doubts) -> HeadCount | None:
    if text.casefold() in NO_NUMBER:
        refuse("cell.heads.no_number")
    if found := _PEOPLE.fullmatch(text):
        return HeadCount(None, _numbers(found[1])[0])
    if found := _RANGE.fullmatch(text):
        least, most = _numbers(*found.groups())
        doubts.add("cell.guess.range")
        return HeadCount(least, most)
    if found := _LEAST.fullmatch(text) or _AND_MORE.fullmatch(text):
        [least] = _numbers(found[1])
        doubts.add("cell.guess.least")
        return HeadCount(least, least)
    if found := _MOST.fullmatch(text) or _WITHIN.fullmatch(text):
        [most] = _numbers(found[1])
        doubts.add("cell.guess.most")
        return HeadCount(None, most)
    return None


def write_head_count(count: HeadCount | int) -> int | str:
    """The number wanted, or "3..5"; "0..99" where the number alone looks like a mark for no limit."""
    least, wanted = (None, count) if isinstance(count, int) else count
    return wanted if least is None and wanted not in MARKS else f"{least or 0}..{wanted}"
