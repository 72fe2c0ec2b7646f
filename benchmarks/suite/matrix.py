"""Complete matrices: 39 million pairs through match() against OR-Tools' min-cost flow given all of them."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.contestants import matchkit_matrix, raw_flow_matrix
from benchmarks.instances import CASES, complete_matrix
from benchmarks.process import in_process, peak_mb, resident_mb
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import equal_value, in_turns, spreads, timed, times_faster

SEED = 3
SOLVERS = {"matchkit": matchkit_matrix, "ortools_flow": raw_flow_matrix}


def draw(case: str, lefts: int, rights: int, folder: str) -> dict[str, Any]:
    """Put an instance into the folder, so that no solver's process holds what drawing it took."""
    weight, slots = complete_matrix(case, lefts, rights, SEED)
    np.save(Path(folder) / "weight.npy", weight)
    np.save(Path(folder) / "slots.npy", slots)
    return {"matrix_mb": weight.nbytes / 1e6, "slots": int(slots.sum())}


def solve(solver: str, folder: str) -> dict[str, Any]:
    """One solver on the folder's instance: seconds, value, and its peak memory beyond matrix and
    libraries.
    """
    import ortools.graph.python.min_cost_flow  # noqa: F401 - both need it; neither is charged for loading it

    weight, slots = (
        np.load(Path(folder) / "weight.npy"),
        np.load(Path(folder) / "slots.npy"),
    )
    before, peak = resident_mb(), peak_mb()
    sample = timed(partial(SOLVERS[solver], weight, slots))()
    # Loading is no part of the solver's peak, unless it was the higher one.
    return {**sample, "beyond_matrix_mb": max(peak_mb(), peak) - before}


def run(quick: bool) -> Figures:
    """All four cases; each solver in turns, each run in a process of its own."""
    lefts, rights, rounds = (1_400, 279, 1) if quick else (14_000, 2_791, 3)
    cases = {}
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            made = in_process(draw, case, lefts, rights, folder)
            samples = in_turns(
                {name: partial(in_process, solve, name, folder) for name in SOLVERS},
                rounds,
            )
        cases[case] = {
            "slots": made["slots"],
            "value": equal_value(f"matrix, {case}", samples),
            "seconds": spreads(samples, "seconds"),
            "times_faster": times_faster(samples, "matchkit")["ortools_flow"],
            "beyond_matrix_mb": spreads(samples, "beyond_matrix_mb"),
        }
    return {
        "rows": lefts,
        "columns": rights,
        "pairs": lefts * rights,
        "matrix_mb": made["matrix_mb"],
        "cases": cases,
    }


def _cases(figures: Figures) -> str:
    head = (
        "case",
        "slots",
        "matchkit, s",
        "OR-Tools flow, s",
        "times faster",
        "matchkit, MB beyond the matrix",
        "OR-Tools flow, MB",
    )
    return table(
        head,
        [
            (
                name,
                whole(case["slots"]),
                case["seconds"]["matchkit"],
                case["seconds"]["ortools_flow"],
                case["times_faster"],
                case["beyond_matrix_mb"]["matchkit"],
                case["beyond_matrix_mb"]["ortools_flow"],
            )
            for name, case in figures["cases"].items()
        ],
    )


register(
    Benchmark(
        name="matrix",
        claim=(
            "match() on a complete matrix finds the value of OR-Tools' min-cost flow given all pairs, "
            "in less time and memory"
        ),
        peers=(),
        seeds={"instance": SEED},
        run=run,
        tables={"matrix": _cases},
    )
)
