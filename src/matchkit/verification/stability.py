"""Which pairs block a plan that ranks choose, found from the records by the definition."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from matchkit.model import Problem, Resource
from matchkit.model.objective import Stability
from matchkit.plan import Plan
from matchkit.verification.case import Assigned
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.ranks import Ranks
from matchkit.verification.world import RequirementFacts, World

Node = tuple[str, str | None]
"""A requirement, and the channel whose places are meant."""


class Holdings:
    """What everybody has in a plan, and from which rank on they would gain; what locks bind is set aside."""

    def __init__(self, case: Assigned) -> None:
        world = case.world
        self._case, self.ranks = case, Ranks(world)
        self.own: dict[tuple[str, str], int] = {}
        free: dict[str, int] = {
            name: resource.capacity for name, resource in world.resources.items()
        }
        self.places: dict[Node, int] = {}
        for role in world.roles.values():
            kept = self.ranks.places(role)
            self.places[role.id, None] = role.requirement.wanted - sum(kept.values())
            for channel, places in kept.items():
                self.places[role.id, channel] = places
        for (resource, requirement), bound in world.locked.items():
            free[resource] -= bound
            self.places[self.node(resource, requirement)] -= bound
        self.given, self.offered = dict(free), dict(self.places)
        """What resources and places have beside what locks bind."""
        worst: dict[str, float] = dict.fromkeys(free, -inf)
        worst_at: dict[Node, float] = dict.fromkeys(self.places, -inf)
        self.unwanted: list[tuple[str, str]] = []
        for pair, quantity in case.pairs.items():
            own = quantity - world.locked.get(pair, 0)
            if own <= 0:
                continue
            self.own[pair] = own
            node, (one, other) = self.node(*pair), self.pair_ranks(*pair)
            if one is None or other is None:
                self.unwanted.append(pair)
                continue
            free[pair[0]] -= own
            self.places[node] -= own
            worst[pair[0]] = max(worst[pair[0]], one)
            worst_at[node] = max(worst_at[node], other)
        # Whoever is offered a smaller rank than this gains: any rank where there is room.
        self.bar = {
            name: inf if left > 0 else worst[name] for name, left in free.items()
        }
        self.bar_at = {
            node: inf if left > 0 else worst_at[node]
            for node, left in self.places.items()
        }

    def node(self, resource: str, requirement: str) -> Node:
        """Whose places a pair takes."""
        role = self._case.world.roles[requirement]
        return requirement, self.ranks.place(role, resource)

    def pair_ranks(
        self, resource: str, requirement: str
    ) -> tuple[int | None, int | None]:
        """The ranks that the two give each other; None for never."""
        world = self._case.world
        one, role = world.resources[resource], world.roles[requirement]
        other = self.ranks.by_requirement(role)(one)
        return self.ranks.by_resource(one, role), other

    def blocking(self, rule: str) -> Iterator[tuple[str, str]]:
        """Every pair that blocks in the sense of "weak", "strong" or "super", by requirement."""
        world, ranks = self._case.world, self.ranks
        eligible = EligibleIds(world)
        for role in world.roles.values():
            shared = None if ranks.places(role) else self.bar_at[role.id, None]
            rank_of = ranks.by_requirement(role)
            for name in eligible[role.id]:
                resource = world.resources[name]
                other = rank_of(resource)
                bar_at = (
                    self.bar_at[self.node(name, role.id)] if shared is None else shared
                )
                if other is None or other > bar_at:
                    continue
                one = ranks.by_resource(resource, role)
                if one is None or one > self.bar[name]:
                    continue
                if self._has_room(resource, role) and _would(
                    (one, other), (self.bar[name], bar_at), rule
                ):
                    yield name, role.id

    def pairs(self) -> Iterator[tuple[str, Node, tuple[int, int], int]]:
        """Every eligible pair that both would take: resource, places, the ranks that the two give each other,
        and how much it can carry beside what locks bind.
        """
        world, eligible = self._case.world, EligibleIds(self._case.world)
        for role in world.roles.values():
            for name in eligible[role.id]:
                one, other = self.pair_ranks(name, role.id)
                if one is None or other is None:
                    continue
                most = world.most(world.resources[name], role.requirement)
                most -= world.locked.get((name, role.id), 0)
                yield name, self.node(name, role.id), (one, other), most

    def _has_room(self, resource: Resource, role: RequirementFacts) -> bool:
        """Whether the pair can carry a unit more: nobody is asked to give up what locks bind."""
        pair, world = (resource.id, role.id), self._case.world
        most = world.most(resource, role.requirement) - world.locked.get(pair, 0)
        room = min(most, self.given[resource.id], self.offered[self.node(*pair)])
        return self.own.get(pair, 0) < room


def _would(ranks: tuple[int, int], bars: tuple[float, float], rule: str) -> bool:
    """Whether both would have each other at these ranks, neither of which is worse than its bar."""
    gains = ranks[0] < bars[0], ranks[1] < bars[1]
    return all(gains) if rule == "weak" else any(gains) or rule == "super"


def blocking_pairs(
    problem: Problem, plan: Plan, rule: Stability
) -> list[tuple[str, str]]:
    """The pairs that block any plan of a problem, stable or not, in the sense of ``rule``, by ids."""
    case = Assigned(World(problem), plan.assignments)
    return sorted(Holdings(case).blocking(rule))
