"""Dual prices from the lengths of longest paths: settled where they are not unique, as one number a node for
pricing, and as vectors by goal with their dual bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import add

import numpy as np

from matchkit.arrays import Int64, Mask, row_ranks, sums_by
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import KEY_ROOM, PackedGoals
from matchkit.solvers.flow.residual import UNREACHED, Flow
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs

NEVER = 2**61
"""The key of a right node that can take nothing, and minus that of a left node: no pair beats it."""


@dataclass(frozen=True, slots=True)
class ScalarPrices:
    """Lexicographic duals as one number a node: ``left`` int64 (lefts,), ``right`` int64 (rights,).

    A pair beats its prices if and only if ``weight + left[l] - right[r] > 0`` (weight counted 0 without a
    weight goal). ``exact`` says that the surplus is a true reduced cost (one word), not only right in sign.
    """

    left: Int64
    right: Int64
    weighted: bool
    exact: bool


def settled(
    lengths: list[Int64],
    links: HubLinks,
    words: tuple[PackedGoals, ...],
    carried: Int64,
) -> list[Int64]:
    """Lengths in which right caps and nodes that carry nothing ask just what their first free slot gives.

    Lowest prices would make such nodes look attractive for nothing; any price up to that supports the same
    flow. ``lengths`` has one array a word, int64 (nodes,), as have the lengths returned; ``carried`` is the
    flow on the links, int64 (links,). What no unit can ever leave stays UNREACHED.
    """
    # The first arc out of every right node and cap: the one of the higher gain, its minimum, if it has one.
    out = np.full(links.node_count, -1, np.int64)
    from_right = np.flatnonzero(
        (links.tail >= links.left_count)
        & (links.tail != links.root)
        & ~links.is_left_cap(links.tail)
    )
    out[links.tail[from_right[::-1]]] = from_right[::-1]
    units = sums_by(links.tail[from_right], carried[from_right], links.node_count)
    caps = np.arange(links.root + 1 + links.left_caps, links.node_count)
    nodes = np.arange(links.left_count, links.root)
    idle_caps, idle = caps[units[caps] == 0], nodes[units[nodes] == 0]
    result = []
    for length, word in zip(lengths, words, strict=True):
        new, gain = length.copy(), links.counts(word)
        for cap in idle_caps.tolist():  # parents come first
            top = UNREACHED if out[cap] < 0 else new[links.head[out[cap]]]
            new[cap] = top - gain[out[cap]] if top > UNREACHED // 2 else UNREACHED
        used = out[idle] >= 0
        above = new[links.head[out[idle[used]]]]
        new[idle[~used]] = UNREACHED
        new[idle[used]] = np.where(
            above > UNREACHED // 2, above - gain[out[idle[used]]], UNREACHED
        )
        result.append(new)
    return result


def keys_of(
    lengths: list[Int64], links: HubLinks, words: tuple[PackedGoals, ...], span: int
) -> ScalarPrices:
    """Scalar prices from settled lengths, one array a word: int64 (nodes,); ``span`` bounds the absolute
    weights. Raises BudgetError where 64 bits do not hold them.
    """
    left, right = slice(0, links.left_count), slice(links.left_count, links.root)
    dead = [lengths[0][side] <= UNREACHED // 2 for side in (left, right)]
    last = lengths[-1].copy()
    last[: links.root][np.concatenate(dead)] = 0
    key = last
    if len(words) > 1:
        # The words before the last as a rank, its steps wider than all that the last word can reach: so keys
        # compare as the vectors do.
        high = np.stack([length[: links.root] for length in lengths[:-1]], axis=1)
        rank = row_ranks(high)
        alive = np.concatenate(dead) == 0
        reach = int(np.abs(last[: links.root][alive]).max(initial=0))
        # Twice the reach: not only the sign is right, a left node's best pair by key is its best goal by
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


def exact_dots(units: Int64, vectors: Int64) -> list[int]:
    """Units, int64 (n,), times vectors, int64 (n, goals), added up by goal, as Python integers, whatever the
    size.
    """
    found: list[int] = np.einsum("i,ij->j", units, vectors).tolist()
    if len(units) * _reach(units) * _reach(vectors) < 2.0**61:
        return found
    for place, column in enumerate(vectors.T):
        if np.abs(units * column.astype(np.float64)).sum() >= 2.0**61:
            terms = zip(units.tolist(), column.tolist(), strict=True)
            found[place] = sum(amount * number for amount, number in terms)
    return found


def _reach(numbers: Int64) -> float:
    """The greatest absolute value."""
    return max(float(numbers.max(initial=0)), -float(numbers.min(initial=0)))


def exact_dot(first: Int64, second: Int64) -> int:
    """Sum of products of two int64 (n,) arrays, as a Python integer, whatever the size."""
    return exact_dots(first, second[:, None])[0]


def positive(vectors: Int64) -> Mask:
    """Which rows of int64 (n, goals) are greater than zero, comparing goal by goal: bool (n,)."""
    first = (vectors != 0).argmax(1)
    mask: Mask = vectors[np.arange(len(vectors)), first] > 0
    return mask


def dual_bound(
    links: HubLinks, pairs: Pairs, flow: Flow, potential: Int64, weighted: bool
) -> tuple[int, ...]:
    """What no flow can exceed if no open pair beats the prices: capacity times price over all links and full
    pairs (weak duality, goal by goal; docs/architecture.md, "The certificate").

    ``potential`` is int64 (nodes, goals): minus the price on left nodes and their caps, the price on right
    ones.
    """
    goals = potential.shape[1]
    # Where levels are goals, prices have few columns that are not 0.
    reduced, some = links.gain.copy(), np.flatnonzero(potential.any(0))
    price = potential[:, some]
    reduced[:, some] += price[links.tail] - price[links.head]
    full = np.flatnonzero((flow.pairs == pairs.capacity) & (pairs.capacity > 0))
    surplus = (
        potential[pairs.left[full]] - potential[pairs.right[full] + links.left_count]
    )
    if weighted:
        surplus[:, -1] += pairs.weight[full]
    bound = [0] * goals
    for vectors, capacity in ((reduced, links.stated), (surplus, pairs.capacity[full])):
        up = np.flatnonzero(positive(vectors))
        bound = list(map(add, bound, exact_dots(capacity[up], vectors[up])))
    return tuple(bound)


def goal_values(
    links: HubLinks, pairs: Pairs, flow: Flow, weighted: bool
) -> tuple[int, ...]:
    """The value of a flow, goal by goal."""
    value = exact_dots(flow.links, links.gain)
    if weighted:
        value[-1] += exact_dots(flow.pairs, pairs.weight[:, None])[0]
    return tuple(value)
