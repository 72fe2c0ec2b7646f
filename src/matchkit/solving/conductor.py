"""The conductor: compile, solve, verify, in the process that it is called in."""

from __future__ import annotations

import logging
import time

from matchkit.compile.compiler import compile_problem, flow_obstacles
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import StoppedError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Listener, Progress
from matchkit.solving.flow import solve_flow
from matchkit.solving.general import solve_general
from matchkit.solving.request import Request, SolveContext
from matchkit.verification.checks import verify

LOG = logging.getLogger("matchkit")


@collector_at_rest()
def conduct(
    problem: Problem, request: Request, context: SolveContext, progress: Listener | None = None
) -> Plan:
    """The verified plan of a problem; ``solve`` says which errors."""

    def tell(phase: str, message: Message | None = None) -> None:
        LOG.debug("solve: phase %s at %.3f s", phase, context.elapsed())
        if progress is not None:
            progress(Progress(phase, 0, 0, None, None, context.elapsed(), message))

    tell("compile")
    began, instance = time.monotonic(), Instance(problem)
    general, deadline = request.mip is not None, Deadline(context.latest)
    obstacles = [] if general else flow_obstacles(instance, deadline)
    if obstacles and request.engine != "auto":
        raise UnsupportedError(obstacles)
    compiled = None if general or obstacles else compile_problem(instance, deadline)
    if context.stop():
        raise StoppedError(Message("stopped.asked"))
    if compiled is None:
        first = obstacles[0] if obstacles else None
        plan = solve_general(instance, began, first, request, context, tell, progress)
    else:
        plan = solve_flow(
            problem, compiled, request, context, tell, progress, time.monotonic() - began
        )
    tell("verify")
    verify(problem, plan).raise_if_broken()
    return plan
