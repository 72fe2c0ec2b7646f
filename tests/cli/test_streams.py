"""Ctrl-C before a command begins, and a standard output that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import matchkit as mk
from matchkit.tables.plans import write_plan
from matchkit.tables.problems import read_problem

STOPPED_AT = """
import os, signal, sys
class Stopping:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopping())
from matchkit_command import main
main()
"""
"""The command line, which somebody stops as it begins to import a module."""
PROGRAM = [sys.executable, "-c", "from matchkit_command import main; main()"]


@pytest.mark.parametrize(
    "module", ["signal", "matchkit", "numpy", "typer", "matchkit.cli.solve"]
)
def test_ctrl_c_while_importing_ends_with_its_code_and_no_traceback(
    module: str,
) -> None:
    if (
        module == "signal"
    ):  # imported by whoever sends the signal: the moment is that of asking what Ctrl-C does now
        asked = "import signal\ndef asked(_): raise KeyboardInterrupt\nsignal.getsignal = asked\n"
        program = f"{asked}from matchkit_command import main\nmain()"
    else:
        program = STOPPED_AT.format(module=module)
    done = subprocess.run(
        [sys.executable, "-c", program, "schema"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        130,
        "",
        "matchkit: interrupted.\n",
    )


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no device that is always full"
)
@pytest.mark.parametrize(
    "words",
    [("schema",), ("check", "problem.json", "plan.json"), ("--help",)],
    ids=" ".join,
)
def test_a_full_disk_behind_standard_output_is_said_once(
    problem: Path, words: tuple[str, ...]
) -> None:
    """``schema`` is larger than any buffer, the lines of ``check`` are flushed one by one, and help is
    written by other code.
    """
    if words[0] == "check":
        write_plan(None, mk.solve(read_problem(problem)), problem.parent / "plan.json")
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*PROGRAM, *words],
            cwd=problem.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    told = "matchkit: The standard output cannot be written: the disk is full; free some space.\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a POSIX shell")
def test_a_closed_standard_output_is_said_and_a_closed_standard_error_stops_nothing() -> (
    None
):
    command = " ".join(f"'{word}'" for word in PROGRAM)
    done = subprocess.run(
        ["sh", "-c", f"{command} schema >&-"],  # noqa: S607 - the shell of the host
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "matchkit: The standard output cannot be written: Bad file descriptor; write elsewhere.\n",
    )
    done = subprocess.run(
        ["sh", "-c", f"{command} schema 2>&-"],  # noqa: S607 - the shell of the host
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout[:1]) == (0, "{")
