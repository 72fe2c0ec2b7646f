"""The residual network of a flow, and its longest paths, which are dual prices.

A flow is optimal if and only if its residual network has no cycle of positive gain (Ahuja, Magnanti and Orlin
1993, theorem 9.1). Then longest paths from the root are the highest prices of left nodes, those to the root
the highest of right ones. Paths of several words compare lexicographically: the second word is measured on
those arcs only that are tight in the first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.engines.problem import FlowArcs
from matchkit.errors import EngineError
from matchkit.graph.candidates import Integers
from matchkit.messages.message import Message
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs

UNREACHED = -(2**62)
"""Length of a path to a node that no path reaches; any length below half of it means the same."""


class NotOptimalError(EngineError):
    """A flow is not the best there is: its residual graph has a cycle of positive gain."""


FEW = 8
"""Relax from the changed nodes only when their arcs are fewer than one in so many."""
CRAWL_AFTER, CRAWL_BELOW, CRAWL_PATIENCE = 200, 64, 20
"""After so many sweeps, where at most so many nodes still change, go node by node for so many steps a node.
"""


class _Relaxation:
    """Arcs of one direction, sorted by head for sweeps over all and by tail for sweeps over few."""

    def __init__(self, arcs: FlowArcs, nodes: int) -> None:
        order = np.argsort(arcs.head, kind="stable")
        self.tail, self.head, self.gain = (
            arcs.tail[order],
            arcs.head[order],
            arcs.gain[order],
        )
        self.start = np.flatnonzero(np.diff(self.head, prepend=np.int32(-1)))
        self.heads = self.head[self.start]
        self.nodes = nodes
        self._out: tuple[Int64, Int64] | None = None

    def _by_tail(self) -> tuple[Int64, Int64]:
        if self._out is None:
            order = np.argsort(self.tail, kind="stable")
            self._out = (
                order,
                np.searchsorted(self.tail[order], np.arange(self.nodes + 1)),
            )
        return self._out

    def relax(self, length: Int64, changed: Integers | None) -> Integers:
        """Lengthen paths over these arcs, from the changed tails or (None) all; the heads that changed (some
        twice).
        """
        if not len(self.tail):
            return self.heads
        # A few changed nodes: only their arcs, scattered. Else every arc, one reduction a head.
        if changed is not None and len(changed) * FEW < self.nodes:
            order, first = self._by_tail()
            begin, count = first[changed], first[changed + 1] - first[changed]
            total = int(count.sum())
            if total * FEW < len(self.tail):
                ends = np.cumsum(count)
                arcs = order[
                    np.arange(total) + np.repeat(begin - (ends - count), count)
                ]
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
    forward: FlowArcs,
    backward: FlowArcs,
    links: FlowArcs,
    patience: int | None = None,
) -> Int64:
    """Length of the longest path from the root to every node over residual arcs: int64 (nodes,), UNREACHED
    where there is none (Bellman-Ford sweeps; Bellman 1958).

    ``forward`` and ``backward`` are the residual arcs of pairs, ``links`` those at hubs, both directions.
    Raises NotOptimalError if a cycle of positive gain remains, that is, if the flow was not optimal; with
    ``patience``, also where so many sweeps do not show that none does.
    """
    length = np.full(nodes, UNREACHED, np.int64)
    length[root] = 0
    sets = [_Relaxation(arcs, nodes) for arcs in (links, forward, backward)]
    recent, now, crawling = np.ones(nodes, np.bool_), np.zeros(nodes, np.bool_), True
    # Invariant: after sweep k a length is at least that of the longest path of k arcs. Without a cycle of
    # positive gain a longest path has fewer arcs than there are nodes, so a later change shows such a cycle.
    for sweep in range(min(nodes + 2, patience or nodes + 2)):
        # Each set looks at what changed since it last did: in the sweep before, or earlier in this one.
        for arcs in sets:
            found = arcs.relax(length, np.flatnonzero(recent) if sweep else None)
            recent[found] = now[found] = True
        if length[root] > 0:  # a cycle of positive gain through the root
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


def _crawled(
    length: Int64, sets: list[_Relaxation], changed: Integers, root: int
) -> bool:
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


def tight(arcs: FlowArcs, length: Int64) -> Mask:
    """Which arcs lie on longest paths of these lengths (int64 (nodes,)): bool (arcs,)."""
    reached = (length[arcs.tail] > UNREACHED // 2) & (
        length[arcs.head] > UNREACHED // 2
    )
    mask: Mask = reached & (length[arcs.head] == length[arcs.tail] + arcs.gain)
    return mask


@dataclass(frozen=True, slots=True)
class Flow:
    """Units on every pair and on every link: int64 (pairs,) and int64 (links,)."""

    pairs: Int64
    links: Int64


def residual_arcs(
    pairs: FlowArcs, links: FlowArcs, flow: Flow
) -> tuple[FlowArcs, FlowArcs, FlowArcs]:
    """Forward arcs (room is left) and backward arcs (units can be taken back) of pairs, and both of links."""
    (forward, backward), ends = (
        (
            arcs.take(units < arcs.capacity),
            FlowArcs(arcs.head, arcs.tail, arcs.capacity, -arcs.gain).take(units > 0),
        )
        for arcs, units in ((pairs, flow.pairs), (links, flow.links))
    )
    return forward, backward, joined_arcs(ends)


def joined_arcs(parts: Sequence[FlowArcs]) -> FlowArcs:
    """All arcs of these parts, in order."""
    names = ("tail", "head", "capacity", "gain")
    return FlowArcs(
        *(np.concatenate([getattr(arcs, name) for arcs in parts]) for name in names)
    )


@dataclass(frozen=True, slots=True)
class FlowResidual:
    """On which arcs a flow can still change; gains are measured in words, one after another."""

    pairs: Pairs
    links: HubLinks
    flow: Flow
    words: tuple[PackedGoals, ...]

    def from_root(self, patience: int | None = None) -> list[Int64]:
        """Longest paths from the root, one array a word: int64 (nodes,), UNREACHED where no path leads.

        Raises NotOptimalError if the flow is not optimal for the words, one after another, or ``patience``
        (in sweeps) ends.
        """
        return self._lengths(patience, turned=False)

    def to_root(self) -> list[Int64]:
        """Longest paths from every node to the root, as above: what a unit that comes to a node is worth."""
        return self._lengths(None, turned=True)

    def _lengths(self, patience: int | None, *, turned: bool) -> list[Int64]:
        found: list[Int64] = []
        pairs, links = self.pairs, self.links
        sets = self._arcs(turned=turned)
        for word in self.words:
            weight = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
            gains = weight, weight, links.counts(word)
            arcs = [one.with_gain(gain) for one, gain in zip(sets, gains, strict=True)]
            length = longest_paths(
                links.root, links.node_count, arcs[0], arcs[1], arcs[2], patience
            )
            found.append(length)
            # The next word counts on the optimal face of this one: its tight arcs.
            sets = [
                one.take(tight(each, length))
                for one, each in zip(sets, arcs, strict=True)
            ]
        return found

    def _arcs(self, *, turned: bool) -> list[_Arcs]:
        """The residual arcs: forward and backward ones of pairs, then both of links; ``turned`` from head to
        tail.
        """
        pairs, links, flow = self.pairs, self.links, self.flow
        right = pairs.right + np.int32(links.left_count)
        along, against = (
            _Arcs.of(links.tail, links.head, flow.links < links.capacity, 1),
            _Arcs.of(links.head, links.tail, flow.links > 0, -1),
        )
        sets = [
            _Arcs.of(pairs.left, right, flow.pairs < pairs.capacity, 1),
            _Arcs.of(right, pairs.left, flow.pairs > 0, -1),
            along.joined(against),
        ]
        if turned:
            sets = [one._replace(tail=one.head, head=one.tail) for one in sets]
        # In the order of their heads, so that sorting them for every word is quick.
        return [one.take(np.argsort(one.head, kind="stable")) for one in sets]


class _Arcs(NamedTuple):
    """Residual arcs of pairs or links: ends, int32 (arcs,), the pair or link of each, int64 (arcs,), and
    whether it runs along that (1) or against it (-1), int64 (arcs,).
    """

    tail: Int32
    head: Int32
    place: Int64
    sign: Int64

    @classmethod
    def of(cls, tail: Int32, head: Int32, left: Mask, sign: int) -> _Arcs:
        """Of those pairs or links on which something is left."""
        place = np.flatnonzero(left)
        return cls(tail[left], head[left], place, np.full(len(place), sign, np.int64))

    def take(self, which: Mask | Int64) -> _Arcs:
        """These arcs, by a mask or by positions."""
        return _Arcs(
            self.tail[which], self.head[which], self.place[which], self.sign[which]
        )

    def joined(self, other: _Arcs) -> _Arcs:
        """These arcs, then others."""
        both = (
            np.concatenate([self.tail, other.tail]),
            np.concatenate([self.head, other.head]),
        )
        place = np.concatenate([self.place, other.place])
        return _Arcs(*both, place, np.concatenate([self.sign, other.sign]))

    def with_gain(self, gain: Int64) -> FlowArcs:
        """The arcs, where a unit on pairs or links counts so much, int64 (pairs,) or (links,)."""
        return FlowArcs(
            self.tail, self.head, np.abs(self.sign), self.sign * gain[self.place]
        )
