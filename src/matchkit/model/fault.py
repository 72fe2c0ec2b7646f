"""What is wrong with a record, or with what a caller hands to a function instead of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from matchkit.errors import Complaint, InputError, Text
from matchkit.messages.message import LANGUAGES, Message, text_of


def another_type(name: str | Text, value: object, advice: str | Text) -> Complaint:
    """The complaint that an argument is of a type that does not fit; the value itself is not shown."""
    return Complaint(
        name, Message.of("argument.type", type=type(value).__name__), advice
    )


def of_another_type(
    name: str | Text, value: object, kind: type, advice: str | Text
) -> list[Complaint]:
    """One complaint where the argument is no instance of the type, else none."""
    return [] if isinstance(value, kind) else [another_type(name, value, advice)]


def path_of(given: Any) -> Path:
    """What was given as a path. Raises InputError where it is neither text nor a path; bytes do not say which
    letters they are.
    """
    try:
        return Path(given)
    except TypeError:
        wrong = another_type("path", given, Message("argument.path.do"))
    raise InputError([wrong])


def not_among(name: str, given: object, known: Sequence[str]) -> list[Complaint]:
    """One complaint where the argument is none of the known words, else none."""
    if isinstance(given, str) and given in known:
        return []
    return [Complaint.of(name, "argument.word", known=tuple(known))]


def no_language(given: object) -> list[Complaint]:
    """One complaint where ``lang`` is no language of the messages, else none."""
    return not_among("lang", given, LANGUAGES)


A_PROBLEM: Final = Message("argument.problem.do")
A_PLAN: Final = Message("argument.plan.do")
AN_ID: Final = Message("argument.id.do")


class RecordFault(ValueError):  # noqa: N818 - one of many in a list, not a defect of a program
    """What a record refuses of itself: the message ``record.<name>`` with its values, and the advice
    ``record.<name>.do``.
    """

    def __init__(self, name: str, **values: Any) -> None:
        self.name, self.values = name, values
        fact, advice = (
            text_of(f"record.{key}", **values) for key in (name, f"{name}.do")
        )
        super().__init__(f"{fact}; {advice[:1].lower()}{advice[1:]}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by name and values."""
        return _restored, (self.name, self.values)


def _restored(name: str, values: dict[str, Any]) -> RecordFault:
    return RecordFault(name, **values)


def complaint(
    where: str | Message, name: str, do: str = "", **values: Any
) -> Complaint:
    """``Complaint.of`` with the message ``record.<name>`` and the advice ``record.<do>.do``."""
    return Complaint.of(where, f"record.{name}", f"record.{do or name}", **values)
