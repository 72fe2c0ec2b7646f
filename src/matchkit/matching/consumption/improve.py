"""Large-neighbourhood search (Shaw 1998): some left nodes, or some right nodes, are open again and all other flow stays.

A neighbourhood is a stage of its own, with what the other flow uses taken off its capacities, and the general engine solves
it by deterministic work. Only pairs that a better flow may use take part (those whose bound from the prices is above the
incumbent), and of each right node the few of the greatest bound: near the optimum flows hardly use others, and a
neighbourhood of as many pairs reaches further. After some in vain more pairs join. Neighbourhoods grow while the engine
solves them with ease, and shrink where it does not.
"""

from __future__ import annotations

import numpy as np

from matchkit.engines.cpsat import solve_program
from matchkit.graph.candidates import Mask, Whole
from matchkit.matching.consumption.instance import Stage
from matchkit.matching.consumption.program import program_of
from matchkit.matching.consumption.repair import Incumbent
from matchkit.matching.consumption.stopping import near_enough, over, seconds_left
from matchkit.matching.loop import Limits

WORK, LEVEL = 0.3, 2
"""Deterministic work on one neighbourhood, and CP-SAT's level of linearization."""
NEAREST, STALE = 3, 16
"""Pairs of each right node that take part at first, and neighbourhoods in vain after which one more does."""
FIRST, FEWEST, MOST = 120, 30, 1_000
"""Open pairs of the first neighbourhood, and of the smallest and the largest."""
GROWN, SHRUNK = 1.1, 0.9
"""Factors of the size after a neighbourhood that the engine solved, and after one that it did not."""


class Neighbourhoods:
    """The search on one stage; ``if_used`` (int64) bounds the flows that use each pair."""

    def __init__(self, stage: Stage, if_used: Whole, seed: int = 0) -> None:
        self._stage = stage
        self._random = np.random.default_rng(seed)
        self._size = float(FIRST)
        self._nearest, self._stale = NEAREST, 0
        self._left, self._right = stage.instance.pairs.left.astype(np.int64), stage.instance.pairs.right.astype(np.int64)

        self.bounded_by(if_used)

    def bounded_by(self, if_used: Whole) -> None:
        """From now on these are the bounds of the flows that use each pair."""
        order = np.lexsort((-if_used, self._right))
        first = np.searchsorted(self._right[order], np.arange(len(self._stage.most)))
        self._if_used, self._rank = if_used, np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order)) - first[self._right[order]]

    def improve(self, incumbent: Incumbent, bound: int, limits: Limits, rounds: int) -> None:
        """Try so many neighbourhoods of the incumbent in turn."""
        for number in range(rounds):
            if over(limits) or near_enough(limits, incumbent.value, bound):
                return
            self._try(incumbent, limits, by_right=number % 8 == 7)

    def _try(self, incumbent: Incumbent, limits: Limits, *, by_right: bool) -> None:
        stage, flow = self._stage, incumbent.flow
        useful = (self._if_used > incumbent.value) if incumbent.value is not None else np.ones(len(flow), np.bool_)
        useful = (useful & (stage.room > 0) & (self._rank < self._nearest)) | (flow > 0)
        chosen = self._around_rights(useful) if by_right else self._of_lefts(useful, flow)
        if len(chosen) == 0:
            return
        around = flow.copy()
        around[chosen] = 0
        part = stage.beside(around)
        program = program_of(part, chosen, part.worst())
        hint = np.concatenate([flow[chosen], np.full(program.size - len(chosen), -1)])
        found = solve_program(program, seconds=seconds_left(limits), work=WORK, hint=hint, linearization=LEVEL)
        better = False
        if found.value is not None:
            around[chosen] = found.value[: len(chosen)]
            better = incumbent.offer(around)
        self._stale = 0 if better else self._stale + 1
        if self._stale >= STALE:
            self._nearest, self._stale = self._nearest + 1, 0
        self._size = float(np.clip(self._size * (SHRUNK if found.interrupted else GROWN), FEWEST, MOST))

    def _of_lefts(self, useful: Mask, flow: Whole) -> Whole:
        """The pairs of some left nodes with right nodes that they serve, or that have room."""
        stage = self._stage
        order = self._random.permutation(len(stage.instance.left_capacity))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        short = stage.instance.carried(flow) < stage.most
        # The more left nodes are open, the more pairs: the number of them that brings as many pairs as wanted.
        fewest, most = 1, len(order)
        while True:
            count = (fewest + most) // 2
            inside = rank[self._left] < count
            served = short.copy()
            served[self._right[inside & (flow > 0)]] = True
            chosen: Whole = np.flatnonzero(inside & useful & served[self._right]).astype(np.int64)
            if fewest >= most:
                return chosen
            if len(chosen) >= self._size:
                most = count
            else:
                fewest = count + 1

    def _around_rights(self, useful: Mask) -> Whole:
        """The pairs of some right nodes."""
        order = self._random.permutation(len(self._stage.most))
        each = np.bincount(self._right[useful], minlength=len(order))
        count = int(np.searchsorted(np.cumsum(each[order]), self._size)) + 1
        chosen = np.zeros(len(order), np.bool_)
        chosen[order[:count]] = True
        found: Whole = np.flatnonzero(useful & chosen[self._right]).astype(np.int64)
        return found
