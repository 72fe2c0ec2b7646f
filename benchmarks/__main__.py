"""``python -m benchmarks [NAME ...]``: measure, write the results, and bring the pages up to date."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.pages import refresh, stale
from benchmarks.process import ROOT
from benchmarks.record import RESULTS, read_results, result_of, write_result
from benchmarks.registry import Benchmark, SkippedError, benchmarks

IMAGES = ROOT / "docs" / "images"


def main() -> int:
    """Run the benchmarks named, or all; 0 where all went well, 1 where one failed or a page is out of
    date.
    """
    known = benchmarks()
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Every figure in README and docs comes from here.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"one of {', '.join(known)}; all without it",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="small sizes, one run each, to see that it works; no result is written",
    )
    parser.add_argument(
        "--pages",
        action="store_true",
        help="measure nothing; make tables and plots from the results there are",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="measure nothing; say which pages do not show the results there are",
    )
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        parser.error(
            f"unknown benchmark {', '.join(unknown)}; known are {', '.join(known)}"
        )
    if asked.check:
        old = stale(read_results(RESULTS))
        for page in old:
            print(
                f"{page.relative_to(ROOT)} does not show the committed results; run python -m "
                "benchmarks --pages"
            )
        return 1 if old else 0
    chosen = [known[name] for name in asked.names or known]
    fine = [
        _measured(benchmark, quick=asked.quick)
        for benchmark in chosen
        if not asked.pages
    ]
    if not asked.quick:
        _show(chosen)
    return 0 if all(fine) else 1


def _measured(benchmark: Benchmark, *, quick: bool) -> bool:
    """Run one benchmark and write its result; a failure is told and does not stop the others."""
    print(f"{benchmark.name}: {benchmark.claim}", flush=True)
    began = time.perf_counter()
    try:
        figures = benchmark.run(quick)
    except SkippedError as reason:
        print(f"{benchmark.name}: skipped, {reason}\n")
        return True
    except Exception as error:  # noqa: BLE001 - whatever it is, it is shown and fails the run
        print(
            f"{benchmark.name}: FAILED, {type(error).__name__}: {error}\n",
            file=sys.stderr,
        )
        return False
    for make in benchmark.tables.values():
        print(make(figures))
    print(f"{benchmark.name}: {time.perf_counter() - began:.0f} s in all\n", flush=True)
    if not quick:
        write_result(RESULTS, result_of(benchmark, figures))
    return True


def _show(chosen: list[Benchmark]) -> None:
    results = read_results(RESULTS)
    for benchmark in chosen:
        if benchmark.draw is not None and benchmark.name in results:
            for name, picture in benchmark.draw(
                results[benchmark.name]["figures"]
            ).items():
                _write(IMAGES / name, picture)
    refresh(results)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
