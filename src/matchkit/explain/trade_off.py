"""The exact curve between two goals, point by point: each is the best of one goal among plans that have more
of the other.

The epsilon-constraint method (Haimes, Lasdon and Wismer 1971) with a second stage, so that no point is beaten
in either goal (Mavrotas 2009): with the second goal bound from below by one more than the last point has, the
first goal is made as large as can be, and then the second again. The bound is an aim with a tolerance: the
most that the second goal reaches, less what may be lost of it.
"""

from __future__ import annotations

from typing import Literal, Unpack

from matchkit.answers.sensitivity import TradeOff, TradePoint
from matchkit.compile.goals import SHARED, aims_of
from matchkit.errors import Complaint, InputError
from matchkit.explain.ranked import refuse_ranked
from matchkit.messages.message import Message
from matchkit.model import Aim, Problem
from matchkit.model.fault import of_another_type
from matchkit.model.text import LONGEST
from matchkit.plan import Plan
from matchkit.plan.arguments import no_problem, no_whole
from matchkit.solving.solve import SolveOptions, solve, with_solve_options

MOST_POINTS = 1_000
"""Most points that may be asked for: each takes a solve."""
MOST_AIMS = 50
"""Most aims that an objective has."""
Ended = Literal["all", "limit", "unproven", "range"]
WIDEST = 1_000_000_000
"""The largest tolerance of an aim."""


@with_solve_options
def trade_off(
    problem: Problem,
    first: str | Aim,
    second: str | Aim,
    *,
    points: int = 50,
    **options: Unpack[SolveOptions],
) -> TradeOff:
    """All points between two goals that no plan beats in both: what giving up some of the first gains in the
    second.

    A goal is named as in ``plan.outcome.goals``, or given as an Aim; of coverage and loads a level is a
    goal (``tier 1 coverage at 0``), also where a flow counts all at once. Goals of the problem that come
    before both are kept at their best (less their tolerances); those after take part only in the choice
    between plans of one point. At most ``points`` points are found, from the best of the first goal on,
    and the best of the second; each takes a solve, with the options of ``solve``. Where a time limit ends
    one of them before it is proved, the curve ends there.

    Raises InputError for unknown goals and for one given twice, and what ``solve`` raises.
    """
    return _Curve(problem, first, second, points, options).found()


class _Curve:
    def __init__(
        self,
        problem: Problem,
        first: str | Aim,
        second: str | Aim,
        points: int,
        options: SolveOptions,
    ) -> None:
        wrong = no_problem(problem) + no_whole("points", points, 2, MOST_POINTS)
        InputError.raise_if(wrong)
        refuse_ranked(problem)
        self._problem, self._limit, self._options = problem, points, options
        # A coverage with all its levels is no number that could be given up bit by bit.
        aims = aims_of(problem, tied=True)
        chosen = [
            self._aim(name, given, aims, wrong)
            for name, given in (("first", first), ("second", second))
        ]
        if not wrong and chosen[0].name == chosen[1].name:
            wrong.append(Complaint.of("second", "trade_off.same"))
        InputError.raise_if(wrong)
        self._first, self._second = (
            aim.model_copy(update={"tolerance": 0}) for aim in chosen
        )
        names = [aim.name for aim in aims]
        places = [names.index(aim.name) for aim in chosen if aim.name in names]
        before = min(places, default=0)
        self._held = aims[:before]
        self._tops: tuple[int | None, ...] = ()
        self._rest = tuple(
            aim
            for aim in aims[before:]
            if aim.name not in (self._first.name, self._second.name)
        )
        if len(self._held) > MOST_AIMS - 3:
            where = Message.of("trade_off.both", first="first", second="second")
            raise InputError.of(
                where, "trade_off.goals", goals=len(self._held), most=MOST_AIMS
            )

    @staticmethod
    def _aim(
        name: str, given: object, aims: tuple[Aim, ...], wrong: list[Complaint]
    ) -> Aim:
        known = {aim.name: aim for aim in aims}
        listed = Message.of("trade_off.known.do", known=tuple(known))
        whole = isinstance(given, Aim) and any(
            part.measure in SHARED and part.level is None for part in given.parts
        )
        if whole:
            wrong.append(Complaint(name, Message("trade_off.level"), listed))
        if isinstance(given, Aim):
            if given.name in known and given.parts != known[given.name].parts:
                wrong.append(Complaint.of(name, "trade_off.parts"))
            return given
        if not isinstance(given, str):
            wrong += of_another_type(name, given, str, Message("trade_off.type.do"))
        elif given not in known:
            wrong.append(Complaint(name, Message("trade_off.unknown"), listed))
        return known.get(given, aims[-1]) if isinstance(given, str) else aims[-1]

    def found(self) -> TradeOff:
        """The curve. Seconds grow from point to point, so that there is one solve a point."""
        start = self._point(self._first, self._second)
        if not start.proven:
            return self._answer([start], "unproven")
        end = self._point(self._second, self._first)
        if not end.proven:
            return self._answer([start, end], "unproven")
        points = [start]
        while points[-1].second < end.second:
            room = end.second - points[-1].second - 1
            if room == 0 or points[-1].first == end.first + 1:  # nothing lies between
                return self._answer([*points, end], "all")
            if len(points) + 1 >= self._limit:
                return self._answer([*points, end], "limit")
            if room > WIDEST:
                return self._answer([*points, end], "range")
            point = self._point(
                self._second.model_copy(update={"tolerance": room}),
                self._first,
                self._again(),
                most=end.second,
            )
            if not point.proven:
                return self._answer([*points, point, end], "unproven")
            points.append(point)
        return self._answer(points, "all")

    def _answer(self, points: list[TradePoint], ended: Ended) -> TradeOff:
        return TradeOff(
            first=self._first.name,
            second=self._second.name,
            held=tuple(aim.name for aim in self._held),
            points=tuple(points),
            complete=ended == "all",
            ended=ended,
            limit=self._limit,
        )

    def _point(self, *stages: Aim, most: int | None = None) -> TradePoint:
        """The best plan by these goals behind those held. ``most`` is what the first of them reaches at most,
        tolerance and all.
        """
        asked = (*self._held, *stages)
        aims = (*asked, *self._rest[: MOST_AIMS - len(asked)])
        objective = self._problem.objective.model_copy(update={"aims": aims})
        plan = solve(
            self._problem.model_copy(update={"objective": objective}), **self._options
        )
        values = {goal.name: goal.value for goal in plan.outcome.goals}
        return TradePoint(
            first=values[self._first.name],
            second=values[self._second.name],
            proven=self._proven(plan, len(asked), most),
            plan=plan,
            aims=aims,
        )

    def _proven(self, plan: Plan, count: int, most: int | None) -> bool:
        """Whether the first so many goals are at what the search proved, and tolerances were counted from one
        and the same number.
        """
        goals = plan.outcome.goals
        bounds = tuple(goal.bound for goal in goals[: len(self._held)])
        self._tops = self._tops or bounds
        exact = bounds == self._tops and (
            most is None or goals[len(self._held)].bound == most
        )
        return exact and all(
            goal.bound is not None and goal.bound - goal.value <= goal.tolerance
            for goal in goals[:count]
        )

    def _again(self) -> Aim:
        """The second goal once more, behind the first: its least was held, now its most is taken."""
        taken = {
            aim.name for aim in (*self._held, self._first, self._second, *self._rest)
        }
        names = (
            f"{self._second.name[: LONGEST - 20]} again{number or ''}"
            for number in range(len(taken) + 1)
        )
        return Aim(
            name=next(name for name in names if name not in taken),
            parts=self._second.parts,
        )
