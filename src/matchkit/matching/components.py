"""Connected components solved apart: parts that share nothing but the root are problems of their own."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from matchkit.engines.problem import Arcs, FlowProblem
from matchkit.graph.candidates import Index, Whole

PAIRS_PER_BATCH = 20_000
"""Small components go to the engine together up to so many pairs: a call costs more than they do."""


class Solver(Protocol):
    """What solves one part."""

    def solve(self, problem: FlowProblem) -> tuple[Whole, Whole]:
        """The flow on pairs and links."""
        ...


def components(problem: FlowProblem) -> Whole:
    """The least node of every node's component (int64, one a node), the root being a component of its own.

    Labels spread over pairs and caps, and jump from label to label (Shiloach and Vishkin 1982): few sweeps.
    """
    root = problem.left_count + problem.right_count
    label = np.arange(problem.node_count)
    inner = (problem.links.tail != root) & (problem.links.head != root)
    ends = [(problem.pairs.tail, problem.pairs.head), (problem.links.tail[inner], problem.links.head[inner])]
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


def solve_apart(problem: FlowProblem, engine: Solver) -> tuple[Whole, Whole]:
    """The engine's flow on pairs and links, found component by component (small ones in batches)."""
    if len(problem.pairs) <= PAIRS_PER_BATCH:
        return engine.solve(problem)
    batch = _batches(problem)
    if int(batch.max(initial=0)) == 0:
        return engine.solve(problem)
    root = problem.left_count + problem.right_count
    pair_flow, link_flow = np.zeros(len(problem.pairs), np.int64), np.zeros(len(problem.links), np.int64)
    pair_batch = batch[problem.pairs.tail]
    link_batch = batch[np.where(problem.links.tail == root, problem.links.head, problem.links.tail)]
    for number in range(int(batch.max()) + 1):
        nodes = np.flatnonzero((batch == number) | (np.arange(problem.node_count) == root))
        pairs, links = np.flatnonzero(pair_batch == number), np.flatnonzero(link_batch == number)
        pair_flow[pairs], link_flow[links] = engine.solve(_part(problem, nodes, pairs, links))
    return pair_flow, link_flow


def _batches(problem: FlowProblem) -> Index:
    """Batch of every node: whole components, one after another, cut where enough pairs have come together."""
    label = components(problem)
    sizes = np.bincount(label[problem.pairs.tail], minlength=problem.node_count)
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    # A component starts a batch of its own where the one before it ended one.
    slot = before // PAIRS_PER_BATCH
    _, number = np.unique(slot[label], return_inverse=True)
    return number.reshape(-1).astype(np.int32)


def _part(problem: FlowProblem, nodes: Whole, pairs: Whole, links: Whole) -> FlowProblem:
    """The problem on some nodes (ascending, the root among them), pairs and links."""
    number = np.zeros(problem.node_count, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    root = problem.left_count + problem.right_count
    supply = problem.supply[nodes].copy()
    supply[np.searchsorted(nodes, root)] = 0
    supply[np.searchsorted(nodes, root)] = -supply.sum()
    cut = [
        Arcs(number[arcs.tail[which]], number[arcs.head[which]], arcs.capacity[which], arcs.gain[which])
        for arcs, which in ((problem.pairs, pairs), (problem.links, links))
    ]
    left = int(np.searchsorted(nodes, problem.left_count))
    right = int(np.searchsorted(nodes, root)) - left
    return FlowProblem(left, right, len(nodes) - left - right, cut[0], cut[1], supply)
