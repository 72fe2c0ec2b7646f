"""Trying a set of changes: would the demand have all it is to have, at no loss in the goals that count it,
and does it when applied.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from matchkit.answers.apply import apply_changes
from matchkit.answers.causes import Claim, GoalBeforeAfter
from matchkit.answers.changes import AddRule, Change
from matchkit.answers.repairs import Repair
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError, StoppedError
from matchkit.explain.plan_state import units_by
from matchkit.explain.repairs.change_options import ChangeOptions, Levels
from matchkit.explain.repairs.surroundings import Ground
from matchkit.explain.repairs.target import (
    RepairTarget,
    prioritised,
    values,
    wanted_units,
    with_old_tiers,
)
from matchkit.model import Demand, Lock, Problem
from matchkit.model.base import with_fields
from matchkit.plan import Assignment, Plan
from matchkit.solving.solve import solve, solve_from


class TrialResult(NamedTuple):
    """The best plan that fills the demand first: whether the goals compare (in their order, and one by one)
    with what they must be.
    """

    enough: bool
    no_loss: bool
    assignments: tuple[Assignment, ...]


FAILED = TrialResult(enough=False, no_loss=False, assignments=())


class RepairTrials:
    """Sets of changes tried by solving, each once. ``decided`` turns false where a solve ended before it was
    known.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        target: RepairTarget,
        options: ChangeOptions,
        deadline: Deadline,
        ground: Ground,
    ) -> None:
        """``ground`` is the part of the problem that sets are tried on; what is found there is applied to the
        whole.
        """
        self._target, self._options, self._deadline, self._ground = (
            target,
            options,
            deadline,
            ground,
        )
        self._near = (
            target
            if ground.whole
            else RepairTarget(
                ground.problem,
                target.aims,
                ground.assignments,
                plan.payments,
                target.demand,
                target.to,
            )
        )
        self._confirmation = Confirmation(problem, plan, target, deadline)
        self._known: dict[Levels, TrialResult] = {}
        self.decided = True

    def enough(self, levels: Levels) -> bool:
        """Whether a plan of the changed problem fills the demand and reaches what the goals must be, in their
        order.
        """
        return self._tried(levels).enough

    @property
    def count(self) -> int:
        """How many sets were tried."""
        return len(self._known)

    def _tried(self, levels: Levels) -> TrialResult:
        if levels not in self._known:
            self._known[levels] = self._try(levels)
        return self._known[levels]

    def _try(self, levels: Levels) -> TrialResult:
        changes, rules = self._options.trial(levels)
        made = self._ground.settled(apply_changes(self._ground.problem, changes))
        made = with_fields(made, rules=(*made.rules, *rules)) if rules else made
        own = _own(made, self._target.demand.id)
        ahead, old = prioritised(made, own.id, minimum=self._target.to == "minimum")
        plan = self._solved(ahead)
        if plan is None:
            return FAILED
        reached = values(
            made, self._target.aims, plan.assignments, with_old_tiers(plan, old)
        )
        least = self._near.least(own)
        full = _filled(own, self._target, plan)
        enough = full and reached >= least
        if not enough and plan.outcome.status != "optimal":
            self.decided = False
        return TrialResult(
            enough,
            full and all(a >= b for a, b in zip(reached, least, strict=True)),
            plan.assignments,
        )

    def repair(self, levels: Levels) -> Repair | None:
        """The set as a repair, applied and solved for real; None where it loses something or does not do what
        it must.
        """
        tried = self._tried(levels)
        if not tried.no_loss:
            return None
        price, changes = self._options.price(levels), self._options.changes(levels)
        expected = (
            (entry.resource, entry.requirement, entry.quantity)
            for entry in tried.assignments
        )
        found = self._confirmation.repair(price, changes, tuple(expected))
        self.decided &= self._confirmation.decided
        return found

    def _solved(self, problem: Problem) -> Plan | None:
        found, decided = solved_in(self._deadline, problem)
        self.decided &= decided
        return found


class Confirmation:
    """Applies sets of changes and solves. ``decided`` turns false where a solve ended before it was known."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        target: RepairTarget,
        deadline: Deadline,
        start: Plan | None = None,
    ) -> None:
        """``start`` is the plan where its prices are to save most of a solve."""
        self._problem, self._plan, self._target, self._deadline, self._start = (
            problem,
            plan,
            target,
            deadline,
            start,
        )
        self.decided = True

    def repair(
        self,
        price: int,
        changes: tuple[Change, ...],
        expected: Iterable[tuple[str, str, int]],
    ) -> Repair | None:
        """The changes as a repair; None where they do not do what they must.

        Where the best plan of the changed problem gives the demand's people to others that count as much,
        those that it has of what is ``expected`` (resource, requirement and quantity) are locked. With a
        start they are in any case: then every best plan has them, not only the one that is found from there.
        """
        locks = self._set_aside(changes, expected)
        for more in ((), locks) if self._start is None else (locks,):
            if self._deadline.over():
                self.decided = False
                return None
            found = self._applied(price, (*changes, *more))
            if found is not None:
                return found
        return None

    def _applied(self, price: int, changes: tuple[Change, ...]) -> Repair | None:
        made = apply_changes(self._problem, changes)
        plan, decided = solved_in(self._deadline, made, self._start)
        self.decided &= decided
        own = _own(made, self._target.demand.id)
        if plan is None or not _filled(own, self._target, plan):
            return None
        reached = values(made, self._target.aims, plan.assignments, plan.payments)
        if any(
            value < least
            for value, least in zip(reached, self._target.least(own), strict=True)
        ):
            return None
        compared = zip(self._target.aims, self._target.before, reached, strict=True)
        had, has = (
            units_by(one.assignments, "requirement") for one in (self._plan, plan)
        )
        return Repair(
            price=price,
            changes=changes,
            goals=tuple(
                GoalBeforeAfter(goal=aim.name, before=one, after=other)
                for aim, one, other in compared
            ),
            less=tuple(
                Claim(id=name, units=had[name] - has[name])
                for name in sorted(had)
                if had[name] > has[name]
            ),
        )

    def _set_aside(
        self, changes: tuple[Change, ...], expected: Iterable[tuple[str, str, int]]
    ) -> tuple[Change, ...]:
        """Locks on all that the demand is expected to have, but where it is locked anyway."""
        own = {need.id for need in self._target.demand.requirements}
        locked = {
            (change.rule.resource, change.rule.requirement)
            for change in changes
            if isinstance(change, AddRule) and isinstance(change.rule, Lock)
        }
        return tuple(
            AddRule(
                rule=Lock(resource=resource, requirement=requirement, quantity=quantity)
            )
            for resource, requirement, quantity in expected
            if requirement in own and (resource, requirement) not in locked
        )


def solved_in(
    deadline: Deadline, problem: Problem, start: Plan | None = None
) -> tuple[Plan | None, bool]:
    """The best plan in the time left, from a ``start`` where there is one; None where there is none; and
    whether that is decided.
    """
    try:
        left = deadline.left()
        left = None if left is None else max(0.01, left)
        return (
            solve(problem, time_limit=left)
            if start is None
            else solve_from(problem, start, time_limit=left)
        ), True
    except ContradictionError:
        return None, True
    except StoppedError:
        return None, False


def _own(problem: Problem, name: str) -> Demand:
    return next(demand for demand in problem.demands if demand.id == name)


def _filled(demand: Demand, target: RepairTarget, plan: Plan) -> bool:
    has = units_by(plan.assignments, "requirement")
    return all(
        has[name] >= wanted for name, wanted in wanted_units(demand, target.to).items()
    )
