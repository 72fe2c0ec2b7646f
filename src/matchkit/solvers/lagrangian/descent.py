"""Prices near the best: a subgradient method on the dual of the right nodes' capacities, with the right
nodes' side of that dual, what their units are worth at a price and how a price moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.solvers.flow.prices import exact_dot
from matchkit.solvers.lagrangian.best import BestBlocks
from matchkit.solvers.lagrangian.blocks import BlockProblem


@dataclass(frozen=True, slots=True)
class SlotUnits:
    """Units of right nodes in two lots, those of the higher gain first; numbers may be fractions of units (of
    a sample).

    ``high`` and ``low`` are the gains, int64 (rights,), ``first`` and ``rest`` the units that earn them,
    float64 (rights,). Prices outside ``lower_bound`` to ``upper_bound``, int64 (rights,), change no dual
    value for the better.
    """

    high: Int64
    low: Int64
    first: Float64
    rest: Float64
    lower_bound: Int64
    upper_bound: Int64

    @classmethod
    def of(
        cls, blocks: BlockProblem, load: Int64 | None = None, share: float = 1.0
    ) -> SlotUnits:
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
        upper_bound = -high
        np.maximum.at(upper_bound, blocks.right, blocks.weight)
        return cls(high, low, first * share, last * share, -high, upper_bound)

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
        result: Float64 = np.clip(step, self.lower_bound, self.upper_bound)
        return result


def slot_part(blocks: BlockProblem, price: Int64) -> int:
    """The right nodes' part of the bound at these prices (int64 (rights,)), exact."""
    rest = blocks.right_capacity - blocks.right_minimum
    return exact_dot(
        blocks.right_minimum, np.maximum(0, blocks.minimum_gain + price)
    ) + exact_dot(rest, np.maximum(0, blocks.rest_gain + price))


SHRINK = 0.6
"""Factor of the depth of the level after no gain came."""
WORTHWHILE = 0.1
"""A gain of less than this share of the depth counts as none: finely divided prices nearly always
gain a little.
"""


class Descended(NamedTuple):
    """The best prices met, int64 (rights,), the dual value there (of the pairs looked at only), the
    depth of the level, and every round's pairs (positions, int64).
    """

    price: Int64
    value: float
    depth: float
    rounds: list[Int64]


def descend(
    best: BestBlocks,
    slots: SlotUnits,
    price: Int64,
    *,
    rounds: int,
    depth: float,
    patience: int,
    least: float,
    stop: Callable[[], bool],
    remember: bool = False,
) -> Descended | None:
    """At most so many rounds of Polyak's step towards a level below the best value met, by ``depth`` of the
    first value below. ``price`` is int64 (rights,), where it begins.

    The level method of Brännlund (see Goffin and Kiwiel, Convergence of a simple subgradient level method,
    Mathematical Programming 85, 1999): ``patience`` rounds without a gain raise the level and go back
    to the best prices. Ends where ``depth`` is below ``least``. Steps are proximal in the right nodes' part,
    so prices stop at its kinks instead of swinging about them. Prices are rounded before they are used, so
    every dual value is that of whole prices. None where stopped before the first round ended.
    """
    blocks = best.blocks
    at, kept, lowest, idle, size = price.astype(np.float64), price, np.inf, 0, 0.0
    history: list[Int64] = []
    for _ in range(rounds):
        whole = np.rint(at).astype(np.int64)
        answer = best.unless(stop, whole)
        if answer is None:
            break
        total, pairs = answer
        if remember:
            history.append(pairs)
        value = total + slots.worth(whole)
        size = size or value
        idle = 0 if value < lowest - WORTHWHILE * depth * size else idle + 1
        if value < lowest:
            lowest, kept = value, whole
        # The level was out of reach: a nearer one, again from the best prices.
        if idle >= patience:
            depth, idle, at = depth * SHRINK, 0, kept.astype(np.float64)
        if depth < least:
            break
        # A subgradient: what the best blocks ask of every right node beyond what it has on offer.
        load = np.bincount(blocks.right[pairs], minlength=blocks.right_count)
        excess = slots.excess(whole, load)
        norm = float(excess @ excess)
        if norm == 0:
            break  # the load is an offer at these prices: no prices are better
        at = slots.moved(at, load, (value - lowest + depth * size) / norm)
    if lowest == np.inf:
        return None
    return Descended(kept, lowest, depth, history)
