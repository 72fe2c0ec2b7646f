"""Runs a few lines in a Python of their own, where warnings are errors and neither memory nor time is without
end.
"""

from __future__ import annotations

import os
import subprocess
import sys

import matchkit

HEAD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
import numpy as np
import matchkit as mk
from matchkit import errors
G, match, MANY = mk.BipartiteGraph, mk.match, 10**9
def tried(act):
    try:
        print("answer", act())
    except errors.MatchkitError as error:
        print("refused", type(error).__name__, " | ".join(str(error).splitlines()))
"""
SOURCE = os.path.dirname(os.path.dirname(matchkit.__file__))  # noqa: PTH120 - as sys.path has it


def output_of(
    lines: str, memory: int = 4 * 10**9, seconds: float = 60, **environment: str
) -> str:
    """What the lines print, the last line without its end. Fails on a signal, an exception that nobody
    caught, or a hang.
    """
    program = HEAD.format(memory=memory) + lines
    paths = {
        "PYTHONPATH": os.pathsep.join(
            [SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
        )
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
        env=os.environ | paths | environment,
    )
    assert done.returncode >= 0, f"killed by signal {-done.returncode}\n{done.stderr}"
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def answers_of(
    acts: dict[str, str], memory: int = 4 * 10**9, seconds: float = 60
) -> dict[str, tuple[str, float]]:
    """What each act gives (``answer ...`` or ``refused ...``) and in how many seconds, all in one process.

    A process that dies leaves its last act, and those after it, without an answer.
    """
    lines = ["import time"]
    for name, act in acts.items():
        lines += [
            f"print({name!r}, end='\\t')",
            "sys.stdout.flush()",
            "began = time.perf_counter()",
            f"tried(lambda: {act})",
        ]
        lines += ["print(time.perf_counter() - began)"]
    try:
        printed = output_of("\n".join(lines), memory, seconds)
    except AssertionError as died:
        return dict.fromkeys(acts, (str(died), seconds))
    rows = printed.splitlines()
    answers = dict(row.split("\t", 1) for row in rows[::2])
    return {
        name: (answers[name], float(took))
        for name, took in zip(answers, rows[1::2], strict=True)
    }
