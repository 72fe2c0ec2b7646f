"""Sparse random pairs, from 100,000 to 10 million: match() against OR-Tools' min-cost flow, build and
solve.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contestants import matchkit_pairs, raw_flow_pairs
from benchmarks.growth_plot import growth_plot
from benchmarks.instances import Pairs, random_pairs
from benchmarks.process import in_process, peak_mb, resident_mb
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import equal_value, in_turns, spreads, timed, times_faster

SEED = 0
SOLVERS = {"matchkit": matchkit_pairs, "ortools_flow": raw_flow_pairs}
SERIES = {
    "denser": [(100_000, 1_000, degree) for degree in (1, 2, 5, 10, 20, 50, 100)],
    "larger": [
        (size * 50, size, 20) for size in (100, 200, 500, 1_000, 2_000, 5_000, 10_000)
    ],
}
"""Left nodes, right nodes, pairs a left node: the same nodes with more pairs each, and more nodes with 20
pairs each.
"""
QUICK = {
    "denser": [(2_000, 100, degree) for degree in (2, 20)],
    "larger": [(size * 50, size, 5) for size in (20, 50)],
}


def draw(lefts: int, rights: int, degree: int, folder: str) -> dict[str, Any]:
    """Put an instance into the folder."""
    pairs = random_pairs(lefts, rights, degree, SEED)
    for field in fields(Pairs):
        np.save(Path(folder) / f"{field.name}.npy", getattr(pairs, field.name))
    return {}


def solve(solver: str, folder: str) -> dict[str, Any]:
    """One solver on the folder's instance, from the arrays to the value: seconds, and peak memory beyond the
    arrays.
    """
    import ortools.graph.python.min_cost_flow  # noqa: F401 - both need it; neither is charged for loading it

    pairs = Pairs(
        *(np.load(Path(folder) / f"{field.name}.npy") for field in fields(Pairs))
    )
    before, peak = resident_mb(), peak_mb()
    sample = timed(partial(SOLVERS[solver], pairs))()
    return {**sample, "beyond_arrays_mb": max(peak_mb(), peak) - before}


def run(quick: bool) -> Figures:
    """Both series; each solver in turns, each run in a process of its own."""
    chosen, rounds = (QUICK, 1) if quick else (SERIES, 3)
    return {
        "series": {
            name: [_size(name, *size, rounds=rounds) for size in sizes]
            for name, sizes in chosen.items()
        }
    }


def _size(series: str, lefts: int, rights: int, degree: int, *, rounds: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        in_process(draw, lefts, rights, degree, folder)
        samples = in_turns(
            {name: partial(in_process, solve, name, folder) for name in SOLVERS}, rounds
        )
    return {
        "left": lefts,
        "right": rights,
        "pairs": lefts * degree,
        "value": equal_value(f"sparse, {series}, {lefts * degree} pairs", samples),
        "seconds": spreads(samples, "seconds"),
        "matchkit_to_ortools": times_faster(samples, "ortools_flow")["matchkit"],
        "beyond_arrays_mb": spreads(samples, "beyond_arrays_mb"),
    }


def _rows(series: str, figures: Figures) -> str:
    memory = "matchkit, MB beyond the arrays", "OR-Tools flow, MB"
    head = (
        "pairs",
        "nodes",
        "matchkit, s",
        "OR-Tools flow, s",
        "matchkit : OR-Tools",
        *memory,
    )
    return table(
        head,
        [
            (
                whole(size["pairs"]),
                f"{size['left']:,} x {size['right']:,}",
                size["seconds"]["matchkit"],
                size["seconds"]["ortools_flow"],
                size["matchkit_to_ortools"],
                size["beyond_arrays_mb"]["matchkit"],
                size["beyond_arrays_mb"]["ortools_flow"],
            )
            for size in figures["series"][series]
        ],
    )


def _growth(figures: Figures) -> Mapping[str, bytes]:
    return {"growth.svg": growth_plot(figures)}


register(
    Benchmark(
        name="sparse",
        claim=(
            "match() on random pairs costs little more than OR-Tools' min-cost flow on them, and its "
            "answer is proven"
        ),
        peers=(),
        seeds={"instance": SEED},
        run=run,
        tables={f"sparse {name}": partial(_rows, name) for name in SERIES},
        draw=_growth,
    )
)
