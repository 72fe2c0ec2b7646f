"""``matchkit compare`` and ``matchkit what-if``: what they print in both languages, as JSON, and how faults
end them.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.answers.comparison import Comparison, WhatIf
from matchkit.explain.compare import compare
from matchkit.tables.plans import read_plan, write_plan
from matchkit.tables.problems import read_problem

Run = Callable[..., subprocess.CompletedProcess[str]]
LESS = [{"change": "remove_resource", "resource": "R1"}]


@pytest.fixture
def plans(problem: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The best plan of the sound problem, and the same without the assignment of R1."""
    plan = mk.solve(read_problem(problem))
    write_plan(None, plan, tmp_path / "a.json")
    fewer = tuple(entry for entry in plan.assignments if entry.resource != "R1")
    assert len(fewer) == len(plan.assignments) - 1
    write_plan(
        None, plan.model_copy(update={"assignments": fewer}), tmp_path / "b.json"
    )
    return tmp_path / "a.json", tmp_path / "b.json"


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    (tmp_path / "changes.json").write_text(json.dumps(LESS), encoding="utf-8")
    return tmp_path / "changes.json"


def test_compare_prints_the_whole_text_in_either_language(
    run: Run, problem: Path, plans: tuple[Path, Path]
) -> None:
    english, chinese = (
        run("compare", problem, *plans),
        run("compare", problem, *plans, "--lang", "zh"),
    )
    assert (english.returncode, chinese.returncode) == (0, 0), (
        english.stderr + chinese.stderr
    )
    found = compare(read_problem(problem), *(read_plan(plan) for plan in plans))
    assert (english.stdout, chinese.stdout) == (
        found.text() + "\n",
        found.text("zh") + "\n",
    )
    assert english.stdout.startswith(
        "1 pair gone, 0 new, 0 changed; 1 unit assigned (-1)"
    )
    assert (
        "  R1 for Q1\n" in english.stdout
        and pinned.text("comparison.gone", "zh", count=1) in chinese.stdout
    )


def test_compare_prints_json_that_reads_back(
    run: Run, problem: Path, plans: tuple[Path, Path]
) -> None:
    done = run("compare", problem, *plans, "--json")
    found = Comparison.model_validate_json(done.stdout)
    assert [(pair.resource, pair.requirement) for pair in found.gone] == [("R1", "Q1")]


def test_compare_of_a_plan_of_another_problem_ends_with_2(
    run: Run, problem: Path, plans: tuple[Path, Path], sound: dict[str, Any]
) -> None:
    sound["resources"] = sound["resources"][1:]
    sound["rules"] = sound["previous"] = []
    problem.write_text(json.dumps(sound), encoding="utf-8")
    done = run("compare", problem, *plans)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        f"before.assignments[0]: {pinned.text('compare.not_in_problem.resource', id='R1')}"
        in done.stderr
    )


def test_what_if_solves_both_and_tells_what_the_changes_bring(
    run: Run, problem: Path, changes: Path
) -> None:
    """Without R1 nobody serves Q1: tier 1 beyond its minimum falls from one to none."""
    done = run("what-if", problem, changes)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        pinned.text("what_if.line", count=1, goal="tier 1", difference=-1)
        + "\nChanges:\n  take resource R1 out\n"
    )
    assert "matchkit: " in done.stderr  # progress


def test_what_if_takes_a_plan_solved_before_and_prints_json_that_reads_back(
    run: Run, problem: Path, changes: Path, plans: tuple[Path, Path]
) -> None:
    done = run("what-if", problem, changes, "--plan", plans[0], "--json")
    assert done.returncode == 0, done.stderr
    assert WhatIf.model_validate_json(done.stdout).goals[-1].name == "weight"
    broken = run(
        "what-if", problem, changes, "--plan", plans[1], "--lang", "zh"
    )  # its numbers are not those of its assignments
    assert broken.returncode == 1 and broken.stdout == ""


def test_what_if_names_all_faults_of_its_changes_and_ends_with_2(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    wrong = [
        {"change": "set_capacity", "resource": "R3", "capacity": 1},
        {"change": "remove_rule", "label": "forbid R1"},
    ]
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    done = run("what-if", problem, "wrong.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        f"changes[0]: {pinned.text('change.unknown', what='resource', id='R3')}"
        in done.stderr
    )
    assert (
        "changes[1]: names the rule forbid R1, which is not in the problem. Maybe forbid R1 Q2 is meant"
        in done.stderr
    )


def test_compare_says_causes_and_writes_the_moves(
    run: Run, problem: Path, plans: tuple[Path, Path], tmp_path: Path
) -> None:
    table = tmp_path / "moves.xlsx"
    ran = run("compare", problem, *plans, "--problem-after", problem, "-o", table)
    assert ran.returncode == 0 and "Moves and their causes" in ran.stdout
    assert table.read_bytes()[:2] == b"PK"
    found = run("compare", problem, *plans, "--causes", "--json")
    assert json.loads(found.stdout)["paths"][0]["moves"][0]["resource"] == "R1"
