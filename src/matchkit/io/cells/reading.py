"""What a cell comes to: a value, perhaps with the guess that led to it, or a fault. Both are told in English
and Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from matchkit.errors import MatchkitError
from matchkit.words import Lang, Whole, joined, say


class Note(NamedTuple):
    """A message of the catalogue with its values; a value may be a note itself, or several, which are told in
    its place.
    """

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def text(self, lang: Lang = "en") -> str:
        """The message in a language."""
        return say(self.key, lang, **{name: _told(value, lang) for name, value in self.values})


def _told(value: Any, lang: Lang) -> Any:
    if isinstance(value, Note):
        return value.text(lang)
    if isinstance(value, tuple) and value and isinstance(value[0], Note):
        return joined([part.text(lang) for part in value], lang, "semicolon")
    return Whole(value) if isinstance(value, tuple) else value


def note(key: str, **values: Any) -> Note:
    """The note with this key and these values."""
    return Note(key, tuple(values.items()))


class Reading(NamedTuple):
    """The value of a cell (None: it is empty) and, where it was not certain, how it was understood."""

    value: Any
    guess: Note | None = None


class CellFault(MatchkitError):  # noqa: N818 - a fault of a table, which is listed with others, not of a program
    """A cell has no certain meaning: ``fact`` says of it why, ``advice`` what would be accepted."""

    def __init__(self, fact: Note, advice: Note | None = None) -> None:
        super().__init__(fact.key)
        self.fact = fact
        self.advice = advice or Note("cell.accepts.text")
        self.advised = advice is not None
        """Whether whoever found the fault said what to do; if not, the kind of the cell does."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by what it says, so that it crosses a process border whole."""
        return CellFault, (self.fact, self.advice)


def refuse(fact: str, advice: Note | None = None, **values: Any) -> NoReturn:
    """Raises the fault with this fact; where no advice is given, what cells of this kind accept is told."""
    raise CellFault(note(fact, **values), advice)


class Doubts:
    """What a reader was not certain of, in the order found, each once."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[Note, None] = {}

    def add(self, key: str, **values: Any) -> None:
        """Notes a reason for which somebody should confirm the reading."""
        self._found[note(key, **values)] = None

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def notes(self) -> Sequence[Note]:
        """The reasons."""
        return tuple(self._found)
