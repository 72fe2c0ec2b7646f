"""Public assignment instances of the OR-Library, with their known optima."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contestants import matchkit_assignment
from benchmarks.instances import Weights
from benchmarks.process import ROOT, in_process
from benchmarks.registry import Benchmark, Figures, SkippedError, register
from benchmarks.suite.dense import scipy_assignment
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, equal_value, in_turns, spreads, timed

SIZES = (100, 200, 500)
SOLVERS: dict[str, Callable[[Weights], int]] = {
    "matchkit": matchkit_assignment,
    "matchkit_lap": partial(matchkit_assignment, engine="lap"),
    "scipy": scipy_assignment,
}


def instances() -> Path:
    """The folder of the instances. Raises SkippedError where it is in neither of the two places."""
    roots = (
        [Path(os.environ["MATCHKIT_DATA"])] if os.environ.get("MATCHKIT_DATA") else []
    )
    for root in (*roots, ROOT.parent / "shared" / "data"):
        if (root / "orlib_assign" / "optima.csv").is_file():
            return root / "orlib_assign"
    raise SkippedError(
        "the public instances orlib_assign are neither in the folder MATCHKIT_DATA nor in "
        "../shared/data beside the project"
    )


def costs(size: int) -> Weights:
    """The instance's cost matrix: its file is a stream of numbers, n and then n rows."""
    numbers = np.array(
        (instances() / f"assign{size}.txt").read_text(encoding="utf-8").split(),
        np.int64,
    )
    if numbers[0] != size or len(numbers) != 1 + size * size:
        raise ValueError(
            f"assign{size}.txt does not hold {size} rows of {size} numbers"
        )
    return numbers[1:].reshape(size, size).astype(np.int32)


def optima() -> dict[str, int]:
    """The least cost of every instance as published, by file name without its ending."""
    with (instances() / "optima.csv").open(encoding="utf-8", newline="") as file:
        return {
            Path(row["file"]).stem: int(row["optimum_minimise"])
            for row in csv.DictReader(file)
        }


def compare(size: int, rounds: int) -> dict[str, Any]:
    """All solvers in turns in one process, the first round to warm up."""
    cost = costs(size)
    samples = in_turns(
        {name: timed(partial(f, cost)) for name, f in SOLVERS.items()}, rounds + 1
    )
    value = equal_value(f"orlib, {size}", samples)
    if value != optima()[f"assign{size}"]:
        raise UnequalError(
            f"orlib, {size}: found {value}, published {optima()[f'assign{size}']}"
        )
    return {
        "size": size,
        "value": value,
        "seconds": spreads(
            {name: runs[1:] for name, runs in samples.items()}, "seconds"
        ),
    }


def run(quick: bool) -> Figures:
    """Every instance in a process of its own. Raises SkippedError without the data."""
    instances()
    found = [in_process(compare, size, 1 if quick else 11) for size in SIZES]
    return {
        "instances": [
            {name: one[name] for name in ("size", "value", "seconds")} for one in found
        ]
    }


def _rows(figures: Figures) -> str:
    head = (
        "instance",
        "least cost",
        "matchkit, s",
        'matchkit `engine="lap"`, s',
        "scipy, s",
    )
    rows = [
        (
            f"assign{one['size']}",
            whole(one["value"]),
            *(one["seconds"][name] for name in SOLVERS),
        )
        for one in figures["instances"]
    ]
    return table(head, rows)


register(
    Benchmark(
        name="orlib",
        claim="The published optima of the OR-Library's assignment instances 100, 200 and 500",
        peers=("scipy",),
        seeds={},
        run=run,
        tables={"orlib": _rows},
    )
)
