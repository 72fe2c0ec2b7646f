"""Generalised assignment drawn by the published recipes of types c, d and e (Chu and Beasley 1997; Laguna and
others 1995).
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.suite.gap import Instance, worth
from benchmarks.table import table, whole

SEED = 1
TIME_LIMIT = 60.0
"""Seconds a solver has for an instance."""
WORKERS = 2
"""Of CP-SAT; matchkit has one."""
KINDS = ("c", "d", "e")
SIZES = ((5, 100), (10, 100), (20, 100), (10, 200), (20, 200), (20, 400))
LARGE = (80, 1_600)
"""Agents and jobs of one more instance of type d, for matchkit alone."""


def drawn(kind: str, agents: int, jobs: int, seed: int = SEED) -> Instance:
    """An instance: c has uses and costs without relation, d has costs that fall with uses, e the same with
    long tails.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    cells = [(agent, job) for agent in range(agents) for job in range(jobs)]
    if kind == "c":
        use = [draw.randint(5, 25) for _ in cells]
        cost = [draw.randint(10, 50) for _ in cells]
    elif kind == "d":
        use = [draw.randint(1, 100) for _ in cells]
        cost = [111 - one + draw.randint(-10, 10) for one in use]
    else:
        use = [round(1 - 10 * math.log(1 - draw.random())) for _ in cells]
        cost = [round(1_000 / one - 10 * (1 - draw.random())) for one in use]
    uses, costs = (
        np.array(use, np.int64).reshape(agents, jobs),
        np.array(cost, np.int64).reshape(agents, jobs),
    )
    return Instance(costs, uses, 8 * uses.sum(1) // (10 * agents))


def by_matchkit(given: Instance, seconds: float) -> tuple[int | None, int]:
    """Cost and its lower bound; no cost where a job is left out."""
    graph = mk.BipartiteGraph.from_matrix(
        given.cost, left_capacity=given.capacity, right_minimum=1, consumption=given.use
    )
    found = mk.match(graph, minimize=True, time_limit=seconds)
    agent = np.full(given.cost.shape[1], -1)
    agent[found.pairs.right] = found.pairs.left
    cost = None if (agent < 0).any() else worth(given, agent)
    return cost, int(found.bound)


def by_cpsat(given: Instance, seconds: float) -> tuple[int | None, int]:
    """The model everybody writes, by OR-Tools' CP-SAT."""
    from ortools.sat.python import cp_model

    model, (agents, jobs) = cp_model.CpModel(), given.cost.shape
    chosen = [[model.new_bool_var("") for _ in range(jobs)] for _ in range(agents)]
    for job in range(jobs):
        model.add_exactly_one(chosen[agent][job] for agent in range(agents))
    for agent in range(agents):
        model.add(
            cp_model.LinearExpr.weighted_sum(chosen[agent], given.use[agent].tolist())
            <= int(given.capacity[agent])
        )
    model.minimize(
        cp_model.LinearExpr.weighted_sum(
            [one for row in chosen for one in row], given.cost.ravel().tolist()
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    bound = math.ceil(solver.best_objective_bound - 1e-6)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, bound
    return worth(
        given,
        np.array([[solver.value(one) for one in row] for row in chosen]).argmax(0),
    ), bound


def compare(
    kind: str, agents: int, jobs: int, seconds: float, peer: bool
) -> dict[str, Any]:
    """Costs and bounds of one instance."""
    given = drawn(kind, agents, jobs)
    found: dict[str, Any] = {"kind": kind, "agents": agents, "jobs": jobs}
    found["matchkit"] = by_matchkit(given, seconds)
    found["cpsat"] = by_cpsat(given, seconds) if peer else (None, None)
    return found


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises ValueError where a bound is above a cost."""
    seconds, sizes = (1.0, SIZES[:1]) if quick else (TIME_LIMIT, SIZES)
    found = [
        in_process(compare, kind, *size, seconds, True)
        for kind in KINDS
        for size in sizes
    ]
    if not quick:
        found.append(in_process(compare, "d", *LARGE, seconds, False))
    for one in found:
        costs = [
            cost for cost, _ in (one["matchkit"], one["cpsat"]) if cost is not None
        ]
        if costs and one["matchkit"][1] > min(costs):
            raise ValueError(f"gap_drawn: {one} has a bound above a cost")
    kept = ("kind", "agents", "jobs", "matchkit", "cpsat")
    return {
        "time_limit": seconds,
        "instances": [{name: one[name] for name in kept} for one in found],
    }


def _rows(figures: Figures) -> str:
    head = (
        "type",
        "agents x jobs",
        "matchkit, cost",
        "matchkit, bound",
        "CP-SAT, cost",
        "CP-SAT, bound",
    )
    rows = []
    for one in figures["instances"]:
        numbers = [
            None if number is None else whole(number)
            for number in (*one["matchkit"], *one["cpsat"])
        ]
        rows.append((one["kind"], f"{one['agents']} x {one['jobs']:,}", *numbers))
    return table(head, rows)


register(
    Benchmark(
        name="gap_drawn",
        claim=(
            "Drawn generalised assignment of types c, d and e: plans and bounds beside CP-SAT with two "
            "workers"
        ),
        peers=(),
        seeds={"instances": SEED},
        run=run,
        tables={"gap_drawn": _rows},
    )
)
