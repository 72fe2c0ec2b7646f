"""Audits of a thousand and more random tables against every part and every single change: ``python -m benchmarks.differential_audits``.

The campaign is that of tests/explain/audit_campaign.py. The result is written only where nothing disagrees.
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

FIRST_SEED, COUNT, STEP = 5_000_000, 1_500, 25
CLAIM = (
    "of random tables of random problems, with every rule: the largest part that an audit gives is the largest of all parts, what it states"
    " of each improvement is what the checker counts, and the first is the best of all single changes"
)


def part(first: int, count: int) -> tuple[Counter[str], list[str]]:
    """What the campaign saw on so many seeds, and the disagreements."""
    folders = [str(ROOT / "tests" / folder) for folder in ("explain", "solve", "compile", "verify")]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    tally = __import__("audit_campaign").campaign(first, count)
    return tally.seen, tally.disagreements


def run(first: int, count: int, workers: int) -> Figures:
    """What the campaign saw; ``disagreements`` lists each with its seed."""
    seen: Counter[str] = Counter()
    disagreements: list[str] = []
    began, begins = time.perf_counter(), range(first, first + count, STEP)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        sizes = [min(STEP, first + count - begin) for begin in begins]
        for done, (found, wrong) in enumerate(pool.map(part, begins, sizes), 1):
            seen.update(found)
            disagreements.extend(wrong)
            print(f"{done} of {len(begins)} parts, {len(disagreements)} disagreements, {time.perf_counter() - began:.0f} s", flush=True)
    return {"seen": dict(sorted(seen.items())), "disagreements": disagreements}


def main() -> int:
    """Audit tables of so many problems; 0 where nothing disagrees."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differential_audits", description=CLAIM)
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    figures = run(asked.first, asked.count, asked.workers)
    for line in figures["disagreements"]:
        print(line)
    if figures["disagreements"]:
        return 1
    benchmark = Benchmark("differential_audits", CLAIM, (), {"first": asked.first, "count": asked.count}, lambda _: figures, {})
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
