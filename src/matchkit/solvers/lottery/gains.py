"""What parts of pairs gain in perturbed maximisation: the less, the more there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64

UNIT = 1024
"""A perturbation is a whole number of this part of 1."""


@dataclass(frozen=True, slots=True)
class Gains:
    """What parts of pairs gain: ``weight``, int64 (pairs,), times ``top - slope * (2 k - 1)`` for part k."""

    weight: Int64
    top: int
    slope: int

    def of_part(self, k: Int64) -> Int64:
        """What part k of every pair gains: int64 (pairs,)."""
        return self.weight * (self.top - self.slope * (2 * k - 1))

    def of_all(self, k: Int64) -> Int64:
        """What the first k parts of every pair gain: int64 (pairs,)."""
        return self.weight * (self.top * k - self.slope * k * k)

    def average(self, pair: Int64, low: Int64, high: Int64) -> Int64:
        """What each part beyond ``low`` up to ``high`` gains on average: int64 of int64 (segments,) each."""
        found: Int64 = self.weight[pair] * (self.top - self.slope * (low + high))
        return found

    def best(self, price: Int64, most: Int64) -> Int64:
        """The number of parts up to ``most`` that gain more than the price, in order of goals: int64
        (pairs,); ``price`` is int64 (pairs, goals).
        """
        first = (price[:, :-1] != 0).argmax(1) if price.shape[1] > 1 else None
        last = price[:, -1]
        # w (top - slope (2 k - 1)) > p, where a pair gains anything at all by its weight.
        scale = self.weight * self.slope
        room = self.weight * (self.top + self.slope) - last
        fitting = np.where(
            scale > 0,
            -(-room // np.maximum(2 * scale, 1)) - 1,
            np.where(self.weight * self.top > last, most, 0),
        )
        found: Int64 = np.clip(fitting, 0, most)
        if first is not None:
            earlier = price[np.arange(len(price)), first]
            found = np.where(earlier < 0, most, np.where(earlier > 0, 0, found))
        return found
