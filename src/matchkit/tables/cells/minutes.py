"""How long something takes, in minutes: 90, 90分钟, 2小时, 1.5 hours, 半小时, 1小时30分."""

from __future__ import annotations

import re
from typing import Final

from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import read_whole
from matchkit.tables.cells.numerals import NUMERAL, number
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


def _named(text: str, found: re.Match[str] | None, context: Context, doubts: Doubts) -> int:
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
