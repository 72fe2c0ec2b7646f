"""A cell of any origin as plain data of a known type, bounded before anything looks at it closely; and the
marks that stand for a whole cell: nothing, another cell, ticks.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

from matchkit.messages.message import Message
from matchkit.tables.cells.reading import CellFault, Doubts, refuse
from matchkit.tables.formats.grid import UNCALCULATED
from matchkit.tables.location import type_name
from matchkit.tables.vocabulary.words import by_word, words

LONGEST: Final = 40_000
"""Most characters of a cell, before and after normalisation; a cell of a spreadsheet holds 32,767."""

LONGEST_NUMBER: Final = 200
"""Most characters of a number, a date or a time, before and after normalisation."""

MOST_BITS = 128
"""Most bits of a whole number: no field comes near, and Python takes long over huge ones."""

Plain = str | int | float | bool | datetime | date | time | timedelta
"""What readers are given: a text without outer blanks, a finite number, a truth value, a moment (aware ones
in UTC), a day ...
"""

ERRORS = frozenset(
    {
        "#N/A",
        "#NA",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    }
)
"""What spreadsheets put where a formula failed."""

DASHES = frozenset(
    {
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "nan",
        "null",
        "<na>",
        "nat",
        *words("nothing", "anywhere"),
    }
)
"""Marks of an empty cell in any column."""

NOTHING = frozenset(words("nothing", "words"))
"""Words for nothing: an empty list or text; of a number or a time they would say too many things."""

DITTO = frozenset({"〃", '"', "''", *words("nothing", "ditto")})
"""What points to another cell, which no reader sees."""


def plain(cell: object) -> Plain | None:
    """The cell as plain data; None where it is empty. Raises CellFault for what no reader can use."""
    kind = type(cell)
    # Never isinstance: an object of a foreign type is asked nothing.
    if issubclass(kind, str):
        text = str.__str__(cell)
        _check_length(text, LONGEST, "shorter")
        text = text.strip()
        if text in ERRORS:
            refuse("cell.error_value", Message("cell.accepts.no_error"), error=text)
        if text == UNCALCULATED:
            refuse("cell.uncalculated", Message("cell.accepts.calculated"))
        return text or None
    if cell is None:
        return None
    if issubclass(kind, bool):
        return cell is True
    if issubclass(kind, int):
        number = int.__int__(cell)  # type: ignore[arg-type]
        if number.bit_length() > MOST_BITS:
            refuse("cell.digits_too_many")
        return number
    if issubclass(kind, float):
        return _finite(float.__float__(cell))  # type: ignore[arg-type]
    if issubclass(kind, datetime | date | time | timedelta):
        return _clock_or_day(cell, kind)
    return refuse("cell.type", Message("cell.accepts.plain"), name=type_name(cell))


def _check_length(text: str, most: int, accepts: str) -> None:
    if len(text) > most:
        advice = Message(f"cell.accepts.{accepts}")
        refuse("cell.long", advice, count=len(text), most=most)


def _finite(number: float) -> float | None:
    if math.isinf(number):
        refuse("cell.infinite")
    return None if math.isnan(number) else number  # frames hold it where nothing is


def _read(kind: type, cell: Any, *fields: str) -> list[Any]:
    """Fields as the class of Python itself has them, whatever a subclass says."""
    return [kind.__dict__[field].__get__(cell) for field in fields]


def _clock_or_day(cell: Any, kind: type) -> Plain:
    if issubclass(kind, timedelta):
        days, seconds, micros = _read(
            timedelta, cell, "days", "seconds", "microseconds"
        )
        return timedelta(days=days, seconds=seconds, microseconds=micros)
    if issubclass(kind, time):
        return time(*_read(time, cell, "hour", "minute", "second", "microsecond"))
    if not issubclass(kind, datetime):
        return date(*_read(date, cell, "year", "month", "day"))
    moment = datetime(  # noqa: DTZ001 - cells have no zone
        *_read(date, cell, "year", "month", "day"),
        *_read(datetime, cell, "hour", "minute", "second", "microsecond"),
    )
    [zone] = _read(datetime, cell, "tzinfo")
    if zone is None:
        return moment
    if type(zone) is not timezone and type(zone) is not ZoneInfo:
        refuse("cell.type", Message("cell.accepts.plain"), name=type_name(zone))
    try:
        return moment.replace(
            tzinfo=zone, fold=_read(datetime, cell, "fold")[0]
        ).astimezone(UTC)
    except OverflowError:
        refuse("cell.date.year")


# Powers and indices become plain digits in the normal form: 5² people are not 52.
_RAISED = re.compile("[²³¹⁰⁴-⁹₀-₉]")


def folded(text: str, numeric: bool = True) -> str:
    """The text in normal form: full-width letters, digits and marks are plain, blanks are single.

    Raises CellFault for characters that nobody can see, and (``numeric``) for raised and lowered digits and
    for more text than a number or a time takes.
    """
    text, most = " ".join(text.split()), LONGEST_NUMBER if numeric else LONGEST
    _check_length(text, most, "fewer_letters")
    if numeric and (found := _RAISED.search(text)):
        refuse("cell.raised_digit", character=found.group())
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        _check_length(text, most, "fewer_letters")
    if not text.isprintable():
        for character in text:
            if not character.isprintable() and not character.isspace():
                refuse(
                    "cell.invisible",
                    Message("cell.accepts.visible"),
                    code=f"U+{ord(character):04X}",
                )
    return " ".join(text.split())


_LONGEST_MARK = 12
# Almost every text is known by its first letter to be none of them.
_MARKS_BEGIN = frozenset(
    mark[0] for word in DASHES | NOTHING for mark in (word, word.upper())
)


def is_absent(text: str, words: bool, doubts: Doubts) -> bool:
    """Whether the text stands for an empty cell: a mark, or (``words``) a word for nothing. Noted as a
    doubt.
    """
    if len(text) > _LONGEST_MARK or (text[0] not in _MARKS_BEGIN and text[0].isascii()):
        return False
    key = unicodedata.normalize("NFKC", text).strip().casefold()
    if key in DASHES or (words and key in NOTHING):
        doubts.add("cell.guess.empty")
        return True
    return False


def is_nothing(cell: object) -> bool:
    """Whether a cell holds a mark or a word for nothing: -, none, 无."""
    return (
        isinstance(cell, str)
        and bool(text := cell.strip())
        and is_absent(text, words=True, doubts=Doubts())
    )


YES_NO: Final = by_word("choices", "yes_no")
TICKS: Final = (
    YES_NO.keys() | set(words("ticks", "words")) | set("xvo√○●◯◎■□▲△★☆✅❌⭕☒☓✕✖〇")
)
"""What says yes or no in a column of its own, and names nothing."""
_AROUND = re.compile(
    r"^[\s(\[{<【《〈「『]+|[\s)\]}>】》〉」』.!。]+$|[\ufe00-\ufe0f\u20e3]"
)
"""Brackets and stops around a tick, and the signs that make a picture of one."""


def is_tick(cell: Any) -> bool:
    """Whether a cell holds a tick, yes or no, true or false, 1 or 0, and nothing else."""
    if isinstance(cell, bool):
        return True
    if isinstance(cell, int | float):
        return cell in (0, 1)
    if not isinstance(cell, str) or len(cell) > 12:
        return False
    try:
        text = _AROUND.sub("", folded(cell, numeric=False).casefold())
    except CellFault:
        return False
    return (
        text in TICKS
        or text in ("1.0", "0.0")
        or (len(text) > 1 and len(set(text)) == 1 and text[0] in "√✓✔xv")
    )


def refuse_ticks(cell: Plain) -> None:
    """Raises CellFault where a cell that is to name something holds a tick."""
    if is_tick(cell):
        refuse("cell.list.tick", Message("cell.accepts.no_tick"))
