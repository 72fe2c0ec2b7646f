"""Repairs of a solved city: for shortages drawn at random, how many get a repair that a solve confirms."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError
from matchkit.answers.apply import apply_changes
from matchkit.answers.repairs import RepairCosts

SEED = 0
ASKED, CHECKED = 50, 3
"""Shortages drawn, and of these so many whose first repair is applied and solved again from nothing."""
SECONDS = 10.0
"""The time limit of each."""


def measure(scale: str, count: int) -> dict[str, Any]:
    """Ask about so many shortages of a scale, in this process; the first question prepares what all share."""
    problem = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    plan = mk.solve(problem)
    rng = random.Random(SEED)  # noqa: S311 - a sample
    drawn = rng.sample(plan.shortfalls, min(count, len(plan.shortfalls)))
    asked = mk.Explainer(problem, plan)
    seconds, answers = [], []
    for shortage in drawn:
        began = time.perf_counter()
        answers.append(asked.repairs(shortage.demand, most=1, time_limit=SECONDS))
        seconds.append(time.perf_counter() - began)
    repaired = [answer for answer in answers if answer.repairs]
    for answer in repaired[:CHECKED]:
        again = mk.solve(apply_changes(problem, answer.repairs[0].changes))
        if any(lack.demand == answer.demand for lack in again.shortfalls):
            raise UnequalError(
                f"{answer.demand} still lacks something after its repair"
            )
    new = RepairCosts().add_resource or 0
    return {
        "shortages": len(plan.shortfalls),
        "asked": len(drawn),
        "repaired": len(repaired),
        "cheaper_than_new_people": sum(
            answer.repairs[0].price < new * sum(claim.units for claim in answer.lacking)
            for answer in repaired
        ),
        "time_limit_seconds": SECONDS,
        "seconds": {
            "runs": len(seconds),
            **{
                name: round(float(np.percentile(seconds, place)), 2)
                for name, place in {
                    "min": 0,
                    "median": 50,
                    "p95": 95,
                    "max": 100,
                }.items()
            },
        },
        "solved_again": min(CHECKED, len(repaired)),
    }


def run(quick: bool) -> Figures:
    """Every scale in a process of its own."""
    scales = ("district",) if quick else ("city",)
    return {
        "scales": {
            scale: in_process(measure, scale, 3 if quick else ASKED) for scale in scales
        }
    }


def _repairs(figures: Figures) -> str:
    head = (
        "scale",
        "shortages",
        "asked about",
        "a repair confirmed",
        "cheaper than new people alone",
        "median, s",
        "95 %, s",
        "greatest, s",
    )
    counts = ("shortages", "asked", "repaired", "cheaper_than_new_people")
    return table(
        head,
        [
            (
                name,
                *(whole(scale[field]) for field in counts),
                *(scale["seconds"][field] for field in ("median", "p95", "max")),
            )
            for name, scale in figures["scales"].items()
        ],
    )


register(
    Benchmark(
        name="city_repairs",
        claim="For shortages of a city drawn at random, a repair within 10 seconds that a solve confirms",
        peers=(),
        seeds={"city": SEED, "solve": 0, "shortages": SEED},
        run=run,
        tables={"city repairs": _repairs},
    )
)
