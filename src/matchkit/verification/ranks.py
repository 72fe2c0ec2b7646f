"""The ranks of a problem, record by record: what a resource and a requirement give each other, and through
which channel somebody is nominated. docs/rules.md (Who would rather have whom) says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matchkit.model import Nomination, Resource
from matchkit.verification.world import RequirementFacts, World

ORDER = ("self", "unit", "residents", "community")
"""The order in which equal channels of one person count."""
Ranker = tuple[str, str]
"""What ranks, and its id."""
LAST = 2**31
"""The rank of whoever comes last, behind every rank that can be given."""


class Ranks:
    """Who would rather have whom; None stands for somebody who is never taken."""

    def __init__(self, world: World) -> None:
        self._world = world
        problem = world.problem
        self._given: dict[Ranker, dict[tuple[str, str], int]] = {}
        self._patient: set[Ranker] = set()
        for one in problem.rankings:
            who = (one.by, one.id)
            mine = self._given.setdefault(who, {})
            for name, rank in zip(one.ids, one.ranks, strict=True):
                mine[one.of, name] = rank
            if one.others == "last":
                self._patient.add(who)
        self._nominated: dict[str, dict[str, list[Nomination]]] = {}
        for entry in problem.nominations:
            of = self._nominated.setdefault(entry.demand, {})
            of.setdefault(entry.person, []).append(entry)
        self._places: dict[tuple[str, str | None], int] = {
            (one.channel, one.demand): one.places
            for one in problem.channels
            if one.places is not None
        }
        self._stated = {(one.channel, one.demand) for one in problem.channels}

    def by_resource(self, resource: Resource, role: RequirementFacts) -> int | None:
        """The rank that the resource, or its unit for it, gives the requirement."""
        units = self._world.units.upward(resource.unit)
        who = self._first([("resource", resource.id), *(("unit", u) for u in units)])
        above = self._world.communities.upward(role.demand.community)
        return self._rank(
            who,
            [
                ("requirements", role.id),
                ("demands", role.demand.id),
                *(("communities", name) for name in above),
            ],
        )

    def by_requirement(self, role: RequirementFacts, resource: Resource) -> int | None:
        """The rank that the requirement, or its demand, the nominations for that, or a community for it gives
        the resource; None too for whoever is not nominated where others are.
        """
        demand = role.demand.id
        nominated = self._nominated.get(demand)
        if nominated is not None and resource.id not in nominated:
            return None
        who = self._first([("requirement", role.id), ("demand", demand)])
        if who is None and nominated is not None:
            mine = self._standing(nominated[resource.id])
            better = {self._standing(other) for other in nominated.values()}
            return 1 + sum(1 for standing in better if standing < mine)
        if who is None:
            above = self._world.communities.upward(role.demand.community)
            who = self._first(("community", name) for name in above)
        units = self._world.units.upward(resource.unit)
        return self._rank(
            who, [("resources", resource.id), *(("units", name) for name in units)]
        )

    def place(self, role: RequirementFacts, resource: str) -> str | None:
        """The channel whose own places the resource would take at the requirement; None for those of all."""
        entries = self._nominated.get(role.demand.id, {}).get(resource)
        if not entries:
            return None
        channel = self._channel(entries)
        return channel if channel in self.places(role) else None

    def places(self, role: RequirementFacts) -> dict[str, int]:
        """The places that channels have for themselves at a requirement."""
        if role.demand.id not in self._nominated:
            return {}
        found = {}
        for channel in ORDER:
            stated = (channel, role.demand.id) in self._stated
            most = self._places.get((channel, role.demand.id if stated else None))
            if most is not None:
                found[channel] = most
        return found

    def _first(self, several: Iterable[Ranker]) -> Ranker | None:
        return next((who for who in several if who in self._given), None)

    def _rank(self, who: Ranker | None, names: Iterable[tuple[str, str]]) -> int | None:
        if who is None:
            return 1
        given = self._given[who]
        found: Iterator[int] = (given[name] for name in names if name in given)
        return next(found, LAST if who in self._patient else None)

    @staticmethod
    def _standing(entries: list[Nomination]) -> tuple[int, int]:
        signed = sum(one.endorsements for one in entries)
        return -signed, min(one.rank or LAST for one in entries)

    def _channel(self, entries: list[Nomination]) -> str:
        by_channel: dict[str, list[Nomination]] = {}
        for one in entries:
            by_channel.setdefault(one.channel, []).append(one)
        return min(
            by_channel,
            key=lambda name: (*self._standing(by_channel[name]), ORDER.index(name)),
        )
