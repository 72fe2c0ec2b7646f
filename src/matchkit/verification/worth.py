"""What a pair is worth: one function a term, as docs/architecture.md defines the points; and the few
resources that have points of a term, by index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from matchkit.model import FACTORS, Resource
from matchkit.model.weekly import expanded
from matchkit.verification.skills import HeldSkills, SkillNeeds
from matchkit.verification.windows import seconds, united
from matchkit.verification.world import RequirementFacts, World, once_a_pair

PointsOfPair = Callable[[World, Resource, RequirementFacts], int]
ProfilePoints = Callable[[World, SkillNeeds, HeldSkills], int]
Few = Callable[[RequirementFacts], Mapping[int, int]]
"""Points by the number of the resource, of all that have any; who is not in it has 0."""


def everybody(_world: World, _resource: Resource) -> bool:
    """Any resource may have points."""
    return True


class WeightTerm(NamedTuple):
    """One term of the weight."""

    points: PointsOfPair
    """Of any pair, before the factor."""
    most: int
    """No pair has more points, besides those that an index or ``by_profile`` below gives and those of
    importance and distance, which the checks of prices know.
    """
    concerns: Callable[[World, Resource], bool] = everybody
    """Whether a resource may have points other than 0."""
    by_demand: Callable[[World, Sequence[Resource]], Few] | None = None
    """An index of the few resources with points, the same for all requirements of a demand."""
    by_requirement: Callable[[World, Sequence[Resource]], Few] | None = None
    """The same, where each requirement has its own."""
    by_profile: ProfilePoints | None = None
    """The points, where they depend on the skills asked for and the skills held alone."""


def _importance(_world: World, _resource: Resource, role: RequirementFacts) -> int:
    """The demand's own weight."""
    return role.demand.weight


def _skill_fit(world: World, resource: Resource, role: RequirementFacts) -> int:
    """100, less 10 a surplus level, less the rarity of what stays idle."""
    return _fit(world, world.asked(role.requirement), world.profile(resource))


def _fit(world: World, asked: SkillNeeds, profile: HeldSkills) -> int:
    return world.skills.fit(asked, profile)


def _distance(world: World, resource: Resource, role: RequirementFacts) -> int:
    """Minus one for every full 100 metres."""
    far = world.metres(resource, role.demand)
    return 0 if far is None else -(far // 100)


def _preference(world: World, resource: Resource, role: RequirementFacts) -> int:
    """The points of every preference that the demand meets."""
    demand, total = role.demand, 0
    for wish in resource.preferences:
        if wish.category is not None and (
            demand.category is None
            or world.key(wish.category) != world.key(demand.category)
        ):
            continue
        if wish.community is None or world.communities.below(
            demand.community, wish.community
        ):
            total += wish.points
    return total


def _who_prefers(world: World, resources: Sequence[Resource]) -> Few:
    wishing = defaultdict[tuple[str | None, str | None], list[tuple[int, int]]](list)
    for number, resource in enumerate(resources):
        for wish in resource.preferences:
            category = None if wish.category is None else world.key(wish.category)
            wishing[category, wish.community].append((number, wish.points))

    def few(role: RequirementFacts) -> dict[int, int]:
        demand, found = role.demand, dict[int, int]()
        for category in (
            [None] if demand.category is None else [None, world.key(demand.category)]
        ):
            for place in (None, *world.communities.upward(demand.community)):
                for number, points in wishing.get((category, place), ()):
                    found[number] = found.get(number, 0) + points
        return found

    return few


def _familiarity(world: World, resource: Resource, role: RequirementFacts) -> int:
    """50 at home, else 25 where it is familiar."""
    here, below = role.demand.community, world.communities.below
    if resource.home is not None and below(here, resource.home):
        return 50
    return 25 if any(below(here, known) for known in resource.familiar) else 0


def _who_is_familiar(world: World, resources: Sequence[Resource]) -> Few:
    at_home, familiar = (
        defaultdict[str, list[int]](list),
        defaultdict[str, list[int]](list),
    )
    for number, resource in enumerate(resources):
        if resource.home is not None:
            at_home[resource.home].append(number)
        for known in resource.familiar:
            familiar[known].append(number)

    def few(role: RequirementFacts) -> dict[int, int]:
        found, communities = (
            dict[int, int](),
            list(world.communities.upward(role.demand.community)),
        )
        for points, index in ((25, familiar), (50, at_home)):
            for community in communities:
                found.update(dict.fromkeys(index.get(community, ()), points))
        return found

    return few


def _previous(world: World, resource: Resource, role: RequirementFacts) -> int:
    """50 for a pair of the previous plan."""
    return 50 if (resource.id, role.id) in world.previous else 0


def _who_served(world: World, resources: Sequence[Resource]) -> Few:
    numbers = {resource.id: number for number, resource in enumerate(resources)}
    before = defaultdict[str, list[int]](list)
    for resource, requirement in world.previous:
        if resource in numbers:
            before[requirement].append(numbers[resource])
    return lambda role: dict.fromkeys(before.get(role.id, ()), 50)


def _score(world: World, resource: Resource, role: RequirementFacts) -> int:
    """The caller's own points for the pair."""
    return world.scores(resource).get(role.id, 0)


def _who_is_scored(world: World, resources: Sequence[Resource]) -> Few:
    numbers = {resource.id: number for number, resource in enumerate(resources)}
    scored = defaultdict[str, dict[int, int]](dict)
    for record in world.problem.scores:
        if record.resource in numbers:
            for requirement, points in zip(
                record.requirements, record.points, strict=True
            ):
                scored[requirement][numbers[record.resource]] = points
    return lambda role: scored.get(role.id, {})


def _undesired(world: World, resource: Resource, role: RequirementFacts) -> int:
    """Minus the full minutes, at most 100,000, in no preferred window; a flexible demand has no time yet."""
    if not resource.preferred or role.demand.minutes is not None:
        return 0
    wishes, outside = united(expanded(resource.preferred)), 0
    for start, end in world.needed(role.demand):
        outside += seconds(((start, end),))
        for first, last in wishes:
            if first < end and start < last:
                outside -= seconds(((max(first, start), min(last, end)),))
    return -min(outside // 60, 100_000)


_ALL = {
    "importance": WeightTerm(_importance, 0),
    "skill_fit": WeightTerm(_skill_fit, 0, by_profile=_fit),
    "distance": WeightTerm(_distance, 0),
    "preference": WeightTerm(
        _preference, 0, lambda _, resource: bool(resource.preferences), _who_prefers
    ),
    "familiarity": WeightTerm(
        _familiarity,
        0,
        lambda _, resource: bool(resource.home or resource.familiar),
        _who_is_familiar,
    ),
    "previous": WeightTerm(
        _previous, 0, lambda world, _: bool(world.previous), by_requirement=_who_served
    ),
    "score": WeightTerm(
        _score,
        0,
        lambda world, resource: bool(world.scores(resource)),
        by_requirement=_who_is_scored,
    ),
    "undesired": WeightTerm(
        _undesired, 0, lambda _, resource: bool(resource.preferred)
    ),
}
TERMS: Final = {name: _ALL[name] for name in FACTORS}
"""Every term by the name of its factor; one without a line here is an error at import."""


@once_a_pair
def terms(world: World, resource: Resource, role: RequirementFacts) -> dict[str, int]:
    """Each term's points times its factor; a term that is switched off is 0."""
    objective = world.problem.objective
    found = {}
    for name, term in TERMS.items():
        factor: int = getattr(objective, name)
        found[name] = factor * term.points(world, resource, role) if factor else 0
    return found


def profile_points(world: World, asked: SkillNeeds, profile: HeldSkills) -> int:
    """What the terms that depend on the skills asked for and held alone add to a pair's weight."""
    total = 0
    for name, term in TERMS.items():
        factor: int = getattr(world.problem.objective, name)
        if factor and term.by_profile is not None:
            total += factor * term.by_profile(world, asked, profile)
    return total


@once_a_pair
def weight(world: World, resource: Resource, role: RequirementFacts) -> int:
    """What one unit on the pair is worth. Defined for every pair; it means something for eligible ones."""
    return sum(terms(world, resource, role).values())


class Extras:
    """For a requirement, the resources with points of the terms that have an index, and what all others may
    have at most.
    """

    def __init__(self, world: World, resources: Sequence[Resource]) -> None:
        self._by_demand: list[tuple[int, Few]] = []
        self._by_requirement: list[tuple[int, Few]] = []
        self.most = 0
        """Nobody has more points of terms without an index."""
        for name, term in TERMS.items():
            factor: int = getattr(world.problem.objective, name)
            self.most += factor * term.most
            for index, found in (
                (term.by_demand, self._by_demand),
                (term.by_requirement, self._by_requirement),
            ):
                if factor and index is not None:
                    found.append((factor, index(world, resources)))
        self._of_demand: tuple[str, dict[int, int]] = "", {}

    def points(self, role: RequirementFacts) -> dict[int, int]:
        """Points by the resource's number in the offer, factors included; who is not in it has 0."""
        if (
            role.demand.id != self._of_demand[0]
        ):  # only the latest is kept: all together would be pairs
            self._of_demand = role.demand.id, _added({}, self._by_demand, role)
        return _added(self._of_demand[1], self._by_requirement, role)


def _added(
    known: Mapping[int, int], indexes: list[tuple[int, Few]], role: RequirementFacts
) -> dict[int, int]:
    found = dict(known)
    for factor, few in indexes:
        for number, points in few(role).items():
            found[number] = found.get(number, 0) + factor * points
    return found
