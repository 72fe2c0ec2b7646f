"""The points of a pair that only few resources have: preferences, familiarity, the previous plan and the
caller's scores.
"""

from __future__ import annotations

from matchkit.model import Demand
from matchkit.verification.pools import Offer
from matchkit.verification.world import Role


class Extras:
    """For a requirement, the resources that know its community, prefer it, served it before or are scored for
    it, found by index.
    """

    def __init__(self, offer: Offer) -> None:
        self._world = world = offer.world
        self._wishing: dict[tuple[str | None, str | None], list[tuple[int, int]]] = {}
        self._at_home: dict[str, list[int]] = {}
        self._familiar: dict[str, list[int]] = {}
        numbers = {resource.id: number for number, resource in enumerate(offer.resources)}
        for number, resource in enumerate(offer.resources):
            for wish in resource.preferences:
                category = None if wish.category is None else world.key(wish.category)
                self._wishing.setdefault((category, wish.community), []).append((number, wish.points))
            if resource.home is not None:
                self._at_home.setdefault(resource.home, []).append(number)
            for known in resource.familiar:
                self._familiar.setdefault(known, []).append(number)
        self._before: dict[str, list[int]] = {}
        for first, second in world.previous:
            if first in numbers:
                self._before.setdefault(second, []).append(numbers[first])
        self._scored: dict[str, list[tuple[int, int]]] = {}
        for record in world.problem.scores if world.problem.objective.score else ():
            if record.resource in numbers:
                for requirement, points in zip(record.requirements, record.points, strict=True):
                    self._scored.setdefault(requirement, []).append((numbers[record.resource], points))
        self._of_demand: dict[str, dict[int, int]] = {}

    def _demand(self, demand: Demand) -> dict[int, int]:
        world, objective = self._world, self._world.problem.objective
        communities: list[str] = list(world.communities.upward(demand.community))
        categories = [None] if demand.category is None else [None, world.key(demand.category)]
        known: dict[int, int] = {}
        for community in communities:
            known.update(dict.fromkeys(self._familiar.get(community, ()), 25 * objective.familiarity))
        for community in communities:
            known.update(dict.fromkeys(self._at_home.get(community, ()), 50 * objective.familiarity))
        for category in categories:
            for place in (None, *communities):
                for number, points in self._wishing.get((category, place), ()):
                    known[number] = known.get(number, 0) + points * objective.preference
        return known

    def points(self, role: Role) -> dict[int, int]:
        """Points by the resource's number in the offer, factors included; who is not in it has 0."""
        if role.demand.id not in self._of_demand:
            self._of_demand = {
                role.demand.id: self._demand(role.demand)
            }  # only the latest: all together would be pairs
        found = self._of_demand[role.demand.id]
        before, scored = self._before.get(role.id, ()), self._scored.get(role.id, ())
        if before or scored:
            found, objective = dict(found), self._world.problem.objective
            for number in before:
                found[number] = found.get(number, 0) + 50 * objective.previous
            for number, points in scored:
                found[number] = found.get(number, 0) + points * objective.score
        return found
