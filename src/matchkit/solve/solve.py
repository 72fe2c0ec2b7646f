"""solve(): compile, match, decode, verify."""

from __future__ import annotations

import time

import numpy as np

from matchkit.compile import Compiled, certificate, compile_problem, count_eligible, decode, goal_values
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.matching.choice import NAMES, reason_for
from matchkit.matching.loop import Listener, Progress
from matchkit.matching.match import options_refused, solve_network
from matchkit.matching.solution import Solution, gap_between, stated_bounds
from matchkit.model import Problem
from matchkit.model.collector import collector_at_rest
from matchkit.model.given import A_PROBLEM, of_another_type
from matchkit.plan import Certificate, Goal, Outcome, Plan
from matchkit.solve.digest import digest
from matchkit.solve.versions import versions
from matchkit.verify import verify


@collector_at_rest()
def solve(
    problem: Problem,
    *,
    engine: str = "auto",
    seed: int = 0,
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
) -> Plan:
    """The best plan for a problem, verified, with a certificate over all eligible pairs.

    ``time_limit`` (seconds) and ``gap`` (relative) stop early with the best plan so far and its bound; ``progress`` is
    called with a Progress (phase, round, pairs in the engine, value and bound by goal, seconds). ``seed`` is recorded in the
    outcome; the engines of this version draw no random numbers.

    Raises InputError for wrong options and for what is no Problem, ContradictionError where locks break other rules,
    UnsupportedError where the problem asks for what a flow cannot express, BudgetError for too many possible pairs and
    for numbers too large to be exact with.
    """
    found = of_another_type("problem", problem, Problem, A_PROBLEM) + options_refused(engine, NAMES, "engine", time_limit, gap)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        found.append(Complaint("seed", "is not a whole number from 0 upwards", "Give 0 or more"))
    if progress is not None and not callable(progress):
        found.append(Complaint("progress", "cannot be called", "Give a function of one argument, or None"))
    if found:
        raise InputError(found)
    began = time.monotonic()

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, 0, 0, None, None, time.monotonic() - began))

    tell("compile")
    compiled = compile_problem(problem)
    left = None if time_limit is None else max(0.0, time_limit - (time.monotonic() - began))
    solution = solve_network(compiled.network, compiled.goals, engine, left, gap, progress)
    tell("decode")
    plan = _plan(problem, compiled, solution, engine, seed)
    tell("verify")
    verify(problem, plan).raise_if_broken()
    return plan


def _plan(problem: Problem, compiled: Compiled, solution: Solution, engine: str, seed: int) -> Plan:
    chosen = solution.pairs.left, solution.pairs.right, solution.quantity
    short = _is_short(compiled, solution)
    assignments, shortfalls = decode(compiled, *chosen, count_eligible(compiled) if short else None)
    value = goal_values(compiled, *chosen)
    earned = goal_values(compiled, *(np.zeros(0, np.int64) for _ in range(3)))
    if value != tuple(v + e for v, e in zip(solution.value, earned, strict=True)):
        raise EngineError("The plan's goals do not add up to what the engine's flow gave. Report this problem.")
    bound = None if solution.bound is None else tuple(b + e for b, e in zip(solution.bound, earned, strict=True))
    bounds = stated_bounds(value, bound)
    outcome = Outcome(
        status="optimal" if value == bound else "feasible",
        stopped="proved" if value == bound else solution.stopped,
        goals=tuple(Goal(name=name, value=v, bound=b) for name, v, b in zip(compiled.goals.names, value, bounds, strict=True)),
        value=value[-1],
        bound=bounds[-1],
        gap=gap_between(value, bound),
        proof=None if bound is None else "prices",
        engine=solution.engine,
        reason=reason_for(engine, solution.engine),
        seed=seed,
        versions=versions(),
        digest=digest(problem),
    )
    return Plan(assignments=assignments, shortfalls=shortfalls, outcome=outcome, certificate=_certificate(compiled, solution, bound))


def _is_short(compiled: Compiled, solution: Solution) -> bool:
    assigned = np.bincount(solution.pairs.right, weights=solution.quantity, minlength=len(compiled.requirement_ids))
    return bool((assigned < compiled.network.right_capacity).any())


def _certificate(compiled: Compiled, solution: Solution, bound: tuple[int, ...] | None) -> Certificate | None:
    if bound is None or solution.left_price is None or solution.right_price is None:
        return None
    return certificate(compiled, bound, solution.left_price, solution.right_price, solution.left_cap_price, solution.right_cap_price)
