"""The witness that requirements hold all that anybody eligible can give (a Hall set): its five claims, one
function each; and breadth-first search for whose units could come to a requirement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Container, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from matchkit.answers.causes import HallSet
from matchkit.verification.report import Fact, fact
from matchkit.verification.witness.view import WitnessView


class ReachableSet(NamedTuple):
    """The requirements that could give up a unit for the one asked for, itself among them; and a resource
    with capacity left.
    """

    requirements: set[str]
    free: str | None


def reached(
    view: WitnessView,
    requirement: str,
    named: Collection[str] = (),
    within: Collection[str] | None = None,
) -> ReachableSet:
    """Who is reached from the requirement by the steps of docs/explanations.md (Hall set, 5).

    A resource eligible below its pair's capacity gives a unit that no hard lock holds. Where units are
    ``named``, a resource below one of them that has capacity left takes the place of another there. With
    ``within`` only these requirements are walked through, and resources with capacity left do not end the
    walk; without, the first of them does.
    """
    world, given = view.world, view.case.given
    found, seen, walked = {requirement}, set[str](), set[str]()
    queue = deque([requirement])

    def give_up(resource: str) -> None:
        for other in view.movable(resource):
            if other not in found and (within is None or other in within):
                found.add(other)
                queue.append(other)

    while queue:
        here = queue.popleft()
        need = world.roles[here].requirement
        full = {
            name
            for name, quantity in view.case.by_requirement.get(here, {}).items()
            if quantity >= world.most(world.resources[name], need)
        }
        for name in sorted(view.eligible[here] - seen - full):
            seen.add(name)
            give_up(name)
            if given.get(name, 0) < world.resources[name].capacity:
                if within is None:
                    return ReachableSet(found, name)
                for unit in _open_upward(view, name, named):
                    if unit not in walked:
                        walked.add(unit)
                        for other in view.below(unit):
                            give_up(other)
    return ReachableSet(found, None)


def _open_upward(view: WitnessView, resource: str, named: Collection[str]) -> list[str]:
    """The capped units above a resource, from its own upwards, as far as they have room, up to one that is
    named (itself included).

    Without one that is named above it, none: what is given up elsewhere is of no use to it there.
    """
    above = list(view.world.units.upward(view.world.resources[resource].unit))
    if not any(unit in named for unit in above):
        return []
    found: list[str] = []
    for unit in above:
        if unit in view.leaves:
            found.append(unit)
            if unit in named or view.case.by_unit[unit] >= view.leaves[unit]:
                break
    return found


LISTED = 5
"""So many wrong members are told of each claim."""


def hall_set(view: WitnessView, requirement: str, answer: HallSet) -> Iterator[Fact]:
    """Every claim that is wrong; of names that are not in the problem nothing else is looked at."""
    wrong = [*_names(view, requirement, answer)]
    if wrong:
        yield from wrong
        return
    members = {claim.id for claim in answer.requirements} | {requirement}
    yield from islice(_held(view, requirement, answer), LISTED)
    wrong = [*islice(_units(view, members, answer), LISTED)]
    yield from wrong
    if not wrong:
        yield from islice(_apart(view, answer), LISTED)
    yield from islice(_everybody(view, members, answer), LISTED)
    yield from islice(_concerned(view, members, answer), LISTED)
    gives = sum(
        claim.units
        for claims in (answer.resources, answer.units, answer.pairs)
        for claim in claims
    )
    holds = sum(claim.units for claim in answer.requirements)
    if gives != holds:
        yield fact("hall_set_sum", holds=holds, gives=gives)
    if not wrong:
        named = frozenset(claim.id for claim in answer.units)
        beyond = members - reached(view, requirement, named, members).requirements
        yield from (
            fact("hall_set_minimal", who=name) for name in sorted(beyond)[:LISTED]
        )


def _names(view: WitnessView, requirement: str, answer: HallSet) -> Iterator[Fact]:
    """Every name is of the problem, and stands there once."""
    world = view.world
    lists: tuple[tuple[str, Sequence[object], Container[object]], ...] = (
        ("requirements", [claim.id for claim in answer.requirements], world.roles),
        ("resources", [claim.id for claim in answer.resources], world.resources),
        ("units", [claim.id for claim in answer.units], view.leaves),
        ("pairs", [(claim.resource, claim.requirement) for claim in answer.pairs], ()),
    )
    for what, names, known in lists:
        if len(set(names)) < len(names):
            yield fact("hall_set_twice", what=what)
        if what != "pairs" and not all(name in known for name in names):
            yield fact("hall_set_unknown", what=what)
    members = {claim.id for claim in answer.requirements} | {requirement}
    if not all(
        claim.resource in world.resources and claim.requirement in members
        for claim in answer.pairs
    ):
        yield fact("hall_set_unknown", what="pairs")


def _held(view: WitnessView, requirement: str, answer: HallSet) -> Iterator[Fact]:
    """Each member is stated with what it holds in the plan, at least 1."""
    for claim in answer.requirements:
        right = view.case.taken.get(claim.id, 0)
        if claim.units != right or not right:
            yield fact("hall_set_held", who=claim.id, stated=claim.units, right=right)
    if view.case.taken.get(requirement, 0) and all(
        claim.id != requirement for claim in answer.requirements
    ):
        yield fact(
            "hall_set_held",
            who=requirement,
            stated=0,
            right=view.case.taken[requirement],
        )


def _units(view: WitnessView, members: set[str], answer: HallSet) -> Iterator[Fact]:
    """What each who gives has for the members: all of it, less what locks bind elsewhere."""
    world = view.world

    def elsewhere(resource: str) -> int:
        return sum(
            bound
            for requirement, bound in view.locked_of.get(resource, ())
            if requirement not in members
        )

    for claim in answer.resources:
        right = world.resources[claim.id].capacity - elsewhere(claim.id)
        if claim.units != right:
            yield fact("hall_set_gives", who=claim.id, stated=claim.units, right=right)
    for claim in answer.units:
        right = view.leaves[claim.id] - sum(
            elsewhere(resource) for resource in view.below(claim.id)
        )
        if claim.units != right:
            yield fact("hall_set_gives", who=claim.id, stated=claim.units, right=right)
    for pair in answer.pairs:
        right = world.most(
            world.resources[pair.resource], world.roles[pair.requirement].requirement
        )
        if pair.units != right:
            yield fact(
                "hall_set_gives",
                who=f"{pair.resource}, {pair.requirement}",
                stated=pair.units,
                right=right,
            )


def _apart(view: WitnessView, answer: HallSet) -> Iterator[Fact]:
    """Nothing is counted twice: not as a resource, below a unit, and on a pair."""
    world, named = view.world, {claim.id for claim in answer.units}
    single = {claim.id for claim in answer.resources}
    for unit in sorted(named):
        if any(above in named for above in world.units.upward(unit) if above != unit):
            yield fact("hall_set_double", who=unit)
    for name in sorted(single):
        if any(
            above in named for above in world.units.upward(world.resources[name].unit)
        ):
            yield fact("hall_set_double", who=name)
    for pair in answer.pairs:
        if pair.resource in single or any(
            above in named
            for above in world.units.upward(world.resources[pair.resource].unit)
        ):
            yield fact("hall_set_double", who=f"{pair.resource}, {pair.requirement}")


def _everybody(view: WitnessView, members: set[str], answer: HallSet) -> Iterator[Fact]:
    """Whoever is eligible for a member gives through something that is named."""
    giving = {claim.id for claim in answer.resources}
    giving.update(
        resource for claim in answer.units for resource in view.below(claim.id)
    )
    pairs: dict[str, set[str]] = {}
    for pair in answer.pairs:
        pairs.setdefault(pair.requirement, set()).add(pair.resource)
    for member in sorted(members):
        left = view.eligible[member] - giving
        left = left - pairs[member] if member in pairs else left
        for resource in sorted(left)[:LISTED]:
            yield fact("hall_set_another", who=resource, requirement=member)


def _concerned(view: WitnessView, members: set[str], answer: HallSet) -> Iterator[Fact]:
    """Whoever is named is eligible for a member, or has somebody below who is."""
    anybody: set[str] = set()
    for member in members:
        anybody |= view.eligible[member]
    for claim in answer.resources:
        if claim.id not in anybody:
            yield fact("hall_set_idle", who=claim.id)
    for claim in answer.units:
        if anybody.isdisjoint(view.below(claim.id)):
            yield fact("hall_set_idle", who=claim.id)
    for pair in answer.pairs:
        if pair.resource not in view.eligible[pair.requirement]:
            yield fact("hall_set_idle", who=f"{pair.resource}, {pair.requirement}")
