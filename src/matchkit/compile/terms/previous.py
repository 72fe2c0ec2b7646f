"""Term ``previous``: 50 for a pair of the previous plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.eligibility.forbid import SparsePairs
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs

KEPT = 50


class PreviousTerm:
    """Points of the pairs of the previous plan."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        self._pairs = SparsePairs(
            len(lists.slots),
            (
                (lists.left[pair.resource], right)
                for pair in lists.problem.previous
                for right in lists.places[pair.requirement]
            ),
        )

    def points(self, pairs: TermPairs) -> Integers:
        """50 where the pair is one of them, else 0."""
        found = np.zeros(len(pairs.right), np.int32)
        found[self._pairs.positions(pairs.left, pairs.right)[0]] = KEPT
        return found

    def range(self) -> tuple[int, int]:
        """0 to 50."""
        return 0, KEPT if len(self._pairs.codes) else 0


TERM = PreviousTerm
