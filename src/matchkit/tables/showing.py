"""How messages quote a cell: short, harmless, and without telephone and identity numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from matchkit.messages.message import LANGUAGES, Lang, Message, digits
from matchkit.messages.message import LONGEST as LONGEST_TOLD

LONGEST = 40
"""Most characters of a cell that a message quotes."""

TOLD = 7
"""Runs of so many digits are told by their length: a telephone or identity number may stand in any column."""

# Digits parted by single marks are one number to people: 138-0000-0000, 138 0000 0000.
_NUMBER = re.compile(rf"\d(?:[ \-.()]?\d){{{TOLD - 1},}}")
# Dates and times of day hold many digits and tell of nobody.
_TIME = re.compile(
    r"(?:(?<![\d\-])|(?<=:\d\d-))(?:(?:19|20|21)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|"
    r"3[01])(?![\d\-])"
    r"|[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d))",
    re.ASCII,
)


class Quoted(NamedTuple):
    """What messages quote of a cell, in every language: never a personal value."""

    texts: tuple[str, ...]

    def text(self, lang: Lang = "en") -> str:
        """The cell as quoted in a language."""
        return self.texts[LANGUAGES.index(lang)]


def quote(cell: object, personal: bool = False, longest: int = LONGEST) -> str | Quoted:
    """The cell as ``shown``, to be a value of a message: one text where it is the same in all languages."""
    first = shown(cell, personal, longest=longest)
    if first == cell:
        return first
    texts = tuple(shown(cell, personal, lang, longest) for lang in LANGUAGES)
    return Quoted(texts) if len(set(texts)) > 1 else first


def shown(
    cell: object, personal: bool = False, lang: Lang = "en", longest: int = LONGEST
) -> str:
    """The cell as a message quotes it: at most 40 characters, nothing that a terminal or a page would obey.

    Runs of seven or more digits are given as "a number of N digits", what stands in a column of personal data
    as "(hidden)".
    """
    if personal:
        return Message("cell.hidden").text(lang)
    if issubclass(type(cell), float) and float.is_integer(cell):  # type: ignore[arg-type]
        cell = int.__new__(int, float.__float__(cell))  # type: ignore[arg-type]
    if type(cell) is int and abs(cell) >= 10 ** (TOLD - 1):
        return _count(_length(cell), lang)
    text = _plain(cell)
    if text is None:
        return Message("cell.of_type", (("name", type_name(cell)),)).text(lang)
    # A run of digits that is cut off here is still one of seven or more.
    told = "".join(map(_harmless, _hidden(text[: 4 * longest], lang)[: 2 * longest]))
    return (
        told if len(told) <= longest and len(text) <= 4 * longest else told[: longest - 1] + "…"
    )


def type_name(cell: object) -> str:
    """The name of a cell's type, whatever that type makes of being asked."""
    name = type.__dict__["__name__"].__get__(type(cell))
    return name[:LONGEST] if name.isascii() and name.isidentifier() else "?"


def _plain(cell: object) -> str | None:
    kind = type(cell)
    if issubclass(kind, str):
        return str.__str__(cell)
    if cell is None:
        return ""
    if kind is datetime or kind is time:
        return str(cell.replace(tzinfo=None))  # type: ignore[attr-defined]
    return str(cell) if kind in (bool, int, float, date, timedelta) else None


def _hidden(text: str, lang: Lang) -> str:
    """The text with long numbers told by their length; dates and times of day stay, what is beside them is
    judged by itself.
    """
    parts: list[str] = []
    at = 0
    for found in [*_TIME.finditer(text), None]:
        parts.append(
            _NUMBER.sub(
                lambda number: _count(sum(map(str.isdigit, number.group())), lang),
                text[at : found.start() if found else None],
            )
        )
        if found:
            parts.append(found.group())
            at = found.end()
    return "".join(parts)


def _count(digits: int, lang: Lang) -> str:
    return Message("cell.digits", (("count", digits),)).text(lang)


def _length(number: int) -> int:
    # Python takes long over the digits of a huge number, and refuses to show them.
    return len(str(abs(number))) if number.bit_length() <= LONGEST_TOLD else digits(number)


def _harmless(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return (
        " "
        if character.isspace() and code > 32
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )
