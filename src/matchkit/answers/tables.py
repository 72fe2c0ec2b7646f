"""Tables in plain text, whose columns stand straight in Chinese too: a wide character takes two places of a
terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from matchkit.messages.message import Lang, number


def width(text: str) -> int:
    """How many places a text takes in a terminal."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def table(rows: Sequence[Sequence[str]], left: int = 1, indent: str = "  ") -> list[str]:
    """The rows as lines; the first ``left`` columns begin in one place, all others end in one."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for place, (cell, most) in enumerate(zip(row, widths, strict=True)):
            blanks = " " * (most - width(cell))
            cells.append(cell + blanks if place < left else blanks + cell)
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def signed(value: int, lang: Lang) -> str:
    """A difference with its sign."""
    return f"+{number(value, lang)}" if value > 0 else number(value, lang)
