"""Words that tables are read by, from ``<language>.toml`` beside this module: a new language is a new file.

All files hold the same keys, each explained in ``en.toml``; what a language has no words for is left out.
Lists hold words or regular expressions in Python's syntax, strings hold letters. In a file ``<<a.b>>`` stands
for what that file has at these keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

FOLDER = files("matchkit.tables.vocabulary")
FIRST: Final = "en"
"""The language whose words come first where their order shows."""
_INSERTION = re.compile(r"<<([\w.]+)>>")


@cache
def _languages() -> dict[str, Mapping[str, Any]]:
    found = {
        file.name: file for file in FOLDER.iterdir() if file.name.endswith(".toml")
    }
    read = {
        name.removesuffix(".toml"): tomllib.loads(
            found[name].read_text(encoding="utf-8")
        )
        for name in sorted(found)
    }
    first = {FIRST: read.pop(FIRST)}
    return {name: _resolved(held, (held,)) for name, held in (first | read).items()}


def _resolved(value: Any, languages: Iterable[Mapping[str, Any]]) -> Any:
    """A value in which ``<<a.b>>`` is what the languages hold at these keys."""
    if isinstance(value, str):
        return _INSERTION.sub(lambda found: _inserted(found[1], languages), value)
    if isinstance(value, dict):
        return {name: _resolved(held, languages) for name, held in value.items()}
    return (
        [_resolved(held, languages) for held in value]
        if isinstance(value, list)
        else value
    )


def _inserted(path: str, languages: Iterable[Mapping[str, Any]]) -> str:
    """Alternatives of a list, or of the keys of a table with the longest first, or letters of a string."""
    parts = list(_each(path.split("."), languages))
    if not parts:
        raise KeyError(path)
    if isinstance(parts[0], str):
        text = "".join(parts)
    elif isinstance(parts[0], dict):
        text = "|".join(
            sorted((word for part in parts for word in part), key=len, reverse=True)
        )
    else:
        text = "|".join(word for part in parts for word in part)
    return str(_resolved(text, languages))


def _each(path: Iterable[str], languages: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """What each language holds at a path of keys; languages without it are passed over."""
    for found in languages:
        for name in path:
            found = found.get(name, {})
        if found:
            yield found


@cache
def words(*path: str) -> tuple[str, ...]:
    """The words of all languages in the list at a path of keys."""
    return tuple(word for found in _each(path, _languages().values()) for word in found)


@cache
def table(*path: str) -> dict[str, Any]:
    """The entries of all languages in the table at a path of keys; lists of the same key are joined."""
    joined: dict[str, Any] = {}
    for found in _each(path, _languages().values()):
        for name, value in found.items():
            held = joined.get(name)
            joined[name] = held + value if isinstance(held, list) else value
    return joined


def examples(lang: str) -> dict[str, list[dict[str, Any]]]:
    """The example rows of every table in a language; in the first one where it has none."""
    language = _languages().get(lang, {})
    return cast(
        "dict[str, Any]", language.get("examples") or _languages()[FIRST]["examples"]
    )


def by_word(*path: str) -> dict[str, str]:
    """Each word of the lists in the table at a path of keys, to the key of its list."""
    return {word: name for name, held in table(*path).items() for word in held}


class _Pattern:
    """A pattern that is compiled when it is first used."""

    def __init__(self, template: str, flags: int) -> None:
        self._template, self._flags = template, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(
            _resolved(self._template, _languages().values()), self._flags
        )
        # The methods become attributes of this object, so that none of them is looked for again.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


_METHODS: Final = ("match", "fullmatch", "search", "split", "sub", "finditer")


def pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which ``<<a.b>>`` is what all languages hold at these keys, compiled at its first use."""
    return cast("re.Pattern[str]", _Pattern(template, flags))


def patterns(*path: str, flags: int = 0) -> tuple[re.Pattern[str], ...]:
    """A pattern for each expression of the list at a path of keys."""
    return tuple(pattern(expression, flags) for expression in words(*path))
