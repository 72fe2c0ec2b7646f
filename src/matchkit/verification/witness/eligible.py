"""Who is eligible for a requirement, of whole lists at a time: requirements that ask the same share what is
found.
"""

from __future__ import annotations

from math import inf

from matchkit.model import Resource
from matchkit.verification.eligibility import capacity, load, mode, time
from matchkit.verification.places import metres
from matchkit.verification.skills import Asked, Profile
from matchkit.verification.windows import Spans, uncovered
from matchkit.verification.world import RequirementFacts, World


class Eligible:
    """The ids of the resources eligible for each requirement; of a flexible demand, at one of its starts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._forbidden: dict[str, set[str]] = {}
        for resource, requirement in world.forbidden:
            self._forbidden.setdefault(requirement, set()).add(resource)
        self._found: dict[str, frozenset[str]] = {}
        self._capable: dict[tuple[str, Asked], list[Resource]] = {}
        self._timed: dict[tuple[object, ...], tuple[list[Resource], frozenset[str]]] = {}
        self._by_profile: dict[str, dict[Profile, list[Resource]]] = {}
        for one in world.problem.resources:
            self._by_profile.setdefault(world.key(one.kind), {}).setdefault(
                world.profile(one), []
            ).append(one)

    def __getitem__(self, requirement: str) -> frozenset[str]:
        """The ids of all who are eligible for the requirement of this id, which is known."""
        if requirement not in self._found:
            self._found[requirement] = self._of(self._world.roles[requirement])
        return self._found[requirement]

    def _of(self, role: RequirementFacts) -> frozenset[str]:
        """Those of a requirement; of the rules on single pairs only such are looked at as could keep somebody
        out.
        """
        world, (free, ids) = self._world, self._free(role)
        there = world.takes_place(role.demand)
        if there is not None and world.farthest:
            of_all, demand = world.farthest, role.demand.id
            most = min(of_all.get((None, None), inf), of_all.get((None, demand), inf))
            kept = []
            for one in free:
                here = world.stands(one)
                limit = min(
                    most, of_all.get((one.id, None), inf), of_all.get((one.id, demand), inf)
                )
                if here is None or limit == inf or metres(here, there) <= limit:
                    kept.append(one)
            free, ids = kept, frozenset(one.id for one in kept)
        if role.requirement.uses:
            ids = frozenset(one.id for one in free if load(world, one, role) is None)
        return ids - self._forbidden.get(role.id, frozenset())

    def _free(self, role: RequirementFacts) -> tuple[list[Resource], frozenset[str]]:
        """Those who hold the skills and serve demands of this mode at these times; and their ids."""
        world, demand = self._world, role.demand
        kind, asked = world.key(role.requirement.kind), world.asked(role.requirement)
        alike = (kind, asked, demand.mode, world.needed(demand), demand.minutes, demand.step)
        if alike not in self._timed:
            fixed = demand.minutes is None
            fits: dict[
                int, tuple[Spans, bool]
            ] = {}  # many share one availability, and then the very same spans
            found = []
            for resource in self._holding(kind, asked):
                spans = world.free(resource)
                if id(spans) not in fits:
                    fits[id(spans)] = (
                        spans,
                        self._fits(world.needed(demand), spans)
                        if fixed
                        else time(world, resource, role) is None,
                    )
                if (
                    fits[id(spans)][1]
                    and capacity(world, resource, role) is None
                    and mode(world, resource, role) is None
                ):
                    found.append(resource)
            self._timed[alike] = found, frozenset(one.id for one in found)
        return self._timed[alike]

    @staticmethod
    def _fits(needed: Spans, free: Spans) -> bool:
        return not needed or not free or uncovered(needed, free) is None

    def _holding(self, kind: str, asked: Asked) -> list[Resource]:
        """The resources of a kind (by key) for which every need holds."""
        if (kind, asked) not in self._capable:
            skills, profiles = self._world.skills, self._by_profile.get(kind, {})
            holding = [
                members
                for profile, members in profiles.items()
                if next(skills.unmet(asked, profile), None) is None
            ]
            self._capable[kind, asked] = [
                resource for members in holding for resource in members
            ]
        return self._capable[kind, asked]
