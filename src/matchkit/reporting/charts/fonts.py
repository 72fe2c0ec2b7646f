"""Choice of installed fonts that have the letters of a PNG. SVG needs none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "SimSun",
    "Noto Serif CJK SC",
    "AR PL UMing CN",
    "Droid Sans Fallback",
)
"""Families with Chinese; the first that is installed is taken before any other."""
FIRST = "DejaVu Sans"
"""Comes with matplotlib."""


@lru_cache(256)
def _letters(file: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    try:
        return frozenset(FT2Font(file).get_charmap())
    except (OSError, RuntimeError):  # not a font after all
        return frozenset()


def _known() -> list[Any]:
    from matplotlib.font_manager import fontManager

    place = {family: at for at, family in enumerate((FIRST, *CHINESE))}
    upright = [
        entry
        for entry in fontManager.ttflist
        if entry.style == "normal" and str(entry.weight) in ("400", "normal", "regular")
    ]
    return sorted(
        (entry for entry in upright if entry.name in place),
        key=lambda entry: (place[entry.name], entry.fname),
    )


def _installed() -> Iterator[Any]:
    """Fonts that matplotlib does not know yet, as it lists fonts once and keeps the list."""
    from matplotlib.font_manager import findSystemFonts, fontManager, ttfFontProperty
    from matplotlib.ft2font import FT2Font

    known = {entry.fname for entry in fontManager.ttflist}
    for file in sorted(set(findSystemFonts()) - known):
        try:
            yield ttfFontProperty(FT2Font(file))
        except (OSError, RuntimeError, KeyError, ValueError):
            continue


@contextmanager
def families(texts: str) -> Iterator[list[str]]:
    """Families that together have the letters of ``texts``, to draw with; fonts made known for it are
    forgotten afterwards.

    Raises InputError where no installed font has a letter that is needed; ornaments may be missing.
    """
    from matplotlib.font_manager import fontManager

    chosen, missing = list[str](), set(map(ord, texts))
    for entry in _known():
        if not chosen or missing & _letters(entry.fname):
            chosen.append(entry.name)
            missing -= _letters(entry.fname)
    added = []
    for entry in _installed() if any(_needed(code) for code in missing) else ():
        if missing & _letters(entry.fname):
            added.append(entry)
            missing -= _letters(entry.fname)
    needed = sorted(filter(_needed, missing))
    if needed:
        raise InputError([_without(needed)])
    fontManager.ttflist.extend(added)
    try:
        yield [*chosen, *(entry.name for entry in added)]
    finally:
        for entry in added:
            fontManager.ttflist.remove(entry)


def _needed(code: int) -> bool:
    """Whether a character is a letter or a digit, without which a name cannot be read."""
    return unicodedata.category(chr(code))[0] in "LN"


def _without(codes: list[int]) -> Complaint:
    shown = ", ".join(f"U+{code:04X}" for code in codes[:5])
    return Complaint.of(
        Message("report.picture"), "report.no_font", count=len(codes), shown=shown
    )


def shown_with(text: str, fonts: list[str]) -> str:
    """The text with what none of the fonts has, ornaments and the like, as a replacement character."""
    from matplotlib.font_manager import fontManager

    known = frozenset[int]().union(
        *(_letters(entry.fname) for entry in fontManager.ttflist if entry.name in fonts)
    )
    return "".join(
        character if ord(character) in known else "\ufffd" for character in text
    )
