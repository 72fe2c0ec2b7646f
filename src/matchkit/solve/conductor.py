"""The conductor: compile, solve, verify, in the process that it is called in."""

from __future__ import annotations

from matchkit.compile import compile_problem
from matchkit.matching.loop import Listener, Progress
from matchkit.model import Problem
from matchkit.model.collector import collector_at_rest
from matchkit.plan import Plan
from matchkit.solve.flow import solve_flow
from matchkit.solve.request import Course, Request
from matchkit.verify import verify


@collector_at_rest()
def conduct(problem: Problem, request: Request, course: Course, progress: Listener | None = None) -> Plan:
    """The verified plan of a problem; ``solve`` says which errors."""

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, 0, 0, None, None, course.elapsed()))

    tell("compile")
    compiled = compile_problem(problem)
    # What no flow can express branches off here, to an engine that hands ``course.found`` its plans and polls ``course.stop``.
    plan = solve_flow(problem, compiled, request, course, progress, tell)
    tell("verify")
    verify(problem, plan).raise_if_broken()
    return plan
