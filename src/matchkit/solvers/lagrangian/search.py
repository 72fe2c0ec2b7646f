"""One search by prices: which pairs are looked at when, when a dive is worth its time, when neighbourhoods
follow (large-neighbourhood search, Shaw 1998), and what is best so far.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.deadline import Deadline
from matchkit.engines.program import MipEngine
from matchkit.solvers.lagrangian.best import BestBlocks, Look, losses
from matchkit.solvers.lagrangian.blocks import BlockProblem, BlockProgress, block_limits
from matchkit.solvers.lagrangian.descent import SlotUnits, descend, slot_part
from matchkit.solvers.lagrangian.neighbours import placed_anew, worst_placed
from matchkit.solvers.lagrangian.plans import (
    DiveOptions,
    dive,
    earned,
    fits,
    within_limits,
    within_room,
    worth,
)

SAMPLED = 300_000
"""With more pairs than twice this, prices start from a sample of the left nodes with about so many pairs."""
NEAR = 40
"""So many pairs a left node, those that cost it least, are looked at between two looks at all."""
STAGES = (
    (100, 2 * NEAR, None),
    (150, NEAR, DiveOptions(0.1, 20)),
    (300, NEAR, None),
)
"""Rounds of prices, pairs a left node they look at, and the dive after them."""
DIVE_AGAIN = DiveOptions(0.1, 20)
"""How a part of the left nodes dives again."""
FAST_DIVE = DiveOptions(0.2, 10)
"""The dive where half of the time went into prices."""
SHARES = (0.3, 0.5, 0.2, 0.5, 0.0)
"""Shares of the left nodes freed to dive again, in turn; 0: PEOPLE of them for the general engine. Of six
weeks of 500 people, and five orders, this one came to 0.09 % soonest.
"""
PEOPLE = 60
"""Left nodes freed for the general engine."""
WHOLE = 2_000
"""With so few pairs (and left nodes) everything is freed at once."""
WORK = 1.0
"""Deterministic work for one neighbourhood: about as many seconds."""
LEAST = 1e-7
"""Prices are left as they are where the level would be no deeper than this share of the bound."""
GIVE_UP = 60
"""Neighbourhoods in a row that brought nothing, after which the search ends."""
CELLS = 1_000_000_000
"""A look at all pairs fills about so many cells at most: finer budgets than that are made coarser."""


def fine_states(blocks: BlockProblem) -> int:
    """States a left node's table may have where all pairs are looked at, a few times in a search."""
    return min(4096, max(256, CELLS // max(1, blocks.pairs)))


def rough_states(blocks: BlockProblem) -> int:
    """The same for prices and dives, which look hundreds of times, at the near pairs only."""
    return min(
        fine_states(blocks),
        max(128, CELLS // 100 // max(1, min(blocks.pairs, NEAR * blocks.left_count))),
    )


class Search:
    """The state of one call: the best prices and plan so far, and who wants to hear of them.

    ``blocks`` have weights and gains times ``scale``; bounds and values that leave this class are in units
    again.
    """

    def __init__(
        self,
        blocks: BlockProblem,
        scale: int,
        *,
        deadline: Deadline,
        gap: float,
        found: Callable[[Int64, int], None] | None,
        progress: Callable[[BlockProgress], None] | None,
        look: Look,
        engine: MipEngine,
    ) -> None:
        self.engine = engine
        self.blocks, self.scale, self.gap = blocks, scale, gap
        self.began, self.deadline = time.monotonic(), deadline.share(1.0)
        self.early, self.half = deadline.share(0.2), deadline.share(0.5)
        self.found, self.progress, self.look = found, progress, look
        self.true = block_limits(blocks, fine_states(blocks))
        self.rough = block_limits(blocks, rough_states(blocks), "near")
        self.safe = block_limits(blocks, fine_states(blocks), "up")
        self.price: Int64 = -np.maximum(blocks.minimum_gain, blocks.rest_gain)
        self.best: Int64 = np.zeros(blocks.left_count, np.int64)
        self.chosen: Int64 = np.zeros(0, np.int64)
        self.bound, self.value, self.proved = 0, 0, False

    def run(self) -> None:
        """Prices, for half of the time at most, then plans."""
        blocks = self.blocks
        large = blocks.pairs > 2 * SAMPLED
        self.price = self._start()
        price, depth = self._sampled() if large else self.price, 0.01 if large else 0.05
        everything = BestBlocks(blocks, self.true, look=self.look)
        rough = (
            everything
            if self.true.exact.all() and self.rough.exact.all()
            else BestBlocks(blocks, self.rough)
        )
        self._prove(everything, price)
        is_dense = everything.size > 4 * NEAR * blocks.left_count
        lost, dived = losses(blocks, self.rough, price, self.look), False
        # Each stage settles prices on the pairs that could still pay, proves their bound over all pairs, and
        # dives.
        for rounds, each, options in STAGES:
            if self._enough() or self.half.over():
                break
            if rounds:
                fewer = (
                    BestBlocks(blocks, self.rough, lost <= self._spread(lost, each))
                    if is_dense
                    else rough
                )
                slots = SlotUnits.of(blocks)
                result = descend(
                    fewer,
                    slots,
                    price,
                    rounds=rounds,
                    depth=depth,
                    patience=10,
                    least=LEAST,
                    stop=self.half.over,
                )
                if result is not None:
                    price, depth = result.price, max(result.depth, 10 * LEAST)
                    self._prove(everything, price)
                    lost = losses(blocks, self.rough, price, self.look)
            if options is not None and not self._enough():
                self._dive(price, lost, options)
                dived = True
        if not (dived or self._enough() or self.deadline.over()):
            self._dive(price, lost, FAST_DIVE)
        self._neighbourhoods(lost)

    def _start(self) -> Int64:
        """Prices to begin with: the right nodes' gains all to the left nodes, or all to themselves, whichever
        bounds better.

        The first suits where left nodes are scarce, the second where right nodes are.
        """
        blocks = self.blocks
        every, began = -(-blocks.pairs // SAMPLED), time.monotonic()
        some = BestBlocks(blocks, self.rough, blocks.left % every == 0)
        ways = [self.price, np.zeros(blocks.right_count, np.int64)]
        if not self.price.any():
            return self.price
        # The dual value at both, of a sample of the left nodes that stands for all.
        worth = [every * some.at(price)[0] + slot_part(blocks, price) for price in ways]
        self.look(
            every * (time.monotonic() - began)
        )  # what a look at all pairs takes, roughly
        return ways[int(worth[1] < worth[0])]

    def _dive(self, price: Int64, lost: Int64, options: DiveOptions) -> None:
        near = lost <= self._spread(lost, NEAR)
        self._offer(
            dive(
                self.blocks,
                self.safe,
                price,
                keep=near,
                options=options,
                stop=self.deadline.over,
            )
        )
        self._tell("dive")

    def _sampled(self) -> Int64:
        """Prices of a sample of the left nodes, every so manieth, against as large a part of every right
        node.
        """
        every = -(-self.blocks.pairs // SAMPLED)
        some = self.blocks.left % every == 0
        share = len(range(0, self.blocks.left_count, every)) / self.blocks.left_count
        best, slots = (
            BestBlocks(self.blocks, self.rough, some),
            SlotUnits.of(self.blocks, share=share),
        )
        result = descend(
            best,
            slots,
            self.price,
            rounds=150,
            depth=0.05,
            patience=10,
            least=LEAST,
            stop=self.early.over,
        )
        return self.price if result is None else result.price

    def _prove(self, everything: BestBlocks, price: Int64) -> None:
        """The bound of these prices over all pairs, and their blocks cut down to a plan. Never cut short."""
        total, pairs = everything.at(price)
        bound = (total + slot_part(self.blocks, price)) // self.scale
        if not self.proved or bound < self.bound:
            self.price, self.bound, self.proved = price, bound, True
            self.best = earned(self.blocks, pairs, price)
        pairs = within_limits(self.blocks, pairs, ~self.true.exact)
        self._offer(
            np.sort(within_room(self.blocks, pairs, self.blocks.right_capacity))
        )
        self._tell("prices")

    def _neighbourhoods(self, lost: Int64) -> None:
        """Frees some left nodes at a time and places them anew, until nothing has helped for long."""
        blocks, rng, idle, turn = self.blocks, np.random.default_rng(0), 0, 0
        if blocks.left_count <= PEOPLE and blocks.pairs <= WHOLE:
            if not (self._enough() or self.deadline.over()):
                self._solve(
                    np.flatnonzero(self.true.possible), np.ones(blocks.left_count, bool)
                )
            return
        near, nearest = (
            lost <= self._spread(lost, NEAR),
            lost <= self._spread(lost, NEAR // 2),
        )
        while idle < GIVE_UP and not self._enough() and not self.deadline.over():
            # A part of the left nodes dives again, or a few are placed exactly; the plan of the others stays.
            before, share = self.value, SHARES[turn % len(SHARES)]
            many = int(np.ceil(share * blocks.left_count)) or PEOPLE
            free = worst_placed(
                blocks, self.chosen, self.price, self.best, nearest, many, rng
            )
            mine = free[blocks.left]
            if share:
                stay = self.chosen[~mine[self.chosen]]
                again = dive(
                    blocks,
                    self.safe,
                    self.price,
                    keep=near,
                    options=DIVE_AGAIN,
                    stop=self.deadline.over,
                    kept=stay,
                    free=free,
                )
                self._offer(again)
            else:
                use = mine & nearest
                use[self.chosen[mine[self.chosen]]] = True
                self._solve(np.flatnonzero(use), free)
            idle, turn = 0 if self.value > before else idle + 1, turn + 1
            self._tell("neighbourhood")

    def _solve(self, pairs: Int64, free: Mask) -> None:
        better = placed_anew(
            self.blocks, self.chosen, pairs, free, self.deadline, WORK, self.engine
        )
        if better is not None:
            self._offer(better)

    def _spread(self, lost: Int64, each: int) -> int:
        """The loss that about so many pairs a left node stay within."""
        most = each * self.blocks.left_count
        return (
            int(np.partition(lost, most)[most])
            if most < len(lost)
            else int(lost.max(initial=0))
        )

    def _offer(self, chosen: Int64) -> None:
        """Takes a plan that is better than what is in hand; a set of pairs that is no plan is never taken."""
        value = worth(self.blocks, chosen) // self.scale
        if value > self.value and fits(self.blocks, chosen):
            self.chosen, self.value = chosen, value
            if self.found is not None:
                self.found(chosen, value)

    def _tell(self, stage: str) -> None:
        if self.progress is not None:
            self.progress(
                BlockProgress(
                    time.monotonic() - self.began, stage, self.bound, self.value
                )
            )

    def _enough(self) -> bool:
        return self.bound - self.value <= self.gap * self.value
