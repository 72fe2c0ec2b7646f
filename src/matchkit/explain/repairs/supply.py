"""What a demand could get at no loss, by longest paths in the residual network of a proven flow: what a
change gains is known without a solve.

Where the longest path from the root to a resource is 0 in every goal that counts, a unit of it can be taken
at no loss there, and a change that makes it eligible for the demand is worth a unit of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Intp, Mask
from matchkit.explain.repairs.people import NO_PRICE, Near
from matchkit.explain.repairs.target import RepairTarget
from matchkit.explain.residual.network import FlowNetwork
from matchkit.explain.residual.paths import Paths

CLOSEST = 24
"""So many resources are weighed for a requirement, beyond the units that it lacks."""

Needs = dict[int, int]
"""By change option (its place), the level that is needed."""


class Supplier(NamedTuple):
    """A way to units of a requirement: from a resource (by number), from a new one, or by wanting less."""

    left: int
    needs: Needs
    units: int = 1
    moves: frozenset[int] = frozenset()
    """Resources that replace one another so that this one is free."""
    caps: tuple[int, ...] = ()
    """Capped units that carry what it gives."""


class Supply:
    """What a proven plan can give a demand at no loss in the goals that count.

    ``lacking`` is what its requirements lack (units, by number), ``above`` the caps over its community,
    ``displacing`` the resources that move where another demand of that community, full or not, is served from
    elsewhere instead (None: none can be).
    """

    def __init__(
        self, network: FlowNetwork, paths: Paths, near: Near, target: RepairTarget
    ) -> None:
        self.network, self.near, self._paths = network, near, paths
        self.state = state = network.state
        self.lacking = {
            state.right_of[name]: units for name, units in target.lacking.items()
        }
        counted = len(target.aims)
        self._takeable, self._placeable = (
            reached & (gain[:, :counted] == 0).all(axis=1)
            for gain, reached in (paths.from_root, paths.to_root)
        )
        self._spare: Mask = state.given < state.capacity
        own = [state.right_of[need.id] for need in target.demand.requirements]
        self._own = {network.rights[right] for right in own}
        self._theirs = np.unique(
            state.left[state.chosen[np.isin(state.right[state.chosen], own)]]
        )
        full = [bool(network.units.full(cap)) for cap in range(len(network.units.ids))]
        self._capped = np.array(
            [cap >= 0 and full[cap] for cap in network.units.of], np.bool_
        )
        hub = network.communities.of[own[0]]
        self.above = tuple(network.communities.above(hub))
        nodes = self._clear(
            network.community_nodes[hub] if hub >= 0 else network.root, to_root=True
        )
        self.displacing = (
            None
            if nodes is None
            else {node for node in nodes if node < network.rights.start}
        )
        self._closest = {right: self._nearest(right) for right in self.lacking}

    @property
    def closest(self) -> set[int]:
        """The resources that are weighed, by number."""
        return {row for rows in self._closest.values() for row in rows.tolist()}

    def ways(
        self, right: int, needed: Callable[[int], Needs | None]
    ) -> Iterator[Supplier]:
        """From the resources closest to a requirement; ``needed`` says what makes one eligible."""
        network, state = self.network, self.state
        for left in self._closest[right].tolist():
            needs = needed(left)
            if needs is None:
                continue
            if self._spare[left]:
                units = (
                    int(state.capacity[left] - state.given[left])
                    if state.divisible[left]
                    else 1
                )
                at = state.position(left, right)
                if at is not None:
                    units = min(
                        units,
                        int(state.own_capacity(np.array([at]))[0] - state.carried[at]),
                    )
                yield Supplier(left, needs, units, caps=tuple(network.units.over(left)))
            moved = not self._spare[left] or self._capped[left]
            nodes = (
                self._clear(left, to_root=False)
                if moved and left not in self._theirs
                else None
            )
            if nodes is not None:
                moves = frozenset(
                    node for node in nodes[1:] if node < network.rights.start
                )
                hubs = tuple(
                    node - network.unit_nodes.start
                    for node in nodes
                    if node in network.unit_nodes
                )
                yield Supplier(left, needs, 1, moves, () if self._spare[left] else hubs)

    def _clear(self, node: int, *, to_root: bool) -> list[int] | None:
        """The path between a node and the root where it costs nothing that counts, and passes the demand
        nowhere.
        """
        if not (self._placeable if to_root else self._takeable)[node]:
            return None
        nodes = self._paths.nodes(node, to_root=to_root)
        return None if self._own & set(nodes) else nodes

    def _nearest(self, right: int) -> Intp:
        """Resources that could serve a requirement for the least changes, at no loss once caps are raised."""
        state, near = self.state, self.near
        [place] = state.lists.places[state.requirement_ids[right]]
        eligible = state.left[
            state.by_right[state.rfirst[right] : state.rfirst[right + 1]]
        ]
        rows = np.concatenate([eligible, near.open[place].rows])
        cost = np.concatenate([np.zeros(len(eligible), np.int64), near.estimate(place)])
        takeable = self._takeable[rows]
        cost += np.where(
            takeable,
            0,
            NO_PRICE if near.prices.raise_cap is None else near.prices.raise_cap,
        )
        could = takeable | (self._capped & self._spare)[rows]
        theirs = np.isin(rows, self._theirs) & ~self._spare[rows]
        keep = np.flatnonzero(could & (cost < NO_PRICE) & ~theirs)
        order = np.lexsort(
            (
                rows[keep],
                ~self._spare[rows[keep]] | self._capped[rows[keep]],
                cost[keep],
            )
        )
        return rows[keep[order[: CLOSEST + self.lacking[right]]]]
