"""What a plan makes flow at hubs."""

from __future__ import annotations

from matchkit.arrays import Int64
from matchkit.explain.plan_state import PlanState
from matchkit.graph.network import Goals, Network
from matchkit.solvers.flow.subnetwork import flow_on_links


def units_on_links(state: PlanState, network: Network, goals: Goals) -> Int64 | None:
    """What the plan makes flow on every link beyond the locks (int64 (links,)); None where that is more than
    one of them can carry.
    """
    left, right = (
        amount - locked
        for amount, locked in zip(
            (state.given, state.taken), state.locked_sums, strict=True
        )
    )
    units, communities = network.left_tree.sums(left), network.right_tree.sums(right)
    return flow_on_links(network, goals, (left, units, right, communities))
