"""The tree of units or of communities: sums over subtrees, the level that a picture shows, and its labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchkit.messages.message import Lang, text_of
from matchkit.model import Community, Unit

MOST, WIDE = 25, 60
"""Most nodes that a picture shows by choice, and most where the level above says too little."""


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """Nodes by number, ascending by id; ``parent`` is -1 at a root; ``downward`` names every node after its
    parent.
    """

    ids: tuple[str, ...]
    names: tuple[str | None, ...]
    parent: tuple[int, ...]
    downward: tuple[int, ...]
    depth: tuple[int, ...]

    @classmethod
    def of(cls, records: Iterable[Unit | Community]) -> PlaceTree:
        """The tree of a problem's units or communities."""
        sorted_records = sorted(records, key=lambda record: record.id)
        number = {record.id: place for place, record in enumerate(sorted_records)}
        parent = [
            -1 if record.parent is None else number[record.parent]
            for record in sorted_records
        ]
        below: dict[int, list[int]] = {}
        for node, above in enumerate(parent):
            below.setdefault(above, []).append(node)
        downward = list(below.get(-1, ()))
        depth = [0] * len(parent)
        for node in downward:  # grows while it is read
            for child in below.get(node, ()):
                depth[child] = depth[node] + 1
                downward.append(child)
        names = tuple(record.name for record in sorted_records)
        return cls(tuple(number), names, tuple(parent), tuple(downward), tuple(depth))

    def rolled(self, own: Sequence[int]) -> list[int]:
        """For each node its own number and those of all nodes below it, added."""
        total = list(own)
        for node in reversed(self.downward):
            if self.parent[node] >= 0:
                total[self.parent[node]] += total[node]
        return total

    def level(self, own: Sequence[int], few: int) -> PlaceLevel:
        """The level that a picture shows of nodes that have any of ``own``: the deepest of at most 25 nodes.

        Where that has fewer than ``few``, it is the next one, if that has at most 60; of a larger one the
        greatest 24 are shown and the others together, but only where there are not two nodes above.
        """
        depth = self._deepest(own, MOST)
        chosen, of = self._at(depth, own)
        if len(chosen) < few and depth < max(self.depth, default=0):
            deeper, of_deeper = self._at(depth + 1, own)
            if len(deeper) <= WIDE or len(chosen) < 2:
                chosen, of = deeper, of_deeper
        return self._greatest(chosen, of, own)

    def points(self, own: Sequence[int], most: int) -> PlaceLevel:
        """The deepest level of at most ``most`` nodes that have any of ``own``."""
        return self._greatest(*self._at(self._deepest(own, most), own), own, most)

    def inside(self, node: int, own: Sequence[int]) -> PlaceLevel:
        """What a node consists of: those right below it that have any of ``own``, and the node itself where
        it has some.
        """
        of = [-1] * len(self.parent)
        for at in self.downward:
            above = self.parent[at]
            of[at] = (
                at
                if above == node or at == node
                else of[above]
                if above >= 0 and of[above] != node
                else -1
            )
        return self._greatest(
            sorted({of[at] for at, amount in enumerate(own) if amount and of[at] >= 0}),
            of,
            own,
        )

    def _greatest(
        self, chosen: list[int], of: list[int], own: Sequence[int], most: int = WIDE
    ) -> PlaceLevel:
        """The chosen nodes in the order of the tree; where they are more than ``most``, the greatest, and the
        others together.
        """
        kept = set(chosen)
        if len(chosen) > most:
            held = dict.fromkeys(chosen, 0)
            for node, amount in enumerate(own):
                if of[node] in held:
                    held[of[node]] += amount
            kept = set(
                sorted(chosen, key=lambda node: (-held[node], node))[
                    : min(most, MOST) - 1
                ]
            )
        nodes = [node for node in self._walk() if node in kept]
        place = {node: at for at, node in enumerate(nodes)}
        others = len(chosen) - len(nodes)
        left_over = len(nodes) if others else -1
        left = set(chosen) - kept
        return PlaceLevel(
            tuple(nodes),
            others,
            tuple(place.get(node, left_over if node in left else -1) for node in of),
        )

    def _deepest(self, own: Sequence[int], most: int) -> int:
        """The greatest depth of at most ``most`` nodes, 0 where there is none: a deeper level never has
        fewer.
        """
        depths = range(1, max(self.depth, default=0) + 1)
        return bisect_right(
            depths, most, key=lambda depth: len(self._at(depth, own)[0])
        )

    def _at(self, depth: int, own: Sequence[int]) -> tuple[list[int], list[int]]:
        """The nodes at this depth, and those above it with something of their own; for each node the one it
        is counted in.
        """
        of = list(range(len(self.parent)))
        for node in self.downward:
            if self.depth[node] > depth:
                of[node] = of[self.parent[node]]
        return sorted({of[node] for node, amount in enumerate(own) if amount}), of

    def _walk(self) -> list[int]:
        """Every node after its parent and beside its kin, so that a picture keeps together what belongs
        together.
        """
        below: dict[int, list[int]] = {}
        for node, above in enumerate(self.parent):
            below.setdefault(above, []).append(node)
        walked, waiting = list[int](), list(reversed(below.get(-1, [])))
        while waiting:
            walked.append(node := waiting.pop())
            waiting.extend(reversed(below.get(node, [])))
        return walked


@dataclass(frozen=True, slots=True)
class PlaceLevel:
    """Nodes that a picture shows, and how many more stand together as others, after them; ``of`` gives each
    node's place, or -1.
    """

    nodes: tuple[int, ...]
    others: int
    of: tuple[int, ...]

    @property
    def places(self) -> int:
        """How many places there are, with that of the others."""
        return len(self.nodes) + bool(self.others)

    def summed(self, own: Sequence[int]) -> list[int]:
        """Numbers of single nodes, added by place."""
        total = [0] * self.places
        for node, amount in enumerate(own):
            if self.of[node] >= 0:
                total[self.of[node]] += amount
        return total


def name_of(tree: PlaceTree, node: int) -> str:
    """A node's name, or its id where it has none."""
    return tree.names[node] or tree.ids[node]


def places_named(tree: PlaceTree, level: PlaceLevel, lang: Lang) -> list[str]:
    """Labels of the places of a level, the others last. A node whose children have places of their own is
    labelled "itself".
    """
    shown = set(level.nodes)
    split = {tree.parent[node] for node in level.nodes if tree.parent[node] in shown}
    named = [
        text_of("report.itself", lang, name=name_of(tree, node))
        if node in split
        else name_of(tree, node)
        for node in level.nodes
    ]
    return (
        [*named, text_of("report.others", lang, count=level.others)]
        if level.others
        else named
    )
