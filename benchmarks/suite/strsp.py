"""The smallest team of technicians that covers a task: levels of proficiency in five domains, against known
sizes.

Instances in the form of the ROADEF 2007 challenge: a task asks for so many technicians of at least level k in
domain d, and one technician counts in every domain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table
from benchmarks.turns import UnequalError, equal_value, in_turns, spreads, timed
from matchkit.model import Aim, Cover, Part, SkillCount

TIME_LIMIT = 20
DOMAINS, LEVELS = 5, 4
BEFORE = 8
"""Columns of a task before d11: number, place, demand, times, service, cost."""

Technicians = tuple[tuple[int, ...], ...]
"""For every technician the level in each domain, 0 for none."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task by its number: ``asked[d][k]`` technicians of at least level k + 1 in domain d + 1."""

    number: int
    asked: tuple[tuple[int, ...], ...]


def data() -> Path:
    """The folder of the instances. Raises SkippedError where it is not there."""
    return folder("strsp", "min_team_size.csv")


def _numbers(path: Path, columns: int) -> list[list[int]]:
    """The lines of a file that hold so many whole numbers and nothing else."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        [int(word) for word in line]
        for line in lines
        if len(line) == columns and all(word.isdigit() for word in line)
    ]


def files() -> list[str]:
    """All task files, as ``C101_5x4_Team.txt``."""
    return sorted(
        path.name.removeprefix("tasks_") for path in data().glob("tasks_*.txt")
    )


def tasks(file: str) -> list[Task]:
    """The tasks of a file without its depot, the first row."""
    found = _numbers(data() / f"tasks_{file}", BEFORE + DOMAINS * LEVELS)[1:]
    return [
        Task(
            row[0],
            tuple(
                tuple(row[BEFORE + LEVELS * d : BEFORE + LEVELS * (d + 1)])
                for d in range(DOMAINS)
            ),
        )
        for row in found
    ]


def technicians(file: str) -> Technicians:
    """The technicians who may do a file's tasks: one set for all files with teams, one of its own for any
    other.
    """
    path = data() / (
        "technicians_5x4_Team.txt"
        if file.endswith("_Team.txt")
        else f"technicians_{file}"
    )
    found = tuple(tuple(row[1:]) for row in _numbers(path, 1 + DOMAINS))
    [said] = [
        int(line.split(":")[1])
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("Number of Technicians:")
    ]
    if len(found) != said:
        raise ValueError(f"{path.name} holds {len(found)} technicians and says {said}")
    return found


def known() -> dict[tuple[str, int], int]:
    """The fewest technicians by task file and task, where they are known."""
    return {
        (row["task_file"], int(row["task_id"])): int(row["min_team_size"])
        for row in records(data() / "min_team_size.csv")
    }


def problem(task: Task, team: Technicians) -> mk.Problem:
    """The task is done first of all, and then by as few as can be. Whoever is in the team counts in every
    domain.
    """
    asked = tuple(
        SkillCount(skill=f"domain {domain}", level=level, count=count)
        for domain, counts in enumerate(task.asked, 1)
        for level, count in enumerate(counts, 1)
        if count
    )
    return mk.Problem(
        units=(mk.Unit(id="unit"),),
        communities=(mk.Community(id="site"),),
        resources=tuple(
            mk.Resource(
                id=f"technician {number}",
                unit="unit",
                skills=tuple(
                    mk.SkillLevel(skill=f"domain {domain}", level=level)
                    for domain, level in enumerate(levels, 1)
                    if level
                ),
            )
            for number, levels in enumerate(team, 1)
        ),
        demands=(
            mk.Demand(
                id="task",
                community="site",
                requirements=(mk.Requirement(id="team", wanted=len(team), minimum=1),),
            ),
        ),
        rules=(Cover(demand="task", skills=asked, counting="several"),)
        if asked
        else (),
        objective=mk.Objective(
            aims=(
                Aim(name="done", parts=(Part(measure="minimum"),)),
                Aim(name="technicians", parts=(Part(measure="resources_used"),)),
            )
        ),
    )


def by_hand(task: Task, team: Technicians) -> int:
    """The same for CP-SAT: one binary a technician, one row a domain and level. 0 where no team covers the
    task.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"technician {number}") for number in range(len(team))]
    model.add_at_least_one(chosen)
    for domain, counts in enumerate(task.asked):
        for level, count in enumerate(counts, 1):
            model.add(
                sum(
                    one
                    for one, levels in zip(chosen, team, strict=True)
                    if levels[domain] >= level
                )
                >= count
            )
    model.minimize(sum(chosen))
    solver = cp_model.CpSolver()
    return (
        round(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else 0
    )


def matchkit(task: Task, team: Technicians) -> int:
    """Technicians of matchkit's plan from the records, 0 where nobody can do the task. Raises ValueError
    where it is not proven.
    """
    plan = mk.solve(problem(task, team), time_limit=TIME_LIMIT)
    if plan.outcome.stopped != "proved":
        raise ValueError(f"task {task.number} is not proven in {TIME_LIMIT} s")
    return len({pair.resource for pair in plan.assignments})


SOLVERS: dict[str, Callable[[Task, Technicians], int]] = {
    "matchkit": matchkit,
    "cp_sat": by_hand,
}


def compare(file: str, most: int) -> dict[str, Any]:
    """The first tasks of a file, one problem each. Raises UnequalError where a size is not the known one, or
    the solvers differ.
    """
    team, sizes, chosen = technicians(file), known(), tasks(file)[:most]
    for solve in SOLVERS.values():
        solve(chosen[0], team)  # loads what it needs
    found, samples = [], []
    for task in chosen:
        runs = in_turns(
            {
                name: timed(partial(solve, task, team))
                for name, solve in SOLVERS.items()
            },
            1,
        )
        found.append(equal_value(f"strsp, {file}, task {task.number}", runs))
        samples.append(runs)
        if found[-1] != sizes.get((file, task.number), found[-1]):
            raise UnequalError(
                f"strsp, {file}, task {task.number}: found {found[-1]}, known {sizes[file, task.number]}"
            )
    every = {name: [run for runs in samples for run in runs[name]] for name in SOLVERS}
    return {
        "file": file.removesuffix(".txt"),
        "tasks": len(found),
        "known": sum((file, task.number) in sizes for task in chosen),
        "technicians": len(team),
        "largest": max(found),
        "seconds": spreads(every, "seconds"),
    }


def run(quick: bool) -> Figures:
    """Every file in a process of its own. Raises SkippedError without the data."""
    chosen = [file for file in files() if not quick or (file, 2) in known()][
        : 1 if quick else None
    ]
    kept = ("file", "tasks", "known", "technicians", "largest", "seconds")
    found = [in_process(compare, file, 3 if quick else 1_000) for file in chosen]
    return {"files": [{key: one[key] for key in kept} for one in found]}


def _rows(figures: Figures) -> str:
    head = (
        "tasks of",
        "tasks",
        "sizes known",
        "technicians",
        "largest team",
        "matchkit, s a task",
        "CP-SAT by hand, s a task",
    )
    return table(
        head,
        [
            (
                *(
                    one[key]
                    for key in ("file", "tasks", "known", "technicians", "largest")
                ),
                *(one["seconds"][solver] for solver in SOLVERS),
            )
            for one in figures["files"]
        ],
    )


register(
    Benchmark(
        name="strsp",
        claim="The smallest team that covers a task with levels in five domains, against known sizes",
        peers=(),
        seeds={},
        run=run,
        tables={"strsp": _rows},
    )
)
