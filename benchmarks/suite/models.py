"""The models that users write by hand against match(): same value, and how many times faster."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.contestants import matchkit_pairs, raw_flow_pairs
from benchmarks.instances import Pairs, random_pairs
from benchmarks.models import cp_sat, networkx_simplex, pulp_cbc, scipy_milp
from benchmarks.peers_plot import peers_plot
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import equal_value, in_turns, spreads, timed, times_faster

SEED = 0
SIZES = ((1_000, 100, 20, 1), (5_000, 300, 20, 2))
"""Left nodes, right nodes, pairs a left node, most units a left node."""
SOLVERS: dict[str, Callable[[Pairs], int]] = {
    "matchkit": matchkit_pairs,
    "ortools_flow": raw_flow_pairs,
    "scipy_milp": scipy_milp,
    "pulp_cbc": pulp_cbc,
    "cp_sat": cp_sat,
    "networkx": networkx_simplex,
}
NAMES = {
    "matchkit": "matchkit `match`",
    "ortools_flow": "OR-Tools min-cost flow, bare",
    "scipy_milp": "`scipy.optimize.milp`",
    "pulp_cbc": "PuLP with CBC",
    "cp_sat": "CP-SAT by hand",
    "networkx": "`networkx.network_simplex`",
}


def compare(
    lefts: int, rights: int, degree: int, most: int, rounds: int
) -> dict[str, Any]:
    """All solvers in turns in one process, after one run of each on a small instance to load what they
    need.
    """
    small = random_pairs(20, 10, 3, SEED)
    equal_value(
        "models, warming up",
        in_turns({name: timed(partial(f, small)) for name, f in SOLVERS.items()}, 1),
    )
    pairs = random_pairs(lefts, rights, degree, SEED, most)
    samples = in_turns(
        {name: timed(partial(f, pairs)) for name, f in SOLVERS.items()},
        rounds,
        patience=30,
    )
    return {
        "left": lefts,
        "right": rights,
        "pairs": lefts * degree,
        "value": equal_value(f"models, {lefts * degree} pairs", samples),
        "seconds": spreads(samples, "seconds"),
        "times_faster": times_faster(samples, "matchkit"),
    }


def run(quick: bool) -> Figures:
    """Both sizes, each in a process of its own."""
    sizes = [(100, 20, 5, 2)] if quick else SIZES
    kept = ("left", "right", "pairs", "value", "seconds", "times_faster")
    found = [in_process(compare, *size, 1 if quick else 5) for size in sizes]
    return {"sizes": [{name: one[name] for name in kept} for one in found]}


def _rows(figures: Figures) -> str:
    sizes = figures["sizes"]
    head = ["model"]
    for size in sizes:
        head += [f"{whole(size['pairs'])} pairs, s", "times matchkit's time"]
    measured = [size[field] for size in sizes for field in ("seconds", "times_faster")]
    return table(
        head,
        [
            (NAMES[solver], *(column.get(solver) for column in measured))
            for solver in SOLVERS
        ],
    )


register(
    Benchmark(
        name="models",
        claim=(
            "match() against the same matching as users write it for general solvers: equal values, "
            "times faster"
        ),
        peers=("scipy", "pulp", "networkx"),
        seeds={"instance": SEED},
        run=run,
        tables={"models": _rows},
        draw=lambda figures: {"peers.svg": peers_plot(figures)},
    )
)
