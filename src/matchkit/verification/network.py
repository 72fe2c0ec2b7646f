"""The network of docs/architecture.md after the locks: capacities, capped nodes and what the locks earn."""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.model import CommunityCap, Lock, ReserveShare, UnitCap
from matchkit.verification.goals import GoalOrder, Standing, Vector
from matchkit.verification.trees import Forest
from matchkit.verification.world import World
from matchkit.verification.worth import weight


def _sums(tree: Forest, own: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """Sums over a tree of amounts that hang below its nodes."""
    at: dict[str, int] = {}
    for node, amount in own.values():
        at[node] = at.get(node, 0) + amount
    return tree.totals(at)


class CertificateNetwork:
    """What is left after the hard locks, below hard caps; what soft rules take can only make a plan worth
    less.

    No capacity is negative: where locks ask too much, the checks of the rules say so.

    ``resources`` and ``units`` and ``communities`` hold capacities by id, the latter two of capped nodes
    only; ``slots`` holds for each requirement what is left up to its minimum and beyond. ``over_*`` give the
    nearest capped node above, None meaning the root.
    """

    def __init__(self, world: World, goals: GoalOrder) -> None:
        self.world, self.goals = world, goals
        self.locked: dict[tuple[str, str], int] = {}
        for rule in world.problem.rules:
            if isinstance(rule, Lock) and rule.soft is None:
                pair = (rule.resource, rule.requirement)
                self.locked[pair] = max(rule.quantity, self.locked.get(pair, 0))
        used: dict[str, int] = {}
        filled: dict[str, int] = {}
        for (resource, requirement), quantity in self.locked.items():
            used[resource] = used.get(resource, 0) + quantity
            filled[requirement] = filled.get(requirement, 0) + quantity

        self.resources = {
            resource.id: max(0, resource.capacity - used.get(resource.id, 0))
            for resource in world.problem.resources
        }
        self.slots: dict[str, tuple[int, int]] = {}
        for role in world.roles.values():
            least, taken = role.requirement.minimum, filled.get(role.id, 0)
            beyond = max(0, taken - least)
            self.slots[role.id] = (
                max(0, least - taken),
                max(0, role.requirement.wanted - least - beyond),
            )

        self.units = self._unit_caps(used)
        self.communities = self._community_caps(filled)
        nearest_unit, nearest_community = (
            world.units.nearest(self.units),
            world.communities.nearest(self.communities),
        )
        self.over_resource = {
            resource.id: nearest_unit[resource.unit] for resource in world.problem.resources
        }
        self.over_requirement = {
            role.id: nearest_community[role.demand.community] for role in world.roles.values()
        }
        self.over_unit = {
            node: self._above(world.units, nearest_unit, node) for node in self.units
        }
        self.over_community = {
            node: self._above(world.communities, nearest_community, node)
            for node in self.communities
        }
        earned = sum(
            quantity * weight(world, world.resources[r], world.roles[q])
            for (r, q), quantity in self.locked.items()
        )
        self.earned: Vector = goals.values(Standing(filled, earned))

    @staticmethod
    def _above(tree: Forest, nearest: Mapping[str, str | None], node: str) -> str | None:
        parent = tree.parent[node]
        return None if parent is None else nearest[parent]

    def _unit_caps(self, used: Mapping[str, int]) -> dict[str, int]:
        world, caps = self.world, dict[str, int]()
        rules = [
            rule
            for rule in world.problem.rules
            if isinstance(rule, UnitCap | ReserveShare) and rule.soft is None
        ]
        if not rules:
            return {}
        taken = _sums(
            world.units,
            {name: (world.resources[name].unit, amount) for name, amount in used.items()},
        )
        total = _sums(
            world.units,
            {
                resource.id: (resource.unit, resource.capacity)
                for resource in world.problem.resources
            },
        )
        for rule in rules:
            most = (
                rule.most
                if isinstance(rule, UnitCap)
                else total[rule.unit] * (100 - rule.percent) // 100
            )
            left = max(0, most - taken[rule.unit])
            caps[rule.unit] = min(left, caps.get(rule.unit, left))
        return caps

    def _community_caps(self, filled: Mapping[str, int]) -> dict[str, int]:
        world, caps = self.world, dict[str, int]()
        rules = [
            rule
            for rule in world.problem.rules
            if isinstance(rule, CommunityCap) and rule.soft is None
        ]
        if not rules:
            return {}
        taken = _sums(
            world.communities,
            {
                name: (world.roles[name].demand.community, amount)
                for name, amount in filled.items()
            },
        )
        for rule in rules:
            left = max(0, rule.most - taken[rule.community])
            caps[rule.community] = min(left, caps.get(rule.community, left))
        return caps

    def own(self, resource: str, requirement: str) -> int:
        """A pair's own capacity before the locks."""
        return self.world.most(
            self.world.resources[resource], self.world.roles[requirement].requirement
        )

    def spent(self, *, resource: str | None = None, requirement: str | None = None) -> bool:
        """Whether locks have used up a resource or a requirement (or it had nothing), so that it needs no
        price.
        """
        if resource is not None:
            return self.resources[resource] == 0
        return requirement is not None and self.slots[requirement] == (0, 0)
