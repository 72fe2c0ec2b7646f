"""Vectors of goals as one whole number each, so that comparing numbers is comparing vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Folded = npt.NDArray[Any]
"""Whole numbers: int64, or Python integers (object)."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A goal's unit counts ``units[goal]``, more than all that the goals after it can add up to; numbers are
    Python's own where ``large``.
    """

    units: tuple[int, ...]
    large: bool

    @property
    def dtype(self) -> npt.DTypeLike:
        """Of folded arrays."""
        return object if self.large else np.int64

    def number(self, vector: Sequence[int]) -> int:
        """One vector in one number."""
        return sum(unit * part for unit, part in zip(self.units, vector, strict=True))

    def of(self, vectors: npt.NDArray[Any]) -> Folded:
        """Vectors (shape (n, goals)) in one number each."""
        found = np.zeros(len(vectors), self.dtype)
        for goal, unit in enumerate(self.units):
            found += vectors[:, goal].astype(self.dtype) * unit
        return found

    def vectors(self, folded: Folded) -> npt.NDArray[Any]:
        """The vectors of numbers (shape (n, goals)), with digits of least absolute value; what is below the
        last unit is left out.
        """
        parts = np.zeros((len(folded), len(self.units)), self.dtype)
        rest = folded.copy()
        for goal, unit in enumerate(self.units):
            parts[:, goal] = (rest + unit // 2) // unit
            rest -= parts[:, goal] * unit
        return parts
