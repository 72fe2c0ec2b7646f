"""Goal after goal: prices, repairs and, where they leave something open, the search; then the answer is
checked.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, Negated
from matchkit.graph.network import Goals
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Limits, Solution, Stopped
from matchkit.solvers.gap.check import answer_wrong, bound_wrong
from matchkit.solvers.gap.instance import (
    ConsumptionProblem,
    Incumbent,
    Stage,
    instance_of,
)
from matchkit.solvers.gap.relaxation import Evaluation, Relaxation, descend
from matchkit.solvers.gap.search import Neighbourhoods, search

ProofKind = Literal["prices", "search"]
FIRST_WORK, FIRST_ROUNDS = 1.0, 32
"""Deterministic work on a core, and neighbourhoods between two searches of cores; both double each time."""
FEW_LEFT = 4
"""Times as much work on cores where a better flow has few pairs to choose from."""
DESCENT = 0.4
"""The part of the time left that a descent takes at most."""
StageListener = Callable[[int, int], None]
"""Is told how many goals were tried, and of how many pairs."""


@dataclass(frozen=True, slots=True)
class ConsumptionSolution:
    """A solution, prices of right nodes for the last goal (float64, exact; None where it was not reached),
    and what the bound rests on: prices alone, or an engine's search as well.
    """

    solution: Solution
    right_price: np.typing.NDArray[np.float64] | None
    proof: ProofKind


@dataclass(frozen=True, slots=True)
class _Reached:
    """How a stage ended; a bound below every value says that no flow keeps it."""

    stage: Stage
    flow: Int64
    value: int | None
    bound: int
    relaxation: Relaxation
    prices: Evaluation

    @property
    def impossible(self) -> bool:
        return self.value is None and self.bound < self.stage.worst()


def solve_consumption(
    graph: BipartiteGraph,
    goals: Goals,
    minimize: bool,
    limits: Limits,
    tell: StageListener | None = None,
    engine: MipEngine = DEFAULT_MIP,
    seed: int = 0,
) -> ConsumptionSolution:
    """The best flow of a graph with consumption, goal after goal. Raises BudgetError for numbers too large to
    be exact with.
    """
    candidates: Candidates = Negated(graph.pairs) if minimize else graph.pairs
    run = _Run(instance_of(graph, candidates), goals, limits, tell, engine, seed)
    answer = run.answer()
    wrong = answer_wrong(graph, candidates, goals, answer.solution) or run.unproved
    if wrong:
        raise EngineError(Message.of("matching.proof_of_matching", wrong=wrong))
    return answer


def _searched(
    relaxation: Relaxation,
    prices: Evaluation,
    incumbent: Incumbent,
    limits: Limits,
    engine: MipEngine,
    seed: int,
) -> tuple[int, Evaluation]:
    """Bound and prices after cores and neighbourhoods in turn, by growing work, until bound and flow meet or
    the time is up.

    A core that proves nothing needs a better incumbent, which makes it smaller; where the best is found, only
    cores prove it. The prices are sought again, from the best known, when the incumbent has come so close
    that a finer search pays.
    """
    stage, scale = relaxation.stage, relaxation.scale
    bound, work, rounds = prices.bound // scale, FIRST_WORK, FIRST_ROUNDS
    if_used = relaxation.if_used(prices)
    neighbourhoods = Neighbourhoods(relaxation, prices, seed, engine)
    open_part = _open_part(bound, incumbent)
    while True:
        share = FEW_LEFT if neighbourhoods.few_are_left(incumbent) else 1
        bound = search(stage, if_used, bound, incumbent, limits, share * work, engine)
        if (
            bound < stage.worst()
            or limits.deadline.over()
            or limits.near_enough(incumbent.value, bound)
        ):
            return bound, prices
        neighbourhoods.improve(incumbent, bound, limits, rounds)
        work, rounds = 2 * work, 2 * rounds
        if 2 * _open_part(bound, incumbent) < open_part:
            open_part = _open_part(bound, incumbent)
            prices = descend(
                relaxation, incumbent, limits.share(DESCENT), prices.prices
            )
            bound, if_used = (
                min(bound, prices.bound // scale),
                relaxation.if_used(prices),
            )
            neighbourhoods.led_by(prices)


def _open_part(bound: int, incumbent: Incumbent) -> float:
    return math.inf if incumbent.value is None else bound - incumbent.value


class _Run:
    """One call: the goals in turn, each keeping what those before reached."""

    def __init__(
        self,
        instance: ConsumptionProblem,
        goals: Goals,
        limits: Limits,
        tell: StageListener | None,
        engine: MipEngine,
        seed: int,
    ) -> None:
        self.instance, self._goals, self._limits, self._tell = (
            instance,
            goals,
            limits,
            tell,
        )
        self._engine, self._seed = engine, seed
        self._searched, self._rounds = False, 0
        self.unproved: Message | None = None
        """What is wrong with a bound that was said to rest on prices."""

    def answer(self) -> ConsumptionSolution:
        """All goals in turn."""
        instance, names = self.instance, self._goals.names
        nothing = np.zeros_like(instance.right_minimum)
        base = Stage(
            instance,
            instance.pairs.weight,
            instance.room,
            instance.right_capacity,
            nothing,
        )
        bounds: list[int] = []
        flow: Int64 | None = None
        rest = list(names)
        if names[0] == "minimum":
            rest = rest[1:]
            bounds.append(int(instance.right_minimum.sum()))
            # First as if all minimums could be met; only where they cannot, how many can is a question of its
            # own.
            all_met, after = replace(base, least=instance.right_minimum), rest
            if (
                rest[0] == "cardinality"
                and len(rest) > 1
                and (all_met.least == all_met.most).all()
            ):
                after = rest[1:]  # where all minimums are met, every right node is full
                bounds.append(int(all_met.most.sum()))
            reached = self._stage(
                self._aimed(all_met, after[0]), None, last=len(after) == 1
            )
            if not reached.impossible:
                base, rest = all_met, after
                if not self._settled(reached, bounds):
                    return self._answer(reached, bounds)
                flow, base, rest = (
                    reached.flow,
                    self._kept(base, rest[0], reached),
                    rest[1:],
                )
                if not rest:
                    return self._answer(reached, bounds)
            else:
                bounds.clear()
                open_minimum = instance.right_minimum[instance.pairs.right] > 0
                most = replace(
                    base,
                    gain=np.ones_like(base.gain),
                    room=np.where(open_minimum, base.room, 0),
                    most=instance.right_minimum,
                )
                reached = self._stage(most, reached.flow, last=False)
                if not self._settled(reached, bounds):
                    return self._answer(reached, bounds)
                flow, base = reached.flow, replace(base, met=bounds[-1])
        for name in rest:
            last = name == rest[-1]
            reached = self._stage(self._aimed(base, name), flow, last=last)
            if not self._settled(reached, bounds):
                break
            flow, base = reached.flow, self._kept(base, name, reached)
        return self._answer(reached, bounds)

    def _aimed(self, base: Stage, name: str) -> Stage:
        return base if name == "weight" else replace(base, gain=np.ones_like(base.gain))

    def _kept(self, base: Stage, name: str, reached: _Reached) -> Stage:
        """What the goals after this one must keep."""
        if name == "weight":
            return base
        if reached.bound == int(base.most.sum()):
            return replace(
                base, least=base.most
            )  # every right node is full: one price each says more than one for all
        return replace(base, units=reached.bound)

    def _settled(self, reached: _Reached, bounds: list[int]) -> bool:
        """Whether a stage is proven optimal; its bound is noted."""
        bounds.append(reached.bound)
        return reached.value == reached.bound

    def _stage(self, stage: Stage, start: Int64 | None, last: bool) -> _Reached:
        limits = self._limits if last else Limits(0.0, self._limits.deadline)
        relaxation, incumbent = Relaxation(stage), Incumbent(stage, start)
        prices = descend(relaxation, incumbent, limits.share(DESCENT))
        bound, searched = prices.bound // relaxation.scale, False
        if (
            bound >= stage.worst()
            and not limits.near_enough(incumbent.value, bound)
            and not limits.deadline.over()
        ):
            searched = True
            bound, prices = _searched(
                relaxation, prices, incumbent, limits, self._engine, self._seed
            )
        self._searched |= searched
        self._rounds += 1
        if not searched:
            self.unproved = self.unproved or bound_wrong(
                stage, prices.prices, relaxation.scale, bound
            )
        if self._tell is not None:
            self._tell(self._rounds, len(stage.room))
        return _Reached(
            stage, incumbent.flow, incumbent.value, bound, relaxation, prices
        )

    def _answer(self, reached: _Reached, bounds: list[int]) -> ConsumptionSolution:
        goals, instance = self._goals, self.instance
        flow = reached.flow
        carried = instance.carried(flow)
        every = {
            "minimum": int(np.minimum(carried, instance.right_minimum).sum()),
            "cardinality": int(flow.sum()),
            "weight": int((instance.pairs.weight * flow).sum()),
        }
        most = {
            "minimum": int(instance.right_minimum.sum()),
            "cardinality": int(instance.room.sum()),
            "weight": int((np.maximum(instance.pairs.weight, 0) * instance.room).sum()),
        }
        value = tuple(every[name] for name in goals.names)
        bound = tuple(bounds) + tuple(most[name] for name in goals.names[len(bounds) :])
        stopped: Stopped = "proved" if value == bound else "time_limit"
        if (
            stopped != "proved"
            and value[:-1] == bound[:-1]
            and self._limits.near_enough(value[-1], bound[-1])
        ):
            stopped = "gap"
        chosen = np.flatnonzero(flow)
        done = len(bounds) == len(goals.names)
        price = reached.prices.prices.right / reached.relaxation.scale if done else None
        return ConsumptionSolution(
            Solution(
                instance.pairs.take(chosen),
                flow[chosen],
                value,
                bound,
                None,
                None,
                None,
                None,
                stopped,
                f"lagrangian+{self._engine.name}" if self._searched else "lagrangian",
                self._rounds,
                len(instance.pairs),
            ),
            price,
            "search" if self._searched else "prices",
        )
