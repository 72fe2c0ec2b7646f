"""Eligibility ``kind``: the two kinds have equal keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Intp, Mask
from matchkit.compile.numbering import Lexicon, Numbering, RequirementAtStart
from matchkit.model import Resource


def reasons(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Iterator[Reason]:
    """Why the kinds differ."""
    if lists.lexicon.key(resource.kind) != lists.lexicon.key(slot.requirement.kind):
        yield Reason.of("kind", "kind", kind=resource.kind, needed=slot.requirement.kind)


def holds(offered: Intp, asked: int) -> Mask:
    """Which kinds, by number (intp (profiles,)), are the one asked for (bool (profiles,))."""
    return np.asarray(offered == asked)


class Kinds:
    """Kinds by number: two names of one kind have one number, by which the skill index separates kinds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a kind; new kinds are numbered as they come."""
        return self._numbers.setdefault(self._lexicon.key(name), len(self._numbers))
