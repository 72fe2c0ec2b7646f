"""The block engine: prices for the bound, dives along them for a plan, the general engine for what is left
between the two.

Theorem (Lagrange, Everett): no plan is worth more than the bound, whatever the prices of right nodes. With
weights and gains times ``scale``, a plan earns, for each of its pairs, weight - price, and for each right
node with load x the gains of x units plus x times its price. The pairs of a left node form a set within its
limits, so they earn at most its best block. The first min(x, minimum) units earn minimum_gain + price each
and the others rest_gain + price: together at most minimum * [minimum_gain + price] + (capacity - minimum) *
[rest_gain + price], [y] being y where y > 0, else 0. Hence, whole numbers being worth no more than the floor
of what they are worth at most,

    bound = floor of 1 / scale times
            sum over left nodes of the best block at weight - price + sum over right nodes of minimum *
            [minimum_gain + price] + (capacity - minimum) * [rest_gain + price].

All pairs count. Best blocks are exact in whole numbers; where budgets have too many steps for a table
(``block_limits``), those of a relaxation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import NO_END, Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import BudgetError, StoppedError
from matchkit.messages.message import Message
from matchkit.solvers.lagrangian.best import TOGETHER, Look, unhurried
from matchkit.solvers.lagrangian.blocks import (
    BlockProblem,
    BlockProgress,
    BlockSolution,
    CapPrices,
)
from matchkit.solvers.lagrangian.search import Search

FINE = 2**14
"""Prices are in parts of a unit of weight, so many that what a pair earns is about this many parts: then
rounding costs little.
"""

MOST_UNITS = 5_000_000
"""Stocks give no more units than this, each of which stands for itself."""
LARGEST = 2**61
"""Sums over a group of left nodes stay below this."""


def price_blocks(
    blocks: BlockProblem,
    *,
    deadline: Deadline = NO_END,
    gap: float = 0.0,
    found: Callable[[Int64, int], None] | None = None,
    progress: Callable[[BlockProgress], None] | None = None,
    look: Look = unhurried,
    engine: MipEngine = DEFAULT_MIP,
) -> BlockSolution:
    """Prices, a proved bound and a plan; ends at (bound - value) <= gap * value, at the deadline, or where
    nothing helps.

    ``found`` hears of every better plan (its pairs, int64 (chosen,), and its value), ``progress`` of
    every stage. The same blocks give the same answer unless the deadline ended it. Without a first look at
    all pairs nothing is proved, so only what ``look`` raises cuts it short (what was proved before a later
    StoppedError of it stands); it is asked whether so many seconds are left. Further times are left out, in
    plans as in the bound. Raises BudgetError where weights and gains are so large that 64 bits might not hold
    a group's value.
    """
    blocks = dataclasses.replace(blocks, again=blocks.again[:, :0])
    scale = scale_of(blocks, FINE)
    search = Search(
        scaled(blocks, scale),
        scale,
        deadline=deadline,
        gap=gap,
        found=found,
        progress=progress,
        look=look,
        engine=engine,
    )
    try:
        search.run()
    except StoppedError:
        if not search.proved:
            raise
    return BlockSolution(
        search.price,
        scale,
        search.bound,
        search.chosen,
        search.value,
        search.best,
        CapPrices.none(blocks),
    )


def scaled(blocks: BlockProblem, scale: int) -> BlockProblem:
    """The same blocks with weights and gains times ``scale``."""
    if scale == 1:
        return blocks
    return dataclasses.replace(
        blocks,
        weight=blocks.weight * scale,
        cost=blocks.cost * scale,
        minimum_gain=blocks.minimum_gain * scale,
        rest_gain=blocks.rest_gain * scale,
    )


def _most(blocks: BlockProblem) -> int:
    """The most that a pair with its unit's gain earns, or costs (a Python integer)."""
    reach = [
        int(np.abs(part).max(initial=0))
        for part in (blocks.weight, blocks.minimum_gain, blocks.rest_gain)
    ]
    return reach[0] + max(reach[1:])


def _units_of_stocks(blocks: BlockProblem) -> int:
    """How many units all stocks can give together."""
    able = np.zeros(blocks.left_count, np.int64)
    mine = blocks.stock[blocks.left]
    np.add.at(able, blocks.left[mine], np.minimum(blocks.most[mine], MOST_UNITS))
    return int(np.minimum(able, blocks.count)[blocks.stock].sum())


def scale_of(blocks: BlockProblem, fine: int) -> int:
    """A power of two that makes what a pair earns about ``fine``: 1 where weights are large already.

    Raises BudgetError where weights and gains are so large that 64 bits might not hold a group's value.
    """
    earns = _most(blocks)
    held = int(np.bincount(blocks.left, minlength=1).max(initial=0)) + 1
    units = _units_of_stocks(blocks)
    scale = 1 << max(0, (fine // max(1, earns)).bit_length() - 1)
    if (
        earns * scale * max(held * TOGETHER, units) >= LARGEST
        or int(blocks.cost.max(initial=0)) * scale * TOGETHER >= LARGEST
        or units > MOST_UNITS
    ):
        count = max(held - 1, units)
        raise BudgetError(
            Message.of("matching.earnings_large", earns=earns, count=count)
        )
    return scale
