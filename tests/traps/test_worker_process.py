"""What used to take the host down with it: crashes, memory, deadlines and Ctrl-C in native code (rows 27, 41
to 55, 120).

Each host is a process of its own that says what it got, and then what of it is not as it was before.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from own_process import HEAD, SOURCE, output_of

HOST = """
import os, signal, threading, time
def children():
    found = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                if file.read().rpartition(")")[2].split()[1] == str(os.getpid()):
                    found.add(int(name))
        except OSError:
            pass
    return found
def state():
    return {
        "handlers": [signal.getsignal(number) for number in sorted(signal.valid_signals())],
        "mask": signal.pthread_sigmask(signal.SIG_BLOCK, []),
        "limits": [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_CORE, resource.RLIMIT_NPROC)],
        "threads": threading.enumerate(),
        "tasks": len(os.listdir("/proc/self/task")),
        "files": len(os.listdir("/proc/self/fd")),
        "children": children(),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "folder": [os.getcwd(), sorted(os.listdir("."))],
    }
def on_worker(number):
    def listen(event):
        if event.phase != "stop":
            for pid in children():
                os.kill(pid, number)
    return listen
def solved(problem, **options):
    try:
        outcome = mk.solve(problem, isolated=True, **options).outcome
        print(outcome.status, outcome.stopped)
    except errors.MatchkitError as error:
        print(type(error).__name__, getattr(error, "exit_code", ""))
street = mk.datasets.city("street")
before = state()
"""
END = """
for _ in range(100):  # a thread that has ended for Python takes the kernel a moment more
    if len(os.listdir("/proc/self/task")) <= before["tasks"]:
        break
    time.sleep(0.02)
after = state()
print([name for name in before if before[name] != after[name]])
solved(street)
"""


def host(lines: str) -> list[str]:
    """What a host prints that runs these lines; the last two are what changed in it, and that it can still
    solve.
    """
    said = output_of(HOST + lines + END, seconds=100).splitlines()
    assert said[-2:] == ["[]", "optimal proved"]
    return said[:-2]


def test_a_host_outlives_what_befalls_its_workers_and_gets_typed_errors() -> None:
    """Crashes, a worker that hears nothing any more (row 27), and a limit that not even its libraries
    fit in.
    """
    said = host("""
for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT):
    solved(street, progress=on_worker(number))
solved(street, progress=on_worker(signal.SIGSTOP), time_limit=4)
solved(street, budget=mk.Budget(megabytes=200))
""")
    assert said[:4] == [
        "WorkerError -9",
        "WorkerError -11",
        "WorkerError -6",
        "StoppedError ",
    ]
    assert said[4].startswith("OutOfMemoryError ")


def test_a_deadline_of_a_fifth_of_a_second_on_a_city_is_overrun_by_half_a_second_at_most() -> (
    None
):
    """Row 50. The best of three, as a machine may have more to do than this."""
    said = host("""
city = mk.datasets.city("city")
late = []
for _ in range(3):
    began = time.monotonic()
    solved(city, time_limit=0.2)
    late.append(time.monotonic() - began - 0.2)
print(min(late) <= 0.5)
""")
    assert said == [*["StoppedError "] * 3, "True"]


def test_a_memory_limit_of_500_megabytes_ends_the_worker_alone() -> None:
    """Row 48: a program of all pairs of a city does not fit; the host, which may take more, goes on."""
    said = host("""
city = mk.datasets.city("city")
solved(city, engine="cpsat", budget=mk.Budget(megabytes=500, pairs=10**9), time_limit=60)
""")
    assert [line.split()[0] for line in said] == ["OutOfMemoryError"]


HANDLERS = {
    "Python's own": "",
    "the host's own, which raises nothing": """
def mine(*_):
    heard.append(1)
heard = []
signal.signal(signal.SIGINT, mine)
before = state()
""",
}


@pytest.mark.parametrize("name", HANDLERS)
def test_three_quick_interrupts_leave_the_host_alive_with_its_handler_and_a_typed_answer(
    name: str, tmp_path: Path
) -> None:
    """Rows 42 to 45: as a terminal sends them, to every process of the group."""
    lines = (
        HANDLERS[name]
        + "solved(street, progress=lambda event: print(event.phase, flush=True))"
    )
    program = HEAD.format(memory=4 * 10**9) + HOST + lines + END
    running = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "compile\n"
    for _ in range(3):
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.02)
    out, err = running.communicate(timeout=100)
    said = [
        line
        for line in out.splitlines()
        if line not in ("compile", "match", "decode", "verify", "stop")
    ]
    assert (running.returncode, err) == (0, "")
    assert said[0] in ("StoppedError ", "feasible interrupted", "optimal proved")
    assert said[1:] == ["[]", "optimal proved"]


def test_a_host_that_is_killed_leaves_no_worker_behind() -> None:
    lines = """
def listen(event):
    print(*children(), flush=True)
mk.solve(mk.datasets.city("district"), isolated=True, progress=listen)
"""
    running = subprocess.Popen(
        [sys.executable, "-c", HEAD.format(memory=4 * 10**9) + HOST + lines],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": SOURCE},
    )
    assert running.stdout is not None
    worker = int(running.stdout.readline())
    running.kill()
    running.wait()
    running.stdout.close()
    waited = 0
    while _runs(worker):
        time.sleep(0.1)
        waited += 1
        assert waited < 300
    assert not _runs(worker)


def _runs(pid: int) -> bool:
    """Whether a process of this number runs; one that nobody has asked about after its end does not."""
    try:
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="utf-8")
            .rpartition(")")[2]
            .split()[0]
            != "Z"
        )
    except OSError:
        return False


def test_a_host_with_other_threads_at_work_gets_its_plans() -> None:
    """Row 55: no fork of a process with threads; two workers at one time, started from threads."""
    lines = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool:
    plans = list(pool.map(lambda seed: mk.solve(mk.datasets.city("street", seed), isolated=True).outcome.status, range(2)))
print(*plans)
del pool
"""
    assert host(lines) == ["optimal optimal"]
