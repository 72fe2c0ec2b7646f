"""Prices near the best: a subgradient method on the dual of the right nodes' capacities."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64
from matchkit.solvers.lagrangian.best import BestBlocks
from matchkit.solvers.lagrangian.slots import Slots

SHRINK = 0.6
"""What is left of the hoped-for gain after it did not come."""


WORTHWHILE = 0.1
"""A gain of less than this share of the hoped-for one counts as none: finely divided prices nearly always
gain a little.
"""


class Descended(NamedTuple):
    """The best prices met, the dual value there (of the pairs looked at only), the share still hoped for, and
    every round's pairs.
    """

    price: Int64
    value: float
    hope: float
    rounds: list[Int64]


def descend(
    best: BestBlocks,
    slots: Slots,
    price: Int64,
    *,
    rounds: int,
    hope: float,
    patience: int,
    least: float,
    stop: Callable[[], bool],
    remember: bool = False,
) -> Descended | None:
    """At most so many rounds of Polyak's step towards a level below the best value met: ``hope`` of the first
    value below.

    The level method of Brännlund (see Goffin and Kiwiel, Convergence of a simple subgradient level method,
    Mathematical Programming 85, 1999): ``patience`` rounds without a gain make the hope smaller and go back
    to the best prices. Ends where the hope is below ``least``. Steps are proximal in the right nodes' part,
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
        idle = 0 if value < lowest - WORTHWHILE * hope * size else idle + 1
        if value < lowest:
            lowest, kept = value, whole
        if idle >= patience:
            hope, idle, at = hope * SHRINK, 0, kept.astype(np.float64)
        if hope < least:
            break
        load = np.bincount(blocks.right[pairs], minlength=blocks.right_count)
        excess = slots.excess(whole, load)
        norm = float(excess @ excess)
        if norm == 0:
            break  # the load is an offer at these prices: no prices are better
        at = slots.moved(at, load, (value - lowest + hope * size) / norm)
    if lowest == np.inf:
        return None
    return Descended(kept, lowest, hope, history)
