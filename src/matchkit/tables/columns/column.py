"""A column of a table that people keep, a table as a row of them, and how messages name either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from matchkit.messages.message import LANGUAGES, Lang, Message, joined, text_of
from matchkit.tables.vocabulary.words import words

LISTS: Final = frozenset(
    {
        "names",
        "ids",
        "skills",
        "needs",
        "skill_counts",
        "loads",
        "preferences",
        "times",
    },
)
"""Kinds of cells that hold a list; a list that is too long for one cell goes on in numbered columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one header.

    ``name`` is the English header, ``kind`` says how a cell is read. Where none of a column's headers is
    there, one that ``numbers`` is read from a running number, which serves as an id until there is an id. In
    a column that ``joins``, several headers may stand for one value, as a person to ask for and a telephone
    number are one contact. The catalogue of messages holds a note for people under ``column.<table>.<name>``
    and the header of each language under ``column.<table>.<name>.header``; the vocabulary holds the others.
    """

    name: str
    kind: str
    required: bool = False
    refers: str = ""
    """The table whose ids the cells name: a name that only one of its rows has does as well."""
    numbers: bool = False
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
    def spellings(self) -> tuple[str, ...]:
        """Other headers that lists use for it."""
        return words("headers", self.table, self.name) or words(
            "headers", "any", self.name
        )

    @property
    def spare(self) -> tuple[str, ...]:
        """Headers that are read as this column only where none of the others is there."""
        return words("running", "number") if self.numbers else ()

    @property
    def is_list(self) -> bool:
        """Whether a cell holds a list, which may go on in numbered columns."""
        return self.kind in LISTS


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One kind of table: its columns in the order in which they are written.

    The catalogue of messages holds a note for people under ``table.<name>`` and the title of each language
    under ``table.<name>.title``; the vocabulary holds other names.
    """

    name: str
    columns: tuple[Column, ...]

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

    @property
    def spellings(self) -> tuple[str, ...]:
        """Other names of its sheet or file."""
        return words("sheets", self.name)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headers that are known to mean nothing here."""
        return words("unused", self.name)

    def column(self, name: str) -> Column:
        """The column of this English name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


class LocalizedName(Message):
    """A name in each language, to stand as a value in a note."""

    __slots__ = ()

    def text(self, lang: Lang = "en") -> str:
        """The name in a language."""
        return str(dict(self.values)[lang])


def named(thing: TableSchema | Column) -> LocalizedName:
    """The name of a table or a column."""
    return LocalizedName(
        "",
        tuple(
            (
                lang,
                thing.title(lang)
                if isinstance(thing, TableSchema)
                else thing.header(lang),
            )
            for lang in LANGUAGES
        ),
    )


def spellings(column: Column) -> LocalizedName:
    """All names by which a column is known: its header in the language, then those in the same letters."""
    return LocalizedName(
        "", tuple((lang, joined(_alike(column, lang), lang)) for lang in LANGUAGES)
    )


def _alike(column: Column, lang: Lang) -> list[str]:
    header = column.header(lang)
    return [
        header,
        *(name for name in column.spellings if name.isascii() == header.isascii()),
    ]
