"""Work in a process of its own, so that its time and peak memory are its own too."""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def in_process(work: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """What ``work(*arguments)`` returns in a fresh Python, plus ``process_seconds`` (start to exit) and
    ``peak_mb``.

    ``work`` is a function of a module; arguments and result go through JSON. Raises RuntimeError where it
    fails.
    """
    call = json.dumps([work.__module__, work.__name__, arguments])
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.process"]
    done = subprocess.run(  # noqa: S603 - itself
        command,
        input=call,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(
            f"{work.__module__}.{work.__name__}{arguments} ended with {done.returncode}:\n{done.stderr}"
        )
    return {**json.loads(done.stdout.splitlines()[-1]), "process_seconds": seconds}


def peak_mb() -> float:
    """Greatest resident memory of this process so far, in megabytes (10**6 bytes).

    Linux keeps it for the program now running; what getrusage tells also counts the process this one was
    forked from.
    """
    return (
        _status_mb("VmHWM")
        or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024)
        / 1e6
    )


def resident_mb() -> float:
    """Resident memory of this process now, in megabytes; the peak where the system does not tell."""
    return _status_mb("VmRSS") or peak_mb()


def _status_mb(field: str) -> float | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    for line in status.read_text(encoding="utf-8").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024 / 1e6
    return None


def _main() -> None:
    module, name, arguments = json.loads(sys.stdin.read())
    result = getattr(importlib.import_module(module), name)(*arguments)
    print()
    print(json.dumps({**result, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    _main()
