"""What callers hand to a public function, where it is not even of the right type."""

from __future__ import annotations

from typing import Final

from matchkit.errors import Complaint, Text
from matchkit.messages.message import Message


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
