"""The form of remedies: the changes of each can be made, leave what is lacking as it is, and set aside what
they add. It is asked of the part of the problem that the changes speak of, which takes no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from matchkit.answers.apply import apply_changes
from matchkit.answers.causes import Blocked
from matchkit.answers.changes import (
    AddResource,
    AddRule,
    Change,
    ChangeRule,
    RemoveRule,
)
from matchkit.answers.shortages import Shortage
from matchkit.errors import MatchkitError
from matchkit.model import Community, MaxDistance, Problem, Unit
from matchkit.verification.eligibility import eligible
from matchkit.verification.report import Fact, fact
from matchkit.verification.trees import summed
from matchkit.verification.witness.growth import growth
from matchkit.verification.witness.moves import made
from matchkit.verification.witness.view import WitnessView
from matchkit.verification.world import RequirementFacts, World

TreeRecord = TypeVar("TreeRecord", Unit, Community)
NAMES = ("resource", "requirement", "demand")
"""What rules name of the two sides."""


def part(problem: Problem, changes: Sequence[Change], requirement: str) -> Problem:
    """The records that changes name, or that have an id they would clash with, and what these stand on; and
    one requirement.

    Of rules those that the changes name by their label, and limits of distance for all or for records that
    are kept: no other rule can stand in the way of a change, or of one more resource's eligibility.
    """
    mentioned = {
        word.casefold() for word in _words([change.model_dump() for change in changes])
    } | {requirement.casefold()}
    named = [rule for rule in problem.rules if rule.label.casefold() in mentioned]
    mentioned.update(
        name.casefold()
        for rule in named
        for field, name in rule.names()
        if field in NAMES
    )
    resources = [one for one in problem.resources if one.id.casefold() in mentioned]
    demands = [
        one
        for one in problem.demands
        if one.id.casefold() in mentioned
        or any(need.id.casefold() in mentioned for need in one.requirements)
    ]
    who, where = (
        {None, *(one.id for one in resources)},
        {None, *(one.id for one in demands)},
    )
    named += [
        rule
        for rule in problem.rules
        if isinstance(rule, MaxDistance)
        and rule.soft is None
        and rule.resource in who
        and rule.demand in where
        and rule.label.casefold() not in mentioned
    ]
    mentioned.update(
        word.casefold()
        for one in (*resources, *demands, *named)
        for word in _words(one.model_dump())
    )
    return problem.model_copy(
        update={
            "units": _upwards(problem.units, mentioned),
            "communities": _upwards(problem.communities, mentioned),
            "resources": tuple(resources),
            "demands": tuple(demands),
            "rules": tuple(named),
            "previous": (),
            "scores": (),
        }
    )


def with_rules_changed(
    problem: Problem, before: Problem, after: Problem, changes: Sequence[Change]
) -> Problem | None:
    """The whole problem after changes of rules alone, made to its part; None where they change anything
    else.
    """
    if not all(
        isinstance(change, AddRule | ChangeRule | RemoveRule) for change in changes
    ):
        return None
    touched = {id(rule) for rule in before.rules}
    untouched = (rule for rule in problem.rules if id(rule) not in touched)
    return problem.model_copy(update={"rules": (*untouched, *after.rules)})


def _words(data: Any) -> Iterator[str]:
    """Every text in data of records."""
    left = [data]
    while left:
        here = left.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, dict):
            left.extend(here.values())
        elif isinstance(here, list | tuple):
            left.extend(here)


def _upwards(
    records: Sequence[TreeRecord], mentioned: set[str]
) -> tuple[TreeRecord, ...]:
    """The records named, and all above them."""
    by_id = {record.id: record for record in records}
    kept: dict[str, TreeRecord] = {}
    for record in records:
        here: TreeRecord | None = record if record.id.casefold() in mentioned else None
        while here is not None and here.id not in kept:
            kept[here.id] = here
            here = None if here.parent is None else by_id[here.parent]
    return tuple(kept.values())


def remedies(view: WitnessView, answer: Shortage) -> Iterator[Fact]:
    """Everything that is wrong with the remedies, each by itself, as far as it shows without solving
    again.
    """
    chosen = view.world.problem.objective.chooses
    if answer.cause == "search_limit" or chosen:
        if answer.remedies:
            yield fact("remedy_of_search")
        return
    if not answer.remedies:
        yield fact("remedy_none")
    for one in answer.remedies:
        yield from _remedy(view, answer, one.changes)


def _remedy(
    view: WitnessView, answer: Shortage, changes: Sequence[Change]
) -> Iterator[Fact]:
    before = part(view.world.problem, changes, answer.requirement)
    try:
        problem = apply_changes(before, changes)
    except MatchkitError:  # its message may show the record's words
        yield fact("remedy_not_made")
        return
    if problem == before:
        yield fact("remedy_nothing")
        return
    world = World(problem)
    now, then = (
        view.world.roles[answer.requirement],
        world.roles.get(answer.requirement),
    )
    if then is None or _asks(now) != _asks(then):
        yield fact("remedy_asks")
        return
    added = [
        change.resource.id for change in changes if isinstance(change, AddResource)
    ]
    locks = {resource for resource, role in world.locked if role == answer.requirement}
    for name in added:
        if name not in world.resources or not eligible(
            world, world.resources[name], then
        ):
            yield fact("remedy_eligible", who=name)
        elif name not in locks:
            yield fact("remedy_not_locked", who=name)
    for who in _overlocked(world)[:1]:
        yield fact("remedy_locks", who=who)
    if added or answer.cause not in ("nobody_eligible", "limit"):
        return
    try:
        whole = with_rules_changed(
            view.world.problem, before, problem, changes
        ) or apply_changes(view.world.problem, changes)
    except MatchkitError:
        yield fact("remedy_not_made")
        return
    if isinstance(answer.witness, Blocked):
        yield from _unblocked(whole, view, answer.witness)
        return
    world = World(whole)
    if not any(
        eligible(world, one, world.roles[answer.requirement]) for one in whole.resources
    ):
        yield fact("remedy_nobody")


def _overlocked(world: World) -> list[str]:
    """Resources and requirements of which hard locks ask more than they can give or take: no plan keeps such
    locks.
    """
    room: dict[tuple[str, str], int] = {}
    for one, other in world.locked:
        resource, need = world.resources[one], world.roles[other].requirement
        room |= {
            (one, other): world.most(resource, need),
            (one, ""): resource.capacity,
            ("", other): need.wanted,
        }
    asked = summed(
        (who, quantity)
        for (one, other), quantity in world.locked.items()
        for who in ((one, other), (one, ""), ("", other))
    )
    return [
        ", ".join(filter(None, who))
        for who, quantity in asked.items()
        if quantity > room[who]
    ]


def _asks(role: RequirementFacts) -> tuple[object, ...]:
    need, demand = role.requirement, role.demand
    return need.wanted, need.minimum, demand.id, demand.tier


def _unblocked(problem: Problem, view: WitnessView, answer: Blocked) -> Iterator[Fact]:
    """The steps keep every hard rule of the changed problem."""
    after = WitnessView(problem, view.plan)
    moves = made(after, answer.steps)
    if isinstance(moves, Fact):
        yield moves
        return
    for rule, label in sorted(growth(after, moves).hard)[:1]:
        yield fact("remedy_still", rule=rule, label=label)
