"""Prices that prove a bound, and no plan: those of linear programs, rounded, and from there a descent where
it helps.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.deadline import NO_END, Deadline
from matchkit.solvers.lagrangian.best import BestBlocks, Look, unhurried
from matchkit.solvers.lagrangian.blocks import (
    BlockProblem,
    BlockSolution,
    CapPrices,
    block_limits,
)
from matchkit.solvers.lagrangian.descent import SlotUnits, descend, slot_part
from matchkit.solvers.lagrangian.plans import earned
from matchkit.solvers.lagrangian.price_blocks import scale_of, scaled
from matchkit.solvers.lagrangian.search import fine_states
from matchkit.solvers.lagrangian.sifting import SiftedPrices

FINE = 2**20
"""Prices are in parts of a unit, so many that what a pair earns is about this many parts: rounding those of a
linear program should cost less than a unit in all.
"""
ROUNDS, DEPTH, PATIENCE, LEAST = 100, 1e-3, 10, 1e-7
"""The descent from their prices (``descend``)."""


def proving_prices(
    blocks: BlockProblem,
    sifted: SiftedPrices | None,
    *,
    enough: int | None = None,
    deadline: Deadline = NO_END,
    look: Look = unhurried,
) -> BlockSolution:
    """Prices, of caps too, and the bound that they prove over all pairs, with no plan.

    They are those of ``sifted`` (None: the gains themselves). Where best blocks prove more at them than the
    linear program, as budgets hold whole pairs only, a descent goes on from there, unless a bound of
    ``enough`` is proved. ``look`` is asked whether so many seconds are left, and what it raises passes
    through. Raises BudgetError as ``price_blocks`` does.
    """
    scale = scale_of(blocks, FINE)
    large = scaled(blocks, scale)
    least = -np.maximum(large.minimum_gain, large.rest_gain)
    if sifted is None:
        caps = CapPrices.none(blocks)
        price = least
    else:
        caps = CapPrices(
            *(_whole(part, scale) for part in (sifted.left_cap, sifted.right_cap))
        )
        price = np.maximum(least, _whole(sifted.price, scale))
    free, worth = caps.absorbed(large)
    # At no price below ``least`` is anything proved, so a pair that earns nothing even there is in no best
    # block.
    earning = free.weight - least[free.right] > 0
    everything = BestBlocks(
        free, block_limits(free, fine_states(free)), earning, look=look
    )

    def proved(price: Int64) -> BlockSolution:
        total, pairs = everything.at(price)
        bound = (total + slot_part(free, price) + worth) // scale
        return BlockSolution(
            price,
            scale,
            bound,
            np.zeros(0, np.int64),
            0,
            earned(free, pairs, price),
            caps,
        )

    best = proved(price)
    done = enough is not None and best.bound <= enough
    if done or (sifted is not None and best.bound >= int(sifted.gain)):
        return best
    further = descend(
        everything,
        SlotUnits.of(free),
        price,
        rounds=ROUNDS,
        depth=DEPTH,
        patience=PATIENCE,
        least=LEAST,
        stop=deadline.over,
    )
    if further is None:
        return best
    after = proved(further.price)
    return after if after.bound < best.bound else best


def _whole(price: Float64, scale: int) -> Int64:
    found: Int64 = np.rint(scale * price).astype(np.int64)
    return found
