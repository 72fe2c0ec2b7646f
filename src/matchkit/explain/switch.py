"""Switching to a mode with the fewest changes, and back. docs/rules.md (Modes)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Unpack

from matchkit.answers.apply import apply_changes, with_fields
from matchkit.answers.changes import Change, ChangeDemand, RemoveDemand
from matchkit.answers.comparison import Comparison
from matchkit.answers.modes import Mode, Pulled, Switch
from matchkit.compile.eligibility import against
from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint, InputError
from matchkit.explain.compare import compare
from matchkit.explain.plan_state import units_by
from matchkit.messages.message import Message
from matchkit.model import Demand, Problem
from matchkit.model.fault import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import Plan
from matchkit.solving.replan import replan
from matchkit.solving.solve import SolveOptions, solve, with_solve_options
from matchkit.verification.checks import A_MODE, check_pulls


@with_solve_options
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
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM)
    wrong += of_another_type("plan", plan, Plan, A_PLAN)
    wrong += of_another_type("mode", mode, Mode, A_MODE)
    if at is not None and not (isinstance(at, datetime) and at.tzinfo):
        wrong.append(
            Complaint("at", Message("record.offset"), Message("record.offset.do"))
        )
    if wrong:
        raise InputError(wrong)
    wanted, now = mode.applied(problem), plan
    until = None if at is None else at + timedelta(minutes=mode.notice)
    *stages, last = _stages(mode, wanted)
    bound = _Bound(mode, wanted, plan, until)
    for stage in stages:
        held = bound.pairs(now, stage)
        now = replan(_open(wanted, now, stage), now, frozen=held, **options)
    made = wanted.keeping(now, frozen=bound.pairs(now, last))
    made = made.model_copy(update={"reference": wanted.keeping(plan).reference})
    now = solve(made, **options)
    check_pulls(made, now, mode).raise_if_broken()
    found = compare(problem, plan, now, problem_after=made, causes=True)
    return Switch(
        mode=mode.name,
        pulled=tuple(_pulled(made, found)),
        comparison=found,
        problem=made,
        plan=now,
        problem_before=problem,
        plan_before=plan,
    )


def back(
    mode: str, problem: Problem, plan: Plan, changes: tuple[Change, ...], **options: Any
) -> Switch:
    """What ``Switch.back`` says, of the problem and the plan before the switch."""
    given = apply_changes(problem, changes)
    found = replan(given, plan, **options)
    made = given.keeping(plan)
    return Switch(
        mode=mode,
        pulled=(),
        comparison=compare(problem, plan, found, problem_after=made, causes=True),
        problem=made,
        plan=found,
        problem_before=problem,
        plan_before=plan,
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


class _Bound:
    """Who stays: whom nobody of some tiers may pull, and who begins too soon."""

    def __init__(
        self, mode: Mode, problem: Problem, plan: Plan, until: datetime | None
    ) -> None:
        self._mode, self._until = mode, until
        lists = Numbering(problem)
        self._demand_of = {
            need.id: demand
            for demand in problem.demands
            for need in demand.requirements
        }
        self._gone = {
            (one.resource, one.requirement)
            for one in plan.assignments
            if one.requirement not in lists.places
            or one.resource not in lists.left
            or against(
                lists, lists.resources[lists.left[one.resource]], one.requirement
            )
        }
        """Pairs that are no longer eligible."""

    def pairs(self, plan: Plan, stage: frozenset[int]) -> list[tuple[str, str]]:
        """Resource and requirement of all that stay while these tiers are filled."""
        found = []
        for one in plan.assignments:
            pair = one.resource, one.requirement
            if pair not in self._gone:
                demand = self._demand_of[one.requirement]
                pull = any((demand.tier, to) in self._mode.may_pull for to in stage)
                if not pull or self._is_soon(demand, one.start):
                    found.append(pair)
        return found

    def _is_soon(self, demand: Demand, start: datetime | None) -> bool:
        begins = start or min((window.start for window in demand.times), default=None)
        until = self._until
        return until is not None and begins is not None and begins < until


def _open(problem: Problem, plan: Plan, stage: frozenset[int]) -> Problem:
    """The problem in which tiers outside the stage want no more than they have."""
    taken = units_by(plan.assignments, "requirement")
    changes = list[Change]()
    for demand in problem.demands:
        if demand.tier in stage:
            continue
        needs = [
            with_fields(
                need,
                wanted=min(need.wanted, taken[need.id]),
                minimum=min(need.minimum, taken[need.id]),
            )
            for need in demand.requirements
            if taken[need.id]
        ]
        if not needs:
            changes.append(RemoveDemand(demand=demand.id))
        elif needs != list(demand.requirements):
            changed = with_fields(demand, requirements=needs)
            changes.append(ChangeDemand(demand=changed))
    for first in range(0, len(changes), 10_000):
        problem = apply_changes(problem, changes[first : first + 10_000])
    return problem


def _pulled(problem: Problem, found: Comparison) -> Iterator[Pulled]:
    tier = {
        need.id: demand.tier
        for demand in problem.demands
        for need in demand.requirements
    }
    for path in found.paths or ():
        by = {move.to: move.resource for move in path.moves}
        for move in path.moves:
            of, to = tier.get(move.away_from or ""), tier.get(move.to or "")
            if of is not None and to is not None and to < of:
                again = by.get(move.away_from)
                yield Pulled.model_validate(
                    {
                        "resource": move.resource,
                        "away_from": move.away_from,
                        "from_tier": of,
                        "to": move.to,
                        "to_tier": to,
                        "quantity": move.quantity,
                        "by": () if again is None else (again,),
                    }
                )
