"""The price-and-prove loop: solve few pairs exactly, price all, add those that beat their prices, until none
does.

Column generation for the transportation problem (Dantzig and Wolfe 1960; "sifting", Bixby and others 1992),
with exact whole prices, so that the last pass is a proof.
"""

from __future__ import annotations

import time
from contextlib import suppress

import numpy as np

from matchkit.engines.problem import FlowEngine
from matchkit.errors import BudgetError, EngineError
from matchkit.graph.candidates import MatrixBlock
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.flow.nearby import FlowBefore
from matchkit.solvers.flow.packed_goals import guessed_word, pack_goals, soft_goals
from matchkit.solvers.flow.prices import goal_values
from matchkit.solvers.flow.residual import NotOptimalError
from matchkit.solvers.flow.round_goals import Guess, RoundGoals
from matchkit.solvers.flow.rounds import Round
from matchkit.solvers.flow.solution import (
    Limits,
    Listener,
    Progress,
    Solution,
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
from matchkit.solvers.flow.subnetwork import Pairs, empty, links_of

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
    first, and kept where the prices of ``goals`` confirm them. Before goals that share units come soft ones;
    in a matrix, where most pairs are hopeless at almost any prices, a round that does not share comes first.
    """
    course = _Course(network, engine, limits, listener)
    course.begin(goals, start)
    fewer = likely or goals
    if fewer.shared and isinstance(network.pairs.block(0, 0), MatrixBlock):
        course.approach(soft_goals(network, fewer, 0), rounds=1)
    if fewer.shared:
        course.approach(soft_goals(network, fewer))
    return course.prove(goals, likely)


class _Course:
    """The rounds of one loop, whatever goals they are for: the engine's pairs, and the flow on them."""

    def __init__(
        self,
        network: Network,
        engine: FlowEngine,
        limits: Limits,
        listener: Listener | None,
    ) -> None:
        self._network, self._engine, self._limits = network, engine, limits
        self._listener, self._began = listener, time.monotonic()
        self._number, self.pairs = 0, empty()
        self._before: FlowBefore | None = None
        self._guesses = list[Guess]()

    def begin(self, goals: Goals, start: StartPrices | None) -> None:
        """Choose the first pairs."""
        network = self._network
        if start is None:
            self.pairs = _first_pairs(network)
            return
        room = usual_room(network.pairs)
        few = wanted_pairs(network.left_capacity, network.right_capacity, room)
        links, words = links_of(network, goals), pack_goals(network, goals)
        try:
            self.pairs = pairs_near(network.pairs, links, words, start, few)
        except BudgetError:  # prices of other goals may be too large to compare here
            self.pairs = _first_pairs(network)

    def approach(self, goals: Goals | None, rounds: int | None = None) -> None:
        """So many rounds (None: until no pair beats its prices) for goals whose best plan is somewhat like
        that of others; none where there are no such goals.
        """
        if goals is None:
            return
        wanted = RoundGoals(self._network, goals)
        self._guesses = [*wanted.guesses, Guess(wanted.links, wanted.words)]
        while not self._limits.deadline.over():
            round_ = self._round(wanted)
            self._tell(None, None)
            if not round_.improvable or self._near_enough(round_):
                break
            self._next(round_)
            if self._number == rounds:
                break
        if self._before is not None:
            self._before = self._before.for_others()

    def prove(self, goals: Goals, likely: Goals | None = None) -> Solution:
        """Rounds for these goals until no pair beats its prices, or a limit ends them; where the flow that
        there is now is not the best, it is looked for by the goals that are likely to have the same.
        """
        wanted = RoundGoals(self._network, goals)
        round_ = self._confirmed(wanted)
        if round_ is None and likely is not None:
            self.approach(likely)
            wanted.guesses[:0] = self._guesses
        best_bound = None
        while True:
            # Invariant: every round's prices give a true bound over all candidates, so any of them may be the
            # last.
            round_ = round_ or self._round(wanted)
            bound = round_.bound
            best_bound = bound if best_bound is None else min(best_bound, bound)
            self._tell(round_.value, best_bound)
            if not round_.improvable:
                return round_.solution("proved", self._engine.name, self._number)
            if self._near_enough(round_):
                return round_.solution("gap", self._engine.name, self._number)
            if self._limits.deadline.over():
                return round_.solution("time_limit", self._engine.name, self._number)
            self._next(round_)
            round_ = None

    def _confirmed(self, wanted: RoundGoals) -> Round | None:
        """A round with the flow that there is now, where that is the best of its pairs for these goals."""
        if self._before is not None:
            with suppress(NotOptimalError):
                return self._round(wanted, alone=True)
            self._before = None
        return None

    def _round(self, wanted: RoundGoals, *, alone: bool = False) -> Round:
        round_ = Round(wanted, self.pairs, self._engine, self._before, alone=alone)
        self._before = round_.before()
        self._number += 1
        return round_

    def _next(self, round_: Round) -> None:
        """The pairs of the next round."""
        known, rough = len(self.pairs), self._number <= ROUGH_ROUNDS
        self.pairs = round_.next_pairs(rough)
        # The engine's pairs only grow now, so the loop ends, or else the engine errs.
        if not rough and len(self.pairs) == known:
            raise EngineError(Message("matching.own_pairs"))

    def _near_enough(self, round_: Round) -> bool:
        """Whether all goals but the last are reached, and that as nearly as asked for."""
        bound = round_.bound
        _, last = stated_bounds(round_.value, bound)
        return (
            last is not None
            and last <= self._limits.gap
            and round_.value[:-1] == bound[:-1]
        )

    def _tell(
        self, value: tuple[int, ...] | None, bound: tuple[int, ...] | None
    ) -> None:
        if self._listener is not None:
            seconds, pairs = time.monotonic() - self._began, len(self.pairs)
            self._listener(
                Progress("match", self._number, pairs, value, bound, seconds)
            )


def best_effort(network: Network, goals: Goals, engine: FlowEngine) -> Solution:
    """What an engine that proves nothing makes of the best few pairs of every node, goals in one word where
    they fit: one round of the loop without prices and without a bound.
    """
    word = guessed_word(network, goals) or pack_goals(network, goals)[0]
    links, pairs = links_of(network, goals), _first_pairs(network)
    flow = lexicographic_flow(pairs, links, (word,), engine)
    value = goal_values(links, pairs, flow, goals.weight)
    chosen = np.flatnonzero(flow.pairs)
    return Solution(
        pairs.take(chosen),
        flow.pairs[chosen],
        value,
        None,
        None,
        None,
        None,
        None,
        "no_proof",
        engine.name,
        1,
        len(pairs),
    )


def _first_pairs(network: Network) -> Pairs:
    """The best few pairs of every node."""
    room = usual_room(network.pairs)
    return first_pairs(
        network.pairs,
        wanted_pairs(network.left_capacity, network.right_capacity, room),
        wanted_pairs(network.right_capacity, network.left_capacity, room),
    )
