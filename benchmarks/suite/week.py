"""The generated city's week with time and loads: how far a plan is from its bound where no flow can express
the problem.
"""

from __future__ import annotations

import time
from typing import Any

import matchkit as mk
from benchmarks.city_week import city_week
from benchmarks.phases import GENERAL, outcome, percent, solved
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole

SEEDS = (0, 1, 2)
TIME_LIMITS = (("street", 30.0), ("district", 60.0), ("city", 45.0), ("city", 120.0))
LONGEST = dict(TIME_LIMITS)


def plan(scale: str, seed: int, time_limit: float) -> dict[str, Any]:
    """What is in the week, the verified plan, and its certificate checked by the checker's plain Python."""
    began = time.perf_counter()
    problem = city_week(scale, seed)  # type: ignore[arg-type]
    built = time.perf_counter() - began
    found, told = solved(
        lambda listen: mk.solve(problem, time_limit=time_limit, progress=listen)
    )
    mk.verify(problem, found).raise_if_broken()
    began = time.perf_counter()
    if found.certificate is not None:
        mk.check_certificate(problem, found).raise_if_broken()
    checked = time.perf_counter() - began
    return {
        "time_limit": time_limit,
        "seed": seed,
        "check_seconds": None if found.certificate is None else round(checked, 1),
        "resources": len(problem.resources),
        "requirements": sum(len(demand.requirements) for demand in problem.demands),
        "wanted": sum(
            need.wanted for demand in problem.demands for need in demand.requirements
        ),
        "records_seconds": round(built, 3),
        **told,
        **outcome(found),
    }


def run(quick: bool) -> Figures:
    """Every case in a process of its own; of the city also with less time."""
    cases = [("street", 0, 5.0)]
    if not quick:
        cases = [(scale, seed, limit) for scale, limit in TIME_LIMITS for seed in SEEDS]
    scales = {}
    for scale, seed, limit in cases:
        found = in_process(plan, scale, seed, limit)
        name = (
            scale if quick or limit == LONGEST[scale] else f"{scale} in {limit:.0f} s"
        )
        scales[name if seed == 0 else f"{name}, seed {seed}"] = {
            **found,
            "process_seconds": round(found["process_seconds"], 2),
            "peak_mb": round(found["peak_mb"], 1),
        }
    return {"scales": scales}


def _rows(figures: Figures) -> str:
    counts = ("resources", "requirements", "pairs", "filled", "missing")
    head = (
        "scale",
        "resources",
        "requirements",
        "eligible pairs",
        "slots filled",
        "missing",
        "gap",
        "in the goal",
        "s",
        "certificate checked, s",
        "peak, MB",
    )
    rows = []
    for name, scale in figures["scales"].items():
        counted = [
            None if scale[count] is None else whole(scale[count]) for count in counts
        ]
        rows.append(
            (
                name,
                *counted,
                percent(scale["gap"]),
                scale["gap_in"],
                scale["seconds"],
                scale["check_seconds"],
                scale["peak_mb"],
            )
        )
    return table(head, rows)


def _goals(figures: Figures) -> str:
    found = figures["scales"]
    names = list(
        dict.fromkeys(name for scale in found.values() for name, _, _ in scale["goals"])
    )
    rows = []
    for name, scale in found.items():
        goals = {goal: numbers for goal, *numbers in scale["goals"]}
        cells = [
            " of ".join(
                "?" if number is None else whole(number)
                for number in goals.get(goal, ())
            )
            for goal in names
        ]
        rows.append((name, *cells))
    return table(("scale", *names), rows)


def _phases(figures: Figures) -> str:
    rows = [
        (name, *(scale["phases"].get(phase) for phase in GENERAL))
        for name, scale in figures["scales"].items()
    ]
    return table(("scale", *(f"{phase}, s" for phase in GENERAL)), rows)


register(
    Benchmark(
        name="week",
        claim=(
            "The generated city's week, with hours, rests, ways and loads: slots filled, and how far "
            "the goals are proven"
        ),
        peers=(),
        seeds={"first city": SEEDS[0], "cities": len(SEEDS), "solve": 0},
        run=run,
        tables={"week": _rows, "week goals": _goals, "week phases": _phases},
    )
)
