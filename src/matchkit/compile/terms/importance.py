"""Term ``importance``: the demand's weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs


class ImportanceTerm:
    """Points by requirement."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        self._points = np.array([slot.demand.weight for slot in lists.slots], np.int32)

    def points(self, pairs: TermPairs) -> Integers:
        """The weight of each pair's demand."""
        return self._points.take(pairs.right)

    def range(self) -> tuple[int, int]:
        """Least and greatest weight of a demand: 0 to 1,000 at most."""
        return (
            (int(self._points.min()), int(self._points.max()))
            if len(self._points)
            else (0, 0)
        )


TERM = ImportanceTerm
