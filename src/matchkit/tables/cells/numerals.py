"""Numbers as people write them: digits, numerals of digits and places (三百零五), Roman numerals; texts
are in normal form already.
"""

from __future__ import annotations

import re
from typing import Final

from matchkit.tables.vocabulary.words import patterns, table

DIGITS: Final[dict[str, int]] = table("numerals", "digits")
"""Values of the digits of numerals."""
_PLACES: Final = sorted(table("numerals", "places").values(), reverse=True)
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
