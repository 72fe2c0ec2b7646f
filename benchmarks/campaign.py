"""A campaign of the tests on thousands of seeds: in parts, several at a time; the result is written only
where nothing disagrees.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark, Figures

STEP = 25
"""Seeds in one part."""


@dataclass(frozen=True)
class Campaign:
    """A module of tests/explain whose ``campaign(first, count)`` tells what it saw and what disagrees."""

    name: str
    claim: str
    module: str
    first: int
    count: int

    def main(self) -> int:
        """Run it as the command line asks; 0 where nothing disagrees."""
        parser = argparse.ArgumentParser(
            prog=f"python -m benchmarks.{self.name}", description=self.claim
        )
        parser.add_argument("--first", type=int, default=self.first)
        parser.add_argument("--count", type=int, default=self.count)
        parser.add_argument("--workers", type=int, default=1)
        asked = parser.parse_args()
        figures = self.run(asked.first, asked.count, asked.workers)
        if figures["disagreements"]:
            return 1
        benchmark = Benchmark(
            self.name,
            self.claim,
            (),
            {"first": asked.first, "count": asked.count},
            lambda _: figures,
            {},
        )
        write_result(RESULTS, result_of(benchmark, figures))
        return 0

    def run(self, first: int, count: int, workers: int) -> Figures:
        """What the campaign saw; ``disagreements`` lists each with its seed, and is printed as it grows."""
        seen: Counter[str] = Counter()
        disagreements: list[str] = []
        began, begins = time.perf_counter(), range(first, first + count, STEP)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            sizes = [min(STEP, first + count - begin) for begin in begins]
            for done, (found, wrong) in enumerate(
                pool.map(_part, repeat(self.module), begins, sizes), 1
            ):
                seen.update(found)
                disagreements.extend(wrong)
                print(*wrong, sep="\n", end="\n" if wrong else "")
                print(
                    (
                        f"{done} of {len(begins)} parts, {len(disagreements)} disagreements, "
                        f"{time.perf_counter() - began:.0f} s"
                    ),
                    flush=True,
                )
        return {"seen": dict(sorted(seen.items())), "disagreements": disagreements}


def _part(module: str, first: int, count: int) -> tuple[Counter[str], list[str]]:
    """What the campaign saw on so many seeds, and the disagreements."""
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("explain", "solving", "compile", "verification")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    tally = __import__(module).campaign(first, count)
    return tally.seen, tally.disagreements
