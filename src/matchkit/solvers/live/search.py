"""Cheapest paths between a node and the root over reduced costs, and the repair of a flow by them.

A change is made first where it stands: what exceeds its capacity is taken back, and an arc that now costs
less than nothing is filled, which leaves some nodes with units too many and others with too few. Each of
these is brought to the root, or from it, along a cheapest path (successive shortest paths: Ahuja, Magnanti
and Orlin 1993, section 9.7). Potentials of the nodes nearer than the root move by what they are nearer, the
others by nothing, so that no arc costs less than nothing afterwards, and the path nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.solvers.flow.fold import Folded
from matchkit.solvers.live.fold import ArcFold, arc_fold
from matchkit.solvers.live.network import LiveNetwork


class NoPathError(Exception):
    """Units that must go somewhere have nowhere to go: what locks ask for exceeds what is left."""


class NodeArcs(NamedTuple):
    """Arcs at one node: the other end, the cost, and the pair of each (-1: a link)."""

    other: Any
    cost: Folded
    pair: Any


class FlowMending:
    """What is to be mended after a change: surplus of units by node, and nodes and pairs to look at."""

    def __init__(self, net: LiveNetwork) -> None:
        self.net = net
        self.surplus = Counter[int]()
        self.settled = 0

    # -- arcs that cost less than nothing, or carry too much -------------------------------------------

    def link(self, node: int) -> None:
        """Keep a link within its capacity, and let it cost nothing less than nothing either way."""
        net = self.net
        over = int(net.carried[node]) - int(net.capacity[node])
        if over > 0:
            self._shift(node, -over)
        while True:
            slope = net.potential[node] - net.potential[net.up[node]]
            slope = slope if net.left[node] else -slope
            for more, sign in ((True, 1), (False, -1)):
                room, gain = net.step_room(node, more=more)
                if room and sign * (slope - gain) < 0:
                    self._shift(node, sign * room)
                    break
            else:
                return

    def _shift(self, node: int, by: int) -> None:
        """Units more (or less) on a link."""
        net = self.net
        net.set_link(node, carried=int(net.carried[node]) + by)
        hub = int(net.up[node])
        gets, gives = (node, hub) if net.left[node] else (hub, node)
        self.surplus[gets] += by
        self.surplus[gives] -= by

    def pair(self, place: int) -> None:
        """The same for a pair."""
        net = self.net
        cost = net.potential[net.head[place]] - net.potential[net.tail[place]]
        cost -= net.gain[place]
        units, most = int(net.units[place]), int(net.most[place])
        least = int(net.least[place])
        wanted = max(least, min(units, most))
        if cost < 0:
            wanted = max(wanted, most)
        elif cost > 0:
            wanted = least
        if wanted != units:
            net.set_units(place, wanted)
            self.surplus[int(net.head[place])] += wanted - units
            self.surplus[int(net.tail[place])] -= wanted - units

    def node(self, node: int) -> None:
        """After its pairs changed: a potential that lets none of them with room cost less than nothing."""
        net = self.net
        places = net.at[node]
        places = places[net.units[places] < net.most[places]]
        if len(places):
            here = net.potential[node]
            if net.left[node]:
                fit = (net.potential[net.head[places]] - net.gain[places]).min()
                by = min(fit - here, 0)
            else:
                fit = (net.potential[net.tail[places]] + net.gain[places]).max()
                by = max(fit - here, 0)
            if by:
                net.raise_potentials(np.array([node]), np.array([by], net.fold.dtype))
        for place in tuple(net.held[node]):
            self.pair(place)
        self.link(node)

    # -- bringing surplus to the root, and what lacks from it -------------------------------------------

    def balance(self) -> None:
        """Bring every surplus to the root and every lack from it. Raises NoPathError."""
        for node in sorted(self.surplus):
            while node != self.net.root and self.surplus[node]:
                self._send(node)
        self.surplus.clear()

    def _send(self, node: int) -> None:
        net = self.net
        home = self.surplus[node] > 0
        others = (
            end
            for end, many in sorted(self.surplus.items())
            if many and (many < 0) == home
        )
        ends = np.array([net.root, *others], np.intp)
        found = search(net, node, ends, home=home)
        self.settled += found.settled
        end, top = found.end, found.distance[found.end]
        if top >= net.fold.far:
            raise NoPathError
        near = np.flatnonzero(found.distance < top)
        by = top - found.distance[near]
        net.raise_potentials(near, by if home else -by)
        # From the end back to the node: each arc with its direction.
        steps = list[tuple[int, int, int]]()
        here = end
        while here != node:
            other, place = int(found.via[here]), int(found.pair[here])
            tail, head = (other, here) if home else (here, other)
            steps.append(self._arc(tail, head, place))
            here = other
        amount = min(abs(self.surplus[node]), *(room for _, _, room in steps))
        if end != net.root:
            amount = min(amount, abs(self.surplus[end]))
        for arc, sign, _ in steps:
            if arc >= 0:
                net.set_units(arc, int(net.units[arc]) + sign * amount)
            else:
                link = -1 - arc
                net.set_link(link, carried=int(net.carried[link]) + sign * amount)
        self.surplus[node] -= amount if home else -amount
        self.surplus[end] += amount if home else -amount

    def _arc(self, tail: int, head: int, place: int) -> tuple[int, int, int]:
        """A pair, or -1 less the node of a link; the direction of units on it; and their room."""
        net = self.net
        if place >= 0:
            if net.left[tail]:
                return place, 1, int(net.most[place] - net.units[place])
            return place, -1, int(net.units[place] - net.least[place])
        node = head if net.up[head] == tail else tail
        more = bool(net.left[node]) == (node == head)
        return (-1 - node, 1 if more else -1, net.step_room(node, more=more)[0])


def perform(net: LiveNetwork, change: Callable[[FlowMending], None]) -> FlowMending:
    """Make a change, which says what it touches, and mend the flow. Raises NoPathError, with nothing changed.

    Where digits of potentials grow beyond what they may, the change is made again in Python's own integers.
    """
    mark = net.mark()
    while True:
        net.changed.clear()
        repair = FlowMending(net)
        try:
            change(repair)
            repair.balance()
        except BaseException:
            net.undo(mark)
            raise
        if steady(net) or net.fold.large:
            return repair
        net.undo(mark)
        net.widen(large=True)


ROUNDS = 8
"""So often potentials that have drifted are brought back, one after another."""


def steady(net: LiveNetwork) -> bool:
    """Whether no digit of a potential that has changed is beyond what it may be."""
    return _brought_back(net, np.array(sorted(net.changed), np.intp), net.fold)


def narrow(net: LiveNetwork) -> None:
    """Numbers of 64 bits where they hold all potentials, as they mostly do."""
    fold = arc_fold(net.fold.reach, len(net.up))
    vectors = net.prices()
    beyond = np.logical_or.reduce(np.abs(vectors) > np.array(fold.most), axis=1)
    possible = net.fold.large and not fold.large
    if possible and _brought_back(net, np.flatnonzero(beyond), fold):
        net.refold(fold, net.prices())


def _brought_back(net: LiveNetwork, nodes: Intp, fold: ArcFold) -> bool:
    """Where nothing leads from the root to a node, or from it to the root, its potential drifts as those of
    others move; it is brought back as near to the root's as its arcs allow. Whether all digits are within.
    """
    most = np.array(fold.most)
    for _ in range(ROUNDS):
        vectors = np.abs(net.fold.vectors(net.potential[nodes])) > most
        nodes = nodes[np.logical_or.reduce(vectors, axis=1)]
        if not len(nodes):
            return True
        for node in nodes.tolist():
            away = net.potential[node] - net.potential[net.root]
            arcs = arcs_to(net, node) if away > 0 else arcs_from(net, node)
            room = [arc.cost.min() for arc in arcs if len(arc.cost)]
            by = min([abs(away), *room])
            if by:
                by = -by if away > 0 else by
                net.raise_potentials(np.array([node]), np.array([by], net.fold.dtype))
    return False


class NearestEnd(NamedTuple):
    """The nearest end; distances by node (fold.far: none within that of the end), the node and pair that each
    was reached by, and how many nodes were settled.
    """

    end: int

    distance: Folded
    via: Int64
    pair: Int64
    settled: int


def search(net: LiveNetwork, start: int, ends: Intp, *, home: bool) -> NearestEnd:
    """Dijkstra's algorithm from a node to the nearest of some ends, intp (ends,) (``home``), or backwards
    along arcs from one of them to it. The root is one of them, so its own arcs are not looked at.
    """
    size, far = len(net.up), net.fold.far
    distance = np.full(size, far, net.fold.dtype)
    via, pair = (np.full(size, -1, np.int64), np.full(size, -1, np.int64))
    distance[start] = 0
    waiting = distance.copy()
    settled = 0
    while True:
        node = int(waiting.argmin())
        here, bound = waiting[node], waiting[ends].min()
        if bound <= here:
            return NearestEnd(
                int(ends[waiting[ends].argmin()]), distance, via, pair, settled
            )
        waiting[node] = far
        settled += 1
        for arcs in arcs_from(net, node) if home else arcs_to(net, node):
            length = arcs.cost + here
            # A path that is no shorter than the one to an end is of no use.
            nearer = np.flatnonzero((length < distance[arcs.other]) & (length < bound))
            if not len(nearer):
                continue
            if net.parallel:
                # Of arcs to one node the last counts: the shortest.
                nearer = nearer[np.argsort(-length[nearer], kind="stable")]
            reached = arcs.other[nearer]
            distance[reached] = waiting[reached] = length[nearer]
            via[reached] = node
            pair[reached] = (
                arcs.pair if isinstance(arcs.pair, int) else arcs.pair[nearer]
            )


def arcs_from(net: LiveNetwork, node: int) -> Iterator[NodeArcs]:
    """Residual arcs out of a node."""
    here = net.potential[node]
    yield from _links(net, node, here, out=True)
    held, places = net.held[node], net.at[node]
    if net.left[node]:
        places = places[net.units[places] < net.most[places]]
        other = net.head[places]
        yield NodeArcs(other, net.potential[other] - here - net.gain[places], places)
    elif held:
        places = np.array(held)
        places = places[net.units[places] > net.least[places]]
        other = net.tail[places]
        yield NodeArcs(other, net.potential[other] - here + net.gain[places], places)


def arcs_to(net: LiveNetwork, node: int) -> Iterator[NodeArcs]:
    """Residual arcs into a node."""
    here = net.potential[node]
    yield from _links(net, node, here, out=False)
    held, places = net.held[node], net.at[node]
    if not net.left[node]:
        places = places[net.units[places] < net.most[places]]
        other = net.tail[places]
        yield NodeArcs(other, here - net.potential[other] - net.gain[places], places)
    elif held:
        places = np.array(held)
        places = places[net.units[places] > net.least[places]]
        other = net.head[places]
        yield NodeArcs(other, here - net.potential[other] + net.gain[places], places)


def _links(net: LiveNetwork, node: int, here: Any, *, out: bool) -> Iterator[NodeArcs]:
    """Links at a node: its own, and of a hub those below it."""
    far, hub = net.fold.far, int(net.up[node])
    if hub >= 0:
        gain = net.upward[node] if out else net.down[node]
        if gain > -far:
            slope = net.potential[hub] - here
            cost = np.array([(slope if out else -slope) - gain], net.fold.dtype)
            yield NodeArcs(np.array([hub]), cost, -1)
    below = net.children(node)
    if len(below):
        gain = net.down[below] if out else net.upward[below]
        below, gain = below[gain > -far], gain[gain > -far]
        slope = net.potential[below] - here
        yield NodeArcs(below, (slope if out else -slope) - gain, -1)
