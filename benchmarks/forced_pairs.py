"""Thousands of forced pairs at random against solving with the lock: ``python -m benchmarks.forced_pairs``.

The campaigns are those of the tests (tests/explain/pair_campaign.py), which the gate runs on some seeds. The
result is written only where nothing disagrees.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark, Figures

FIRST_SEED, FLOWS, GENERAL, STEP = 1_000_000, 2_000, 500, 20
CLAIM = (
    "forcing an eligible pair loses exactly what why_not states in a flow, and lies within its "
    "range elsewhere; in a flow its moves lead"
    " to a plan that is optimal with the pair, and pairs are ruled out exactly where no plan has them"
)
CAMPAIGNS = {
    "flows": ("flow_campaign", ("exact",)),
    "general": (
        "general_campaign",
        ("exact by search", "bound by search", "exact by prices"),
    ),
}
"""Function by name, and the answers that count as pairs compared."""


def part(name: str, first: int) -> tuple[Counter[str], list[str]]:
    """What a campaign saw on so many seeds, and the disagreements."""
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("explain", "solving", "compile", "verification")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    tally = getattr(__import__("pair_campaign"), CAMPAIGNS[name][0])(first, STEP)
    return tally.seen, tally.disagreements


def run(first: int, compared: dict[str, int], workers: int) -> Figures:
    """What the campaigns saw until each has compared so many pairs; ``disagreements`` lists each with its
    seed.
    """
    figures: Figures = {}
    disagreements: list[str] = []
    began = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for name, asked in compared.items():
            seen: Counter[str] = Counter()
            seed = first
            while (done := sum(seen[answer] for answer in CAMPAIGNS[name][1])) < asked:
                firsts = range(seed, seed + workers * STEP, STEP)
                for found, wrong in pool.map(part, [name] * workers, firsts):
                    seen.update(found)
                    seen["seeds"] += STEP
                    disagreements += [f"{name}, {line}" for line in wrong]
                seed += workers * STEP
                print(
                    (
                        f"{name}: {done} compared, {len(disagreements)} disagreements, "
                        f"{time.perf_counter() - began:.0f} s"
                    ),
                    flush=True,
                )
            figures[name] = {**dict(sorted(seen.items())), "compared": done}
    return {**figures, "disagreements": disagreements}


def main() -> int:
    """Compare so many pairs; 0 where none disagrees."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.forced_pairs", description=CLAIM
    )
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument(
        "--flows",
        type=int,
        default=FLOWS,
        help="pairs to compare in problems that a flow expresses",
    )
    parser.add_argument(
        "--general",
        type=int,
        default=GENERAL,
        help="pairs to compare in problems with every rule",
    )
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    figures = run(
        asked.first, {"flows": asked.flows, "general": asked.general}, asked.workers
    )
    for line in figures["disagreements"]:
        print(line)
    if figures["disagreements"]:
        return 1
    seeds = {
        "first": asked.first,
        **{f"seeds, {name}": figures[name]["seeds"] for name in CAMPAIGNS},
    }
    benchmark = Benchmark("forced_pairs", CLAIM, (), seeds, lambda _: figures, {})
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
