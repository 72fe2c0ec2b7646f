"""What a check found: its kind, the record it is about as a path in the data, and the message with its
values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from matchkit.messages.message import Message
from matchkit.model import Problem, Requirement
from matchkit.tables.findings import FindingKind

LISTED = 5
"""So many ids or names of a longer list are values of a message; their count is another."""


class CheckFinding(NamedTuple):
    """One finding. ``path`` is written as in errors: ``demands[3].requirements[0].skills``; ``id`` is that of
    the record.
    """

    kind: FindingKind
    path: str
    id: str
    message: Message

    @property
    def record(self) -> str:
        """What it is about, as errors name it."""
        return f"{self.path} (id {self.id})"


def requirements_of(problem: Problem) -> Iterator[tuple[str, Requirement]]:
    """Every requirement with its path."""
    for at, demand in enumerate(problem.demands):
        for place, requirement in enumerate(demand.requirements):
            yield f"demands[{at}].requirements[{place}]", requirement
