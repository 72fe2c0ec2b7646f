"""Matchings by preferences: which algorithm a rule takes, and the check of what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.graph.node_ids import NodeIds
from matchkit.messages.message import Message
from matchkit.solvers.stable.acceptance import deferred_acceptance
from matchkit.solvers.stable.chosen import (
    ChoiceGoal,
    ChoiceProof,
    ChosenUnits,
    KeptRule,
)
from matchkit.solvers.stable.couples import JointChoices, blocking_choices
from matchkit.solvers.stable.dictatorship import is_dictatorship, serial_dictatorship
from matchkit.solvers.stable.immediate import immediate_acceptance, is_immediate
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import blocking, fits
from matchkit.solvers.stable.search import Sought, StableSearch
from matchkit.solvers.stable.tie_breaking import TieBreaker
from matchkit.solvers.stable.trading import top_trading_cycles, trades_hold


@dataclass(frozen=True, slots=True)
class RankedProblem:
    """What a matching by preferences is made of: ranked pairs, the rule, and beside stability what is sought:
    ``worth`` (name and int64 (pairs,)) one after another, minimums of right nodes (int64 (rights,)), couples.
    ``turns`` says when each node of the choosing side chooses, int64 (nodes,), None for a hashed order.
    """

    left_ids: NodeIds
    right_ids: NodeIds
    right_minimum: Int64
    turns: Int64 | None
    pairs: RankedPairs
    preferences: Preferences
    joint: JointChoices
    worth: tuple[tuple[str, Int64], ...]
    engine: MipEngine
    seed: int
    deadline: Deadline
    tell: Callable[[int], None]

    @property
    def ties(self) -> TieBreaker:
        """What breaks ties."""
        return TieBreaker(self.left_ids, self.right_ids, self.seed)


def choose(problem: RankedProblem) -> ChosenUnits:
    """The matching that a rule makes of ranked pairs, checked. Raises StoppedError where the deadline comes
    before there is one, and EngineError where the check fails.
    """
    strict, tied = problem.ties.strict(problem.pairs)
    if problem.preferences.by != "stable":
        return _by_rule(problem, strict)
    pairs, joint = problem.pairs, problem.joint
    alone = joint.single(pairs)[pairs.left]
    asks = replace(strict, room=np.where(alone, strict.room, 0))
    units = deferred_acceptance(_proposing(asks, problem.preferences), problem.deadline)
    stability = problem.preferences.stability
    minimum = problem.right_minimum
    short = (pairs.carried(units)[1] < minimum).any()
    stable = not blocking(pairs, units, stability).any() and not len(joint.members)
    if stable and not short and not problem.worth:
        most = int(minimum.sum())
        met = (ChoiceGoal("minimum", most, most),) if most else ()
        goals = (*met, ChoiceGoal("blocking", 0, 0))
        return _checked(problem, units, goals, "scan", "deferred acceptance", 1)
    if not short and not len(joint.members) and stability == "weak" and not stable:
        raise defect("preferences.wrong.blocking")

    def counted(tried: Int64) -> int:
        mask = blocking(pairs, tried, stability) & alone
        return int(mask.sum()) + len(blocking_choices(pairs, joint, tried))

    alike = not tied and not len(joint.members)
    sought = Sought(pairs, stability, minimum, joint, problem.worth, alike, units)
    search = StableSearch(
        sought, problem.engine, problem.deadline, problem.seed, counted, problem.tell
    )
    found = search.found()
    name = f"deferred acceptance+{problem.engine.name}"
    return _checked(problem, found.units, found.goals, "search", name, found.steps)


def _checked(
    problem: RankedProblem,
    units: Int64,
    goals: tuple[ChoiceGoal, ...],
    proof: ChoiceProof,
    engine: str,
    rounds: int,
) -> ChosenUnits:
    """Units with all that blocks them, counted again. Raises EngineError where that is not what was said."""
    pairs, joint = problem.pairs, problem.joint
    if joint.made(pairs, units) is None:
        raise defect("preferences.wrong.couple")
    _check_capacity(pairs, units)
    alone = joint.single(pairs)[pairs.left]
    mask = blocking(pairs, units, problem.preferences.stability) & alone
    couples = tuple(blocking_choices(pairs, joint, units))
    stated = next(goal for goal in goals if goal.name == "blocking")
    count = int(mask.sum()) + len(couples)
    if count != stated.value or any(
        goal.bound is not None
        and (goal.value < goal.bound if goal is stated else goal.value > goal.bound)
        for goal in goals
    ):
        raise defect("preferences.wrong.blocking")
    proved = all(goal.value == goal.bound for goal in goals)
    return ChosenUnits(
        units,
        problem.preferences.stability,
        mask,
        couples,
        goals,
        proof,
        "proved" if proved else "time_limit",
        engine,
        rounds,
    )


def _by_rule(problem: RankedProblem, strict: RankedPairs) -> ChosenUnits:
    """The matching of a rule that is none of stability."""
    preferences, deadline = problem.preferences, problem.deadline
    side, rule = _proposing(strict, preferences), preferences.by
    proof: ChoiceProof = "scan"
    if rule == "dictatorship":
        turn = problem.ties.turns(preferences.proposing, problem.turns, side)
        units = serial_dictatorship(side, turn, deadline)
        holds, engine = is_dictatorship(side, turn, units), "serial dictatorship"
    elif rule == "immediate":
        units = immediate_acceptance(side, deadline)
        holds, engine = is_immediate(side, units), "immediate acceptance"
    else:
        # Nobody points along a pair that can carry nothing.
        open_ = np.flatnonzero(side.room)
        trades = top_trading_cycles(side.only(open_), deadline)
        units = np.zeros(len(side), np.int64)
        units[open_[trades.got]] = 1
        holds = trades_hold(side.only(open_), trades)
        engine = "top trading cycles"
        proof = "replay"
    if not holds:
        raise defect("preferences.wrong.rule")
    _check_capacity(strict, units)
    kept = cast("KeptRule", rule)
    return ChosenUnits(units, kept, None, (), (), proof, "proved", engine, 1)


def _proposing(strict: RankedPairs, preferences: Preferences) -> RankedPairs:
    """The pairs with the side that proposes on the left."""
    return strict if preferences.proposing == "left" else strict.turned()


def _check_capacity(pairs: RankedPairs, units: Int64) -> None:
    if not fits(pairs, units):
        raise defect("preferences.wrong.capacity")


def defect(key: str) -> EngineError:
    """The error that a matching is not what it was to be; nothing is given out."""
    return EngineError(Message.of("matching.proof_of_matching", wrong=Message(key)))
