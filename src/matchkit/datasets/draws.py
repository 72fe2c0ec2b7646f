"""Random draws that are the same on every machine: a seed, a part of the city, and nothing global."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Drawn = TypeVar("Drawn")


class Draws:
    """The draws of one part of the city. Parts do not disturb each other.

    Only ``Random.random`` is used: of all of Python's generators it alone is documented to give the same
    sequence in every version, and a text seed goes through SHA-512, not through the hash that PYTHONHASHSEED
    changes.
    """

    def __init__(self, seed: int, part: str) -> None:
        self.random = Random(f"matchkit city, seed {seed}, {part}").random  # noqa: S311 - no secret is drawn here

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.random() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included, all alike."""
        return low + int(self.random() * (high - low + 1))

    def one_of(self, items: Sequence[Drawn]) -> Drawn:
        """One of the items, all alike."""
        return items[int(self.random() * len(items))]

    def spread(self) -> float:
        """A number between -1 and 1, most often near 0 (triangular)."""
        return self.random() + self.random() - 1.0


class Mix(Generic[Drawn]):
    """Items in given proportions (any positive whole numbers)."""

    def __init__(self, parts: Sequence[tuple[Drawn, int]]) -> None:
        self._items = [item for item, _ in parts]
        self._totals = list(accumulate(share for _, share in parts))

    def draw(self, draws: Draws) -> Drawn:
        """One item, in the given proportions."""
        return self._items[
            bisect_right(self._totals, draws.random() * self._totals[-1])
        ]
