"""The network of a lottery: a graph's, with capacities in parts of a unit, and its nodes split where groups
of partners have caps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int32, Int64, Mask, sums_by
from matchkit.errors import BudgetError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, Negated, PairList
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.graph.node_ids import LARGEST_CAPACITY
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.graph_network import FairFills, MatchObjective, network_of
from matchkit.solvers.lottery.caps import GroupCaps


@dataclass(frozen=True, slots=True)
class SplitSide:
    """One side of a network: its nodes, or what they are split into, a *leaf* for each group of partners.

    ``leaf``, int32 (pairs,), is where each pair ends; ``node``, int32 (leaves,), and ``group``, int32
    (leaves,), -1 where nodes are not split, say what a leaf is, and ``most``, int64 (leaves,), how many parts
    it may carry; ``capacity``, int64 (nodes,), the same of nodes, and ``caps`` those above nodes.
    """

    leaf: Int32
    node: Int32
    group: Int32
    most: Int64
    capacity: Int64
    caps: CapTree

    @property
    def split(self) -> bool:
        """Whether nodes have groups of partners below them."""
        return bool((self.group >= 0).any())

    @property
    def open(self) -> Mask:
        """Which leaves can carry anything, as all above them can: bool (leaves,)."""
        caps = np.append(self.caps.capacity > 0, True)
        for cap in range(self.caps.size):
            caps[cap] &= caps[self.caps.parent[cap]]
        nodes = (self.capacity > 0) & caps[self.caps.of]
        found: Mask = (self.most > 0) & nodes[self.node]
        return found

    def could(self, carried: Int64) -> int:
        """What nodes that have so much, int64 (nodes,), can carry together below their caps."""
        caps = self.caps
        at = np.zeros(caps.size + 1, np.int64)  # the last one is the root
        np.add.at(at, caps.of, carried)
        for cap in range(caps.size - 1, -1, -1):
            at[caps.parent[cap]] += min(int(at[cap]), int(caps.capacity[cap]))
        return int(at[-1])

    @property
    def entry(self) -> Int32:
        """The entry at which every pair ends, int32 (pairs,), where leaves are counted after all nodes."""
        return self.leaf + np.int32(len(self.capacity)) if self.split else self.leaf

    @property
    def tree(self) -> CapTree:
        """The caps over leaves: those above nodes and, where these are split, the nodes."""
        if not self.split:
            return self.caps
        return CapTree(
            self.node + np.int32(self.caps.size),
            np.concatenate([self.caps.parent, self.caps.of]),
            np.concatenate([self.caps.capacity, self.capacity]),
        )

    def steps(self, nodes: UnitSteps, caps: UnitSteps) -> tuple[UnitSteps, UnitSteps]:
        """What leaves and the caps over them count, where nodes and the caps above these do so."""
        if not self.split:
            return nodes, caps
        moved = replace(nodes, node=nodes.node + np.int32(self.caps.size))
        return UnitSteps.none(nodes.gain.shape[1]), UnitSteps.joined([caps, moved])

    @classmethod
    def of(
        cls,
        own: Int32,
        partner: Int32,
        room: Int64,
        capacity: Int64,
        groups: GroupCaps | None,
        caps: CapTree,
    ) -> SplitSide:
        """From the nodes that pairs end at on this side and on the other, int32 (pairs,) each, and the parts
        that they may carry, int64 (pairs,).
        """
        if groups is None or not len(own):
            nodes = np.arange(len(capacity), dtype=np.int32)
            none = np.full(len(nodes), -1, np.int32)
            return cls(own, nodes, none, capacity, capacity, caps)
        count = len(groups.most)
        classes, leaf = np.unique(
            own.astype(np.int64) * count + groups.group[partner], return_inverse=True
        )
        node, group = (part.astype(np.int32) for part in np.divmod(classes, count))
        below = np.zeros(len(classes), np.int64)
        leaf = leaf.reshape(-1).astype(np.int32)
        np.add.at(below, leaf, room)
        most = groups.most[group]
        gone = [
            (one * count + other, used) for (one, other), used in groups.used.items()
        ]
        code, used = np.array(gone, np.int64).reshape(-1, 2).T
        there = np.isin(code, classes)
        place = np.searchsorted(classes, code[there])
        most[place] = np.maximum(most[place] - used[there], 0)
        return cls(leaf, node, group, np.minimum(most, below), capacity, caps)


@dataclass(frozen=True, slots=True)
class LotteryNetwork:
    """The network in parts with its goals, the pairs as the graph has them, the ``most`` parts of each, int64
    (pairs,), and its two sides. ``order``, int64 (pairs,), is where each pair of the network stands among
    those of the graph.
    """

    network: Network
    goals: Goals
    pairs: Pairs
    most: Int64
    order: Int64
    left: SplitSide
    right: SplitSide
    parts: int

    @classmethod
    def of(
        cls,
        graph: BipartiteGraph,
        pairs: Pairs,
        most: Int64,
        objective: MatchObjective,
        left_caps: GroupCaps | None,
        right_caps: GroupCaps | None,
        parts: int,
        *,
        minimize: bool,
    ) -> LotteryNetwork:
        """From the pairs of a graph with their caps; ``left_caps`` are those of groups of left nodes
        at each right node, ``right_caps`` the other way round. Raises BudgetError for too many parts.
        """
        given, taken = (
            _in_parts(capacity, nodes, pairs.capacity, parts)
            for capacity, nodes in (
                (graph.left_capacity, pairs.left),
                (graph.right_capacity, pairs.right),
            )
        )
        scaled = replace(
            graph,
            left_capacity=given,
            right_capacity=taken,
            left_minimum=np.minimum(graph.left_minimum, given // parts) * parts,
            right_minimum=np.minimum(graph.right_minimum, taken // parts) * parts,
        )
        fills = FairFills.of(scaled, objective, None, "leximin", None, None)
        network, goals = network_of(scaled, objective, fills, minimize=minimize)
        return cls.split(
            network, goals, pairs, most, left_caps, right_caps, parts, minimize=minimize
        )

    @classmethod
    def split(
        cls,
        network: Network,
        goals: Goals,
        pairs: Pairs,
        most: Int64,
        left_caps: GroupCaps | None,
        right_caps: GroupCaps | None,
        parts: int,
        *,
        minimize: bool = False,
    ) -> LotteryNetwork:
        """From a network and goals in parts, of whose pairs those given count, with their caps."""
        both = (pairs.left, pairs.right)
        left = SplitSide.of(
            *both, most, network.left_capacity, right_caps, network.left_tree
        )
        right = SplitSide.of(
            *both[::-1], most, network.right_capacity, left_caps, network.right_tree
        )
        order = np.arange(len(most))
        if left.split or right.split:
            order = np.lexsort((right.leaf, left.leaf))
        ends = left.leaf[order], right.leaf[order]
        sizes = len(left.node), len(right.node)
        listed: Candidates = PairList.of(
            *sizes, *ends, pairs.weight[order], most[order]
        )
        if minimize:
            listed = Negated(listed)
        network = Network(listed, left.most, right.most, left.tree, right.tree)
        of_left, of_right = (
            left.steps(goals.left, goals.left_caps),
            right.steps(goals.right, goals.right_caps),
        )
        goals = replace(
            goals,
            left=of_left[0],
            left_caps=of_left[1],
            right=of_right[0],
            right_caps=of_right[1],
        )
        return cls(network, goals, pairs, most, order, left, right, parts)

    def among(self, nodes: Mask) -> LotteryNetwork:
        """The same where other right nodes than these, bool (rights,), carry nothing."""
        right = self.right
        capacity = np.where(nodes, right.capacity, 0)
        most = np.where(nodes[right.node], right.most, 0)
        side = replace(right, most=most, capacity=capacity)
        network = replace(self.network, right_capacity=most, right_tree=side.tree)
        return replace(self, network=network, right=side)

    def places(self, solution: Solution) -> Int64:
        """Where the chosen pairs stand among those of the network: int64 (chosen,)."""
        rights = len(self.right.node)
        keys = self.left.leaf.astype(np.int64) * rights + self.right.leaf
        found: Int64 = np.searchsorted(keys[self.order], solution.pairs.keys(rights))
        return found


def _in_parts(capacity: Int64, node: Int32, room: Int64, parts: int) -> Int64:
    """Capacities of nodes in parts, no more than all their pairs may carry without caps."""
    below = sums_by(node, room, len(capacity))
    found = np.minimum(capacity, below)
    if len(found) and int(found.max()) > LARGEST_CAPACITY // parts:
        raise BudgetError(Message.of("lottery.parts_many", most=LARGEST_CAPACITY))
    cut: Int64 = found * parts
    return cut
