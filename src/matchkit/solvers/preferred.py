"""match() by preferences: the answer of a rule of choice as a Matching, in the caller's own ids and units."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines import DEFAULT_MIP, MIP_ENGINES, EngineChoice
from matchkit.errors import Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.network import Goals, UnitSteps
from matchkit.solvers.choice import search_engine
from matchkit.solvers.flow.solution import Limits, Listener, Progress, Solution
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.graph_network import MatchObjective
from matchkit.solvers.matching import (
    MatchedGoal,
    MatchedPairs,
    Matching,
    matching_of,
    named_nodes,
)
from matchkit.solvers.stable.chosen import ChosenUnits
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.given import (
    graph_refused,
    pairs_of,
    turns_of,
    words_refused,
)
from matchkit.solvers.stable.given_couples import choices_of, couples_refused
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.solve import RankedProblem, choose


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
    if not isinstance(preferences, Preferences):
        raise InputError.of(
            "preferences",
            "graph.type",
            "preferences",
            name=type(preferences).__name__,
        )
    found = words_refused(preferences) + couples_refused(preferences)
    InputError.raise_if(found)
    found = graph_refused(graph, preferences)
    unused = {"objective": objective is not None and preferences.by != "stable"}
    for name, given in (beside | unused).items():
        if given:
            found.append(Complaint.of(name, "preferences.beside", by=preferences.by))
    InputError.raise_if(found)
    # Greatest sums need a good relaxation, the fewest blocking pairs propagation.
    sums = objective is not None and not len(preferences.couples)
    auto = MIP_ENGINES["highs"] if sums else DEFAULT_MIP
    search = search_engine(engine, "preferences.engine", auto)
    began = time.monotonic()

    def tell(step: int) -> None:
        if progress is not None:
            seconds = time.monotonic() - began
            progress(Progress("match", step, len(pairs), None, None, seconds))

    pairs, weight = pairs_of(graph, preferences)
    joint = choices_of(graph, pairs, preferences)
    if len(joint.members) and not pairs.room.all():
        # No couple chooses a pair that can carry nothing.
        joint, kept = joint.within(pairs, pairs.room > 0)
        pairs, weight = pairs.only(kept), weight[kept]
    each = np.ones(len(pairs), np.int64)
    worth = (
        ()
        if objective is None
        else tuple(
            (name, {"cardinality": each, "weight": weight}[name])
            for name in objective.split(" then ")
        )
    )
    problem = RankedProblem(
        graph.left_ids,
        graph.right_ids,
        graph.right_minimum,
        turns_of(graph, preferences),
        pairs,
        preferences,
        joint,
        worth,
        search,
        seed,
        limits.deadline,
        tell,
    )
    return _matching(graph, pairs, weight, joint, choose(problem))


def _matching(
    graph: BipartiteGraph,
    pairs: RankedPairs,
    weight: Int64,
    joint: JointChoices,
    chosen: ChosenUnits,
) -> Matching:
    """The answer in the terms of the graph."""
    used = np.flatnonzero(chosen.units)
    units = chosen.units[used]
    kept = Pairs(pairs.left[used], pairs.right[used], weight[used], pairs.room[used])
    names = tuple(goal.name for goal in chosen.goals)
    sought = bool({"cardinality", "weight"} & set(names))
    if not sought:
        names += ("weight",)
    total = int((weight[used] * units).sum())
    # The fewer pairs block the better, so their number counts as less than nothing.
    sign = {name: -1 if name == "blocking" else 1 for name in names}
    value = {"weight": total} | {
        one.name: sign[one.name] * one.value for one in chosen.goals
    }
    bound = {
        one.name: value[one.name] if one.bound is None else sign[one.name] * one.bound
        for one in chosen.goals
    }
    none = UnitSteps.none(len(names))
    solution = Solution(
        kept,
        units,
        tuple(value[name] for name in names),
        tuple(bound[name] for name in names) if sought else None,
        None,
        None,
        None,
        None,
        chosen.stopped,
        chosen.engine,
        chosen.rounds,
        len(pairs),
    )
    plain = matching_of(
        graph,
        Goals(names, names[-1] == "weight", none, none, none, none),
        solution,
        False,
    )
    stated = sought and chosen.goals[-1].bound is not None
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
        bound=plain.bound if stated else None,
        gap=plain.gap if stated else None,
        status="optimal" if chosen.stopped == "proved" else "feasible",
        goals=tuple(
            MatchedGoal(one.name, one.value, one.bound) for one in chosen.goals
        ),
        proof=chosen.proof,
        rule=chosen.rule,
        blocking=blocking,
        blocking_couples=_named_choices(graph, pairs, joint, chosen),
    )


def _named_choices(
    graph: BipartiteGraph, pairs: RankedPairs, joint: JointChoices, chosen: ChosenUnits
) -> tuple[tuple[Any, Any, Any, Any], ...]:
    """Both members and both right nodes of every choice that blocks."""
    found = []
    for couple, number in chosen.blocking_couples:
        choice = np.flatnonzero(joint.couple == couple)[number]
        two = np.array([joint.first[choice], joint.second[choice]])
        lefts = named_nodes(graph.left_ids, pairs.left[two]).tolist()
        rights = named_nodes(graph.right_ids, pairs.right[two]).tolist()
        found.append((*lefts, *rights))
    return tuple(found)
