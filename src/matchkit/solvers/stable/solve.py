"""Matchings by preferences: which algorithm a rule takes, and the check of what it gives."""

from __future__ import annotations

from typing import cast

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.solvers.stable.acceptance import deferred_acceptance
from matchkit.solvers.stable.chosen import (
    ChoiceGoal,
    ChoiceProof,
    Chosen,
    KeptRule,
)
from matchkit.solvers.stable.dictatorship import is_dictatorship, serial_dictatorship
from matchkit.solvers.stable.given import turns_of
from matchkit.solvers.stable.immediate import immediate_acceptance, is_immediate
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import blocking, fits
from matchkit.solvers.stable.tie_breaking import TieBreaker
from matchkit.solvers.stable.trading import top_trading_cycles, trades_hold


def choose(
    graph: BipartiteGraph,
    pairs: RankedPairs,
    preferences: Preferences,
    seed: int,
    deadline: Deadline,
) -> Chosen:
    """The matching that a rule makes of ranked pairs, checked. Raises StoppedError where the deadline comes
    before there is one, and EngineError where the check fails.
    """
    ties = TieBreaker(graph.left_ids, graph.right_ids, seed)
    strict, _ = ties.strict(pairs)
    if preferences.by == "stable":
        return _stable(pairs, strict, preferences, deadline)
    return _by_rule(graph, strict, preferences, ties, deadline)


def _stable(
    pairs: RankedPairs,
    strict: RankedPairs,
    preferences: Preferences,
    deadline: Deadline,
) -> Chosen:
    units = deferred_acceptance(_proposing(strict, preferences), deadline)
    found = blocking(pairs, units, "weak")
    if found.any():
        raise defect("preferences.wrong.blocking")
    _check_capacity(pairs, units)
    goals = (ChoiceGoal("blocking", 0, 0),)
    return Chosen(
        units, "weak", found, (), goals, "scan", "proved", "deferred acceptance", 1
    )


def _by_rule(
    graph: BipartiteGraph,
    strict: RankedPairs,
    preferences: Preferences,
    ties: TieBreaker,
    deadline: Deadline,
) -> Chosen:
    """The matching of a rule that is none of stability."""
    side, rule = _proposing(strict, preferences), preferences.by
    proof: ChoiceProof = "scan"
    if rule == "dictatorship":
        turn = ties.turns(preferences.proposing, turns_of(graph, preferences), side)
        units = serial_dictatorship(side, turn, deadline)
        holds, engine = is_dictatorship(side, turn, units), "serial dictatorship"
    elif rule == "immediate":
        units = immediate_acceptance(side, deadline)
        holds, engine = is_immediate(side, units), "immediate acceptance"
    else:
        trades = top_trading_cycles(side, deadline)
        units = np.zeros(len(side), np.int64)
        units[trades.got] = 1
        holds, engine = trades_hold(side, trades), "top trading cycles"
        proof = "replay"
    if not holds:
        raise defect("preferences.wrong.rule")
    _check_capacity(strict, units)
    kept = cast("KeptRule", rule)
    return Chosen(units, kept, None, (), (), proof, "proved", engine, 1)


def _proposing(strict: RankedPairs, preferences: Preferences) -> RankedPairs:
    """The pairs with the side that proposes on the left."""
    return strict if preferences.proposing == "left" else strict.turned()


def _check_capacity(pairs: RankedPairs, units: Int64) -> None:
    if not fits(pairs, units):
        raise defect("preferences.wrong.capacity")


def defect(key: str) -> EngineError:
    """The error that a matching is not what it was to be; nothing is given out."""
    return EngineError(Message.of("matching.proof_of_matching", wrong=Message(key)))
