"""Backups of a plan that are jointly legal: a second solve with the plan held in place."""

from __future__ import annotations

from collections.abc import Iterable

from matchkit.answers.drop_outs import Backups, Unbacked
from matchkit.arguments import is_whole
from matchkit.compile.why_not import unknown
from matchkit.errors import Complaint, InputError
from matchkit.explain.advice.trial import checked
from matchkit.explain.drop_outs.held import beyond, held, without_forcing
from matchkit.explain.plan_state import units_by
from matchkit.messages.message import Message
from matchkit.model import AllOrNothing, CommunityCap, Demand, Lock, Problem, Team
from matchkit.model.base import with_fields
from matchkit.model.fault import another_type
from matchkit.model.rules import SetAside
from matchkit.plan import Assignment, Plan
from matchkit.solving.solve import solve
from matchkit.verification.checks import Tallies, verify


def backups(
    problem: Problem,
    plan: Plan,
    demands: Iterable[str] | None = None,
    *,
    each: int | None = None,
    busy: bool = False,
    time_limit: float | None = None,
) -> Backups:
    """Who stands by for the requirements of these demands (ids; all, where none are given), jointly: nobody
    beyond capacity or at two places at one time, whatever is lost (docs/drop_outs.md).

    ``each`` is how many units stand by for a requirement that is served at all: without it as many as serve
    it. Backups are resources that serve nothing in the plan; with ``busy`` those who serve and are not
    divisible too, with what capacity and time they have left. The plan is held in place and the problem
    solved again (within ``time_limit`` seconds, None: no limit) with requirements that want so many more,
    tier by tier, the first backup of each before any second.

    Raises InputError for wrong arguments, BrokenPlanError where the plan breaks its problem, and what
    ``solve`` raises.
    """
    checked(problem, plan, time_limit=time_limit)
    asking = _demands(problem, demands, each)
    verify(problem, plan).raise_if_broken()
    rows, given = plan.assignments, units_by(plan.assignments, "resource")
    taken = units_by(rows, "requirement")
    needs = [need.id for one in asking for need in one.requirements if taken[need.id]]
    more = {need: each or taken[need] for need in sorted(needs)}
    whole = {rule.demand for rule in problem.rules if isinstance(rule, AllOrNothing)}
    first = {
        need.id for one in asking if one.id not in whole for need in one.requirements
    }
    free = {
        one.id
        for one in problem.resources
        if not given[one.id] or (busy and not one.is_divisible)
    }
    # A backup comes in place of somebody: what caps a demand or a community from above stays kept.
    kept = [one for one in problem.rules if not isinstance(one, CommunityCap | Team)]
    loose = with_fields(problem, rules=tuple(kept))
    second = solve(held(loose, rows, more, free, first), time_limit=time_limit)
    found = beyond(second, rows)
    has = units_by(found, "requirement")
    answer = Backups(
        backups=found,
        unbacked=tuple(
            Unbacked(requirement=need, asked=asked, found=has[need])
            for need, asked in more.items()
            if has[need] < asked
        ),
        unsound=(),
        any_losses=_closed(problem),
        proven=second.outcome.status == "optimal",
    )
    if answer.any_losses:
        return answer
    after = {name: answer.rows_after(plan, [name]) for name in sorted(given)}
    unsound = (name for name in after if broken_after(problem, {name}, after[name]))
    return answer.model_copy(update={"unsound": tuple(unsound)})


def _demands(
    problem: Problem, demands: Iterable[str] | None, each: int | None
) -> list[Demand]:
    wrong = []
    if each is not None and not is_whole(each, 1, 1_000):
        fact = Message.of("argument.whole", least=1, most=1_000)
        wrong.append(Complaint("each", fact, Message("backups.each.do")))
    known = {demand.id: demand for demand in problem.demands}
    names = list(known) if demands is None else demands
    if isinstance(names, str) or not isinstance(names, Iterable):
        advice = Message("backups.demands.do")
        raise InputError([*wrong, another_type("demands", demands, advice)])
    names = list(dict.fromkeys(map(str, names)))
    wrong += [unknown("demand", name, known) for name in names if name not in known]
    if wrong:
        raise InputError(wrong)
    return [known[name] for name in names]


def _closed(problem: Problem) -> bool:
    """Whether each part of a plan with backups keeps the rules that the whole keeps, but for locks of those
    who are lost.
    """
    return all(
        (rule.monotone and not isinstance(rule, SetAside))
        or (isinstance(rule, Lock) and rule.soft is None)
        for rule in problem.rules
        if rule.soft is None or rule.soft.no_worse
    )


def broken_after(
    problem: Problem, lost: set[str], rows: Iterable[Assignment]
) -> tuple[str, ...]:
    """The rules that rows break once these resources are lost: labels of records, else names of checks."""
    found = Tallies(without_forcing(problem, lost)).violations(rows)
    return tuple(dict.fromkeys(one.label or one.rule for one in found))
