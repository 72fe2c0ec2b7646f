"""What the tests share: one sound problem to spoil, and property tests that try the same examples in every
run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from matchkit.errors import InputError
from matchkit.model import Problem

GOLDEN = str(Path(__file__).parent / "golden")
if GOLDEN not in sys.path:  # what pins messages, for the tests of every folder
    sys.path.insert(0, GOLDEN)

# The gate gives the same answer every time; a slow machine is no failure.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")

WINDOW = {"start": "2026-05-02T08:00:00+08:00", "end": "2026-05-02T12:00:00+08:00"}


@pytest.fixture
def sound() -> dict[str, Any]:
    """The data of a small problem without a fault, new for every test."""
    return {
        "schema_version": "1",
        "units": [{"id": "U1"}, {"id": "U2", "parent": "U1"}],
        "communities": [
            {"id": "C1", "place": {"lat": 36.06, "lon": 103.83}},
            {"id": "C2", "parent": "C1"},
        ],
        "resources": [
            {
                "id": "R1",
                "unit": "U1",
                "skills": [{"skill": "nursing", "level": 2}],
                "available": [dict(WINDOW)],
                "home": "C2",
            },
            {
                "id": "R2",
                "unit": "U2",
                "kind": "venue",
                "capacity": 3,
                "familiar": ["C1"],
            },
        ],
        "demands": [
            {
                "id": "D1",
                "community": "C1",
                "windows": [dict(WINDOW)],
                "requirements": [{"id": "Q1", "skills": [{"skill": "nursing"}]}],
            },
            {
                "id": "D2",
                "community": "C2",
                "requirements": [
                    {"id": "Q2", "kind": "venue", "wanted": 2, "minimum": 1}
                ],
            },
        ],
        "skills": [{"name": "surgeon", "parents": ["medic"]}],
        "rules": [{"rule": "forbid", "resource": "R1", "requirement": "Q2"}],
        "previous": [{"resource": "R1", "requirement": "Q1"}],
        "objective": {"distance": 2},
    }


@pytest.fixture
def refusal() -> Callable[[Any], InputError]:
    """Gives the error that a problem's data (as JSON data, or JSON text) is refused with."""

    def refused(data: Any) -> InputError:
        with pytest.raises(InputError) as caught:
            Problem.from_json(
                data if isinstance(data, str | bytes) else json.dumps(data)
            )
        return caught.value

    return refused


@pytest.fixture(scope="session")
def installed() -> Callable[[str, str], str]:
    """The path of a program by its name and Debian's package; installed where it is missing and that can be,
    else the test is skipped.

    Where CI is true nothing is skipped: what cannot be installed there is a failure.
    """

    def path(program: str, package: str) -> str:
        import fcntl  # not on Windows, where there is no apt-get either

        # One at a time: the tests run in several processes, and apt-get lets nobody in beside itself.
        with (Path(tempfile.gettempdir()) / "matchkit-tests-install.lock").open(
            "w", encoding="utf-8"
        ) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (
                shutil.which(program) is None
                and os.geteuid() == 0
                and shutil.which("apt-get")
            ):
                for words in (
                    ["update"],
                    ["install", "-y", "--no-install-recommends", package],
                ):
                    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=600", *words]
                    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
                    subprocess.run(
                        command,
                        env=surroundings,
                        stdin=subprocess.DEVNULL,
                        capture_output=True,
                        check=False,
                        timeout=900,
                    )
        found = shutil.which(program)
        if found is None:
            told = f"{program} is not installed, and only root with apt-get can install it (package {package})"
            pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
        return found

    return path
