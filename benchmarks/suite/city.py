"""The generated city: from its JSON file to a verified plan, then its proof checked in plain Python."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import matchkit as mk
from benchmarks.phases_plot import phases_plot
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, spread
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import count_eligible
from matchkit.compile.instance import Instance
from matchkit.solvers.flow.solution import Progress
from matchkit.tables.plans import read_plan, write_plan
from matchkit.tables.problems import write_problem

SEED = 0
PHASES = ("read", "compile", "match", "decode", "verify", "write")


def draw(scale: str, folder: str) -> dict[str, Any]:
    """Put the city's problem into the folder, and count what is in it."""
    problem = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    write_problem(problem, Path(folder) / "problem.json")
    return {
        "resources": len(problem.resources),
        "requirements": sum(len(demand.requirements) for demand in problem.demands),
        "wanted": sum(
            need.wanted for demand in problem.demands for need in demand.requirements
        ),
        "eligible_pairs": int(
            count_eligible(compile_problem(Instance(problem))).resources.sum()
        ),
        "file_mb": (Path(folder) / "problem.json").stat().st_size / 1e6,
    }


def plan(folder: str) -> dict[str, Any]:
    """From problem.json to plan.json, with the seconds of every phase."""
    moments: dict[str, float] = {}

    def listen(step: Progress) -> None:
        # The first word of matching comes when its first round is over, and says how long that took.
        began = time.perf_counter() - (step.seconds if step.phase == "match" else 0)
        moments.setdefault(step.phase, began)

    moments["read"] = time.perf_counter()
    problem = mk.read_problem(Path(folder) / "problem.json")
    answer = mk.solve(problem, progress=listen)
    moments["write"] = time.perf_counter()
    write_plan(None, answer, Path(folder) / "plan.json")
    ends = [*(moments[phase] for phase in PHASES[1:]), time.perf_counter()]
    return {
        "phases": {
            phase: end - moments[phase] for phase, end in zip(PHASES, ends, strict=True)
        },
        "seconds": ends[-1] - moments["read"],
        "gap": answer.outcome.gap,
        "goals": [[goal.name, goal.value, goal.bound] for goal in answer.outcome.goals],
        "assigned": sum(pair.quantity for pair in answer.assignments),
        "missing": sum(short.missing for short in answer.shortfalls),
        "plan_digest": hashlib.sha256(
            (Path(folder) / "plan.json").read_bytes()
        ).hexdigest(),
    }


def prove(folder: str) -> dict[str, Any]:
    """Read both files again and check the proof over all eligible pairs, in plain Python."""
    problem, answer = (
        mk.read_problem(Path(folder) / "problem.json"),
        read_plan(Path(folder) / "plan.json"),
    )
    began = time.perf_counter()
    report = mk.check_certificate(problem, answer)
    seconds = time.perf_counter() - began
    mk.verify(problem, answer).raise_if_broken()
    report.raise_if_broken()
    return {"seconds": seconds}


def run(quick: bool) -> Figures:
    """Every scale; each plan in a process of its own, the same to the byte every time."""
    scales = {}
    for scale in ("street",) if quick else ("street", "district", "city"):
        with tempfile.TemporaryDirectory() as folder:
            made = in_process(draw, scale, folder)
            plans = [in_process(plan, folder) for _ in range(1 if quick else 5)]
            proofs = [
                in_process(prove, folder)
                for _ in range(1 if quick or scale == "city" else 3)
            ]
        if len({json.dumps([one["plan_digest"], one["goals"]]) for one in plans}) != 1:
            raise UnequalError(f"city, {scale}: the same file gave different plans")
        one = plans[0]
        if one["gap"] != 0 or any(value != bound for _, value, bound in one["goals"]):
            raise UnequalError(
                f"city, {scale}: the plan is not proven optimal: gap {one['gap']}, goals {one['goals']}"
            )
        scales[scale] = {
            **{
                name: made[name]
                for name in (
                    "resources",
                    "requirements",
                    "wanted",
                    "eligible_pairs",
                    "file_mb",
                )
            },
            **{
                name: one[name]
                for name in ("assigned", "missing", "gap", "goals", "plan_digest")
            },
            "phases": {
                phase: spread([sample["phases"][phase] for sample in plans])
                for phase in PHASES
            },
            "file_to_plan_seconds": spread([sample["seconds"] for sample in plans]),
            "process_seconds": spread([sample["process_seconds"] for sample in plans]),
            "peak_mb": spread([sample["peak_mb"] for sample in plans]),
            "check_certificate_seconds": spread(
                [sample["seconds"] for sample in proofs]
            ),
        }
    return {"scales": scales}


def _totals(figures: Figures) -> str:
    counts = ("scale", "resources", "requirements", "eligible pairs", "gap")
    head = (
        *counts,
        "file to verified plan, s",
        "whole process, s",
        "peak, MB",
        "`check_certificate`, s",
    )
    return table(
        head,
        [
            (
                name,
                *(
                    whole(scale[field])
                    for field in ("resources", "requirements", "eligible_pairs")
                ),
                *(
                    scale[field]
                    for field in (
                        "gap",
                        "file_to_plan_seconds",
                        "process_seconds",
                        "peak_mb",
                        "check_certificate_seconds",
                    )
                ),
            )
            for name, scale in figures["scales"].items()
        ],
    )


def _phases(figures: Figures) -> str:
    rows = [
        (name, *(scale["phases"][phase] for phase in PHASES))
        for name, scale in figures["scales"].items()
    ]
    return table(("scale", *(f"{phase}, s" for phase in PHASES)), rows)


register(
    Benchmark(
        name="city",
        claim="From the JSON file of a generated city to a verified plan with gap 0 over all eligible pairs",
        peers=(),
        seeds={"city": SEED, "solve": 0},
        run=run,
        tables={"city": _totals, "city phases": _phases},
        draw=lambda figures: {"phases.svg": phases_plot(figures)},
    )
)
