"""Every error matchkit raises: the fact with id and value, then what to do.

Messages never carry personal fields: they are built from ids, field names and small numbers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SHOWN = 10
"""How many complaints a message lists before it counts the rest."""


class Complaint(NamedTuple):
    """One thing wrong with the input: where it is (record and field), what is wrong, what to do.

    ``chinese`` says the same in Chinese, one line, where the fault lies in what people wrote into a table.
    """

    where: str
    fact: str
    advice: str = ""
    chinese: str = ""

    def line(self, lang: str = "en") -> str:
        """One line, as a message lists it: in English, or with ``lang`` "zh" in Chinese where there is such a
        wording.
        """
        if lang == "zh" and self.chinese:
            return self.chinese
        return f"{self.where}: {self.fact}." + (f" {self.advice}." if self.advice else "")

    def __str__(self) -> str:
        """One line in English."""
        return self.line()


def _listed(complaints: Sequence[Complaint], more: int, lang: str = "en") -> str:
    lines = [f"  {complaint.line(lang)}" for complaint in complaints[:SHOWN]]
    more += max(0, len(complaints) - SHOWN)
    if more:
        lines.append(f"  …… 另有 {more:,} 处。" if lang == "zh" else f"  ... and {more:,} more.")
    return "\n".join(lines)


class MatchkitError(Exception):
    """Base of every error that matchkit raises on purpose."""

    def text(self, lang: str = "en") -> str:  # noqa: ARG002 - for those that have a Chinese wording
        """The message, in English or (``lang`` "zh") with all that has a Chinese wording in Chinese."""
        return str(self)


class ListedError(MatchkitError):
    """An error that lists its complaints: the first ten in the message, all in ``complaints``.

    Where a hostile input has faults by the million, ``complaints`` holds the first thousand and ``more`` is
    how many others there are; the message counts all.
    """

    def __init__(self, headline: str, complaints: Sequence[Complaint], more: int = 0) -> None:
        self.complaints = tuple(complaints)
        self.more = more
        super().__init__(f"{headline}\n{_listed(self.complaints, more)}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by message and complaints, so that the error crosses a process border whole."""
        return _restored, (type(self), str(self), self.complaints, self.more)


def _restored(
    kind: type[ListedError], message: str, complaints: tuple[Complaint, ...], more: int
) -> ListedError:
    error = kind.__new__(kind)
    error.complaints = complaints
    error.more = more
    error.args = (message,)
    return error


class InputError(ListedError, ValueError):
    """The input is wrong; ``complaints`` lists every fault found, by record and field."""

    def __init__(self, complaints: Sequence[Complaint], more: int = 0) -> None:
        count = len(complaints) + more
        super().__init__(f"The input has {count:,} fault{'s' if count > 1 else ''}:", complaints, more)

    def text(self, lang: str = "en") -> str:
        """The message in English, or (``lang`` "zh") with all that has a Chinese wording in Chinese."""
        if lang != "zh":
            return str(self)
        return (
            f"输入有 {len(self.complaints) + self.more:,} 处错误："
            f"\n{_listed(self.complaints, self.more, lang)}"
        )


class UnconfirmedError(InputError):
    """Tables are readable, but not in one way only: ``complaints`` lists what somebody must confirm before a
    plan rests on it.
    """

    def __init__(self, complaints: Sequence[Complaint], more: int = 0) -> None:
        count = len(complaints) + more
        headline = f"{count:,} {'things' if count > 1 else 'thing'} in the tables must be confirmed:"
        ListedError.__init__(self, headline, complaints, more)

    def text(self, lang: str = "en") -> str:
        """The message in a language."""
        if lang != "zh":
            return str(self)
        return (
            f"表格中有 {len(self.complaints) + self.more:,} 处须确认："
            f"\n{_listed(self.complaints, self.more, lang)}"
        )


class ContradictionError(ListedError, ValueError):
    """Hard rules contradict each other, so that no plan at all can keep them."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("Hard rules contradict each other; no plan can keep them all:", complaints)


class UnsupportedError(ListedError, NotImplementedError):
    """A flow engine was named, and the problem asks for what no flow can express; ``complaints`` names rule
    and record.
    """

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("This problem asks for what a flow cannot express:", complaints)


class BrokenPlanError(ListedError):
    """A plan breaks a rule of its problem; ``complaints`` lists every violation."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        count = len(complaints)
        super().__init__(
            f"The plan breaks its problem in {count:,} place{'s' if count > 1 else ''}:", complaints
        )


class _SpokenError(MatchkitError):
    """An error with one message, perhaps in both languages."""

    def __init__(self, message: str, chinese: str = "") -> None:
        super().__init__(message)
        self._chinese = chinese

    def text(self, lang: str = "en") -> str:
        """The message in English, or (``lang`` "zh") in Chinese where there is such a wording."""
        return self._chinese if lang == "zh" and self._chinese else str(self)


class BudgetError(_SpokenError, ValueError):
    """The input is larger than the budget allows; nothing was built."""


class StorageError(_SpokenError, OSError):
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
        self, message: str, exit_code: int | None = None, output: str = "", plan: object = None
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.output = output
        self.plan = plan


class OutOfMemoryError(WorkerError, MemoryError):
    """The process that solved reached its memory limit before it had an answer; ``plan`` as in
    WorkerError.
    """
