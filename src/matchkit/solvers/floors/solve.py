"""The greatest worst score, then the best sum there, checked before they are given out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.choice import chosen_engine
from matchkit.solvers.floors.best_sum import raise_sum
from matchkit.solvers.floors.check import floors_wrong
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.priced import FloorPrices, PricedFlow, priced_flow
from matchkit.solvers.floors.steps import FloorSearch, RoundListener
from matchkit.solvers.floors.worst_score import raise_worst
from matchkit.solvers.flow.solution import Limits, Solution, Stopped


@dataclass(frozen=True, slots=True)
class FloorSolution:
    """A flow with the greatest worst score found and the best sum there.

    ``solution`` has the values of all goals, the worst score before the weight; ``bound`` is what no flow
    that has at least as much in all goals before exceeds, goal by goal (None: unknown). ``worst`` and
    ``total`` are prices that prove bounds of the last two goals by themselves, where there are any, and
    ``proof`` says whether the bounds stated rest on them or on an engine's search as well.
    """

    solution: Solution
    bound: tuple[int | None, ...]
    worst: FloorPrices | None
    total: FloorPrices | None
    proof: Literal["prices", "search"] | None


def solve_floors(
    problem: FloorProblem,
    limits: Limits,
    *,
    weighted: bool,
    engine: MipEngine | None = None,
    seed: int = 0,
    tell: RoundListener | None = None,
) -> FloorSolution:
    """The flow with the greatest worst score of those that are best in all goals before and, if ``weighted``,
    of the greatest weight there. ``engine`` (None: any) solves the integer programs.

    Raises BudgetError for numbers too large to be exact with.
    """
    nothing, flows = np.zeros(problem.groups, np.int64), chosen_engine("auto")
    first = priced_flow(problem, 1, nothing, 0, (), flows, limits)
    solution = first.solution
    if solution.bound is None or solution.bound[:-1] != solution.value[:-1]:
        found = _unproved(problem, first, weighted)
    else:
        run = FloorSearch(problem, first, limits, weighted, engine, seed, tell)
        raise_worst(run)
        if weighted:
            raise_sum(run)
        found = _stated(run)
    wrong = floors_wrong(problem, found.solution, found.worst, found.total)
    if wrong:
        raise EngineError(Message.of("matching.proof_of_matching", wrong=wrong))
    return found


def _stated(run: FloorSearch) -> FloorSolution:
    worst, value = run.key
    values = (*run.reached, worst, *((value,) if run.weighted else ()))
    most = max(run.most, value)
    bound = (*run.reached, max(run.upper, worst), *((most,) if run.weighted else ()))
    stopped: Stopped = "time_limit"
    if values == bound:
        stopped = "proved"
    elif worst == run.upper and run.limits.near_enough(value, most):
        stopped = "gap"
    used = np.flatnonzero(run.flow)
    engine = f"flow+{run.engine.name}" if run.engine_called else "flow"
    solution = Solution(
        run.problem.pairs.take(used),
        run.flow[used],
        values,
        bound,
        None,
        None,
        None,
        None,
        stopped,
        engine,
        run.rounds,
        run.first.engine_pairs,
    )
    return FloorSolution(
        solution,
        bound,
        run.worst,
        run.total if run.weighted else None,
        "search" if run.searched else "prices",
    )


def _unproved(
    problem: FloorProblem, first: PricedFlow, weighted: bool
) -> FloorSolution:
    """The first flow, where time was over before the goals that come first were proven."""
    flow, solution = first.flow, first.solution
    values = (*solution.value[:-1], problem.worst(flow))
    if weighted:
        values = (*values, solution.value[-1])
    most: tuple[int | None, ...] = ()
    if solution.bound is not None:
        known = zip(solution.value[:-1], solution.bound[:-1], strict=True)
        for value, bound in known:
            most = (*most, bound)
            if bound != value:
                break
    open_ = (None,) * (len(values) - len(most))
    bare = replace(
        solution, value=values, bound=None, left_price=None, right_price=None
    )
    return FloorSolution(bare, (*most, *open_), None, None, None)
