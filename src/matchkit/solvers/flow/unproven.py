"""A plan from an engine that proves nothing: one turn over the best few pairs of every node."""

from __future__ import annotations

import numpy as np

from matchkit.engines.problem import FlowEngine
from matchkit.graph.goals import Goals
from matchkit.graph.network import Network
from matchkit.solvers.flow.bound import goal_values
from matchkit.solvers.flow.links import links_of
from matchkit.solvers.flow.packed_goals import guessed_word, pack_goals
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.stages import lexicographic_flow
from matchkit.solvers.flow.start import first_pairs, wanted_pairs


def best_effort(network: Network, goals: Goals, engine: FlowEngine) -> Solution:
    """What the engine makes of the best few pairs of every node, goals in one word where they fit; no
    bound.
    """
    word, links = (
        guessed_word(network, goals) or pack_goals(network, goals)[0],
        links_of(network, goals),
    )
    wanted = (
        wanted_pairs(network.left_capacity, network.right_capacity),
        wanted_pairs(network.right_capacity, network.left_capacity),
    )
    pairs = first_pairs(network.pairs, *wanted)
    flow = lexicographic_flow(pairs, links, (word,), engine)
    value = goal_values(links, pairs, flow, len(goals.names), goals.weight)
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
