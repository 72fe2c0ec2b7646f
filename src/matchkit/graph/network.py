"""The network that a matching is a flow in, with nested caps, and the goals that its units count for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TypeAlias

import numpy as np

from matchkit.arrays import Int32, Int64, Intp
from matchkit.graph.candidates import Candidates

GoalValues: TypeAlias = tuple[int, ...]
"""One whole number a goal; they compare in their order, as Python compares tuples."""


@dataclass(frozen=True, slots=True)
class UnitSteps:
    """What units of some nodes count for, step by step of every node's own units.

    ``node`` is int32 (steps,), ``units`` int64 (steps,), at least 0, and ``gain`` int64 (steps, goals): what
    each of these units counts in every goal. A node's units fill its steps in the order in which they stand
    here; no step gains more, goal after goal, than one of the same node before it. What a node carries beyond
    its steps counts for nothing, so that none of these may gain less than nothing unless they hold all its
    units.
    """

    node: Int32
    units: Int64
    gain: Int64

    @classmethod
    def none(cls, goals: int) -> UnitSteps:
        """Nothing counts for any of so many goals."""
        never = np.zeros(0, np.int64)
        return cls(never.astype(np.int32), never, np.zeros((0, goals), np.int64))

    @classmethod
    def minimum_and_rest(
        cls, minimum: Int64, rest: Int64, gain_of_minimum: Int64, gain_of_rest: Int64
    ) -> UnitSteps:
        """Two steps of every node: units up to its minimum and beyond it, int64 (nodes,) each, with what they
        count, int64 (nodes, goals).
        """
        nodes = np.arange(len(minimum), dtype=np.int32)
        return cls(
            np.concatenate([nodes, nodes]),
            np.concatenate([minimum, rest]),
            np.concatenate([gain_of_minimum, gain_of_rest]),
        )

    def also(self, every: UnitSteps) -> UnitSteps:
        """Steps in which units count what they do here besides: ``every`` has a step for each unit of its
        nodes, in order.
        """
        if len(self.node) == 0:
            return every
        unit = np.arange(len(every.node)) - np.searchsorted(every.node, every.node)
        order = np.argsort(self.node, kind="stable")
        node, units = self.node[order], self.units[order]
        total = np.cumsum(units)
        first = np.searchsorted(node, node)
        end = total - (total - units)[first]
        # Ends by number, so that a node and an end make one small code.
        known = np.unique(end)
        span = len(known) + 1
        place = np.searchsorted(
            node.astype(np.int64) * span + np.searchsorted(known, end),
            every.node.astype(np.int64) * span + np.searchsorted(known, unit + 1),
        )
        inside = np.minimum(place, len(order) - 1)
        mine = np.flatnonzero((place < len(order)) & (node[inside] == every.node))
        gain = every.gain.copy()
        gain[mine] += self.gain[order[inside[mine]]]
        others = ~np.isin(self.node, every.node)
        return UnitSteps.joined(
            [
                UnitSteps(self.node[others], self.units[others], self.gain[others]),
                UnitSteps(every.node, every.units, gain),
            ]
        )

    @classmethod
    def joined(cls, parts: Sequence[UnitSteps]) -> UnitSteps:
        """The steps of all these, those of one node in their order."""
        return cls(
            np.concatenate([part.node for part in parts]),
            np.concatenate([part.units for part in parts]),
            np.concatenate([part.gain for part in parts]),
        )

    def taken(self, carried: Int64) -> Int64:
        """How many units every step has where nodes carry so much: int64 (steps,) of int64 (nodes,)."""
        order = np.argsort(self.node, kind="stable")
        node, units = self.node[order], self.units[order]
        total = np.cumsum(units) - units
        first = np.searchsorted(node, node)
        found = np.empty(len(order), np.int64)
        found[order] = np.clip(carried[node] - (total - total[first]), 0, units)
        return found

    def beyond(self, capacity: Int64) -> Int64:
        """What nodes of such a capacity can carry beyond their steps: int64 (nodes,)."""
        rest = capacity.copy()
        np.subtract.at(rest, self.node, self.units)
        return rest

    def without(self, used: Int64) -> UnitSteps:
        """The steps that are left where the first units of every node, int64 (nodes,), are used up."""
        return UnitSteps(self.node, self.units - self.taken(used), self.gain)

    def of(self, nodes: Intp) -> UnitSteps:
        """The steps of some nodes (ascending), which are numbered anew."""
        place = np.searchsorted(nodes, self.node)
        place = np.minimum(place, max(0, len(nodes) - 1))
        kept = np.flatnonzero(nodes[place] == self.node) if len(nodes) else place[:0]
        return UnitSteps(
            place[kept].astype(np.int32), self.units[kept], self.gain[kept]
        )

    def first(self, nodes: int) -> Int64:
        """What the first unit of every node counts: int64 (nodes, goals)."""
        found = np.zeros((nodes, self.gain.shape[1]), np.int64)
        some = np.flatnonzero(self.units > 0)[::-1]
        found[self.node[some]] = self.gain[some]
        return found


@dataclass(frozen=True, slots=True)
class Goals:
    """What each unit counts for. Goals are numbered in the order of ``names``, the first before all others.

    ``left`` and ``right`` are the steps of nodes, ``left_caps`` and ``right_caps`` those of units below a
    cap. Where ``weight`` is true, the last goal is the sum of weight times units over the pairs, and no step
    counts for it unless it is the only goal. ``shared`` are the numbers of goals that say how units are
    shared between nodes: others come before them, and plans that are best in those are many.
    """

    names: tuple[str, ...]
    weight: bool
    left: UnitSteps
    right: UnitSteps
    left_caps: UnitSteps
    right_caps: UnitSteps
    _: KW_ONLY
    shared: tuple[int, ...] = ()

    def together(self, units: Sequence[int]) -> Goals:
        """One goal in place of all: what counts in a goal counts so many times there, the weight of pairs
        once.
        """
        times = np.array(units, np.int64)

        def one(steps: UnitSteps) -> UnitSteps:
            return UnitSteps(steps.node, steps.units, (steps.gain @ times)[:, None])

        return Goals(
            self.names[-1:],
            self.weight,
            one(self.left),
            one(self.right),
            one(self.left_caps),
            one(self.right_caps),
        )

    @property
    def reach(self) -> Int64:
        """The most that a unit of one step counts in every goal, either way: int64 (goals,), at least 1."""
        parts = (self.left, self.right, self.left_caps, self.right_caps)
        found = np.ones(len(self.names), np.int64)
        for steps in parts:
            found = np.maximum(found, np.abs(steps.gain).max(axis=0, initial=0))
        return found


@dataclass(frozen=True, slots=True)
class CapTree:
    """Caps on sets of nodes of one side, nested (laminar): two sets are disjoint or one holds the other.

    ``of`` (int32, one a node) is the cap directly above a node, ``parent`` (int32, one a cap) the cap
    directly above a cap, -1 meaning none; a parent has a smaller index than its children. ``capacity``
    (int64, at least 0) is the most units that the nodes below a cap may carry together.
    """

    of: Int32
    parent: Int32
    capacity: Int64

    @property
    def size(self) -> int:
        """Number of caps."""
        return len(self.capacity)

    def sums(self, amounts: Int64) -> Int64:
        """What leaves that carry so much, int64 (nodes,), carry together below every cap: int64 (caps,)."""
        found = np.zeros(self.size, np.int64)
        inside = self.of >= 0
        np.add.at(found, self.of[inside], amounts[inside])
        for cap in range(self.size - 1, -1, -1):
            if self.parent[cap] >= 0:
                found[self.parent[cap]] += found[cap]
        return found

    @classmethod
    def none(cls, nodes: int) -> CapTree:
        """No caps at all over so many nodes."""
        return cls(
            np.full(nodes, -1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64)
        )


@dataclass(frozen=True, slots=True)
class Network:
    """What a matching must keep: the pairs, how many units each node may carry, int64 (lefts,) and int64
    (rights,), and nested caps.
    """

    pairs: Candidates
    left_capacity: Int64
    right_capacity: Int64
    left_tree: CapTree
    right_tree: CapTree

    @property
    def hub_count(self) -> int:
        """The root and the caps."""
        return 1 + self.left_tree.size + self.right_tree.size

    @property
    def node_count(self) -> int:
        """Left nodes, right nodes and hubs."""
        return len(self.left_capacity) + len(self.right_capacity) + self.hub_count
