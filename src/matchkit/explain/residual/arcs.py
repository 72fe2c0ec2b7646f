"""All that could change in a plan, as arcs with costs: the residual network over every eligible pair.

An arc costs what its gain lacks of the potentials of its ends. With the prices of an optimal plan no arc
costs less than nothing, and what a chain of moves loses is the sum of its costs (Ahuja, Magnanti and Orlin
1993, section 9.3).

Costs are vectors of goals, folded in one number each, so that comparing numbers is comparing vectors. What is
compared are sums of the costs of a few simple paths. All goals but the weight are earned at hubs, and a
simple path passes each of those once; so but for the weight a goal's part of a path is small, however long it
is. The weight's part grows with the arcs. The radix is chosen
for as many as 61 bits have room for, and says how many; where that is too few, numbers are Python's own,
which have no end. The last digit counts moves, so that of the paths that cost the same the one with the
fewest moves is the cheapest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Intp
from matchkit.compile.ragged import offsets
from matchkit.explain.residual.network import FlowNetwork, HubArcs, Vectors
from matchkit.solvers.flow.fold import Fold, Folded

ROOM = 2**61
"""Sums stay below this."""
MOST, FEWEST = 2**20, 128
"""More arcs than the one are not asked for in 61 bits, fewer than the other are not worth it: a path through
a city has some dozens.
"""


@dataclass(frozen=True, slots=True)
class PathFold(Fold):
    """Counts a move 1, and is right for sums and differences of up to ``arcs`` arcs in all."""

    arcs: int
    endless: int
    """A number above every sum, to which another such number may be added."""


def path_fold(
    spans: Sequence[int], weight: int, arcs: int, *, large: bool = False
) -> PathFold:
    """The fold for ``arcs`` arcs if they fit, else for fewer.

    ``spans`` is what a comparison reaches, up or down, in each goal but the last; ``weight`` what one arc
    does in that. Numbers are Python's own where ``large`` or where 61 bits hold too few arcs; then they hold
    for all.
    """
    count = min(arcs, MOST)
    while not large:
        units, whole = _units(spans, weight, count)
        if whole < ROOM:
            return PathFold(units, False, count, ROOM)
        if count <= FEWEST:
            break
        count = max(FEWEST, count * 3 // 4)
    units, whole = _units(spans, weight, arcs)
    return PathFold(units, True, arcs, whole)


def _units(spans: Sequence[int], weight: int, arcs: int) -> tuple[tuple[int, ...], int]:
    """A goal's unit each, larger than all that comes behind it; and what is larger than everything."""
    units: list[int] = []
    unit = 1 + arcs
    for span in (arcs * weight, *reversed(spans)):
        units.append(unit)
        unit += unit * span
    return tuple(reversed(units)), unit


PATHS = 5
"""So many paths stand in one comparison at most (paths.py)."""


@dataclass(frozen=True, slots=True)
class ResidualArcs:
    """Arcs by tail: those of node n are ``first[n]:first[n + 1]`` of ``head`` and ``cost``."""

    first: Intp
    head: Int32
    cost: Folded

    def turned(self) -> ResidualArcs:
        """The same arcs from head to tail."""
        tail = np.repeat(
            np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first)
        )
        order = np.argsort(self.head, kind="stable")
        return ResidualArcs(
            offsets(np.bincount(self.head, minlength=len(self.first) - 1)),
            tail[order],
            self.cost[order],
        )


@dataclass(frozen=True, slots=True)
class ReducedCosts:
    """The residual network with costs in one number each, under these potentials."""

    arcs: ResidualArcs
    fold: PathFold
    potential: Vectors


def reduced_costs(
    network: FlowNetwork, potential: Vectors, *, large: bool = False
) -> ReducedCosts | None:
    """The residual network under these potentials (int64 or Python integers, (nodes, goals)); None where an
    arc costs less than nothing, so that they prove nothing.
    """
    state, links = network.state, network.links()
    own = state.own_capacity(np.arange(len(state.right)))
    on = np.flatnonzero(
        (state.carried < own)
        & ~network.spent_left[state.left]
        & ~network.spent_right[state.right]
    )
    off = np.flatnonzero(state.carried > state.locked)
    large = large or potential.dtype == object
    step = potential[links.head] - potential[links.tail] - links.gain
    last = potential.shape[1] - 1
    heaviest = max(
        *(_heaviest(network, potential, at) for at in (on, off)),
        _greatest(step[:, last]),
    )
    fold = path_fold(
        _spans(network, potential, links), heaviest, 8 * network.size, large=large
    )
    base = fold.of(potential)
    weight = fold.units[-1] * state.weight.astype(fold.dtype)
    pair = [
        base[state.right[at] + network.rights.start] - base[state.left[at]] - weight[at]
        for at in (on, off)
    ]
    cost = [pair[0], -pair[1], fold.of(step)]
    if any(len(part) and part.min() < 0 for part in cost):
        return None
    # A move is a resource that is passed: what leads to one counts one.
    cost[1] += 1
    cost[2] += links.head < network.rights.start
    tail = [state.left[on], state.right[off] + network.rights.start, links.tail]
    head = [state.right[on] + network.rights.start, state.left[off], links.head]
    return ReducedCosts(_by_tail(network.size, tail, head, cost), fold, potential)


def _spans(network: FlowNetwork, potential: Vectors, links: HubArcs) -> list[int]:
    """What a comparison of paths reaches in each goal but the last: a path's gains, two at each hub, and a
    difference of potentials.
    """
    one, other = np.minimum(links.tail, links.head), np.maximum(links.tail, links.head)
    hub = np.where(one < network.root, other, one)  # the upper end
    gains = [
        2 * len(np.unique(hub[column != 0])) * int(np.abs(column).max(initial=0))
        for column in links.gain[:, :-1].T
    ]
    ends = np.unique(
        np.concatenate([links.tail, links.head])
    )  # whatever carries anything, or could, is at a hub
    among = potential[ends]
    return [
        PATHS * (gain + int(column.max() - column.min())) if len(column) else 0
        for gain, column in zip(gains, among[:, :-1].T, strict=True)
    ]


def _heaviest(network: FlowNetwork, potential: Vectors, at: Intp) -> int:
    """The greatest cost of these pairs in the last goal, up or down."""
    state, column = network.state, potential[:, -1]
    return _greatest(
        column[state.right[at] + network.rights.start]
        - column[state.left[at]]
        - state.weight[at]
    )


def _greatest(amounts: Folded) -> int:
    return max(int(amounts.max()), -int(amounts.min())) if len(amounts) else 0


def _by_tail(
    size: int, tail: list[Intp], head: list[Intp], cost: list[Folded]
) -> ResidualArcs:
    tails = np.concatenate(tail)
    order = np.argsort(tails, kind="stable")
    return ResidualArcs(
        offsets(np.bincount(tails, minlength=size)),
        np.concatenate(head).astype(np.int32)[order],
        np.concatenate(cost)[order],
    )
