"""A table or a column as messages name it: in the language of the message."""

from __future__ import annotations

from matchkit.io.columns.column import Column, Table
from matchkit.messages.catalogue import LANGUAGES, Lang
from matchkit.messages.message import Message, joined


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
    """All names by which a column is known: those of the language, its own first."""
    known = (column.name, column.chinese, *column.spellings)
    latin, chinese = (
        [name for name in known if name.isascii()],
        [name for name in known if not name.isascii()],
    )
    return Named("", (("en", joined(latin, "en")), ("zh", joined(chinese, "zh"))))
