"""The trees of units and communities: orders, sums and members of subtrees, and the caps that bind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from matchkit.arrays import Mask
from matchkit.compile.numbering import Numbering
from matchkit.graph.network import CapTree
from matchkit.model.rules import Cap
from matchkit.model.rules.base import Side


def downward(parents: Mapping[str, str | None]) -> list[str]:
    """Every node after its parent, otherwise by id."""
    children: dict[str | None, list[str]] = {}
    for node in sorted(parents):
        children.setdefault(parents[node], []).append(node)
    order: list[str] = []
    level = children.get(None, [])
    while level:
        order.extend(level)
        level = sorted(child for node in level for child in children.get(node, ()))
    return order


def totals(parents: Mapping[str, str | None], own: Mapping[str, int]) -> dict[str, int]:
    """For every node, the sum of what it and all nodes below it own."""
    total = {node: own.get(node, 0) for node in parents}
    for node in reversed(downward(parents)):
        parent = parents[node]
        if parent is not None:
            total[parent] += total[node]
    return total


def ancestors(parents: Mapping[str, str | None], depth: int) -> dict[str, str]:
    """For every node the one above it that lies so many steps below its root; itself where it lies no
    deeper.
    """
    below: dict[str, int] = {}
    found: dict[str, str] = {}
    for node in downward(parents):
        parent = parents[node]
        below[node] = 0 if parent is None else below[parent] + 1
        deeper = parent is not None and below[node] > depth
        found[node] = found[parent] if deeper and parent is not None else node
    return found


def intervals(parents: Mapping[str, str | None]) -> dict[str, tuple[int, int]]:
    """Every node's own number and the end of the numbers below it, in an order that keeps subtrees
    together.
    """
    children: dict[str | None, list[str]] = {}
    for node in sorted(parents, reverse=True):
        children.setdefault(parents[node], []).append(node)
    number: dict[str, int] = {}
    end: dict[str, int] = {}
    stack = [(node, True) for node in children.get(None, ())]
    while stack:
        node, entering = stack.pop()
        if entering:
            number[node] = len(number)
            stack.append((node, False))
            stack.extend((child, True) for child in children.get(node, ()))
        else:
            end[node] = len(number)
    return {node: (first, end[node]) for node, first in number.items()}


def community_spans(lists: Numbering) -> dict[str, tuple[int, int]]:
    """``intervals`` of the communities."""
    return intervals({one.id: one.parent for one in lists.problem.communities})


class Subtrees:
    """Who belongs to a node of a forest or to one below it."""

    def __init__(
        self, parents: Mapping[str, str | None], members: Iterable[str]
    ) -> None:
        """``members`` are the nodes that things (resources, slots) belong to."""
        self._interval = intervals(parents)
        self._of = np.array([self._interval[node][0] for node in members], np.intp)

    def below(self, top: str) -> Mask:
        """Which members belong to a node or to one below it (bool (members,))."""
        first, end = self._interval[top]
        return (self._of >= first) & (self._of < end)


class CappedNodes:
    """The nodes of one forest that a cap binds, each with the smallest cap on it.

    They are numbered by how many capped nodes lie above them, then by id, so that parents come before
    children.
    """

    def __init__(
        self, parents: Mapping[str, str | None], caps: Iterable[tuple[str, int]]
    ) -> None:
        self.most: dict[str, int] = {}
        for node, most in caps:
            self.most[node] = min(most, self.most.get(node, most))
        self._nearest: dict[str, str | None] = {}
        depth: dict[str, int] = {}
        above: dict[str, str | None] = {}
        for node in downward(parents):
            parent = parents[node]
            upper = None if parent is None else self._nearest[parent]
            if node in self.most:
                above[node], depth[node] = (
                    upper,
                    0 if upper is None else depth[upper] + 1,
                )
                self._nearest[node] = node
            else:
                self._nearest[node] = upper
        self.ids = tuple(sorted(above, key=lambda node: (depth[node], node)))
        self._number: dict[str | None, int] = {
            node: number for number, node in enumerate(self.ids)
        } | {None: -1}
        self._parent = [self._number[above[node]] for node in self.ids]

    def of(self, node: str) -> int:
        """Number of the nearest capped node at or above a node, -1 where there is none."""
        return self._number[self._nearest[node]]

    def used(self, amounts: Iterable[tuple[str, int]]) -> list[int]:
        """By capped node, the sum of amounts given at nodes at or below it."""
        found = [0] * len(self.ids)
        for node, amount in amounts:
            here = self.of(node)
            if here >= 0:
                found[here] += amount
        for here in range(len(found) - 1, -1, -1):
            if self._parent[here] >= 0:
                found[self._parent[here]] += found[here]
        return found

    def tree(self, nodes: Sequence[str], used: Sequence[int]) -> CapTree:
        """The caps over leaves that hang at the given nodes, less what is used of them."""
        left = [
            self.most[node] - taken for node, taken in zip(self.ids, used, strict=True)
        ]
        return CapTree(
            np.array([self.of(node) for node in nodes], np.int32),
            np.array(self._parent, np.int32),
            np.array(left, np.int64),
        )


def capped_nodes(lists: Numbering, side: Side) -> CappedNodes:
    """The nodes of the tree of units or of communities that hard rules cap."""
    nodes = lists.problem.units if side == "unit" else lists.problem.communities
    caps = (
        rule
        for rule in lists.problem.rules
        if isinstance(rule, Cap) and rule.soft is None
    )
    mine = [rule for rule in caps if rule.side == side]
    total = capacities(lists) if mine else {}
    return CappedNodes(
        {node.id: node.parent for node in nodes},
        ((rule.node, rule.limit(total.get(rule.node, 0))) for rule in mine),
    )


def capacities(lists: Numbering) -> dict[str, int]:
    """The capacity of every unit's resources and of those below it."""
    own: dict[str, int] = {}
    for resource in lists.resources:
        own[resource.unit] = own.get(resource.unit, 0) + resource.capacity
    return totals({unit.id: unit.parent for unit in lists.problem.units}, own)
