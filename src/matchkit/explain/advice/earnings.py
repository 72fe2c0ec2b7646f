"""What resources and capped units earn by a system of prices: their part of the bound of
docs/architecture.md.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.explain.advice.vectors import signs
from matchkit.explain.residual.flow import ResidualFlow
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
        lefts, root, tree = links.left_count, links.root, network.left_tree
        of, parent = (np.where(up >= 0, up + root + 1, root) for up in (tree.of, tree.parent))
        caps = np.arange(tree.size) + root + 1
        self.resources: Int64 = _times(
            network.left_capacity, potential[of] - potential[:lefts], counted[:lefts]
        )
        self._caps = _times(tree.capacity, potential[parent] - potential[caps], counted[caps])
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
    (after, after_reached), (before, before_reached) = residual.from_root, residual.to_root
    tree, root, lefts = (
        residual.network.left_tree,
        residual.links.root,
        residual.links.left_count,
    )
    of = np.where(tree.of >= 0, tree.of + root + 1, root)
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
    return np.where(((signs(vectors) > 0) & counted)[:, None], vectors * capacity[:, None], 0)
