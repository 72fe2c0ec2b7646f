"""One round of the price-and-prove loop: an exact flow on the engine's pairs, its prices, and a pass over all
candidates at those prices.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.engines.cost_scaling import MinCostFlow
from matchkit.engines.problem import FlowEngine
from matchkit.messages.message import Message
from matchkit.solvers.choice import EngineSequence
from matchkit.solvers.flow.nearby import FlowBefore, nearby_flow
from matchkit.solvers.flow.packed_goals import KEY_ROOM, PackedGoals
from matchkit.solvers.flow.prices import (
    NEVER,
    ScalarPrices,
    dual_bound,
    goal_values,
    keys_of,
    settled,
)
from matchkit.solvers.flow.pricing import PricingResult, price_candidates
from matchkit.solvers.flow.residual import (
    UNREACHED,
    Flow,
    FlowResidual,
    NotOptimalError,
)
from matchkit.solvers.flow.round_goals import Guess, RoundGoals
from matchkit.solvers.flow.solution import Solution, Stopped
from matchkit.solvers.flow.stages import lexicographic_flow
from matchkit.solvers.flow.subnetwork import Pairs, merged

ADDED = 8
"""Most pairs a left node gets in one round."""
KEPT = 8
"""Pairs a left node keeps in the engine, on average, while prices are still rough."""
PATIENCE = 2_000
"""Sweeps after which a guess that the prices have not confirmed is dropped; real plans take some dozens."""
NEAR = 4
"""Pairs a left node has, on average, that lie close enough below their prices to be added too."""


class RoundPrices(NamedTuple):
    """Prices as lengths, int64 (nodes,) by word, with their words; as vectors, int64 (nodes, goals), 0 where
    no path leads, and where one does: bool (nodes,).
    """

    lengths: list[Int64]
    words: tuple[PackedGoals, ...]
    vectors: Int64
    alive: Mask


class Round:
    """One round: an exact flow on the engine's pairs, its prices, and a pass over all candidates at those
    prices.
    """

    def __init__(
        self,
        wanted: RoundGoals,
        pairs: Pairs,
        engine: FlowEngine,
        before: FlowBefore | None = None,
        *,
        alone: bool = False,
    ) -> None:
        """``before`` is the flow of the round before this one. With ``alone`` no flow is looked for that does
        not begin there: NotOptimalError is raised instead.
        """
        self.wanted, self.pairs = wanted, pairs
        self.goals, self.links, self.span = wanted.goals, wanted.links, wanted.span
        goals, links = self.goals, self.links
        self.flow, prices = self._solved(engine, before, alone)
        lengths, self.words, self.vectors, self.alive = prices
        self.value = goal_values(links, pairs, self.flow, goals.weight)
        self.keys: ScalarPrices = keys_of(lengths, links, self.words, self.span)
        self.surplus: Int64 = (
            self.keys.left[pairs.left]
            - self.keys.right[pairs.right]
            + (pairs.weight if goals.weight else 0)
        )
        closed = pairs.keys(links.right_count)[
            (self.flow.pairs == pairs.capacity) & (self.surplus > 0)
        ]
        near = 0 if before is None else self._near()
        self.pricing: PricingResult = price_candidates(
            wanted.network.pairs, self.keys, closed, ADDED, near
        )
        self.improvable = bool((self.pricing.surplus > 0).any())
        self.potential = self._raised()

    def before(self) -> FlowBefore:
        """What the next round is told of this one."""
        carries = self.flow.pairs > 0
        return FlowBefore(
            self.pairs.keys(self.links.right_count)[carries],
            self.flow.pairs[carries],
            self.flow.links,
            self.vectors,
            self.alive,
        )

    def _near(self) -> int:
        """How far below its prices a pair may lie and still be worth adding: as far as the engine's better
        pairs do.

        Such pairs are the next to beat their prices when those move a little, so adding them saves rounds.
        """
        beyond = len(self.surplus) - NEAR * self.links.left_count
        if beyond <= 0:
            return 0
        far = -int(np.partition(self.surplus, beyond)[beyond])
        return far if 0 < far < NEVER // 4 else 0

    def _solved(
        self, engine: FlowEngine, before: FlowBefore | None, alone: bool
    ) -> tuple[Flow, RoundPrices]:
        """An optimal flow with its prices: by the fastest engine and the first guess where the exact prices
        confirm them.
        """
        wanted = self.wanted
        if before is not None and engine.name == MinCostFlow.name:
            near = nearby_flow(self.pairs, wanted, before, engine)
            if near is not None:
                with suppress(NotOptimalError):
                    return near, self._prices(near, PATIENCE)
        if alone:
            raise NotOptimalError(Message("matching.not_optimal"))
        exact, guesses = Guess(wanted.links, wanted.words), wanted.guesses
        while True:
            links, words = guesses[0] if guesses else exact
            flow = lexicographic_flow(self.pairs, links, words, engine)
            try:
                return flow, self._prices(flow, PATIENCE if guesses else None)
            except (
                NotOptimalError
            ):  # a faster engine, or a guess, was wrong: the next exact way
                if isinstance(engine, EngineSequence) and engine.refuse():
                    continue
                if not guesses:
                    raise
                del guesses[0]

    def _prices(self, flow: Flow, patience: int | None) -> RoundPrices:
        """Settled lengths that show that a flow is the best. Raises NotOptimalError."""
        wanted = self.wanted
        if wanted.narrow is not None:
            with suppress(NotOptimalError):
                found = self._settled(flow, wanted.narrow, patience)
                if self._told_apart(found):
                    return found
        return self._settled(flow, wanted.words, patience)

    def _settled(
        self, flow: Flow, words: tuple[PackedGoals, ...], patience: int | None
    ) -> RoundPrices:
        links = self.wanted.links
        found = FlowResidual(self.pairs, links, flow, words).from_root(patience)
        lengths = settled(found, links, words, flow.links)
        return RoundPrices(lengths, words, *_vectors(lengths, words))

    def _told_apart(self, found: RoundPrices) -> bool:
        """Whether the digits of prices are so small that sums along arcs compare digit by digit."""
        reach = self.goals.reach.copy()
        reach[-1] = max(int(reach[-1]), self.span)
        last = int(np.abs(np.where(found.alive, found.lengths[-1], 0)).max(initial=0))
        room = 2 * (last + self.span + 1) * self.links.node_count < KEY_ROOM
        return room and all(word.holds(found.vectors, reach) for word in found.words)

    def _raised(self) -> Int64:
        """Potentials by goal, int64 (nodes, goals), with every left price raised until no open pair beats
        it.
        """
        dead, links, potential = ~self.alive, self.links, self.vectors.copy()
        # Behind a cap of 0 any price holds: one above all others, with every slot there priced 0.
        unit = int(self.goals.reach[0])
        highest = 2 * int(np.abs(potential[:, 0]).max(initial=0)) + self.span + unit + 1
        potential[dead, 0] = np.where(
            np.flatnonzero(dead) < links.left_count, -highest, highest
        )
        # A left minimum behind such a cap gains nothing there: its cap is priced above it by more than a unit
        # is worth.
        potential[
            dead & links.is_left_cap(np.arange(links.node_count, dtype=np.int32)), 0
        ] = -highest - unit
        # Arcs up, those of nodes further above first, of each node the one that gains most last.
        up = (links.tail >= links.left_count) & (links.tail != links.root)
        up &= ~links.is_left_cap(links.tail) & dead[links.tail]
        behind = np.flatnonzero(up & (links.tail > links.root))[::-1]
        for arc in behind[np.argsort(links.tail[behind], kind="stable")].tolist():
            potential[links.tail[arc]] = potential[links.head[arc]] - links.gain[arc]
        behind = np.flatnonzero(up & (links.tail < links.root))[::-1]
        potential[links.tail[behind]] = (
            potential[links.head[behind]] - links.gain[behind]
        )
        # The price of a left node rises by what its best open pair has beyond its prices: then none beats
        # them, and the potentials are feasible for all pairs, whatever the engine saw.
        left = np.flatnonzero(self.pricing.surplus > 0)
        short = (
            potential[left]
            - potential[self.pricing.partner[left] + self.links.left_count]
        )
        if self.goals.weight:
            short[:, -1] += self.pricing.worth[left]
        potential[left] -= short
        return potential

    @cached_property
    def bound(self) -> tuple[int, ...]:
        """What no matching can exceed, by goal. Where no pair beats its prices, they hold for all candidates,
        and value and bound meet (strong duality): ``check_solution`` adds that bound up, and nothing is given
        out before.
        """
        if not self.improvable:
            return self.value
        return dual_bound(
            self.links, self.pairs, self.flow, self.potential, self.goals.weight
        )

    def next_pairs(self, rough: bool) -> Pairs:
        """The engine's pairs for the next round: the new ones, and the old ones not yet hopeless."""
        kept, beyond = self.pairs, len(self.pairs) - KEPT * self.links.left_count
        if rough and beyond > 0:
            bar = np.partition(self.surplus, beyond)[beyond]
            kept = kept.take((self.surplus >= bar) | (self.flow.pairs > 0))
        return merged(kept, self.pricing.picked, self.links.right_count)

    def solution(self, stopped: Stopped, engine: str, rounds: int) -> Solution:
        """The plan of this round with its proof."""
        chosen = np.flatnonzero(self.flow.pairs)
        return Solution(
            self.pairs.take(chosen),
            self.flow.pairs[chosen],
            self.value,
            self.bound,
            *self.links.prices(self.potential),
            stopped,
            engine,
            rounds,
            len(self.pairs),
        )


def _vectors(
    lengths: list[Int64], words: tuple[PackedGoals, ...]
) -> tuple[Int64, Mask]:
    """Lengths by word as vectors by goal, int64 (nodes, goals), 0 where no path leads, and where one does:
    bool (nodes,).
    """
    alive = lengths[0] > UNREACHED // 2
    parts = [
        word.split(np.where(alive, length, 0))
        for word, length in zip(words, lengths, strict=True)
    ]
    return np.concatenate(parts, axis=1), alive
