"""What a cell comes to: a value, perhaps with the guess that led to it, or a fault; both are messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from matchkit.errors import MatchkitError
from matchkit.messages.message import Message


class Reading(NamedTuple):
    """The value of a cell (None: it is empty) and, where it was not certain, how it was understood."""

    value: Any
    guess: Message | None = None


class CellFault(MatchkitError):  # noqa: N818 - a fault of a table, which is listed with others, not of a program
    """A cell has no certain meaning: ``fact`` says of it why, ``advice`` what would be accepted."""

    def __init__(self, fact: Message, advice: Message | None = None) -> None:
        super().__init__(fact.key)
        self.fact = fact
        self.advice = advice or Message("cell.accepts.text")
        self.advised = advice is not None
        """Whether whoever found the fault said what to do; if not, the kind of the cell does."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by what it says, so that it crosses a process border whole."""
        return CellFault, (self.fact, self.advice)


def refuse(fact: str, advice: Message | None = None, **values: Any) -> NoReturn:
    """Raises the fault with this fact; where no advice is given, what cells of this kind accept is told."""
    raise CellFault(Message.of(fact, **values), advice)


class Doubts:
    """What a reader was not certain of, in the order found, each once."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[Message, None] = {}

    def add(self, key: str, **values: Any) -> None:
        """Notes a reason for which somebody should confirm the reading."""
        self._found[Message.of(key, **values)] = None

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def notes(self) -> Sequence[Message]:
        """The reasons."""
        return tuple(self._found)
