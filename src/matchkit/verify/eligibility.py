"""When a resource may serve a requirement: one function a rule, each giving the fact where the rule is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matchkit.model import Resource
from matchkit.verify.report import number
from matchkit.verify.starts import some_start
from matchkit.verify.windows import shown, uncovered
from matchkit.verify.world import Role, World

PairRule = Callable[[World, Resource, Role], str | None]
"""The fact that breaks the rule, or None where the pair keeps it."""


def capacity(_world: World, resource: Resource, _role: Role) -> str | None:
    """The resource can give anything at all."""
    return "has capacity 0, at least 1 is needed" if resource.capacity < 1 else None


def kind(world: World, resource: Resource, role: Role) -> str | None:
    """It is of the kind asked for."""
    if world.key(resource.kind) == world.key(role.requirement.kind):
        return None
    return f"is of kind {resource.kind}, asked is {role.requirement.kind}"


def skill(world: World, resource: Resource, role: Role) -> str | None:
    """Every need holds."""
    unmet = world.skills.unmet(world.asked(role.requirement), world.profile(resource))
    facts = [" or ".join(f"{name} {held} < {asked}" for name, held, asked in need) for need in unmet]
    return f"lacks skill {', '.join(facts)}" if facts else None


def mode(_world: World, resource: Resource, role: Role) -> str | None:
    """Online demands go to nobody who is on site only, on-site ones to nobody who is online only."""
    other = {"on_site": "online", "online": "on_site"}[role.demand.mode]
    return f"serves {resource.mode} only, the demand is {role.demand.mode}" if resource.mode == other else None


def time(world: World, resource: Resource, role: Role) -> str | None:
    """Every window of the demand lies inside the availability; of a flexible demand, the time after one of its starts."""
    if role.demand.minutes is not None:
        fits = some_start(role.demand, world.needed(role.demand), world.free(resource))
        return None if fits else f"is never free for {number(role.demand.minutes)} minutes within the windows of the demand"
    if not resource.available or not role.demand.windows:
        return None
    missing = uncovered(world.needed(role.demand), world.free(resource))
    return None if missing is None else f"is not free for all of {shown(missing)}"


def max_distance(world: World, resource: Resource, role: Role) -> str | None:
    """Nobody is sent farther than every hard limit for all, for the resource or for the demand."""
    limit = world.limit(resource.id, role.demand.id)
    if limit is None:
        return None
    far = world.metres(resource, role.demand)
    return f"is {number(far)} m away, at most {number(limit)} m are allowed" if far is not None and far > limit else None


def forbid(world: World, resource: Resource, role: Role) -> str | None:
    """No hard rule forbids the pair."""
    return "is forbidden by a rule" if (resource.id, role.id) in world.forbidden else None


def load(world: World, resource: Resource, role: Role) -> str | None:
    """One unit fits into what the resource can carry."""
    loads = world.loads(resource) if role.requirement.uses else {}
    beyond = [(name, used) for name, used in world.uses(role.requirement).items() if used > loads.get(name, 0)]
    facts = [f"{number(used)} of {name} > {number(loads.get(name, 0))}" for name, used in beyond]
    return f"cannot carry one unit: {', '.join(facts)}" if facts else None


ELIGIBILITY: tuple[PairRule, ...] = (capacity, kind, skill, mode, time, max_distance, forbid, load)
"""Every rule on a single pair; a violation carries the function's name."""


def broken(world: World, resource: Resource, role: Role) -> Iterator[tuple[str, str]]:
    """Every rule the pair breaks, by name, with the fact."""
    for rule in ELIGIBILITY:
        fact = rule(world, resource, role)
        if fact is not None:
            yield rule.__name__, fact


def eligible(world: World, resource: Resource, role: Role) -> bool:
    """Whether the pair breaks no rule."""
    return next(broken(world, resource, role), None) is None
