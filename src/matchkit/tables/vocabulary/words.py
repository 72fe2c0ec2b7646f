"""Words that tables are read by, from ``<language>.toml`` beside this module: a new language is a new file.

All files hold the same keys, each explained in ``en.toml``; what a language has no words for is left out.
Lists hold words or regular expressions in Python's syntax, strings hold letters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

FOLDER = files("matchkit.tables.vocabulary")
FIRST: Final = "en.toml"
"""The file whose words come first where their order shows."""


@cache
def _languages() -> tuple[Mapping[str, Any], ...]:
    found = {file.name: file for file in FOLDER.iterdir() if file.name.endswith(".toml")}
    names = sorted(found, key=lambda name: (name != FIRST, name))
    return tuple(tomllib.loads(found[name].read_text(encoding="utf-8")) for name in names)


def _each(path: tuple[str, ...]) -> Iterator[Any]:
    """What each language holds at a path of keys; languages without it are passed over."""
    for language in _languages():
        found: Any = language
        for name in path:
            found = found.get(name, {})
        if found:
            yield found


@cache
def words(*path: str) -> tuple[str, ...]:
    """The words of all languages in the list at a path of keys."""
    return tuple(word for found in _each(path) for word in found)


@cache
def table(*path: str) -> dict[str, Any]:
    """The entries of all languages in the table at a path of keys; their lists are joined."""
    joined: dict[str, Any] = {}
    for found in _each(path):
        for name, value in found.items():
            joined[name] = (
                joined[name] + value if isinstance(value, list) and name in joined else value
            )
    return joined


def by_word(*path: str) -> dict[str, str]:
    """Each word of the lists in the table at a path of keys, to the key of its list."""
    return {word: name for name, held in table(*path).items() for word in held}


def _inserted(found: re.Match[str]) -> str:
    """What ``<<a.b>>`` stands for: alternatives of a list, keys of a table, letters of a string."""
    parts = list(_each(tuple(found[1].split("."))))
    if not parts:
        raise KeyError(found[1])
    text = (
        "".join(parts)
        if isinstance(parts[0], str)
        else "|".join(word for part in parts for word in part)
    )
    return expanded(text)


def expanded(template: str) -> str:
    """A regular expression in which ``<<a.b>>`` stands for the words or letters at these keys."""
    return re.sub(r"<<([\w.]+)>>", _inserted, template)


class _Pattern:
    """A pattern that is compiled when it is first used."""

    def __init__(self, template: str, flags: int) -> None:
        self._template, self._flags = template, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(expanded(self._template), self._flags)
        # Methods become attributes of this object, so that none of them is looked for again.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


_METHODS: Final = (
    "match",
    "fullmatch",
    "search",
    "split",
    "sub",
    "findall",
    "finditer",
    "pattern",
)


def pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a regular expression with insertions (``expanded``), compiled when it is first used."""
    return cast("re.Pattern[str]", _Pattern(template, flags))
