"""Cheapest paths through the residual network: who moves where, so that a unit of a requirement comes back to
a resource.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Intp, Mask
from matchkit.compile.ragged import spread
from matchkit.explain.residual.arcs import ReducedCosts, ResidualArcs
from matchkit.explain.residual.network import Vectors
from matchkit.solvers.flow.fold import Folded

BATCH = 256
"""So many of the nearest nodes are looked at in one go: fewer would wait for numpy, more would be looked at
again.
"""


class TooLongError(Exception):
    """A path has more arcs than the numbers hold for."""


class PathTree(NamedTuple):
    """Cheapest paths from one node: their costs (endless where there is none), the node before on each, and
    the most arcs of any.
    """

    cost: Folded
    via: Intp
    arcs: int


class _Search:
    """Labels of nodes that only become cheaper: the nearest first, a batch at a time (after Dijkstra
    1959).
    """

    def __init__(
        self, arcs: ResidualArcs, endless: int, start: int, longest: int
    ) -> None:
        nodes = len(arcs.first) - 1
        self.arcs, self.endless, self.longest = arcs, endless, longest
        self.cost: Folded = np.full(nodes, endless, arcs.cost.dtype)
        self.via: Intp = np.full(nodes, -1, np.intp)
        self.steps: Intp = np.zeros(nodes, np.intp)
        self.cost[start] = 0
        self.waiting = np.zeros(nodes, np.bool_)
        self.waiting[start] = True

    def run(
        self,
        rest: Folded | None = None,
        target: int = -1,
        best: int = 0,
        without: tuple[int, int] = (-1, -1),
    ) -> None:
        """Until nothing becomes cheaper; with a ``target``, nothing that leads to it for less than ``best``.

        ``rest`` is no more than it costs from each node to the target; ``without`` is an arc (tail, head) to
        leave out.
        """
        # Label correcting, the nearest labels first: a label that falls again goes back among those waiting.
        while True:
            batch = np.flatnonzero(self.waiting)
            ahead = self.cost[batch] if rest is None else self.cost[batch] + rest[batch]
            if target >= 0:
                batch, ahead = batch[ahead < best], ahead[ahead < best]
            if not len(batch):
                return
            if len(batch) > BATCH:
                batch = np.sort(batch[np.argsort(ahead, kind="stable")[:BATCH]])
            self.waiting[batch] = False
            entry, at = spread(self.arcs.first, batch)
            head, cost = (
                self.arcs.head[at],
                self.cost[batch][entry] + self.arcs.cost[at],
            )
            keep = cost < self.cost[head]
            if target >= 0:
                keep &= (cost if rest is None else cost + rest[head]) < best
            if without[0] >= 0:
                keep &= ~((batch[entry] == without[0]) & (head == without[1]))
            here = np.flatnonzero(keep)
            if not len(here):
                continue
            here = here[np.argsort(cost[here], kind="stable")]
            here = here[np.argsort(head[here], kind="stable")]
            here = here[np.flatnonzero(np.diff(head[here], prepend=-1))]
            reached, by = head[here], batch[entry[here]]
            self.cost[reached], self.via[reached], self.steps[reached] = (
                cost[here],
                by,
                self.steps[by] + 1,
            )
            if int(self.steps[reached].max()) > self.longest:
                raise TooLongError
            self.waiting[reached] = True
            if target >= 0 and self.waiting[target]:
                self.waiting[target] = False
                best = min(best, self.cost[target])


class Paths:
    """Cheapest paths of one residual network; what leads from and to the root is worked out once.

    Raises TooLongError, here or in ``cheapest``, where its numbers would not hold.
    """

    def __init__(self, residual: ReducedCosts, root: int) -> None:
        self.fold, self._potential = residual.fold, residual.potential
        self._arcs, self._root = residual.arcs, root
        self._out = self._tree(residual.arcs)
        self._home = self._tree(residual.arcs.turned())
        # In one comparison stand a path with what is left of it, a difference of two, and another path or the
        # two by way of the root: five in all (residual.PATHS), and so many arcs.
        limit, guide = residual.fold.arcs, 2 * max(self._out.arcs, self._home.arcs)
        self._longest = min(
            limit - guide - self._out.arcs - self._home.arcs, (limit - guide) // 2
        )
        if self._longest < 2:
            raise TooLongError

    def _tree(self, arcs: ResidualArcs) -> PathTree:
        search = _Search(arcs, self.fold.endless, self._root, self.fold.arcs // 2)
        search.run()
        return PathTree(search.cost, search.via, int(search.steps.max()))

    @cached_property
    def from_root(self) -> tuple[Vectors, Mask]:
        """The longest path from the root to every node, by goal (shape (nodes, goals)), and whether there is
        one: what taking a unit away there is worth, at most 0 where the node has one.
        """
        lost, reached = self._lost(self._out)
        return self._potential - lost, reached

    @cached_property
    def to_root(self) -> tuple[Vectors, Mask]:
        """The longest path from every node to the root, as above: what a unit that comes there is worth."""
        lost, reached = self._lost(self._home)
        return -self._potential - lost, reached

    def _lost(self, tree: PathTree) -> tuple[Vectors, Mask]:
        reached: Mask = tree.cost < self.fold.endless
        return self.fold.vectors(np.where(reached, tree.cost, 0)), reached

    def nodes(self, node: int, *, to_root: bool) -> list[int]:
        """The nodes of the path that ``from_root`` or ``to_root`` measures, from this node to the root."""
        via, found = (self._home if to_root else self._out).via, [node]
        while found[-1] != self._root:
            found.append(int(via[found[-1]]))
        return found

    def cheapest(
        self, start: int, end: int, *, there: bool
    ) -> tuple[int, list[int]] | None:
        """The cost of the cheapest path and its nodes; None where there is none.

        ``there`` says that the plan has the arc from start to end itself, which is left out.
        """
        out, home, endless = self._out.cost, self._home.cost, self.fold.endless
        through = not there and home[start] < endless and out[end] < endless
        best = home[start] + out[end] if through else endless
        rest = np.maximum(np.maximum(home - home[end], out[end] - out), 0)
        if through:
            rest[self._root] = endless  # nothing that passes the root is cheaper
        search = _Search(self._arcs, endless, start, self._longest)
        search.run(rest, end, best, (start, end) if there else (-1, -1))
        if search.cost[end] < best:
            nodes = [end]
            while nodes[-1] != start:
                nodes.append(int(search.via[nodes[-1]]))
            return int(search.cost[end]), nodes[::-1]
        return (int(best), self._through(start, end)) if through else None

    def _through(self, start: int, end: int) -> list[int]:
        """The path by way of the root, without what it would walk twice."""
        ahead, back = self.nodes(start, to_root=True), self.nodes(end, to_root=False)
        nodes: list[int] = []
        for node in (*ahead, *back[-2::-1]):
            if node in nodes:
                del nodes[nodes.index(node) :]
            nodes.append(node)
        return nodes
