"""What the loss of a resource does to a plan, and who steps in."""

from __future__ import annotations

from collections import defaultdict

from matchkit.answers.drop_outs import Backups, Loss, Losses, WentShort
from matchkit.answers.effects import effect
from matchkit.compile.why_not import unknown
from matchkit.deadline import Deadline
from matchkit.errors import InputError
from matchkit.explain.advice.trial import checked
from matchkit.explain.drop_outs.held import beyond, held, without_forcing
from matchkit.explain.drop_outs.standing_by import broken_after
from matchkit.explain.plan_state import units_by
from matchkit.explain.repairs.trial import solved_in
from matchkit.explain.vectors import minus
from matchkit.messages.message import Message
from matchkit.model import Problem, Requirement
from matchkit.model.fault import another_type
from matchkit.plan import Assignment, Plan
from matchkit.verification.checks import Tallies, verify

RequirementTiers = dict[str, tuple[int, Requirement]]
"""Tier and record of every requirement."""


def losses(
    problem: Problem,
    plan: Plan,
    resource: str | None = None,
    *,
    backups: Backups | None = None,
    top: int = 5,
    time_limit: float | None = None,
) -> Losses:
    """What the loss of a resource would do, and who would step in: of the one named, or of the ``top`` whose
    loss takes most.

    The worst loss is that of the most units of tier 1 that count for a minimum, then of its other units, then
    of tier 2 and so on, less what ``backups`` of this plan make good; last of the most weight. What these
    leave open is filled by the best solve in which all others stay where they are (``time_limit`` seconds for
    all solves, None: no limit). Goals are counted by the problem as it stands.

    Raises InputError for wrong arguments, and BrokenPlanError where the plan breaks its problem.
    """
    checked(problem, plan, top=top, time_limit=time_limit)
    if not isinstance(backups, Backups | None):
        advice = Message("losses.backups.do")
        raise InputError([another_type("backups", backups, advice)])
    ids = {one.id for one in problem.resources}
    if resource is not None and resource not in ids:
        raise InputError([unknown("resource", str(resource), ids)])
    verify(problem, plan).raise_if_broken()
    needs = {
        need.id: (demand.tier, need)
        for demand in problem.demands
        for need in demand.requirements
    }
    named = backups or Backups(
        backups=(), unbacked=(), unsound=(), any_losses=True, proven=True
    )
    serving = _worst_first(needs, plan, named)
    tallies = Tallies(problem, [goal.name for goal in plan.outcome.goals])
    deadline = Deadline.within(time_limit)
    return Losses(
        serving=len(serving),
        losses=tuple(
            _loss(problem, plan, needs, tallies, name, named, deadline)
            for name in (serving[:top] if resource is None else [resource])
        ),
    )


def _worst_first(needs: RequirementTiers, plan: Plan, named: Backups) -> list[str]:
    """All who serve, those first whose loss takes most."""
    taken = units_by(plan.assignments, "requirement")
    theirs = defaultdict[str, list[Assignment]](list)
    for one in plan.assignments:
        theirs[one.resource].append(one)

    def amounts(name: str) -> tuple[object, ...]:
        alone = plan.model_copy(update={"assignments": tuple(theirs[name])})
        lost = units_by(theirs[name], "requirement")
        lost.subtract(units_by(named.rows_after(alone, [name]), "requirement"))
        units = [0] * 40
        for need, gone in lost.items():
            tier, role = needs[need]
            left = max(0, taken[need] - gone - role.minimum)
            rest = max(0, taken[need] - role.minimum) - left
            units[2 * tier - 2] -= gone - rest
            units[2 * tier - 1] -= rest
        weight = sum(one.weight * one.quantity for one in theirs[name])
        return (*units, -weight, name)

    return sorted(theirs, key=amounts)


def _loss(
    problem: Problem,
    plan: Plan,
    needs: RequirementTiers,
    tallies: Tallies,
    name: str,
    named: Backups,
    deadline: Deadline,
) -> Loss:
    stay = [one for one in plan.assignments if one.resource != name]
    rows = list(named.rows_after(plan, [name]))
    stepped_in, proven = tuple(rows[len(stay) :]), True
    refill: tuple[Assignment, ...] = ()
    lost = units_by(plan.assignments, "requirement")
    more = +(lost - units_by(rows, "requirement"))
    lost = +(lost - units_by(stay, "requirement"))
    if more:
        givers = {one.id for one in problem.resources} - {name}
        open_ = held(without_forcing(problem, {name}), rows, more, givers)
        second, proven = solved_in(deadline, open_)
        if second is not None:
            refill = beyond(second, rows)
            proven = second.outcome.status == "optimal"
    rows += refill
    left = more - units_by(refill, "requirement")
    before, without, after = (
        tallies.of(one).values for one in (plan.assignments, stay, rows)
    )
    names = tallies.goals.names
    return Loss(
        resource=name,
        short=tuple(
            WentShort(requirement=need, tier=needs[need][0], units=n, left=left[need])
            for need, n in sorted(lost.items())
        ),
        goals=effect(names, minus(without, before)),
        backups=stepped_in,
        refill=refill,
        goals_after=effect(names, minus(after, before)),
        rules=broken_after(problem, {name}, rows),
        proven=proven,
    )
