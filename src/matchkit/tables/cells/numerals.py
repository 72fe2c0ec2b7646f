"""Numbers as people write them: digits, Chinese numerals, Roman numerals; texts are in normal form
already.
"""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACES: Final = {"千": 1000, "百": 100, "十": 10}
ROMAN: Final = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}
ENGLISH: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}

NUMERAL = r"[零〇一二两三四五六七八九十百千]{1,9}"
"""A Chinese numeral, a regular expression; ``chinese`` says whether it is one."""

NUMBER = rf"(?:\d{{1,18}}|{NUMERAL})"
"""A whole number in digits or as a Chinese numeral, a regular expression."""

_CHINESE = re.compile(
    "(?:(?P<千>[一二两三四五六七八九])千)?(?P<zero1>零)?(?:(?P<百>[一二两三四五六七八九])百)?(?P<zero2>零)?(?:(?P<十>[一二三四五六七八九]?)十)?"
    "(?P<last>[一二三四五六七八九])?"
)


def chinese(text: str) -> int | None:
    """The number that a Chinese numeral up to 9999 stands for; None where it is none, or says less than a
    number (三百五).
    """
    if text in DIGITS:
        return DIGITS[text]
    found = _CHINESE.fullmatch(text)
    if not found or not text:
        return None
    total = 0
    lowest = 10_000
    for place, worth in _PLACES.items():
        if found[place] is not None:
            total += worth * DIGITS.get(found[place], 1)
            lowest = worth
    if found["last"]:
        # 三百五 is 350 to some and 305 to others; 三百零五 says which.
        if lowest > 10 and not (found["zero1"] or found["zero2"]):
            return None
        total += DIGITS[found["last"]]
    zeros = [name for name in ("zero1", "zero2") if found[name]]
    return total if total and not text.endswith("零") and len(zeros) <= 1 else None


def number(text: str) -> int | None:
    """The whole number that digits, a Chinese numeral or a short English word stand for; None where it is
    none.
    """
    if re.fullmatch(r"\d{1,18}", text, re.ASCII):
        return int(text)
    return ENGLISH.get(text.casefold()) or chinese(text)
