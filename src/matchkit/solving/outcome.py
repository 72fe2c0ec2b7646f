"""The outcome of a solve, whatever solved it: what the plan is worth, what is proved of it, why solving
ended, and which versions had a say.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.compiler import Compiled
from matchkit.compile.decode import certificate, decode, goal_values
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import decode_case
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.rules.groups import closed_shares
from matchkit.errors import Complaint, EngineError
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import (
    Assignment,
    Certificate,
    Goal,
    KeptUnits,
    Outcome,
    Plan,
    StoredMessage,
)
from matchkit.solvers.choice import reason_for
from matchkit.solvers.flow.solution import Solution, stated_bounds
from matchkit.solving.digest import digest
from matchkit.solving.request import Request

NAMED = ("matchkit", "numpy", "ortools", "pydantic")


def outcome_of(
    names: Sequence[str],
    values: tuple[int, ...],
    bounds: tuple[int, ...] | None,
    request: Request,
    *,
    tolerances: Sequence[int] = (),
    further: Sequence[int | None] = (),
    stopped: str,
    **known: Any,
) -> Outcome:
    """The outcome of a plan with these values by goal (None: nothing was proved), ``tolerances`` being what
    each goal may cost for those after it (empty: nothing). ``further`` are bounds by goal of plans that reach
    at least these values in the goals before, stated where ``bounds``, which are true in order, say nothing.

    ``stopped`` is why solving ended where the plan is not proved optimal; ``known`` are the other fields.
    """
    tolerances = tuple(tolerances) or (0,) * len(values)
    stated, gap = stated_bounds(values, bounds, tolerances)
    optimal = gap == 0 and stated[-1] is not None
    if bounds is not None and further:
        stated = tuple(
            more if known_one is None else known_one
            for known_one, more in zip(stated, further, strict=True)
        )
    return Outcome.model_validate(
        {
            "status": "optimal" if optimal else "feasible",
            "stopped": "proved" if optimal else stopped,
            "goals": tuple(
                Goal(name=name, value=value, bound=bound, tolerance=tolerance)
                for name, value, bound, tolerance in zip(
                    names, values, stated, tolerances, strict=True
                )
            ),
            "value": values[-1],
            "bound": stated[-1],
            "gap": gap,
            "seed": request.seed,
            "versions": versions(),
            **known,
        }
    )


def kept_units(problem: Problem, assignments: Sequence[Assignment]) -> KeptUnits | None:
    """What assignments keep of the reference plan; None where there is none."""
    if not problem.reference:
        return None
    has = {
        (one.resource, one.requirement, one.start): one.quantity for one in assignments
    }
    resources = {one.id for one in problem.resources}
    needs = {need.id for demand in problem.demands for need in demand.requirements}
    units = gone = kept = 0
    for one in problem.reference:
        units += one.quantity
        if one.resource not in resources or one.requirement not in needs:
            gone += one.quantity
        same = has.get((one.resource, one.requirement, one.start), 0)
        kept += min(one.quantity, same)
    return KeptUnits(
        reference=units,
        gone=gone,
        kept=kept,
        moves=sum(has.values()) - kept,
        previous=problem.objective.previous,
    )


def plan_of_flow(
    problem: Problem, compiled: Compiled, solution: Solution, request: Request
) -> Plan:
    """A plan in the user's ids; its goals are counted anew and compared with the solver's."""
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
        reason=StoredMessage.of(reason_for(request.engine, solution.engine)),
        digest=digest(problem),
        kept=kept_units(problem, assignments),
        fair=problem.objective.fair,
        even=problem.objective.even,
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


def plan_of_case(
    seal: str,
    case: IntegerModel,
    quantity: Int64,
    bounds: GoalValues | None,
    obstacle: Complaint | None,
    engine: str,
    request: Request,
    held: HeldBounds,
    *,
    shown: bool,
    stopped: str,
) -> Plan:
    """A plan in the user's ids, of quantities (int64 (pairs,)); ``seal`` is the problem's digest,
    ``obstacle`` what no flow could express (None: the engine was asked for).

    Where the cuts that are ``held`` alone prove all that is stated, they are its certificate, if they may be
    ``shown``; else their bounds are stated besides (``outcome_of``).
    """
    assignments, shortfalls, payments = decode_case(case, quantity)
    chosen = np.flatnonzero(quantity > 0)
    values = case.values(chosen, quantity[chosen], payments)
    tolerances = [aim.tolerance for aim in case.aims]
    if bounds is not None and bounds < values and not any(tolerances[:-1]):
        raise EngineError(
            Message.of("defect.beyond_bound", value=str(values), bound=str(bounds))
        )
    stated, _ = stated_bounds(values, bounds, tolerances)
    proved = held.certificate(values, stated) if shown else None
    certificate = None
    further: Sequence[int | None] = held.known(values)
    if proved is not None:
        bounds, certificate = proved
        further = bounds
    if any(
        most is not None and most < value
        for value, most in zip(values, further, strict=True)
    ):
        raise EngineError(
            Message.of("defect.beyond_bound", value=str(values), bound=str(further))
        )
    outcome = outcome_of(
        [aim.name for aim in case.aims],
        values,
        bounds,
        request,
        tolerances=tolerances,
        further=further,
        stopped=stopped,
        proof=None if bounds is None else "search" if certificate is None else "prices",
        engine=engine,
        reason=StoredMessage.of(_reason(engine, obstacle)),
        digest=seal,
        kept=kept_units(case.lists.problem, assignments),
        fair=case.lists.problem.objective.fair,
        even=case.lists.problem.objective.even,
        closed=closed_shares(case),
    )
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls,
        payments=payments,
        outcome=outcome,
        certificate=certificate,
    )


def _reason(engine: str, obstacle: Complaint | None) -> Message:
    if obstacle is None:
        return Message.of("engine.reason.named", engine=engine)
    where, fact, _ = obstacle.parts
    return Message.of("engine.reason.obstacle", engine=engine, where=where, fact=fact)


@cache  # what is installed does not change within a process, and reading it takes longer than a small problem
def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of Python, matchkit and what it computes with ("unknown" for a source tree never
    installed).
    """
    found = [("python", platform.python_version())]
    for name in NAMED:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, "unknown"))
    return tuple(found)
