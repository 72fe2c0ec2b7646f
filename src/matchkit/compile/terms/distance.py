"""Term ``distance``: minus one for every full 100 metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs


class DistanceTerm:
    """Points by how far the demand is."""

    def __init__(self, _: Numbering, eligible: EligiblePairs) -> None:
        self._distances = eligible.distances

    def points(self, pairs: TermPairs) -> Integers:
        """Minus the full hundreds of metres."""
        far = (
            self._distances.metres(pairs.left, pairs.right)
            if pairs.metres is None
            else pairs.metres
        )
        # No two places are 16,000 km apart by the formula, so that int32 holds the metres.
        return -(far.astype(np.int32) // np.int32(100))

    def range(self) -> tuple[int, int]:
        """From the farthest that two places of the problem may be apart, at least -158,214, to 0."""
        return -(self._distances.farthest() // 100), 0


TERM = DistanceTerm
