"""Perturbed maximisation: every further part of a pair's odds gains less, so that odds spread over many
pairs.

The k-th of N parts of a pair of weight w gains ``w (1024 N - B (2 k - 1))``, so that k of them gain 1024 N^2
times ``w (x - B/1024 x^2)`` at x = k / N (Xu, Jecmen, Song and Fang 2023). A concave gain is parallel arcs of
one unit each; here they are cut at a few points about the odds so far, as coarse as these still are (scaling:
Hochbaum and Shanthikumar 1990), and added where prices ask for more: column generation. The last round has
single parts next to the odds of every pair, and then no cycle of positive gain proves all parts.
"""

from __future__ import annotations

import time
from functools import reduce
from math import gcd

import numpy as np

from matchkit.arrays import Int64, sums_by
from matchkit.engines.problem import FlowEngine
from matchkit.errors import EngineError
from matchkit.graph.candidates import PairList
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.choice import EngineSequence
from matchkit.solvers.flow.packed_goals import PackedGoals, guessed_word, pack_goals
from matchkit.solvers.flow.prices import exact_dot, positive
from matchkit.solvers.flow.residual import (
    UNREACHED,
    Flow,
    FlowResidual,
    NotOptimalError,
)
from matchkit.solvers.flow.solution import (
    Limits,
    Listener,
    Progress,
    Solution,
    Stopped,
    stated_bounds,
)
from matchkit.solvers.flow.stages import lexicographic_flow
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs, links_of
from matchkit.solvers.lottery.gains import UNIT, Gains
from matchkit.solvers.lottery.network import LotteryNetwork

FIRST = (32, 8, 2)
"""The first round cuts at the parts divided by these, and where pairs are full."""
WIDER = 4
"""Further cuts of a pair that is to move on lie so many times as far from its odds, one after another."""
AGAIN = 64
"""Where prices still ask for much when steps are single parts, steps begin anew at the parts divided by this;
then at half of that, and so on.
"""
PATIENCE = 2_000


def perturbed_flow(
    lottery: LotteryNetwork,
    slope: int,
    engine: FlowEngine,
    limits: Limits,
    listener: Listener | None = None,
) -> Solution:
    """The best odds, with ``slope`` of 1 / 1024 as perturbation; prices and bound prove them over all parts.

    The last goal counts what parts gain, as the module says. Raises BudgetError for weights too large.
    """
    began, parts = time.monotonic(), lottery.parts
    rounds = PerturbedRounds(lottery, slope, engine)
    step, number = max(1, parts // FIRST[0]), 0
    again, points = max(1, parts // AGAIN), rounds.first_points(parts)
    while True:
        number += 1
        rounds.solve(points)
        if listener is not None:
            seconds = time.monotonic() - began
            listener(
                Progress(
                    "match",
                    number,
                    rounds.segments,
                    rounds.value,
                    rounds.bound,
                    seconds,
                )
            )
        if rounds.value == rounds.bound:
            return rounds.solution("proved", number)
        _, last = stated_bounds(rounds.value, rounds.bound)
        if (
            last is not None
            and last <= limits.gap
            and rounds.value[:-1] == rounds.bound[:-1]
        ):
            return rounds.solution("gap", number)
        if limits.deadline.over():
            return rounds.solution("time_limit", number)
        # With single parts next to all odds an unchanged flow is optimal, so that the loop ends.
        if step == 1 and rounds.unchanged:
            bound, value = str(rounds.bound), str(rounds.value)
            raise EngineError(
                Message.of("matching.bounds_differ", value=value, bound=bound)
            )
        step //= 2
        if not step:
            step, again = (again if rounds.far_away else 1), max(2, again // 2)
        points = rounds.next_points(step)


class PerturbedRounds:
    """The state between rounds: the odds so far, the prices that support them, value and bound by goal."""

    def __init__(self, lottery: LotteryNetwork, slope: int, engine: FlowEngine) -> None:
        left, right, order = lottery.left, lottery.right, lottery.order
        ends = left.leaf[order], right.leaf[order]
        weight, most = lottery.pairs.weight[order], lottery.most[order]
        live = np.flatnonzero((most > 0) & left.open[ends[0]] & right.open[ends[1]])
        self.pairs = Pairs(ends[0][live], ends[1][live], weight[live], most[live])
        # Smaller numbers are solved faster: weights without their common divisor, and the gains of the last
        # goal as many times greater in the end.
        shared = reduce(gcd, np.unique(self.pairs.weight).tolist(), 0) or 1
        self.shared = shared
        self.gains = Gains(self.pairs.weight // shared, UNIT * lottery.parts, slope)
        top = int(self.gains.weight.max(initial=0)) * UNIT * lottery.parts
        none = np.zeros(0, np.int64)
        pairs = PairList(
            len(left.node),
            len(right.node),
            np.zeros(len(left.node) + 1, np.int64),
            none.astype(np.int32),
            none,
            none,
            None,
            (0, top),
        )
        given = lottery.network
        self.network = Network(
            pairs,
            given.left_capacity,
            given.right_capacity,
            given.left_tree,
            given.right_tree,
        )
        self.goals: Goals = lottery.goals
        self.links: HubLinks = links_of(self.network, self.goals)
        self.words = pack_goals(self.network, self.goals)
        self.guess: PackedGoals | None = guessed_word(self.network, self.goals)
        self.engine = engine
        self.odds = np.full(len(self.pairs), -1, np.int64)
        self.unchanged = False
        self.segments = 0

    def first_points(self, parts: int) -> Int64:
        """Where the first round cuts: keys of pairs and parts."""
        cuts = [np.full(len(self.pairs), parts // part) for part in FIRST]
        return self._keys(cuts, [])

    def next_points(self, step: int) -> Int64:
        """Cuts at the odds of every pair and a step on either side; for those whose prices ask for more, as
        far as that and in between.
        """
        odds = self.odds
        goal = self.gains.best(self.price, self.pairs.capacity)
        far = np.flatnonzero(np.abs(goal - odds) > step)
        away = np.sign(goal - odds)[far]
        more, reach = list[tuple[Int64, Int64]](), step
        while len(far):
            reach *= WIDER
            beyond = np.abs(goal - odds)[far] <= reach
            more.append((far, np.where(beyond, goal[far], odds[far] + away * reach)))
            far, away = far[~beyond], away[~beyond]
        return self._keys([odds - step, odds, odds + step], more)

    @property
    def far_away(self) -> bool:
        """Whether prices ask any pair for more than the next part or the last one."""
        goal = self.gains.best(self.price, self.pairs.capacity)
        return bool((np.abs(goal - self.odds) > 1).any())

    def _keys(self, cuts: list[Int64], more: list[tuple[Int64, Int64]]) -> Int64:
        """Cuts of every pair with both its ends, and more cuts of some, once each and ascending: pair times
        span plus cut, where the span is more than any pair may carry.
        """
        most = self.pairs.capacity
        every, span = np.arange(len(most)), int(most.max(initial=0)) + 1
        base = np.stack([np.zeros_like(most), *cuts, most], axis=1)
        base = np.clip(base, 0, most[:, None]) + (every * span)[:, None]
        base.sort(axis=1)
        parts = [base.reshape(-1)]
        parts += [pair * span + np.clip(cut, 0, most[pair]) for pair, cut in more]
        # Runs that are sorted already are merged fast.
        keys: Int64 = np.sort(np.concatenate(parts), kind="stable")
        return keys[np.diff(keys, prepend=-1) > 0]

    def solve(self, points: Int64) -> None:
        """One turn: an exact flow over the segments between points, and what its prices prove."""
        span = int(self.pairs.capacity.max(initial=0)) + 1
        pair, cut = np.divmod(points, span)
        inside = np.flatnonzero(pair[1:] == pair[:-1])
        owner, low, high = pair[inside], cut[inside], cut[inside + 1]
        arcs = Pairs(
            self.pairs.left[owner],
            self.pairs.right[owner],
            self.gains.average(owner, low, high),
            high - low,
        )
        self.segments = len(owner)
        flow, lengths = self._solved(arcs)
        odds = sums_by(owner, flow.pairs, len(self.pairs))
        self.unchanged = bool((odds == self.odds).all())
        self.odds, self.potential = odds, self._potential(lengths)
        self.price = (
            self.potential[self.pairs.right + self.links.left_count]
            - self.potential[self.pairs.left]
        )
        self.value, self.bound = self._value(flow), self._bound()

    def _solved(self, arcs: Pairs) -> tuple[Flow, list[Int64]]:
        while True:
            words = (self.guess,) if self.guess else self.words
            flow = lexicographic_flow(arcs, self.links, words, self.engine)
            try:
                residual = FlowResidual(arcs, self.links, flow, self.words)
                return flow, residual.from_root(PATIENCE if self.guess else None)
            except NotOptimalError:  # the small radix guessed wrong
                if isinstance(self.engine, EngineSequence) and self.engine.refuse():
                    continue
                if self.guess is None:
                    raise
                self.guess = None

    def _potential(self, lengths: list[Int64]) -> Int64:
        """Potentials by goal, int64 (nodes, goals); what no path reaches has no pairs, and asks for just what
        its first unit gains, so that it adds nothing to the bound.
        """
        links, dead = self.links, lengths[0] <= UNREACHED // 2
        found = np.concatenate(
            [
                word.split(np.where(dead, 0, length))
                for word, length in zip(self.words, lengths, strict=True)
            ],
            axis=1,
        )
        # From the root outwards: a cap before what lies below it.
        first_of_right = links.root + 1 + links.left_caps
        node = np.arange(links.node_count)
        left = (node < links.left_count) | (
            (node > links.root) & (node < first_of_right)
        )
        inner = left[links.head] & (links.tail != links.head)
        for arc in np.flatnonzero(dead[links.head] & inner)[::-1].tolist():
            found[links.head[arc]] = found[links.tail[arc]] + links.gain[arc]
        away = ~left[links.tail] & (links.tail != links.root)
        for arc in np.flatnonzero(dead[links.tail] & away)[::-1].tolist():
            found[links.tail[arc]] = found[links.head[arc]] - links.gain[arc]
        return found

    def _value(self, flow: Flow) -> tuple[int, ...]:
        goals = len(self.goals.names)
        value = [
            exact_dot(self.links.gain[:, goal], flow.links) for goal in range(goals)
        ]
        gained = self.gains.of_all(self.odds)
        value[-1] += self.shared * exact_dot(gained, np.ones_like(gained))
        return tuple(value)

    def _bound(self) -> tuple[int, ...]:
        """What no odds exceed: hubs as ever, and of every pair the parts that gain more than its price."""
        links, potential = self.links, self.potential
        reduced = links.gain + potential[links.tail] - potential[links.head]
        up = positive(reduced)
        parts = self.gains.best(self.price, self.pairs.capacity)
        gained = self.gains.of_all(parts)
        bound = []
        for goal in range(potential.shape[1]):
            total = exact_dot(reduced[up, goal], links.stated[up])
            total -= exact_dot(self.price[:, goal], parts)
            bound.append(total)
        bound[-1] += exact_dot(gained, np.ones_like(gained))
        bound[-1] *= self.shared
        return tuple(bound)

    def solution(self, stopped: Stopped, rounds: int) -> Solution:
        """The odds so far with their proof."""
        chosen, scaled = np.flatnonzero(self.odds), self.potential.copy()
        scaled[:, -1] *= self.shared
        return Solution(
            self.pairs.take(chosen),
            self.odds[chosen],
            self.value,
            self.bound,
            *self.links.prices(scaled),
            stopped,
            self.engine.name,
            rounds,
            self.segments,
        )
