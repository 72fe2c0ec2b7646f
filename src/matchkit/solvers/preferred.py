"""match() by preferences: the answer of a rule of choice as a Matching, in the caller's own ids and units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines import EngineChoice
from matchkit.errors import Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.network import Goals, UnitSteps
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Limits, Listener, Solution
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.graph_network import MatchObjective
from matchkit.solvers.matching import (
    MatchedGoal,
    MatchedPairs,
    Matching,
    matching_of,
    named_nodes,
)
from matchkit.solvers.stable.chosen import Chosen
from matchkit.solvers.stable.given import graph_refused, pairs_of, words_refused
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.solve import choose


def match_by_preferences(
    graph: BipartiteGraph,
    preferences: Preferences,
    objective: MatchObjective | None,
    beside: dict[str, bool],
    engine: EngineChoice,
    seed: int,
    limits: Limits,
    progress: Listener | None,
) -> Matching:
    """The matching of a graph by preferences; ``beside`` says which other options of ``match`` were given
    that have no meaning there.

    Raises InputError for what is no preference or has no meaning beside them.
    """
    del progress, engine
    if not isinstance(preferences, Preferences):
        kind = Message.of("graph.type", name=type(preferences).__name__)
        do = Message("preferences.do")
        raise InputError([Complaint("preferences", kind, do)])
    found = words_refused(preferences)
    if found:
        raise InputError(found)
    found = graph_refused(graph, preferences)
    unused = {"objective": objective is not None and preferences.by != "stable"}
    for name, given in (beside | unused).items():
        if given:
            fact = Message.of("preferences.beside", by=preferences.by)
            found.append(Complaint(name, fact, Message("preferences.beside.do")))
    if found:
        raise InputError(found)
    pairs, weight = pairs_of(graph, preferences)
    chosen = choose(graph, pairs, preferences, seed, limits.deadline)
    return _matching(graph, pairs, weight, chosen)


def _matching(
    graph: BipartiteGraph, pairs: RankedPairs, weight: Int64, chosen: Chosen
) -> Matching:
    """The answer in the terms of the graph."""
    used = np.flatnonzero(chosen.units)
    units = chosen.units[used]
    kept = Pairs(pairs.left[used], pairs.right[used], weight[used], pairs.room[used])
    names = (*(goal.name for goal in chosen.goals if goal.name != "weight"), "weight")
    none = UnitSteps.none(len(names))
    total = int((weight[used] * units).sum())
    values = {goal.name: goal.value for goal in chosen.goals} | {"weight": total}
    value = tuple(values[name] for name in names)
    solution = Solution(
        kept, units, value, None, None, None, None, None,
        chosen.stopped, chosen.engine, chosen.rounds, len(pairs),
    )  # fmt: skip
    plain = matching_of(
        graph, Goals(names, True, none, none, none, none), solution, False
    )
    blocking = None
    if chosen.blocking is not None:
        which = np.flatnonzero(chosen.blocking)
        blocking = MatchedPairs(
            named_nodes(graph.left_ids, pairs.left[which]),
            named_nodes(graph.right_ids, pairs.right[which]),
            (pairs.room - chosen.units)[which],
        )
    return replace(
        plain,
        status="optimal" if chosen.stopped == "proved" else "feasible",
        goals=tuple(
            MatchedGoal(one.name, one.value, one.bound) for one in chosen.goals
        ),
        proof=chosen.proof,
        rule=chosen.rule,
        blocking=blocking,
    )
