"""The right nodes' side of the dual: what their units are worth at a price, and how a price moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.solvers.flow.bound import exact_dot
from matchkit.solvers.lagrangian.blocks import Blocks


@dataclass(frozen=True, slots=True)
class Slots:
    """Units of right nodes in two lots, those of the higher gain first; numbers may be fractions of units (of
    a sample).

    ``high`` and ``low`` are the gains (int64), ``first`` and ``rest`` the units that earn them (float64).
    Prices outside ``floor`` to ``roof`` (int64) change no dual value for the better.
    """

    high: Int64
    low: Int64
    first: Float64
    rest: Float64
    floor: Int64
    roof: Int64

    @classmethod
    def of(cls, blocks: Blocks, load: Int64 | None = None, share: float = 1.0) -> Slots:
        """All units but those that ``load`` has taken (the minimum's first), each counting ``share``."""
        taken = np.zeros(blocks.right_count, np.int64) if load is None else load
        minimum = np.maximum(0, blocks.right_minimum - taken)
        rest = blocks.right_capacity - taken - minimum
        swap = blocks.minimum_gain < blocks.rest_gain
        high, low = (
            np.maximum(blocks.minimum_gain, blocks.rest_gain),
            np.minimum(blocks.minimum_gain, blocks.rest_gain),
        )
        first, last = np.where(swap, rest, minimum), np.where(swap, minimum, rest)
        roof = -high
        np.maximum.at(roof, blocks.right, blocks.weight)
        return cls(high, low, first * share, last * share, -high, roof)

    def worth(self, price: Int64) -> float:
        """What the units earn at these prices if each is filled that gains."""
        return float(
            self.first @ np.maximum(0, self.high + price)
            + self.rest @ np.maximum(0, self.low + price)
        )

    def excess(self, price: Int64, load: Int64) -> Float64:
        """Units asked for beyond those on offer; where a price stands at a kink, the offer nearest to the
        load counts.
        """
        least = np.where(price > -self.high, self.first, 0.0) + np.where(
            price > -self.low, self.rest, 0.0
        )
        most = np.where(price >= -self.high, self.first, 0.0) + np.where(
            price >= -self.low, self.rest, 0.0
        )
        return load.astype(np.float64) - np.clip(load, least, most)

    def moved(self, price: Float64, load: Int64, length: float) -> Float64:
        """The proximal step: the price that minimizes the units' worth minus load times price plus (move)^2 /
        (2 length).
        """
        up = price + length * (load - self.first - self.rest)
        middle = price + length * (load - self.first)
        down = price + length * load
        step = np.maximum(
            up, np.minimum(np.maximum(middle, np.minimum(down, -self.high)), -self.low)
        )
        result: Float64 = np.clip(step, self.floor, self.roof)
        return result


def slot_part(blocks: Blocks, price: Int64) -> int:
    """The right nodes' part of the bound, exact."""
    rest = blocks.right_capacity - blocks.right_minimum
    return exact_dot(
        blocks.right_minimum, np.maximum(0, blocks.minimum_gain + price)
    ) + exact_dot(rest, np.maximum(0, blocks.rest_gain + price))
