"""The network that an engine sees: a few of the candidate pairs, and all arcs at hubs, which turn capacities,
minimums and nested caps into a circulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.graph.network import CapTree, Goals, Network
from matchkit.solvers.flow.packed_goals import PackedGoals


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs as parallel arrays, ascending by (left, right), none twice: ``left``, ``right`` int32 (pairs,),
    ``weight``, ``capacity`` int64 (pairs,).
    """

    left: Int32
    right: Int32
    weight: Int64
    capacity: Int64

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.left)

    def keys(self, right_count: int) -> Int64:
        """``left * right_count + right`` of every pair: int64 (pairs,), ascending."""
        keys: Int64 = self.left.astype(np.int64) * right_count + self.right
        return keys

    def take(self, which: Int64) -> Pairs:
        """These pairs, by ascending positions or a mask."""
        return Pairs(
            self.left[which],
            self.right[which],
            self.weight[which],
            self.capacity[which],
        )


def empty() -> Pairs:
    """No pairs."""
    none = np.zeros(0, np.int32)
    return Pairs(none, none, none.astype(np.int64), none.astype(np.int64))


def joined(parts: list[Pairs]) -> Pairs:
    """Parts that follow one another in order."""
    if not parts:
        return empty()
    return Pairs(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("left", "right", "weight", "capacity")
        )
    )


def merged(first: Pairs, second: Pairs, right_count: int) -> Pairs:
    """The pairs of either."""
    both = joined([first, second])
    _, where = np.unique(both.keys(right_count), return_index=True)
    return both.take(where)


@dataclass(frozen=True, slots=True)
class HubLinks:
    """All arcs that touch a hub, as parallel arrays (int64 (arcs,), ``tail`` and ``head`` int32).

    ``goal`` and ``also`` are the goals a unit counts for, -1 for none. ``capacity`` is cut to one more than
    can ever flow, which engines need; ``stated`` is as given, which bounds are made of. Nodes are numbered
    left, right, root, caps of the left tree, caps of the right tree.
    """

    left_count: int
    right_count: int
    left_caps: int
    right_caps: int
    tail: Int32
    head: Int32
    capacity: Int64
    stated: Int64
    goal: Int64
    also: Int64

    def gain(self, word: PackedGoals) -> Int64:
        """What a unit on each arc counts in a word: int64 (arcs,)."""
        return word.gain(self.goal) + word.gain(self.also)

    def counts(self, goals: int, which: Int64 | slice = slice(None)) -> Int64:
        """What a unit on each of these arcs counts in every goal: int64 (arcs, goals)."""
        every = np.arange(goals)
        counted: Int64 = np.add(
            self.goal[which, None] == every,
            self.also[which, None] == every,
            dtype=np.int64,
        )
        return counted

    def is_left_cap(self, nodes: Int32) -> Mask:
        """Which nodes are caps of the left tree."""
        mask: Mask = (nodes > self.root) & (nodes <= self.root + self.left_caps)
        return mask

    @property
    def root(self) -> int:
        """Number of the root."""
        return self.left_count + self.right_count

    @property
    def hub_count(self) -> int:
        """The root and the caps."""
        return 1 + self.left_caps + self.right_caps

    @property
    def node_count(self) -> int:
        """All nodes."""
        return self.left_count + self.right_count + self.hub_count


def _above(tree: CapTree, root: int, first: int) -> tuple[Int32, Int32]:
    """The hub directly above each leaf, and above each cap."""
    of = np.where(tree.of >= 0, tree.of + first, root).astype(np.int32)
    parent = np.where(tree.parent >= 0, tree.parent + first, root).astype(np.int32)
    return of, parent


def links_of(network: Network, goals: Goals) -> HubLinks:
    """The hub arcs of a network: two a node and cap, up to its minimum and beyond it; arcs of capacity 0 are
    left out.
    """
    left, right = len(network.left_capacity), len(network.right_capacity)
    lt, rt, root = network.left_tree, network.right_tree, left + right
    # One more than can flow: no arc binds that should not, and sums stay small. In Python integers, exact.
    total = 1 + min(
        sum(network.left_capacity.tolist()), sum(network.right_capacity.tolist())
    )
    total = min(total, np.iinfo(np.int64).max)
    left_above, left_parent = _above(lt, root, root + 1)
    right_above, right_parent = _above(rt, root, root + 1 + lt.size)
    lefts, rights = (
        np.arange(left, dtype=np.int32),
        np.arange(left, root, dtype=np.int32),
    )
    left_caps = np.arange(root + 1, root + 1 + lt.size, dtype=np.int32)
    right_caps = np.arange(
        root + 1 + lt.size, root + 1 + lt.size + rt.size, dtype=np.int32
    )
    none_left, none_right = (
        np.full(lt.size, -1, np.int64),
        np.full(rt.size, -1, np.int64),
    )
    least = lt.least
    parts = [
        (left_above, lefts, network.left_minimum, goals.left_minimum),
        (
            left_above,
            lefts,
            network.left_capacity - network.left_minimum,
            np.full(left, -1, np.int64),
        ),
        (
            left_parent,
            left_caps,
            least,
            np.full(lt.size, goals.left_cap_minimum, np.int64),
        ),
        (left_parent, left_caps, lt.capacity - least, none_left),
        (rights, right_above, network.right_minimum, goals.right_minimum),
        (
            rights,
            right_above,
            network.right_capacity - network.right_minimum,
            goals.right_rest,
        ),
        (right_caps, right_parent, rt.capacity, none_right),
    ]
    tail, head, capacity, goal = (
        np.concatenate([part[k] for part in parts]) for k in range(4)
    )
    used = capacity > 0
    return HubLinks(
        left, right, lt.size, rt.size,
        tail[used].astype(np.int32), head[used].astype(np.int32),
        np.minimum(capacity[used], total), capacity[used], goal[used].astype(np.int64),
        np.where((tail[used] >= left) & (tail[used] < root), goals.every, -1),
    )  # fmt: skip
