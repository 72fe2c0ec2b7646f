"""Trying changes out: a real solve of the changed problem, compared with the plan goal by goal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchkit.answers.apply import changed
from matchkit.answers.changes import Change
from matchkit.errors import BudgetError, Complaint, ContradictionError, InputError, StoppedError, UnsupportedError
from matchkit.explain.advice.flow import Goals, Residue
from matchkit.explain.advice.vectors import minus
from matchkit.model import Problem
from matchkit.model.given import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import Plan
from matchkit.solve import solve


@dataclass(frozen=True, slots=True)
class Trial:
    """What some changes bring: by goal, the plan after them less the plan before; and whether a better one is ruled out."""

    gain: Goals
    proven: bool
    problem: Problem
    plan: Plan


class Trials:
    """A problem with its plan, on which changes are tried within a limit of seconds; ``solved`` counts the solves."""

    def __init__(self, problem: Problem, plan: Plan, time_limit: float | None = None) -> None:
        self.problem, self.plan, self.solved = problem, plan, 0
        self.names = tuple(goal.name for goal in plan.outcome.goals)
        self.value: Goals = tuple(goal.value for goal in plan.outcome.goals)
        self.deadline = None if time_limit is None else time.monotonic() + time_limit
        self.residue, self.slack = self._residue()

    @property
    def over(self) -> bool:
        """Whether the seconds are spent."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def _residue(self) -> tuple[Residue | None, Goals]:
        """The best plan as a flow and by how much it exceeds the plan given; None where no flow expresses the problem."""
        none = (0,) * len(self.value)
        try:
            found = Residue(self.problem, self.plan)
        except UnsupportedError:
            return None, none
        if found.goals.names != self.names or found.value != self.value:
            raise InputError(
                [Complaint("plan", "states other goals than it reaches in this problem", "Give a plan of it that solve() returned")]
            )
        if found.optimal:
            return found, none
        best = Residue(self.problem, solve(self.problem))
        return best, minus(best.value, self.value)

    def of(self, changes: Sequence[Change], among: int = 1) -> Trial | None:
        """What the changes bring, by a solve in at most one of ``among`` parts of the time left.

        None where time is over, or no plan of the changed problem is possible or found.
        """
        if self.over:
            return None
        problem = changed(self.problem, changes)
        left = None if self.deadline is None else max(0.05, (self.deadline - time.monotonic()) / max(1, among))
        self.solved += 1
        try:
            plan = solve(problem, time_limit=left)
        except (ContradictionError, StoppedError, BudgetError):
            return None
        reached = {goal.name: goal.value for goal in plan.outcome.goals}
        gain = minus(tuple(reached.get(name, 0) for name in self.names), self.value)
        return Trial(gain, plan.outcome.status == "optimal", problem, plan)


def checked(problem: Any, plan: Any, **numbers: Any) -> None:
    """Raises InputError for what is no problem, no plan or no sound number; ``time_limit`` may be None and is in seconds."""
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type("plan", plan, Plan, A_PLAN)
    for name, value in numbers.items():
        if name == "time_limit":
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e9):
                wrong.append(Complaint(name, "is not a number from 0 upwards", "Give seconds, at most 1e9, or None"))
        elif isinstance(value, bool) or not isinstance(value, int) or not (1 if name == "k" else 0) <= value <= 1_000_000:
            wrong.append(Complaint(name, "is not a whole number in its range", f"Give {1 if name == 'k' else 0} to 1,000,000"))
    if wrong:
        raise InputError(wrong)
