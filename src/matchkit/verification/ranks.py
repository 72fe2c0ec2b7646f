"""The ranks of a problem, record by record: what a resource and a requirement give each other, and through
which channel somebody is nominated. docs/rules.md (Who would rather have whom) says what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matchkit.model import Nomination, Resource
from matchkit.verification.world import RequirementFacts, World

ORDER = ("self", "unit", "residents", "community")
"""The order in which equal channels of one person count."""
RankerId = tuple[str, str]
"""What ranks, and its id."""
RankOf = Callable[[Resource], int | None]
"""The rank that somebody gives a resource; None for never."""
LAST = 2**31
"""The rank of whoever comes last, behind every rank that can be given."""


class Ranks:
    """Who would rather have whom; None stands for somebody who is never taken."""

    def __init__(self, world: World) -> None:
        self._world = world
        problem = world.problem
        self._given: dict[RankerId, dict[tuple[str, str], int]] = {}
        self._patient: set[RankerId] = set()
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
        self._mine: dict[str, RankerId | None] = {}
        self._asking: dict[str, RankOf] = {}
        self._by_unit: dict[RankerId, dict[str, int | None]] = {}
        self._names: dict[str, list[tuple[str, str]]] = {}
        self._places_of: dict[str, dict[str, int]] = {}
        self._stated = {(one.channel, one.demand) for one in problem.channels}

    def by_resource(self, resource: Resource, role: RequirementFacts) -> int | None:
        """The rank that the resource, or its unit for it, gives the requirement."""
        if resource.id not in self._mine:
            units = self._world.units.upward(resource.unit)
            several = [("resource", resource.id), *(("unit", name) for name in units)]
            self._mine[resource.id] = self._first(several)
        return self._rank(self._mine[resource.id], self._names_of(role))

    def by_requirement(self, role: RequirementFacts) -> RankOf:
        """The rank that the requirement, or its demand, the nominations for that, or a community for it gives
        a resource; None too for whoever is not nominated where others are.
        """
        if role.id not in self._asking:
            self._asking[role.id] = self._asked(role)
        return self._asking[role.id]

    def _asked(self, role: RequirementFacts) -> RankOf:
        nominees = self._nominees(role.demand.id)
        several = [("requirement", role.id), ("demand", role.demand.id)]
        if nominees is None:
            above = self._world.communities.upward(role.demand.community)
            several += (("community", name) for name in above)
        who = self._first(several)
        if who is None:
            if nominees is None:
                return lambda resource: 1  # noqa: ARG005 - everybody is welcome
            return lambda resource: nominees.get(resource.id)
        given, by_unit = self._given[who], self._by_unit.setdefault(who, {})

        def rank(resource: Resource) -> int | None:
            if nominees is not None and resource.id not in nominees:
                return None
            own = given.get(("resources", resource.id))
            if own is not None:
                return own
            unit = resource.unit
            if unit not in by_unit:
                units = self._world.units.upward(unit)
                by_unit[unit] = self._rank(who, [("units", name) for name in units])
            return by_unit[unit]

        return rank

    def _names_of(self, role: RequirementFacts) -> list[tuple[str, str]]:
        """What of a requirement can be ranked, the closest first."""
        if role.id not in self._names:
            above = self._world.communities.upward(role.demand.community)
            self._names[role.id] = [
                ("requirements", role.id),
                ("demands", role.demand.id),
                *(("communities", name) for name in above),
            ]
        return self._names[role.id]

    def _nominees(self, demand: str) -> dict[str, int] | None:
        """The place of everybody nominated for a demand, from 1; None where nobody is."""
        several = self._nominated.get(demand)
        if several is None:
            return None
        if demand not in self._places_of:
            order = sorted({self._precedence(entries) for entries in several.values()})
            number = {precedence: place for place, precedence in enumerate(order, 1)}
            self._places_of[demand] = {
                person: number[self._precedence(entries)]
                for person, entries in several.items()
            }
        return self._places_of[demand]

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

    def _first(self, several: Iterable[RankerId]) -> RankerId | None:
        return next((who for who in several if who in self._given), None)

    def _rank(
        self, who: RankerId | None, names: Iterable[tuple[str, str]]
    ) -> int | None:
        if who is None:
            return 1
        given = self._given[who]
        for name in names:
            if name in given:
                return given[name]
        return LAST if who in self._patient else None

    @staticmethod
    def _precedence(entries: list[Nomination]) -> tuple[int, int]:
        signed = sum(one.endorsements for one in entries)
        return -signed, min(one.rank or LAST for one in entries)

    def _channel(self, entries: list[Nomination]) -> str:
        by_channel: dict[str, list[Nomination]] = {}
        for one in entries:
            by_channel.setdefault(one.channel, []).append(one)
        return min(
            by_channel,
            key=lambda name: (*self._precedence(by_channel[name]), ORDER.index(name)),
        )
