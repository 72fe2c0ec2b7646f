"""Calls answered by level: the pool of each widens along the tree of communities, by minutes or by proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from matchkit.answers.apply import apply_changes
from matchkit.answers.calls import (
    Call,
    CallAnswer,
    Responses,
)
from matchkit.answers.changes import RemoveDemand
from matchkit.compile.why_not import unknown
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, InputError
from matchkit.explain.advice.trial import checked
from matchkit.explain.drop_outs.call_state import CallState
from matchkit.explain.drop_outs.held import beyond, held
from matchkit.explain.plan_state import units_by
from matchkit.explain.repairs.trial import solved_in
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.fault import another_type
from matchkit.plan import Assignment, Plan
from matchkit.verification.checks import verify


def respond(
    problem: Problem,
    plan: Plan,
    calls: Iterable[Call],
    *,
    areas: Mapping[str, str] | None = None,
    until: datetime | None = None,
    time_limit: float | None = None,
) -> Responses:
    """What becomes of calls for demands of a problem, beside a plan that stays as it is (docs/calls.md).

    The plan is one of the problem, or of the problem without demands that are called for. The pool of a call
    is first that of the area of its level, and widens to the community above when its minutes there are over,
    or at once where a solve proves that the pool cannot fill what is open; at the root everybody is in it. A
    resource is in the area of its ``home``, else in that which ``areas`` (ids of communities by ids of units)
    gives its unit or the nearest one above. Whoever is asked holds a place until he declines or the minutes
    of the step are over; a place counts when he accepts. Events after ``until`` (None: none) are left out.
    ``time_limit`` is in seconds for all solves (None: no limit); where it leaves something unproven, the pool
    widens by minutes alone.

    Raises InputError for wrong arguments and for ids that are not in the problem, and BrokenPlanError where
    the plan breaks its problem.
    """
    checked(problem, plan, time_limit=time_limit)
    listed = list(calls) if isinstance(calls, Iterable) else [None]
    if not all(isinstance(one, Call) for one in listed):
        raise InputError([another_type("calls", calls, Message("response.calls.do"))])
    areas = areas or {}
    _check(problem, listed, areas, until)
    if not verify(problem, plan).ok:  # of the problem without demands that are new
        known = {one.requirement for one in plan.assignments}
        known |= {one.requirement for one in plan.shortfalls}
        called = {one.demand for one in listed}
        removed = [
            RemoveDemand(demand=one.id)
            for one in problem.demands
            if one.id in called and known.isdisjoint(n.id for n in one.requirements)
        ]
        verify(apply_changes(problem, removed), plan).raise_if_broken()
    response = _Response(problem, plan, areas, Deadline.within(time_limit))
    order = sorted(listed, key=lambda one: (one.at, one.level, one.id))
    response.run([response.begun(one) for one in order], until)
    return Responses(calls=tuple(map(response.answer, response.states)))


def _check(
    problem: Problem,
    calls: list[Call],
    areas: Mapping[str, str],
    until: datetime | None,
) -> None:
    """Raises InputError for ids that are not in the problem or given twice, and for a moment without zone."""
    demands = {one.id for one in problem.demands}
    units = {one.id for one in problem.units}
    communities = {one.id for one in problem.communities}
    named = [
        *(("demand", one.demand, demands) for one in calls),
        *(("unit", one.received_by or "", units | communities | {""}) for one in calls),
        *(("unit", unit, units) for unit in areas),
        *(("community", area, communities) for area in areas.values()),
    ]
    wrong = [
        unknown(what, name, ids - {""}) for what, name, ids in named if name not in ids
    ]
    if len({one.id for one in calls}) < len(calls):
        wrong.append(Complaint.of("calls", "response.twice"))
    if until is not None and getattr(until, "tzinfo", None) is None:
        wrong.append(Complaint.of("until", "response.until"))
    if wrong:
        raise InputError(wrong)


class _Response:
    """All calls of a problem in the course of events."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        areas: Mapping[str, str],
        deadline: Deadline,
    ) -> None:
        self._problem, self._plan, self._deadline = problem, plan, deadline
        self._above = {one.id: one.parent for one in problem.communities}
        self._demands = {one.id: one for one in problem.demands}
        self._unit_of = {one.id: one.unit for one in problem.resources}
        parent = {one.id: one.parent for one in problem.units}
        self._within = dict[str, list[str]]()
        for one in problem.resources:
            base, above = one.home, one.unit
            while base is None and above is not None:
                base, above = areas.get(above), parent[above]  # type: ignore[assignment]
            self._within[one.id] = self._path(base)
        self.states: list[CallState] = []

    def begun(self, call: Call) -> CallState:
        """The call with the areas of its steps."""
        demand = self._demands[call.demand]
        path = self._path(demand.community)
        return CallState(call, demand, path[min(4 - call.level, len(path) - 1) :])

    def run(self, new: list[CallState], until: datetime | None) -> None:
        """All events in order: of one moment first answers, then ends of steps, then new calls."""
        replies = sorted(
            (at, place, no, name)
            for place, one in enumerate(new)
            for no, answers in enumerate((one.call.accepted, one.call.declined))
            for name, at in answers
        )
        while True:
            began = len(self.states)
            open_ = [place for place in range(began) if new[place].status == "open"]
            events = [
                *((at, 0, place) for at, place, _, _ in replies[:1]),
                *((new[place].end, 1, place) for place in open_),
                *((one.call.at, 2, began) for one in new[began : began + 1]),
            ]
            if not events or (until is not None and min(events)[0] > until):
                return
            now, kind, place = min(events)
            if kind == 0:
                _, _, no, name = replies.pop(0)
                self._reply(new[place], name, now, accepts=not no)
            elif kind == 1:
                self._time_is_over(new[place], now)
            else:
                self._begin(new[place], now)

    def answer(self, state: CallState) -> CallAnswer:
        """What became of a call."""
        call, first = state.call, (state.joined or state).call
        if state.status == "open":
            state.missing = sum(self._open(state).values())
        units = (self._unit_of[one.resource] for one in state.team)
        return CallAnswer(
            call=call.id,
            demand=call.demand,
            lead=first.received_by or state.demand.community,
            status=state.status,
            joined=None if state.joined is None else first.id,
            steps=tuple(state.steps),
            team=tuple(state.team),
            units=tuple(dict.fromkeys(units)),
            missing=state.missing,
            unheard=tuple(state.unheard),
            zone=self._problem.zone,
        )

    def _path(self, community: str | None) -> list[str]:
        """A community and all above it."""
        found = []
        while community is not None:
            found.append(community)
            community = self._above[community]
        return found

    def _begin(self, state: CallState, now: datetime) -> None:
        for one in self.states:
            if one.demand is state.demand and one.status in ("open", "filled"):
                state.joined, state.status = one, "joined"
                break
        self.states.append(state)
        if state.joined is None:
            state.enter(now)
            self._look(state, now)

    def _reply(
        self, state: CallState, name: str, now: datetime, *, accepts: bool
    ) -> None:
        rows = [one for one in state.asked if one.resource == name]
        state.asked = [one for one in state.asked if one.resource != name]
        if not accepts:
            state.refused.add(name)
        elif rows:
            state.team += rows
        else:
            state.unheard.append(name)
        if rows and not (accepts and self._open(state)):
            self._look(state, now)

    def _time_is_over(self, state: CallState, now: datetime) -> None:
        state.refused |= {one.resource for one in state.asked}
        state.asked = []
        late = now >= state.last
        state.note(left=now, ended="deadline" if late else "minutes")
        if late or len(state.steps) == len(state.path):
            state.status, state.missing = "short", sum(self._open(state).values())
        else:
            state.enter(now)
            self._look(state, now)

    def _look(self, state: CallState, now: datetime) -> None:
        """Whom to ask, at this step or at the first above it whose pool is not proven unable to fill it."""
        while needs := self._open(state):
            step, wanted = state.steps[-1], sum(needs.values())
            root = step.area == state.path[-1]
            gone = state.refused | {one.resource for one in state.team}
            pool = {
                name
                for name, within in self._within.items()
                if (root or step.area in within) and name not in gone
            }
            rows, proven = self._best(state, needs, pool)
            most = sum(one.quantity for one in rows)
            state.note(pool=len(pool), wanted=wanted, most=most, proven=proven)
            if most == wanted or root or not proven:
                asked = [*step.asked, *(one.resource for one in rows)]
                state.note(asked=tuple(dict.fromkeys(asked)))
                state.asked = rows
                return
            state.note(left=now, ended="proof")
            state.enter(now)
        state.note(left=now, ended="filled")
        state.status = "filled"

    def _best(
        self, state: CallState, needs: Mapping[str, int], pool: set[str]
    ) -> tuple[list[Assignment], bool]:
        """The rows that fill most of what is open, with those who are asked already where that fills all; and
        whether no others fill more.
        """
        others = [*self._plan.assignments]
        for one in self.states:
            others += [*one.team, *(() if one is state else one.asked)]
        found, proven = list[Assignment](), True
        for keep in (state.asked, []) if state.asked else ([],):
            found, rows = keep, [*others, *keep]
            more = +(Counter(needs) - units_by(keep, "requirement"))
            if more:
                open_ = held(self._problem, rows, more, pool)
                second, proven = solved_in(self._deadline, open_)
                found = []
                if second is not None:
                    found = [*keep, *beyond(second, rows)]
                    goals = second.outcome.goals[:-1]
                    proven = all(goal.bound == goal.value for goal in goals)
            if sum(one.quantity for one in found) == sum(needs.values()):
                return found, True
        return found, proven

    def _open(self, state: CallState) -> dict[str, int]:
        """Units that are not yet promised, by requirement."""
        teams = (row for one in self.states for row in one.team)
        has = units_by([*self._plan.assignments, *teams], "requirement")
        needs = state.demand.requirements
        left = {need.id: need.wanted - has[need.id] for need in needs}
        return {name: units for name, units in left.items() if units}
