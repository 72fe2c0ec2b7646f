"""A call leaves the host as it was, whether it succeeds or fails: signals, random states, filters, handlers,
threads, files.
"""

from __future__ import annotations

import pytest
from own_process import output_of

STATE = """
import gc, locale, logging, os, random, signal, threading, warnings
import networkx
import ortools.graph.python.min_cost_flow, ortools.graph.python.linear_sum_assignment
def state():
    gc.collect()
    return {
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "random": random.getstate(),
        "numpy random": [part.tolist() if hasattr(part, "tolist") else part for part in np.random.get_state()],
        "numpy": [np.geterr(), np.get_printoptions()],
        "warnings": list(warnings.filters),
        "logging": [logging.root.handlers[:], logging.root.level, sorted(logging.root.manager.loggerDict)],
        "threads": [thread.name for thread in threading.enumerate()],
        "files": [os.readlink("/proc/self/fd/" + name) for name in sorted(os.listdir("/proc/self/fd")) if int(name) < 3]
                 + [len(os.listdir("/proc/self/fd"))],
        "folder": [os.getcwd(), sorted(os.listdir("."))],
        "environment": dict(os.environ),
        "locale": locale.setlocale(locale.LC_ALL),
        "hooks": [sys.excepthook, sys.displayhook, threading.excepthook, sys.gettrace(), sys.getprofile(), gc.isenabled()],
        "limits": [sys.getrecursionlimit(), sys.get_int_max_str_digits(), sys.getswitchinterval()],
    }
"""
SUCCEED = """
w = np.random.default_rng(0).integers(-9, 9, (30, 20))
for engine in ("auto", "flow", "lap", "greedy"):
    match(G.from_matrix(w), engine=engine)
match(G.from_matrix(w, left_capacity=3, right_minimum=1), "cardinality then weight", minimize=True, time_limit=0.0)
match(G.from_matrix(w[:2, :2]), engine="brute", progress=lambda told: None)
G.from_matrix(w).to_networkx()
"""
FAIL = """
from matchkit.solvers.flow import loop
from matchkit.solvers import match as matching
for act in (
    lambda: G.from_matrix([[np.nan]]),
    lambda: G.from_arrays([0], [0], [0.5], precision=5e-324),
    lambda: G.from_arrays([0], [0], left_capacity=-1),
    lambda: match(G.from_matrix([[1]], left_capacity=2), engine="lap"),
    lambda: match(G.from_matrix([[1]]), engine="no such"),
    lambda: match(G.from_matrix(np.full((40, 40), 2**50)), "cardinality then weight"),
):
    try:
        act()
        print("no error")
    except errors.MatchkitError:
        pass
def stop(told):
    raise RuntimeError
try:
    match(G.from_matrix([[1]]), progress=stop)
except RuntimeError:
    pass
"""


@pytest.mark.parametrize(
    "calls",
    [SUCCEED, FAIL, SUCCEED + FAIL],
    ids=["that succeed", "that fail", "of both kinds"],
)
def test_calls_leave_the_host_as_it_was(calls: str) -> None:
    lines = (
        STATE
        + "before = state()\n"
        + calls
        + "after = state()\nprint([name for name in before if before[name] != after[name]])"
    )
    assert output_of(lines) == "[]"


def test_a_host_that_ignores_interrupts_goes_on_ignoring_them() -> None:
    lines = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
def mine(*_): pass
signal.signal(signal.SIGTERM, mine)
match(G.from_matrix([[1, 2], [3, 4]]))
print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN, signal.getsignal(signal.SIGTERM) is mine)
signal.raise_signal(signal.SIGINT)
print("still here")
"""
    assert output_of(lines) == "True True\nstill here"


def test_nothing_is_printed() -> None:
    assert output_of(SUCCEED + FAIL) == ""


def test_two_threads_may_match_at_once() -> None:
    lines = """
from concurrent.futures import ThreadPoolExecutor
rng = np.random.default_rng(0)
graphs = [G.from_matrix(rng.integers(0, 99, (60, 60))) for _ in range(8)]
alone = [match(graph).value for graph in graphs]
with ThreadPoolExecutor(4) as pool:
    print([found.value for found in pool.map(match, graphs)] == alone)
"""
    assert output_of(lines) == "True"
