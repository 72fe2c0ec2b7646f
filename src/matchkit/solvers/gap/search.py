"""What prices leave open, by the general engine: cores for the bound, neighbourhoods for the flow.

Given a bound and a target value, a pair is in the core if the bound on flows that use it reaches the target;
every flow of at least that value lies in the core. If the core holds none, the target minus 1 is the new
bound; else its best flow is the best of all. Targets fall from the bound in growing steps, so that the first
cores are tiny (variable fixing as in Posta, Ferland and Michelon 2012; destructive bounds as in Klein and
Scholl 1999). Bounds found in this way rest on the engine's word that a core holds no flow.

In a neighbourhood (large-neighbourhood search, Shaw 1998) some nodes are open again and all other flow stays.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.gap.instance import Incumbent, Stage, program_of
from matchkit.solvers.gap.relaxation import Evaluation, Relaxation
from matchkit.solvers.gap.repair import NONE

FIRST_STEPS = 64
"""Into how many parts the first target divides what lies between bound and incumbent."""
WORK = 0.1
"""Deterministic work on one neighbourhood."""
NEAREST, STALE = 3, 16
"""Pairs of each right node that take part at first, and neighbourhoods in vain after which one more does."""
FIRST, FEWEST, MOST = 120, 30, 1_000
"""Open pairs of the first neighbourhood, and of the smallest and the largest."""
FEW = 3
"""Pairs a right node, on average, that a better flow may use: cores of so few are proven sooner than
searched.
"""
LEAST_LOSS = 0.5
"""Added to every left node's loss where some are drawn, in units of gain: all of them have their turn."""
EXACT = 2.0**50
"""Gains with chance additions add up to less: an engine takes no larger ones."""
GROWN, SHRUNK = 1.1, 0.9
"""Factors of the size after a neighbourhood that the engine solved, and after one that it did not."""


def search(
    stage: Stage,
    if_used: Int64,
    bound: int,
    incumbent: Incumbent,
    limits: Limits,
    work: float,
    engine: MipEngine = DEFAULT_MIP,
) -> int:
    """The bound after searching, each core with so much deterministic ``work``; ``incumbent`` takes better
    flows.

    ``if_used``, int64 (pairs,), bounds the gain of flows that use each pair. A bound below ``stage.worst()``
    says that no flow keeps the stage.
    """
    least = stage.worst()
    bound = min(bound, int(np.maximum(stage.gain, 0) @ stage.room))
    width = (
        max(1, (bound - incumbent.value) // FIRST_STEPS)
        if incumbent.value is not None
        else 1
    )
    again = True
    while not limits.deadline.over() and not limits.near_enough(incumbent.value, bound):
        lowest = least if incumbent.value is None else incumbent.value + 1
        if bound < lowest:
            break
        target = max(lowest, bound - width + 1)
        core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        # Hardly smaller than all: ask for the best at once.
        if 2 * len(core) > int((stage.room > 0).sum()):
            target = lowest
            core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        found = engine.model(program_of(stage, core, target)).solve(
            seconds=limits.deadline.left(),
            work=work,
            gap=limits.gap,
            level=engine.levels[0],
        )
        if found.value is not None:
            flow = np.zeros(len(stage.room), np.int64)
            flow[core] = found.value[: len(core)]
            incumbent.offer(flow)
            if (
                found.objective is None
                or incumbent.value is None
                or incumbent.value < found.objective
            ):
                raise EngineError(Message("matching.search_broken"))
        # Destructive bound: every flow worth the target is in the core, so an empty core moves the bound
        # below.
        if found.status == "infeasible":
            bound = target - 1
        elif found.bound is not None:
            bound = min(bound, max(target - 1, found.bound))
        if found.interrupted:
            break
        width, again = (width, False) if again else (2 * width, True)
    return bound if incumbent.value is None else max(bound, incumbent.value)


class Neighbourhoods:
    """Large-neighbourhood search on one stage, led by the prices of an evaluation.

    A neighbourhood is a stage of its own, with what the other flow uses taken off its capacities, and the
    general engine solves it by deterministic work. What lies between bound and incumbent is a sum over the
    left nodes: each one's loss is what its knapsack gains at the prices beyond what it carries. Left nodes
    are drawn by their losses, so that those open again have something to win, and only pairs take part whose
    own loss is below what the open nodes could win. Of those, each right node has the few of the greatest
    bound: near the optimum flows hardly use others, and a neighbourhood of as many pairs reaches further.
    After some in vain more pairs join, and flows as good as the incumbent take its place, so that the
    neighbourhoods that follow are others. Neighbourhoods grow while the engine solves them with ease, and
    shrink where it does not.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        prices: Evaluation,
        seed: int = 0,
        engine: MipEngine = DEFAULT_MIP,
    ) -> None:
        self._stage, self._relaxation, self._engine = (
            relaxation.stage,
            relaxation,
            engine,
        )
        self._random = np.random.default_rng(seed)
        self._size = float(FIRST)
        self._nearest, self._stale, self._in_vain = NEAREST, 0, 0
        pairs = self._stage.instance.pairs
        self._left, self._right = (
            pairs.left.astype(np.int64),
            pairs.right.astype(np.int64),
        )
        self.led_by(prices)

    def led_by(self, prices: Evaluation) -> None:
        """From now on these prices say what each left node loses, and how much flows lose that use a pair."""
        self._reduced, self._worth = (
            self._relaxation.reduced(prices.prices),
            prices.worth,
        )
        self._if_used = self._relaxation.if_used(prices)
        order = np.lexsort((-self._if_used, self._right))
        first = np.searchsorted(self._right[order], np.arange(len(self._stage.most)))
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order)) - first[self._right[order]]

    def improve(
        self, incumbent: Incumbent, bound: int, limits: Limits, rounds: int
    ) -> None:
        """Try so many neighbourhoods of the incumbent in turn; fewer in vain where so few pairs are left that
        a core proves more.
        """
        for number in range(rounds):
            if limits.deadline.over() or limits.near_enough(incumbent.value, bound):
                return
            if (
                number >= STALE
                and self._in_vain >= STALE
                and self.few_are_left(incumbent)
            ):
                return
            self._try(incumbent, limits, by_right=number % 8 == 7)

    def few_are_left(self, incumbent: Incumbent) -> bool:
        """Whether a better flow has few pairs to choose from."""
        return incumbent.value is not None and int(
            (self._if_used > incumbent.value).sum()
        ) <= FEW * len(self._stage.most)

    def _try(self, incumbent: Incumbent, limits: Limits, *, by_right: bool) -> None:
        stage, flow = self._stage, incumbent.flow
        near = (stage.room > 0) & (self._rank < self._nearest)
        over_value = (
            np.full(len(flow), NONE)
            if incumbent.value is None
            else self._if_used - incumbent.value
        )
        chosen = (
            self._around_rights(near & (over_value > 0), flow)
            if by_right
            else self._of_lefts(near, over_value, flow)
        )
        if len(chosen) == 0:
            return
        around = flow.copy()
        around[chosen] = 0
        part = stage.beside(around)
        equal = self._nearest > NEAREST
        if equal:
            part = self._varied(part, chosen)
        program = program_of(part, chosen, part.worst())
        hint = np.concatenate([flow[chosen], np.full(program.size - len(chosen), -1)])
        model = self._engine.model(program)
        found = model.solve(
            seconds=limits.deadline.left(),
            work=WORK,
            hint=hint,
            level=self._engine.levels[0],
        )
        better = False
        if found.value is not None:
            around[chosen] = found.value[: len(chosen)]
            better = incumbent.offer(around, equal)
        self._stale = 0 if better else self._stale + 1
        self._in_vain = 0 if better else self._in_vain + 1
        if self._stale >= STALE:
            self._nearest, self._stale = self._nearest + 1, 0
        self._size = float(
            np.clip(self._size * (SHRUNK if found.interrupted else GROWN), FEWEST, MOST)
        )

    def _varied(self, part: Stage, chosen: Int64) -> Stage:
        """The neighbourhood with gains to which a chance addition decides between flows of equal gain, where
        they stay exact.
        """
        open_room = np.bincount(self._right[chosen], part.room[chosen], len(part.most))
        # More units than the neighbourhood carries: the additions together are less than one unit of gain.
        factor = int(np.minimum(part.most, open_room).sum()) + 1
        if (
            float(np.abs(part.gain.astype(np.float64)) @ part.room + 1) * factor
            >= EXACT
        ):
            return part
        return replace(
            part, gain=part.gain * factor + self._random.integers(0, 2, len(part.gain))
        )

    def _of_lefts(self, near: Mask, over_value: Int64, flow: Int64) -> Int64:
        """The pairs of some left nodes with right nodes that they serve, or that have room.

        ``over_value`` is by how much flows that use a pair may exceed the incumbent; what the other left
        nodes lose is lost by all flows of the neighbourhood, so that a pair must promise more than that.
        """
        stage = self._stage
        lefts = len(stage.instance.left_capacity)
        gained = sums_by(self._left, self._reduced * flow, lefts)
        loss = np.maximum(self._worth - gained, 0)
        # Drawn one after another without return, with chances in proportion to their losses (Efraimidis and
        # Spirakis 2006).
        chance = loss / self._relaxation.scale + LEAST_LOSS
        order = np.argsort(
            -np.log(chance) - self._random.gumbel(size=lefts), kind="stable"
        )
        rank = np.empty(lefts, np.int64)
        rank[order] = np.arange(lefts)
        kept_loss = (
            np.append(np.cumsum(loss[order][::-1])[::-1], 0) // self._relaxation.scale
        )
        short = stage.instance.carried(flow) < stage.most
        used = flow > 0
        # The more left nodes are open, the more pairs: bisection finds the fewest that bring as many as
        # wanted.
        fewest, most = 1, lefts
        while True:
            count = (fewest + most) // 2
            inside = rank[self._left] < count
            served = short.copy()
            served[self._right[inside & used]] = True
            promising = near & (over_value > kept_loss[count])
            chosen: Int64 = np.flatnonzero(
                inside & (promising | used) & served[self._right]
            ).astype(np.int64)
            if fewest >= most:
                return chosen
            if len(chosen) >= self._size:
                most = count
            else:
                fewest = count + 1

    def _around_rights(self, useful: Mask, flow: Int64) -> Int64:
        """The pairs of some right nodes."""
        useful |= flow > 0
        order = self._random.permutation(len(self._stage.most))
        each = np.bincount(self._right[useful], minlength=len(order))
        count = int(np.searchsorted(np.cumsum(each[order]), self._size)) + 1
        chosen = np.zeros(len(order), np.bool_)
        chosen[order[:count]] = True
        found: Int64 = np.flatnonzero(useful & chosen[self._right]).astype(np.int64)
        return found
