"""Random small graphs against every flow there is, network simplex and HiGHS.

``python -m benchmarks.differential [--count N] [--first SEED]`` runs the campaign of tests/solvers and
writes results/differential.json; it ends with 1 where anything disagrees. The gate runs 2,000 instances of
the same campaign.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark

COUNT, FIRST, EACH = 20_000, 1_000_000, 500
CLAIM = (
    "match() agrees with brute force, network simplex and HiGHS "
    "in value and feasibility on every instance"
)
PEERS = ("networkx", "scipy")


def part(first: int, count: int) -> tuple[int, dict[str, int], list[str]]:
    """One share of the campaign: instances, how often each kind occurred, and every disagreement."""
    folder = str(ROOT / "tests" / "solvers")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    from graph_campaign import campaign

    tally = campaign(first, count)
    return tally.cases, dict(tally.seen), tally.disagreements


def figures(first: int, count: int, workers: int) -> dict[str, Any]:
    """The whole campaign, in as many processes."""
    began = time.perf_counter()
    starts = range(first, first + count, EACH)
    with ProcessPoolExecutor(workers) as pool:
        parts = list(
            pool.map(
                part, starts, [min(EACH, first + count - start) for start in starts]
            )
        )
    seen: dict[str, int] = {}
    for _, kinds, _ in parts:
        for kind, times in kinds.items():
            seen[kind] = seen.get(kind, 0) + times
    return {
        "instances": sum(cases for cases, _, _ in parts),
        "instances_by_kind": dict(sorted(seen.items())),
        "disagreements": [what for _, _, told in parts for what in told],
        "seconds": round(time.perf_counter() - began, 1),
        "processes": workers,
    }


def main() -> int:
    """Run, write the result, and tell."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.differential", description=CLAIM
    )
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--first", type=int, default=FIRST)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    found = figures(asked.first, asked.count, asked.workers)
    seeds = {"first": asked.first, "last": asked.first + asked.count - 1}
    benchmark = Benchmark("differential", CLAIM, PEERS, seeds, lambda _: found, {})
    write_result(RESULTS, result_of(benchmark, found))
    print(
        f"differential: {found['instances']:,} instances, {len(found['disagreements'])} "
        f"disagreements, {found['seconds']} s"
    )
    return 1 if found["disagreements"] else 0


if __name__ == "__main__":
    sys.exit(main())
