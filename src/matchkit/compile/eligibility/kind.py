"""Eligibility ``kind``: the two kinds have equal keys."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.answers.reasons import Reason
from matchkit.compile.lexicon import Lexicon
from matchkit.compile.lists import Lists, Slot
from matchkit.model import Resource


def reasons(lists: Lists, resource: Resource, slot: Slot) -> Iterator[Reason]:
    """Why the kinds differ."""
    if lists.lexicon.key(resource.kind) != lists.lexicon.key(slot.requirement.kind):
        yield Reason.of("kind", "kind", kind=resource.kind, needed=slot.requirement.kind)


class Kinds:
    """Kinds by number: two names of one kind have one number, by which the skill index separates kinds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a kind; new kinds are numbered as they come."""
        return self._numbers.setdefault(self._lexicon.key(name), len(self._numbers))
