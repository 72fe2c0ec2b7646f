"""What is wrong with a record, or with what a caller hands to a function instead of one."""

from __future__ import annotations

from typing import Any, Final

from matchkit.errors import Complaint, Text
from matchkit.messages.message import Message, text_of


def another_type(name: str | Text, value: object, advice: str | Text) -> Complaint:
    """The complaint that an argument is of a type that does not fit; the value itself is not shown."""
    return Complaint(name, Message.of("argument.type", type=type(value).__name__), advice)


def of_another_type(
    name: str | Text, value: object, kind: type, advice: str | Text
) -> list[Complaint]:
    """One complaint where the argument is no instance of the type, else none."""
    return [] if isinstance(value, kind) else [another_type(name, value, advice)]


A_PROBLEM: Final = Message("argument.problem.do")
A_PLAN: Final = Message("argument.plan.do")
AN_ID: Final = Message("argument.id.do")


class RecordFault(ValueError):  # noqa: N818 - one of many in a list, not a defect of a program
    """What a record refuses of itself: the message ``record.<name>`` with its values, and the advice
    ``record.<name>.do``.
    """

    def __init__(self, name: str, **values: Any) -> None:
        self.name, self.values = name, values
        fact, advice = (text_of(f"record.{key}", **values) for key in (name, f"{name}.do"))
        super().__init__(f"{fact}; {advice[:1].lower()}{advice[1:]}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by name and values."""
        return _restored, (self.name, self.values)


def _restored(name: str, values: dict[str, Any]) -> RecordFault:
    return RecordFault(name, **values)


def complaint(where: str | Message, name: str, do: str = "", **values: Any) -> Complaint:
    """The complaint with the message ``record.<name>`` and the advice ``record.<do>.do`` (else that of the
    message) about a place.
    """
    fact, advice = (Message.of(f"record.{key}", **values) for key in (name, f"{do or name}.do"))
    return Complaint(where, fact, advice)
