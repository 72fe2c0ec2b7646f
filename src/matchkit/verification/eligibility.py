"""When a resource may serve a requirement: one function a rule for a single pair, each giving the fact
where the rule is broken; and all who are eligible, of whole lists at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

from matchkit.model import Demand, Resource
from matchkit.verification.report import Fact, fact, parts
from matchkit.verification.skills import HeldSkills, SkillNeeds
from matchkit.verification.windows import TimeSpans, first_start, fits, shown, uncovered
from matchkit.verification.world import RequirementFacts, World, metres, once_a_pair

PairRule = Callable[[World, Resource, RequirementFacts], Fact | None]
"""The fact that breaks the rule, or None where the pair keeps it."""


def capacity(_world: World, resource: Resource, _role: RequirementFacts) -> Fact | None:
    """The resource can give anything at all."""
    return fact("capacity") if resource.capacity < 1 else None


def kind(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """It is of the kind asked for."""
    if world.key(resource.kind) == world.key(role.requirement.kind):
        return None
    return fact("kind", kind=resource.kind, asked=role.requirement.kind)


def skill(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """Every need holds."""
    unmet = world.skills.unmet(world.asked(role.requirement), world.profile(resource))
    needs = [
        parts(
            [
                fact("level", skill=name, held=held, asked=asked)
                for name, held, asked in need
            ],
            "or",
        )
        for need in unmet
    ]
    return fact("skill", needs=parts(needs)) if needs else None


def serves(resource: Resource, mode: str) -> bool:
    """Whether the resource serves demands of a mode: neither goes to those of the other only."""
    return resource.mode in ("both", mode)


def mode(_world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """Online demands go to nobody who is on site only, on-site ones to nobody who is online only."""
    if serves(resource, role.demand.mode):
        return None
    only = fact("online" if resource.mode == "online" else "on_site")
    return fact("mode", serves=only, asked=fact(role.demand.mode))


def in_time(world: World, demand: Demand, free: TimeSpans) -> bool:
    """Whether all of the demand lies in free time; of a flexible demand, the time after one of its starts."""
    needed = world.needed(demand)
    if demand.minutes is None:
        return fits(needed, free)
    return first_start(demand, needed, [free]) is not None


def time(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """Every window of the demand lies inside the availability; of a flexible demand, the time after one of
    its starts.
    """
    demand, free = role.demand, world.free(resource)
    if in_time(world, demand, free):
        return None
    if demand.minutes is not None:
        return fact("never_free", minutes=demand.minutes)
    missing = uncovered(world.needed(demand), free)
    return missing and fact("not_free", time=shown(missing, world.problem.zone))


def max_distance(
    world: World, resource: Resource, role: RequirementFacts
) -> Fact | None:
    """Nobody is sent farther than every hard limit for all, for the resource or for the demand."""
    limit = world.limit(resource.id, role.demand.id)
    if limit is None:
        return None
    far = world.metres(resource, role.demand)
    if far is None or far <= limit:
        return None
    return fact("max_distance", -((limit - far) // 1000), far=far, most=limit)


def forbid(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """No hard rule forbids the pair."""
    return fact("forbid") if (resource.id, role.id) in world.forbidden else None


def load(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """One unit fits into what the resource can carry."""
    loads = world.loads(resource) if role.requirement.uses else {}
    facts = [
        fact("beyond", used=used, dimension=name, most=loads.get(name, 0))
        for name, used in world.uses(role.requirement).items()
        if used > loads.get(name, 0)
    ]
    return fact("load_of_one", beyond=parts(facts)) if facts else None


ELIGIBILITY: tuple[PairRule, ...] = (
    capacity,
    kind,
    skill,
    mode,
    time,
    max_distance,
    forbid,
    load,
)
"""Every rule on a single pair; a violation carries the function's name."""


def broken(
    world: World, resource: Resource, role: RequirementFacts
) -> Iterator[tuple[str, Fact]]:
    """Every rule the pair breaks, by name, with the fact."""
    for rule in ELIGIBILITY:
        found = rule(world, resource, role)
        if found is not None:
            yield rule.__name__, found


@once_a_pair
def eligible(world: World, resource: Resource, role: RequirementFacts) -> bool:
    """Whether the pair breaks no rule."""
    return next(broken(world, resource, role), None) is None


class EligibleIds:
    """The ids of the resources eligible for each requirement; of a flexible demand, at one of its starts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._forbidden: dict[str, set[str]] = {}
        for resource, requirement in world.forbidden:
            self._forbidden.setdefault(requirement, set()).add(resource)
        self._found: dict[str, frozenset[str]] = {}
        self._capable: dict[tuple[str, SkillNeeds], list[Resource]] = {}
        self._timed: dict[
            tuple[object, ...], tuple[list[Resource], frozenset[str]]
        ] = {}
        self._by_profile: dict[str, dict[HeldSkills, list[Resource]]] = {}
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
                    most,
                    of_all.get((one.id, None), inf),
                    of_all.get((one.id, demand), inf),
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
        alike = (
            kind,
            asked,
            demand.mode,
            world.needed(demand),
            demand.minutes,
            demand.step,
        )
        if alike not in self._timed:
            free: dict[int, tuple[TimeSpans, bool]] = {}
            found = []
            for resource in self._holding(kind, asked):
                spans = world.free(
                    resource
                )  # many share one availability, and then the very same spans
                if id(spans) not in free:
                    free[id(spans)] = spans, in_time(world, demand, spans)
                if (
                    free[id(spans)][1]
                    and resource.capacity > 0
                    and serves(resource, demand.mode)
                ):
                    found.append(resource)
            self._timed[alike] = found, frozenset(one.id for one in found)
        return self._timed[alike]

    def _holding(self, kind: str, asked: SkillNeeds) -> list[Resource]:
        """The resources of a kind (by key) for which every need holds."""
        if (kind, asked) not in self._capable:
            skills, profiles = self._world.skills, self._by_profile.get(kind, {})
            self._capable[kind, asked] = [
                resource
                for profile, members in profiles.items()
                if next(skills.unmet(asked, profile), None) is None
                for resource in members
            ]
        return self._capable[kind, asked]
