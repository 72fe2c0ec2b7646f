"""The round after a plan: what the plan gave becomes history."""

from __future__ import annotations

from collections import Counter

from matchkit.model import History, Problem
from matchkit.model.base import with_fields
from matchkit.model.history import current_round
from matchkit.plan import Plan
from matchkit.verification.checks import verify


def history_after(problem: Problem, plan: Plan) -> tuple[History, ...]:
    """The history of a problem and what a plan of it gave: for every community and tier (and kind, where
    coverage of one is a goal) that wanted something, for every unit and resource (not divisible) that gave
    something, and for demands or requirements where coverage is shared between them.

    Raises BrokenPlanError where the plan breaks its problem, InputError for what is no Problem or Plan.
    """
    verify(problem, plan).raise_if_broken()
    return (*problem.history, *_given(problem, plan))


def after(later: Problem, problem: Problem, plan: Plan) -> Problem:
    """The later problem as the round after a plan of an earlier one: with its history, and the number of the
    next round. Errors as ``history_after``.
    """
    history = history_after(problem, plan)
    return with_fields(later, history=history, round=current_round(problem) + 1)


def _given(problem: Problem, plan: Plan) -> list[History]:
    number = current_round(problem)
    taken, gave = Counter[str](), Counter[str]()
    for one in plan.assignments:
        taken[one.requirement] += one.quantity
        gave[one.resource] += one.quantity
    got, wanted = (
        Counter[tuple[str, str, int, str]](),
        Counter[tuple[str, str, int, str]](),
    )
    shared = _shared(problem)
    by_kind = any(part.kind for aim in problem.objective.aims for part in aim.parts)
    for demand in problem.demands:
        for need in demand.requirements:
            names = {
                "community": demand.community,
                "demand": demand.id,
                "requirement": need.id,
            }
            for side in shared:
                entry = side, names[side], demand.tier, need.kind if by_kind else ""
                got[entry] += taken[need.id]
                wanted[entry] += need.wanted
    givers = Counter[tuple[str, str]]()
    for resource in problem.resources:
        if not resource.is_divisible and gave[resource.id]:
            givers["resource", resource.id] += gave[resource.id]
            givers["unit", resource.unit] += gave[resource.id]
    getters = [
        History.model_validate(
            {
                side: name,
                "round": number,
                "given": got[entry],
                "of": of,
                "tier": tier,
                "kind": kind or None,
            }
        )
        for entry, of in sorted(wanted.items())
        for side, name, tier, kind in [entry]
        if of
    ]
    return getters + [
        History.model_validate({side: name, "round": number, "given": units})
        for (side, name), units in sorted(givers.items())
    ]


def _shared(problem: Problem) -> tuple[str, ...]:
    """Fields of those who get of whom there are records: communities, and others who share."""
    objective = problem.objective
    of = {objective.fair, *(part.of for aim in objective.aims for part in aim.parts)}
    finer = {"demands": "demand", "requirements": "requirement"}
    return ("community", *(one for name, one in finer.items() if name in of))
