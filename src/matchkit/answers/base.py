"""What all answers share: they are records, and they can be said in a line or in full, in English and
Chinese; and tables in plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from unicodedata import combining, east_asian_width

from matchkit.messages.message import Lang, number, text_of
from matchkit.messages.view import View
from matchkit.model.base import Record

InList = TypeVar("InList")


class Answer(Record):
    """An answer to a question about a plan. Its text never holds a personal field: ids, names of skills and
    numbers only.
    """

    def line(self, lang: Lang = "en") -> str:
        """The answer in one line."""
        raise NotImplementedError

    def text(self, lang: Lang = "en") -> str:
        """The whole answer, in as many lines as it takes; the first is ``line``."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Lang) -> Iterable[str]:
        return [self.line(lang), *(f"  {one}" for one in self._details(lang))]

    def _details(self, lang: Lang) -> Iterable[str]:  # noqa: ARG002 - for those that have any
        """What stands below the first line, each in a line of its own."""
        return ()

    def to_json(self) -> str:
        """The answer as JSON, one key order, the same bytes for the same answer."""
        return self.model_dump_json(indent=1) + "\n"

    def __str__(self) -> str:
        """The whole answer in English."""
        return self.text()

    def _repr_html_(self) -> str:
        """What a notebook shows: the answer in lines."""
        return View.of_text(self.text()).html()


def width(text: str) -> int:
    """How many places a text takes in a terminal."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def table(
    rows: Sequence[Sequence[str]], left: int = 1, indent: str = "  "
) -> list[str]:
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


SHOWN = 20
"""So many rows of a list are shown before the rest is counted."""


def listed(
    found: Sequence[InList], row: Callable[[InList, Lang], str], lang: Lang
) -> Iterator[str]:
    """The rows of a list in words, the first of them, and how many more there are."""
    for one in found[:SHOWN]:
        yield text_of("comparison.row", lang, text=row(one, lang))
    yield from more_than_shown(len(found), lang)


def more_than_shown(count: int, lang: Lang) -> Iterator[str]:
    """How many of a list are not shown, where any are not."""
    if count > SHOWN:
        yield text_of("comparison.more", lang, count=count - SHOWN)


def signed(value: int, lang: Lang) -> str:
    """A difference with its sign."""
    return f"+{number(value, lang)}" if value > 0 else number(value, lang)
