"""The network that prices are proven on: capacities, slots and caps, less what locks take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matchkit.verification.rules.pairs import limits
from matchkit.verification.trees import Hierarchy, summed
from matchkit.verification.world import World


class CapsLeft:
    """The nodes of a tree that hard caps bind: what is left of each after the locks, and the nearest one
    above every node (None: the root).

    No capacity is negative: where locks ask too much, the checks of the rules say so.
    """

    def __init__(
        self,
        tree: Hierarchy,
        caps: Mapping[str, int],
        locked: Iterable[tuple[str, int]],
    ) -> None:
        taken = tree.totals(summed(locked))
        self.left = {node: max(0, most - taken[node]) for node, most in caps.items()}
        self.over = tree.nearest(self.left)
        self.above = {
            node: None if (parent := tree.parent[node]) is None else self.over[parent]
            for node in self.left
        }


class CertificateNetwork:
    """What is left after the hard locks, below hard caps; what soft rules take can only make a plan worth
    less.

    ``resources`` holds capacities by id, ``slots`` for each requirement what is left up to its minimum and
    beyond; those with nothing left are ``idle`` and ``full`` and need no price.
    """

    def __init__(self, world: World) -> None:
        self.locked = world.locked
        self.used = used = summed(
            (resource, bound) for (resource, _), bound in self.locked.items()
        )
        self.filled = filled = summed(
            (role, bound) for (_, role), bound in self.locked.items()
        )
        self.resources = {
            resource.id: max(0, resource.capacity - used.get(resource.id, 0))
            for resource in world.problem.resources
        }
        self.slots: dict[str, tuple[int, int]] = {}
        for role in world.roles.values():
            least, taken = role.requirement.minimum, filled.get(role.id, 0)
            rest = role.requirement.wanted - least - max(0, taken - least)
            self.slots[role.id] = max(0, least - taken), max(0, rest)
        self.idle = {name for name, capacity in self.resources.items() if not capacity}
        self.full = {name for name, slots in self.slots.items() if slots == (0, 0)}
        self.units = CapsLeft(
            world.units,
            limits(world, "unit"),
            ((world.resources[name].unit, bound) for name, bound in used.items()),
        )
        self.communities = CapsLeft(
            world.communities,
            limits(world, "community"),
            (
                (world.roles[name].demand.community, bound)
                for name, bound in filled.items()
            ),
        )
