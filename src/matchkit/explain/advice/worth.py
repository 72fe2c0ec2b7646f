"""What units of resources are worth by prices, on any pairs: also on pairs that the problem does not have
yet.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.explain.advice.bound_shift import BoundShift
from matchkit.explain.advice.earnings import Earnings
from matchkit.explain.advice.rarity import Rarity
from matchkit.explain.advice.vectors import best_by, positives
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.model import Problem


class System(NamedTuple):
    """A system of prices that proves the best plan: potentials of nodes, and what resources earn by them."""

    potential: Int64
    alive: Mask
    """Requirements that something can still reach."""
    earnings: Earnings

    @property
    def earned(self) -> Int64:
        """What every resource earns, by goal."""
        return self.earnings.resources

    def shift(self, problem: Problem, rarity: Rarity, residual: ResidualFlow) -> BoundShift:
        """How its bound grows where skills become less rare."""
        tree, links = residual.network.left_tree, residual.links
        above = np.where(tree.of >= 0, tree.of + links.root + 1, links.root)
        prices = (
            -self.potential[: links.left_count],
            -self.potential[above],
            self.potential[residual.rights],
        )
        return BoundShift(problem, rarity, residual, prices, residual.flow.pairs)


def systems(residual: ResidualFlow) -> tuple[System, System]:
    """The prices highest for resources, and those highest for requirements."""
    (after, after_reached), (before, before_reached) = residual.from_root, residual.to_root
    return _system(residual, after, after_reached), _system(residual, -before, before_reached)


def _system(residual: ResidualFlow, lengths: Int64, reached: Mask) -> System:
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
    goal = np.where(
        network.right_minimum[lost] > 0, goals.right_minimum[lost], goals.right_rest[lost]
    )
    known = goal >= 0
    potential[lost[known] + lefts, goal[known]] -= 1
    return System(potential, network.right_capacity > 0, Earnings(residual, lengths, reached))


def best_of(
    residual: ResidualFlow,
    system: System,
    pairs: tuple[Intp, Intp, Int64],
    group: Intp,
    groups: int,
) -> Int64:
    """For every group of pairs (left, right, weight) the most that a unit is worth there by these prices;
    zeros for nothing.
    """
    lefts, root, of = (
        residual.links.left_count,
        residual.links.root,
        residual.network.left_tree.of,
    )
    above = np.where(of >= 0, of + root + 1, root)
    alive = system.alive[pairs[1]]
    left, right, weight = (part[alive] for part in pairs)
    value = system.potential[above[left]] - system.potential[right + lefts]
    value[:, -1] += weight
    best = best_by(group[alive], value, groups)
    found = np.zeros((groups, value.shape[1]), np.int64)
    found[best >= 0] = value[best[best >= 0]]
    return positives(found)
