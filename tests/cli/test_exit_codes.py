"""0 fine, 1 the plan breaks a rule, 2 bad input, 3 stopped without a plan; errors in words on stderr, no
traceback.
"""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import pytest
from typer.testing import CliRunner

from matchkit import errors
from matchkit.cli import exits
from matchkit.cli.app import app
from matchkit.cli.app import run as run_here
from matchkit.errors import Complaint

Run = Callable[..., subprocess.CompletedProcess[str]]


def _ends(done: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("solve", "problem.json"), "--out"),
        (("solve", "-o", "plan.json"), "PROBLEM"),
        (("demo", "--scale", "planet"), "planet"),
        (("demo", "--seed", "-1"), "--seed"),
        (("solve", "problem.json", "-o", "plan.json", "--gap", "nan"), "--gap"),
        (("solve", "problem.json", "-o", "plan.json", "--gap", "2"), "--gap"),
        (
            ("solve", "problem.json", "-o", "plan.json", "--time-limit", "-1"),
            "--time-limit",
        ),
        (
            ("solve", "problem.json", "-o", "plan.json", "--time-limit", "inf"),
            "--time-limit",
        ),
        (("schema", "graph"), "graph"),
        (("repair",), "repair"),
        (("demo", "--fast"), "--fast"),
    ],
)
def test_a_wrong_use_ends_with_2(
    run: Run, problem: Path, words: tuple[str, ...], told: str
) -> None:
    _ends(run(*words), 2, told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("solve", "none.json", "-o", "plan.json"),
            f"none.json: {pinned.text('file.missing')}.",
        ),
        (
            ("solve", "problem.json", "-o", "none/plan.json"),
            "plan.json cannot be written: its folder does not exist",
        ),
        (("solve", "problem.json", "-o", "."), "cannot be written: it is not a file"),
        (
            ("solve", "problem.json", "-o", "plan.json", "--engine", "magic"),
            f"engine: is 'magic'. {pinned.text('matching.option.do', names='auto')}",
        ),
        (
            ("check", "problem.json", "none.json"),
            f"none.json: {pinned.text('file.missing')}.",
        ),
        (("check", "problem.json", "problem.json"), "has an unknown field"),
        (("why-not", "problem.json", "R9", "Q1"), "R9"),
        (("why-not", "problem.json", "R1", "Q9"), "Q9"),
        (("demo", "--out", "problem.json"), "problem.json cannot be written"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_it_is(
    run: Run, problem: Path, words: tuple[str, ...], told: str
) -> None:
    _ends_with_error(run(*words), told)


def _ends_with_error(done: subprocess.CompletedProcess[str], told: str) -> None:
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_record_ends_with_2_without_the_name_of_a_person(
    run: Run, tmp_path: Path, sound: dict[str, Any]
) -> None:
    sound["resources"][0] |= {"name": "王小明", "capacity": 13800138000}
    (tmp_path / "p.json").write_text(json.dumps(sound), encoding="utf-8")
    done = run("solve", "p.json", "-o", "plan.json")
    _ends(
        done,
        2,
        f"resources[0].capacity (id R1): {pinned.text('record.above.digits', digits='11', bound=1_000_000_000)}.",
    )
    assert "王小明" not in done.stderr
    assert not (tmp_path / "plan.json").exists()


BUDGET = {"rule": "hours_budget", "resource": "R1", "minutes": 60}


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (
            [BUDGET, {"rule": "lock", "resource": "R1", "requirement": "Q1"}],
            "locks (lock R1 Q1): cannot all be kept together",
        ),
        ([{"rule": "lock", "resource": "R1", "requirement": "Q2"}], "R1"),
    ],
    ids=["by a search", "by looking"],
)
def test_rules_that_cannot_be_kept_end_with_2(
    run: Run,
    tmp_path: Path,
    sound: dict[str, Any],
    rules: list[dict[str, Any]],
    told: str,
) -> None:
    sound["rules"] += rules
    (tmp_path / "p.json").write_text(json.dumps(sound), encoding="utf-8")
    done = run("solve", "p.json", "-o", "plan.json")
    _ends_with_error(done, told)
    assert not (tmp_path / "plan.json").exists()


def test_what_no_flow_can_express_is_solved_and_ends_with_2_only_where_a_flow_is_named(
    run: Run, tmp_path: Path, sound: dict[str, Any]
) -> None:
    """R1 has an hour for a demand of four."""
    sound["rules"].append(BUDGET)
    (tmp_path / "p.json").write_text(json.dumps(sound), encoding="utf-8")
    _ends_with_error(
        run("solve", "p.json", "-o", "plan.json", "--engine", "flow"),
        "rule hours_budget R1: ties pairs together",
    )
    assert not (tmp_path / "plan.json").exists()
    done = run("solve", "p.json", "-o", "plan.json")
    assert done.returncode == 0, done.stderr
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert (
        plan["outcome"]["status"],
        [entry["resource"] for entry in plan["assignments"]],
    ) == (
        "optimal",
        ["R2"],
    )
    assert run("check", "p.json", "plan.json").returncode == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.StoppedError("no plan yet."), 3),
        (errors.EngineError("an engine failed."), 3),
        (errors.BudgetError("too large."), 2),
        (errors.StorageError("no room."), 2),
        (errors.InputError([Complaint("a", "b")]), 2),
        (errors.UnsupportedError([Complaint("a", "b")]), 2),
        (errors.ContradictionError([Complaint("a", "b")]), 2),
        (errors.BrokenPlanError([Complaint("a", "b")]), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_while_solving_has_its_exit_code(
    problem: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    # The module, not what `matchkit.solve` is for a user of the package: the function.
    monkeypatch.setattr(
        importlib.import_module("matchkit.solving.solve"), "solve_from", fails
    )
    done = CliRunner().invoke(
        app, ["solve", str(problem), "-o", str(tmp_path / "plan.json")]
    )
    assert done.exit_code == code
    assert str(error) in done.stderr
    assert not (tmp_path / "plan.json").exists()


def test_every_error_of_matchkit_has_an_exit_code_that_is_not_0() -> None:
    kinds, found = [errors.MatchkitError], []
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found.append(exits.exit_code(kind.__new__(kind)))
    assert len(found) >= 9
    assert set(found) == {1, 2, 3}


def test_a_defect_is_told_apart_from_a_broken_plan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crashes(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("matchkit.cli.app.app", crashes)
    monkeypatch.setattr(
        "matchkit.cli.app.take_streams", lambda: None
    )  # those of this process are the tests' own
    with pytest.raises(SystemExit) as ended:
        run_here()
    assert ended.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from matchkit.cli import main

    monkeypatch.setitem(sys.modules, "typer", None)
    monkeypatch.delitem(sys.modules, "matchkit.cli.app")
    for module in [name for name in sys.modules if name.startswith("matchkit.cli.")]:
        monkeypatch.delitem(sys.modules, module)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        signal.signal(
            signal.SIGINT, before
        )  # a command's Ctrl-C ends the process, and this process runs other tests
    assert ended.value.code == 2
    assert "needs the extra 'cli'" in capsys.readouterr().err
