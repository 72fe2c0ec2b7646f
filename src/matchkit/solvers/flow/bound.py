"""The dual bound of a set of prices, goal by goal, and the value of a flow, in exact whole numbers."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.flow.links import Links
from matchkit.solvers.flow.residual import Flow
from matchkit.solvers.flow.subgraph import Pairs


def exact_dot(first: Int64, second: Int64) -> int:
    """Sum of products as a Python integer, whatever the size."""
    reach = (int(np.abs(first).max(initial=0)) or 1) * (int(np.abs(second).max(initial=0)) or 1)
    if reach * max(1, len(first)) < 2**62:
        return int(first @ second)
    return sum(a * b for a, b in zip(first.tolist(), second.tolist(), strict=True))


def positive(vectors: Int64) -> Mask:
    """Which rows are greater than zero, comparing goal by goal."""
    first = (vectors != 0).argmax(1)
    mask: Mask = vectors[np.arange(len(vectors)), first] > 0
    return mask


def counts(goal: Int64, goals: int) -> Int64:
    """One row an entry: 1 in its goal, all zeros for -1; shape (n, goals)."""
    table: Int64 = (goal[:, None] == np.arange(goals)[None, :]).astype(np.int64)
    return table


def dual_bound(
    links: Links, pairs: Pairs, flow: Flow, potential: Int64, weighted: bool
) -> tuple[int, ...]:
    """What no flow can exceed if no open pair beats the prices: capacity times price over all links and full
    pairs.

    ``potential`` has shape (nodes, goals): minus the price on left nodes and their caps, the price on right
    ones.
    """
    goals = potential.shape[1]
    reduced = (
        counts(links.goal, goals)
        + counts(links.also, goals)
        + potential[links.tail]
        - potential[links.head]
    )
    full = np.flatnonzero((flow.pairs == pairs.capacity) & (pairs.capacity > 0))
    surplus = potential[pairs.left[full]] - potential[pairs.right[full] + links.left_count]
    if weighted:
        surplus[:, -1] += pairs.weight[full]
    bound = [0] * goals
    for vectors, capacity in ((reduced, links.stated), (surplus, pairs.capacity[full])):
        up = positive(vectors)
        for goal in range(goals):
            bound[goal] += exact_dot(vectors[up, goal], capacity[up])
    return tuple(bound)


def goal_values(
    links: Links, pairs: Pairs, flow: Flow, goals: int, weighted: bool
) -> tuple[int, ...]:
    """The value of a flow, goal by goal."""
    value = [
        exact_dot((links.goal == goal).astype(np.int64) + (links.also == goal), flow.links)
        for goal in range(goals)
    ]
    if weighted:
        value[-1] += exact_dot(pairs.weight, flow.pairs)
    return tuple(value)
