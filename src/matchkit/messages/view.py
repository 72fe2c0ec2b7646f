"""Views of records and answers in notebooks and terminals: escaped, without personal fields."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from matchkit.messages.message import number, text_of

if TYPE_CHECKING:
    from rich.table import Table

MOST_ROWS = 30
"""Rows that are shown before the rest is counted."""


class View(NamedTuple):
    """A title, lines below it, and a table (none without a head); whole numbers stand to the right."""

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()

    @classmethod
    def of_text(cls, text: str) -> View:
        """A text of several lines, the first as title; of many the rest is counted."""
        title, *lines = text.split("\n")
        if len(lines) > MOST_ROWS:
            lines[MOST_ROWS:] = [text_of("view.more", count=len(lines) - MOST_ROWS)]
        return cls(title, tuple(lines))

    def html(self) -> str:
        """The view as HTML without style or script."""
        head = "".join(f'<th scope="col">{_shown(word)}</th>' for word in self.head)
        rows = "".join(
            f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in self._whole()
        )
        paragraphs = "".join(f"<p>{_shown(line)}</p>" for line in self.lines)
        table = (
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            if head
            else ""
        )
        return f"<div><p><strong>{_shown(self.title)}</strong></p>{paragraphs}{table}</div>"

    def rich(self) -> Table:
        """The view for a terminal, by the package rich, which asks for it."""
        from rich.table import Table
        from rich.text import Text

        title = "\n".join(printable(line) for line in (self.title, *self.lines))
        table = Table(title=Text(title), title_justify="left")
        for place, word in enumerate(self.head):
            table.add_column(
                Text(word),
                justify="right"
                if any(isinstance(row[place], int) for row in self.rows)
                else "left",
            )
        for row in self._whole():
            table.add_row(
                *(
                    Text(number(cell) if isinstance(cell, int) else printable(cell))
                    for cell in row
                )
            )
        return table

    def _whole(self) -> tuple[tuple[str | int, ...], ...]:
        if len(self.rows) <= MOST_ROWS:
            return self.rows
        more = text_of("view.more", count=len(self.rows) - MOST_ROWS)
        return (*self.rows[:MOST_ROWS], (more, *("",) * (len(self.head) - 1)))


def printable(text: str) -> str:
    """A text without anything that a terminal would obey: what does not print stands as an escape, a blank of
    any width as a blank.
    """
    if text.isprintable():
        return text
    return "".join(
        one
        if one.isprintable() or one == "\n"
        else " "
        if category(one) == "Zs"
        else ascii(one)[1:-1]
        for one in text
    )


def _shown(text: str) -> str:
    return escape(printable(text))


def _cell(cell: str | int) -> str:
    return (
        f'<td align="right">{number(cell)}</td>'
        if isinstance(cell, int)
        else f"<td><bdi>{_shown(cell)}</bdi></td>"
    )
