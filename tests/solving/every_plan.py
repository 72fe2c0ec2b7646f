"""Every plan of a small problem, each judged by the checker, and the best of them by goals with tolerances.

Nothing here knows what a rule means: ``matchkit.verify`` says which pairs are eligible, what is broken and
what a plan reaches. What is not listed is what breaks a capacity, a load or the time of one resource, which
no more assignments could mend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from math import prod
from typing import NamedTuple

import matchkit.model as m
from matchkit.verification import assignments
from matchkit.verification.assignments import not_eligible
from matchkit.verification.case import Assigned
from matchkit.verification.eligibility import eligible
from matchkit.verification.ledger import broken_rules
from matchkit.verification.windows import may_start
from matchkit.verification.world import World

MOST = 4_000
"""Problems with more plans than that are left to other tests."""
ALONE = (
    assignments.pair_quantity,
    assignments.resource_capacity,
    assignments.load,
    assignments.start,
    assignments.overlap,
)
"""Checks of what one resource does, whatever the others do."""

Values = tuple[int, ...]


class Entry(NamedTuple):
    """An assignment, as far as the checker's case looks at it."""

    resource: str
    requirement: str
    quantity: int
    start: datetime | None


Starts = Mapping[str, datetime]


@dataclass
class Every:
    """What all plans reach: the values of those that keep every hard rule, and by which rules how many others
    fail.
    """

    values: set[Values] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    plans: int = 0


class TooManyError(Exception):
    """The problem has more plans than are listed."""


def every_plan(problem: m.Problem, most: int = MOST) -> Every:
    """All plans of a problem. Raises TooManyError where there are more than ``most``."""
    world = World(problem)
    found, terms = Every(), {}
    before = None
    bundles = [
        (
            starts,
            [_bundles(world, who, starts, most) for who in world.resources.values()],
        )
        for starts in _starts(world)
    ]
    if sum(prod(map(len, each)) for _, each in bundles) > most:
        raise TooManyError
    for starts, each in bundles:
        for chosen in product(*each):
            entries = [entry for bundle in chosen for entry in bundle]
            if not _first_where_unserved(world, entries, starts) or _beyond_wanted(
                world, entries
            ):
                continue
            found.plans += 1
            case = _case(world, entries)
            case._terms = terms
            if before is not None:
                case.__dict__["before"] = before
            before = case.before
            broken = {violation.rule for violation in broken_rules(case)}
            if broken:
                found.refused.update(broken)
            else:
                found.values.add(case.values)
    return found


def best(values: set[Values], tolerances: Sequence[int]) -> Values:
    """The most of each goal over the plans that keep every goal before it within its tolerance of its own
    most.
    """
    left, found = values, []
    for place, tolerance in enumerate(tolerances):
        top = max(vector[place] for vector in left)
        found.append(top)
        left = {vector for vector in left if vector[place] >= top - tolerance}
    return tuple(found)


def _case(world: World, entries: Sequence[Entry]) -> Assigned:
    return Assigned(world, entries)


def _starts(world: World) -> Iterator[Starts]:
    """Every choice of a start for each flexible demand."""
    flexible = [
        demand for demand in world.demands.values() if demand.minutes is not None
    ]
    choices = [_moments(world, demand) for demand in flexible]
    for chosen in product(*choices):
        yield {
            demand.id: start
            for demand, start in zip(flexible, chosen, strict=True)
            if start is not None
        }


def _moments(world: World, demand: m.Demand) -> list[datetime | None]:
    """The starts that the checker allows; None, which nobody can serve, where there is none."""
    windows = world.needed(demand)
    step = timedelta(minutes=demand.step)
    grid = {
        start + n * step
        for start, end in windows
        for n in range((end - start) // step + 1)
    }
    return sorted(start for start in grid if may_start(demand, windows, start)) or [
        None
    ]


def _first_where_unserved(
    world: World, entries: Sequence[Entry], starts: Starts
) -> bool:
    """Whether demands that nobody serves have their first start: others would be the same plan again."""
    served = {world.roles[entry.requirement].demand.id for entry in entries}
    return all(
        start == _moments(world, world.demands[name])[0]
        for name, start in starts.items()
        if name not in served
    )


def _beyond_wanted(world: World, entries: Sequence[Entry]) -> bool:
    taken: dict[str, int] = {}
    for entry in entries:
        taken[entry.requirement] = taken.get(entry.requirement, 0) + entry.quantity
    return any(
        amount > world.roles[name].requirement.wanted for name, amount in taken.items()
    )


def _bundles(
    world: World, who: m.Resource, starts: Starts, most: int
) -> list[tuple[Entry, ...]]:
    """All that one resource can do by itself at these starts."""
    found: list[tuple[Entry, ...]] = [()]
    for role in world.roles.values():
        start = starts.get(role.demand.id)
        if (role.demand.minutes is not None and start is None) or not eligible(
            world, who, role
        ):
            continue
        more = [
            (*bundle, Entry(who.id, role.id, quantity, start))
            for bundle in found
            for quantity in range(1, world.most(who, role.requirement) + 1)
        ]
        found += [bundle for bundle in more if _alone_right(world, bundle)]
        if len(found) > most:
            raise TooManyError
    return found


def _alone_right(world: World, bundle: Sequence[Entry]) -> bool:
    case = _case(world, bundle)
    barred = (found for pair in case.chosen() for found in not_eligible(case, *pair))
    return (
        not any(next(iter(check(case)), None) for check in ALONE)
        and next(barred, None) is None
    )
