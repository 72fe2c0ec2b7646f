"""Term ``score``: the points that the caller gives a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import found_in
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs


class ScoreTerm:
    """Points of the pairs in ``Problem.scores``, 0 for all others."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        self._count = max(1, len(lists.slots))
        codes: list[int] = []
        points: list[int] = []
        for record in lists.problem.scores:
            left = lists.left[record.resource]
            for requirement, amount in zip(
                record.requirements, record.points, strict=True
            ):
                for right in lists.places[requirement]:
                    codes.append(left * self._count + right)
                    points.append(amount)
        given = np.array(codes, np.intp)
        order = np.argsort(given, kind="stable")
        self._codes = given[order]
        self._points = np.array(points, np.int32)[order]

    def points(self, pairs: TermPairs) -> Integers:
        """The points given."""
        found = np.zeros(len(pairs.right), np.int32)
        if len(self._codes) and len(pairs.left):
            position, here = found_in(
                self._codes, pairs.left * self._count + pairs.right
            )
            found[here] = self._points[position[here]]
        return found

    def range(self) -> tuple[int, int]:
        """The least and the greatest points given, and 0."""
        return min(0, int(self._points.min(initial=0))), max(
            0, int(self._points.max(initial=0))
        )


TERM = ScoreTerm
