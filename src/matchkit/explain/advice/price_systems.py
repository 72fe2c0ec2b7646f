"""Systems of prices that prove the best plan of a flow: what resources and caps earn by them (their part of
the bound of docs/architecture.md), and what units are worth on any pairs, also on pairs that the problem
lacks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.explain.advice.rarity import BoundShift, Rarity
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import best_by, positives, signs
from matchkit.graph.network import GoalValues


class Earnings:
    """The parts of the dual bound that fall away with resources, and with the caps above none but them."""

    def __init__(self, residual: ResidualFlow, potential: Int64, counted: Mask) -> None:
        """``potential`` (nodes, goals) is that of longest paths; nodes not counted earn nothing."""
        network, links, pairs, flow = (
            residual.network,
            residual.links,
            residual.pairs,
            residual.flow.pairs,
        )
        lefts, root, tree, of = (
            links.left_count,
            links.root,
            network.left_tree,
            residual.above_left,
        )
        parent = np.where(tree.parent >= 0, tree.parent + root + 1, root)
        caps = np.arange(tree.size) + root + 1
        self.resources: Int64 = _times(
            network.left_capacity, potential[of] - potential[:lefts], counted[:lefts]
        )
        self._caps = _times(
            tree.capacity, potential[parent] - potential[caps], counted[caps]
        )
        full = np.flatnonzero((flow == pairs.capacity) & (flow > 0))
        beyond = potential[pairs.left[full]] - potential[pairs.right[full] + lefts]
        beyond[:, -1] += pairs.weight[full]
        np.add.at(
            self.resources,
            pairs.left[full],
            _times(flow[full], beyond, np.ones(len(full), np.bool_)),
        )

    def of(self, resources: Intp, caps: Intp) -> GoalValues:
        """What these earn together."""
        total = self.resources[resources].sum(axis=0) + self._caps[caps].sum(axis=0)
        return tuple(total.tolist())


def chains(residual: ResidualFlow) -> list[GoalValues | None]:
    """For every resource, what the best chain of moves through the root that replaces one unit of it costs;
    None where there is none.

    The unit that the cap above it then has to spare goes to the root, and one from the root takes its place:
    a walk of the residual graph, in which no cycle gains, so that a simple path does no worse.
    """
    (after, after_reached), (before, before_reached) = (
        residual.from_root,
        residual.to_root,
    )
    lefts, of = residual.links.left_count, residual.above_left
    cost = -(after[:lefts] + before[of])
    there = after_reached[:lefts] & before_reached[of]
    return [
        tuple(row) if known else None
        for row, known in zip(cost.tolist(), there.tolist(), strict=True)
    ]


def _times(capacity: Int64, vectors: Int64, counted: Mask) -> Int64:
    """Capacity times the vectors that are above 0, goal after goal; zeros for the others and for what is not
    counted.
    """
    return np.where(
        ((signs(vectors) > 0) & counted)[:, None], vectors * capacity[:, None], 0
    )


class PriceSystem(NamedTuple):
    """A system of prices that proves the best plan: potentials of nodes, and what resources earn by them."""

    potential: Int64
    alive: Mask
    """Requirements that something can still reach."""
    earnings: Earnings

    @property
    def earned(self) -> Int64:
        """What every resource earns, by goal."""
        return self.earnings.resources

    def shift(self, rarity: Rarity, residual: ResidualFlow) -> BoundShift:
        """How its bound grows where skills become less rare."""
        left, above = (
            self.potential[: residual.links.left_count],
            self.potential[residual.above_left],
        )
        prices = -left, -above, self.potential[residual.rights]
        return BoundShift(rarity, residual, prices)


def systems(residual: ResidualFlow) -> tuple[PriceSystem, PriceSystem]:
    """The prices highest for resources, and those highest for requirements."""
    (after, after_reached), (before, before_reached) = (
        residual.from_root,
        residual.to_root,
    )
    return _system(residual, after, after_reached), _system(
        residual, -before, before_reached
    )


def _system(residual: ResidualFlow, lengths: Int64, reached: Mask) -> PriceSystem:
    """Nodes that no path reaches get the potential that keeps every price true: of a cap that of the node
    above it, of a requirement that nobody can serve what its first slot is worth there.
    """
    network, goals, links = residual.network, residual.goals, residual.links
    potential, root, lefts = lengths.copy(), links.root, links.left_count
    first = root + 1
    for tree in (network.left_tree, network.right_tree):
        for cap in range(tree.size):
            if not reached[first + cap]:
                potential[first + cap] = (
                    potential[first + tree.parent[cap]] if tree.parent[cap] >= 0 else 0
                )
        first += tree.size
    of = network.right_tree.of
    above = np.where(of >= 0, of + root + 1 + network.left_tree.size, root)
    lost = np.flatnonzero(~reached[lefts:root])
    potential[lost + lefts] = potential[above[lost]]
    potential[lost + lefts] -= goals.right.first(links.right_count)[lost]
    return PriceSystem(
        potential, network.right_capacity > 0, Earnings(residual, lengths, reached)
    )


def best_of(
    residual: ResidualFlow,
    system: PriceSystem,
    pairs: tuple[Intp, Intp, Int64],
    group: Intp,
    groups: int,
) -> Int64:
    """For every group of pairs the most that a unit is worth there by these prices (int64 (groups, goals));
    zeros for nothing. ``pairs`` are left, right (intp) and weight (int64), ``group`` (intp) is that of each
    pair: all (pairs,).
    """
    alive = system.alive[pairs[1]]
    left, right, weight = (part[alive] for part in pairs)
    above, lefts = residual.above_left[left], residual.links.left_count
    value = system.potential[above] - system.potential[right + lefts]
    value[:, -1] += weight
    best = best_by(group[alive], value, groups)
    found = np.zeros((groups, value.shape[1]), np.int64)
    found[best >= 0] = value[best[best >= 0]]
    return positives(found)
