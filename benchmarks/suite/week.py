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

SEED = 0
TIME_LIMITS = {"street": 30.0, "district": 60.0, "city": 120.0}


def plan(scale: str, time_limit: float) -> dict[str, Any]:
    """What is in the week, and the verified plan."""
    began = time.perf_counter()
    problem = city_week(scale, SEED)  # type: ignore[arg-type]
    built = time.perf_counter() - began
    found, told = solved(
        lambda listen: mk.solve(problem, time_limit=time_limit, progress=listen)
    )
    mk.verify(problem, found).raise_if_broken()
    return {
        "time_limit": time_limit,
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
    """Every scale in a process of its own."""
    scales = {}
    for scale, time_limit in ({"street": 5.0} if quick else TIME_LIMITS).items():
        found = in_process(plan, scale, time_limit)
        scales[scale] = {
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
    for goal in names:
        cells: list[str | None] = []
        for scale in found.values():
            value, bound = next(
                (
                    (value, bound)
                    for name, value, bound in scale["goals"]
                    if name == goal
                ),
                (None, None),
            )
            cells += [
                None if number is None else whole(number) for number in (value, bound)
            ]
        rows.append((goal, *cells))
    return table(
        ("goal", *(words for scale in found for words in (scale, "bound"))), rows
    )


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
        seeds={"city": SEED, "solve": 0},
        run=run,
        tables={"week": _rows, "week goals": _goals, "week phases": _phases},
    )
)
