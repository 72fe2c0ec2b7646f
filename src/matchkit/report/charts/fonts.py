"""Fonts for PNG: which installed ones have the letters that a picture shows. SVG needs none."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from matchkit.errors import Complaint, InputError

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
"""Families with Chinese, the first that is installed is taken."""
FIRST = "DejaVu Sans"
"""Comes with matplotlib."""


def _file(family: str) -> str | None:
    """The file of an installed family; None where there is none of this name."""
    from matplotlib.font_manager import fontManager

    return next((entry.fname for entry in fontManager.ttflist if entry.name == family and entry.style == "normal"), None)


@lru_cache(8)
def _letters(file: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(file).get_charmap())


def families(texts: str) -> list[str]:
    """Families that together have the letters of ``texts``: one is enough where it has all.

    Raises InputError where no installed font has a letter that is needed.
    """
    chosen, missing = list[str](), set(map(ord, texts))
    for family in (FIRST, *CHINESE):
        file = _file(family)
        if file is not None and (not chosen or missing & _letters(file)):
            chosen.append(family)
            missing -= _letters(file)
        if not missing:
            return chosen
    needed = sorted(code for code in missing if unicodedata.category(chr(code))[0] in "LN")
    if needed:
        shown = ", ".join(f"U+{code:04X}" for code in needed[:5])
        fact = f"shows {len(needed):,} characters that no known installed font has ({shown})"
        advice = 'Install a font that has them, such as Noto Sans CJK, or give form="svg", which needs none'
        remedy = '请安装含有这些字符的字体（如 Noto Sans CJK），或改用 form="svg"。'
        raise InputError(
            [Complaint("picture", fact, advice, f"图片：有 {len(needed):,} 个字符没有已安装的字体可显示（{shown}）。{remedy}")]
        )
    return chosen


def shown_with(texts: str, fonts: list[str]) -> str:
    """The text with what none of the fonts has, ornaments and the like, as a replacement character."""
    known = set[int]()
    for family in fonts:
        file = _file(family)
        known |= _letters(file) if file else frozenset()
    return "".join(character if ord(character) in known else "\ufffd" for character in texts)
