"""Thousands of random problems through solve(), against brute force, CP-SAT and HiGHS: ``python -m
benchmarks.differential_problems``.

The campaign is that of the tests (tests/solving/problem_campaign.py), which the gate runs on a few hundred.
The result is written only where nothing disagrees.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark, Figures

FIRST_SEED, COUNT, STEP = 1_000_000, 5_000, 250
CLAIM = (
    "solve() on random problems with every rule reaches what brute force, CP-SAT and HiGHS reach, goal "
    "by goal, and proves it"
)


def run(first_seed: int, count: int) -> Figures:
    """What the campaign saw, case by case; ``disagreements`` lists each with its seed."""
    sys.path[:0] = [
        str(ROOT / "tests" / folder)
        for folder in ("solving", "compile", "verification")
    ]
    from problem_campaign import Tally, campaign

    whole, began = Tally(), time.perf_counter()
    for first in range(first_seed, first_seed + count, STEP):
        part = campaign(first, min(STEP, first_seed + count - first))
        whole.seen.update(part.seen)
        whole.disagreements.extend(part.disagreements)
        print(
            (
                f"{whole.seen['cases']:,} cases, {len(whole.disagreements)} disagreements, "
                f"{time.perf_counter() - began:.0f} s"
            ),
            flush=True,
        )
    return {
        "seen": dict(sorted(whole.seen.items())),
        "disagreements": whole.disagreements,
    }


def main() -> int:
    """Run so many cases; 0 where none disagrees."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.differential_problems", description=CLAIM
    )
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    asked = parser.parse_args()
    figures = run(asked.first_seed, asked.count)
    for line in figures["disagreements"]:
        print(line)
    if figures["disagreements"]:
        return 1
    seeds = {"first": asked.first_seed, "count": asked.count}
    benchmark = Benchmark(
        "differential_problems", CLAIM, ("scipy",), seeds, lambda _: figures, {}
    )
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
