"""The block engine: prices for the bound, a dive along them for a plan, the general engine for what is left between the two."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from matchkit.graph.candidates import Whole
from matchkit.matching.blocks.best import BestBlocks, losses
from matchkit.matching.blocks.blocks import Blocks, Priced, Reached
from matchkit.matching.blocks.descent import descend
from matchkit.matching.blocks.dive import Care, dive
from matchkit.matching.blocks.fit import earned, fits, within_limits, within_room, worth
from matchkit.matching.blocks.limits import limits
from matchkit.matching.blocks.neighbours import improved
from matchkit.matching.blocks.slots import Slots, slot_part

SAMPLED = 300_000
"""With more pairs than twice this, prices start from a sample of the left nodes with about half as many pairs."""
NEAR = 40
"""So many pairs a left node, those that cost it least, are looked at between two looks at all."""
STAGES = (
    (100, 2 * NEAR, None),
    (150, NEAR, Care(0.1, 20)),
    (300, NEAR, Care(0.05, 30)),
    (0, NEAR, Care(0.03, 40)),
)
"""Rounds of prices, pairs a left node they look at, and the dive after them: each slower and mostly better than the one before."""
PEOPLE = (40, 60, 80)
"""Left nodes freed at once for the general engine, in turn."""
WHOLE = 2_000
"""With so few pairs (and left nodes) everything is freed at once."""
WORK = 1.0
"""CP-SAT's deterministic time for one neighbourhood: about as many seconds."""
LEAST = 1e-7
"""Prices that can hope for no larger share of the bound are left as they are."""
GIVE_UP = 60
"""Neighbourhoods in a row that brought nothing, after which the search ends."""


def block_bound(blocks: Blocks, price: Whole) -> int:
    """No plan is worth more than this, whatever the prices (int64 a right node).

    Theorem (Lagrange, Everett): a plan earns, for each of its pairs, weight - price, and for each right node with load x the gains of
    x units plus x times its price. The pairs of a left node form a set within its limits, so they earn at most its best block.
    The first min(x, minimum) units earn minimum_gain + price each and the others rest_gain + price, so they earn at most minimum
    * [minimum_gain + price] + (capacity - minimum) * [rest_gain + price], [y] being y where y > 0, else 0. Hence

        bound = sum over left nodes of the best block at weight - price
              + sum over right nodes of minimum * [minimum_gain + price] + (capacity - minimum) * [rest_gain + price].

    Best blocks are exact in whole numbers (of a relaxation where limits are coarse, see ``limits``), and all pairs count.
    """
    answer = BestBlocks(blocks, limits(blocks)).at(price)
    return answer[0] + slot_part(blocks, price)


def price_blocks(
    blocks: Blocks,
    *,
    seconds: float | None = None,
    gap: float = 0.0,
    stop: Callable[[], bool] = lambda: False,
    found: Callable[[Whole, int], None] | None = None,
    progress: Callable[[Reached], None] | None = None,
) -> Priced:
    """Prices, a proved bound and a plan; ends at (bound - value) <= gap * value, after so many seconds, or where nothing helps.

    ``stop`` is polled; ``found`` hears of every better plan (pairs, value), ``progress`` of every stage. The same blocks give the same
    answer unless time or ``stop`` ended it. A first look at all pairs is never cut short: without it nothing is proved.
    Whole prices cost up to half a unit of a weight each: where weights are small, multiply weights and gains by a scale
    and divide value and bound (downwards) by it.
    """
    return _Search(blocks, seconds, gap, stop, found, progress).run()


class _Search:
    """The state of one call: the best bound and plan so far, and who wants to hear of them."""

    def __init__(
        self,
        blocks: Blocks,
        seconds: float | None,
        gap: float,
        stop: Callable[[], bool],
        found: Callable[[Whole, int], None] | None,
        progress: Callable[[Reached], None] | None,
    ) -> None:
        self.blocks, self.limits, self.gap = blocks, limits(blocks), gap
        self.began, self.seconds, self.told = time.monotonic(), np.inf if seconds is None else seconds, stop
        self.found, self.progress = found, progress
        self.price: Whole = -np.maximum(blocks.minimum_gain, blocks.rest_gain)
        self.bound, self.proved = 0, False
        self.chosen: Whole = np.zeros(0, np.int64)
        self.value = 0
        self.best: Whole = np.zeros(blocks.left_count, np.int64)

    def run(self) -> Priced:
        """Bound first, then plans; the sum of the best blocks tells where a better plan must differ."""
        blocks = self.blocks
        large = blocks.pairs > 2 * SAMPLED
        price, hope = self._sampled() if large else self.price, 0.01 if large else 0.05
        everything = BestBlocks(blocks, self.limits)
        self._prove(everything, price)
        lost = losses(blocks, self.limits, price)
        crowded = everything.size > 4 * NEAR * blocks.left_count
        for rounds, each, care in STAGES:
            if self._enough() or self._late(0.5)():
                break
            if rounds:
                fewer = BestBlocks(blocks, self.limits, lost <= self._spread(lost, each)) if crowded else everything
                slots = Slots.of(blocks)
                result = descend(fewer, slots, price, rounds=rounds, hope=hope, patience=10, least=LEAST, stop=self._late(0.5))
                if result is not None:
                    price, hope = result.price, max(result.hope, 10 * LEAST)
                    self._prove(everything, price)
                    lost = losses(blocks, self.limits, price)
            if care is not None and not self._enough():
                keep = lost <= self._spread(lost, NEAR) if crowded else self.limits.possible
                self._offer(dive(blocks, self.limits, price, keep=keep, care=care, stop=self._late(1.0)))
                self._tell("dive")
        self._neighbourhoods(lost)
        return Priced(self.price, self.bound, self.chosen, self.value)

    def _sampled(self) -> Whole:
        """Prices of a sample of the left nodes, every so manieth, against as large a part of every right node."""
        every = -(-self.blocks.pairs // SAMPLED)
        some = self.blocks.left % every == 0
        share = len(range(0, self.blocks.left_count, every)) / self.blocks.left_count
        slots = Slots.of(self.blocks, share=share)
        best = BestBlocks(self.blocks, self.limits, some)
        result = descend(best, slots, self.price, rounds=150, hope=0.05, patience=10, least=LEAST, stop=self._late(0.2))
        return self.price if result is None else result.price

    def _prove(self, everything: BestBlocks, price: Whole) -> None:
        """The bound of these prices over all pairs, and their blocks cut down to a plan. Never cut short."""
        answer = everything.at(price)
        bound = answer[0] + slot_part(self.blocks, price)
        if not self.proved or bound < self.bound:
            self.price, self.bound, self.proved = price, bound, True
            pairs = answer[1]
            self.best = earned(self.blocks, pairs, price)
        rough = within_limits(self.blocks, answer[1], ~self.limits.exact)
        self._offer(np.sort(within_room(self.blocks, rough, self.blocks.right_capacity)))
        self._tell("prices")

    def _neighbourhoods(self, lost: Whole) -> None:
        """Frees a few left nodes at a time, until nothing has helped for long."""
        blocks, rng, idle, turn = self.blocks, np.random.default_rng(0), 0, 0
        whole = blocks.left_count <= PEOPLE[-1] and blocks.pairs <= WHOLE
        spread = int(lost.max(initial=0)) if whole else self._spread(lost, NEAR // 2)
        while idle < GIVE_UP and not self._enough() and not self._late(1.0)():
            better = improved(
                blocks,
                self.chosen,
                self.price,
                self.best,
                lost,
                people=blocks.left_count if whole else PEOPLE[turn % len(PEOPLE)],
                spread=spread,
                rng=rng,
                seconds=self.seconds - (time.monotonic() - self.began),
                work=WORK,
                stop=self._late(1.0),
            )
            before, turn = self.value, turn + 1
            if better is not None:
                self._offer(better)
            idle = 0 if self.value > before else idle + 1
            self._tell("neighbourhood")
            if whole:
                break

    def _spread(self, lost: Whole, each: int) -> int:
        """The loss that about so many pairs a left node stay within."""
        most = each * self.blocks.left_count
        return int(np.partition(lost, most)[most]) if most < len(lost) else int(lost.max(initial=0))

    def _offer(self, chosen: Whole) -> None:
        value = worth(self.blocks, chosen)
        if value > self.value and fits(self.blocks, chosen):
            self.chosen, self.value = chosen, value
            if self.found is not None:
                self.found(chosen, value)

    def _tell(self, stage: str) -> None:
        if self.progress is not None:
            self.progress(Reached(time.monotonic() - self.began, stage, self.bound, self.value))

    def _enough(self) -> bool:
        return self.bound - self.value <= self.gap * self.value

    def _late(self, part: float) -> Callable[[], bool]:
        """Whether this part of the time is over, or the caller says stop."""
        end = self.began + part * self.seconds
        return lambda: time.monotonic() >= end or self.told()
