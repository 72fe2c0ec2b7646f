"""The house itself: the scripts, what an import loads and leaves, and what no file of it may hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]
    if path.is_file()
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
FILES = [
    path
    for folder in (".ci", "benchmarks", "docs", "examples", "scripts", "src", "tests")
    for path in (ROOT / folder).rglob("*")
    if path.is_file()
    and path.suffix in ("", ".py", ".md", ".json", ".toml", ".sh")
    and "__pycache__" not in path.parts
] + [path for path in ROOT.iterdir() if path.suffix in (".md", ".toml")]


def _python(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_matchkit_loads_no_solver_and_warns_of_nothing() -> None:
    loaded = _python(
        "import matchkit, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ).split()
    assert "matchkit" in loaded
    solvers = {"ortools", "networkx", "scipy"}
    extras = {
        "pandas",
        "polars",
        "narwhals",
        "pyarrow",
        "python_calamine",
        "xlsxwriter",
        "jinja2",
        "typer",
        "rich",
    }
    assert not (solvers | extras) & set(loaded)


def test_importing_matchkit_leaves_the_process_as_it_was() -> None:
    told = _python(
        "import json, logging, random, signal, sys, threading, warnings\n"
        "def state():\n"
        "    handlers = [str(signal.getsignal(number)) for number in signal.valid_signals()]\n"
        "    hooks = [repr(sys.excepthook), repr(sys.displayhook), repr(threading.excepthook)]\n"
        "    limits = [sys.getrecursionlimit(), sys.get_int_max_str_digits()]\n"
        "    return [handlers, hooks, limits, random.getstate(), warnings.filters[:], "
        "logging.root.handlers[:], threading.active_count()]\n"
        "import numpy, pydantic  # numpy sets a warning filter of its own\n"
        "before = state()\n"
        "import matchkit\n"
        "print(state() == before)\n"
    )
    assert told == "True\n"


def test_the_installed_package_is_the_one_under_test() -> None:
    assert metadata.version("matchkit") == PROJECT["version"]
    [command] = metadata.entry_points(group="console_scripts", name="matchkit")
    assert command.value == "matchkit_command:main"


def test_the_core_needs_five_packages_and_every_bound_but_that_of_the_zones_is_closed() -> (
    None
):
    """tzdata is data, versioned by the year: a newer one is never wrong, an older one soon is."""
    names = {re.split(r"[<>=]", wanted)[0] for wanted in PROJECT["dependencies"]}
    assert names == {"networkx", "numpy", "ortools", "pydantic", "tzdata"}
    assert all(
        ("<" in wanted or wanted.startswith("tzdata>")) and ">=" in wanted
        for wanted in PROJECT["dependencies"]
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_started_and_read(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    subprocess.run(["bash", "-n", script], check=True)  # noqa: S607 - the one that would run it


def test_ci_calls_the_test_command_of_people() -> None:
    assert "exec scripts/test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_machine_with_an_old_python_only_is_told_so(tmp_path: Path) -> None:
    for folder in ("scripts", "bin"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "scripts" / "environment", tmp_path / "scripts")
    for name in (
        "python",
        "python3",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
    ):
        (tmp_path / "bin" / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    env = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        [tmp_path / "scripts" / "environment"],
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer and found none" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of this machine", re.escape(str(ROOT)) + r"\b"),
        (
            "an installation from the public index",
            r"pip install (-U |--upgrade )?matchkit\b",
        ),
        ("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY"),
    ],
)
def test_no_file_holds(what: str, pattern: str) -> None:
    assert len(FILES) > 50
    here = Path(__file__)
    held = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path != here and re.search(pattern, path.read_text(encoding="utf-8"))
    ]
    assert held == [], f"{what} in {held}"
