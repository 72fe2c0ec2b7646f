"""Cheapest cycles of the residual network through pairs of one node: what one unit more of each costs.

A best flow with one unit more on an arc is a best flow and a cheapest cycle through that arc (successive
shortest paths: Ahuja, Magnanti and Orlin 1993, section 9.7). All pairs of a node share one search, Dijkstra's
algorithm, which ends when no node that is left can close a cycle cheaper than those found. Potentials less
these distances make the cycles found cost nothing; digits within what the fold allows prove it by goal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.graph.network import GoalValues
from matchkit.solvers.flow.fold import Folded
from matchkit.solvers.live.network import LiveNetwork
from matchkit.solvers.live.search import narrow

SETTLED = 64
"""So many states are settled before distances ahead are looked for."""
AHEAD = 250
"""So many distances ahead are looked for, or somewhat more."""
STEPS = 3
"""Labels up to this part of the way to a bound are settled at once."""


class NodeMove(NamedTuple):
    """A unit of a left node to a right one, away from another; -1 stands for spare capacity."""

    left: int
    to: int
    away: int


class PairCycle(NamedTuple):
    """One unit more on a pair (its position): what that gains by goal, and what moves, the pair first."""

    pair: int
    gain: GoalValues
    moves: tuple[NodeMove, ...]


class StateArcs(NamedTuple):
    """Arcs: the states at both ends of each (node, and left nodes passed times the number of nodes), the
    cost, and the pair (-1: a link).
    """

    near: Intp
    other: Intp
    cost: Folded
    pair: Any


def cheapest_cycles(
    net: LiveNetwork, node: int, pairs: Int64, count: int, passed: int | None = None
) -> list[PairCycle]:
    """The cheapest cycle of each of ``count`` pairs of a node, those that gain most first, of ``pairs``
    (positions, int64 (pairs,)) that have room for a unit more.

    No cycle passes more than ``passed`` left nodes besides its pair's own (None: as many as it takes). Pairs
    on no cycle are left out; of two with the same ends the one that gains more stands for both.
    """
    ends = (net.head if net.left[node] else net.tail)[pairs]
    held = np.array(net.held[node], np.int64)
    held = held[net.units[held] > net.least[held]]
    held_ends = (net.head if net.left[node] else net.tail)[held]
    back = np.isin(ends, held_ends)
    found = _found(net, node, pairs[~back], count, passed)
    for end in np.unique(ends[back]).tolist():
        # What the pair carries may not go back on it.
        mark, mine = net.mark(), held[held_ends == end]
        net.set_pairs("least", mine, net.units[mine])
        found += _found(net, node, pairs[ends == end], 1, passed)
        net.undo(mark)
    found.sort(key=lambda one: (*(-part for part in one.gain), one.pair))
    return found[:count]


def _found(
    net: LiveNetwork, node: int, pairs: Int64, count: int, passed: int | None
) -> list[PairCycle]:
    if not len(pairs):
        return []
    search = CycleSearch(net, node, pairs, count, passed)
    if search.proves() or net.fold.large:
        return list(search.cycles())
    net.widen(large=True)
    found = list(CycleSearch(net, node, pairs, count, passed).cycles())
    narrow(net)
    return found


class Sweep:
    """Distances of states from some nodes (``home``), or towards them, as far as they are settled: labels
    that only fall, least first (Dijkstra), or many at once, which may then be settled again.

    A state is a node and how many left nodes other than ``start`` were passed: ``most`` or fewer (None: not
    counted). ``via`` and ``pair`` are the state and pair (-1: a link) that each was reached by.
    """

    def __init__(
        self,
        net: LiveNetwork,
        sources: Intp,
        labels: Folded,
        *,
        home: bool,
        start: int = -1,
        most: int | None = None,
    ) -> None:
        self.net, self.start, self.home = net, start, home
        self.size, self.far = len(net.up), net.fold.far
        self._jump = 0 if most is None else self.size
        states = self.size * (1 + (most or 0))
        self.distance = np.full(states, self.far, net.fold.dtype)
        self.distance[sources] = labels
        self.waiting = self.distance.copy()
        self.via, self.pair = np.full(states, -1), np.full(states, -1)

    def settle(self, states: Intp, bound: Any) -> None:
        """Labels of what arcs of some states lead to, below a bound."""
        self.waiting[states] = self.far
        for arcs in self._arcs(states, bound):
            length = arcs.cost + self.distance[arcs.near]
            nearer = length < np.minimum(self.distance[arcs.other], bound)
            at = np.flatnonzero(nearer)
            # Of arcs to one state the last counts: the shortest.
            at = at[np.argsort(-length[at], kind="stable")]
            reached = arcs.other[at]
            self.distance[reached] = self.waiting[reached] = length[at]
            self.via[reached] = arcs.near[at]
            self.pair[reached] = arcs.pair[at]

    def within(self, bound: Any) -> Folded:
        """The distances of all states, or less: as far as they are settled before that becomes too much, and
        no further than a bound.
        """
        settled = 0
        while (here := self.waiting.min()) < bound and settled < AHEAD:
            upto = here + (bound - here) // STEPS
            states = np.flatnonzero(self.waiting <= upto)
            settled += len(states)
            self.settle(states, bound)
        found: Folded = np.minimum(self.distance, min(here, bound))
        return found

    def _arcs(self, states: Intp, bound: Any) -> Iterator[StateArcs]:
        """Residual arcs out of states, or (towards a left node) into them; of pairs those that lead nearer
        than what is known, below a bound.
        """
        net, nodes = self.net, states % self.size
        mine = [net.at[node] for node in nodes.tolist()]
        is_leaf = np.array([len(one) > 0 for one in mine])
        left = net.left[nodes]
        step = np.where(is_leaf & left & (nodes != self.start), self._jump, 0)
        room = states + step < len(self.distance)
        beyond = states - nodes + step
        links = room & (net.up[nodes] >= 0)
        yield from self._links(states[links], beyond[links], nodes[links])
        hubs = np.flatnonzero(~is_leaf)
        if len(hubs):
            below = [net.children(node) for node in nodes[hubs].tolist()]
            many = [len(one) for one in below]
            near, far = (np.repeat(one[hubs], many) for one in (states, states - nodes))
            yield from self._links(near, far, np.concatenate(below), down=True)
        dense = left == self.home
        sign = 1 if self.home else -1
        for which, free in ((dense, True), (~dense, False)):
            at = np.flatnonzero(which & is_leaf & room)
            lists = [
                mine[k] if free else net.held[node]
                for k, node in zip(at.tolist(), nodes[at].tolist(), strict=True)
            ]
            many = [len(one) for one in lists]
            if not any(many):
                continue
            pairs = np.concatenate(lists, dtype=np.int64, casting="unsafe")
            other = (net.head if free == self.home else net.tail)[pairs]
            if self._jump:
                other = other + np.repeat(beyond[at], many)
            # What a path comes to, less what is the same for all arcs to one state.
            here = self.distance[states[at]] - sign * net.potential[nodes[at]]
            length = np.repeat(here, many)
            length += -net.gain[pairs] if free else net.gain[pairs]
            nearer = np.flatnonzero(length < self._upto(other, bound))
            pairs, other = pairs[nearer], other[nearer]
            near = np.repeat(states[at], many)[nearer]
            opened: Mask = (
                net.units[pairs] < net.most[pairs]
                if free
                else net.units[pairs] > net.least[pairs]
            )
            pairs, near, other = pairs[opened], near[opened], other[opened]
            cost = reduced_costs(net, pairs)
            yield StateArcs(near, other, cost if free else -cost, pairs)

    def _upto(self, states: Intp, bound: Any) -> Folded:
        """Below what a path to each state is nearer than is known, and below a bound, less the potential."""
        potential = self.net.potential if self.home else -self.net.potential
        if len(states) < len(self.distance):
            near: Folded = np.minimum(self.distance[states], bound)
            near -= potential[states % self.size]
            return near
        near = np.minimum(self.distance, bound).reshape(-1, self.size) - potential
        return near.ravel()[states]

    def _links(
        self, near: Intp, beyond: Intp, nodes: Intp, *, down: bool = False
    ) -> Iterator[StateArcs]:
        """The links of nodes, from them to their hubs or (``down``) from those to them."""
        net, hubs = self.net, self.net.up[nodes]
        gain = (net.down if down == self.home else net.upward)[nodes]
        slope = net.potential[hubs] - net.potential[nodes]
        cost = (slope if down != self.home else -slope) - gain
        at = np.flatnonzero(gain > -self.far)
        other = beyond + (nodes if down else hubs)
        yield StateArcs(near[at], other[at], cost[at], np.full(len(at), -1))


def reduced_costs(net: LiveNetwork, pairs: Int64) -> Folded:
    """What one unit more of each pair costs under the potentials: int64 (pairs,), or of Python's integers."""
    slope = net.potential[net.head[pairs]] - net.potential[net.tail[pairs]]
    found: Folded = slope - net.gain[pairs]
    return found


class CycleSearch:
    """Distances from a right node, or to a left one, as far as they are needed for so many pairs of it."""

    def __init__(
        self,
        net: LiveNetwork,
        start: int,
        pairs: Int64,
        count: int,
        passed: int | None,
    ) -> None:
        self.net, self.home = net, not net.left[start]
        cost = reduced_costs(net, pairs)
        order = np.argsort(cost, kind="stable")
        ends = (net.tail if self.home else net.head)[pairs[order]]
        self.ends, first = np.unique(ends, return_index=True)
        self.pairs, self.closing = pairs[order[first]], cost[order[first]]
        nothing = np.zeros(1, net.fold.dtype)
        self.sweep = Sweep(
            net, np.array([start]), nothing, home=self.home, start=start, most=passed
        )
        self._run(min(count, len(self.ends)))
        total = self._label() + self.closing
        order = np.argsort(total, kind="stable")[:count]
        self.chosen = order[total[order] < net.fold.far]
        self.total = total[self.chosen]

    def _label(self) -> Folded:
        """The distance of the end of every pair, as far as it is known."""
        sweep = self.sweep
        found: Folded = sweep.distance.reshape(-1, sweep.size)[:, self.ends].min(axis=0)
        return found

    def _run(self, count: int) -> None:
        """Settle states until no pair that is left can cost less than the first ``count``.

        Once these are bounded, distances from every node to the ends that are left tell which states may lead
        to less: the others are not settled (A* search: Hart, Nilsson and Raphael 1968).
        """
        sweep, far = self.sweep, self.net.fold.far
        settled, self.bound, self.ahead, self.known = 0, far, None, far
        while True:
            here, label = sweep.waiting.min(), self._label()
            self.bound = np.partition(label + self.closing, count - 1)[count - 1]
            self.top = min(here, self.bound)
            # What is not settled is at least as far as what is settled next.
            left = np.flatnonzero(label > self.top)
            if self.top + self.closing[left].min(initial=far) >= self.bound:
                return
            if self.ahead is None and settled > SETTLED and self.bound < far:
                back = Sweep(
                    self.net, self.ends[left], self.closing[left], home=not self.home
                )
                self.ahead = back.within(self.bound - here)
                self.known = here
            step = 0 if self.bound >= far else (self.bound - here) // STEPS
            states = np.flatnonzero(sweep.waiting <= here + step)
            if self.ahead is not None:
                least = sweep.distance[states] + self.ahead[states % sweep.size]
                sweep.waiting[states] = far
                states = states[least < self.bound]
            if len(states):
                settled += len(states)
                sweep.settle(states, self.bound)

    def proves(self) -> bool:
        """Whether potentials less the distances, or what they are at least, stay within the digits of the
        fold: then no arc costs less than nothing under them, goal by goal, and the paths found cost nothing.
        """
        sweep, net, far = self.sweep, self.net, self.net.fold.far
        if not len(self.total):
            return True
        top = self.top if self.top < far else self.total.max()
        least = np.minimum(sweep.distance, top)
        nodes = np.arange(len(least)) % sweep.size
        if self.ahead is not None:
            rest = np.maximum(self.bound - self.ahead, self.known)
            least = np.minimum(least, rest[nodes])
        near = np.flatnonzero(least < top)
        by = top - least[near]
        moved = net.potential[nodes[near]] + (by if self.home else -by)
        digits = np.abs(net.fold.vectors(moved))
        return bool((digits <= np.array(net.fold.most)).all())

    def cycles(self) -> Iterator[PairCycle]:
        """The cycles found."""
        gains = (-self.net.fold.vectors(self.total)).tolist()
        for place, gain in zip(self.chosen.tolist(), gains, strict=True):
            end = int(self.ends[place])
            pair = int(self.pairs[place])
            yield PairCycle(pair, tuple(gain), tuple(self._moves(pair, end)))

    def _moves(self, pair: int, end: int) -> Iterator[NodeMove]:
        """The moves of the cycle by an end: those of its path in order, after that of the pair."""
        sweep, net = self.sweep, self.net
        size = sweep.size
        passed = int(sweep.distance[end::size].argmin())
        state, path = passed * size + end, list[tuple[int, int, int]]()
        while state != sweep.start:
            other = int(sweep.via[state])
            ends = (other, state) if self.home else (state, other)
            path.append((ends[0] % size, ends[1] % size, int(sweep.pair[state])))
            state = other
        moves = list[NodeMove]()
        for tail, head, place in path[::-1] if self.home else path:
            if place < 0:
                continue
            if not net.left[tail]:
                moves.append(NodeMove(head, -1, tail))
            elif moves and moves[-1].left == tail:
                moves[-1] = moves[-1]._replace(to=head)
            else:
                moves.append(NodeMove(tail, head, -1))
        left, right = int(net.tail[pair]), int(net.head[pair])
        away = moves.pop().away if moves and moves[-1].left == left else -1
        yield NodeMove(left, right, away)
        yield from moves
