"""What is wrong with a file, in English and Chinese: all faults at once, so many of them worded and the rest counted."""

from __future__ import annotations

from functools import partial
from typing import Any, NoReturn

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.io import told
from matchkit.io.sheets.limits import LISTED
from matchkit.words import LANGUAGES, Lang, say


def place(lang: Lang, source: str, line: int | None = None, sheet: str | None = None, column: int | None = None) -> str:
    """Where in a file something stands, in a language: file, sheet, line or row, and column, as far as they are known."""
    parts = [source] if source else []
    if sheet is not None:
        parts.append(say("sheet.at.sheet", lang, sheet=_shown(sheet)))
    if line is not None:
        parts.append(say("sheet.at.line" if sheet is None else "sheet.at.row", lang, line=line))
    if column is not None:
        parts.append(say("sheet.at.column", lang, column=column))
    return say("sheet.at.between", lang).join(parts) or say("sheet.at.frame", lang)


def _shown(text: str) -> str:
    """A name of a sheet or column as messages show it: short, and nothing that a terminal would obey."""
    short = text if len(text) <= 40 else text[:40] + "..."
    return short if short.isprintable() else repr(short)


def complaint(
    key: str, source: str, line: int | None = None, sheet: str | None = None, column: int | None = None, **values: Any
) -> Complaint:
    """The message ``sheet.<key>`` and its advice ``sheet.<key>.do`` about a place, in both languages."""
    shown: dict[str, Any] = {name: _shown(value) if isinstance(value, str) else value for name, value in values.items()}

    def said(key: str, lang: Lang) -> str:
        return say(key, lang, **shown)

    where = partial(place, source=source, line=line, sheet=sheet, column=column)
    return told.complaint(where, partial(said, f"sheet.{key}"), partial(said, f"sheet.{key}.do"))


def refuse(key: str, source: str, line: int | None = None, **values: Any) -> NoReturn:
    """Raise InputError with this one complaint, without the error that led to it."""
    raise InputError([complaint(key, source, line, **values)]) from None


def too_large(key: str, source: str, **values: Any) -> NoReturn:
    """Raise BudgetError with the message ``sheet.over.<key>``."""
    told = (say(f"sheet.over.{key}", lang, source=source or say("sheet.at.frame", lang), **values) for lang in LANGUAGES)
    raise BudgetError(*told) from None


class Faults:
    """Complaints as they are found; ``raise_if_any`` raises them together."""

    def __init__(self) -> None:
        self.found: list[Complaint] = []
        self.more = 0

    def add(self, key: str, source: str, line: int | None = None, **values: Any) -> None:
        """Word one more complaint, or count it where there are many already."""
        if len(self.found) < LISTED:
            self.found.append(complaint(key, source, line, **values))
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
