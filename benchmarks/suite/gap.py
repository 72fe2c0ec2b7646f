"""Public instances of the generalised assignment problem, with their known optima."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Whole
from benchmarks.process import ROOT, in_process
from benchmarks.registry import Benchmark, Figures, SkippedError, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, in_turns, spreads, timed

PATIENCE = 30.0
"""Seconds after which a peer gives up an instance."""
UNPROVED = -1
"""Value of a run in which the optimum was not proven in time."""
SMALL = tuple(f"gap{group}-{number}" for group in range(1, 7) for number in range(5))
LARGE = tuple(
    f"{kind}{agents:02}{jobs}"
    for kind in "ab"
    for jobs in (100, 200)
    for agents in (5, 10, 20)
)


@dataclass(frozen=True, slots=True)
class Instance:
    """Cost and use of every agent (row) and job, and the agents' capacities."""

    cost: Whole
    use: Whole
    capacity: Whole


def instances() -> Path:
    """The folder of the instances. Raises SkippedError where it is in neither of the two places."""
    roots = (
        [Path(os.environ["MATCHKIT_DATA"])] if os.environ.get("MATCHKIT_DATA") else []
    )
    for root in (*roots, ROOT.parent / "shared" / "data"):
        if (root / "gap" / "optima.csv").is_file():
            return root / "gap"
    raise SkippedError(
        "the public instances gap are neither in the folder MATCHKIT_DATA nor in ../shared/data "
        "beside the project"
    )


def instance(name: str) -> Instance:
    """The instance of that name: agents, jobs, then costs, uses and capacities."""
    numbers = np.array(
        (instances() / name).read_text(encoding="utf-8").split(), np.int64
    )
    agents, jobs = int(numbers[0]), int(numbers[1])
    cells = agents * jobs
    cost, use, capacity = np.split(numbers[2:], [cells, 2 * cells])
    return Instance(cost.reshape(agents, jobs), use.reshape(agents, jobs), capacity)


def optima() -> dict[str, int]:
    """The least cost of every instance as published."""
    with (instances() / "optima.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["file"]: int(row["optimum_minimise"]) for row in csv.DictReader(file)
        }


def worth(given: Instance, agent: Whole) -> int:
    """The cost of giving each job to that agent. Raises ValueError where an agent has more than it can
    take.
    """
    jobs = np.arange(given.cost.shape[1])
    load = np.zeros(len(given.capacity), np.int64)
    np.add.at(load, agent, given.use[agent, jobs])
    if (load > given.capacity).any():
        raise ValueError("an agent is given more than its capacity")
    return int(given.cost[agent, jobs].sum())


def with_matchkit(given: Instance) -> int:
    """matchkit, its bound included."""
    graph = mk.BipartiteGraph.from_matrix(
        given.cost, left_capacity=given.capacity, right_minimum=1, consumption=given.use
    )
    found = mk.match(graph, minimize=True)
    agent = np.full(given.cost.shape[1], -1)
    agent[found.pairs.right] = found.pairs.left
    if found.status != "optimal" or not found.value == found.bound == worth(
        given, agent
    ):
        raise ValueError(
            f"the matching is {found.status}: value {found.value}, bound {found.bound}"
        )
    return int(found.value)


def with_cpsat(given: Instance) -> int:
    """The model everybody writes, by OR-Tools' CP-SAT with one worker."""
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
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PATIENCE
    if solver.solve(model) != cp_model.OPTIMAL:
        return UNPROVED
    return worth(
        given,
        np.array([[solver.value(one) for one in row] for row in chosen]).argmax(0),
    )


def with_scipy(given: Instance) -> int:
    """The same model in sparse rows, by ``scipy.optimize.milp`` (HiGHS) with a relative gap of 0."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import coo_matrix

    agents, jobs = given.cost.shape
    cells, row = np.arange(agents * jobs), np.repeat(np.arange(agents), jobs)
    uses = coo_matrix((given.use.ravel(), (row, cells)), shape=(agents, len(cells)))
    once = coo_matrix(
        (np.ones(len(cells)), (cells % jobs, cells)), shape=(jobs, len(cells))
    )
    found = milp(
        given.cost.ravel(), integrality=np.ones(len(cells)), bounds=(0, 1),
        constraints=[LinearConstraint(uses, -np.inf, given.capacity), LinearConstraint(once, 1, 1)],
        options={"mip_rel_gap": 0, "time_limit": PATIENCE},
    )  # fmt: skip
    return (
        worth(given, found.x.reshape(agents, jobs).argmax(0))
        if found.status == 0
        else UNPROVED
    )


SOLVERS: dict[str, Callable[[Instance], int]] = {
    "matchkit": with_matchkit,
    "cpsat": with_cpsat,
    "scipy": with_scipy,
}


def compare(name: str, rounds: int) -> dict[str, Any]:
    """All solvers in turns on one instance, after a small one to warm up; a peer without a proof in time has
    no seconds.
    """
    warm, given, optimum = instance("gap1-0"), instance(name), optima()[name]
    for solve in SOLVERS.values():
        solve(warm)
    samples = in_turns(
        {solver: timed(partial(f, given)) for solver, f in SOLVERS.items()},
        rounds,
        PATIENCE / 2,
    )
    for solver, runs in samples.items():
        if wrong := [
            run["value"] for run in runs if run["value"] not in (optimum, UNPROVED)
        ]:
            raise UnequalError(
                f"gap, {name}: {solver} found {wrong[0]}, published {optimum}"
            )
    proved = {
        solver: [run for run in runs if run["value"] == optimum]
        for solver, runs in samples.items()
    }
    return {"name": name, "value": optimum, "seconds": spreads(proved, "seconds")}


def compare_small(rounds: int) -> dict[str, Any]:
    """All thirty small instances, one after another: a run is all of them."""
    given, optimum = (
        [instance(name) for name in SMALL],
        [optima()[name] for name in SMALL],
    )

    def every(solve: Callable[[Instance], int]) -> int:
        found = [solve(one) for one in given]
        if found != optimum:
            raise UnequalError(f"gap: found {found}, published {optimum}")
        return sum(found)

    samples = in_turns(
        {solver: timed(partial(every, f)) for solver, f in SOLVERS.items()}, rounds + 1
    )
    return {
        "value": sum(optimum),
        "seconds": spreads(
            {solver: runs[1:] for solver, runs in samples.items()}, "seconds"
        ),
    }


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    instances()
    rounds = 1 if quick else 3
    kept = ("value", "seconds")
    small = in_process(compare_small, rounds)
    large = [
        in_process(compare, name, rounds) for name in (LARGE[:2] if quick else LARGE)
    ]
    return {
        "patience": PATIENCE,
        "small": {name: small[name] for name in kept},
        "large": [{name: one[name] for name in ("name", *kept)} for one in large],
    }


def _rows(figures: Figures) -> str:
    head = (
        "instance",
        "least cost",
        "matchkit, s",
        "CP-SAT by hand, s",
        "`scipy.optimize.milp`, s",
    )
    rows = [
        ("gap1 to gap6, all 30", figures["small"]),
        *((one["name"], one) for one in figures["large"]),
    ]
    late = f"not proven in {figures['patience']:g}"
    return table(
        head,
        [
            (
                name,
                whole(one["value"]),
                *(one["seconds"].get(solver, late) for solver in SOLVERS),
            )
            for name, one in rows
        ],
    )


register(
    Benchmark(
        name="gap",
        claim="The published optima of the OR-Library's generalised assignment instances, proven",
        peers=("scipy",),
        seeds={},
        run=run,
        tables={"gap": _rows},
    )
)
