"""A problem whose pairs hang together by more than capacities: the general search on its case, and the plan
that comes of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.general.closed import closed
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.decode import decode_case
from matchkit.compile.general.fewest import with_fewest
from matchkit.compile.general.grouping import grouped
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.near import near_pairs
from matchkit.compile.general.packing import packing_of
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.general.scheduling import COSTS, SolvedScheduling, solve_scheduling
from matchkit.compile.general.tighten import goal_bound
from matchkit.compile.instance import Instance
from matchkit.deadline import NO_END, Deadline
from matchkit.errors import Complaint, ContradictionError, EngineError, StoppedError
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Lock, Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Listener, Progress, stated_bounds
from matchkit.solvers.mip.packing import Packing
from matchkit.solvers.mip.search import SMALL, WHOLE, search
from matchkit.solvers.mip.state import Relaxed, SearchResult, SearchTask
from matchkit.solving.digest import digest
from matchkit.solving.outcome import outcome_of
from matchkit.solving.request import Request, SolveContext
from matchkit.verification.checks import verify

Tell = Callable[..., None]
IncumbentListener = Callable[[Int64, GoalValues, GoalValues | None], None]

RESERVE, AWAY = 1.5, 0.5
"""What is left to do when the search ends, in times that compiling took: the step under way, decode and
verify; and sending it away.
"""
RELAXATION, BLOCKS = 3.0, 3.0
"""What a first round of the flow relaxation takes, and what a closer bound by blocks is not tried without, in
the same times.
"""
OFTEN = 10.0
"""Plans on the way are handed out so seldom that making them takes one part in so many of the time."""


def solve_general(
    instance: Instance,
    began: float,
    why: str,
    request: Request,
    context: SolveContext,
    tell: Tell,
    progress: Listener | None,
) -> Plan:
    """The plan of a problem that no flow can express, not verified yet. Compiling ``began`` at that moment;
    ``why`` names what ties its pairs together.

    Raises ContradictionError where hard rules contradict each other and StoppedError where time is over
    before any plan.
    """
    problem = instance.problem
    seal = cache(lambda: digest(problem))
    case = compile_case(instance, request.budget.pairs, Deadline(context.latest))
    # The plan is decoded and verified by the deadline, which takes about as long as compiling.
    took = time.monotonic() - began
    reserve = (RESERVE + AWAY * context.hard) * took
    deadline, first, later = _deadlines(request, context, reserve)
    case.facts.deadline = first
    first.check()
    small = grouped(case) if request.tactics.grouping else None
    engine_name = request.search_engine.name
    rounds, next_time, best = 0, 0.0, SearchResult(None, None, None, engine_name)
    priced: list[SolvedScheduling] = []

    def found(quantity: Int64, goals: GoalValues, bounds: GoalValues | None) -> None:
        nonlocal rounds, next_time, best
        rounds, best = rounds + 1, SearchResult(quantity, goals, bounds, engine_name)
        # What is found is handed out, however late it is.
        case.facts.deadline = searched.facts.deadline = NO_END
        if progress is not None:
            progress(
                Progress("search", rounds, len(case.left), goals, bounds, context.elapsed())
            )
        if context.hard and time.monotonic() >= next_time:
            since = time.monotonic()
            plan = _plan(
                seal(),
                case,
                quantity if small is None else small.apart(case, quantity),
                bounds,
                why,
                engine_name,
                request,
                priced,
                stopped="time_limit",
            )
            verify(problem, plan).raise_if_broken()
            context.found(plan)
            next_time = time.monotonic() + OFTEN * (time.monotonic() - since)
        case.facts.deadline = searched.facts.deadline = later

    def tighten(goals: GoalValues, at: int, left: Deadline) -> int | None:
        if not left.has(BLOCKS * took):
            return None
        return goal_bound(searched, goals, at, left, priced.append, request.search_engine)

    def blocks(
        goals: GoalValues | None, bounds: GoalValues | None, left: Deadline
    ) -> Relaxed | None:
        flow = relax(left) if large else None
        weeks = _weeks(searched, goals, bounds if flow is None else flow.bounds, left, request)
        if weeks is None:
            return flow
        priced.append(weeks)
        known = with_fewest(searched, weeks.bounds)
        return replace(weeks, bounds=known if flow is None else min(known, flow.bounds))

    def relax(left: Deadline) -> Relaxed | None:
        return (
            _relaxed(searched, left)
            if request.tactics.relaxation and later.has(RELAXATION * took)
            else None
        )

    for rule in closed(case):
        tell(rule.line(), rule.message())
    searched = case if small is None else small.case
    slack = (*(aim.tolerance for aim in case.aims[:-1]), 0)
    # Of many pairs a first plan is found among few, before anything else.
    large = len(searched.left) > WHOLE
    near = near_pairs(searched) if large else None
    try:
        tell("relax")
        loose = None if large else relax(deadline)
        tell("search")
        options = request.tactics
        task = SearchTask(
            searched,
            deadline,
            relaxed=loose,
            gap=request.gap,
            seed=request.seed,
            options=options,
            found=found,
            slack=slack,
            packing=_packing(searched if near is None else searched.part(near), loose)
            if options.packing
            else None,
            near=near,
            blocks=blocks if options.relaxation else None,
            tighten=tighten if options.relaxation else None,
            engine=request.search_engine,
        )
        result = search(task)
    except StoppedError:  # a step was about to begin, or under way, for which there was no time
        if best.quantity is None:
            raise
        result = best
    case.facts.deadline = searched.facts.deadline = NO_END
    if result.infeasible:
        raise ContradictionError(_contradiction(problem))
    if result.quantity is None:
        raise StoppedError(Message("stopped.search"))
    quantity = result.quantity if small is None else small.apart(case, result.quantity)
    tell("decode")
    stopped = (
        "interrupted"
        if context.stop()
        else "time_limit"
        if deadline.over()
        else "gap"
        if request.gap
        else "no_proof"
    )
    engine = (
        f"blocks with {result.engine}"
        if any(weeks.quantity is not None for weeks in priced)
        else result.engine
    )
    return _plan(
        seal(), case, quantity, result.bounds, why, engine, request, priced, stopped=stopped
    )


def _deadlines(
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


def _packing(case: IntegerModel, loose: Relaxed | None) -> Packing | None:
    """The packing of a case; None where writing it would take the time for the plan that the relaxation
    has.
    """
    deadline = case.facts.deadline
    if loose is None or loose.quantity is None:
        return packing_of(case)
    case.facts.deadline = deadline.share(0.5)
    try:
        return packing_of(case)
    except StoppedError:
        return None
    finally:
        case.facts.deadline = deadline


def _as_far_as_it_holds(loose: Relaxed | None, case: IntegerModel) -> Relaxed | None:
    """A relaxation's bounds without those of goals that an earlier one may give something up for: in order,
    they say nothing of those.
    """
    first = next(
        (number for number, aim in enumerate(case.aims[:-1]) if aim.tolerance), len(case.aims)
    )
    if loose is None or first == len(case.aims):
        return loose
    return Relaxed((*loose.bounds[: first + 1], *case.ceilings[first + 1 :]), loose.quantity)


def _relaxed(case: IntegerModel, deadline: Deadline) -> Relaxed | None:
    """What is known of the bounds before the search; and the flow relaxation's plan."""
    loose = _as_far_as_it_holds(relaxed(case, deadline.share(0.3)), case)
    if loose is not None:
        # What a pair loses is taken off the flow's own bound: the other one holds only for plans that fill as
        # much as any.
        return replace(loose, bounds=with_fewest(case, loose.bounds), losses_from=loose.bounds)
    bounds = with_fewest(case, case.ceilings)
    return None if bounds == case.ceilings else Relaxed(bounds, None)


def _weeks(
    case: IntegerModel,
    goals: GoalValues | None,
    bounds: GoalValues | None,
    deadline: Deadline,
    request: Request,
) -> SolvedScheduling | None:
    """The block engine's answer, where it counts the first goal that is open or, where none is, every
    goal.
    """
    if len(case.left) <= SMALL:
        return None
    number = next(
        (
            n
            for n, (value, bound) in enumerate(zip(goals or (), bounds or (), strict=False))
            if value < bound
        ),
        None,
    )
    if (
        number is None and goals is not None
    ):  # all is proven; prices can be the certificate, but not of how many are used
        costs = any(part.measure == "resources_used" for aim in case.aims for part in aim.parts)
    else:
        costs = all(part.measure in COSTS for part in case.aims[number or 0].parts)
    if costs:
        return None
    return solve_scheduling(
        case,
        deadline.share(0.9 if len(case.left) > WHOLE else 0.4),
        request.gap,
        request.search_engine,
    )


def _plan(
    seal: str,
    case: IntegerModel,
    quantity: Int64,
    bounds: GoalValues | None,
    why: str,
    engine: str,
    request: Request,
    priced: list[SolvedScheduling],
    *,
    stopped: str,
) -> Plan:
    """A plan in the user's ids; ``seal`` is the problem's digest.

    Where the block engine's prices alone prove all that is stated, they are its certificate.
    """
    assignments, shortfalls, payments = decode_case(case, quantity)
    chosen = np.flatnonzero(quantity > 0)
    values = case.values(chosen, quantity[chosen], payments)
    tolerances = [aim.tolerance for aim in case.aims]
    if bounds is not None and bounds < values and not any(tolerances[:-1]):
        raise EngineError(
            Message.of("defect.beyond_bound", value=str(values), bound=str(bounds))
        )
    stated = stated_bounds(values, bounds, tolerances)
    proving = (
        weeks
        for weeks in priced
        if bounds is not None and stated_bounds(values, weeks.bounds, tolerances) == stated
    )
    proof = next(proving, None)
    certificate = None if proof is None else proof.certificate()
    outcome = outcome_of(
        [aim.name for aim in case.aims],
        values,
        bounds,
        request,
        tolerances=tolerances,
        stopped=stopped,
        proof=None if bounds is None else "search" if certificate is None else "prices",
        engine=engine,
        reason=f"{engine}: {why}",
        digest=seal,
        closed=closed(case),
    )
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls,
        payments=payments,
        outcome=outcome,
        certificate=certificate,
    )


def _contradiction(problem: Problem) -> list[Complaint]:
    """Names the rules that a plan without assignments breaks: all others it keeps."""
    rules = [rule for rule in problem.rules if rule.forces and rule.soft is None]
    names = sorted({rule.label for rule in rules})
    labels = (*names[:5], *["..."][: len(names) > 5])
    if all(isinstance(rule, Lock) for rule in rules):
        where, do = Message.of("lock.several", labels=labels), Message("lock.together.do")
    else:
        where, do = Message.of("rules.several", labels=labels), Message("rules.together.do")
    return [Complaint(where, Message("lock.together"), do)]
