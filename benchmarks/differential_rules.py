"""Thousands of random problems with every rule, against every plan there is: ``python -m
benchmarks.differential_rules``.

The campaigns are those of the tests (tests/solving/rule_campaign.py and tactics_campaign.py), which the gate
runs on some. The result is written only where nothing disagrees.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark, Figures

FIRST_SEED, COUNT, STEP = 1_000_000, 5_000, 50
CLAIM = (
    "solve() on random problems with every rule, hard and soft, reaches what the best of all plans "
    "reaches, goal by goal, and refuses"
    " exactly what has none; tactics and engines change no value"
)
CAMPAIGNS = {
    "every plan": ("rule_campaign", "campaign"),
    "tactics": ("tactics_campaign", "same_by_all_tactics"),
    "engines": ("tactics_campaign", "same_by_both_engines"),
}
"""Module and function by name: each takes the first seed and how many, and gives what it saw."""


def part(
    name: str, first: int, count: int, engine: str
) -> tuple[str, Counter[str], list[str]]:
    """What one campaign saw on so many seeds with an engine for integer programs, and the disagreements.

    ``engine`` "auto" is each campaign's own.
    """
    folders = [
        str(ROOT / "tests" / folder)
        for folder in ("solving", "compile", "verification")
    ]
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    module, function = CAMPAIGNS[name]
    options = {} if engine == "auto" else {"engine": engine}
    tally = getattr(__import__(module), function)(first, count, **options)
    return name, tally.seen, tally.disagreements


def parts(first: int, counts: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    """All campaigns in steps, one after another."""
    for name, count in counts.items():
        for begin in range(first, first + count, STEP):
            yield name, begin, min(STEP, first + count - begin)


def run(
    first: int, counts: dict[str, int], workers: int, engine: str = "auto"
) -> Figures:
    """What the campaigns saw; ``disagreements`` lists each with its seed."""
    seen: dict[str, Counter[str]] = {name: Counter() for name in counts}
    disagreements: list[str] = []
    began, todo = time.perf_counter(), list(parts(first, counts))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        answers = pool.map(partial(part, engine=engine), *zip(*todo, strict=True))
        for done, (name, found, wrong) in enumerate(answers, 1):
            seen[name].update(found)
            disagreements.extend(f"{name}, {line}" for line in wrong)
            print(
                (
                    f"{done} of {len(todo)} parts, {len(disagreements)} disagreements, "
                    f"{time.perf_counter() - began:.0f} s"
                ),
                flush=True,
            )
    return {
        **{name: dict(sorted(found.items())) for name, found in seen.items()},
        "disagreements": disagreements,
    }


def main() -> int:
    """Run so many problems; 0 where none disagrees."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.differential_rules", description=CLAIM
    )
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    parser.add_argument(
        "--count",
        type=int,
        default=COUNT,
        help="problems whose plans are listed; two in five as many for the rest",
    )
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--engine",
        default="auto",
        help="the engine of all integer programs, whose result is not written",
    )
    asked = parser.parse_args()
    rest = asked.count * 2 // 5
    counts = {"every plan": asked.count, "tactics": rest, "engines": rest}
    figures = run(asked.first, counts, asked.workers, asked.engine)
    for line in figures["disagreements"]:
        print(line)
    if figures["disagreements"]:
        return 1
    if asked.engine != "auto":
        for name, seen in figures.items():
            print(name, seen)
        return 0
    seeds = {
        "first": asked.first,
        **{f"count, {name}": count for name, count in counts.items()},
    }
    benchmark = Benchmark("differential_rules", CLAIM, (), seeds, lambda _: figures, {})
    write_result(RESULTS, result_of(benchmark, figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
