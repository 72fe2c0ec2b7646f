"""An exact flow on the engine's pairs, one word of goals after another, each component by itself.

Components that share only the root are flow problems of their own, smaller and so faster to solve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.engines.problem import FlowArcs, FlowEngine, FlowProblem
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.residual import (
    Flow,
    joined_arcs,
    longest_paths,
    residual_arcs,
)
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs

PAIRS_PER_BATCH = 20_000
"""Small components go to the engine together up to so many pairs: a call costs more than they do."""


def component_labels(nodes: int, ends: Sequence[tuple[Int32, Int32]]) -> Int64:
    """The least node of every node's connected component: int64 (nodes,).

    ``ends`` are the two ends of edges, int32 (edges,) each. Labels spread over edges and jump from label to
    label (Shiloach and Vishkin 1982): few sweeps.
    """
    label = np.arange(nodes)
    while True:
        # Hooking: the least label of an edge goes to both ends, and to the nodes that were their labels.
        before = label.copy()
        for tail, head in ends:
            low = np.minimum(label[tail], label[head])
            np.minimum.at(label, head, low)
            np.minimum.at(label, tail, low)
            np.minimum.at(label, before[tail], low)
            np.minimum.at(label, before[head], low)
        # Pointer jumping: every node takes its label's label until that changes nothing.
        while not ((jumped := label[label]) == label).all():
            label = jumped
        if (label == before).all():
            return label


def components(problem: FlowProblem) -> Int64:
    """The least node of every node's component: int64 (nodes,). The root is a component of its own."""
    root, links = problem.left_count + problem.right_count, problem.links
    inner = (links.tail != root) & (links.head != root)
    return component_labels(
        problem.node_count,
        [
            (problem.pairs.tail, problem.pairs.head),
            (links.tail[inner], links.head[inner]),
        ],
    )


def solve_apart(problem: FlowProblem, engine: FlowEngine) -> tuple[Int64, Int64]:
    """The engine's units on pairs and on links, int64 (pairs,) and int64 (links,): component by component,
    small ones in batches.
    """
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
    link_node = np.where(
        problem.links.tail == root, problem.links.head, problem.links.tail
    )
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


def _part(
    problem: FlowProblem, nodes: Int64, pairs: Int64, links: Int64
) -> FlowProblem:
    """The problem on some nodes (ascending, the root among them), pairs and links."""
    number = np.zeros(problem.node_count, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    root = problem.left_count + problem.right_count
    supply = problem.supply[nodes].copy()
    # The root is in every part: there it balances what the part's own nodes have.
    supply[np.searchsorted(nodes, root)] = 0
    supply[np.searchsorted(nodes, root)] = -supply.sum()
    cut = [
        replace(part, tail=number[part.tail], head=number[part.head])
        for part in (problem.pairs.take(pairs), problem.links.take(links))
    ]
    left = int(np.searchsorted(nodes, problem.left_count))
    right = int(np.searchsorted(nodes, root)) - left
    return FlowProblem(left, right, len(nodes) - left - right, cut[0], cut[1], supply)


def lexicographic_flow(
    pairs: Pairs, links: HubLinks, words: tuple[PackedGoals, ...], engine: FlowEngine
) -> Flow:
    """The flow that is best in the first word, among those in the second, and so on.

    After each word the arcs that its prices decide are fixed (complementary slackness), and the next word is
    solved on the others: the optimal face of a flow problem is a flow problem again.
    """
    free_pairs, free_links = (
        np.ones(len(pairs), np.bool_),
        np.ones(len(links.tail), np.bool_),
    )
    flow = Flow(np.zeros(len(pairs), np.int64), np.zeros(len(links.tail), np.int64))
    right = pairs.right + np.int32(links.left_count)
    for number, word in enumerate(words):
        gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
        link_gain = links.counts(word)
        supply = np.zeros(links.node_count, np.int64)
        if number:  # what flows on fixed arcs stays; the free ones keep the balance that they had
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
            FlowArcs(pairs.left, right, pairs.capacity, gain).take(free_pairs),
            FlowArcs(links.tail, links.head, links.capacity, link_gain).take(
                free_links
            ),
            supply,
        )
        refusal = problem.refusal()
        if refusal:
            raise BudgetError(Message.of("matching.numbers_large", reason=refusal))
        new_pairs, new_links = solve_apart(problem, engine)
        flow.pairs[free_pairs], flow.links[free_links] = new_pairs, new_links
        if number + 1 < len(words):
            # Complementary slackness: an arc with a reduced cost other than 0 carries the same in every
            # optimum of this word, so it is fixed.
            length = _any_prices(problem, new_pairs, new_links)
            for arcs, free in (
                (problem.pairs, free_pairs),
                (problem.links, free_links),
            ):
                free[np.flatnonzero(free)] = (
                    arcs.gain + length[arcs.tail] == length[arcs.head]
                )
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
    forward, backward, links = residual_arcs(
        problem.pairs, problem.links, Flow(pair_flow, link_flow)
    )
    # A node more, with an arc of length 0 to every other: its longest paths exist whatever is connected.
    both = joined_arcs([start, links])
    return longest_paths(nodes, nodes + 1, forward, backward, both)[:nodes]
