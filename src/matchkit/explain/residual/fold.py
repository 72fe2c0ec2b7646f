"""Vectors of goals in one number, so that comparing numbers is comparing vectors, one goal after another.

What is compared are sums of the costs of a few simple paths. All goals but the weight are earned where
requirements meet the root or the cap of a community, and a simple path passes each of those once; so but for
the weight a goal's part of a path is small, however long it is. The weight's part grows with the arcs. The
radix is chosen for as many as 61 bits have room for, and says how many; where that is too few, numbers are
Python's own, which have no end. The last digit counts moves, so that of the paths that cost the same the one
with the fewest moves is the cheapest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Folded = npt.NDArray[Any]
"""Whole numbers: int64, or Python integers (object)."""

ROOM = 2**61
"""Sums stay below this."""
MOST, FEWEST = 2**20, 128
"""More arcs than the one are not asked for in 61 bits, fewer than the other are not worth it: a path through
a city has some dozens.
"""


@dataclass(frozen=True, slots=True)
class Fold:
    """A goal's unit counts ``units[goal]``, a move 1; right for sums and differences of up to ``arcs`` arcs
    in all.
    """

    units: tuple[int, ...]
    arcs: int
    endless: int
    """A number above every sum, to which another such number may be added."""
    large: bool
    """Whether numbers are Python's own."""

    @property
    def dtype(self) -> npt.DTypeLike:
        """Of folded arrays."""
        return object if self.large else np.int64

    def number(self, vector: Sequence[int], moves: int = 0) -> int:
        """One vector and so many moves in one number."""
        return sum(unit * part for unit, part in zip(self.units, vector, strict=True)) + moves

    def of(self, vectors: npt.NDArray[Any]) -> Folded:
        """Vectors (shape (n, goals)) in one number each."""
        found = np.zeros(len(vectors), self.dtype)
        for goal, unit in enumerate(self.units):
            found += vectors[:, goal].astype(self.dtype) * unit
        return found

    def vectors(self, folded: Folded) -> npt.NDArray[Any]:
        """The vectors of what at most half of ``arcs`` arcs add up to (shape (n, goals)), moves left out."""
        parts = np.zeros((len(folded), len(self.units)), self.dtype)
        rest = folded.copy()
        for goal, unit in enumerate(self.units):
            parts[:, goal] = (rest + unit // 2) // unit
            rest -= parts[:, goal] * unit
        return parts


def fold_for(spans: Sequence[int], weight: int, arcs: int, *, large: bool = False) -> Fold:
    """The fold for ``arcs`` arcs if they fit, else for fewer.

    ``spans`` is what a comparison reaches, up or down, in each goal but the last; ``weight`` what one arc
    does in that. Numbers are Python's own where ``large`` or where 61 bits hold too few arcs; then they hold
    for all.
    """
    count = min(arcs, MOST)
    while not large:
        units, whole = _units(spans, weight, count)
        if whole < ROOM:
            return Fold(units, count, ROOM, large=False)
        if count <= FEWEST:
            break
        count = max(FEWEST, count * 3 // 4)
    units, whole = _units(spans, weight, arcs)
    return Fold(units, arcs, whole, large=True)


def _units(spans: Sequence[int], weight: int, arcs: int) -> tuple[tuple[int, ...], int]:
    """A goal's unit each, larger than all that comes behind it; and what is larger than everything."""
    units: list[int] = []
    unit = 1 + arcs
    for span in (arcs * weight, *reversed(spans)):
        units.append(unit)
        unit += unit * span
    return tuple(reversed(units)), unit
