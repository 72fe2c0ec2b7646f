"""A table or a column as messages name it: in the language of the message."""

from __future__ import annotations

from matchkit.messages.message import LANGUAGES, Lang, Message, joined
from matchkit.tables.columns.column import Column, Table


class Named(Message):
    """A name in each language, to stand as a value in a note."""

    __slots__ = ()

    def text(self, lang: Lang = "en") -> str:
        """The name in a language."""
        return str(dict(self.values)[lang])


def named(thing: Table | Column) -> Named:
    """The name of a table or a column."""
    return Named(
        "",
        tuple(
            (lang, thing.title(lang) if isinstance(thing, Table) else thing.header(lang))
            for lang in LANGUAGES
        ),
    )


def spellings(column: Column) -> Named:
    """All names by which a column is known: its header in the language, then those in the same letters."""
    return Named("", tuple((lang, joined(_alike(column, lang), lang)) for lang in LANGUAGES))


def _alike(column: Column, lang: Lang) -> list[str]:
    header = column.header(lang)
    return [header, *(name for name in column.spellings if name.isascii() == header.isascii())]
