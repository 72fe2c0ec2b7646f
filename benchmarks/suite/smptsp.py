"""Shift minimisation personnel task scheduling: all jobs done by as few workers as can be, against published bounds.

Krishnamoorthy, Ernst and Baatar, "Algorithms for large scale shift minimisation personnel task scheduling problems",
European Journal of Operational Research 219 (2012).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.public_data import folder, rows
from benchmarks.registry import Figures
from benchmarks.table import table
from benchmarks.turns import UnequalError
from matchkit.model import Aim, Part

TIME_LIMIT = 20
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Time 0 of an instance; its units are taken for minutes."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Jobs as (start, end), half-open, and for every worker the numbers of the jobs that this worker can do."""

    jobs: tuple[tuple[int, int], ...]
    workers: tuple[tuple[int, ...], ...]


def names() -> list[str]:
    """The instances in the order of their numbers, without the ending."""
    found = [row["file"].removesuffix(".dat") for row in rows(folder("smptsp", "optima.csv") / "optima.csv")]
    return sorted(found, key=lambda name: int(name.split("_")[1]))


def bounds(name: str) -> tuple[int, int]:
    """The fewest workers as published: lower bound and best known; equal where the optimum is known."""
    [row] = [row for row in rows(folder("smptsp", "optima.csv") / "optima.csv") if row["file"] == f"{name}.dat"]
    return int(row["lower_bound"]), int(row["best_known_upper_bound"])


def instance(name: str) -> Instance:
    """An instance from its file: ``Jobs = n`` and n lines, ``Qualifications = m`` and m lines."""
    text = (folder("smptsp", "optima.csv") / f"{name}.dat").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    heads = {match[1]: (number, int(match[2])) for number, line in enumerate(lines) if (match := re.match(r"(\w+) = (\d+)\s*$", line))}
    (first_job, jobs), (first_worker, workers) = heads["Jobs"], heads["Qualifications"]
    found = []
    for line in lines[first_worker + 1 : first_worker + 1 + workers]:
        count, _, numbers = line.partition(":")
        found.append(tuple(sorted(map(int, numbers.split()))))
        if len(found[-1]) != int(count) or not set(found[-1]) <= set(range(jobs)):
            raise ValueError(f"{name}.dat: worker {len(found)} does not list {count.strip()} jobs")
    spans = [tuple(map(int, line.split())) for line in lines[first_job + 1 : first_job + 1 + jobs]]
    if len(found) != workers or any(len(span) != 2 for span in spans):
        raise ValueError(f"{name}.dat does not hold {jobs} jobs and {workers} workers")
    return Instance(tuple((start, end) for start, end in spans), tuple(found))


def problem(given: Instance) -> mk.Problem:
    """All jobs first, then as few workers as can be. A job asks for a skill of its own, which is what a qualification is."""
    return mk.Problem(
        units=(mk.Unit(id="unit"),),
        communities=(mk.Community(id="site"),),
        resources=tuple(
            mk.Resource(
                id=f"worker {number}",
                unit="unit",
                capacity=max(1, len(jobs)),
                skills=tuple(mk.SkillLevel(skill=f"job {job}") for job in jobs),
            )
            for number, jobs in enumerate(given.workers)
        ),
        demands=tuple(
            mk.Demand(
                id=f"job {job}",
                community="site",
                windows=(mk.Window(start=EPOCH + timedelta(minutes=start), end=EPOCH + timedelta(minutes=end)),),
                requirements=(mk.Requirement(id=f"job {job}", minimum=1, skills=(mk.SkillLevel(skill=f"job {job}"),)),),
            )
            for job, (start, end) in enumerate(given.jobs)
        ),
        objective=mk.Objective(
            aims=(
                Aim(name="jobs", parts=(Part(measure="minimum"),)),
                Aim(name="workers", parts=(Part(measure="resources_used"),)),
            )
        ),
    )


def most_at_once(given: Instance) -> int:
    """Jobs that go on at one time, at most: no fewer workers can do them all."""
    return max(sum(start <= moment < end for start, end in given.jobs) for moment, _ in given.jobs)


def fewest_by_hand(given: Instance, seconds: float = TIME_LIMIT) -> int:
    """The same for CP-SAT as people write it: one binary a pair, one row a set of jobs of one worker at one time.

    Raises ValueError where the optimum is not proved in time.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    used = [model.new_bool_var(f"used {worker}") for worker in range(len(given.workers))]
    does = {(worker, job): model.new_bool_var("") for worker, jobs in enumerate(given.workers) for job in jobs}
    for job in range(len(given.jobs)):
        model.add_exactly_one(does[worker, job] for worker in range(len(used)) if (worker, job) in does)
    for worker, jobs in enumerate(given.workers):
        for moment in sorted({given.jobs[job][0] for job in jobs}):
            going_on = [does[worker, job] for job in jobs if given.jobs[job][0] <= moment < given.jobs[job][1]]
            model.add(sum(going_on) <= used[worker])
    # Without this row, which follows from the others, CP-SAT proves no optimum of the smallest instance in the time limit.
    model.add(sum(used) >= most_at_once(given))
    model.minimize(sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) != cp_model.OPTIMAL:
        raise ValueError("CP-SAT proved no optimum")
    return round(solver.objective_value)


def fewest(given: mk.Problem) -> tuple[int, bool]:
    """Workers of matchkit's plan, and whether fewer are proven impossible. Raises UnequalError where a job is not done."""
    plan = mk.solve(given, time_limit=TIME_LIMIT)
    if plan.shortfalls:
        raise UnequalError(f"smptsp: {len(plan.shortfalls)} jobs are not done")
    return len({pair.resource for pair in plan.assignments}), plan.outcome.stopped == "proved"


def compare(name: str) -> dict[str, Any]:
    """One instance: matchkit from its records. Raises UnequalError where it contradicts what is published."""
    given = instance(name)
    records = problem(given)
    least, best = bounds(name)
    began = time.perf_counter()
    workers, proven = fewest(records)
    seconds = time.perf_counter() - began
    if workers < least or (proven and workers > best):
        raise UnequalError(f"smptsp, {name}: found {workers}{' as optimum' if proven else ''}, published {least} to {best}")
    return {
        "name": name,
        "jobs": len(given.jobs),
        "people": len(given.workers),
        "published": best,
        "workers": workers,
        "proven": proven,
        "seconds": round(seconds, 3),
    }


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    found = [in_process(compare, name) for name in names()[: 2 if quick else None]]
    return {"time_limit": TIME_LIMIT, "instances": [{key: value for key, value in one.items() if "process" not in key} for one in found]}


def rows_of(figures: Figures) -> str:
    """The table of all instances."""
    head = ("instance", "jobs", "people", "fewest workers published", "matchkit", "proven", "s")
    return table(
        head,
        [
            (one["name"], one["jobs"], one["people"], one["published"], one["workers"], "yes" if one["proven"] else "no", one["seconds"])
            for one in figures["instances"]
        ],
    )
