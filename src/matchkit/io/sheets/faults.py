"""What is wrong with a file, in English and Chinese: all faults at once, so many of them worded and the rest
counted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.io import told
from matchkit.io.cells.showing import shown
from matchkit.io.location import Where, letters
from matchkit.io.sheets.limits import LISTED
from matchkit.messages.catalogue import LANGUAGES, Lang
from matchkit.messages.message import text_of


def complaint(
    key: str,
    source: str,
    line: int | None = None,
    sheet: str | None = None,
    column: int | None = None,
    **values: Any,
) -> Complaint:
    """The message ``sheet.<key>`` and its advice ``sheet.<key>.do`` about a place, in both languages."""

    def said(key: str, lang: Lang) -> str:
        return text_of(
            key,
            lang,
            **{
                name: shown(value, lang=lang) if isinstance(value, str) else value
                for name, value in values.items()
            },
        )

    where = Where(source, shown(sheet or ""), line, letters(column - 1) if column else "")
    return told.complaint(where.text, partial(said, f"sheet.{key}"), partial(said, f"sheet.{key}.do"))


def refuse(key: str, source: str, line: int | None = None, **values: Any) -> NoReturn:
    """Raise InputError with this one complaint, without the error that led to it."""
    raise InputError([complaint(key, source, line, **values)]) from None


def too_large(key: str, source: str, **values: Any) -> NoReturn:
    """Raise BudgetError with the message ``sheet.over.<key>``."""
    told = (
        text_of(f"sheet.over.{key}", lang, source=source or Where().text(lang), **values)
        for lang in LANGUAGES
    )
    raise BudgetError(*told) from None


class Faults:
    """Complaints as they are found; ``raise_if_any`` raises them together."""

    def __init__(self) -> None:
        self.found: list[Complaint] = []
        self.more = 0

    def add(self, key: str, source: str, line: int | None = None, **values: Any) -> None:
        """Word one more complaint, or count it where there are many already."""
        self.keep(partial(complaint, key, source, line, **values))

    def keep(self, worded: Callable[[], Complaint]) -> None:
        """Keep one more complaint, or count it where there are many already and it need not be worded."""
        if len(self.found) < LISTED:
            self.found.append(worded())
        else:
            self.more += 1

    def take(self, error: InputError) -> None:
        """Take over all that another part of the source was refused for."""
        kept = error.complaints[: LISTED - len(self.found)]
        self.found += kept
        self.more += error.more + len(error.complaints) - len(kept)

    def raise_if_any(self) -> None:
        """Raise InputError where anything was found."""
        if self.found:
            raise InputError(self.found, self.more)
