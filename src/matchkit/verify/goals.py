"""The goals of a problem, and what a filling is worth in them."""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.verify.world import World

Vector = tuple[int, ...]
"""One whole number a goal; compared in order, as Python compares tuples."""


class Goals:
    """Names in order, and which goal a tier's slots count for: up to the minimum, and beyond it."""

    def __init__(self, world: World) -> None:
        self._world = world
        with_minimum = {role.demand.tier for role in world.roles.values() if role.requirement.minimum > 0}
        with_rest = {role.demand.tier for role in world.roles.values() if role.requirement.wanted > role.requirement.minimum}
        names: list[str] = []
        self._minimum: dict[int, int] = {}
        self._rest: dict[int, int] = {}
        for tier in sorted(with_minimum | with_rest):
            if tier in with_minimum:
                self._minimum[tier] = len(names)
                names.append(f"tier {tier} minimum")
            if tier in with_rest:
                self._rest[tier] = len(names)
                names.append(f"tier {tier}")
        self.names = (*names, "weight")

    def unit(self, tier: int, *, minimum: bool) -> Vector:
        """The vector that is 1 in the goal of this part of a tier, and 0 in a goal that does not occur."""
        goal = (self._minimum if minimum else self._rest).get(tier)
        return tuple(int(number == goal) for number in range(len(self.names)))

    def values(self, taken: Mapping[str, int], weight: int) -> Vector:
        """What quantities by requirement, and a weight in all, are worth."""
        found = [0] * len(self.names)
        for requirement, quantity in taken.items():
            role = self._world.roles[requirement]
            least, tier = role.requirement.minimum, role.demand.tier
            if least:
                found[self._minimum[tier]] += min(quantity, least)
            if quantity > least and tier in self._rest:  # a plan may give more than is wanted: another check says so
                found[self._rest[tier]] += quantity - least
        found[-1] += weight
        return tuple(found)
