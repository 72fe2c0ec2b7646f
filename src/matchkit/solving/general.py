"""A problem whose pairs hang together by more than capacities: the general search on its case, conducted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.fewest import with_fewest
from matchkit.compile.general.grouping import grouped
from matchkit.compile.general.packing import near_pairs
from matchkit.compile.instance import Instance
from matchkit.compile.kept import KeptPairs
from matchkit.compile.rules.groups import closed_shares
from matchkit.deadline import NO_END, Deadline
from matchkit.engines import MIP_ENGINES
from matchkit.errors import Complaint, ContradictionError, StoppedError
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Lock, Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Listener, Progress
from matchkit.solvers.mip.search import SMALL, WHOLE, search
from matchkit.solvers.mip.state import Relaxed, SearchResult, SearchTask
from matchkit.solving.digest import digest
from matchkit.solving.outcome import plan_of_case
from matchkit.solving.relaxations import (
    block_relaxation,
    flow_relaxation,
    packing_in_time,
)
from matchkit.solving.request import Request, SolveContext, Tell
from matchkit.verification.checks import verify

RESERVE, AWAY = 1.5, 0.5
"""What is left to do when the search ends, in times that compiling took: the step under way, decode and
verify; and sending it away.
"""
RELAXATION, BLOCKS, SIFTING = 3.0, 3.0, 5.0
"""What a first round of the flow relaxation takes, and what a closer bound by blocks and linear programs of
all goals are not tried without, in the same times.
"""
OFTEN = 10.0
"""Plans on the way are handed out so seldom that making them takes one part in so many of the time."""


def solve_general(
    instance: Instance,
    began: float,
    obstacle: Complaint | None,
    request: Request,
    context: SolveContext,
    tell: Tell,
    progress: Listener | None,
) -> Plan:
    """The plan of a problem that no flow can express, not verified yet. Compiling ``began`` at that moment;
    ``obstacle`` is what ties its pairs together (None: the engine was asked for).

    Raises ContradictionError where hard rules contradict each other and StoppedError where time is over
    before any plan.
    """
    return _Conductor(
        instance, began, obstacle, request, context, tell, progress
    ).plan()


class _Conductor:
    """One search under way: the case that is searched, in which like resources are one, what relaxations say
    of it, and the best plan so far.
    """

    def __init__(
        self,
        instance: Instance,
        began: float,
        obstacle: Complaint | None,
        request: Request,
        context: SolveContext,
        tell: Tell,
        progress: Listener | None,
    ) -> None:
        self._problem, self._obstacle, self._request = (
            instance.problem,
            obstacle,
            request,
        )
        self._context, self._tell, self._progress = context, tell, progress
        self._whole = compile_case(
            instance, request.budget.pairs, Deadline(context.latest)
        )
        # The plan is decoded and verified by the deadline, which takes about as long as compiling.
        self._took = time.monotonic() - began
        reserve = (RESERVE + AWAY * context.hard) * self._took
        self._deadline, first, self._later = search_deadlines(request, context, reserve)
        self._whole.facts.deadline = first
        first.check()
        self._grouped = (
            grouped(self._whole) if request.search_options.grouping else None
        )
        self._case = self._whole if self._grouped is None else self._grouped.case
        self._large = len(self._case.left) > WHOLE
        self._best = SearchResult(None, None, None, request.search_engine.name)
        self._rounds, self._next_time = 0, 0.0
        self._by_blocks = False
        self._held = HeldBounds(self._case)

    @cached_property
    def _seal(self) -> str:
        return digest(self._problem)

    @property
    def _start(self) -> Int64 | None:
        """What pairs carry in the plan that the solve begins from."""
        plan, case = self._request.start, self._case
        if plan is None or self._grouped is not None:
            return None
        pairs = KeptPairs.of(case.lists, plan.assignments)
        found = np.zeros(len(case.left), np.int64)
        at, where = pairs.found(case.left, case.right)
        found[at] = np.minimum(pairs.units[where], case.most[at])
        return found

    def plan(self) -> Plan:
        """The plan that the search ends with."""
        for rule in closed_shares(self._whole):
            self._tell(rule.line(), rule.message())
        try:
            result = self._search()
        except (
            StoppedError
        ):  # a step was about to begin, or under way, for which there was no time
            if self._best.quantity is None:
                raise
            result = self._best
        self._look_by(NO_END)
        if result.infeasible:
            raise ContradictionError(_contradiction(self._problem))
        if result.quantity is None:
            raise StoppedError(Message("stopped.search"))
        self._tell("decode")
        stopped = (
            "interrupted"
            if self._context.stop()
            else "time_limit"
            if self._deadline.over()
            else "gap"
            if self._request.gap
            else "no_proof"
        )
        engine = f"blocks with {result.engine}" if self._by_blocks else result.engine
        return self._plan_of(result.quantity, result.bounds, engine, stopped)

    def _search(self) -> SearchResult:
        request, case = self._request, self._case
        # Of many pairs a first plan is found among few, before anything else.
        near = near_pairs(case) if self._large else None
        self._tell("relax")
        loose = None if self._large else self._relax(self._deadline)
        self._tell("search")
        packed = case if near is None else case.part(near)
        options = request.search_options
        task = SearchTask(
            case,
            self._deadline,
            relaxed=loose,
            gap=request.gap,
            seed=request.seed,
            options=options,
            found=self._found,
            slack=(*(aim.tolerance for aim in case.aims[:-1]), 0),
            packing=packing_in_time(packed, loose) if options.packing else None,
            near=near,
            start=self._start,
            blocks=self._blocks if options.relaxation else None,
            tighten=self._tighten if options.relaxation else None,
            engine=request.search_engine,
            beside=None if request.mip is not None else MIP_ENGINES["scip"],
        )
        return search(task)

    def _found(
        self, quantity: Int64, goals: GoalValues, bounds: GoalValues | None
    ) -> None:
        """A better plan: told, and every now and then handed out."""
        engine = self._request.search_engine.name
        self._rounds += 1
        self._best = SearchResult(quantity, goals, bounds, engine)
        # What is found is handed out, however late it is.
        self._look_by(NO_END)
        if self._progress is not None:
            pairs, elapsed = len(self._whole.left), self._context.elapsed()
            self._progress(
                Progress("search", self._rounds, pairs, goals, bounds, elapsed)
            )
        if self._context.hard and time.monotonic() >= self._next_time:
            since = time.monotonic()
            plan = self._plan_of(quantity, bounds, engine, "time_limit")
            verify(self._problem, plan).raise_if_broken()
            self._context.found(plan)
            self._next_time = time.monotonic() + OFTEN * (time.monotonic() - since)
        self._look_by(self._later)

    def _tighten(
        self, goals: GoalValues, numbers: Sequence[int], left: Deadline
    ) -> int | None:
        """A closer bound of the first of these goals; while there is time, of the others too."""
        found: list[int | None] = []
        for number in numbers:
            if not left.has(BLOCKS * self._took):
                break
            found.append(self._held.of(goals, number, left))
        return found[0] if found else None

    def _blocks(
        self, goals: GoalValues | None, bounds: GoalValues | None, left: Deadline
    ) -> Relaxed | None:
        """A closer relaxation: by blocks; of a large case of several goals, and where blocks do not suit, by
        linear programs; of a large one else by a flow.

        Of one goal the descent of blocks is faster than a linear program; several drown it.
        """
        proven = goals is not None and goals == bounds
        several = self._large and len(self._case.aims) > 1
        linear = self._linear(left) if several and not proven else None
        if linear is not None:
            return linear
        flow = self._relax(left) if self._large else None
        known = bounds if flow is None else flow.bounds
        weeks = block_relaxation(self._case, goals, known, left, self._request)
        if weeks is None:
            linear = None if several or proven else self._linear(left)
            return flow if linear is None else linear
        self._held.cuts.append(weeks.cut)
        self._by_blocks = True
        known = with_fewest(self._case, weeks.bounds)
        return replace(weeks, bounds=known if flow is None else min(known, flow.bounds))

    def _linear(self, left: Deadline) -> Relaxed | None:
        """What linear programs of all goals are close to, of more than few pairs and where there is time for
        them.
        """
        if len(self._case.left) <= SMALL or not left.has(SIFTING * self._took):
            return None
        return self._held.plan(left.share(0.5))

    def _relax(self, left: Deadline) -> Relaxed | None:
        """The flow relaxation, where there is time for it."""
        if self._request.search_options.relaxation and self._later.has(
            RELAXATION * self._took
        ):
            return flow_relaxation(self._case, left)
        return None

    def _look_by(self, deadline: Deadline) -> None:
        """Rows and relaxations are written by this deadline from now on."""
        self._whole.facts.deadline = self._case.facts.deadline = deadline

    def _plan_of(
        self, quantity: Int64, bounds: GoalValues | None, engine: str, stopped: str
    ) -> Plan:
        whole = self._whole
        return plan_of_case(
            self._seal,
            whole,
            quantity if self._grouped is None else self._grouped.apart(whole, quantity),
            bounds,
            self._obstacle,
            engine,
            self._request,
            self._held,
            shown=self._grouped is None,
            stopped=stopped,
        )


def search_deadlines(
    request: Request, context: SolveContext, reserve: float
) -> tuple[Deadline, Deadline, Deadline]:
    """The deadline of the search, and what rows and relaxations are written by, before there is a plan and
    after.

    ``reserve`` seconds are kept for what comes after the search; but where a plan at hand would have been
    sent away already, a first plan may be looked for as long as anybody waits.
    """
    ended = Deadline(None, lambda: time.monotonic() >= context.latest)
    until = context.deadline - reserve if request.limited else None
    deadline = Deadline(
        until,
        lambda: context.stop() or ended.over(),
        reserve if context.hard else context.latest - context.deadline,
    )
    # The budget's own time is for what would never end: no part of the work is planned by it.
    if not request.limited:
        return deadline, ended, ended
    later = Deadline(context.latest - reserve)
    return deadline, Deadline(context.latest) if context.hard else later, later


def _contradiction(problem: Problem) -> list[Complaint]:
    """Names the rules that a plan without assignments breaks: all others it keeps."""
    rules = [rule for rule in problem.rules if rule.forces and rule.soft is None]
    names = sorted({rule.label for rule in rules})
    labels = (*names[:5], *["..."][: len(names) > 5])
    if all(isinstance(rule, Lock) for rule in rules):
        where, do = (
            Message.of("lock.several", labels=labels),
            Message("lock.together.do"),
        )
    else:
        where, do = (
            Message.of("rules.several", labels=labels),
            Message("rules.together.do"),
        )
    return [Complaint(where, Message("lock.together"), do)]
