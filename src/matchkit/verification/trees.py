"""Sums by key, and units and communities as trees: who is below whom, sums over everything below a node, and
over pairs of subtrees.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeVar

from matchkit.model import Community, Unit

SumKey = TypeVar("SumKey")
Rectangle = tuple[tuple[int, int], tuple[int, int]]
"""First and last but one of the columns, and of the rows."""


def summed(entries: Iterable[tuple[SumKey, int]]) -> dict[SumKey, int]:
    """The sum of the amounts of each key, in the order in which the keys come first."""
    found: dict[SumKey, int] = {}
    for key, amount in entries:
        found[key] = found.get(key, 0) + amount
    return found


def sums_in_rectangles(
    points: Mapping[tuple[int, int], int], areas: Mapping[SumKey, Rectangle]
) -> dict[SumKey, int]:
    """For every named area, the sum of the amounts at the points in it.

    Columns are swept once; a binary indexed tree (Fenwick, 1994) holds the sums by row so far. So thousands
    of areas over thousands of points cost no more than sorting.
    """
    size = 1 + max((row for _, row in points), default=0)
    tree = [0] * (size + 1)

    def below(row: int) -> int:
        total, row = 0, min(row, size)
        while row > 0:
            total += tree[row]
            row -= row & -row
        return total

    asked = [
        (column, sign, name, rows)
        for name, (columns, rows) in areas.items()
        for column, sign in zip(columns, (-1, 1), strict=True)
    ]
    waiting = sorted(points.items(), reverse=True)
    found = dict.fromkeys(areas, 0)
    for column, sign, name, (first, end) in sorted(asked, key=lambda entry: entry[0]):
        while waiting and waiting[-1][0][0] < column:
            (_, row), amount = waiting.pop()
            row += 1
            while row <= size:
                tree[row] += amount
                row += row & -row
        found[name] += sign * (below(end) - below(first))
    return found


class Hierarchy:
    """A forest of ids. Each holds the numbers from its own up to its last descendant's, so that below is
    O(1).
    """

    def __init__(self, records: Iterable[Unit] | Iterable[Community]) -> None:
        self.parent: dict[str, str | None] = {
            record.id: record.parent for record in records
        }
        children: dict[str | None, list[str]] = {}
        for node, parent in self.parent.items():
            children.setdefault(parent, []).append(node)
        self._order: list[str] = []
        stack = list(children.get(None, ()))
        while stack:
            node = stack.pop()
            self._order.append(node)
            stack.extend(children.get(node, ()))
        self._number = {node: number for number, node in enumerate(self._order)}
        size = self.totals(dict.fromkeys(self._order, 1))
        self._end = {node: number + size[node] for node, number in self._number.items()}

    def below(self, node: str, top: str) -> bool:
        """Whether the node is ``top`` or one of its descendants."""
        return self._number[top] <= self._number[node] < self._end[top]

    def span(self, node: str) -> tuple[int, int]:
        """The node's number, and the first number that is neither its own nor a descendant's."""
        return self._number[node], self._end[node]

    def upward(self, node: str) -> Iterator[str]:
        """The node, its parent, and so on up to the root of its tree."""
        here: str | None = node
        while here is not None:
            yield here
            here = self.parent[here]

    def at_depth(self, depth: int) -> dict[str, str]:
        """For every node, the one above it that has so many above itself; the node where it has no more."""
        found: dict[str, str] = {}
        above: dict[str, int] = {}
        for node in self._order:
            parent = self.parent[node]
            above[node] = 0 if parent is None else above[parent] + 1
            found[node] = (
                node if parent is None or above[node] <= depth else found[parent]
            )
        return found

    def totals(self, amounts: Mapping[str, int]) -> dict[str, int]:
        """For every node, the sum of the amounts at it and below it."""
        total = {node: amounts.get(node, 0) for node in self._order}
        for node in reversed(self._order):
            parent = self.parent[node]
            if parent is not None:
                total[parent] += total[node]
        return total

    def above(self, amounts: Mapping[str, int]) -> dict[str, int]:
        """For every node, the sum of the amounts at it and above it."""
        total: dict[str, int] = {}
        for node in self._order:
            parent = self.parent[node]
            total[node] = amounts.get(node, 0) + (total[parent] if parent else 0)
        return total

    def nearest(self, marked: Container[str]) -> dict[str, str | None]:
        """For every node, the first marked one on the way up from it, itself included; None where there is
        none.
        """
        found: dict[str, str | None] = {}
        for node in self._order:
            parent = self.parent[node]
            found[node] = (
                node if node in marked else None if parent is None else found[parent]
            )
        return found
