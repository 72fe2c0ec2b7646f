"""A call leaves the process as it was: handlers, random state, warnings, loggers, threads, folder, files,
environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import decimal, gc, json, locale, logging, os, random, signal, sys, threading, warnings
import numpy as np, pydantic
import matchkit as mk

def state():
    return {
        "signals": [str(signal.getsignal(number)) for number in sorted(signal.valid_signals())],
        "mask": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "random": random.getstate(),
        "numpy random": [str(part) for part in np.random.get_state()],
        "numpy errors": np.geterr(),
        "numpy print": str(np.get_printoptions()),
        "warnings": [str(entry) for entry in warnings.filters],
        "loggers": {n: str(getattr(e, "handlers", "")) for n, e in logging.root.manager.loggerDict.items() if "matchkit" in n},
        "log level": [logging.root.level, [str(h) for h in logging.root.handlers], logging.raiseExceptions],
        "hooks": [sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook, sys.gettrace(), sys.getprofile()],
        "limits": [sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits()],
        "decimal": str(decimal.getcontext()),
        "locale": locale.setlocale(locale.LC_ALL),
        "collector": [gc.isenabled(), gc.get_threshold(), len(gc.callbacks), gc.get_freeze_count()],
        "threads": threading.active_count(),
        "tasks": len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 0,
        "files open": len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0,
        "folder": os.getcwd(),
        "files": sorted(os.listdir(".")),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "streams": [sys.stdout, sys.stderr, sys.stdin],
    }

def refused(call):
    try:
        call()
    except mk.errors.MatchkitError:
        return
    raise SystemExit("not refused")

def hurried(problem, **options):
    try:
        mk.solve(problem, time_limit=2, **options)
    except mk.errors.StoppedError:  # a slow machine has no plan by then, which is no matter here
        pass

problem = mk.datasets.city("street", 5)
if WARM:
    mk.solve(problem)  # loads the engines
    hurried(problem.model_copy(update={"rules": ()}), engine="cpsat")
random.seed(1)
before = state()
plan = mk.solve(problem, progress=lambda event: None)
mk.solve(problem, time_limit=0, gap=0.5)
mk.solve(problem, engine="greedy")
mk.verify(problem, plan); mk.check_certificate(problem, plan)
mk.why_ineligible(problem, problem.resources[0].id, problem.demands[0].requirements[0].id)
refused(lambda: mk.solve(problem, engine="?"))
refused(lambda: mk.solve(problem, engine="brute"))
budget = mk.rules.HoursBudget(resource=problem.resources[0].id, minutes=1)
tied = problem.model_copy(update={"rules": (*problem.rules, budget)})
refused(lambda: mk.solve(tied, engine="flow"))
hurried(tied)
mk.solve(problem, isolated=True)
try:
    mk.solve(problem, progress=lambda event: 1 / 0)
except ZeroDivisionError:
    pass
gc.disable()
mk.solve(problem)
assert not gc.isenabled(), "the collector was switched on"
gc.enable()
after = state()
print(json.dumps([name for name in before if before[name] != after[name]]))
"""


@pytest.mark.parametrize(
    "warm", [False, True], ids=["first call of the process", "later calls"]
)
def test_calls_leave_the_process_as_it_was(warm: bool, tmp_path: Path) -> None:
    """Warnings are errors in it, so that none may be raised either; what it prints is the list of changes,
    and nothing else.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"WARM = {warm}\n{PROGRAM}"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_an_interrupt_while_solving_reaches_the_caller() -> None:
    """Ctrl-C is the host's: its handler raises in the middle of a solve, and the next solve works."""
    program = """
import signal, threading
import matchkit as mk
problem = mk.datasets.city("street", 5)
mk.solve(problem)

def press(event):
    if event.phase == "match":
        signal.raise_signal(signal.SIGINT)

try:
    mk.solve(problem, progress=press)
except KeyboardInterrupt:
    print("interrupted", mk.solve(problem).outcome.status)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "interrupted optimal\n"), done.stderr


def test_two_threads_may_solve_at_one_time() -> None:
    """Each gets the plan it gets alone."""
    from concurrent.futures import ThreadPoolExecutor

    import matchkit as mk

    problems = [mk.datasets.city("street", seed) for seed in range(4)]
    alone = [mk.solve(problem).to_json() for problem in problems]
    with ThreadPoolExecutor(4) as pool:
        assert [
            plan.to_json() for plan in pool.map(mk.solve, problems * 2)
        ] == alone * 2
