"""Minimums of pairs in a network that knows minimums of nodes only: such a pair becomes two parallel ones.

The units of a pair up to its minimum leave a left node of their own, which has that minimum and no other
pair; the units beyond it stay with the pair. A cap holds the left node and its further ones together: it has
the node's capacity and minimum. So a flow of the split network is a flow of the given one with the same
goals, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.graph.candidates import PairBlock, PairList
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.subnetwork import Pairs


@dataclass(frozen=True, slots=True)
class SplitNetwork:
    """A network without minimums of pairs, and the way back.

    ``owner`` (int32, one a left node of ``network``) is the left node given that it stands for; ``cap``
    (int32, one a left node given) the cap above it, -1 where none of its pairs has a minimum.
    """

    network: Network
    owner: Int32
    cap: Int32
    room: Int64
    """What each pair given may carry (int64), in the order of ``key``."""
    key: Int64
    """Left node times right nodes plus right node of each pair given (int64, ascending)."""

    def goals(self, goals: Goals) -> Goals:
        """The goals given, for the nodes there are now: the steps of a node with a cap are the cap's, and
        units up to a minimum count for the first goal.
        """
        given, capped = goals.left, self.cap[goals.left.node] >= 0
        held = np.arange(len(self.cap), len(self.owner), dtype=np.int32)
        first = np.zeros((len(held), len(goals.names)), np.int64)
        first[:, 0] = 1
        left = UnitSteps(
            np.concatenate([given.node[~capped], held]),
            np.concatenate([given.units[~capped], self.network.left_capacity[held]]),
            np.concatenate([given.gain[~capped], first]),
        )
        caps = UnitSteps(
            self.cap[given.node[capped]], given.units[capped], given.gain[capped]
        )
        return replace(goals, left=left, left_caps=caps)

    def joined(self, solution: Solution) -> Solution:
        """The solution in terms of the pairs given; the price of a node with a cap of its own is that of the
        cap.
        """
        rights = self.network.pairs.right_count
        keys, where = np.unique(
            self.owner[solution.pairs.left].astype(np.int64) * rights
            + solution.pairs.right,
            return_inverse=True,
        )
        units, weight = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
        np.add.at(units, where.reshape(-1), solution.quantity)
        weight[where.reshape(-1)] = solution.pairs.weight
        left, right = (
            part.astype(np.int32) for part in np.divmod(keys, max(1, rights))
        )
        pairs = Pairs(left, right, weight, self.room[np.searchsorted(self.key, keys)])
        price = solution.left_price
        if price is not None and solution.left_cap_price is not None:
            price = price[: len(self.cap)].copy()
            price[self.cap >= 0] = solution.left_cap_price[self.cap[self.cap >= 0]]
        return replace(
            solution, pairs=pairs, quantity=units, left_price=price, left_cap_price=None
        )


def split_minimums(network: Network, minimum: Int64) -> SplitNetwork:
    """A network whose pairs have minimums (int64, one a pair by left and then right node) as one whose nodes
    have.

    The network has no caps on its left side. A minimum above what its node can carry is cut to that, which
    changes no flow.
    """
    whole = cast(
        "PairBlock", network.pairs.block(0, network.pairs.left_count)
    )  # only a list of pairs has minimums
    rows = whole.rows()
    room = np.ones(len(rows), np.int64) if whole.capacity is None else whole.capacity
    least = np.minimum(minimum, network.left_capacity[rows])
    # Each pair with a minimum gets a left node of its own for the units up to it.
    held = np.flatnonzero(least > 0)
    lefts, rights = len(network.left_capacity), network.pairs.right_count
    owners, index = np.unique(rows[held], return_inverse=True)
    cap = np.full(lefts, -1, np.int32)
    cap[owners] = np.arange(len(owners), dtype=np.int32)
    capped = cap >= 0
    pairs = PairList(
        lefts + len(held),
        rights,
        np.concatenate([whole.first, whole.first[-1] + 1 + np.arange(len(held))]),
        np.concatenate([whole.right, whole.right[held]]),
        np.concatenate([whole.weight, whole.weight[held]]),
        np.concatenate([room - least, least[held]]),
        None,
        network.pairs.weight_range,
    )
    split = Network(
        pairs,
        # One unit more than the cap lets pass: only the cap is ever full, so that its price is the node's.
        np.concatenate([network.left_capacity + capped, least[held]]),
        network.right_capacity,
        CapTree(
            np.concatenate([cap, index.reshape(-1).astype(np.int32)]),
            np.full(len(owners), -1, np.int32),
            network.left_capacity[owners],
        ),
        network.right_tree,
    )
    key = rows.astype(np.int64) * rights + whole.right
    return SplitNetwork(
        split,
        np.concatenate([np.arange(lefts, dtype=np.int32), rows[held]]),
        cap,
        room,
        key,
    )
