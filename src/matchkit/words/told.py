"""What a check found, told in a language: a message whose values are numbers, names, vectors of goals or
messages themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any, Final

from matchkit.words.catalogue import MESSAGES
from matchkit.words.say import LANGUAGES, LONGEST, Lang, digits

SHOWN = 61
"""Most numbers of a vector that are shown: three goals for each of 20 tiers and the weight. Plans come from
outside.
"""
JOINED: Final = frozenset({"or", "and"})
"""Messages that stand between their parts."""


class Counted(str):
    """A whole number as text; its format ``|one|many`` picks a word by the number, as that of ``say``
    does.
    """

    __slots__ = ("one",)
    one: bool

    def __new__(cls, text: str, *, one: bool) -> Counted:
        """The text, and whether the number is 1."""
        made = super().__new__(cls, text)
        made.one = one
        return made

    def __format__(self, spec: str) -> str:
        """The text, or the word for one or for many."""
        if not spec.startswith("|"):
            return super().__format__(spec)
        one, many = spec[1:].split("|")
        return one if self.one else many


def plain(key: str, lang: Lang, values: Mapping[str, str]) -> str:
    """The message of this key with values that are text already: ``say`` without its formats, as reports may
    hold millions of lines.
    """
    return MESSAGES[key][LANGUAGES.index(lang)].format_map(values)


def number(value: int, lang: Lang = "en") -> str:
    """A whole number as a message shows it; one of more than 38 digits by its length."""
    if value.bit_length() <= LONGEST:
        return f"{value:,}"
    return plain("violation.long_number", lang, {"digits": Counted(f"{digits(value):,}", one=False)})


def vector(values: Sequence[int | None], lang: Lang = "en") -> str:
    """A vector of goals as a message shows it; None is a number that is absent."""
    shown = ", ".join(
        plain("violation.absent", lang, {}) if value is None else number(value, lang)
        for value in values[:SHOWN]
    )
    return f"({shown}{', ...' if len(values) > SHOWN else ''})"


def told(key: str, values: Sequence[tuple[str, Any]], lang: Lang = "en") -> str:
    """The message ``violation.<key>`` with its values; a value that has a key and values itself is told in
    its place.
    """
    if key in JOINED:
        [(_, parts)] = values
        return plain(f"violation.{key}", lang, {}).join(_shown(part, lang) for part in parts)
    return plain(f"violation.{key}", lang, {name: _shown(value, lang) for name, value in values})


def tellable(key: str, values: Sequence[tuple[str, Any]]) -> bool:
    """Whether ``told`` knows the message, and the values are all that it names."""
    if key in JOINED:
        return len(values) == 1 and isinstance(values[0][1], tuple)
    templates = MESSAGES.get(f"violation.{key}", ())
    return bool(templates) and all(
        _fields(template) <= {name for name, _ in values} for template in templates
    )


@lru_cache(1_024)
def _fields(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _shown(value: Any, lang: Lang) -> str:
    told_so = _text(value, lang)
    return told_so if type(told_so) is Counted else Counted(told_so, one=False)


def _text(value: Any, lang: Lang) -> str:
    if value is None:
        return plain("violation.absent", lang, {})
    if isinstance(value, str):
        return Counted(value, one=value == "1")
    if isinstance(value, int):
        return Counted(number(value, lang), one=value == 1)
    if hasattr(value, "key"):
        return told(value.key, value.values, lang)
    if any(hasattr(part, "key") for part in value):
        return told("and", [("parts", value)], lang)
    return vector(value, lang)
