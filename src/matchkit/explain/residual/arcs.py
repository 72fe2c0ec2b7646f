"""All that could change in a plan, as arcs with costs: the residual network over every eligible pair.

An arc costs what its gain lacks of the potentials of its ends. With the prices of an optimal plan no arc
costs less than nothing, and what a chain of moves loses is the sum of its costs (Ahuja, Magnanti and Orlin
1993, section 9.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Intp
from matchkit.compile.ragged import offsets
from matchkit.explain.residual.fold import Fold, Folded, fold_for
from matchkit.explain.residual.network import FlowNetwork, Links
from matchkit.explain.residual.node_potentials import Vectors

PATHS = 5
"""So many paths stand in one comparison at most (paths.py)."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs by tail: those of node n are ``first[n]:first[n + 1]`` of ``head`` and ``cost``."""

    first: Intp
    head: Int32
    cost: Folded

    def turned(self) -> Arcs:
        """The same arcs from head to tail."""
        tail = np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))
        order = np.argsort(self.head, kind="stable")
        return Arcs(
            offsets(np.bincount(self.head, minlength=len(self.first) - 1)),
            tail[order],
            self.cost[order],
        )


@dataclass(frozen=True, slots=True)
class Residual:
    """The residual network with costs in one number each, under these potentials."""

    arcs: Arcs
    fold: Fold
    potential: Vectors


def residual(
    network: FlowNetwork, potential: Vectors, *, large: bool = False
) -> Residual | None:
    """The residual network under these potentials; None where an arc costs less than nothing, so that they
    prove nothing.
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
    step = potential[links.head] - potential[links.tail]
    counted = links.goal >= 0
    step[np.flatnonzero(counted), links.goal[counted]] -= links.sign[counted]
    last = potential.shape[1] - 1
    heaviest = max(
        *(_heaviest(network, potential, at) for at in (on, off)), _greatest(step[:, last])
    )
    fold = fold_for(_spans(network, potential, links), heaviest, 8 * network.size, large=large)
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
    return Residual(_by_tail(network.size, tail, head, cost), fold, potential)


def _spans(network: FlowNetwork, potential: Vectors, links: Links) -> list[int]:
    """What a comparison of paths reaches in each goal but the last: a path's gains, two at each hub, and a
    difference of potentials.
    """
    hubs = 1 + len(network.community_nodes)
    ends = np.unique(
        np.concatenate([links.tail, links.head])
    )  # whatever carries anything, or could, is at a hub
    among = potential[ends]
    return [
        PATHS * (2 * hubs + int(column.max() - column.min())) if len(column) else 0
        for column in among[:, :-1].T
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


def _by_tail(size: int, tail: list[Intp], head: list[Intp], cost: list[Folded]) -> Arcs:
    tails = np.concatenate(tail)
    order = np.argsort(tails, kind="stable")
    return Arcs(
        offsets(np.bincount(tails, minlength=size)),
        np.concatenate(head).astype(np.int32)[order],
        np.concatenate(cost)[order],
    )
