"""Larger personnel task instances, published and drawn: all jobs done, against bounds and a greedy.

The published ones are of Krishnamoorthy, Ernst and Baatar (as in ``smptsp``); their bounds are the best known
to us.
"""

from __future__ import annotations

import random
import time
from typing import Any

from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.suite.smptsp import Instance, instance, matchkit, most_at_once
from benchmarks.table import table
from benchmarks.turns import UnequalError

TIME_LIMIT = 29
"""Seconds of a search: read, solved and verified within 30."""
SEED = 7
SIZES = ((40, 48), (60, 72), (100, 120), (160, 194))
"""Hidden rosters, and workers."""
SHARE = 0.66
"""Of the jobs of other rosters, what a worker can do."""


def published() -> list[dict[str, Any]]:
    """Name, proven lower bound and fewest workers found so far, of each instance."""
    rows = records(folder("smptsp137", "bounds.csv") / "bounds.csv")
    return [
        {
            "name": row["instance"],
            "bound": int(row["lower_bound"]),
            "published": int(row["best_known"]),
        }
        for row in rows
    ]


def drawn(rosters: int, workers: int) -> Instance:
    """Jobs of 2 to 6 hours cut from hidden rosters of a day and a half; each roster's own worker can do
    them.
    """
    draw = random.Random(f"{SEED} {rosters} {workers}")  # noqa: S311 - no secret is drawn here
    jobs, own = [], []
    for roster in range(rosters):
        at = draw.randrange(120)
        while at < 1_800:
            lasts = draw.randrange(120, 360)
            jobs.append((at, at + lasts))
            own.append(roster)
            at += lasts + draw.randrange(30)
    can = [
        tuple(
            j
            for j, roster in enumerate(own)
            if roster == worker or draw.random() < SHARE
        )
        for worker in range(workers)
    ]
    return Instance(tuple(jobs), tuple(can))


def greedy(given: Instance) -> tuple[int, int]:
    """Jobs done and workers used where jobs go by their start to who became free last, of those used before
    if any is free.
    """
    free, used, done = (
        [min(start for start, _ in given.jobs)] * len(given.workers),
        set[int](),
        0,
    )
    able: dict[int, list[int]] = {}
    for worker, jobs in enumerate(given.workers):
        for job in jobs:
            able.setdefault(job, []).append(worker)
    for job in sorted(range(len(given.jobs)), key=lambda job: given.jobs[job]):
        start, end = given.jobs[job]
        ready = [worker for worker in able.get(job, []) if free[worker] <= start]
        if ready:
            worker = max(ready, key=lambda worker: (worker in used, free[worker]))
            free[worker], done = end, done + 1
            used.add(worker)
    return done, len(used)


def compare(given: Instance, least: int) -> dict[str, Any]:
    """One instance, the greedy and matchkit once. Raises UnequalError where a job is not done or fewer are
    used than can be.
    """
    began = time.perf_counter()
    done, used = greedy(given)
    by_greedy = {
        "jobs": done,
        "workers": used,
        "seconds": round(time.perf_counter() - began, 3),
    }
    matchkit(Instance(((0, 1),), ((0,),)), 1)  # loads what it needs
    began, busy = time.perf_counter(), time.process_time()
    workers, proven = matchkit(given, TIME_LIMIT)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    if workers is None or workers < least:
        raise UnequalError(f"matchkit found {workers} workers, the bound is {least}")
    found = {
        "workers": workers,
        "proven": proven,
        "seconds": round(seconds, 3),
        "processor_seconds": round(busy, 3),
    }
    return {
        "jobs": len(given.jobs),
        "people": len(given.workers),
        "bound": least,
        "greedy": by_greedy,
        "matchkit": found,
    }


def compare_published(name: str, least: int) -> dict[str, Any]:
    """An instance of the collection by name."""
    return compare(instance(name, "smptsp137", "bounds.csv"), least)


def compare_drawn(rosters: int, workers: int) -> dict[str, Any]:
    """An instance drawn; no moment has more jobs than there are rosters."""
    given = drawn(rosters, workers)
    return compare(given, most_at_once(given))


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    kept = ("jobs", "people", "bound", "greedy", "matchkit")
    known = sorted(published(), key=lambda one: one["name"] != "data_66_348_600_33")[
        : 1 if quick else None
    ]
    found = [
        {**one, **_kept(in_process(compare_published, one["name"], one["bound"]), kept)}
        for one in known
    ]
    sizes = ((8, 10),) if quick else SIZES
    return {
        "time_limit": TIME_LIMIT,
        "published": found,
        "drawn": [
            {
                "rosters": rosters,
                **_kept(in_process(compare_drawn, rosters, workers), kept),
            }
            for rosters, workers in sizes
        ],
    }


def _kept(figures: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: figures[name] for name in names}


def _cells(one: dict[str, Any]) -> list[Any]:
    missing, found = one["jobs"] - one["greedy"]["jobs"], one["matchkit"]
    return [
        f"{one['greedy']['workers']}{f', {missing} jobs not done' if missing else ''}",
        f"{found['workers']}{'' if found['proven'] else ', not proven'}",
        found["seconds"],
        found["processor_seconds"],
    ]


HEAD = ("greedy", "matchkit", "s", "processor s")


def _published(figures: Figures) -> str:
    head = ("instance", "jobs", "people", "lower bound", "fewest published", *HEAD)
    rows = [
        [
            one["name"].removeprefix("data_"),
            one["jobs"],
            one["people"],
            one["bound"],
            one["published"],
            *_cells(one),
        ]
        for one in figures["published"]
    ]
    return table(head, rows)


def _drawn(figures: Figures) -> str:
    head = ("rosters", "jobs", "people", "lower bound", *HEAD)
    return table(
        head,
        [
            [one["rosters"], one["jobs"], one["people"], one["bound"], *_cells(one)]
            for one in figures["drawn"]
        ],
    )


register(
    Benchmark(
        name="workers",
        claim="Larger personnel task instances, published and drawn: all jobs done by few workers",
        peers=(),
        seeds={"drawn": SEED},
        run=run,
        tables={"workers published": _published, "workers drawn": _drawn},
    )
)
