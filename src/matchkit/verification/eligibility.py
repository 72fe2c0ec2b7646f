"""When a resource may serve a requirement: one function a rule, each giving the fact where the rule is
broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matchkit.model import Resource
from matchkit.verification.report import Fact, fact, parts
from matchkit.verification.starts import some_start
from matchkit.verification.windows import shown, uncovered
from matchkit.verification.world import RequirementFacts, World

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
            [fact("level", skill=name, held=held, asked=asked) for name, held, asked in need],
            "or",
        )
        for need in unmet
    ]
    return fact("skill", needs=parts(needs)) if needs else None


def mode(_world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """Online demands go to nobody who is on site only, on-site ones to nobody who is online only."""
    other = {"on_site": "online", "online": "on_site"}[role.demand.mode]
    return (
        fact("mode", serves=fact(other), asked=fact(role.demand.mode))
        if resource.mode == other
        else None
    )


def time(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
    """Every window of the demand lies inside the availability; of a flexible demand, the time after one of
    its starts.
    """
    if role.demand.minutes is not None:
        fits = some_start(role.demand, world.needed(role.demand), world.free(resource))
        return None if fits else fact("never_free", minutes=role.demand.minutes)
    if not resource.available or not role.demand.windows:
        return None
    missing = uncovered(world.needed(role.demand), world.free(resource))
    return (
        None if missing is None else fact("not_free", time=shown(missing, world.problem.zone))
    )


def max_distance(world: World, resource: Resource, role: RequirementFacts) -> Fact | None:
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
    beyond = [
        (name, used)
        for name, used in world.uses(role.requirement).items()
        if used > loads.get(name, 0)
    ]
    facts = [
        fact("beyond", used=used, dimension=name, most=loads.get(name, 0))
        for name, used in beyond
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


def eligible(world: World, resource: Resource, role: RequirementFacts) -> bool:
    """Whether the pair breaks no rule."""
    return next(broken(world, resource, role), None) is None
