"""Limits at the command line: in time, in words, with the exit code that scripts look at."""

from __future__ import annotations

import importlib
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest
from typer.testing import CliRunner

import matchkit as mk
from matchkit.cli.app import app
from matchkit.cli.progress import line
from matchkit.errors import OutOfMemoryError, WorkerError
from matchkit.solvers.flow.solution import Progress
from matchkit.tables.plans import read_plan
from matchkit.tables.problems import write_problem

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def district(tmp_path: Path) -> Path:
    write_problem(mk.datasets.city("district"), tmp_path / "district.json")
    return tmp_path / "district.json"


def test_no_plan_in_time_ends_with_3_and_writes_nothing(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    done = run("solve", problem, "-o", "plan.json", "--time-limit", "0.001")
    assert (done.returncode, done.stdout) == (3, "")
    assert (
        "Time ran out before there was any plan to hold: 0.001 seconds were given."
        in done.stderr
    )
    assert not (tmp_path / "plan.json").exists()


def test_without_a_process_of_its_own_the_first_plan_is_waited_for(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    done = run(
        "solve", problem, "-o", "plan.json", "--time-limit", "0.001", "--no-isolated"
    )
    assert done.returncode == 0, done.stderr
    assert read_plan(tmp_path / "plan.json").assignments


def test_too_little_memory_ends_with_3_in_words(run: Run, problem: Path) -> None:
    done = run("solve", problem, "-o", "plan.json", "--memory", "200")
    assert (done.returncode, done.stdout) == (3, "")
    assert pinned.text("worker.megabytes", megabytes=200) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_memory_limit_without_a_process_of_its_own_is_a_wrong_use(
    run: Run, problem: Path
) -> None:
    done = run("solve", problem, "-o", "plan.json", "--memory", "500", "--no-isolated")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--memory" in done.stderr


@pytest.mark.parametrize(
    "error",
    [
        WorkerError("ended by signal 6 (SIGABRT).", -6),
        OutOfMemoryError("came to its limit."),
    ],
)
def test_a_worker_without_an_answer_ends_with_3(
    error: WorkerError, problem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(
        importlib.import_module("matchkit.solving.solve"), "solve_from", fails
    )
    done = CliRunner().invoke(
        app, ["solve", str(problem), "-o", str(tmp_path / "plan.json")]
    )
    assert (done.exit_code, str(error) in done.stderr) == (3, True)


def test_a_plan_of_an_early_end_is_written_and_said_to_be_one(
    problem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = mk.solve(mk.read_problem(problem))
    early = best.model_copy(
        update={
            "outcome": best.outcome.model_copy(
                update={"status": "feasible", "stopped": "interrupted"}
            )
        }
    )
    monkeypatch.setattr(
        importlib.import_module("matchkit.solving.solve"),
        "solve_from",
        lambda *_, **__: early,
    )
    done = CliRunner().invoke(
        app, ["solve", str(problem), "-o", str(tmp_path / "plan.json")]
    )
    assert done.exit_code == 0
    assert done.stderr.endswith(
        "matchkit: interrupted: this is the best plan so far.\n"
    )
    assert read_plan(tmp_path / "plan.json") == early


def test_interrupts_while_solving_end_in_a_plan_or_in_3_without_a_traceback(
    district: Path, tmp_path: Path
) -> None:
    """Three quick ones, as a terminal sends them to every process of the group."""
    running = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "from matchkit.cli import main; main()",
            "solve",
            str(district),
            "-o",
            "plan.json",
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert running.stderr is not None
    assert "compile" in running.stderr.readline()
    for _ in range(3):
        running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=100)
    assert running.returncode == (0 if (tmp_path / "plan.json").exists() else 3)
    assert "Traceback" not in said
    assert "stopping with the best plan so far; Ctrl-C again stops at once" in said


def test_the_first_interrupt_is_shown_even_where_a_line_was_just_written() -> None:
    assert line(Progress("stop", 0, 0, None, None, 2.0)) == pinned.text(
        "progress.stopping", seconds="2.0"
    )
