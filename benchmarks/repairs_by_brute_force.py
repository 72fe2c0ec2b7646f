"""Repairs of random small problems against every set of candidate changes: ``python -m
benchmarks.repairs_by_brute_force``.

The campaign is that of the tests (tests/explain/repair_campaign.py), which the gate runs on some seeds. The
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

FIRST_SEED, COMPARED, STEP = 1_000_000, 500, 20
CLAIM = (
    "every repair offered fills its demand when applied and solved, and loses nothing in a goal "
    "that counts; brute force over all sets of"
    " candidate changes and all teams finds none cheaper"
)


def part(first: int) -> tuple[Counter[str], list[str]]:
    """What the campaign saw on so many seeds, and the disagreements."""
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("explain", "solving", "compile", "verification")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    tally = __import__("repair_campaign").campaign(first, STEP)
    return tally.seen, tally.disagreements


def run(first: int, compared: int, workers: int) -> Figures:
    """What the campaign saw until so many problems were compared; ``disagreements`` lists each with its
    seed.
    """
    seen: Counter[str] = Counter()
    disagreements: list[str] = []
    began = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        while seen["compared"] < compared:
            for found, wrong in pool.map(
                part, range(first, first + workers * STEP, STEP)
            ):
                seen.update(found)
                seen["seeds"] += STEP
                disagreements += wrong
            first += workers * STEP
            print(
                (
                    f"{seen['compared']} compared, {len(disagreements)} disagreements, "
                    f"{time.perf_counter() - began:.0f} s"
                ),
                flush=True,
            )
    return {**dict(sorted(seen.items())), "disagreements": disagreements}


def main() -> int:
    """Compare so many problems; 0 where none disagrees."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.repairs_by_brute_force", description=CLAIM
    )
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument(
        "--compared",
        type=int,
        default=COMPARED,
        help="problems to compare; those too large to list do not count",
    )
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    figures = run(asked.first, asked.compared, asked.workers)
    for line in figures["disagreements"]:
        print(line)
    if figures["disagreements"]:
        return 1
    seeds = {"first": asked.first, "count": figures["seeds"]}
    benchmark = Benchmark("repairs", CLAIM, (), seeds, lambda _: figures, {})
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
