"""What an event touched: where a problem and a plan differ from ones that were verified before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from matchkit.model import Problem
from matchkit.verification.case import BY_PAIR, Case

_CONTEXT = ("skills", "communities", "objective", "zone")
"""Fields that say of all pairs who is eligible and what a unit is worth."""
_CONCERNED = {
    "resources": ("id",),
    "demands": ("id",),
    "rules": ("resource", "requirement", "demand"),
    "previous": ("resource",),
    "scores": ("resource",),
}
"""Lists of a problem whose records say the same of some pairs, and the fields that say of which."""


def _differing(
    before: Iterable[Any], after: Iterable[Any], name: Callable[[Any], object]
) -> Iterator[Any]:
    """Entries of which the other list has none that is equal; ``name`` tells those of one list apart."""
    known = {name(one): one for one in before}
    for one in after:
        old = known.pop(name(one), None)
        if old is not one and old != one:
            yield one
    yield from known.values()


def touched_records(before: Problem, after: Problem) -> set[str] | None:
    """Ids of resources, demands and requirements whose pairs may have become eligible, or not, or have
    another weight; None where all may have.

    Records are compared by identity, so one that was read again counts as another.
    """
    if after.objective.rarity is None or any(
        getattr(before, name) != getattr(after, name) for name in _CONTEXT
    ):
        return None
    found = set[str]()
    for field, fields in _CONCERNED.items():
        for record in _differing(getattr(before, field), getattr(after, field), id):
            if field == "rules" and record.rule not in BY_PAIR:
                continue
            names = {getattr(record, name, None) for name in fields}
            if names == {None}:
                return None
            found.update(name for name in names if name is not None)
    return found | {
        need.id
        for problem in (before, after)
        for demand in problem.demands
        if demand.id in found
        for need in demand.requirements
    }


def touched_part(case: Case, before: Case, records: Iterable[str]) -> Case:
    """The part of a plan that is to be looked at again after a plan in which nothing was wrong.

    Of every resource and requirement that was touched it has all assignments. So what is counted of them is
    as in the whole, and of others no more than that.
    """
    plan, old, found, world = case.plan, before.plan, set(records), case.world
    pairs = _differing(
        old.assignments, plan.assignments, lambda one: (one.resource, one.requirement)
    )
    for entry in pairs:
        found |= {entry.resource, entry.requirement}
    for entry in plan.assignments:
        if entry.resource not in world.resources:  # counts nothing any more
            found.add(entry.requirement)
    lacks = _differing(old.shortfalls, plan.shortfalls, lambda one: one.requirement)
    found.update(lack.requirement for lack in lacks)
    # All who serve a flexible demand begin together.
    found.update(
        need.id
        for demand in world.problem.demands
        if demand.minutes is not None
        for need in demand.requirements
        if not found.isdisjoint(other.id for other in demand.requirements)
    )
    found.update(
        entry.resource for entry in plan.assignments if entry.requirement in found
    )
    mine = tuple(
        entry
        for entry in plan.assignments
        if entry.resource in found or entry.requirement in found
    )
    short = tuple(lack for lack in plan.shortfalls if lack.requirement in found)
    part = plan.model_copy(update={"assignments": mine, "shortfalls": short})
    return Case(world, part, found)
