"""Calls answered by level: the pool of each widens along the tree of communities, by minutes or by proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from matchkit.answers.apply import apply_changes
from matchkit.answers.calls import (
    Call,
    CallAnswer,
    CallStatus,
    CallStep,
    Responses,
)
from matchkit.answers.changes import RemoveDemand
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, InputError
from matchkit.explain.advice.trial import checked
from matchkit.explain.drop_outs.held import beyond, held
from matchkit.explain.plan_state import units_by
from matchkit.explain.repairs.trial import solved_in
from matchkit.messages.message import Message
from matchkit.model import Demand, Problem, Resource
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
    if until is not None and (not isinstance(until, datetime) or until.tzinfo is None):
        wrong = Complaint("until", Message("response.until"), Message("response.until.do"))  # fmt: skip
        raise InputError([wrong])
    response = _Response(problem, plan, areas or {}, Deadline.within(time_limit))
    response.check(listed)
    if not verify(problem, plan).ok:
        known = {one.requirement for one in plan.assignments}
        known |= {one.requirement for one in plan.shortfalls}
        new = {one.demand for one in listed if known.isdisjoint(response.needs(one))}
        removed = [RemoveDemand(demand=name) for name in sorted(new)]
        verify(apply_changes(problem, removed), plan).raise_if_broken()
    response.run(listed, until)
    return Responses(calls=tuple(map(response.answer, response.states)))


@dataclass
class _State:
    """A call in the course of events; ``joined`` to an earlier one, or with the steps that it has taken."""

    call: Call
    demand: Demand
    path: tuple[str, ...]
    joined: _State | None = None
    status: CallStatus = "open"
    steps: list[CallStep] = field(default_factory=list)
    asked: list[Assignment] = field(default_factory=list)
    team: list[Assignment] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unheard: list[str] = field(default_factory=list)
    missing: int = 0

    @property
    def end(self) -> datetime:
        """When the step that it stands at ends, if nothing else ends it."""
        minutes = self.call.minutes
        own = minutes[min(len(self.steps), len(minutes)) - 1]
        end = self.steps[-1].entered + timedelta(minutes=own)
        return min(end, self.last)

    @property
    def last(self) -> datetime:
        """When the call ends at the latest."""
        late = datetime.max.replace(tzinfo=self.call.at.tzinfo)
        minutes = self.call.deadline
        return late if minutes is None else self.call.at + timedelta(minutes=minutes)

    def enter(self, now: datetime) -> None:
        """Stand at the next step."""
        self.steps.append(CallStep(area=self.path[len(self.steps)], entered=now))

    def leave(self, now: datetime, ended: str) -> None:
        """End the step, and at "filled" the call."""
        changed = {"left": now, "ended": ended}
        self.steps[-1] = self.steps[-1].model_copy(update=changed)
        if ended == "filled":
            self.status = "filled"


class _Response:
    """All calls of a problem in the course of events."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        areas: Mapping[str, str],
        deadline: Deadline,
    ) -> None:
        self._problem, self._plan, self._areas = problem, plan, areas
        self._deadline = deadline
        self._above = {one.id: one.parent for one in problem.communities}
        self._demands = {one.id: one for one in problem.demands}
        self._units = {one.id: one.parent for one in problem.units}
        self._unit_of = {one.id: one.unit for one in problem.resources}
        self.states: list[_State] = []

    @cached_property
    def _within(self) -> dict[str, set[str]]:
        """The communities that each resource is in."""
        return {one.id: {*self._stands(one)} for one in self._problem.resources}

    def check(self, calls: list[Call]) -> None:
        """Raises InputError for ids of calls and areas that are not in the problem, or given twice."""
        unknown = Message("unknown")
        wrong = []
        for one in calls:
            where = Message.of("where.call", id=one.id)
            known = one.received_by is None or one.received_by in {*self._units, *self._above}  # fmt: skip
            if one.demand not in self._demands or not known:
                wrong.append(Complaint(where, unknown, Message("response.call.do")))
        for unit, area in self._areas.items():
            if unit not in self._units or area not in self._above:
                where = Message.of("where.unit", id=unit)
                wrong.append(Complaint(where, unknown, Message("response.areas.do")))
        if len({one.id for one in calls}) < len(calls):
            fact, advice = Message("response.twice"), Message("response.twice.do")
            wrong.append(Complaint("calls", fact, advice))
        if wrong:
            raise InputError(wrong)

    def needs(self, call: Call) -> set[str]:
        """The requirements that a call is for."""
        return {need.id for need in self._demands[call.demand].requirements}

    def run(self, calls: list[Call], until: datetime | None) -> None:
        """All events in order: of one moment first answers, then ends of steps, then new calls."""
        new = sorted(calls, key=lambda one: (one.at, one.level, one.id))
        replies = sorted(
            (at, new.index(call), not yes, name)
            for call in calls
            for yes, answers in ((True, call.accepted), (False, call.declined))
            for name, at in answers
        )
        while True:
            ends = [(one.end, at) for at, one in enumerate(self.states) if one.status == "open"]  # fmt: skip
            began = len(self.states)
            events = [
                *((at, 0, number) for at, number, _, _ in replies[:1]),
                *((end, 1, number) for end, number in sorted(ends)[:1]),
                *((call.at, 2, began) for call in new[began : began + 1]),
            ]
            if not events or (until is not None and min(events)[0] > until):
                return
            now, kind, number = min(events)
            if kind == 0:
                _, _, no, name = replies.pop(0)
                if number < began:
                    self._reply(self.states[number], name, now, accepts=not no)
            elif kind == 1:
                self._time_is_over(self.states[number], now)
            else:
                self._begin(new[number], now)

    def _begin(self, call: Call, now: datetime) -> None:
        demand = self._demands[call.demand]
        path = tuple(self._path(demand.community))
        state = _State(call, demand, path[min(4 - call.level, len(path) - 1) :])
        earlier = (
            one
            for one in self.states
            if one.demand is demand and one.status in ("open", "filled")
        )
        state.joined = next(earlier, None)
        self.states.append(state)
        if state.joined is not None:
            state.status = "joined"
        else:
            state.enter(now)
            self._look(state, now)

    def _stands(self, resource: Resource) -> Iterator[str]:
        """The communities that a resource is in."""
        base, above = resource.home, resource.unit
        while base is None and above is not None:
            base, above = self._areas.get(above), self._units[above]  # type: ignore[assignment]
        return self._path(base)

    def answer(self, state: _State) -> CallAnswer:
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

    def _path(self, community: str | None) -> Iterator[str]:
        """A community and all above it."""
        while community is not None:
            yield community
            community = self._above[community]

    def _look(self, state: _State, now: datetime) -> None:
        """Whom to ask, at this step or at the first above it whose pool is not proven unable to fill it."""
        while needs := self._open(state):
            step, wanted = state.steps[-1], sum(needs.values())
            givers = self._pool(state)
            rows, proven = self._best(state, needs, givers)
            most = sum(one.quantity for one in rows)
            stays = most == wanted or not proven or step.area == state.path[-1]
            names = (one.resource for one in (rows if stays else ()))
            asked = tuple(dict.fromkeys([*step.asked, *names]))
            known = {"pool": len(givers), "wanted": wanted, "most": most}
            found = {**known, "asked": asked, "proven": proven}
            state.steps[-1] = step.model_copy(update=found)
            if stays:
                state.asked = rows
                return
            state.leave(now, "proof")
            state.enter(now)
        state.leave(now, "filled")

    def _best(
        self, state: _State, needs: Mapping[str, int], givers: set[str]
    ) -> tuple[list[Assignment], bool]:
        """The rows that fill most of what is open, with those who are asked already where that fills all; and
        whether no others fill more.
        """
        others = [*self._plan.assignments]
        for one in self.states:
            others += one.team if one is state else [*one.team, *one.asked]
        wanted, found, proven = sum(needs.values()), list[Assignment](), True
        for keep in (state.asked, []) if state.asked else ([],):
            rows = [*others, *keep]
            more = +(Counter(needs) - units_by(keep, "requirement"))
            found = keep
            if more:
                open_ = held(self._problem, rows, more, givers)
                second, proven = solved_in(self._deadline, open_)
                found = []
                if second is not None:
                    found = [*keep, *beyond(second, rows)]
                    goals = second.outcome.goals[:-1]
                    proven = all(goal.bound == goal.value for goal in goals)
            if sum(one.quantity for one in found) == wanted:
                return found, True
        return found, proven

    def _open(self, state: _State) -> dict[str, int]:
        """Units that are not yet promised, by requirement."""
        teams = (row for one in self.states for row in one.team)
        has = units_by([*self._plan.assignments, *teams], "requirement")
        return {
            need.id: need.wanted - has[need.id]
            for need in state.demand.requirements
            if need.wanted > has[need.id]
        }

    def _pool(self, state: _State) -> set[str]:
        """Resources of the area that have not been asked in vain; at the root all."""
        area, gone = state.steps[-1].area, state.refused | {one.resource for one in state.team}  # fmt: skip
        everybody = area == state.path[-1]
        return {
            name
            for name, within in self._within.items()
            if (everybody or area in within) and name not in gone
        }

    def _reply(self, state: _State, name: str, now: datetime, *, accepts: bool) -> None:
        rows = [one for one in state.asked if one.resource == name]
        if not accepts:
            state.refused.add(name)
        elif not rows:
            state.unheard.append(name)
        if not rows:
            return
        state.asked = [one for one in state.asked if one.resource != name]
        if accepts:
            state.team += rows
        if not accepts or not self._open(state):
            self._look(state, now)

    def _time_is_over(self, state: _State, now: datetime) -> None:
        state.refused |= {one.resource for one in state.asked}
        state.asked = []
        late = now >= state.last
        state.leave(now, "deadline" if late else "minutes")
        if late or len(state.steps) == len(state.path):
            state.status, state.missing = "short", sum(self._open(state).values())
        else:
            state.enter(now)
            self._look(state, now)
