"""Steps made: what the plan's pairs are after them, and whether they keep eligibility, capacities and what is
wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matchkit.answers.causes import Step
from matchkit.verification.eligibility import eligible
from matchkit.verification.report import Fact, fact
from matchkit.verification.windows import TimeSpans, first_start, fits
from matchkit.verification.witness.view import WitnessView


@dataclass
class StepEffect:
    """The quantities of the pairs that the steps touch, as they are after them (0 too); and the starts that
    they add.
    """

    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    starts: dict[str, datetime] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    """Resources that are not free at the start which a flexible demand has already."""


def chain(view: WitnessView, requirement: str, steps: Sequence[Step]) -> Fact | None:
    """Why the steps are no chain from the requirement whose end may be; None where they are."""
    world = view.world
    unknown = _unknown(view, steps)
    if unknown is not None:
        return unknown
    if not steps or len({step.to for step in steps}) < len(steps):
        return fact("steps_twice")
    wanted: str | None = requirement
    for step in steps:
        if wanted is None or step.to != wanted:
            return fact("steps_chain", who=step.to)
        wanted = step.away_from
    if wanted is None:
        return None
    if any(step.to == wanted for step in steps) or view.last_place(
        wanted
    ) <= view.next_place(requirement):
        return fact("steps_short", who=world.roles[wanted].id)
    return None


def _unknown(view: WitnessView, steps: Sequence[Step]) -> Fact | None:
    world = view.world
    for step in steps:
        roles = (step.to,) if step.away_from is None else (step.to, step.away_from)
        if step.resource not in world.resources or not all(
            role in world.roles for role in roles
        ):
            return fact("steps_unknown")
    return None


def made(view: WitnessView, steps: Sequence[Step]) -> StepEffect | Fact:
    """The plan's pairs after the steps, one after another; or why they cannot be made."""
    unknown = _unknown(view, steps)
    if unknown is not None:
        return unknown
    moves, pairs = StepEffect(), view.case.pairs
    given: dict[str, int] = {}
    taken: dict[str, int] = {}

    def move(resource: str, requirement: str, units: int) -> int:
        """What the pair has afterwards."""
        pair = resource, requirement
        moves.pairs[pair] = moves.pairs.get(pair, pairs.get(pair, 0)) + units
        given[resource] = given.get(resource, 0) + units
        taken[requirement] = taken.get(requirement, 0) + units
        return moves.pairs[pair]

    for step in steps:
        away = step.away_from
        if away is not None and (move(step.resource, away, -1) < 0 or away == step.to):
            return fact("steps_away", who=step.resource, requirement=away)
        move(step.resource, step.to, 1)
    return _beyond(view, moves, given, taken) or _started(view, steps, moves) or moves


def _beyond(
    view: WitnessView, moves: StepEffect, given: dict[str, int], taken: dict[str, int]
) -> Fact | None:
    """Who is not eligible, or has more than it may, after the moves."""
    world, case = view.world, view.case
    for (resource, requirement), quantity in moves.pairs.items():
        if quantity > case.pairs.get((resource, requirement), 0):
            if not eligible(world, world.resources[resource], world.roles[requirement]):
                return fact("steps_eligible", who=resource, requirement=requirement)
            most = world.most(
                world.resources[resource], world.roles[requirement].requirement
            )
            if quantity > most:
                return fact(
                    "steps_pair", who=resource, requirement=requirement, most=most
                )
    for resource, more in given.items():
        if (
            more > 0
            and case.given.get(resource, 0) + more > world.resources[resource].capacity
        ):
            return fact(
                "steps_capacity", who=resource, most=world.resources[resource].capacity
            )
    for requirement, more in taken.items():
        if more > 0 and more > view.missing(requirement):
            return fact(
                "steps_wanted",
                who=requirement,
                most=world.roles[requirement].requirement.wanted,
            )
    return None


def _started(
    view: WitnessView, steps: Sequence[Step], moves: StepEffect
) -> Fact | None:
    """Starts of flexible demands that nobody served: the first at which all are free who are given to them
    now.
    """
    world, case = view.world, view.case
    new: dict[str, list[TimeSpans]] = {}
    for pair in dict.fromkeys((step.resource, step.to) for step in steps):
        demand, free = world.roles[pair[1]].demand, world.free(world.resources[pair[0]])
        if demand.minutes is None or moves.pairs[pair] <= case.pairs.get(pair, 0):
            continue
        times = case.times(demand) if demand.id in case.members else ()
        if not times:
            new.setdefault(demand.id, []).append(free)
        elif not fits(times, free):
            moves.late.add(pair[0])
    for name, everybody in new.items():
        demand = world.demands[name]
        start = first_start(demand, world.needed(demand), everybody)
        if start is None:
            return fact("steps_start", who=name)
        moves.starts[name] = start
    return None
