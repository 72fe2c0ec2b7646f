"""Whole numbers and measures: in digits (12, １２, 1,200, 5人), as Roman numerals or those of digits and
places (三百零五), or in a word (twelve).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from matchkit.tables.cells.context import Context
from matchkit.tables.cells.plain import Plain, folded
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, patterns, table, words

DIGITS: Final[dict[str, int]] = table("numerals", "digits")
"""Values of the digits of numerals."""
_PLACES: Final = sorted(table("numerals", "places").values(), reverse=True)
ROMAN: Final = {
    text: value
    for value, text in enumerate(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], 1
    )
}
_WORDS: Final = table("numerals", "words")

NUMERAL = "[<<numerals.letters>>]{1,9}"
"""A numeral, as a template of the vocabulary; ``numeral`` says whether it is one."""

NUMBER = rf"(?:\d{{1,18}}|{NUMERAL})"
"""A whole number in digits or as a numeral, such a template."""

_FORMS = patterns("numerals", "forms")


def numeral(text: str) -> int | None:
    """The number that a numeral of digits and places up to 9999 stands for; None where it is none, or says
    less than a number (三百五).
    """
    if text in DIGITS:
        return DIGITS[text]
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if not found or not text:
        return None
    total, lowest = 0, 10_000
    for worth in _PLACES:
        if found[f"p{worth}"] is not None:
            total += worth * DIGITS.get(found[f"p{worth}"], 1)
            lowest = worth
    if found["last"]:
        # 三百五 is 350 to some and 305 to others; 三百零五 says which.
        if lowest > 10 and not (found["zero1"] or found["zero2"]):
            return None
        total += DIGITS[found["last"]]
    zeros = [name for name in ("zero1", "zero2") if found[name]]
    return total if total and DIGITS.get(text[-1]) != 0 and len(zeros) <= 1 else None


def number(text: str) -> int | None:
    """The whole number that digits, a numeral or a short word stand for; None where it is none."""
    if re.fullmatch(r"\d{1,18}", text, re.ASCII):
        return int(text)
    return _WORDS.get(text.casefold()) or numeral(text)


_WHOLE = re.compile(r"[+-]?\d{1,30}(?:\.0{1,10})?", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3}){1,6}", re.ASCII)
_MEASURED = pattern(
    rf"(?P<number>-?\d{{1,18}}|{NUMERAL}|\d{{1,3}}(?:,\d{{3}}){{1,5}}) ?(?P<unit><<numbers.units>>)",
    re.ASCII | re.IGNORECASE,
)
_MYRIADS = pattern(
    r"(?P<number>\d{1,9}(?:\.\d{1,4})?) ?(?P<factor><<numbers.factors>>) ?(?P<unit><<numbers.units>>)?",
    re.ASCII | re.IGNORECASE,
)
_FACTORS: Final[dict[str, int]] = table("numbers", "factors")
_ABOUT = pattern(r"(?:<<numbers.about>>|~)\s*(?P<rest>.{1,40})", re.IGNORECASE)
_ROUGHLY = pattern(r"(?P<rest>.{1,40}?)\s*(?:<<numbers.about_after>>)")
_DECIMAL = re.compile(
    r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?", re.ASCII
)
LARGEST = 10**18
MOST_DIGITS = 19


def _of_text(text: str, doubts: Doubts) -> int | None:
    if _WHOLE.fullmatch(text):
        digits, _, fraction = text.partition(".")
        if len(fraction) == 3:  # 1.000 is one to some and a thousand to others
            doubts.add("cell.guess.point")
        return (
            int(digits)
            if len(digits) <= MOST_DIGITS
            else refuse("cell.digits_too_many")
        )
    if (value := number(text)) is not None:
        return value
    if _THOUSANDS.fullmatch(text):
        doubts.add("cell.guess.thousands")
        return int(text.replace(",", ""))
    if found := _MEASURED.fullmatch(text):
        counted = found["number"].replace(",", "")
        doubts.add("cell.guess.unit", unit=found["unit"])
        return -int(counted[1:]) if counted[0] == "-" else number(str(counted))
    if found := _MYRIADS.fullmatch(text):
        whole, _, rest = found["number"].partition(".")
        factor = _FACTORS[found["factor"].lower()]
        worth, left = divmod(int(whole + rest) * factor, int(10 ** len(rest)))
        if left:
            return None
        doubts.add("cell.guess.factor", factor=factor)
        return worth
    return None


def read_whole(cell: Plain, context: Context, doubts: Doubts) -> int:  # noqa: ARG001 - all readers take the same
    """A whole number; thousands marks, units and "about" are doubts."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        refuse("cell.whole.not")
    if isinstance(cell, str):
        text = folded(cell)
        about = _ABOUT.fullmatch(text) or _ROUGHLY.fullmatch(text)
        value = _of_text(about["rest"].strip() if about else text, doubts)
        if value is None:
            refuse("cell.whole.not")
        if about:
            doubts.add("cell.guess.about")
        return value
    if isinstance(cell, float) and not cell.is_integer():
        refuse("cell.whole.fraction")
    if abs(cell) >= LARGEST:
        refuse("cell.digits_too_many")
    return int(cell)


_KM = pattern(
    r"(?P<number>\d{1,9}(?:\.\d{1,9})?) ?(?P<unit><<numbers.kilometres>>|<<numbers.metres>>)",
    re.ASCII | re.IGNORECASE,
)
_METRES = frozenset(words("numbers", "metres"))


def read_measure(cell: Plain, context: Context, doubts: Doubts) -> float:  # noqa: ARG001 - all readers take the same
    """A number with or without a fraction; kilometres and metres may be named."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        refuse("cell.number.not")
    if not isinstance(cell, str):
        return float(cell)
    text = folded(cell)
    if found := _KM.fullmatch(text):
        metres = found["unit"].lower() in _METRES
        doubts.add(
            "cell.guess.metres" if metres else "cell.guess.unit", unit=found["unit"]
        )
        text = found["number"]
        doubt_thousands(text, doubts)
        return float(text) / (1000 if metres else 1)
    doubt_thousands(text, doubts)
    return decimal(text)


def doubt_thousands(text: str, doubts: Doubts) -> None:
    """Notes a doubt where the point may part thousands: 1.200. No program writes the last zero of a
    fraction.
    """
    if re.fullmatch(r"[1-9]\d{0,2}\.\d\d0", text, re.ASCII):
        doubts.add("cell.guess.point")


def decimal(text: str) -> float:
    """The number that a text in normal form stands for."""
    if not _DECIMAL.fullmatch(text):
        refuse(
            "cell.number.decimal_comma"
            if re.fullmatch(r"-?\d{1,9},\d{1,9}", text, re.ASCII)
            else "cell.number.not"
        )
    value = float(text)
    if abs(value) > LARGEST:
        refuse("cell.infinite")
    return value


def write_number(value: float) -> str | float:
    """The number, or its digits as text where a spreadsheet program would round it when it saves (it may keep
    no more than 15).
    """
    return value if float(f"{value:.15G}") == value else repr(value)


_RATIO = re.compile(
    r"\d{1,9}(?:\s?/\s?\d{1,9}|\.\d{1,9}|(?:\.\d{1,9})?\s?%)?", re.ASCII
)


def read_ratio(cell: Plain, context: Context, doubts: Doubts) -> str:  # noqa: ARG001 - all readers take the same
    """A number from 0 as a fraction in lowest terms: written as one, as a decimal or in per cent."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        refuse("cell.ratio.not")
    text = folded(cell).strip() if isinstance(cell, str) else str(cell)
    if not _RATIO.fullmatch(text):
        refuse("cell.ratio.not")
    bare = "".join(text.split()).removesuffix("%")
    if bare.partition("/")[2].strip("0") == "" and "/" in bare:
        refuse("cell.ratio.not")
    return str(Fraction(bare) / (100 if text.endswith("%") else 1))


def write_ratio(value: str) -> int | float | str:
    """The number where it is a decimal of few digits, else the fraction as text."""
    ratio = Fraction(value)
    if ratio.denominator == 1:
        return int(ratio)
    digits = str(float(ratio))
    exact = _RATIO.fullmatch(digits) and Fraction(digits) == ratio
    return float(ratio) if exact else value
