"""A search for floors on the way: the best flow so far, what is proven, and the steps that raise either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine
from matchkit.solvers.floors.alone import best_alone
from matchkit.solvers.floors.ascent import MOST_OF_LINEAR, Ascent
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.neighbourhoods import GroupNeighbourhoods
from matchkit.solvers.floors.priced import FloorPrices, PricedFlow
from matchkit.solvers.floors.search import Searched, SearchVerdict, search
from matchkit.solvers.flow.solution import Limits

OWN_PRICES = 2
"""Flows in a row at each floor's own best price; then they hardly change."""
LINEAR = 3
"""Linear programs in a row, each with the pairs that the flow before asked for."""
RAISES = 10
"""Flows in a row at prices above these, each raised where the flow before breaks the floor: there the groups
that could go either way keep it.
"""
RAISED = 0.1
"""By what part such a price is raised, and by a fifth of it of one."""
FEW_SHORT, FEW_OF_SMALL = 64, 8
"""So few groups below the floor are repaired one by one; of more, flows at raised prices leave fewer."""

RoundListener = Callable[[int, int], None]
"""Is told the number of flows so far, and of how many pairs."""


class FloorSearch:
    """One call. ``flow``, int64 (pairs,), is the flow of the greatest worst score so far and, of those, the
    greatest weight; ``key`` are both. No flow has a worst score above ``upper``, and none whose worst score
    is at least that of ``flow`` a weight above ``most``.

    ``worst`` and ``total`` are prices that prove bounds of both by themselves; ``searched`` says which of
    them, "worst" or "sum", rests on an engine's search instead. ``reached`` is what the goals before reach,
    ``alone``, int64 (groups,), the best score of every group by itself.
    """

    def __init__(
        self,
        problem: FloorProblem,
        first: PricedFlow,
        limits: Limits,
        weighted: bool,
        engine: MipEngine | None,
        seed: int,
        tell: RoundListener | None,
    ) -> None:
        """From the best flow without any floor, which is proven."""
        self.problem, self.limits, self.weighted = problem, limits, weighted
        self.flow_engine = chosen_engine("auto")
        self.engine, self._seed, self._tell = engine or DEFAULT_MIP, seed, tell
        self.rounds, self.engine_called = 0, False
        self.searched: set[Literal["worst", "sum"]] = set()
        self.flow, self.first = first.flow, first.solution
        self.reached = self.first.value[:-1]
        self.key = problem.worst(self.flow), problem.value(self.flow)
        self.alone = best_alone(problem, problem.fills_all(self.flow))
        counted = self.alone[problem.counted]
        self.upper = int(counted.min()) if len(counted) else 0
        self.worst: FloorPrices | None = None
        left, right, bound = (
            self.first.left_price,
            self.first.right_price,
            self.first.bound,
        )
        if left is None or right is None or bound is None:
            raise EngineError(Message("matching.wrong.no_prices"))
        # Without a floor these prices bound the sum of all matchings.
        nothing = np.zeros(problem.groups, np.int64)
        self.total = FloorPrices(1, nothing, 0, left, right, bound[-1])
        self.most = self.total.bound
        self.told(first)

    @property
    def least(self) -> int:
        """The worst score so far."""
        return self.key[0]

    def offer(self, flow: Int64) -> bool:
        """Take this flow if it is better, and say whether it was. Whoever made it, it is checked here."""
        problem = self.problem
        key = problem.worst(flow), problem.value(flow)
        if key <= self.key or not problem.keeps(flow):
            return False
        if problem.earlier(flow) != self.reached:
            return False
        self.flow, self.key = flow, key
        return True

    def told(self, found: PricedFlow | None) -> None:
        """Count a flow, and tell the listener."""
        self.rounds += 1
        if self._tell is not None and found is not None:
            self._tell(self.rounds, found.solution.engine_pairs)

    def done(self) -> bool:
        """Whether sum and bound are as close as asked for, or time is over."""
        over = self.limits.deadline.over()
        return over or self.limits.near_enough(self.key[1], self.most)

    @property
    def small(self) -> bool:
        """Whether linear programs of all groups are soon solved."""
        return len(self.problem.pairs) <= MOST_OF_LINEAR

    def ascent(self, least: int) -> Ascent:
        """Prices of floors of ``least``, from none on."""
        return Ascent(
            self.problem, least, self.reached, self.flow_engine, self.limits, self.first
        )

    def near(self, ascent: Ascent) -> GroupNeighbourhoods:
        """Neighbourhoods at these floors, of the pairs near their prices."""
        self.engine_called = True
        return GroupNeighbourhoods(
            self.problem, ascent.near(), ascent.least, self.engine
        )

    def flow_by(self, ascent: Ascent) -> Int64:
        """The flow, of those with priced floors, that falls short of them least; all are offered."""
        best, nearest = self.flow, int(ascent.short(self.flow).sum())
        flow = self.flow
        for turn in range(OWN_PRICES + LINEAR):
            if self._over(ascent):
                break
            price: Int64 | None
            if turn < OWN_PRICES:
                price = ascent.own_prices(flow)
                if turn and (price == ascent.price).all():
                    continue
            else:
                core = ascent.core()
                if len(core) > MOST_OF_LINEAR:
                    break
                price = ascent.linear_prices(core)
                if price is None or (price == ascent.price).all():
                    break
            found = ascent.flow_at(price)
            self.told(found)
            if found is None:
                break
            flow = found.flow
            self._prove(ascent)
            self.offer(flow)
            short = int(ascent.short(flow).sum())
            if short < nearest:
                best, nearest = flow, short
        return best

    def raised(self, ascent: Ascent, flow: Int64) -> Int64:
        """The flow that falls least short of the floors, of one and those at raised prices."""
        best, nearest = flow, int(ascent.short(flow).sum())
        price = ascent.price
        for _ in range(RAISES):
            short = ascent.short(flow) > 0
            if self._over(ascent) or not short.any():
                break
            price = ascent.raised(price, short, RAISED)
            found = ascent.flow_at(price)
            self.told(found)
            if found is None:
                break
            flow = found.flow
            self.offer(flow)
            left = int(ascent.short(flow).sum())
            if left < nearest:
                best, nearest = flow, left
        return best

    def _over(self, ascent: Ascent) -> bool:
        """Whether nothing is left to do for these floors."""
        if self.limits.deadline.over():
            return True
        if self.least > ascent.least:
            return True
        kept = self.least == ascent.least
        return kept and (not self.weighted or self.key[1] == self.most)

    def _prove(self, ascent: Ascent) -> None:
        """Keep the better bound of the sum at the floor that stands in the end."""
        proof = ascent.best
        if proof is None:
            return
        if proof.bound < self.total.bound and proof.least <= self.least:
            self.total = proof
            self.most = min(self.most, proof.bound)

    def searched_program(
        self,
        core: Int64,
        least: int,
        work: float,
        hint: Int64 | None,
        must: Mask | None = None,
    ) -> Searched:
        """The program of the pairs in ``core`` with floors of ``least``, as ``search`` says."""
        self.engine_called = True
        return search(
            self.problem,
            core,
            self.reached,
            least,
            self.engine,
            replace(self.limits, gap=0.0) if least > self.least else self.limits,
            work,
            hint,
            self._seed,
            must,
        )

    def repaired(self, ascent: Ascent, flow: Int64, size: int) -> None:
        """Neighbourhoods of the groups below the floor in a flow, or where these are many in one at raised
        prices.
        """
        most = FEW_OF_SMALL if self.small else FEW_SHORT
        if int((ascent.short(flow) > 0).sum()) > most:
            flow = self.raised(ascent, flow)
            if self.small and int((ascent.short(flow) > 0).sum()) > most:
                return  # the program of the pairs near their prices does it sooner
        self.offer(self.near(ascent).repaired(flow, self.limits, size))

    def search_core(self, core: Int64, target: int, work: float) -> SearchVerdict:
        """Whether a floor can be reached with these pairs: the best flow that does is offered."""
        if self.limits.deadline.over():
            return "unknown"
        found = self.searched_program(core, target, work, None)
        if found.flow is not None:
            self.offer(found.flow)
        return found.verdict
