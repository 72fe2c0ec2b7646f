"""Matchings by preferences: which algorithm a rule takes, and the check of what it gives."""

from __future__ import annotations

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.solvers.stable.acceptance import deferred_acceptance
from matchkit.solvers.stable.chosen import ChoiceGoal, Chosen
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import blocking, fits
from matchkit.solvers.stable.tie_breaking import TieBreaker


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
    units = accepted(strict, preferences, deadline)
    found = blocking(pairs, units, "weak")
    if found.any():
        raise defect("preferences.wrong.blocking")
    if not fits(pairs, units):
        raise defect("preferences.wrong.capacity")
    goals = (ChoiceGoal("blocking", 0, 0),)
    return Chosen(
        units, "weak", found, (), goals, "scan", "proved", "deferred acceptance", 1
    )


def accepted(
    strict: RankedPairs, preferences: Preferences, deadline: Deadline
) -> Int64:
    """Units of every pair by deferred acceptance from the side that proposes: int64 (pairs,)."""
    side = strict if preferences.proposing == "left" else strict.turned()
    return deferred_acceptance(side, deadline)


def defect(key: str) -> EngineError:
    """The error that a matching is not what it was to be; nothing is given out."""
    return EngineError(Message.of("matching.proof_of_matching", wrong=Message(key)))
