"""Prices of floors: each floor's own best price at the prices of left nodes (block coordinate descent on the
Lagrangian dual), then a linear program of few pairs; flows turn both into bounds over all pairs.
"""

from __future__ import annotations

import math

import numpy as np

from matchkit.arrays import Float64, Int64, Mask, places_of
from matchkit.engines.linear import solve_linear
from matchkit.engines.problem import FlowEngine
from matchkit.errors import BudgetError
from matchkit.solvers.floors.alone import units_in_order
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.priced import FloorPrices, PricedFlow, priced_flow
from matchkit.solvers.floors.program import floor_program
from matchkit.solvers.flow.solution import Limits, Solution

PARTS = 1024
"""Parts of one in which floors are priced, at most."""
LARGEST = 2**57
"""Priced weights times nodes stay below this."""
HALVINGS = 18
"""Steps of the search for a floor's own best price, on the logarithm of one and the price."""
NEAREST, BEST = 8, 4
"""Pairs of every right node in a linear program: the nearest to their prices, and the best by weight."""
MOST_OF_LINEAR = 25_000
"""A linear program has no more pairs: the simplex method takes minutes for some times as many."""
PENALTY = 1_000
"""What a unit of weight below a floor costs in a linear program, at most."""


class Ascent:
    """The Lagrangian dual of floors of ``least``: prices of floors, the flows there, and the least bound.

    ``price`` is int64 (groups,) in parts of which ``scale`` make one. ``best`` proves the least bound so far.
    """

    def __init__(
        self,
        problem: FloorProblem,
        least: int,
        reached: tuple[int, ...],
        engine: FlowEngine,
        limits: Limits,
        start: Solution,
    ) -> None:
        self._problem, self.least, self._reached = problem, least, reached
        self._engine, self._limits = engine, limits
        self.scale, self.dearest = priced_parts(problem)
        self.price: Int64 = np.zeros(problem.groups, np.int64)
        self.best: FloorPrices | None = None
        self.last = start
        self._last_scale = 1
        self._core: Int64 = np.zeros(0, np.int64)
        pairs = problem.pairs
        self._by_right = np.argsort(pairs.right, kind="stable")
        self._ordered_group = problem.group[pairs.right[self._by_right]]

    def flow_at(self, price: Int64) -> PricedFlow | None:
        """The flow at these prices; None where it ended early, or numbers would be too large to be exact."""
        try:
            found = priced_flow(
                self._problem,
                self.scale,
                price,
                self.least,
                self._reached,
                self._engine,
                self._limits,
                self.last if self._last_scale == self.scale else None,
            )
        except BudgetError:
            return None
        if found.proof is None:
            return None
        self.price, self.last, self._last_scale = price, found.solution, self.scale
        if self.best is None or found.proof.bound < self.best.bound:
            self.best = found.proof
        return found

    def short(self, flow: Int64) -> Int64:
        """How far every counted group stays below the floor: int64 (groups,)."""
        missing = np.maximum(self.least - self._problem.scores(flow), 0)
        return np.where(self._problem.counted, missing, 0)

    def own_prices(self, flow: Int64) -> Int64:
        """The price of every floor that the flow breaks, or that has one: the least at which the group would
        take units that keep it, all left nodes asking their prices.
        """
        problem = self._problem
        active = np.flatnonzero((self.price > 0) | (self.short(flow) > 0))
        if not len(active) or self.last.left_price is None:
            return self.price
        place = places_of(active, problem.groups)
        mine = self._by_right[place[self._ordered_group] >= 0]
        where = place[problem.pair_group[mine]]
        weight = problem.pairs.weight[mine].astype(np.float64)
        asked = self.last.left_price[problem.pairs.left[mine]]
        # A left node whose unit is worth more in an earlier goal is out of reach.
        away = asked[:, :-1].any(axis=1) & (asked[:, 0] > asked[:, 0].min(initial=0))
        cost = asked[:, -1] / self._last_scale + np.where(away, 1e15, 0.0)
        low = np.zeros(len(active))
        high = np.full(len(active), np.log1p(self.dearest / self.scale))
        right = problem.pairs.right[mine]
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            key = weight * np.exp(middle)[where] - cost
            order = np.lexsort((-key, right))
            taken = units_in_order(problem, mine[order])
            score = np.zeros(len(active))
            np.add.at(score, where[order], weight[order] * taken)
            keeps = score >= self.least
            high, low = np.where(keeps, middle, high), np.where(keeps, low, middle)
        price = self.price.copy()
        # A floor that no price reaches keeps the one it has, or gets one that is felt.
        never = high >= np.log1p(self.dearest / self.scale)
        found = self._whole(np.expm1(high))
        price[active] = np.where(
            never, np.maximum(2 * price[active], self.scale), found
        )
        return np.minimum(price, self.dearest)

    def linear_prices(self, core: Int64) -> Int64 | None:
        """The prices of a linear program of some pairs, int64 (core,), their positions; None without an
        answer in time.
        """
        program = floor_program(
            self._problem, core, self._reached, self.least, penalty=PENALTY
        )
        seconds = self._limits.deadline.left()
        found = None if program.refusal() else solve_linear(program, seconds=seconds)
        if found is None:
            return None
        rows = np.flatnonzero(self._problem.counted)
        price = np.zeros(self._problem.groups)
        price[rows] = -found.price[len(found.price) - len(rows) :]
        return np.minimum(self._whole(price), self.dearest)

    def raised(self, price: Int64, which: Mask, part: float) -> Int64:
        """Prices, int64 (groups,), those of some groups, bool (groups,), higher by this part, and by a fifth
        of that part of one.
        """
        more = np.rint((price[which] + self.scale / 5) * part).astype(np.int64)
        found = price.copy()
        found[which] = np.minimum(found[which] + np.maximum(more, 1), self.dearest)
        return found

    def near(self, nearest: int = NEAREST, best: int = BEST) -> Int64:
        """Positions of the pairs that a few of every right node's best by price, or by weight, are."""
        problem = self._problem
        pairs, last = problem.pairs, self.last
        if last.left_price is None or last.right_price is None:
            return np.flatnonzero(problem.room > 0)
        beyond = last.left_price[pairs.left] + last.right_price[pairs.right]
        weight = pairs.weight * (self._last_scale + self.price)[problem.pair_group]
        beyond[:, -1] -= weight
        orders = (
            np.lexsort((*beyond.T[::-1], pairs.right)),
            np.lexsort((-pairs.weight, pairs.right)),
        )
        found = problem.flow_of(last.pairs, last.quantity) > 0
        for order, most in zip(orders, (nearest, best), strict=True):
            right = pairs.right[order]
            rank = np.arange(len(order)) - np.searchsorted(right, right)
            extra = problem.network.right_capacity[right]
            found[order[rank < most + extra]] = True
        return np.flatnonzero(found & (problem.room > 0))

    def core(self) -> Int64:
        """Positions of the pairs near their prices now or before: int64 (core,)."""
        self._core = np.union1d(self._core, self.near())
        return self._core

    def _whole(self, price: Float64) -> Int64:
        return np.rint(np.clip(price * self.scale, 0, float(self.dearest))).astype(
            np.int64
        )


def priced_parts(problem: FloorProblem) -> tuple[int, int]:
    """Parts of one in which floors are priced, and the dearest price in parts: numbers stay exact."""
    heaviest = max(1, int(np.abs(problem.pairs.weight).max(initial=0)))
    room = LARGEST // (heaviest * (problem.network.node_count + 1))
    parts = max(1, min(PARTS, math.isqrt(max(0, room))))
    return parts, max(0, min(room - parts, parts * 2**20))
