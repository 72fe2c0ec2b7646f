"""Switching to a mode with the fewest changes, and back. docs/rules.md (Modes)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Unpack

from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import Change, ChangeDemand, RemoveDemand
from matchkit.answers.comparison import Comparison
from matchkit.answers.modes import Mode, Pulled, Switch
from matchkit.compile.eligibility import against
from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint
from matchkit.explain.compare import compare
from matchkit.explain.plan_state import units_by
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest, with_fields
from matchkit.model.fault import of_another_type
from matchkit.plan import Plan
from matchkit.solving.replan import beginning, replan
from matchkit.solving.solve import SolveOptions, solve, with_solve_options
from matchkit.verification.checks import A_MODE, check_pulls, refuse_other_types

MOVED = ("resource", "away_from", "to", "quantity")
"""Fields that a move and a pull share."""


@with_solve_options
@collector_at_rest()
def switch(
    problem: Problem,
    plan: Plan,
    mode: Mode,
    *,
    at: datetime | None = None,
    **options: Unpack[SolveOptions],
) -> Switch:
    """Switch a plan to a mode with the least disruption: tiers are filled as the mode has them, nobody is
    pulled but as ``may_pull`` allows, and of all such plans the fewest units change.

    ``at`` is the moment of the switch: what begins before it or within the mode's notice stays as it is.
    Options are those of ``solve``, for each of the solves, of which there is at most one a tier.
    ``verify(switch.problem, switch.plan, mode=mode)`` counts that nobody was pulled otherwise, and has done
    so. Raises InputError for other types, ContradictionError where what may not be pulled breaks a rule of
    the mode, and what ``solve`` raises.
    """
    wrong = of_another_type("mode", mode, Mode, A_MODE)
    if at is not None and not (isinstance(at, datetime) and at.tzinfo):
        wrong.append(Complaint.of("at", "record.offset"))
    refuse_other_types(problem, plan, *wrong)
    wanted, now = mode.applied(problem), plan
    until = None if at is None else at + timedelta(minutes=mode.notice)
    *stages, last = _stages(mode, wanted)
    lists = Numbering(wanted)
    for stage in stages:
        held = _staying(mode, lists, now, stage, until)
        now = replan(_open(wanted, now, stage), now, frozen=held, **options)
    made = wanted.keeping(now, frozen=_staying(mode, lists, now, last, until))
    made = made.model_copy(update={"reference": wanted.keeping(plan).reference})
    now = solve(made, **options)
    check_pulls(made, now, mode).raise_if_broken()
    switched = _switched(mode.name, (problem, plan), (made, now))
    pulled = tuple(_pulled(lists, switched.comparison))
    return switched.model_copy(update={"pulled": pulled})


@collector_at_rest()
def back(
    mode: str, problem: Problem, plan: Plan, changes: tuple[Change, ...], **options: Any
) -> Switch:
    """What ``Switch.back`` says, of the problem and the plan before the switch."""
    given = apply_changes(problem, changes)
    found = replan(given, plan, **options)
    return _switched(mode, (problem, plan), (given.keeping(plan), found))


def _switched(
    mode: str, before: tuple[Problem, Plan], after: tuple[Problem, Plan]
) -> Switch:
    """The difference of two plans as a switch between them in which nobody is pulled."""
    return Switch(
        mode=mode,
        pulled=(),
        comparison=compare(*before, after[1], problem_after=after[0], causes=True),
        problem=after[0],
        plan=after[1],
        problem_before=before[0],
        plan_before=before[1],
    )


def _stages(mode: Mode, problem: Problem) -> list[frozenset[int]]:
    """Tiers that are filled together, the smallest first: none of them may pull from another, and from any
    other tier all of them may, or none.
    """
    tiers = sorted({demand.tier for demand in problem.demands})
    found = [frozenset[int]()]
    for tier in tiers:
        more = found[-1] | {tier}
        pulls = {of: {(of, to) in mode.may_pull for to in more} for of in tiers}
        together = all(
            each == {False} or (each == {True} and of not in more)
            for of, each in pulls.items()
        )
        if found[-1] and (problem.objective.aims or not together):
            found.append(frozenset({tier}))
        else:
            found[-1] = more
    return found


def _staying(
    mode: Mode,
    lists: Numbering,
    plan: Plan,
    stage: frozenset[int],
    until: datetime | None,
) -> Iterator[tuple[str, str]]:
    """Resource and requirement of all, as far as they are still eligible, who stay while these tiers are
    filled: whom none of them may pull, and who begins too soon.
    """
    for one in plan.assignments:
        left, right = lists.left.get(one.resource), lists.right.get(one.requirement)
        if left is None or right is None:
            continue
        demand = lists.slots[right].demand
        begins = beginning(demand, one.start)
        soon = until is not None and begins is not None and begins < until
        pull = any((demand.tier, to) in mode.may_pull for to in stage)
        if (soon or not pull) and not against(
            lists, lists.resources[left], one.requirement
        ):
            yield one.resource, one.requirement


def _open(problem: Problem, plan: Plan, stage: frozenset[int]) -> Problem:
    """The problem in which tiers outside the stage want no more than they have."""
    taken = units_by(plan.assignments, "requirement")
    changes = list[Change]()
    for demand in problem.demands:
        if demand.tier in stage:
            continue
        needs = [
            need.model_copy(
                update={
                    "wanted": min(need.wanted, taken[need.id]),
                    "minimum": min(need.minimum, taken[need.id]),
                }
            )
            for need in demand.requirements
            if taken[need.id]
        ]
        less = with_fields(demand, requirements=needs) if needs else None
        changes.append(
            ChangeDemand(demand=less) if less else RemoveDemand(demand=demand.id)
        )
    for first in range(0, len(changes), 10_000):
        problem = apply_changes(problem, changes[first : first + 10_000])
    return problem


def _pulled(lists: Numbering, found: Comparison) -> Iterator[Pulled]:
    tier = {slot.requirement.id: slot.demand.tier for slot in lists.slots}
    for path in found.paths or ():
        by = {move.to: move.resource for move in path.moves}
        for move in path.moves:
            of, to = tier.get(move.away_from or ""), tier.get(move.to or "")
            if of is not None and to is not None and to < of:
                again = by.get(move.away_from)
                values = {
                    "from_tier": of,
                    "to_tier": to,
                    "by": [again] if again else [],
                }
                moved = {name: getattr(move, name) for name in MOVED}
                yield Pulled.model_validate(moved | values)
