"""The network that an engine sees: a few of the candidate pairs, and all arcs at hubs, which turn capacities,
minimums and nested caps into a circulation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.errors import BudgetError
from matchkit.graph.candidates import Block, Candidates, MatrixBlock
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import PackedGoals

LEFTS = 2
"""The first so many kinds of nodes stand on the left side."""


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

    def room(self, left_capacity: Int64, right_capacity: Int64) -> Int64:
        """The most units that a pair and both its nodes, int64 (nodes,) each, can carry: int64 (pairs,)."""
        ends = np.minimum(left_capacity[self.left], right_capacity[self.right])
        return np.minimum(self.capacity, ends)

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


def listed(
    candidates: Candidates, most: int, refusal: str
) -> tuple[Pairs, Mask | None]:
    """All pairs, and which cells of a matrix they are, bool (lefts, rights) (None for a list). Raises
    BudgetError with the message of this key where they are more than ``most``, before they are listed.
    """
    blocks, count = list[Block](), 0
    step = max(1, candidates.rows_per_block)
    for start in range(0, max(1, candidates.left_count), step):
        stop = min(start + step, candidates.left_count)
        blocks.append(candidates.block(start, stop))
        count += blocks[-1].count
        if count > most:
            raise BudgetError(Message.of(refusal, most=most))
    parts, cells = [empty()], list[Mask]()
    for block in blocks:
        if isinstance(block, MatrixBlock):
            cells.append(block.present)
            row, column = np.nonzero(cells[-1])
            left, right = (row + block.start).astype(np.int32), column.astype(np.int32)
            weight, capacity = block.weight[cells[-1]], None
        else:
            left, right = block.rows(), block.right
            weight, capacity = block.weight, block.capacity
        units = np.ones(len(left), np.int64) if capacity is None else capacity
        parts.append(Pairs(left, right, weight.astype(np.int64), units))
    return joined(parts), np.concatenate(cells) if cells else None


def merged(first: Pairs, second: Pairs, right_count: int) -> Pairs:
    """The pairs of either."""
    both = joined([first, second])
    _, where = np.unique(both.keys(right_count), return_index=True)
    return both.take(where)


@dataclass(frozen=True, slots=True)
class HubLinks:
    """All arcs that touch a hub, as parallel arrays (int64 (arcs,), ``tail`` and ``head`` int32).

    ``gain`` is what a unit counts in every goal, int64 (arcs, goals). ``capacity`` is cut to one more than
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
    gain: Int64

    def prices(self, potential: Int64) -> tuple[Int64, Int64, Int64, Int64]:
        """The prices of left and right nodes and of caps of either tree, (n, goals) each, by potentials of
        all nodes.
        """
        first_cap = self.root + 1
        ends = self.left_count, self.root, first_cap, first_cap + self.left_caps
        left, right, _, left_caps, right_caps = np.split(potential, ends)
        return -left, right, -left_caps, right_caps

    def counts(self, word: PackedGoals) -> Int64:
        """What a unit on each arc counts in a word: int64 (arcs,)."""
        return word.joined(self.gain)

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


class _Side(NamedTuple):
    """Nodes of one kind: their numbers, the hubs above them, their capacities and steps."""

    nodes: Int32
    above: Int32
    capacity: Int64
    steps: UnitSteps

    def stated(self) -> Int64:
        """What arcs may carry: those of all steps, then those of all nodes beyond their steps."""
        return np.concatenate([self.steps.units, self.steps.beyond(self.capacity)])

    def carried(self, units: Int64) -> Int64:
        """What arcs carry, in the same order, where nodes carry so much (int64 (nodes,))."""
        taken = self.steps.taken(units)
        rest = units.copy()
        np.subtract.at(rest, self.steps.node, taken)
        return np.concatenate([taken, rest])


def _sides(network: Network, goals: Goals) -> tuple[_Side, _Side, _Side, _Side]:
    """Left nodes, left caps, right nodes and right caps, in the order of arcs."""
    left, right = len(network.left_capacity), len(network.right_capacity)
    lt, rt, root = network.left_tree, network.right_tree, left + right
    left_above, left_parent = _above(lt, root, root + 1)
    right_above, right_parent = _above(rt, root, root + 1 + lt.size)
    nodes = np.arange(network.node_count, dtype=np.int32)
    first_cap = root + 1 + lt.size
    return (
        _Side(nodes[:left], left_above, network.left_capacity, goals.left),
        _Side(nodes[root + 1 : first_cap], left_parent, lt.capacity, goals.left_caps),
        _Side(nodes[left:root], right_above, network.right_capacity, goals.right),
        _Side(nodes[first_cap:], right_parent, rt.capacity, goals.right_caps),
    )


def links_of(network: Network, goals: Goals) -> HubLinks:
    """The hub arcs of a network: one a step of a node or cap, and one for what it carries beyond; arcs of
    capacity 0 are left out.
    """
    sides = _sides(network, goals)
    # One more than can flow: no arc binds that should not, and sums stay small. In Python integers, exact.
    total = 1 + min(
        sum(network.left_capacity.tolist()), sum(network.right_capacity.tolist())
    )
    total = min(total, np.iinfo(np.int64).max)
    stated = np.concatenate([side.stated() for side in sides])
    used = np.flatnonzero(stated > 0)
    gain = np.zeros((len(used), len(goals.names)), np.int64)
    tails, heads, first = list[Int32](), list[Int32](), 0
    for number, side in enumerate(sides):
        steps = len(side.steps.node)
        place = np.concatenate([side.steps.node, np.arange(len(side.nodes))])
        node, hub = side.nodes[place], side.above[place]
        tails.append(hub if number < LEFTS else node)
        heads.append(node if number < LEFTS else hub)
        mine = slice(*np.searchsorted(used, [first, first + steps]))
        gain[mine] = side.steps.gain[used[mine] - first]
        first += len(place)
    return HubLinks(
        len(network.left_capacity),
        len(network.right_capacity),
        network.left_tree.size,
        network.right_tree.size,
        np.concatenate(tails)[used],
        np.concatenate(heads)[used],
        np.minimum(stated[used], total),
        stated[used],
        gain,
    )


def flow_on_links(
    network: Network, goals: Goals, carried: Sequence[Int64]
) -> Int64 | None:
    """What flows on every link, int64 (links,), where left nodes, left caps, right nodes and right caps carry
    so much (int64 (nodes,) each); None where that is more than one of them can.
    """
    sides = _sides(network, goals)
    flows = np.concatenate(
        [side.carried(units) for side, units in zip(sides, carried, strict=True)]
    )
    stated = np.concatenate([side.stated() for side in sides])
    return None if (flows > stated).any() else flows[stated > 0]
