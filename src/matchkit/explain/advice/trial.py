"""Trying changes out: a solve of the changed problem, compared with the plan goal by goal; and one change
after another by such trials, where no prices compare them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

from matchkit.answers.advice import Choice, ChoiceStep
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import AddResource, Change, Train
from matchkit.answers.effects import effect
from matchkit.arguments import is_number, is_whole
from matchkit.deadline import Deadline
from matchkit.errors import (
    BudgetError,
    Complaint,
    ContradictionError,
    InputError,
    StoppedError,
    UnsupportedError,
)
from matchkit.explain.plan_state import PlanState
from matchkit.explain.ranked import refuse_ranked
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import minus
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solving.solve import solve
from matchkit.verification.checks import refuse_other_types


@dataclass(frozen=True, slots=True)
class Trial:
    """What some changes bring: by goal, the plan after them less the plan before; and whether a better one is
    ruled out.
    """

    gain: GoalValues
    proven: bool
    problem: Problem
    plan: Plan


class AdviceTrials:
    """A problem with its best plan, on which changes are tried within a limit of seconds; ``solved`` counts
    the solves.

    ``residual`` is the plan as a flow, None where no flow expresses the problem. In a flow a plan that is not
    the best gives way to one that is, so that nothing is put down to a change that comes of planning better;
    elsewhere the plan given stands. Raises UnsupportedError where coverage or loads are goals: others would
    share in them after a change.
    """

    def __init__(
        self, problem: Problem, plan: Plan, time_limit: float | None = None
    ) -> None:
        self.problem, self.solved = problem, 0
        self.deadline = Deadline.within(time_limit)
        self.given = PlanState(problem, plan)
        """The plan given."""
        given = self.given
        if given.shares or given.worst is not None or given.keeps:
            where = Message("where.objective")
            raise UnsupportedError.of(where, "advice.shares")
        self.residual = _best(self.given)
        self.best = self.given if self.residual is None else self.residual.state
        """The plan that changes are compared with."""
        goals = self.best.plan.outcome.goals
        self.names = tuple(goal.name for goal in goals)
        self.value: GoalValues = tuple(goal.value for goal in goals)

    def of(self, changes: Sequence[Change], among: int = 1) -> Trial | None:
        """What the changes bring, by a solve in at most one of ``among`` parts of the time left.

        None where time is over, or no plan of the changed problem is possible or found.
        """
        if self.deadline.over():
            return None
        problem = apply_changes(self.problem, changes)
        left = self.deadline.left()
        self.solved += 1
        try:
            plan = solve(
                problem,
                time_limit=None if left is None else max(0.05, left / max(1, among)),
            )
        except (ContradictionError, StoppedError, BudgetError):
            return None
        reached = {goal.name: goal.value for goal in plan.outcome.goals}
        gain = minus(tuple(reached.get(name, 0) for name in self.names), self.value)
        return Trial(gain, plan.outcome.status == "optimal", problem, plan)


def _best(state: PlanState) -> ResidualFlow | None:
    """The plan, or a best one, as a flow; None where no flow expresses the problem."""
    try:
        found = ResidualFlow(state)
    except UnsupportedError:
        return None
    stated = tuple((goal.name, goal.value) for goal in state.plan.outcome.goals)
    names = (aim.name for aim in state.aims)
    if stated != tuple(zip(names, found.value, strict=True)):
        raise InputError.of("plan", "plan.goals")
    if found.optimal:
        return found
    return ResidualFlow(PlanState(state.problem, solve(state.problem)))


def checked(problem: Any, plan: Any, **numbers: Any) -> None:
    """Raises InputError for what is no problem, no plan or no sound number; ``time_limit`` may be None and is
    in seconds.
    """
    wrong = []
    for name, value in numbers.items():
        if name == "time_limit":
            if value is not None and not is_number(value, 0, 1e9):
                wrong.append(
                    Complaint.of(name, "limit.time_limit", "option.time_limit")
                )
        elif not is_whole(value, 1 if name == "k" else 0, 1_000_000):
            wrong.append(
                Complaint.of(name, "option.range", least=1 if name == "k" else 0)
            )
    refuse_other_types(problem, plan, *wrong)
    refuse_ranked(problem)


WIDTH = 5
"""So many changes are tried at each step."""


Again = Callable[[Change], Change]


def greedy(
    trials: AdviceTrials, options: Sequence[Change], k: int, again: Again | None = None
) -> Choice:
    """Up to ``k`` of the options, one after another, each the best of the first ``WIDTH`` that are left;
    nothing is proven.

    ``again`` makes of an option that was chosen the same once more, where it may be chosen more than once.
    """
    chosen: list[Change] = []
    gained: list[GoalValues] = []
    reached: GoalValues = (0,) * len(trials.names)
    left = list(options)
    while len(chosen) < k and left and not trials.deadline.over():
        parts = WIDTH * (k - len(chosen))
        tried = [
            (trials.of(together([*chosen, option]), among=parts - place), option)
            for place, option in enumerate(left[:WIDTH])
        ]
        gains = [
            (trial.gain, -place, option)
            for place, (trial, option) in enumerate(tried)
            if trial is not None
        ]
        if not gains:
            break
        gain, _, option = max(gains, key=lambda entry: entry[:2])
        if gain <= reached:
            left = left[WIDTH:]
            continue
        chosen.append(option)
        gained.append(minus(gain, reached))
        reached = gain
        here = next(place for place, other in enumerate(left) if other is option)
        left[here : here + 1] = [again(option)] if again is not None else []
    steps = [
        ChoiceStep(change=change, goals=effect(trials.names, by))
        for change, by in zip(together(chosen), gained, strict=True)
    ]
    return Choice(
        k=k,
        steps=tuple(steps),
        goals=effect(trials.names, reached),
        bound=None,
        proven=False,
        solved=trials.solved,
    )


def together(changes: Sequence[Change]) -> list[Change]:
    """The changes as one list: a unit that several bring is new once."""
    found: list[Change] = []
    units: set[str] = set()
    for change in changes:
        unit = change.unit if isinstance(change, AddResource) else None
        if unit is not None and unit.id in units:
            found.append(change.model_copy(update={"unit": None}))
            continue
        if unit is not None:
            units.add(unit.id)
        found.append(change)
    return found


def sets_of(options: Sequence[Train], k: int) -> Iterator[tuple[Train, ...]]:
    """Every set of one to ``k`` options that trains nobody twice."""
    for size in range(1, min(k, len(options)) + 1):
        for chosen in combinations(options, size):
            if len({option.resource for option in chosen}) == size:
                yield chosen


def no_more_sets(options: int, k: int, most: int) -> bool:
    """Whether ``sets_of`` yields no more than so many; numbers beyond that are not worked out."""
    count = 0
    for size in range(1, min(k, options) + 1):
        count += comb(options, size)
        if count > most:
            return False
    return True
