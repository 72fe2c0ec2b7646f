"""Points beyond importance, skill fit and distance: by index, as only few resources have any."""

from __future__ import annotations

from collections.abc import Mapping

from matchkit.verification.pools import PoolOffer
from matchkit.verification.world import RequirementFacts
from matchkit.verification.worth import TERMS, Few


class Extras:
    """For a requirement, the resources with points of the terms that have an index, and what all others may
    have at most.
    """

    def __init__(self, offer: PoolOffer) -> None:
        world, resources = offer.world, offer.resources
        self._by_demand: list[tuple[int, Few]] = []
        self._by_requirement: list[tuple[int, Few]] = []
        self.most = 0
        """Nobody has more points of terms without an index."""
        for name, term in TERMS.items():
            factor: int = getattr(world.problem.objective, name)
            self.most += factor * term.most
            for index, found in (
                (term.by_demand, self._by_demand),
                (term.by_requirement, self._by_requirement),
            ):
                if factor and index is not None:
                    found.append((factor, index(world, resources)))
        self._of_demand: tuple[str, dict[int, int]] = "", {}

    def points(self, role: RequirementFacts) -> dict[int, int]:
        """Points by the resource's number in the offer, factors included; who is not in it has 0."""
        if (
            role.demand.id != self._of_demand[0]
        ):  # only the latest is kept: all together would be pairs
            self._of_demand = role.demand.id, _added({}, self._by_demand, role)
        return _added(self._of_demand[1], self._by_requirement, role)


def _added(
    known: Mapping[int, int], indexes: list[tuple[int, Few]], role: RequirementFacts
) -> dict[int, int]:
    found = dict(known)
    for factor, few in indexes:
        for number, points in few(role).items():
            found[number] = found.get(number, 0) + factor * points
    return found
