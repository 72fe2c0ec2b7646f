"""What is wrong with a record."""

from __future__ import annotations

from typing import Any

from matchkit.errors import Complaint
from matchkit.messages.message import Message, text_of


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
