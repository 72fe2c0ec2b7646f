"""Prices on right nodes: the Lagrangian relaxation that leaves each left node a knapsack of its own.

A unit on pair (i, j) pays the price of j, and j itself takes as many units as its price makes worth while;
however the prices are chosen, the sum of both is a bound on what any flow can gain (Geoffrion 1974; for this
problem Fisher, Jaikumar and Van Wassenhove 1986). Prices are whole numbers of steps 1/scale, so the bound is
exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64
from matchkit.solvers.gap.instance import Stage
from matchkit.solvers.gap.knapsack import Knapsacks


@dataclass(frozen=True, slots=True)
class Multipliers:
    """One price a right node (int64), one on units up to minimums, one on all units (both at least 0), in
    steps 1/scale.
    """

    right: Int64
    met: int
    units: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What prices prove: no flow gains more than ``bound`` (scaled). ``flow`` is what left nodes would take,
    ``wanted`` right nodes; ``worth`` is every left node's knapsack. All int64.
    """

    prices: Multipliers
    bound: int
    flow: Int64
    wanted: Int64
    worth: Int64


class Relaxation:
    """The relaxation of one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._knapsacks = Knapsacks(stage.instance, stage.room)
        units = int(stage.room.sum()) + int(stage.most.sum()) + stage.met + stage.units + 1
        span = max(1, int(np.abs(stage.gain).max(initial=0)))
        worth = int((np.abs(stage.gain) * stage.room).sum())
        self.scale = 1024
        while self.scale > 1 and (worth + 64 * span * units) * self.scale >= 2**60:
            self.scale //= 2
        self.limit = max(1, (2**60 // self.scale - worth) // (4 * units)) * self.scale
        """Prices stay below this, so that every sum stays within 64 bits."""

    def evaluate(self, prices: Multipliers) -> Evaluation:
        """The bound of these prices, with what both sides would do."""
        stage = self.stage
        minimum = stage.instance.right_minimum
        worth, flow = self._knapsacks.best(self.reduced(prices))
        rest = prices.right + prices.units
        first = rest + prices.met
        carried = stage.instance.carried(flow)
        # Up to the minimum a unit is worth its price and that of minimums; beyond, its price alone. Where it
        # is worth nothing either way, as many as the left side brings.
        upto = np.minimum(minimum, stage.most)
        wanted = np.where(first > 0, upto, np.where(first == 0, np.minimum(carried, upto), 0))
        more = np.where(
            rest > 0, stage.most, np.where(rest == 0, np.minimum(carried, stage.most), 0)
        )
        wanted = np.maximum(np.maximum(wanted, more), stage.least)
        bound = int(worth.sum()) + int(
            (rest * wanted + prices.met * np.minimum(wanted, minimum)).sum()
        )
        return Evaluation(
            prices,
            bound - prices.met * stage.met - prices.units * stage.units,
            flow,
            wanted,
            worth,
        )

    def reduced(self, prices: Multipliers) -> Int64:
        """Gain of a unit on every pair after its price (int64, scaled)."""
        gain: Int64 = (
            self.stage.gain * self.scale - prices.right[self.stage.instance.pairs.right]
        )
        return gain

    def if_used(self, found: Evaluation) -> Int64:
        """For every pair a bound on all flows that use it (int64, in whole units of gain)."""
        left = self.stage.instance.pairs.left
        forced = self._knapsacks.forced(self.reduced(found.prices), found.worth)
        bound: Int64 = (found.bound - found.worth[left] + forced) // self.scale
        return bound
