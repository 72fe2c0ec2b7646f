"""What a check found: its kind, the record it is about as a path in the data, and the message with its
values.
"""

from __future__ import annotations

from typing import NamedTuple

from matchkit.messages.message import Message
from matchkit.tables.findings import Kind

LISTED = 5
"""So many ids or names of a longer list are values of a message; their count is another."""


class Found(NamedTuple):
    """One finding. ``path`` is written as in errors: ``demands[3].requirements[0].skills``; ``id`` is that of
    the record.
    """

    kind: Kind
    path: str
    id: str
    said: Message

    @property
    def record(self) -> str:
        """What it is about, as errors name it."""
        return f"{self.path} (id {self.id})"
