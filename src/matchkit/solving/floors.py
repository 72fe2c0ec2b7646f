"""Plans of the greatest worst score: floors in the flow of a problem, with prices by ids that prove them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.compile.compiler import Compiled
from matchkit.compile.decode import decode, goal_values
from matchkit.compile.instance import Instance
from matchkit.compile.scores import WorstScore
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.plan import (
    BlockPrice,
    FloorCertificate,
    FloorProof,
    PairId,
    Plan,
    Price,
    StoredMessage,
)
from matchkit.solvers.choice import search_engine
from matchkit.solvers.floors.instance import FloorProblem, floor_problem
from matchkit.solvers.floors.priced import FloorPrices
from matchkit.solvers.floors.solve import FloorSolution, solve_floors
from matchkit.solvers.flow.solution import Limits, Listener, Progress
from matchkit.solving.digest import digest
from matchkit.solving.outcome import outcome_of
from matchkit.solving.request import Request, SolveContext


def plan_by_floors(
    instance: Instance,
    compiled: Compiled,
    request: Request,
    context: SolveContext,
    progress: Listener | None,
) -> Plan:
    """The plan of a problem whose aims ask for a worst score, not verified yet. Raises BudgetError for
    numbers too large to be exact with.
    """
    worst = instance.worst
    if worst is None:
        raise EngineError(Message("defect.flow_goals"))
    engine = None
    if request.engine != "auto":
        engine = search_engine(request.engine, "matching.floors_engine")
    problem = floor_problem(compiled.network, compiled.goals, worst.of)
    problem = replace(problem, counted=worst.counted)
    deadline = Deadline(context.deadline if request.limited else None, context.stop)

    def tell(number: int, pairs: int) -> None:
        if progress is not None:
            seconds = context.elapsed()
            progress(Progress("match", number, pairs, None, None, seconds))

    limits = Limits(request.gap, deadline)
    answer = solve_floors(
        problem, limits, weighted=True, engine=engine, seed=request.seed, tell=tell
    )
    solution = answer.solution
    chosen = solution.pairs.left, solution.pairs.right, solution.quantity
    assignments, shortfalls = decode(compiled, *chosen)
    values = goal_values(compiled, *chosen)
    if values != solution.value:
        raise EngineError(Message("defect.flow_goals"))
    certificate = _certificate(compiled, worst, problem, answer)
    bounds, proof = answer.bound, answer.proof
    if certificate is None and proof != "search":
        bounds, proof = (None,) * len(bounds), None
    known = None if bounds[0] is None else tuple(most or 0 for most in bounds)
    reason = Message.of("engine.reason.floors", engine=solution.engine)
    outcome = outcome_of(
        [aim.name for aim in compiled.aims],
        values,
        known,
        request,
        further=bounds if known is not None else (),
        stopped="time_limit" if known is None else solution.stopped,
        proof=None if known is None else proof,
        engine=solution.engine,
        reason=StoredMessage.of(reason),
        digest=digest(instance.problem),
    )
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls,
        outcome=outcome,
        certificate=certificate,
    )


def _certificate(
    compiled: Compiled,
    worst: WorstScore,
    problem: FloorProblem,
    answer: FloorSolution,
) -> FloorCertificate | None:
    """The prices by ids; None where they prove nothing."""
    total, value = answer.total, answer.solution.value
    counted = bool(worst.counted.any())
    if total is None or (counted and answer.worst is None):
        return None
    place = len(compiled.aims) - 2
    by_worst = None if answer.worst is None else answer.worst.bound
    bound = (*value[:place], by_worst if by_worst is not None else 0, total.bound)
    return FloorCertificate(
        goals=tuple(aim.name for aim in compiled.aims),
        bound=bound,
        worst=None
        if answer.worst is None
        else _proof(compiled, worst, problem, answer.worst),
        total=_proof(compiled, worst, problem, total),
    )


def _proof(
    compiled: Compiled, worst: WorstScore, problem: FloorProblem, proof: FloorPrices
) -> FloorProof:
    pairs = problem.pairs
    beyond = -(proof.left_price[pairs.left] + proof.right_price[pairs.right])
    beyond[:, -1] += pairs.weight * (proof.scale + proof.price)[problem.pair_group]
    first = beyond[np.arange(len(beyond)), (beyond != 0).argmax(axis=1)]
    over = np.flatnonzero((first > 0) & (problem.room > 0))
    resources, requirements = compiled.resource_ids, compiled.requirement_ids
    prices = [
        tuple(
            Price(id=name, price=tuple(row))
            for name, row in zip(names, rows.tolist(), strict=True)
        )
        for names, rows in (
            (resources, proof.left_price),
            (requirements, proof.right_price),
        )
    ]
    return FloorProof(
        scale=proof.scale,
        least=proof.least,
        floors=tuple(
            BlockPrice(id=name, price=price)
            for name, price in zip(worst.ids, proof.price.tolist(), strict=True)
            if price
        ),
        resources=prices[0],
        requirements=prices[1],
        pairs=tuple(
            PairId(resource=resources[left], requirement=requirements[right])
            for left, right in zip(
                pairs.left[over].tolist(), pairs.right[over].tolist(), strict=True
            )
        ),
        most=proof.bound,
    )
