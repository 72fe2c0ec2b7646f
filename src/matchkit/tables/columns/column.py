"""A column of a table that people keep, and a table as a row of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from matchkit.messages.catalogue import LANGUAGES, Lang
from matchkit.messages.message import text_of

LISTS: Final = frozenset(
    {"names", "ids", "skills", "needs", "skill_counts", "loads", "preferences", "times"},
)
"""Kinds of cells that hold a list; a list that is too long for one cell goes on in numbered columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one header.

    ``name`` is the English header; ``spellings`` are others that lists use beside those of the languages.
    ``kind`` says how a cell is read. ``spare`` are headers that are read as this column only where none of
    the others is there: a running number serves as an id until there is an id. In a column that ``joins``,
    several headers may stand for one value, as a person to ask for and a telephone number are one contact.
    The catalogue of messages holds a note for people under ``column.<table>.<name>`` and the header of each
    language under ``column.<table>.<name>.header``.
    """

    name: str
    kind: str
    required: bool = False
    refers: str = ""
    """The table whose ids the cells name: a name that only one of its rows has does as well."""
    spellings: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    joins: bool = False
    table: str = ""
    """The name of its table, which sets it."""

    def header(self, lang: Lang) -> str:
        """The header under which the column is written in a language."""
        return text_of(f"column.{self.table}.{self.name}.header", lang)

    @property
    def headers(self) -> tuple[str, ...]:
        """Its header in every language, the English one first."""
        return tuple(map(self.header, LANGUAGES))

    @property
    def is_list(self) -> bool:
        """Whether a cell holds a list, which may go on in numbered columns."""
        return self.kind in LISTS


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: its names, its columns in the order in which they are written, and headers that are
    known to mean nothing here.

    The catalogue of messages holds a note for people under ``table.<name>`` and the title of each language
    under ``table.<name>.title``.
    """

    name: str
    columns: tuple[Column, ...]
    spellings: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Tells every column whose it is; some columns are of several tables."""
        columns = tuple(replace(column, table=self.name) for column in self.columns)
        object.__setattr__(self, "columns", columns)

    def title(self, lang: Lang) -> str:
        """The name of the table's sheet in a language."""
        return text_of(f"table.{self.name}.title", lang)

    @property
    def titles(self) -> tuple[str, ...]:
        """The name of its sheet in every language, the English one first."""
        return tuple(map(self.title, LANGUAGES))

    def column(self, name: str) -> Column:
        """The column of this English name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
