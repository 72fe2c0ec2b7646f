"""Prices of several words as one number a node, so that one comparison decides whether a pair beats its
prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import KEY_ROOM, PackedGoals
from matchkit.solvers.flow.residual import UNREACHED, Flow
from matchkit.solvers.flow.subnetwork import HubArcs, Pairs


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
    links: HubArcs, pairs: Pairs, flow: Flow, potential: Int64, weighted: bool
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
    links: HubArcs, pairs: Pairs, flow: Flow, goals: int, weighted: bool
) -> tuple[int, ...]:
    """The value of a flow, goal by goal."""
    value = [
        exact_dot((links.goal == goal).astype(np.int64) + (links.also == goal), flow.links)
        for goal in range(goals)
    ]
    if weighted:
        value[-1] += exact_dot(pairs.weight, flow.pairs)
    return tuple(value)


NEVER = 2**61
"""The key of a right node that can take nothing, and minus that of a left node: no pair beats it."""


@dataclass(frozen=True, slots=True)
class ScalarPrices:
    """A pair beats its prices if and only if ``weight + left[l] - right[r] > 0`` (weight counted 0 without a
    weight goal).

    ``exact`` says that the surplus is a true reduced cost (one word), not only right in sign.
    """

    left: Int64
    right: Int64
    weighted: bool
    exact: bool


def settled(
    lengths: list[Int64], links: HubArcs, words: tuple[PackedGoals, ...], carried: Int64
) -> list[Int64]:
    """Lengths in which right caps and nodes that carry nothing ask just what their first free slot gives.

    Lowest prices would make such nodes look attractive for nothing; any price up to that supports the same
    flow. ``carried`` (int64) is the flow on the links. What no unit can ever leave stays UNREACHED.
    """
    out = np.full(links.node_count, -1, np.int64)
    from_right = np.flatnonzero(
        (links.tail >= links.left_count)
        & (links.tail != links.root)
        & ~links.is_left_cap(links.tail)
    )
    out[links.tail[from_right[::-1]]] = from_right[::-1]
    units = np.zeros(links.node_count, np.int64)
    np.add.at(units, links.tail[from_right], carried[from_right])
    caps = np.arange(links.root + 1 + links.left_caps, links.node_count)
    nodes = np.arange(links.left_count, links.root)
    idle_caps, idle = caps[units[caps] == 0], nodes[units[nodes] == 0]
    result = []
    for length, word in zip(lengths, words, strict=True):
        new, gain = length.copy(), links.gain(word)
        for cap in idle_caps.tolist():  # parents come first
            new[cap] = new[links.head[out[cap]]] if out[cap] >= 0 else UNREACHED
        used = out[idle] >= 0
        above = new[links.head[out[idle[used]]]]
        new[idle[~used]] = UNREACHED
        new[idle[used]] = np.where(
            above > UNREACHED // 2, above - gain[out[idle[used]]], UNREACHED
        )
        result.append(new)
    return result


def keys_of(
    lengths: list[Int64], links: HubArcs, words: tuple[PackedGoals, ...], span: int
) -> ScalarPrices:
    """Keys from settled lengths; ``span`` bounds the absolute weights."""
    left, right = slice(0, links.left_count), slice(links.left_count, links.root)
    dead = [lengths[0][side] <= UNREACHED // 2 for side in (left, right)]
    last = lengths[-1].copy()
    last[: links.root][np.concatenate(dead)] = 0
    key = last
    if len(words) > 1:
        high = np.stack([length[: links.root] for length in lengths[:-1]], axis=1)
        _, rank = np.unique(high, axis=0, return_inverse=True)
        rank = rank.reshape(-1)
        alive = np.concatenate(dead) == 0
        reach = int(np.abs(last[: links.root][alive]).max(initial=0))
        # Not only the sign must be right: a left node's best pair by its key is its best pair goal after
        # goal.
        step = 2 * reach + 2 * span + 1
        if (int(rank.max(initial=0)) + 1) * step >= KEY_ROOM:
            raise BudgetError(Message("matching.keys_large_goals"))
        key = last[: links.root] + rank * step
    left_key, right_key = key[left].copy(), key[right].copy()
    if (
        max(
            int(np.abs(side).max(initial=0))
            for side in (left_key[~dead[0]], right_key[~dead[1]])
        )
        >= KEY_ROOM
    ):
        raise BudgetError(Message("matching.keys_large"))
    left_key[dead[0]], right_key[dead[1]] = -NEVER, NEVER
    return ScalarPrices(left_key, right_key, words[-1].weight, len(words) == 1)
