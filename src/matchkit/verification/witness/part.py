"""The part of a problem that changes speak of: whether they can be made there says whether they can be made
at all, in no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from matchkit.answers.changes import AddRule, Change, ChangeRule, RemoveRule
from matchkit.model import Community, MaxDistance, Problem, Unit

Node = TypeVar("Node", Unit, Community)
NAMES = ("resource", "requirement", "demand")
"""What rules name of the two sides."""


def part(problem: Problem, changes: Sequence[Change], requirement: str) -> Problem:
    """The records that changes name, or that have an id they would clash with, and what these stand on; and
    one requirement.

    Of rules those that the changes name by their label, and limits of distance for all or for records that
    are kept: no other rule can stand in the way of a change, or of one more resource's eligibility.
    """
    said = {word.casefold() for word in _words([change.model_dump() for change in changes])} | {
        requirement.casefold()
    }
    named = [rule for rule in problem.rules if rule.label.casefold() in said]
    said.update(
        name.casefold() for rule in named for field, name in rule.names() if field in NAMES
    )
    resources = [one for one in problem.resources if one.id.casefold() in said]
    demands = [
        one
        for one in problem.demands
        if one.id.casefold() in said
        or any(need.id.casefold() in said for need in one.requirements)
    ]
    who, where = {None, *(one.id for one in resources)}, {None, *(one.id for one in demands)}
    limits = (
        rule for rule in problem.rules if isinstance(rule, MaxDistance) and rule.soft is None
    )
    named += [
        rule
        for rule in limits
        if rule.resource in who and rule.demand in where and rule.label.casefold() not in said
    ]
    said.update(
        word.casefold()
        for one in (*resources, *demands, *named)
        for word in _words(one.model_dump())
    )
    return problem.model_copy(
        update={
            "units": _upwards(problem.units, said),
            "communities": _upwards(problem.communities, said),
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
    if not all(isinstance(change, AddRule | ChangeRule | RemoveRule) for change in changes):
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


def _upwards(records: Sequence[Node], said: set[str]) -> tuple[Node, ...]:
    """The records named, and all above them."""
    by_id = {record.id: record for record in records}
    kept: dict[str, Node] = {}
    for record in records:
        here: Node | None = record if record.id.casefold() in said else None
        while here is not None and here.id not in kept:
            kept[here.id] = here
            here = None if here.parent is None else by_id[here.parent]
    return tuple(kept.values())
