"""Every error matchkit raises: the fact with id and value, then what to do.

Messages never carry personal fields: they are built from ids, field names and small numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, ClassVar, Protocol, Self

from matchkit.messages.message import Lang, Message, text_of

SHOWN = 10
"""How many complaints a message lists before it counts the rest."""
LISTED = 1_000
"""How many an error holds before it counts the rest; each costs memory and time."""


class Text(Protocol):
    """What can be shown in a language: a Message, a place in a file."""

    def text(self, lang: Lang = "en") -> str:
        """The text in a language."""


class Complaint:
    """One thing wrong with the input: where it is (record and field), what is wrong, what to do.

    Each part is a message, or a text that is the same in every language, such as an id. As attributes they
    are in English; ``line`` has them in any language.
    """

    __slots__ = ("parts",)

    def __init__(
        self, where: str | Text, fact: str | Text, advice: str | Text = ""
    ) -> None:
        self.parts = (where, fact, advice)

    @classmethod
    def of(cls, where: str | Text, key: str, do: str = "", /, **values: Any) -> Self:
        """The complaint with the message of this key and the advice ``<do>.do``, else ``<key>.do``."""
        advice = Message.of(f"{do or key}.do", **values)
        return cls(where, Message.of(key, **values), advice)

    @property
    def where(self) -> str:
        """The place in English."""
        return _in(self.parts[0], "en")

    @property
    def fact(self) -> str:
        """What is wrong, in English."""
        return _in(self.parts[1], "en")

    @property
    def advice(self) -> str:
        """What to do, in English."""
        return _in(self.parts[2], "en")

    def line(self, lang: Lang = "en") -> str:
        """One line, as an error lists it."""
        if isinstance(self.parts[1], str):  # it has one wording
            lang = "en"
        where, fact, advice = (_in(part, lang) for part in self.parts)
        key = "fault.line" if advice else "fault.line_without_advice"
        return text_of(key, lang, where=where, fact=fact, advice=advice)

    def __str__(self) -> str:
        """One line in English."""
        return self.line()

    def __repr__(self) -> str:
        """The parts in English."""
        return f"Complaint({self.where!r}, {self.fact!r}, {self.advice!r})"

    def __eq__(self, other: object) -> bool:
        """Whether the other one says the same."""
        return isinstance(other, Complaint) and str(self) == str(other)

    def __lt__(self, other: Complaint) -> bool:
        """Its place among others: by where it is, what is wrong and what to do."""
        return (self.where, self.fact, self.advice) < (
            other.where,
            other.fact,
            other.advice,
        )

    def __hash__(self) -> int:
        """By what it says."""
        return hash(str(self))


def in_order(complaints: Iterable[Complaint]) -> list[Complaint]:
    """The complaints without repeats, by where they are, what is wrong and what to do, in English."""
    return sorted(set(complaints), key=attrgetter("where", "fact", "advice"))


def _in(part: str | Text, lang: Lang) -> str:
    return part if isinstance(part, str) else part.text(lang)


def _listed(
    headline: str | Text, complaints: Sequence[Complaint], more: int, lang: Lang = "en"
) -> str:
    lines = [
        _in(headline, lang),
        *(f"  {complaint.line(lang)}" for complaint in complaints[:SHOWN]),
    ]
    more += max(0, len(complaints) - SHOWN)
    if more:
        lines.append("  " + text_of("fault.more", lang, more=more))
    return "\n".join(lines)


class MatchkitError(Exception):
    """Base of every error that matchkit raises on purpose: a message, in any language by ``text``."""

    def __init__(self, message: str | Text) -> None:
        super().__init__(_in(message, "en"))
        self._message = message

    def text(self, lang: Lang = "en") -> str:
        """The message in a language."""
        return _in(self._message, lang)


class ListedError(MatchkitError):
    """An error that lists its complaints: the first ten in the message, all in ``complaints``.

    Where a hostile input has faults by the million, ``complaints`` holds the first thousand and ``more`` is
    how many others there are; the message counts all.
    """

    HEADLINE: ClassVar[str]

    def __init__(
        self,
        complaints: Sequence[Complaint],
        more: int = 0,
        headline: Message | None = None,
    ) -> None:
        self.complaints = tuple(complaints)
        self.more = more
        self.headline = headline or Message.of(
            self.HEADLINE, count=len(complaints) + more
        )
        super().__init__(_listed(self.headline, self.complaints, more))

    @classmethod
    def of(cls, where: str | Text, key: str, do: str = "", /, **values: Any) -> Self:
        """The error with a single complaint, as ``Complaint.of`` makes it."""
        return cls([Complaint.of(where, key, do, **values)])

    @classmethod
    def raise_if(
        cls, complaints: Sequence[Complaint], headline: Message | None = None
    ) -> None:
        """Raises the error where there are complaints; of more than a thousand the rest is counted."""
        if complaints:
            raise cls(complaints[:LISTED], max(0, len(complaints) - LISTED), headline)

    def text(self, lang: Lang = "en") -> str:
        """Headline and complaints in a language."""
        return _listed(self.headline, self.complaints, self.more, lang)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by complaints and headline, so that the error crosses a process border whole."""
        return type(self), (self.complaints, self.more, self.headline)


class InputError(ListedError, ValueError):
    """The input is wrong; ``complaints`` lists every fault found, by record and field."""

    HEADLINE = "fault.input"


class UnconfirmedError(InputError):
    """Tables are readable, but not in one way only: ``complaints`` lists what somebody must confirm before a
    plan rests on it.
    """

    HEADLINE = "fault.unconfirmed"


class ContradictionError(ListedError, ValueError):
    """Hard rules contradict each other, so that no plan at all can keep them."""

    HEADLINE = "fault.contradiction"


class UnsupportedError(ListedError, NotImplementedError):
    """A flow engine was named, and the problem asks for what no flow can express; or ranks are to choose the
    plan, and that is not defined beside what else is asked. ``complaints`` names rule and record.
    """

    HEADLINE = "fault.unsupported"


class BrokenPlanError(ListedError):
    """A plan breaks a rule of its problem; ``complaints`` lists every violation."""

    HEADLINE = "fault.broken_plan"


class BudgetError(MatchkitError, ValueError):
    """The input is larger than the budget allows; nothing was built."""


class StorageError(MatchkitError, OSError):
    """A file could not be read or written; what stood there before is untouched."""


class EngineError(MatchkitError, RuntimeError):
    """An engine failed or contradicted its own proof; no answer is given rather than a wrong one."""


class StoppedError(MatchkitError, RuntimeError):
    """Time ran out, or somebody interrupted, before there was any plan to hold."""


class WorkerError(MatchkitError, RuntimeError):
    """The process that solved ended without an answer; the process that asked goes on.

    ``exit_code`` is that of the process (-9: ended by signal 9; None: it never started), ``output`` the end
    of what it wrote to stderr. ``plan`` is the best verified Plan that it had sent before, or None.
    """

    def __init__(
        self,
        message: str | Text,
        exit_code: int | None = None,
        output: str = "",
        plan: object = None,
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.output = output
        self.plan = plan


class OutOfMemoryError(WorkerError, MemoryError):
    """The process that solved reached its memory limit before it had an answer; ``plan`` as in
    WorkerError.
    """
