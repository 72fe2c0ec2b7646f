"""Connected components solved apart: parts that share nothing but the root are problems of their own."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.engines.problem import Arcs, FlowProblem

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
        Arcs(
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
