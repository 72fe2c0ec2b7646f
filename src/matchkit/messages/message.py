"""A message: the key of a template and the values of its fields, written in any language when it is shown.

The catalogues are files: ``locale/<language>.toml`` holds a template for every key. A new language is a new
file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final, Literal, NamedTuple, Self

Lang = str
"""The name of a language: one of ``LANGUAGES``."""
SOURCE: Final = "en"
"""The language in which messages are first written."""
LOCALE = files("matchkit.messages") / "locale"


def languages() -> tuple[Lang, ...]:
    """All languages that have a catalogue, ``SOURCE`` first."""
    found = sorted(
        file.name.removesuffix(".toml")
        for file in LOCALE.iterdir()
        if file.name.endswith(".toml")
    )
    return (SOURCE, *(lang for lang in found if lang != SOURCE))


LANGUAGES: Final = languages()


@cache
def templates(lang: Lang) -> dict[str, str]:
    """The template of every key in a language. Raises KeyError for a language that there is not."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return tomllib.loads((LOCALE / f"{lang}.toml").read_text(encoding="utf-8"))


LISTED = 5
"""So many members of a list are shown before the rest is counted."""
SHOWN = 61
"""Most numbers of a vector that are shown: three goals for each of 20 tiers and the weight."""
LONGEST = 128
"""Most bits of a number that is written out: plans come from outside, and Python refuses to print a huge
number.
"""


class Unshortened(tuple[Any, ...]):
    """A list that is shown whole, however long."""

    __slots__ = ()


class Begun(NamedTuple):
    """A list of ``size`` members of which the first are shown, and the rest is counted."""

    first: Sequence[str]
    size: int


class Message(NamedTuple):
    """The key of a template and its values by field: numbers, texts, lists of them, or messages."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, key: str, **values: Any) -> Self:
        """The message with its values by name."""
        return cls(key, tuple(values.items()))

    def text(self, lang: Lang = "en") -> str:
        """The message in a language; a list is shown whole, messages in it with semicolons between."""
        return text_of(
            self.key, lang, **{name: _whole(value, lang) for name, value in self.values}
        )


def _whole(value: Any, lang: Lang) -> Any:
    if (
        isinstance(value, tuple)
        and not hasattr(value, "text")
        and not isinstance(value, Unshortened)
    ):
        if value and hasattr(value[0], "text"):
            return joined([part.text(lang) for part in value], lang, "semicolon")
        return Unshortened(value)
    return value


def text_of(key: str, lang: Lang = "en", **values: Any) -> str:
    """The message of this key in a language, its fields filled with the values.

    Fields of a template are as in str.format, and beyond it: ``{n:|slot|slots}`` picks a word by number, a
    list is joined and cut short, a value that has a ``text`` in a language is shown by it. ``{n:,}`` shows a
    number with separators, None as absent and a tuple as a vector; ``{parts:or}`` has "or" between messages.
    Values are never read as templates. Raises KeyError for an unknown key, language or field: that is a
    defect, not bad input.
    """
    return "".join(
        literal if name is None else literal + _field(values[name], spec, lang, values)
        for literal, name, spec in _parts(key, lang)
    )


@cache
def _parts(key: str, lang: Lang) -> tuple[tuple[str, str | None, str], ...]:
    return tuple(
        (literal, name, spec or "")
        for literal, name, spec, _ in Formatter().parse(templates(lang)[key])
    )


def fields_of(key: str, lang: Lang = "en") -> frozenset[str]:
    """The names of a template's fields."""
    return frozenset(name for _, name, _ in _parts(key, lang) if name is not None)


def _field(value: Any, spec: str, lang: Lang, values: Mapping[str, Any]) -> str:
    if spec.startswith("|"):
        one, many = spec[1:].split("|")
        word = one if value in (1, "1") else many  # a number may be text already
        return word.format_map(values) if "{" in word else word
    if spec in ("and", "or"):
        parts = (
            (value,)
            if isinstance(value, str | int | None) or hasattr(value, "text")
            else value
        )
        return text_of(f"list.{spec}", lang).join(
            _field(part, ",", lang, {}) for part in parts
        )
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        if value.bit_length() > LONGEST:
            return text_of(
                "number.long" if spec == "," else "list.digits",
                lang,
                digits=digits(value),
            )
        return format(value, spec)
    if isinstance(value, float):
        return format(value, spec)
    if hasattr(value, "text"):
        return str(value.text(lang))
    if spec == ",":
        return _counted(value, lang)
    if isinstance(value, Sequence):
        return _listed(value, spec, lang)
    return format(value, spec)


def _counted(value: Any, lang: Lang) -> str:
    """What a check compares beside single numbers: nothing, messages that all hold, or goals in order."""
    if value is None:
        return text_of("number.absent", lang)
    if any(hasattr(part, "text") for part in value):
        return _field(value, "and", lang, {})
    return vector(value, lang)


def _listed(value: Sequence[Any], spec: str, lang: Lang) -> str:
    begun = (
        value
        if isinstance(value, Begun)
        else Begun(
            value if isinstance(value, Unshortened) else value[:LISTED], len(value)
        )
    )
    if not begun.size:
        return text_of("list.none", lang)
    rest = begun.size - len(begun.first)
    more = text_of("list.more", lang, rest=rest, count=begun.size) if rest else ""
    return joined([_field(entry, spec, lang, {}) for entry in begun.first], lang) + more


def digits(value: int) -> int:
    """About how many decimal digits a huge number has, reckoned from its bits (the logarithm of 2 is
    0.30103).
    """
    return value.bit_length() * 30103 // 100000 + 1


def number(value: int, lang: Lang = "en") -> str:
    """A whole number as a message shows it; one of more than 38 digits by its length."""
    return _field(value, ",", lang, {})


def numbers(values: Sequence[int], lang: Lang = "en") -> list[str]:
    """Whole numbers for a field that lists them; a tuple of numbers itself is shown as a vector."""
    return [number(value, lang) for value in values]


def vector(values: Sequence[int | None], lang: Lang = "en") -> str:
    """A vector of goals as a message shows it; None is a number that is absent."""
    shown = ", ".join(_field(value, ",", lang, {}) for value in values[:SHOWN])
    return f"({shown}{', ...' if len(values) > SHOWN else ''})"


def rule_name(rule: str, lang: Lang = "en") -> str:
    """What a rule is called; one that the catalogue does not name, by its own word."""
    key = f"rule.{rule}"
    return text_of(key, lang) if key in templates(lang) else rule


def joined(
    parts: Sequence[str],
    lang: Lang = "en",
    mark: Literal["comma", "semicolon"] = "comma",
) -> str:
    """Texts one after another, with the language's comma or semicolon between them."""
    return text_of(f"list.{mark}", lang).join(parts)
