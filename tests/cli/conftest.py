"""Runs the command line as a user does: another process, its two streams and its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = [sys.executable, "-W", "error", "-c", "from matchkit.cli import main; main()"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def started(
        *words: str | Path, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [*PROGRAM, *map(str, words)]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=env,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return started


@pytest.fixture
def run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """As ``run``, in this process: for tests of many commands, where nothing depends on how a process starts
    or ends.
    """
    from typer.testing import CliRunner

    from matchkit.cli.app import app

    def started(*words: str | Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(tmp_path)
        done = CliRunner().invoke(app, [str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(
            [str(word) for word in words], done.exit_code, done.stdout, done.stderr
        )

    return started


@pytest.fixture
def problem(tmp_path: Path, sound: dict[str, Any]) -> Path:
    """A file with the sound problem, in the folder that commands run in."""
    (tmp_path / "problem.json").write_text(json.dumps(sound), encoding="utf-8")
    return tmp_path / "problem.json"
