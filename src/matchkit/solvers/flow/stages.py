"""One goal after another on the pairs of the engine: an exact flow a word, each within the optima of the one
before.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.engines.problem import FlowArcs, FlowEngine, FlowProblem
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.residual import Flow, kept_arcs, longest_paths
from matchkit.solvers.flow.subnetwork import HubArcs, Pairs

PAIRS_PER_BATCH = 20_000
"""Small components go to the engine together up to so many pairs: a call costs more than they do."""


class Solver(Protocol):
    """What solves one part."""

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        """The flow on pairs and links."""
        ...


def components(problem: FlowProblem) -> Int64:
    """The least node of every node's component (int64, one a node), the root being a component of its own.

    Labels spread over pairs and caps, and jump from label to label (Shiloach and Vishkin 1982): few sweeps.
    """
    root = problem.left_count + problem.right_count
    label = np.arange(problem.node_count)
    inner = (problem.links.tail != root) & (problem.links.head != root)
    ends = [
        (problem.pairs.tail, problem.pairs.head),
        (problem.links.tail[inner], problem.links.head[inner]),
    ]
    while True:
        before = label.copy()
        for tail, head in ends:
            low = np.minimum(label[tail], label[head])
            np.minimum.at(label, head, low)
            np.minimum.at(label, tail, low)
            np.minimum.at(label, before[tail], low)
            np.minimum.at(label, before[head], low)
        while True:
            jumped = label[label]
            if (jumped == label).all():
                break
            label = jumped
        if (label == before).all():
            return label


def solve_apart(problem: FlowProblem, engine: Solver) -> tuple[Int64, Int64]:
    """The engine's flow on pairs and links, found component by component (small ones in batches)."""
    if len(problem.pairs) <= PAIRS_PER_BATCH:
        return engine.solve(problem)
    batch, count = _batches(problem)
    if count == 1:
        return engine.solve(problem)
    root = problem.left_count + problem.right_count
    pair_flow, link_flow = (
        np.zeros(len(problem.pairs), np.int64),
        np.zeros(len(problem.links), np.int64),
    )
    link_node = np.where(problem.links.tail == root, problem.links.head, problem.links.tail)
    split = [
        _by_batch(owner, count)
        for owner in (batch, batch[problem.pairs.tail], batch[link_node])
    ]
    for nodes, pairs, links in zip(*split, strict=True):
        part = _part(problem, np.union1d(nodes, root), pairs, links)
        pair_flow[pairs], link_flow[links] = engine.solve(part)
    return pair_flow, link_flow


def _by_batch(owner: Int32, count: int) -> list[Int64]:
    """Positions of every batch, ascending; those of batch -1 are left out."""
    order = np.argsort(owner, kind="stable")
    return np.split(order, np.searchsorted(owner[order], np.arange(count + 1)))[1:-1]


def _batches(problem: FlowProblem) -> tuple[Int32, int]:
    """Batch of every node (-1: no pair and no supply, so that nothing flows), and how many there are.

    A batch is whole components, one after another, cut where enough pairs have come together.
    """
    label = components(problem)
    sizes = np.bincount(label[problem.pairs.tail], minlength=problem.node_count)
    before = np.cumsum(sizes) - sizes
    moves = sizes > 0
    moves[label[np.flatnonzero(problem.supply)]] = (
        True  # what pairs fixed before still has to leave by the links
    )
    moves[problem.left_count + problem.right_count] = False
    slot = np.where(moves, before // PAIRS_PER_BATCH, -1)
    used = np.unique(slot[moves])
    number = np.where(slot >= 0, np.searchsorted(used, slot), -1)
    return number[label].astype(np.int32), len(used)


def _part(problem: FlowProblem, nodes: Int64, pairs: Int64, links: Int64) -> FlowProblem:
    """The problem on some nodes (ascending, the root among them), pairs and links."""
    number = np.zeros(problem.node_count, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    root = problem.left_count + problem.right_count
    supply = problem.supply[nodes].copy()
    supply[np.searchsorted(nodes, root)] = 0
    supply[np.searchsorted(nodes, root)] = -supply.sum()
    cut = [
        FlowArcs(
            number[arcs.tail[which]],
            number[arcs.head[which]],
            arcs.capacity[which],
            arcs.gain[which],
        )
        for arcs, which in ((problem.pairs, pairs), (problem.links, links))
    ]
    left = int(np.searchsorted(nodes, problem.left_count))
    right = int(np.searchsorted(nodes, root)) - left
    return FlowProblem(left, right, len(nodes) - left - right, cut[0], cut[1], supply)


def lexicographic_flow(
    pairs: Pairs, links: HubArcs, words: tuple[PackedGoals, ...], engine: FlowEngine
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
            FlowArcs(
                pairs.left[free_pairs],
                right[free_pairs],
                pairs.capacity[free_pairs],
                gain[free_pairs],
            ),
            FlowArcs(
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
    start = FlowArcs(
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
                kept_arcs(FlowArcs(arcs.head, arcs.tail, arcs.capacity, -arcs.gain), units > 0),
            )
        )
    links = [start, *sets[1]]
    both = FlowArcs(
        *(
            np.concatenate([getattr(arcs, name) for arcs in links])
            for name in ("tail", "head", "capacity", "gain")
        )
    )
    return longest_paths(nodes, nodes + 1, *sets[0], both)[:nodes]
