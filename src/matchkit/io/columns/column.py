"""A column of a table that people keep, and a table as a row of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matchkit.messages.catalogue import LANGUAGES, Lang

LISTS: Final = frozenset(
    {"names", "ids", "skills", "needs", "skill_counts", "loads", "preferences", "times"},
)
"""Kinds of cells that hold a list; a list that is too long for one cell goes on in numbered columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one header.

    ``name`` is the English header and ``chinese`` the Chinese one; ``spellings`` are others that lists use.
    ``kind`` says how a cell is read. ``spare`` are headers that are read as this column only where none of
    the others is there: a running number serves as an id until there is an id. In a column that ``joins``,
    several headers may stand for one value, as a person to ask for and a telephone number are one contact. A
    note for people stands in the catalogue of messages under ``column.<table>.<name>``.
    """

    name: str
    chinese: str
    kind: str
    required: bool = False
    refers: str = ""
    """The table whose ids the cells name: a name that only one of its rows has does as well."""
    spellings: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    joins: bool = False

    def header(self, lang: Lang) -> str:
        """The header under which the column is written in a language."""
        return (self.name, self.chinese)[LANGUAGES.index(lang)]

    @property
    def is_list(self) -> bool:
        """Whether a cell holds a list, which may go on in numbered columns."""
        return self.kind in LISTS


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: its names, its columns in the order in which they are written, and headers that are
    known to mean nothing here.

    A note for people stands in the catalogue of messages under ``table.<name>``.
    """

    name: str
    chinese: str
    columns: tuple[Column, ...]
    spellings: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def title(self, lang: Lang) -> str:
        """The name of the table's sheet in a language."""
        return (self.name, self.chinese)[LANGUAGES.index(lang)]

    def column(self, name: str) -> Column:
        """The column of this English name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
