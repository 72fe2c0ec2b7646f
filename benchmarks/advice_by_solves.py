"""Advice on hundreds of random problems against solves: ``python -m benchmarks.advice_by_solves``.

The campaign is that of the tests (tests/explain/advice_campaign.py). The result is written only where nothing
disagrees.
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

FIRST_SEED, SEEDS, STEP = 2_000_000, 400, 20
CLAIM = (
    "what one more resource adds is stated exactly or bounded, what resources and units add lies "
    "within its bounds, the datum that keeps a"
    " resource idle makes it useful once changed, and no k recruits or trainees exceed the bound "
    "stated, against solves of every one"
)


def part(first: int) -> tuple[Counter[str], list[str]]:
    """What the campaign saw on so many seeds, and the disagreements."""
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("explain", "solving", "compile", "verification")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    tally = __import__("advice_campaign").campaign(first, STEP)
    return tally.seen, tally.disagreements


def main() -> int:
    """Compare on so many seeds; 0 where nothing disagrees."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.advice_by_solves", description=CLAIM
    )
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    seen: Counter[str] = Counter()
    disagreements: list[str] = []
    began = time.perf_counter()
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        for found, wrong in pool.map(
            part, range(asked.first, asked.first + asked.seeds, STEP)
        ):
            seen.update(found)
            disagreements += wrong
            print(
                (
                    f"{sum(seen.values())} compared, {len(disagreements)} disagreements, "
                    f"{time.perf_counter() - began:.0f} s"
                ),
                flush=True,
            )
    for line in disagreements:
        print(line)
    if disagreements:
        return 1
    figures: Figures = {**dict(sorted(seen.items())), "disagreements": disagreements}
    benchmark = Benchmark(
        "advice",
        CLAIM,
        (),
        {"first": asked.first, "seeds": asked.seeds},
        lambda _: figures,
        {},
    )
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
