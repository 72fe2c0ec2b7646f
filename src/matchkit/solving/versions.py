"""Which versions had a say in a plan."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata

NAMED = ("matchkit", "numpy", "ortools", "pydantic")


@cache  # what is installed does not change within a process, and reading it takes longer than a small problem
def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of Python, matchkit and what it computes with ("unknown" for a source tree never
    installed).
    """
    found = [("python", platform.python_version())]
    for name in NAMED:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, "unknown"))
    return tuple(found)
