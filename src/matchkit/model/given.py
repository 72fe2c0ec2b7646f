"""What callers hand to a public function, where it is not even of the right type."""

from __future__ import annotations

from matchkit.errors import Complaint


def of_another_type(name: str, value: object, kind: type, advice: str) -> list[Complaint]:
    """One complaint where the argument is no instance of the type, else none; the value itself is not
    shown.
    """
    return [] if isinstance(value, kind) else [Complaint(name, f"is of type {type(value).__name__}", advice)]


A_PROBLEM = "Give a Problem, as read() returns one"
A_PLAN = "Give a Plan, as solve() returns one"
AN_ID = "Give its id as text"
