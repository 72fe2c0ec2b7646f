"""What a pair is worth: one function a term, as docs/architecture.md defines the points."""

from __future__ import annotations

from collections.abc import Callable

from matchkit.model import Resource
from matchkit.verification.world import Role, World

Points = Callable[[World, Resource, Role], int]


def importance(_world: World, _resource: Resource, role: Role) -> int:
    """The demand's own weight."""
    return role.demand.weight


def skill_fit(world: World, resource: Resource, role: Role) -> int:
    """100, less 10 a surplus level, less the rarity of what stays idle."""
    return world.skills.fit(world.asked(role.requirement), world.profile(resource))


def distance(world: World, resource: Resource, role: Role) -> int:
    """Minus one for every full 100 metres."""
    far = world.metres(resource, role.demand)
    return 0 if far is None else -(far // 100)


def preference(world: World, resource: Resource, role: Role) -> int:
    """The points of every preference that the demand meets."""
    demand, total = role.demand, 0
    for wish in resource.preferences:
        if wish.category is not None and (
            demand.category is None or world.key(wish.category) != world.key(demand.category)
        ):
            continue
        if wish.community is None or world.communities.below(demand.community, wish.community):
            total += wish.points
    return total


def familiarity(world: World, resource: Resource, role: Role) -> int:
    """50 at home, else 25 where it is familiar."""
    here, below = role.demand.community, world.communities.below
    if resource.home is not None and below(here, resource.home):
        return 50
    return 25 if any(below(here, known) for known in resource.familiar) else 0


def previous(world: World, resource: Resource, role: Role) -> int:
    """50 for a pair of the previous plan."""
    return 50 if (resource.id, role.id) in world.previous else 0


def score(world: World, resource: Resource, role: Role) -> int:
    """The caller's own points for the pair."""
    return world.scores(resource.id).get(role.id, 0)


TERMS: dict[str, Points] = {
    "importance": importance,
    "skill_fit": skill_fit,
    "distance": distance,
    "preference": preference,
    "familiarity": familiarity,
    "previous": previous,
    "score": score,
}
"""Every term by its name in the records."""


def terms(world: World, resource: Resource, role: Role) -> dict[str, int]:
    """Each term's points times its factor; a term that is switched off is 0."""
    objective = world.problem.objective
    found = {}
    for name, points in TERMS.items():
        factor: int = getattr(objective, name)
        found[name] = factor * points(world, resource, role) if factor else 0
    return found


def weight(world: World, resource: Resource, role: Role) -> int:
    """What one unit on the pair is worth. Defined for every pair; it means something for eligible ones."""
    return sum(terms(world, resource, role).values())
