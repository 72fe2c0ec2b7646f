"""Who serves what, and when: chosen pairs with their quantities, counted every way that a rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property

from matchkit.model import Demand, MaxDistance, Resource, UnitShare
from matchkit.verification.trees import summed, sums_in_rectangles
from matchkit.verification.windows import TimeSpans
from matchkit.verification.world import RequirementFacts, World


def _nested(entries: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """The sum of the quantities by first and second id."""
    found: dict[str, dict[str, int]] = {}
    for first, second, quantity in entries:
        of = found.setdefault(first, {})
        of[second] = of.get(second, 0) + quantity
    return found


class Served:
    """Quantities by pair of known ids, and the start of flexible demands; each count is made once, when first
    asked for.
    """

    def __init__(
        self,
        world: World,
        pairs: Mapping[tuple[str, str], int],
        starts: Mapping[str, datetime],
    ) -> None:
        self.world, self.pairs, self.starts = world, pairs, starts
        self.given = summed((name, quantity) for (name, _), quantity in pairs.items())
        """Quantity by resource in use."""
        self.taken = summed((name, quantity) for (_, name), quantity in pairs.items())
        """Quantity by requirement that takes something."""

    def chosen(self) -> Iterator[tuple[Resource, RequirementFacts, int]]:
        """Every pair with its quantity."""
        for (resource, requirement), quantity in self.pairs.items():
            yield (
                self.world.resources[resource],
                self.world.roles[requirement],
                quantity,
            )

    def limited(
        self, rule: MaxDistance
    ) -> Iterator[tuple[Resource, RequirementFacts, int]]:
        """The pairs that a limit of distance is for: a rule that names both is for that resource at that
        demand only.
        """
        world = self.world
        if rule.resource is None and rule.demand is None:
            yield from self.chosen()
            return
        resources = self.members.get(rule.demand, {}) if rule.demand is not None else ()
        for name in resources if rule.resource is None else [rule.resource]:
            demands = (
                self.demands.get(name, {}) if rule.demand is None else [rule.demand]
            )
            for demand in demands:
                for requirement in world.demands[demand].requirements:
                    quantity = self.pairs.get((name, requirement.id), 0)
                    if quantity:
                        yield (
                            world.resources[name],
                            world.roles[requirement.id],
                            quantity,
                        )

    def times(self, demand: Demand) -> TimeSpans:
        """When a demand takes place; empty where it has no time, or is flexible and has no start (or none
        that it may have).
        """
        if demand.minutes is None:
            return self.world.needed(demand)
        start = self.starts.get(demand.id)
        return (
            ()
            if start is None
            else ((start, start + timedelta(minutes=demand.minutes)),)
        )

    @cached_property
    def by_resource(self) -> dict[str, dict[str, int]]:
        """For every resource in use, the requirements it serves, with its quantity there."""
        return _nested(
            (name, role, units) for (name, role), units in self.pairs.items()
        )

    @cached_property
    def by_requirement(self) -> dict[str, dict[str, int]]:
        """For every requirement that takes something, the resources that serve it, with their quantity."""
        return _nested(
            (role, name, units) for (name, role), units in self.pairs.items()
        )

    @cached_property
    def members(self) -> dict[str, dict[str, int]]:
        """For every demand that is served, the resources that serve it, with their quantity there."""
        return _nested(
            (role.demand.id, one.id, units) for one, role, units in self.chosen()
        )

    @cached_property
    def demands(self) -> dict[str, dict[str, int]]:
        """For every resource that is used, the demands it serves, with its quantity there."""
        return _nested(
            (resource, demand, units)
            for demand, members in self.members.items()
            for resource, units in members.items()
        )

    @cached_property
    def by_unit(self) -> dict[str, int]:
        """What every unit gives, with those below it."""
        resources = self.world.resources
        return self.world.units.totals(
            summed(
                (resources[name].unit, quantity)
                for name, quantity in self.given.items()
            )
        )

    @cached_property
    def by_community(self) -> dict[str, int]:
        """What every community takes, with those below it."""
        roles = self.world.roles
        own = (
            (roles[name].demand.community, taken) for name, taken in self.taken.items()
        )
        return self.world.communities.totals(summed(own))

    @cached_property
    def shares(self) -> dict[tuple[str, str], int]:
        """For every unit and community that a rule names together: what the one gives the other, all below
        them included.
        """
        units, communities = self.world.units.span, self.world.communities.span
        points = summed(
            ((units(resource.unit)[0], communities(role.demand.community)[0]), quantity)
            for resource, role, quantity in self.chosen()
        )
        areas = {
            (rule.unit, rule.community): (units(rule.unit), communities(rule.community))
            for rule in self.world.problem.rules
            if isinstance(rule, UnitShare)
        }
        return sums_in_rectangles(points, areas)
