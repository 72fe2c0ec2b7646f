"""The conductor: compile, solve, verify, in the process that it is called in. A flow is solved by the
price-and-prove loop here, a problem whose pairs hang together by more than capacities in general.py.
"""

from __future__ import annotations

import logging
import time

import numpy as np

from matchkit.compile.compiler import Compiled, compile_problem, flow_obstacles
from matchkit.compile.goals import KEPT
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import Complaint, StoppedError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.plan import Certificate, Plan
from matchkit.solvers.flow.solution import Limits, Listener, Progress
from matchkit.solvers.flow.start import StartPrices
from matchkit.solvers.match import solve_network
from matchkit.solving.chosen import check_choice, plan_by_ranks
from matchkit.solving.floors import plan_by_floors
from matchkit.solving.general import solve_general
from matchkit.solving.outcome import plan_of_flow
from matchkit.solving.request import Request, SolveContext, Tell
from matchkit.verification.checks import verify

LOG = logging.getLogger("matchkit")
LARGEST = 2**32
"""Larger prices of another plan are not begun with."""
FIRST, FINISH, AWAY = 3.5, 4.0, 1.0
"""What the first round, what decode and verify, and what sending the plan away take, in times that compiling
took.
"""


@collector_at_rest()
def conduct(
    problem: Problem,
    request: Request,
    context: SolveContext,
    progress: Listener | None = None,
) -> Plan:
    """The verified plan of a problem; ``solve`` says which errors."""

    def tell(phase: str, message: Message | None = None) -> None:
        LOG.debug("solve: phase %s at %.3f s", phase, context.elapsed())
        if progress is not None:
            progress(Progress(phase, 0, 0, None, None, context.elapsed(), message))

    tell("compile")
    began, instance = time.monotonic(), Instance(problem)
    chosen = problem.objective.chooses
    general = request.mip is not None and not chosen and instance.worst is None
    deadline = Deadline(context.latest)
    asked = not general or instance.is_shared
    obstacles = flow_obstacles(instance, deadline) if asked else []
    if chosen:
        check_choice(instance, obstacles)
    if obstacles and (instance.counts_points or instance.worst is not None):
        advice = Message(
            "coupling.worst.do" if instance.worst is not None else "coupling.shares.do"
        )
        raise UnsupportedError([Complaint(*one.parts[:2], advice) for one in obstacles])
    if general:
        obstacles = []
    if obstacles and request.engine != "auto":
        raise UnsupportedError(obstacles)
    compiled = None if general or obstacles else compile_problem(instance, deadline)
    if context.stop():
        raise StoppedError(Message("stopped.asked"))
    if chosen and compiled is not None:
        plan = plan_by_ranks(instance, compiled, request, context, tell, progress)
    elif compiled is not None and compiled.worst is not None:
        plan = plan_by_floors(instance, compiled, request, context, progress)
    elif compiled is None:
        first = obstacles[0] if obstacles else None
        plan = solve_general(instance, began, first, request, context, tell, progress)
    else:
        plan = solve_flow(
            problem,
            compiled,
            request,
            context,
            tell,
            progress,
            time.monotonic() - began,
        )
    tell("verify")
    verify(problem, plan).raise_if_broken()
    return plan


def solve_flow(
    problem: Problem,
    compiled: Compiled,
    request: Request,
    context: SolveContext,
    tell: Tell,
    progress: Listener | None,
    compile_seconds: float,
) -> Plan:
    """The plan of a compiled problem, not verified yet. ``compile_seconds`` tells what its size means on this
    machine.
    """
    rounds = Rounds(context, compile_seconds, progress)
    limits, start = (
        Limits(request.gap, rounds.deadline),
        start_prices(compiled, request.start),
    )
    known = limits, rounds.heard, start, compiled.likely, compiled.first
    network, goals = compiled.network, compiled.goals
    solution = solve_network(network, goals, request.engine, *known)
    tell("decode")
    return plan_of_flow(problem, compiled, solution, request)


class Rounds:
    """The rounds of one loop: its listener, and the ``deadline`` that follows from how long they take.

    The loop looks at the deadline after every round. It comes before that of the solve by what is left to do
    and, where the answer must be out by then, by one more round; and at once when somebody asks to stop.
    """

    def __init__(
        self, context: SolveContext, compile_seconds: float, listener: Listener | None
    ) -> None:
        """``compile_seconds`` tells what the problem's size means on this machine; ``listener`` is told what
        ``heard`` is.

        Raises StoppedError where there is no time for a first plan.
        """
        finish = (FINISH + AWAY * context.hard) * compile_seconds
        Deadline(context.latest).check(FIRST * compile_seconds + finish)
        self.deadline = Deadline(stop=self._over)
        self._context, self._end, self._listener = (
            context,
            context.deadline - finish,
            listener,
        )
        self._round, self._round_began = 0.0, time.monotonic()

    def heard(self, progress: Progress) -> None:
        """The listener of the loop: a round is over."""
        now = time.monotonic()
        self._round, self._round_began = now - self._round_began, now
        if self._listener is not None:
            self._listener(progress)

    def _over(self) -> bool:
        return (
            self._context.stop()
            or time.monotonic() >= self._end - self._round * self._context.hard
        )


def start_prices(compiled: Compiled, plan: Plan | None) -> StartPrices | None:
    """The prices of a plan of a similar problem, by the numbers of this one: 0 for who it did not have, and
    for what is kept where it did not count that.
    """
    stated = None if plan is None else plan.certificate
    names = compiled.goals.names
    if not isinstance(stated, Certificate) or not {*names} <= {*stated.goals, KEPT}:
        return None
    none, sides = (0,) * len(stated.goals), []
    place = {name: goal for goal, name in enumerate(stated.goals)}
    shared = [goal for goal, name in enumerate(names) if name in place]
    for ids, prices in (
        (compiled.resource_ids, stated.resources),
        (compiled.requirement_ids, stated.requirements),
    ):
        # A plan from outside may state anything.
        known = {
            price.id: price.price
            for price in prices
            if len(price.price) == len(none)
            and all(abs(part) <= LARGEST for part in price.price)
        }
        rows = np.array([known.get(name, none) for name in ids], np.int64)
        side = np.zeros((len(ids), len(names)), np.int64)
        side[:, shared] = rows.reshape(len(ids), len(none))[
            :, [place[names[goal]] for goal in shared]
        ]
        sides.append(side)
    return StartPrices(*sides)
