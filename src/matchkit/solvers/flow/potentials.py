"""Prices from the residual graph: longest paths from the root, a word at a time.

A flow is optimal if and only if its residual graph has no cycle of positive gain (Ahuja, Magnanti and Orlin
1993, theorem 9.1), and then the lengths of longest paths are dual prices. Paths of several words compare
lexicographically: the second word is measured on those arcs only that are tight in the first.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.engines.problem import Arcs
from matchkit.errors import EngineError
from matchkit.graph.candidates import Integers
from matchkit.messages.message import Message

UNREACHED = -(2**62)


class NotOptimalError(EngineError):
    """A flow is not the best there is: its residual graph has a cycle of positive gain."""


FEW = 8
"""Relax from the changed nodes only when their arcs are fewer than one in so many."""


CRAWL_AFTER, CRAWL_BELOW, CRAWL_PATIENCE = 200, 64, 20
"""After so many sweeps, where at most so many nodes still change, go node by node for so many steps a node.
"""


class _Relaxation:
    """Arcs of one direction, sorted by head for sweeps over all and by tail for sweeps over few."""

    def __init__(self, tail: Int32, head: Int32, gain: Int64, nodes: int) -> None:
        order = np.argsort(head, kind="stable")
        self.tail, self.head, self.gain = tail[order], head[order], gain[order]
        self.start = (
            np.flatnonzero(np.r_[True, self.head[1:] != self.head[:-1]])
            if len(head)
            else np.zeros(0, np.int64)
        )
        self.heads = self.head[self.start]
        self.nodes = nodes
        self._out: tuple[Int64, Int64] | None = None

    def _by_tail(self) -> tuple[Int64, Int64]:
        if self._out is None:
            order = np.argsort(self.tail, kind="stable")
            self._out = order, np.searchsorted(self.tail[order], np.arange(self.nodes + 1))
        return self._out

    def relax(self, length: Int64, changed: Integers | None) -> Integers:
        """Lengthen paths over these arcs, from the changed tails or (None) all; the heads that changed (some
        twice).
        """
        if not len(self.tail):
            return self.heads
        if changed is not None and len(changed) * FEW < self.nodes:
            order, first = self._by_tail()
            begin, count = first[changed], first[changed + 1] - first[changed]
            total = int(count.sum())
            if total * FEW < len(self.tail):
                ends = np.cumsum(count)
                arcs = order[np.arange(total) + np.repeat(begin - (ends - count), count)]
                heads = self.head[arcs]
                longer = length[self.tail[arcs]] + self.gain[arcs]
                better = np.flatnonzero(longer > length[heads])
                np.maximum.at(length, heads[better], longer[better])
                reached: Integers = heads[better]
                return reached
        best = np.maximum.reduceat(length[self.tail] + self.gain, self.start)
        better = np.flatnonzero(best > length[self.heads])
        found = self.heads[better]
        length[found] = best[better]
        return found


def longest_paths(
    root: int,
    nodes: int,
    forward: Arcs,
    backward: Arcs,
    links: Arcs,
    patience: int | None = None,
) -> Int64:
    """Length of the longest path from the root to every node over residual arcs (UNREACHED where there is
    none).

    ``forward`` and ``backward`` are the residual arcs of pairs, ``links`` those at hubs, both directions.
    Raises NotOptimalError if a cycle of positive gain remains, that is, if the flow was not optimal; with
    ``patience``, also where so many sweeps do not show that none does.
    """
    length = np.full(nodes, UNREACHED, np.int64)
    length[root] = 0
    sets = [
        _Relaxation(arcs.tail, arcs.head, arcs.gain, nodes)
        for arcs in (links, forward, backward)
    ]
    recent, now, crawling = np.ones(nodes, np.bool_), np.zeros(nodes, np.bool_), True
    for sweep in range(min(nodes + 2, patience or nodes + 2)):
        # Each set looks at what changed since it last did: in the sweep before, or earlier in this one.
        for arcs in sets:
            found = arcs.relax(length, np.flatnonzero(recent) if sweep else None)
            recent[found] = now[found] = True
        if length[root] > 0:
            break
        if not now.any():
            return length
        if crawling and sweep >= CRAWL_AFTER and np.count_nonzero(now) <= CRAWL_BELOW:
            if _crawled(length, sets, np.flatnonzero(now), root):
                return length
            crawling, now[:] = False, True
        recent, now = now, recent
        now[:] = False
    raise NotOptimalError(Message("matching.not_optimal"))


def _crawled(length: Int64, sets: list[_Relaxation], changed: Integers, root: int) -> bool:
    """Finish node by node where few nodes change at a time (first in, first out: Bellman 1958, Moore 1959).

    Long chains would take a sweep a node. Whether it came to an end before its patience did; what it reached
    stands.
    """
    tail, head, gain = (
        np.concatenate([getattr(arcs, name) for arcs in sets])
        for name in ("tail", "head", "gain")
    )
    order = np.argsort(tail, kind="stable")
    heads, gains = head[order].tolist(), gain[order].tolist()
    first = np.searchsorted(tail[order], np.arange(len(length) + 1)).tolist()
    at, queue = length.tolist(), deque(changed.tolist())
    waiting = set(queue)
    steps = CRAWL_PATIENCE * len(length)
    while queue and at[root] <= 0 and steps > 0:
        node = queue.popleft()
        waiting.discard(node)
        here = at[node]
        for arc in range(first[node], first[node + 1]):
            other = heads[arc]
            if here + gains[arc] > at[other]:
                at[other] = here + gains[arc]
                if other not in waiting:
                    waiting.add(other)
                    queue.append(other)
        steps -= 1
    length[:] = at
    return not queue and at[root] <= 0


def tight(arcs: Arcs, length: Int64) -> Mask:
    """Which arcs lie on longest paths."""
    reached = (length[arcs.tail] > UNREACHED // 2) & (length[arcs.head] > UNREACHED // 2)
    mask: Mask = reached & (length[arcs.head] == length[arcs.tail] + arcs.gain)
    return mask
