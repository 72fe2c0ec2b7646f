"""A problem that a flow expresses: the price-and-prove loop on its network, and the plan that comes of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.compile.compiled import Compiled
from matchkit.compile.decode import certificate, decode, goal_values
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Certificate, Plan
from matchkit.solvers.choice import reason_for
from matchkit.solvers.flow.solution import Limits, Listener, Solution
from matchkit.solvers.flow.start import StartPrices
from matchkit.solvers.match import solve_network
from matchkit.solving.digest import digest
from matchkit.solving.limits import Rounds
from matchkit.solving.outcome import outcome_of
from matchkit.solving.request import Request, SolveContext

Tell = Callable[[str], None]


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
    limits, start = Limits(request.gap, rounds.deadline), start_prices(compiled, request.start)
    solution = solve_network(
        compiled.network, compiled.goals, request.engine, limits, rounds.heard, start
    )
    tell("decode")
    return _plan(problem, compiled, solution, request)


def start_prices(compiled: Compiled, plan: Plan | None) -> StartPrices | None:
    """The prices of a plan of a similar problem, by the numbers of this one: 0 for what that did not have."""
    stated = None if plan is None else plan.certificate
    if not isinstance(stated, Certificate) or stated.goals != compiled.goals.names:
        return None
    none = (0,) * len(stated.goals)
    sides = []
    for ids, prices in (
        (compiled.resource_ids, stated.resources),
        (compiled.requirement_ids, stated.requirements),
    ):
        known = {price.id: price.price for price in prices}
        rows = [known.get(name, none) for name in ids]
        sides.append(np.array(rows, np.int64).reshape(len(ids), len(none)))
    return StartPrices(*sides)


def _plan(problem: Problem, compiled: Compiled, solution: Solution, request: Request) -> Plan:
    chosen = solution.pairs.left, solution.pairs.right, solution.quantity
    assignments, shortfalls = decode(compiled, *chosen)
    value = goal_values(compiled, *chosen)
    earned = goal_values(compiled, *(np.zeros(0, np.int64) for _ in range(3)))
    if value != tuple(v + e for v, e in zip(solution.value, earned, strict=True)):
        raise EngineError(Message("defect.flow_goals"))
    bound = (
        None
        if solution.bound is None
        else tuple(b + e for b, e in zip(solution.bound, earned, strict=True))
    )
    outcome = outcome_of(
        compiled.goals.names,
        value,
        bound,
        request,
        stopped=solution.stopped,
        proof=None if bound is None else "prices",
        engine=solution.engine,
        reason=reason_for(request.engine, solution.engine),
        digest=digest(problem),
    )
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls,
        outcome=outcome,
        certificate=_certificate(compiled, solution, bound),
    )


def _certificate(
    compiled: Compiled, solution: Solution, bound: tuple[int, ...] | None
) -> Certificate | None:
    if bound is None or solution.left_price is None or solution.right_price is None:
        return None
    return certificate(
        compiled,
        bound,
        solution.left_price,
        solution.right_price,
        solution.left_cap_price,
        solution.right_cap_price,
    )
