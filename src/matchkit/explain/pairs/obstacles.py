"""What rules a forced pair out before anything is solved: hard locks that hold too much of what it needs.

In a flow nothing else can: whatever is not locked may be given up, so locks that fit one by one at every node
fit together.
"""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.answers.pairs import Obstacle
from matchkit.explain.residual.network import FlowNetwork


def obstacles(network: FlowNetwork, left: int, right: int, needed: int) -> Iterator[Obstacle]:
    """Everything on the pair's way of which other locks leave less than ``needed`` units; capped nodes from
    below upwards.
    """
    state = network.state
    own = state.locks.get((left, right), 0)
    ends = (
        ("resource", state.resource_ids[left], state.capacity[left], network.lock_given[left]),
        (
            "requirement",
            state.requirement_ids[right],
            state.wanted[right],
            network.lock_taken[right],
        ),
    )
    hubs = (
        (kind, caps.ids[node], caps.most[node], locked[node])
        for kind, caps, leaf, locked in (
            ("unit", network.units, left, network.units_locked),
            ("community", network.communities, right, network.communities_locked),
        )
        for node in caps.above(caps.of[leaf])
    )
    for kind, name, limit, locked in (*ends, *hubs):
        held = int(locked) - own
        if held + needed > limit:
            yield Obstacle.model_validate(
                {"kind": kind, "id": name, "limit": int(limit), "held": held, "needed": needed}
            )
