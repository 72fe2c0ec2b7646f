"""pyarrow, which pandas and so CP-SAT's Python module import, leaves no native thread behind when matchkit
brings it in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(),
    reason="threads are counted where Linux lists them",
)

PROGRAM = """
import os, sys
import matchkit as mk
from matchkit.arrow import OPTIONS, no_allocator_thread

def state():
    return len(os.listdir("/proc/self/task")), dict(os.environ)

import numpy
before = state()
with no_allocator_thread():
    import pyarrow
print("pyarrow" in sys.modules, state()[0] - before[0], state()[1] == before[1])
"""


def _output(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_no_thread_and_no_variable_is_left() -> None:
    assert _output() == "True 0 True"


def test_options_of_the_host_hold() -> None:
    assert _output(JE_ARROW_MALLOC_CONF="background_thread:true") == "True 1 True"
