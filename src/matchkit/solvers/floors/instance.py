"""What is to be matched with floors, in arrays: all pairs, the scores of right nodes or groups, and plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.errors import BudgetError
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs, listed

LARGEST = 2**52
"""Weights times units of all pairs add up to less: exact in engines, too."""
MOST_PAIRS = 20_000_000
"""All of them are in memory, several numbers each."""


@dataclass(frozen=True, slots=True)
class FloorProblem:
    """All pairs of a network, sorted, and the group of every right node, whose *score* is its sum of weights.

    ``goals`` are those of the flow: what comes before the worst score, then the weight. ``room``, int64
    (pairs,), is the most units that a pair can carry under the capacities of both its nodes; ``group``, int64
    (rights,), the group of every right node, and ``counted``, bool (groups,), which groups have any capacity:
    the others have no score.
    """

    network: Network
    goals: Goals
    pairs: Pairs
    room: Int64
    group: Int64
    counted: Mask

    @property
    def left_minimum(self) -> Int64:
        """The units of every left node that count for a goal: int64 (lefts,)."""
        return sums_by(
            self.goals.left.node, self.goals.left.units, len(self.network.left_capacity)
        )

    @property
    def groups(self) -> int:
        """Number of groups, those that are not counted too."""
        return len(self.counted)

    @property
    def pair_group(self) -> Int64:
        """The group of every pair's right node: int64 (pairs,)."""
        return self.group[self.pairs.right]

    def pair_group_of(self, which: Int64) -> Int64:
        """The group of some pairs' right nodes: int64 (some,), by positions int64 (some,)."""
        return self.group[self.pairs.right[which]]

    def scores(self, flow: Int64) -> Int64:
        """What every group has, int64 (groups,), of units int64 (pairs,)."""
        total = np.zeros(self.groups, np.int64)
        some = np.flatnonzero(flow)
        worth = self.pairs.weight[some] * flow[some]
        np.add.at(total, self.group[self.pairs.right[some]], worth)
        return total

    def worst(self, flow: Int64) -> int:
        """The least score of all groups that are counted; 0 where none is."""
        scores = self.scores(flow)[self.counted]
        return int(scores.min()) if len(scores) else 0

    def value(self, flow: Int64) -> int:
        """The sum of weights."""
        return int((self.pairs.weight * flow).sum())

    def carried(self, flow: Int64) -> tuple[Int64, Int64]:
        """Units of every left and of every right node: int64 (nodes,) each."""
        left = np.zeros(len(self.network.left_capacity), np.int64)
        right = np.zeros(len(self.network.right_capacity), np.int64)
        np.add.at(left, self.pairs.left, flow)
        np.add.at(right, self.pairs.right, flow)
        return left, right

    def earlier(self, flow: Int64) -> tuple[int, ...]:
        """What a flow reaches in the goals before the worst score."""
        total = np.zeros(len(self.goals.names), np.int64)
        sides = self.goals.left, self.goals.right
        for steps, carried in zip(sides, self.carried(flow), strict=True):
            total += steps.taken(carried) @ steps.gain
        return tuple(total[:-1].tolist())

    def fills_all(self, flow: Int64) -> bool:
        """Whether every right node is full in this flow, and so in all that reach as much in the goals
        before: each of its units counts in one of these.
        """
        steps = self.goals.right
        gain = steps.gain[steps.units > 0, :-1]
        counts = (gain > 0).any(axis=1) & (gain >= 0).all(axis=1)
        full: Mask = self.carried(flow)[1] == self.network.right_capacity
        return bool(counts.all() and full.all())

    def keeps(self, flow: Int64) -> bool:
        """Whether a flow is within all capacities."""
        left, right = self.carried(flow)
        return bool(
            (flow >= 0).all()
            and (flow <= self.room).all()
            and (left <= self.network.left_capacity).all()
            and (right <= self.network.right_capacity).all()
        )

    def flow_of(self, pairs: Pairs, quantity: Int64) -> Int64:
        """The units of some of the pairs as units of all: int64 (pairs,)."""
        columns = len(self.network.right_capacity)
        flow = np.zeros(len(self.pairs), np.int64)
        flow[np.searchsorted(self.pairs.keys(columns), pairs.keys(columns))] = quantity
        return flow


def floor_problem(
    network: Network,
    goals: Goals,
    group: Int64,
) -> FloorProblem:
    """The problem of a network without caps and its goals, the weight last; ``group``, int64 (rights,), is
    the group of every right node.

    Raises BudgetError for too many pairs, or numbers too large to be exact with.
    """
    pairs, _ = listed(network.pairs, MOST_PAIRS, "matching.floors_pairs")
    room = pairs.room(network.left_capacity, network.right_capacity)
    for name, numbers in (("weights", pairs.weight), ("units", np.ones_like(room))):
        reach = float(np.abs(numbers.astype(np.float64)) @ room.astype(np.float64))
        if reach >= LARGEST:
            what = Message(f"matching.sum.{name}")
            raise BudgetError(
                Message.of("matching.sums_large", what=what, total=reach, most=LARGEST)
            )
    counted = np.zeros(int(group.max(initial=-1)) + 1, np.bool_)
    counted[group[network.right_capacity > 0]] = True
    return FloorProblem(
        network,
        goals,
        pairs,
        room,
        group,
        counted,
    )
