"""One goal after another on the pairs of the engine: an exact flow a word, each within the optima of the one
before.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.problem import Arcs, FlowEngine, FlowProblem
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.flow.components import solve_apart
from matchkit.solvers.flow.links import Links
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.potentials import longest_paths
from matchkit.solvers.flow.residual import Flow, kept_arcs
from matchkit.solvers.flow.subgraph import Pairs


def lexicographic_flow(
    pairs: Pairs, links: Links, words: tuple[PackedGoals, ...], engine: FlowEngine
) -> Flow:
    """The flow that is best in the first word, among those in the second, and so on.

    After each word the arcs that its prices decide are fixed (complementary slackness), and the next word is
    solved on the others: the optimal face of a flow problem is a flow problem again.
    """
    free_pairs, free_links = np.ones(len(pairs), np.bool_), np.ones(len(links.tail), np.bool_)
    flow = Flow(np.zeros(len(pairs), np.int64), np.zeros(len(links.tail), np.int64))
    right = pairs.right + np.int32(links.left_count)
    for number, word in enumerate(words):
        gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
        link_gain = links.gain(word)
        supply = np.zeros(links.node_count, np.int64)
        if number:
            for tail, head, units, free in (
                (pairs.left, right, flow.pairs, free_pairs),
                (links.tail, links.head, flow.links, free_links),
            ):
                np.add.at(supply, tail[free], units[free])
                np.subtract.at(supply, head[free], units[free])
        problem = FlowProblem(
            links.left_count,
            links.right_count,
            links.hub_count,
            Arcs(
                pairs.left[free_pairs],
                right[free_pairs],
                pairs.capacity[free_pairs],
                gain[free_pairs],
            ),
            Arcs(
                links.tail[free_links],
                links.head[free_links],
                links.capacity[free_links],
                link_gain[free_links],
            ),
            supply,
        )
        refusal = problem.refusal()
        if refusal:
            raise BudgetError(Message.of("matching.numbers_large", reason=refusal))
        new_pairs, new_links = solve_apart(problem, engine)
        flow.pairs[free_pairs], flow.links[free_links] = new_pairs, new_links
        if number + 1 < len(words):
            length = _any_prices(problem, new_pairs, new_links)
            for arcs, free in ((problem.pairs, free_pairs), (problem.links, free_links)):
                free[np.flatnonzero(free)] = arcs.gain + length[arcs.tail] == length[arcs.head]
    return flow


def _any_prices(problem: FlowProblem, pair_flow: Int64, link_flow: Int64) -> Int64:
    """Prices that support the flow, also where the root cannot reach: longest paths from anywhere."""
    nodes = problem.node_count
    anywhere = np.arange(nodes, dtype=np.int32)
    start = Arcs(
        np.full(nodes, nodes, np.int32),
        anywhere,
        np.ones(nodes, np.int64),
        np.zeros(nodes, np.int64),
    )
    sets = []
    for arcs, units in ((problem.pairs, pair_flow), (problem.links, link_flow)):
        sets.append(
            (
                kept_arcs(arcs, units < arcs.capacity),
                kept_arcs(Arcs(arcs.head, arcs.tail, arcs.capacity, -arcs.gain), units > 0),
            )
        )
    links = [start, *sets[1]]
    both = Arcs(
        *(
            np.concatenate([getattr(arcs, name) for arcs in links])
            for name in ("tail", "head", "capacity", "gain")
        )
    )
    return longest_paths(nodes, nodes + 1, *sets[0], both)[:nodes]
