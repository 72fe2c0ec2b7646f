"""Which pairs block a plan that ranks choose, found from the records by the definition."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from matchkit.model import Problem, Resource
from matchkit.model.objective import Stability
from matchkit.plan import Plan
from matchkit.plan.outcome import LISTED_PAIRS, ChosenBy
from matchkit.verification.case import Assigned, Case, RuleFinding
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.ranks import Ranks
from matchkit.verification.report import fact
from matchkit.verification.world import RequirementFacts, World

SHOWN = 100
"""So many blocking pairs of a plan that claims stability are reported."""
Node = tuple[str, str | None]
"""A requirement, and the channel whose places are meant."""


class Standing:
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

    def _has_room(self, resource: Resource, role: RequirementFacts) -> bool:
        """Whether the pair can carry a unit more."""
        pair, world = (resource.id, role.id), self._case.world
        carried = self.own.get(pair, 0) + world.locked.get(pair, 0)
        return carried < world.most(resource, role.requirement)


def _would(ranks: tuple[int, int], bars: tuple[float, float], rule: str) -> bool:
    """Whether both would have each other at these ranks, neither of which is worse than its bar."""
    gains = ranks[0] < bars[0], ranks[1] < bars[1]
    return all(gains) if rule == "weak" else any(gains) or rule == "super"


def chosen(case: Case) -> Iterator[RuleFinding]:
    """A plan that ranks are to choose says by which rule they did, takes nobody who is not wanted, keeps the
    places of channels, and states the pairs that block it: those that a scan of all eligible pairs finds.
    """
    stated, objective = case.plan.outcome.chosen, case.world.problem.objective
    if not objective.chooses:
        if stated is not None:
            yield (), fact("chosen_stated")
        return
    asked = ChosenBy.asked(objective)
    if stated is None or asked != {name: getattr(stated, name) for name in asked}:
        yield (), fact("chosen_stated")
        return
    standing = Standing(case)
    for pair in standing.unwanted:
        yield pair, fact("unwanted")
    for (requirement, channel), left in standing.places.items():
        if left < 0 and standing.ranks.places(case.world.roles[requirement]):
            over = fact("channel", amount=-left, over=-left, channel=channel or "none")
            yield (requirement,), over
    found = set(standing.blocking(objective.stable or "weak"))
    listed = [(one.resource, one.requirement) for one in stated.pairs]
    if stated.blocking != len(found):
        yield (), fact("blocking_count", stated=stated.blocking, right=len(found))
    for pair in sorted(found - set(listed))[:SHOWN] if stated.blocking == 0 else ():
        yield pair, fact("blocking")
    right = listed == sorted(set(listed)) and found.issuperset(listed)
    if not right or len(listed) != min(LISTED_PAIRS, len(found)):
        yield (), fact("blocking_listed", count=len(found))
    if stated.fewest is not None and (
        stated.fewest > stated.blocking or objective.stable is None
    ):
        yield (), fact("fewest", stated=stated.fewest)


def blocking_pairs(
    problem: Problem, plan: Plan, rule: Stability
) -> list[tuple[str, str]]:
    """The pairs that block any plan of a problem, stable or not, in the sense of ``rule``, by ids."""
    case = Assigned(World(problem), plan.assignments)
    return sorted(Standing(case).blocking(rule))
