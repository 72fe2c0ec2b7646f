"""The catalogues: ``locale/<language>.toml`` holds a template for every key. A new language is a new file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

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
