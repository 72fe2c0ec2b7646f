"""README is true: every snippet and every command in it is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SNIPPETS = [text for kind, text in BLOCKS if kind == "python"]
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.strip()]


def test_it_has_at_most_120_lines() -> None:
    assert len(README.splitlines()) <= 120


def test_every_block_is_one_that_is_run_here() -> None:
    assert {kind for kind, _ in BLOCKS} == {"python", "sh"}
    assert len(SNIPPETS) >= 2
    assert all(line.startswith(("scripts/", "matchkit ")) for line in COMMANDS)


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_a_snippet_runs_by_itself(number: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SNIPPETS[number]],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_commands_run_one_after_another(tmp_path: Path) -> None:
    beside = Path(sys.executable).parent / "matchkit"
    program = str(beside) if beside.exists() else shutil.which("matchkit")
    assert program, "the console script is not installed; run scripts/test"
    path = f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}"
    for command in [line for line in COMMANDS if line.startswith("matchkit ")]:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout, command


def test_the_two_commands_of_set_up_are_scripts_that_can_be_started() -> None:
    scripts = [line for line in COMMANDS if line.startswith("scripts/")]
    assert scripts == ["scripts/demo", "scripts/test"]
    for script in scripts:
        assert os.access(ROOT / script, os.X_OK)


def test_every_file_it_points_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link
