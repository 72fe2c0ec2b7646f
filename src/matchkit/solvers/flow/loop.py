"""The price-and-prove loop: solve few pairs exactly, price all, add those that beat their prices, until none
does.

Column generation for the transportation problem (Dantzig and Wolfe 1960; "sifting", Bixby and others 1992),
with exact whole prices, so that the last pass is a proof.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.problem import FlowEngine
from matchkit.errors import EngineError
from matchkit.graph.candidates import greatest_weight
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.choice import EngineSequence
from matchkit.solvers.flow.packed_goals import PackedGoals, guessed_word, pack_goals
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
from matchkit.solvers.flow.solution import (
    Limits,
    Listener,
    Progress,
    Solution,
    Stopped,
    stated_bounds,
)
from matchkit.solvers.flow.stages import lexicographic_flow
from matchkit.solvers.flow.start import (
    StartPrices,
    first_pairs,
    pairs_near,
    usual_room,
    wanted_pairs,
)
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs, links_of, merged

ADDED = 8
"""Most pairs a left node gets in one round."""
KEPT = 8
"""Pairs a left node keeps in the engine, on average, while prices are still rough."""
PATIENCE = 2_000
"""Sweeps after which a guess that the prices have not confirmed is dropped; real plans take some dozens."""
NEAR = 4
"""Pairs a left node has, on average, that lie close enough below their prices to be added too."""
ROUGH_ROUNDS = 3
"""Rounds after which hopeless pairs leave the engine; later none does, so that the loop ends."""


def price_and_prove(
    network: Network,
    goals: Goals,
    engine: FlowEngine,
    limits: Limits,
    listener: Listener | None = None,
    start: StartPrices | None = None,
    likely: Goals | None = None,
) -> Solution:
    """The best matching of a network, goal after goal, with prices that prove it over all candidates.

    ``start`` are prices of a similar network: where few of them have changed, few rounds are enough.
    ``likely`` are fewer goals, with the same steps, that have the same best plans as a rule: these are found
    first, and kept where the prices of ``goals`` confirm them.
    """
    began = time.monotonic()
    words, links = pack_goals(network, goals), links_of(network, goals)
    if start is None:
        pairs = _first_pairs(network)
    else:
        room = usual_room(network.pairs)
        wanted = wanted_pairs(network.left_capacity, network.right_capacity, room)
        pairs = pairs_near(network.pairs, links, words, start, wanted)
    guesses = _guesses(network, goals)
    if likely is not None:
        other = _Guess(links_of(network, likely), pack_goals(network, likely))
        guesses = [*_guesses(network, likely), other, *guesses]
    number, best_bound = 0, None
    while True:
        number += 1
        # Invariant: every round's prices give a true bound over all candidates, so any of them may be the
        # last.
        round_ = _Round(network, goals, links, words, pairs, engine, guesses, number)
        bound = round_.bound()
        best_bound = bound if best_bound is None else min(best_bound, bound)
        if listener is not None:
            seconds = time.monotonic() - began
            listener(
                Progress("match", number, len(pairs), round_.value, best_bound, seconds)
            )
        # No pair beats its prices: they are feasible for all candidates, so value and bound meet (strong
        # duality).
        if not round_.improvable:
            if bound != round_.value:
                raise EngineError(
                    Message.of(
                        "matching.bounds_differ",
                        value=str(round_.value),
                        bound=str(bound),
                    )
                )
            return round_.solution("proved", engine.name, number)
        _, last = stated_bounds(round_.value, bound)
        if last is not None and last <= limits.gap and round_.value[:-1] == bound[:-1]:
            return round_.solution("gap", engine.name, number)
        if limits.deadline.over():
            return round_.solution("time_limit", engine.name, number)
        known, pairs = len(pairs), round_.next_pairs(rough=number <= ROUGH_ROUNDS)
        # The engine's pairs only grow now, so the loop ends, or else the engine errs.
        if number > ROUGH_ROUNDS and len(pairs) == known:
            raise EngineError(Message("matching.own_pairs"))


class _Guess(NamedTuple):
    """What the flow is looked for by, before the exact words: links with other gains, and other words."""

    links: HubLinks
    words: tuple[PackedGoals, ...]


def _guesses(network: Network, goals: Goals) -> list[_Guess]:
    """Small numbers in one word, where the goals fit."""
    word = guessed_word(network, goals) if len(goals.names) > 1 else None
    return [] if word is None else [_Guess(links_of(network, goals), (word,))]


class _Round:
    """One turn: an exact flow on the engine's pairs, its prices, and a pass over all candidates at those
    prices.
    """

    def __init__(
        self,
        network: Network,
        goals: Goals,
        links: HubLinks,
        words: tuple[PackedGoals, ...],
        pairs: Pairs,
        engine: FlowEngine,
        guesses: list[_Guess],
        number: int,
    ) -> None:
        """``guesses``: those that were wrong are taken out."""
        self.goals, self.links, self.words, self.pairs = goals, links, words, pairs
        self.span = greatest_weight(network.pairs) if goals.weight else 0
        self.flow, lengths = self._solved(engine, guesses)
        self.value = goal_values(
            links, pairs, self.flow, len(goals.names), goals.weight
        )
        lengths = settled(lengths, links, words, self.flow.links)
        self.keys: ScalarPrices = keys_of(lengths, links, words, self.span)
        self.surplus: Int64 = (
            self.keys.left[pairs.left]
            - self.keys.right[pairs.right]
            + (pairs.weight if goals.weight else 0)
        )
        closed = pairs.keys(links.right_count)[
            (self.flow.pairs == pairs.capacity) & (self.surplus > 0)
        ]
        self.pricing: PricingResult = price_candidates(
            network.pairs, self.keys, closed, ADDED, self._near() if number > 1 else 0
        )
        self.improvable = bool((self.pricing.surplus > 0).any())
        self.potential = self._raised(lengths)

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
        self, engine: FlowEngine, guesses: list[_Guess]
    ) -> tuple[Flow, list[Int64]]:
        """An optimal flow with its prices: by the fastest engine and the first guess where the exact prices
        confirm them.
        """
        exact = _Guess(self.links, self.words)
        while True:
            links, words = guesses[0] if guesses else exact
            flow = lexicographic_flow(self.pairs, links, words, engine)
            try:
                residual = FlowResidual(self.pairs, self.links, flow, self.words)
                return flow, residual.from_root(PATIENCE if guesses else None)
            except (
                NotOptimalError
            ):  # a faster engine, or a guess, was wrong: the next exact way
                if isinstance(engine, EngineSequence) and engine.refuse():
                    continue
                if not guesses:
                    raise
                del guesses[0]

    def _raised(self, lengths: list[Int64]) -> Int64:
        """Potentials by goal, int64 (nodes, goals), with every left price raised until no open pair beats
        it.
        """
        dead, links = lengths[0] <= UNREACHED // 2, self.links
        potential = np.concatenate(
            [
                word.split(np.where(dead, 0, length))
                for word, length in zip(self.words, lengths, strict=True)
            ],
            axis=1,
        )
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

    def bound(self) -> tuple[int, ...]:
        """What no matching can exceed, by goal."""
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
        chosen, links = np.flatnonzero(self.flow.pairs), self.links
        first_cap = links.root + 1
        parts = np.split(
            self.potential,
            [links.left_count, links.root, first_cap, first_cap + links.left_caps],
        )
        return Solution(
            self.pairs.take(chosen), self.flow.pairs[chosen], self.value, self.bound(),
            -parts[0], parts[1], -parts[3], parts[4], stopped, engine, rounds, len(self.pairs),
        )  # fmt: skip


def best_effort(network: Network, goals: Goals, engine: FlowEngine) -> Solution:
    """What an engine that proves nothing makes of the best few pairs of every node, goals in one word where
    they fit: one turn of the loop without prices and without a bound.
    """
    word = guessed_word(network, goals) or pack_goals(network, goals)[0]
    links, pairs = links_of(network, goals), _first_pairs(network)
    flow = lexicographic_flow(pairs, links, (word,), engine)
    value = goal_values(links, pairs, flow, len(goals.names), goals.weight)
    chosen = np.flatnonzero(flow.pairs)
    return Solution(
        pairs.take(chosen), flow.pairs[chosen], value, None,
        None, None, None, None, "no_proof", engine.name, 1, len(pairs),
    )  # fmt: skip


def _first_pairs(network: Network) -> Pairs:
    """The best few pairs of every node."""
    room = usual_room(network.pairs)
    return first_pairs(
        network.pairs,
        wanted_pairs(network.left_capacity, network.right_capacity, room),
        wanted_pairs(network.right_capacity, network.left_capacity, room),
    )
