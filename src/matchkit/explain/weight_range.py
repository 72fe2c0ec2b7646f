"""The range of a term's factor within which a plan stays optimal, by exact lines and a solve at each end.

Every plan's goals are linear in the factor, so at the factors where another plan is ahead of this one it is
so on one side of them: goals in order make a convex cone (parametric programming; Gass and Saaty 1955). A
solve at the end of what is still open either proves this plan optimal there, or gives a better one, whose
line cuts off its side. Each cut is by a plan, each end by a solve, and nothing is rounded.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple, Unpack

from matchkit.answers.comparison import GoalFigure
from matchkit.answers.sensitivity import RangeEnd, WeightRange
from matchkit.compile.instance import Instance
from matchkit.errors import Complaint, InputError, UnsupportedError
from matchkit.explain.ranked import refuse_ranked
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Aim, Problem
from matchkit.plan import Plan, Terms
from matchkit.solving.solve import SolveOptions, solve, with_solve_options
from matchkit.verification.case import Case
from matchkit.verification.checks import refuse_other_types, verify
from matchkit.verification.world import World

LARGEST = 1_000
"""The largest factor of a term."""


@with_solve_options
def weight_range(
    problem: Problem, plan: Plan, term: str, **options: Unpack[SolveOptions]
) -> WeightRange:
    """The factors of a weight term (``importance``, ``distance``, ...) at which this plan is optimal: all
    from one to another.

    All else stays as it is in the problem; ``plan`` need not be optimal at the factor there. The options are
    those of ``solve``; where a time limit ends a solve before it is proved, the range is "at least from ..
    to", within what is not ruled out.

    Raises InputError for an unknown term, and where a goal that counts the weight, or one after it, has a
    tolerance (but for the last goal), as the factors need not hang together then; BrokenPlanError for a plan
    that breaks the problem; and what ``solve`` raises.
    """
    wrong = []
    if not isinstance(term, str) or term not in Terms.model_fields:
        near = (
            get_close_matches(term, Terms.model_fields, 1)
            if isinstance(term, str) and len(term) <= 40
            else []
        )
        advice = (
            Message.of("unknown.near.do", near=near[0])
            if near
            else Message.of("argument.word.do", known=tuple(Terms.model_fields))
        )
        wrong.append(Complaint("term", Message("option.term"), advice))
    refuse_other_types(problem, plan, *wrong)
    refuse_ranked(problem)
    aims = Instance(problem).aims
    first = next(
        (
            place
            for place, aim in enumerate(aims)
            if any(part.measure == "weight" for part in aim.parts)
        ),
        len(aims),
    )
    if any(part.order is not None for aim in aims for part in aim.parts):
        where = Message("where.objective")
        raise UnsupportedError.of(where, "weight_range.order")
    InputError.raise_if(
        [
            Complaint.of(f"objective.aims ({aim.name})", "weight_range.tolerance")
            for aim in aims[first:-1]
            if aim.tolerance
        ]
    )
    verify(problem, plan).raise_if_broken()
    return _Search(problem, plan, term, aims, first, options).found()


class _Line(NamedTuple):
    """What a plan reaches in each goal, by the factor."""

    base: GoalValues
    slope: GoalValues

    def at(self, factor: int) -> GoalValues:
        return tuple(
            base + factor * slope
            for base, slope in zip(self.base, self.slope, strict=True)
        )


class _Tried(NamedTuple):
    """What a solve at a factor says of the plan (None: nothing is proved), its own plan's line, and whether
    that is the best.
    """

    optimal: bool | None
    line: _Line
    best: bool


class _Search:
    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        term: str,
        aims: tuple[Aim, ...],
        first: int,
        options: SolveOptions,
    ) -> None:
        self._problem, self._term, self._options = problem, term, options
        self._first = first
        """The first goal that depends on the factor."""
        self._names = tuple(aim.name for aim in aims)
        self._worlds = World(self._at(0)), World(self._at(1))
        self._line = self._line_of(plan)
        self._least, self._most = 0, LARGEST
        self._proven: set[int] = set()
        self._tried: dict[int, _Tried] = {}
        self._better: list[_Line] = []

    def found(self) -> WeightRange:
        factor: int = getattr(self._problem.objective, self._term)
        self._try(factor)
        self._close(upward=False)
        self._close(upward=True)
        none_fits = self._least > self._most
        return WeightRange(
            term=self._term,
            factor=factor,
            low=min(self._proven, default=None),
            high=max(self._proven, default=None),
            least=None if none_fits else self._least,
            most=None if none_fits else self._most,
            below=None if none_fits or self._least == 0 else self._end(self._least - 1),
            above=None
            if none_fits or self._most == LARGEST
            else self._end(self._most + 1),
            solves=len(self._tried),
        )

    def _at(self, factor: int) -> Problem:
        objective = self._problem.objective.model_copy(update={self._term: factor})
        return self._problem.model_copy(update={"objective": objective})

    def _line_of(self, plan: Plan) -> _Line:
        base, other = (Case(world, plan).values for world in self._worlds)
        return _Line(
            base, tuple(two - one for one, two in zip(base, other, strict=True))
        )

    def _try(self, factor: int) -> bool | None:
        """Whether the plan is optimal at a factor, by a solve there; what that finds is kept, and cuts."""
        if factor in self._tried:
            return self._tried[factor].optimal
        other = solve(self._at(factor), **self._options)
        line = self._line_of(other)
        optimal, place = self._judged(other, self._line.at(factor))
        self._tried[factor] = _Tried(optimal, line, other.outcome.status == "optimal")
        if optimal:
            self._proven.add(factor)
        elif (
            optimal is False and place < self._first
        ):  # behind in what no factor changes
            self._least, self._most = 1, 0
        elif optimal is False:
            self._better.append(line)
            self._cut(line)
        return optimal

    def _judged(self, other: Plan, mine: GoalValues) -> tuple[bool | None, int]:
        """Whether the plan is optimal, and the goal that decides."""
        goals = other.outcome.goals
        for place, (goal, value) in enumerate(zip(goals, mine, strict=True)):
            slack = 0 if place == len(goals) - 1 else goal.tolerance
            if goal.bound is None:
                return None, place
            if value < goal.bound - slack:
                return (False if goal.value - slack > value else None), place
        return True, len(goals)

    def _cut(self, line: _Line) -> None:
        """Leave out the factors at which this plan is behind the line of another that reaches the goals
        before as well.
        """
        left = [
            factor
            for factor in range(self._least, self._most + 1)
            if not self._behind(line, factor)
        ]
        self._least, self._most = (left[0], left[-1]) if left else (1, 0)

    def _behind(self, line: _Line, factor: int) -> bool:
        return line.at(factor)[self._first :] > self._line.at(factor)[self._first :]

    def _close(self, *, upward: bool) -> None:
        """Try the end of what is open until the plan is proven optimal there; where a solve proves nothing,
        between it and what is.
        """
        while self._least <= self._most:
            end = self._most if upward else self._least
            optimal = self._try(end)
            if optimal is False:
                continue
            if optimal or not self._proven:
                return
            # Bisection between a factor that is proven and one of which a solve proves nothing.
            inner, unknown = (
                (max(self._proven), end) if upward else (min(self._proven), end)
            )
            while abs(unknown - inner) > 1 and optimal is not False:
                middle = (unknown + inner) // 2
                optimal = self._try(middle)
                if optimal:
                    inner = middle
                else:
                    unknown = middle
            if optimal is not False:
                return

    def _end(self, factor: int) -> RangeEnd:
        """What is better at a factor that is ruled out: the best plan there if a solve proves it, else the
        best known.
        """
        self._try(factor)
        tried = self._tried[factor]
        line = (
            tried.line
            if tried.optimal is False
            else max(self._better, key=lambda line: line.at(factor)[self._first :])
        )
        pairs = zip(self._names, self._line.at(factor), line.at(factor), strict=True)
        goals = tuple(
            GoalFigure(name=name, before=mine, after=theirs, difference=theirs - mine)
            for name, mine, theirs in pairs
        )
        ahead = next(goal.name for goal in goals[self._first :] if goal.difference)
        return RangeEnd(
            factor=factor,
            goals=goals,
            ahead=ahead,
            proven=tried.optimal is False and tried.best,
        )
