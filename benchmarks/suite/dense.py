"""Square assignment problems: match() against the dense solvers of scipy and lap, whoever is faster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks.contestants import matchkit_assignment
from benchmarks.instances import Weights, square_costs
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import equal_value, in_turns, spreads, timed, times_faster

SEED = 0
CASES = ("random", "geo")


def scipy_assignment(cost: Weights) -> int:
    """scipy.optimize.linear_sum_assignment: shortest augmenting paths."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(cost)
    return int(cost[rows, columns].astype(np.int64).sum())


def lap_lapjv(cost: Weights) -> int:
    """lap.lapjv: Jonker and Volgenant 1987."""
    import lap

    _, columns, _ = lap.lapjv(cost)
    return int(cost[np.arange(len(cost)), columns].astype(np.int64).sum())


SOLVERS: dict[str, Callable[[Weights], int]] = {
    "matchkit": matchkit_assignment,
    "matchkit_lap": partial(matchkit_assignment, engine="lap"),
    "scipy": scipy_assignment,
    "lap": lap_lapjv,
}


def compare(case: str, size: int, rounds: int) -> dict[str, Any]:
    """All solvers in turns in one process, after one run of each on a small instance to load what they
    need.
    """
    small = square_costs(case, 20, SEED)
    equal_value(
        "dense, warming up",
        in_turns({name: timed(partial(f, small)) for name, f in SOLVERS.items()}, 1),
    )
    cost = square_costs(case, size, SEED)
    samples = in_turns(
        {name: timed(partial(f, cost)) for name, f in SOLVERS.items()},
        rounds,
        patience=60,
    )
    return {
        "case": case,
        "size": size,
        "value": equal_value(f"dense, {case}, {size}", samples),
        "seconds": spreads(samples, "seconds"),
        "times_faster": times_faster(samples, "matchkit"),
    }


def run(quick: bool) -> Figures:
    """Both cases in every size, each in a process of its own."""
    kept = ("case", "size", "value", "seconds", "times_faster")
    found = [
        in_process(compare, case, size, 1 if quick else 5)
        for case in CASES
        for size in ((100,) if quick else (1_000, 2_000, 4_000))
    ]
    return {"instances": [{name: one[name] for name in kept} for one in found]}


def _rows(figures: Figures) -> str:
    head = (
        "costs",
        "n",
        "matchkit, s",
        'matchkit `engine="lap"`, s',
        "scipy, s",
        "lap, s",
        "scipy : matchkit",
        "lap : matchkit",
    )
    return table(
        head,
        [
            (
                one["case"],
                whole(one["size"]),
                *(one["seconds"][name] for name in SOLVERS),
                one["times_faster"]["scipy"],
                one["times_faster"]["lap"],
            )
            for one in figures["instances"]
        ],
    )


register(
    Benchmark(
        name="dense",
        claim=(
            "match() on n x n costs, everybody assigned, against scipy's and lap's dense solvers: "
            "equal values, any ratio"
        ),
        peers=("scipy", "lap"),
        seeds={"instance": SEED},
        run=run,
        tables={"dense": _rows},
    )
)
