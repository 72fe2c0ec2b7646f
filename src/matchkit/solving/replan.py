"""Least change: a problem that keeps as much of a plan as can be once its slots are filled, and its plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Unpack

from matchkit.errors import ContradictionError, InputError
from matchkit.messages.message import Message
from matchkit.model import (
    Aim,
    Demand,
    Lock,
    MostMoves,
    Part,
    Problem,
    ReferencePair,
    Window,
)
from matchkit.model.base import with_fields
from matchkit.model.reference import KeepTerms
from matchkit.plan import Plan
from matchkit.plan.arguments import no_plan, no_problem
from matchkit.solving.solve import SolveOptions, solve_from, with_solve_options

FILLS = {"minimum", "filled", "broken"}
"""Measures after which what is kept counts."""


@with_solve_options
def replan(
    problem: Problem,
    previous_plan: Plan,
    *,
    frozen: datetime | Iterable[tuple[str, str]] | None = None,
    published: datetime | Iterable[tuple[str, str]] | None = None,
    draft: int = 0,
    notice: Iterable[tuple[datetime, int]] = (),
    persons: Mapping[str, int] | None = None,
    moves: int | None = None,
    moves_a_person: int | None = None,
    moves_a_unit: int | None = None,
    **options: Unpack[SolveOptions],
) -> Plan:
    """The plan of a problem that has changed, with the fewest changes of the plan before that fill as many
    slots, goal by goal; proven and verified as any other.

    It is the plan of ``problem.keeping(previous_plan, ...)``, which says what the keywords mean: ``verify``
    and all explanations are asked with that problem. ``outcome.kept`` says how many units are kept, how many
    are new, and how many the problem no longer has. Options and errors are those of ``solve`` and of
    ``keeping``.
    """
    asked = {
        "frozen": frozen,
        "published": published,
        "draft": draft,
        "notice": notice,
        "persons": persons,
        "moves": moves,
        "moves_a_person": moves_a_person,
        "moves_a_unit": moves_a_unit,
    }
    kept = keeping(problem, previous_plan, **asked)
    return solve_from(kept, previous_plan, **options)


def keeping(problem: Problem, plan: Plan, **asked: Any) -> Problem:
    """The problem with a plan as its reference: ``Problem.keeping`` says what is asked, and which errors."""
    InputError.raise_if(no_problem(problem) + no_plan(plan, "previous_plan"))
    terms = KeepTerms(**{name: one for name, one in asked.items() if one is not None})
    demand_of = {
        need.id: demand for demand in problem.demands for need in demand.requirements
    }
    units = Counter[tuple[str, str, datetime | None]]()
    for one in plan.assignments:
        units[one.resource, one.requirement, one.start] += one.quantity
    reference, locks, fixed = list[ReferencePair](), list[Lock](), dict[str, Window]()
    known = {resource.id for resource in problem.resources}
    for entry, quantity in sorted(units.items(), key=lambda entry: entry[0][:2]):
        resource, requirement, start = entry
        demand, pair = demand_of.get(requirement), entry[:2]
        begins = beginning(demand, start)
        weight = terms.weight(pair, begins)
        units_of: dict[str, Any] = {
            "resource": resource,
            "requirement": requirement,
            "quantity": quantity,
        }
        reference.append(ReferencePair(**units_of, start=start, weight=weight))
        if demand is None or resource not in known or not terms.freezes(pair, begins):
            continue
        locks.append(Lock(**units_of))
        if start is not None:
            fixed[demand.id] = _at(demand, start, pair)
    aims = _with_kept(problem.objective.aims)
    return with_fields(
        problem,
        reference=reference,
        rules=(*problem.rules, *locks, *_mosts(problem, terms)),
        demands=[
            one.model_copy(update={"windows": (fixed[one.id],)})
            if one.id in fixed
            else one
            for one in problem.demands
        ],
        objective=with_fields(problem.objective, previous=0, aims=aims),
    )


def _mosts(problem: Problem, terms: KeepTerms) -> Iterator[MostMoves]:
    if terms.moves is not None:
        yield MostMoves(most=terms.moves)
    if terms.moves_a_person is not None:
        yield MostMoves(most=terms.moves_a_person, each=True)
    if terms.moves_a_unit is not None:
        yield from (
            MostMoves(most=terms.moves_a_unit, unit=unit.id) for unit in problem.units
        )


def beginning(demand: Demand | None, start: datetime | None) -> datetime | None:
    """When units of a demand begin; None where it has no times."""
    if start is not None or demand is None:
        return start
    return min((window.start for window in demand.times), default=None)


def _at(demand: Demand, start: datetime, pair: tuple[str, str]) -> Window:
    """The window that leaves a flexible demand this start alone. Raises ContradictionError where it does not
    have it.
    """
    end = start + timedelta(minutes=demand.minutes or 0)
    if demand.minutes is None or all(
        not window.start <= start <= end <= window.end for window in demand.times
    ):
        where = Message.of("where.pair", resource=pair[0], requirement=pair[1])
        raise ContradictionError.of(where, "replan.frozen_start")
    return Window(start=start, end=end)


def _with_kept(aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
    """Aims with what is kept after the last that counts filled slots; none where none are given."""
    measures: list[set[str]] = [{part.measure for part in aim.parts} for aim in aims]
    if not aims or any("kept" in each for each in measures):
        return aims
    last = max(place for place, each in enumerate([FILLS, *measures]) if each & FILLS)
    kept = Aim(name="kept", parts=(Part(measure="kept"),))
    return (*aims[:last], kept, *aims[last:])
