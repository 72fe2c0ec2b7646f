"""Shift minimisation personnel task scheduling: all jobs done by as few workers as can be, against published
bounds.

Krishnamoorthy, Ernst and Baatar, "Algorithms for large scale shift minimisation personnel task scheduling
problems", European Journal of Operational Research 219 (2012).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table
from benchmarks.turns import UnequalError
from matchkit.model import Aim, Part

TIME_LIMIT = 20
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Time 0 of an instance; its units are taken for minutes."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Jobs as (start, end), half-open, and for every worker the numbers of the jobs that this worker
    can do.
    """

    jobs: tuple[tuple[int, int], ...]
    workers: tuple[tuple[int, ...], ...]


def names() -> list[str]:
    """The instances in the order of their numbers, without the ending."""
    found = [
        row["file"].removesuffix(".dat")
        for row in records(folder("smptsp", "optima.csv") / "optima.csv")
    ]
    return sorted(found, key=lambda name: int(name.split("_")[1]))


def bounds(name: str) -> tuple[int, int]:
    """The fewest workers as published: lower bound and best known; equal where the optimum is known."""
    [row] = [
        row
        for row in records(folder("smptsp", "optima.csv") / "optima.csv")
        if row["file"] == f"{name}.dat"
    ]
    return int(row["lower_bound"]), int(row["best_known_upper_bound"])


def instance(
    name: str, collection: str = "smptsp", known: str = "optima.csv"
) -> Instance:
    """An instance from its file: ``Jobs = n`` and n lines, ``Qualifications = m`` and m lines."""
    text = (folder(collection, known) / f"{name}.dat").read_text(encoding="utf-8")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]
    heads = {
        match[1]: (number, int(match[2]))
        for number, line in enumerate(lines)
        if (match := re.match(r"(\w+) = (\d+)\s*$", line))
    }
    (first_job, jobs), (first_worker, workers) = heads["Jobs"], heads["Qualifications"]
    found = []
    for line in lines[first_worker + 1 : first_worker + 1 + workers]:
        count, _, numbers = line.partition(":")
        found.append(tuple(sorted(map(int, numbers.split()))))
        if len(found[-1]) != int(count) or not set(found[-1]) <= set(range(jobs)):
            raise ValueError(
                f"{name}.dat: worker {len(found)} does not list {count.strip()} jobs"
            )
    spans = [
        tuple(map(int, line.split()))
        for line in lines[first_job + 1 : first_job + 1 + jobs]
    ]
    if len(found) != workers or any(len(span) != 2 for span in spans):
        raise ValueError(f"{name}.dat does not hold {jobs} jobs and {workers} workers")
    return Instance(tuple((start, end) for start, end in spans), tuple(found))


def problem(given: Instance) -> mk.Problem:
    """All jobs first, then as few workers as can be. A job asks for a skill of its own, which is what a
    qualification is.
    """
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
                windows=(
                    mk.Window(
                        start=EPOCH + timedelta(minutes=start),
                        end=EPOCH + timedelta(minutes=end),
                    ),
                ),
                requirements=(
                    mk.Requirement(
                        id=f"job {job}",
                        minimum=1,
                        skills=(mk.SkillLevel(skill=f"job {job}"),),
                    ),
                ),
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
    return max(
        sum(start <= moment < end for start, end in given.jobs)
        for moment, _ in given.jobs
    )


Found = tuple[int | None, bool]
"""Workers of the plan (None without one), and whether fewer are proven impossible."""


def by_hand(given: Instance) -> Found:
    """The same for CP-SAT as people write it: one binary a pair, one row for what a worker can do at one
    moment.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    used = [
        model.new_bool_var(f"used {worker}") for worker in range(len(given.workers))
    ]
    does = {
        (worker, job): model.new_bool_var("")
        for worker, jobs in enumerate(given.workers)
        for job in jobs
    }
    for job in range(len(given.jobs)):
        model.add_exactly_one(
            does[worker, job] for worker in range(len(used)) if (worker, job) in does
        )
    for worker, jobs in enumerate(given.workers):
        for moment in sorted({given.jobs[job][0] for job in jobs}):
            going_on = [
                does[worker, job]
                for job in jobs
                if given.jobs[job][0] <= moment < given.jobs[job][1]
            ]
            model.add(sum(going_on) <= used[worker])
    # Follows from the rows above, but without it CP-SAT proves nothing of the smallest instance in the time
    # limit.
    model.add(sum(used) >= most_at_once(given))
    model.minimize(sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = TIME_LIMIT
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return round(solver.objective_value) if found else None, status == cp_model.OPTIMAL


def matchkit(given: Instance, time_limit: int = TIME_LIMIT) -> Found:
    """The plan of matchkit, from the records. Raises UnequalError where a job is not done."""
    plan = mk.solve(problem(given), time_limit=time_limit)
    if plan.shortfalls:
        raise UnequalError(
            f"{len(plan.shortfalls)} of {len(given.jobs)} jobs are not done"
        )
    return len(
        {pair.resource for pair in plan.assignments}
    ), plan.outcome.stopped == "proved"


def compare(name: str) -> dict[str, Any]:
    """One instance, every solver once. Raises UnequalError where one contradicts what is published."""
    given, (least, best) = instance(name), bounds(name)
    figures: dict[str, Any] = {
        "name": name,
        "jobs": len(given.jobs),
        "people": len(given.workers),
        "published": best,
    }
    for solver, solve in (("matchkit", matchkit), ("cp_sat", by_hand)):
        solve(Instance(((0, 1),), ((0,),)))  # loads what it needs
        began = time.perf_counter()
        workers, proven = solve(given)
        seconds = time.perf_counter() - began
        if workers is not None and (workers < least or (proven and workers > best)):
            raise UnequalError(
                f"smptsp, {name}: {solver} found {workers}{', proven' if proven else ''}; published "
                f"{least} to {best}"
            )
        figures[solver] = {
            "workers": workers,
            "proven": proven,
            "seconds": round(seconds, 3),
        }
    return figures


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    kept = ("name", "jobs", "people", "published", "matchkit", "cp_sat")
    found = [in_process(compare, name) for name in names()[: 2 if quick else None]]
    return {
        "time_limit": TIME_LIMIT,
        "instances": [{key: one[key] for key in kept} for one in found],
    }


def _rows(figures: Figures) -> str:
    head = (
        "instance",
        "jobs",
        "people",
        "fewest published",
        "matchkit",
        "s",
        "CP-SAT by hand",
        "s",
    )
    rows = []
    for one in figures["instances"]:
        cells = [
            one["name"].removeprefix("data_").partition("_")[0],
            one["jobs"],
            one["people"],
            one["published"],
        ]
        for solver in ("matchkit", "cp_sat"):
            found = one[solver]
            cells += [
                None
                if found["workers"] is None
                else f"{found['workers']}{'' if found['proven'] else ', not proven'}",
                found["seconds"],
            ]
        rows.append(cells)
    return table(head, rows)


register(
    Benchmark(
        name="smptsp",
        claim="Personnel tasks: all jobs done by as few workers as can be, against published optima",
        peers=(),
        seeds={},
        run=run,
        tables={"smptsp": _rows},
    )
)
