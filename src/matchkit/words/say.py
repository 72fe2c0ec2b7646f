"""A message of the catalogue with its values filled in."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter
from typing import Any, Final, Literal, NamedTuple

from matchkit.words.catalogue import MESSAGES

Lang = Literal["en", "zh"]
LANGUAGES: Final[tuple[Lang, ...]] = ("en", "zh")
LISTED = 5
"""So many members of a list are shown before the rest is counted."""
LONGEST = 128
"""Most bits of a number that is written out: plans come from outside, and Python refuses to print a huge
number.
"""


def digits(value: int) -> int:
    """About how many decimal digits a huge number has, reckoned from its bits (the logarithm of 2 is
    0.30103).
    """
    return value.bit_length() * 30103 // 100000 + 1


class Whole(tuple[str, ...]):
    """A list that is told whole, however long."""

    __slots__ = ()


class Begun(NamedTuple):
    """A list of ``size`` members of which the first are told, and the rest is counted."""

    first: Sequence[str]
    size: int


class _Words(Formatter):
    """Fields as in str.format, and beyond it: ``{n:|slot|slots}`` picks a word by number; a list is joined
    and cut short.
    """

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith("|"):
            one, many = format_spec[1:].split("|")
            return one if value in (1, "1") else many  # a number may be text already
        if isinstance(value, int) and value.bit_length() > LONGEST:
            return say("list.digits", self._lang, digits=digits(value))
        if isinstance(value, Sequence) and not isinstance(value, str):
            begun = (
                value
                if isinstance(value, Begun)
                else Begun(value if isinstance(value, Whole) else value[:LISTED], len(value))
            )
            return self._listed([self.format_field(entry, format_spec) for entry in begun.first], begun.size)
        return str(super().format_field(value, format_spec))

    def _listed(self, shown: list[str], count: int) -> str:
        if not count:
            return say("list.none", self._lang)
        # English counts the rest, Chinese the whole.
        more = (
            say("list.more", self._lang, count=count - len(shown) if self._lang == "en" else count)
            if count > len(shown)
            else ""
        )
        return joined(shown, self._lang) + more


_WORDS = {lang: _Words(lang) for lang in LANGUAGES}


def say(key: str, lang: Lang = "en", **values: Any) -> str:
    """The message of this key in a language, its fields filled with the values (text, whole numbers, or lists
    of them).

    Values are never read as templates. Raises KeyError for an unknown key, language or field: that is a
    defect, not bad input.
    """
    return _WORDS[lang].format(MESSAGES[key][LANGUAGES.index(lang)], **values)


def rule_name(rule: str, lang: Lang = "en") -> str:
    """What a rule is called; one that the catalogue does not name, by its own word."""
    key = f"rule.{rule}"
    return say(key, lang) if key in MESSAGES else rule


def joined(parts: Sequence[str], lang: Lang = "en", mark: Literal["comma", "semicolon"] = "comma") -> str:
    """Texts one after another, with the language's comma or semicolon between them."""
    return say(f"list.{mark}", lang).join(parts)
