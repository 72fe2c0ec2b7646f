"""solve(): checks what is asked and picks the process that solves."""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable
from typing import TypedDict

from matchkit.arguments import Arguments, Returned, with_keywords_of
from matchkit.engines import FLOW_ENGINES, MIP_ENGINES, EngineChoice, engine_of
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.fault import of_another_type
from matchkit.plan import Plan
from matchkit.plan.arguments import no_problem
from matchkit.solvers.choice import option_refused
from matchkit.solvers.flow.solution import Listener
from matchkit.solvers.match import limits_refused, seed_refused
from matchkit.solving.conductor import conduct
from matchkit.solving.request import Budget, Request, SolveContext, records_within
from matchkit.solving.worker import solve_isolated

LOG = logging.getLogger("matchkit")
DEFAULT = Budget()


class SolveOptions(TypedDict, total=False):
    """The options of ``solve``, which says what they mean, for functions that solve more than once."""

    engine: EngineChoice
    seed: int
    time_limit: float | None
    gap: float
    progress: Listener | None
    budget: Budget
    isolated: bool


def solve(
    problem: Problem,
    *,
    engine: EngineChoice = "auto",
    seed: int = 0,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
    budget: Budget = DEFAULT,
    isolated: bool = False,
) -> Plan:
    """The best plan for a problem, verified.

    ``engine`` "auto" takes a flow where one can express the problem, with a certificate over all eligible
    pairs, and else an integer program by CP-SAT; ``outcome.reason`` says why, ``outcome.proof`` what the
    bound rests on. An engine by name, or as an object (docs/adding_an_engine.md), is kept to: "flow", "lap",
    "greedy" and "brute" take what a flow expresses, engines for integer programs ("cpsat", "highs") any
    problem.
    ``time_limit`` (seconds) and ``gap`` (relative) stop early with the best plan so far and its bound;
    ``progress`` is called with a Progress (phase, round, pairs in the engine, value and bound by goal,
    seconds). ``seed`` is for what the general engine draws and recorded in the outcome; a flow draws nothing.
    ``budget`` is the most that solving may take.

    In the process of the caller the verified plan comes at the limit, as near as can be told before; a first
    plan may come some seconds late, or StoppedError where that is not enough. Ctrl-C raises KeyboardInterrupt
    when Python next looks. With ``isolated``, or a budget of megabytes, solving happens in a worker process,
    half a second slower:

    * the answer, or StoppedError where there is no verified plan yet, is there 0.5 seconds after the limit at
      the latest;
    * Ctrl-C gives the best plan so far, its ``outcome.stopped`` "interrupted", or StoppedError; ``progress``
      is told of phase "stop", presses within half a second count as one, and a later one ends the wait for a
      plan at once;
    * what kills the worker is WorkerError, and OutOfMemoryError where that was the memory limit: ``plan`` of
      the error is the best plan so far.

    No signal handler of the caller is touched, and no process, thread or file is left behind.

    Raises InputError for wrong options and for what is no Problem, ContradictionError where locks break other
    rules, UnsupportedError where a flow engine is named and the problem asks for what a flow cannot express,
    StoppedError where time is over before any plan, BudgetError for more records or pairs than the budget
    allows and for numbers too large to be exact with.
    """
    return solve_from(
        problem,
        None,
        engine=engine,
        seed=seed,
        time_limit=time_limit,
        gap=gap,
        progress=progress,
        budget=budget,
        isolated=isolated,
    )


def solve_from(
    problem: Problem,
    start: Plan | None,
    *,
    engine: EngineChoice = "auto",
    seed: int = 0,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
    budget: Budget = DEFAULT,
    isolated: bool = False,
) -> Plan:
    """``solve`` of a problem that differs little from that of a proven plan: of a flow, the prices of that
    plan save most of the rounds. The plan that comes of it is proven and verified as any other.
    """
    began = time.monotonic()
    found = no_problem(problem)
    found += limits_refused(time_limit, gap)
    found += _engine_refused(
        engine, bool(isolated) or getattr(budget, "megabytes", None) is not None
    )
    found += of_another_type("budget", budget, Budget, Message("option.budget.do"))
    found += seed_refused(seed)
    if progress is not None and not callable(progress):
        found.append(Complaint.of("progress", "option.progress"))
    if not isinstance(isolated, bool):
        found.append(Complaint.of("isolated", "record.truth", "option.truth"))
    InputError.raise_if(found)
    records_within(budget, problem)
    seconds = budget.limit(time_limit)
    request = Request(
        engine,
        int(seed),
        float(gap),
        budget,
        seconds,
        time_limit is not None,
        start=start,
    )
    LOG.info(
        "solve: %d resources, %d demands", len(problem.resources), len(problem.demands)
    )
    plan = (
        solve_isolated(problem, request, began, progress)
        if isolated or budget.megabytes is not None
        else conduct(problem, request, SolveContext(began, began + seconds), progress)
    )
    made, took = plan.outcome, time.monotonic() - began
    LOG.info(
        "solve: %s by %s, stopped: %s, gap %s, %.3f s",
        made.status,
        made.engine,
        made.stopped,
        made.gap,
        took,
    )
    return plan


def _engine_refused(engine: EngineChoice, isolated: bool) -> list[Complaint]:
    """What is wrong with an engine: unknown, or an object that a worker process cannot import."""
    if isinstance(engine, str) and engine == "auto":
        return []
    if engine_of(engine) is None:
        return [option_refused("engine", engine, ("auto", *FLOW_ENGINES, *MIP_ENGINES))]
    if isolated and not isinstance(engine, str) and not _travels(engine):
        return [Complaint.of("engine", "option.engine")]
    return []


def _travels(engine: object) -> bool:
    """Whether another process can make this object again: its class is found in a module there."""
    try:
        pickle.dumps(engine)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return type(engine).__module__ != "__main__"


def with_solve_options(
    function: Callable[Arguments, Returned],
) -> Callable[Arguments, Returned]:
    """The function with its ``**options: Unpack[SolveOptions]`` as keywords like those of ``solve``."""
    return with_keywords_of(solve, function)
