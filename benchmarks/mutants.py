"""How many random mutants of the code the tests notice.

``python -m benchmarks.mutants [--count N] [--seed S] [--workers W]`` draws as many mutants of each package,
runs the tests that pass through the changed statement (its package's own first, the shortest first, until one
fails; of a statement that is run at import all tests of its package), and writes results/mutants.json with
every survivor and what ``mutants_judged.toml`` says of it: equivalent (no input tells it from the code),
speed (only time or memory, or how soon a search that goes on finds what it finds), or missed.

Which tests pass through a statement is measured once, by running the tests of the packages under coverage.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.mutations import Mutant, mutants_of
from benchmarks.process import ROOT
from benchmarks.record import RESULTS, result_of, write_result
from benchmarks.registry import Benchmark

CLAIM = "the tests notice mutants of the code that proves, plans and checks"
PACKAGES = {
    "verification": 60,
    "compile": 60,
    "model": 60,
    "solving": 60,
    "solvers": 60,
}
"""Mutants to draw of each package."""
FOLDERS = (
    "compile",
    "engines",
    "errors",
    "explain",
    "graph",
    "solvers",
    "model",
    "solving",
    "traps",
    "verification",
    "tables",
    "cli",
    "public",
    "reporting/test_views.py",
)
"""Folders (and a file) of tests that pass through these packages."""
LONGEST = 240.0
"""Seconds of tests, as measured on the code itself, that one mutant gets; the shortest tests come first."""
SLOWER, HANGS, IDLE = 4.0, 60.0, 10.0
"""A mutant whose tests take so many times as much processor time as measured, and so many seconds, hangs: it
is noticed. So it is when so many times that has passed on the clock; a busy machine alone kills no mutant.
"""
IN_WORKER = ("matchkit/solving/child.py", "matchkit/solving/memory.py")
"""Modules of which coverage sees little: they run in the worker process, which is ended by a kill."""
STARTED_BY = "matchkit/solving/process.py"
"""The module that starts it."""
FEW = 40
"""So many tests are run first: most mutants are noticed by these, before all files of tests are imported."""
MAP = "MATCHKIT_MUTANTS_TIMES"
"""The environment variable that names the file of the tests' times."""
TEST = "MATCHKIT_MUTANTS_TEST"
"""The environment variable that names the test under way."""
TOOK: dict[str, float] = {}
"""Seconds that the tests took whose end is not noted yet."""

Passing = Mapping[str, Mapping[int, Sequence[str]]]
"""By file and line the tests that pass through it."""


def pytest_runtest_setup(item: Any) -> None:
    """Coverage of what follows belongs to this test."""
    if MAP in os.environ:
        import coverage

        os.environ[TEST] = item.nodeid  # the context of the processes that it starts
        # They read the settings file, which asks for it, and no copy of the settings of this process.
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
        measured = coverage.Coverage.current()
        if measured is not None:
            measured.switch_context(item.nodeid)


def pytest_runtest_logreport(report: Any) -> None:
    """Note how long the test took, once what it put in the place of the system's own functions is gone."""
    if MAP in os.environ and report.when == "call" and report.passed:
        TOOK[report.nodeid] = round(report.duration, 4)
    if report.when == "teardown" and report.nodeid in TOOK:
        with Path(os.environ[MAP]).open("a", encoding="utf-8") as file:
            file.write(json.dumps([report.nodeid, TOOK.pop(report.nodeid)]) + "\n")


def measured(folder: Path) -> tuple[Passing, dict[str, float]]:
    """Which tests pass through which lines, and how long each takes; from the folder where it was measured
    before.
    """
    import coverage

    times, data = folder / "times.jsonl", folder / "coverage"
    if not data.exists():
        settings = folder / "settings.ini"
        sources = ",".join(str(ROOT / "src" / "matchkit" / name) for name in PACKAGES)
        settings.write_text(
            f"[run]\ndata_file={data}\nsource={sources}\nparallel=true\n"
            f"patch=subprocess,_exit\ncontext=${{{TEST}-}}\n",
            encoding="utf-8",
        )
        environment = {
            **os.environ,
            MAP: str(times),
            "COVERAGE_PROCESS_START": str(settings),
        }
        measure = [sys.executable, "-m", "coverage"]
        pytest = ["-m", "pytest", "-q", "-p", "benchmarks.mutants"]
        running = [
            subprocess.Popen(  # noqa: S603 - this Python
                [
                    *(*measure, "run", f"--rcfile={settings}", *pytest),
                    *(f"tests/{name}" for name in FOLDERS[first::2]),
                ],
                cwd=ROOT,
                env=environment,
            )
            for first in range(2)
        ]
        for run in running:
            run.wait()
        combine = [*measure, "combine", "-q", f"--rcfile={settings}"]
        subprocess.run(combine, cwd=ROOT, check=True)  # noqa: S603 - this Python
    seconds = dict(
        json.loads(line) for line in times.read_text(encoding="utf-8").splitlines()
    )
    found = coverage.CoverageData(str(data))
    found.read()
    root = ROOT / "src"
    return {
        str(Path(path).relative_to(root)): found.contexts_by_lineno(path)
        for path in found.measured_files()
    }, seconds


def drawn(seed: int, packages: Mapping[str, int]) -> Iterator[Mutant]:
    """So many mutants of each package, drawn by a seed without repetition from all there are."""
    root = ROOT / "src"
    for package, count in packages.items():
        every = [
            mutant
            for path in sorted((root / "matchkit" / package).rglob("*.py"))
            for mutant in mutants_of(
                str(path.relative_to(root)), path.read_text(encoding="utf-8")
            )
        ]
        yield from random.Random(f"{seed} {package}").sample(  # noqa: S311 - a seed, no secret
            every, min(count, len(every))
        )


def tests_for(
    mutant: Mutant, passing: Passing, seconds: Mapping[str, float]
) -> list[str]:
    """The tests that pass through the mutant's statement: its package's own first, the shortest first, as far
    as time goes. What is run at import gets those of its file and its package, what the worker runs those
    that start one.
    """
    lines = passing.get(mutant.path, {})
    here = {
        test
        for line in range(mutant.first, mutant.last + 1)
        for test in lines.get(line, ())
    }
    own = f"tests/{mutant.path.split('/')[1]}/"
    if not here or "" in here:  # run at import: it shows wherever the package is used
        here.update(*lines.values())
        here.update(test for test in seconds if test.startswith(own))
    if mutant.path in IN_WORKER:
        here.update(*passing.get(STARTED_BY, {}).values())
    names = here & seconds.keys()
    chosen, spent = [], 0.0
    for test in sorted(
        names, key=lambda name: (not name.startswith(own), seconds[name], name)
    ):
        if spent + seconds[test] <= LONGEST:
            chosen.append(test)
            spent += seconds[test]
    return chosen


def outcome(
    mutant: Mutant, passing: Passing, seconds: Mapping[str, float], spare: list[Path]
) -> tuple[str, str, float]:
    """What becomes of a mutant: "killed" and by which test, "survived", or "untested"."""
    tests = tests_for(mutant, passing, seconds)
    if not tests:
        return "untested", "", 0.0
    tree = spare.pop()
    target = tree / "src" / mutant.path
    original = target.read_text(encoding="utf-8")
    since = time.monotonic()
    try:
        target.write_text(mutant.text, encoding="utf-8")
        noticed = next(
            filter(
                None,
                (
                    _failing(part, tree, seconds)
                    for part in (tests[:FEW], tests[FEW:])
                    if part
                ),
            ),
            None,
        )
        return (
            "survived" if noticed is None else "killed",
            noticed or "",
            time.monotonic() - since,
        )
    finally:
        target.write_text(original, encoding="utf-8")
        spare.append(tree)


def _failing(
    tests: Sequence[str], tree: Path, seconds: Mapping[str, float]
) -> str | None:
    """The first of these tests that fails on the code of this tree, or how else they end; None where all
    pass.
    """
    listed = tree / "tests.txt"
    listed.write_text("\n".join(tests), encoding="utf-8")
    limit = round(HANGS + SLOWER * sum(seconds[test] for test in tests))
    command = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-x",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        f"@{listed}",
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **told) as run:  # noqa: S603
        resource.prlimit(run.pid, resource.RLIMIT_CPU, (limit, limit + 5))
        try:
            said, _ = run.communicate(timeout=IDLE * limit)
        except subprocess.TimeoutExpired:
            run.kill()
            return "hangs"
    if run.returncode == 0:
        return None
    if run.returncode == -signal.SIGXCPU:
        return "hangs"
    return next(
        (
            line.split()[1]
            for line in said.splitlines()
            if line.startswith(("FAILED", "ERROR"))
        ),
        "ends at import",
    )


def figures(
    seed: int, packages: Mapping[str, int], workers: int, folder: Path
) -> dict[str, Any]:
    """Draw, try and judge."""
    began = time.monotonic()
    passing, seconds = measured(folder)
    judged = tomllib.loads(
        (ROOT / "benchmarks" / "mutants_judged.toml").read_text(encoding="utf-8")
    )
    mutants = list(drawn(seed, packages))
    spare = []
    for number in range(workers):
        tree = folder / f"tree{number}"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(
            ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__")
        )
        spare.append(tree)
    counts: dict[str, Counter[str]] = {package: Counter() for package in packages}
    survivors = []
    with ThreadPoolExecutor(workers) as pool:
        known = folder / "tried.jsonl"
        before = (
            {
                name: found
                for name, *found in map(
                    json.loads, known.read_text(encoding="utf-8").splitlines()
                )
            }
            if known.exists()
            else {}
        )
        fresh = partial(outcome, passing=passing, seconds=seconds, spare=spare)
        tried = pool.map(
            lambda mutant: before.get(mutant.digest) or fresh(mutant), mutants
        )
        for number, (mutant, (what, by, took)) in enumerate(
            zip(mutants, tried, strict=True), 1
        ):
            package = mutant.path.split("/")[1]
            if mutant.digest not in before:
                with known.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([mutant.digest, what, by, took]) + "\n")
            verdict = (
                judged.get(mutant.key, {"verdict": "missed", "why": "not judged"})
                if what != "killed"
                else {}
            )
            counts[package][
                "killed" if what == "killed" else str(verdict["verdict"])
            ] += 1
            print(
                (
                    f"{number:4} {what:9} {took:6.1f} s {mutant.path}:{mutant.line} {mutant.before} -> "
                    f"{mutant.after} {by}"
                ),
                flush=True,
            )
            if what != "killed":
                survivors.append(
                    {
                        "mutant": mutant.key,
                        "line": mutant.line,
                        "tests": what,
                        **verdict,
                    }
                )
    return {
        "mutants": len(mutants),
        "by_package": {
            name: dict(sorted(found.items())) | {"share": _share(found)}
            for name, found in counts.items()
        },
        "survivors": survivors,
        "seconds": round(time.monotonic() - began),
    }


def _share(found: Counter[str]) -> float:
    """Killed, of those that are neither equivalent nor of speed alone."""
    return round(found["killed"] / max(1, found["killed"] + found["missed"]), 3)


def main() -> int:
    """Run, write the result, and print it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants", description=CLAIM
    )
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--count", type=int, default=60, help="mutants of each package")
    parser.add_argument(
        "--package",
        action="append",
        choices=tuple(PACKAGES),
        help="only these (default: all)",
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--folder",
        type=Path,
        help="where to keep what was measured and tried: a run of the same code that was stopped goes on",
    )
    asked = parser.parse_args()
    packages = dict.fromkeys(asked.package or PACKAGES, asked.count)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = figures(asked.seed, packages, asked.workers, folder)
    benchmark = Benchmark(
        "mutants",
        CLAIM,
        ("coverage", "pytest"),
        {"seed": asked.seed},
        lambda _: found,
        {},
    )
    write_result(RESULTS, result_of(benchmark, found))
    print(json.dumps(found["by_package"], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
