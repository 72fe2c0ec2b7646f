"""Whether prices hold at every eligible pair there is, also at those no engine ever saw.

No pair is stored. Requirements that ask the same share a pool of resources, sorted by price: a bisection
skips all whose price exceeds anything the pair could be worth, the rest are compared with their distance,
and only pairs that still look wrong are evaluated in full. A pool holds as many entries as a requirement
has capable resources.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import chain
from math import inf
from operator import add
from typing import Protocol

from matchkit.model import Resource
from matchkit.verification.case import RuleFinding
from matchkit.verification.certificate import PriceProof, PriceVectors
from matchkit.verification.certificate_network import CertificateNetwork
from matchkit.verification.eligibility import eligible, serves
from matchkit.verification.goals import Vector
from matchkit.verification.report import fact
from matchkit.verification.skills import HeldSkills, SkillNeeds
from matchkit.verification.windows import TimeSpans, fits
from matchkit.verification.world import RequirementFacts, SpherePoint, World, metres
from matchkit.verification.worth import Extras, profile_points

LISTED = 100
"""After so many pairs above their prices the search ends: one is enough to refuse a proof."""
_MOST_REMEMBERED = 50_000_000
"""Bytes of answers to keep about which availability covers which demand."""


class PricedCase(Protocol):
    """The world that pairs are of."""

    @property
    def world(self) -> World:
        """The problem."""


class PricedPairs(Protocol):
    """Prices of resources and requirements, and what pairs are worth."""

    @property
    def case(self) -> PricedCase:
        """Whose pairs they are."""

    @property
    def network(self) -> CertificateNetwork:
        """What locks leave."""

    @property
    def prices(self) -> PriceVectors:
        """The prices."""

    def full_pairs(self) -> Mapping[tuple[str, str], int]:
        """Pairs that are not looked at."""

    def gain(self, resource: str, requirement: str) -> Vector:
        """What a pair is worth in every goal."""


class Pool:
    """Resources of one kind that hold the same needs, in the order of their prices.

    ``heads`` is the price in all goals but the last, ``keys`` the last price less the points by profile,
    both ascending (heads first); ``members`` are the resources' numbers.
    """

    def __init__(self, entries: list[tuple[Vector, int, int]]) -> None:
        self.entries = entries
        self.heads = [head for head, _, _ in entries]
        self.keys = [key for _, key, _ in entries]
        self.members = [member for _, _, member in entries]


class PoolOffer:
    """All resources that still have capacity after the locks, indexed for one certificate."""

    def __init__(self, proof: PricedPairs) -> None:
        self.world, self._prices, network = (
            proof.case.world,
            proof.prices,
            proof.network,
        )
        world, farthest = self.world, self.world.farthest
        self.resources = [
            resource
            for resource in world.problem.resources
            if network.resources[resource.id] and resource.capacity
        ]
        self.places: list[SpherePoint | None] = [
            world.stands(resource) for resource in self.resources
        ]
        self.limits: list[float] = [
            farthest.get((resource.id, None), inf) for resource in self.resources
        ]
        self._free: list[int] = []
        self._spans: list[TimeSpans] = []
        self._fitting: dict[TimeSpans, bytes] = {}
        numbers: dict[TimeSpans, int] = {}
        self._having: dict[str, dict[HeldSkills, list[int]]] = {}
        self._holding: dict[tuple[str, str], list[HeldSkills]] = {}
        for number, resource in enumerate(self.resources):
            spans = world.free(resource)
            if spans not in numbers:
                numbers[spans] = len(self._spans)
                self._spans.append(spans)
            self._free.append(numbers[spans])
            kind, profile = world.key(resource.kind), world.profile(resource)
            profiles = self._having.setdefault(kind, {})
            if profile not in profiles:
                for skill in world.skills.levels(profile):
                    self._holding.setdefault((kind, skill), []).append(profile)
            profiles.setdefault(profile, []).append(number)

    def pool(self, kind: str, asked: SkillNeeds) -> Pool:
        """The resources of a kind (by key) for which every need holds."""
        skills, entries = self.world.skills, []
        having = self._having.get(kind, {})
        for profile in self._least(kind, asked, having):
            if next(skills.unmet(asked, profile), None) is None:
                points = profile_points(self.world, asked, profile)
                for member in having[profile]:
                    price = self._prices.resources[self.resources[member].id]
                    entries.append((price[:-1], price[-1] - points, member))
        return Pool(sorted(entries))

    def _least(
        self, kind: str, asked: SkillNeeds, having: Mapping[HeldSkills, list[int]]
    ) -> list[HeldSkills]:
        """The profiles that hold the need which fewest hold."""
        found = list(having)
        for need in asked:
            held = [self._holding.get((kind, skill), []) for skill, _ in need]
            if sum(map(len, held)) < len(found):
                found = list(dict.fromkeys(chain(*held)))
        return found

    def at(self, pool: Pool, mode: str, needed: TimeSpans) -> Pool:
        """Those of a pool who serve demands of this mode at these times."""
        fitting, free, resources = self._fits(needed), self._free, self.resources
        return Pool(
            [
                entry
                for entry in pool.entries
                if fitting[free[entry[2]]] and serves(resources[entry[2]], mode)
            ]
        )

    def _fits(self, needed: TimeSpans) -> bytes:
        """For every availability that occurs, 1 where it covers what is needed."""
        found = self._fitting.get(needed)
        if found is None:
            found = bytes(fits(needed, spans) for spans in self._spans)
            if len(self._fitting) * len(found) > _MOST_REMEMBERED:
                self._fitting.clear()
            self._fitting[needed] = found
        return found

    def suspects(
        self,
        pool: Pool,
        role: RequirementFacts,
        extra: Mapping[int, int],
        most: int = 0,
    ) -> Iterator[int]:
        """Members of the pool whose pair with the requirement is worth more than its two prices, or may be.

        ``extra`` holds points beyond importance, profile and distance, by member; who is not in it has
        none. ``most`` is what anybody may have beyond those.
        """
        price, demand = self._prices.requirements[role.id], role.demand
        objective = self.world.problem.objective
        there, far_factor = self.world.takes_place(demand), objective.distance
        farthest = self.world.farthest
        limit = min(
            farthest.get((None, None), inf), farthest.get((None, demand.id), inf)
        )
        level = tuple(-amount for amount in price[:-1])
        worse, better = bisect_left(pool.heads, level), bisect_right(pool.heads, level)
        keys, members, places, limits = (
            pool.keys,
            pool.members,
            self.places,
            self.limits,
        )

        for member in members[
            :worse
        ]:  # below 0 in an earlier goal: no weight can make it right
            here = places[member]
            if (
                here is None
                or there is None
                or metres(here, there) <= min(limit, limits[member])
            ):
                yield member

        base = objective.importance * demand.weight + most - price[-1]
        highest = base + max(0, max(extra.values(), default=0))
        for place in range(worse, bisect_left(keys, highest, worse, better)):
            member = members[place]
            excess = base + extra.get(member, 0) - keys[place]
            if excess <= 0:
                continue
            here = places[member]
            if here is None or there is None:
                yield member
                continue
            far = metres(here, there)
            if (
                excess > far_factor * (far // 100)
                and far <= limit
                and far <= limits[member]
            ):
                yield member


def _alike(
    proof: PricedPairs,
) -> dict[tuple[str, SkillNeeds], dict[tuple[str, TimeSpans], list[RequirementFacts]]]:
    """Requirements not used up by locks: by kind and needs, and within these by mode and time."""
    world = proof.case.world
    found: dict[
        tuple[str, SkillNeeds], dict[tuple[str, TimeSpans], list[RequirementFacts]]
    ] = {}
    for role in world.roles.values():
        if role.id not in proof.network.full:
            asks = world.key(role.requirement.kind), world.asked(role.requirement)
            # Whether a flexible demand has a start that suits is left to the look at the single pair.
            needed = world.needed(role.demand) if role.demand.minutes is None else ()
            same = found.setdefault(asks, {})
            same.setdefault((role.demand.mode, needed), []).append(role)
    return found


def above_their_prices(
    proof: PricedPairs,
) -> Iterator[tuple[Resource, RequirementFacts, Vector, Vector]]:
    """Every eligible pair below its own capacity in the plan that is worth more than its two prices, with its
    worth and their sum.
    """
    world, full, prices = proof.case.world, proof.full_pairs(), proof.prices
    offer = PoolOffer(proof)
    extras = Extras(world, offer.resources)
    for (kind, asked), times in _alike(proof).items():
        capable = offer.pool(kind, asked)
        for (mode, needed), roles in times.items() if capable.members else ():
            pool = offer.at(capable, mode, needed)
            for role in roles if pool.members else ():
                for member in offer.suspects(
                    pool, role, extras.points(role), extras.most
                ):
                    resource = offer.resources[member]
                    if (resource.id, role.id) not in full and eligible(
                        world, resource, role
                    ):
                        worth = proof.gain(resource.id, role.id)
                        both = (
                            prices.resources[resource.id],
                            prices.requirements[role.id],
                        )
                        price = tuple(map(add, *both))
                        if worth > price:
                            yield resource, role, worth, price


def pairs_feasible(proof: PriceProof) -> Iterator[RuleFinding]:
    """No eligible pair below its own capacity is worth more than its two prices."""
    for count, (resource, role, worth, price) in enumerate(above_their_prices(proof)):
        if count == LISTED:
            yield (), fact("more_pairs", listed=LISTED)
            return
        yield (resource.id, role.id), fact("pair_worth", worth=worth, price=price)
