"""How long something takes (90, 2小时, 1.5 hours) and how many people are wanted (5, 3-5人, at least 3)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from matchkit.messages.message import Message
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import NUMBER, NUMERAL, number, read_whole
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, words

_AMOUNT = rf"(?:\d{{1,6}}(?:\.\d{{1,4}})?|{NUMERAL})"
_TIME = pattern(
    rf"(?:(?P<hours>{_AMOUNT}|<<minutes.half>>) ?(?P<unit><<minutes.hours_and_half>>|<<minutes.hours>>))?"
    rf" ?(?:(?P<minutes>{_AMOUNT}) ?(?P<named><<minutes.minutes>>)?)?",
    re.ASCII | re.IGNORECASE,
)
SMALL: Final = range(1, 10)
"""So few minutes may be hours, or days, where neither the cell nor the header says minutes."""

_HALF_HOUR: Final = frozenset(words("minutes", "half_hour"))
_HALF: Final = frozenset(words("minutes", "half"))
_AND_HALF: Final = frozenset(words("minutes", "hours_and_half"))


def read_minutes(cell: Plain, context: Context, doubts: Doubts) -> int:
    """Whole minutes; hours are converted, which is a doubt, and minutes may be named."""
    if not isinstance(cell, str):
        return _bare(read_whole(cell, context, doubts), doubts)
    text = folded(cell)
    if text.casefold() in _HALF_HOUR:
        doubts.add("cell.guess.hours")
        return 30
    found = _TIME.fullmatch(text)
    if not text or found is None or found["hours"] is None:
        return _named(text, found, context, doubts)
    parts = (
        _amount(found["hours"]) * 60
        + (30 if found["unit"] in _AND_HALF else 0)
        + _amount(found["minutes"] or "0")
    )
    if parts != int(parts):
        refuse("cell.whole.not")
    doubts.add("cell.guess.hours")
    return int(parts)


def _named(
    text: str, found: re.Match[str] | None, context: Context, doubts: Doubts
) -> int:
    """Minutes without hours: a bare number, or one with the word, which says what the column says."""
    if found is not None and found["named"]:
        return read_whole(found["minutes"], context, doubts)
    own = Doubts()
    value = read_whole(text, context, own)
    for reason in own.notes:
        if reason.key == "cell.guess.unit":  # days, people: anything but minutes
            refuse("cell.whole.not")
        doubts.add(reason.key, **dict(reason.values))
    return _bare(value, doubts)


def _bare(value: int, doubts: Doubts) -> int:
    if value in SMALL:
        doubts.add("cell.guess.minutes")
    return value


def write_minutes(value: int) -> int | str:
    """The number, or "5 min" where the number alone may be one of hours."""
    return f"{value} min" if value in SMALL else value


def _amount(text: str) -> float:
    if text in _HALF:
        return 0.5
    value = number(text) if not text.isascii() else None
    return float(text) if value is None else float(value)


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
        HeadCount(int(outright[1]), int(outright[2]))
        if outright
        else _of_text(text, doubts)
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
    return (
        wanted if least is None and wanted not in MARKS else f"{least or 0}..{wanted}"
    )
