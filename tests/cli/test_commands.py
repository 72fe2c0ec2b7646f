"""What each command prints, writes and ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pinned
import pytest

from matchkit.tables.plans import read_plan
from matchkit.tables.problems import read_problem
from matchkit.tables.published import schema

Run = Callable[..., subprocess.CompletedProcess[str]]
Sound = dict[str, Any]


def test_demo_writes_nothing_without_out(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr
    assert "An invented street (seed 0)" in done.stdout
    assert "proven optimal, gap 0.0000%" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_demo_with_out_writes_problem_and_plan_that_check(
    run: Run, tmp_path: Path
) -> None:
    done = run("demo", "--scale", "street", "--seed", "3", "--out", "new/folder")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "new/folder").iterdir()) == [
        "plan.json",
        "problem.json",
    ]
    plan = json.loads((tmp_path / "new/folder/plan.json").read_text(encoding="utf-8"))
    assert plan["outcome"]["gap"] == 0
    assert plan["certificate"] is not None
    checked = run("check", "new/folder/problem.json", "new/folder/plan.json")
    assert (checked.returncode, checked.stdout) == (
        0,
        "\n".join([pinned.text("command.check.kept"), "certificate: holds", ""]),
    )


def test_another_seed_is_another_city(run: Run, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        assert run("demo", "--seed", seed, "--out", seed).returncode == 0
    assert read_problem(tmp_path / "1/problem.json") != read_problem(
        tmp_path / "2/problem.json"
    )


def test_solve_writes_the_plan_and_prints_only_the_result(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    done = run("solve", problem, "-o", "plan.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout == read_plan(tmp_path / "plan.json").summary() + "\n"
    # By hand: R1 can serve Q1 only, and R2, which is not divisible, gives Q2 one of the two wanted.
    assert [
        (a.resource, a.requirement, a.quantity)
        for a in read_plan(tmp_path / "plan.json").assignments
    ] == [
        ("R1", "Q1", 1),
        ("R2", "Q2", 1),
    ]
    assert [
        (s.requirement, s.missing) for s in read_plan(tmp_path / "plan.json").shortfalls
    ] == [("Q2", 1)]


def test_solve_and_check_print_in_the_language_asked_for(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    done = run("solve", problem, "-o", "plan.json", "--lang", "zh")
    assert done.stdout == read_plan(tmp_path / "plan.json").summary("zh") + "\n"
    assert "已证明最优" in done.stdout and "proven" not in done.stdout + done.stderr
    checked = run("check", problem, "plan.json", "--lang", "zh")
    assert (checked.returncode, checked.stdout) == (
        0,
        "\n".join(
            [
                pinned.text("command.check.kept", "zh"),
                pinned.text("command.check.holds", "zh"),
                "",
            ]
        ),
    )


def test_a_plan_remembers_that_it_was_to_be_fair(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", "city").returncode == 0
    words = ("--fair", "communities", "--even", "resources")
    done = run("solve", "city/problem.json", "-o", "fair.json", *words)
    assert done.returncode == 0, done.stderr
    plan = read_plan(tmp_path / "fair.json")
    assert (plan.outcome.fair, plan.outcome.even) == ("communities", "resources")
    assert any("coverage" in goal.name for goal in plan.outcome.goals)
    checked = run("check", "city/problem.json", "fair.json")
    assert checked.returncode == 0, checked.stdout
    assert "--fair communities --even resources" in checked.stderr
    # A depth is two words, and what is neither is refused before anything is read.
    deep = run("solve", "city/problem.json", "-o", "deep.json", "--fair", "depth 0")
    assert deep.returncode == 0, deep.stderr
    checked = run("check", "city/problem.json", "deep.json")
    assert checked.returncode == 0, checked.stdout
    assert '--fair "depth 0"' in checked.stderr
    refused = run("solve", "city/problem.json", "-o", "deep.json", "--fair", "depth")
    assert refused.returncode == 2
    assert pinned.text("command.usage.fair", value="'depth'") in " ".join(
        refused.stderr.replace("│", " ").split()
    )
    # A problem that says it itself is taken at its word.
    asked = json.loads((tmp_path / "city/problem.json").read_text(encoding="utf-8"))
    asked["objective"] = {"fair": "demands"}
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    assert run("check", "asked.json", "fair.json").returncode == 1
    parts = [{"measure": "weight"}]
    asked["objective"] = {"aims": [{"name": "all", "parts": parts}]}
    (tmp_path / "aims.json").write_text(json.dumps(asked), encoding="utf-8")
    refused = run("solve", "aims.json", "-o", "plan.json", *words)
    assert refused.returncode == 2, refused.stderr
    assert pinned.text("record.aims_and_fair") in refused.stderr


def test_solve_replaces_an_old_plan(run: Run, problem: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("old", encoding="utf-8")
    assert (
        run(
            "solve",
            problem,
            "-o",
            "plan.json",
            "--engine",
            "flow",
            "--time-limit",
            "60",
            "--gap",
            "0.5",
        ).returncode
        == 0
    )
    assert read_plan(tmp_path / "plan.json").outcome.engine == "flow"


def test_progress_goes_to_stderr_in_plain_lines(run: Run, problem: Path) -> None:
    done = run("solve", problem, "-o", "plan.json")
    lines = done.stderr.splitlines()
    assert lines
    assert all(line.startswith("matchkit: ") and " s  " in line for line in lines)


def test_check_of_a_plan_that_breaks_a_rule_ends_with_1_and_names_it(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    assert run("solve", problem, "-o", "plan.json").returncode == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    plan["assignments"][0]["requirement"] = "Q2"  # R1 is forbidden there
    (tmp_path / "bad.json").write_text(json.dumps(plan), encoding="utf-8")
    done = run("check", problem, "bad.json")
    assert done.returncode == 1
    assert any(
        line.startswith("forbid") and "R1" in line and "Q2" in line
        for line in done.stdout.splitlines()
    )
    assert "rules: broken in" in done.stdout


def test_check_of_a_tampered_certificate_ends_with_1(
    run: Run, problem: Path, tmp_path: Path
) -> None:
    assert run("solve", problem, "-o", "plan.json").returncode == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    for price in plan["certificate"]["resources"] + plan["certificate"]["requirements"]:
        price["price"] = [0] * len(price["price"])
    (tmp_path / "bad.json").write_text(json.dumps(plan), encoding="utf-8")
    done = run("check", problem, "bad.json")
    assert done.returncode == 1
    assert done.stdout.endswith(
        "\n".join(
            [
                pinned.text("command.check.kept"),
                pinned.text("command.check.refuted"),
                "",
            ]
        )
    )


def test_check_of_a_plan_without_certificate_says_that_nothing_is_proved(
    run: Run, problem: Path
) -> None:
    assert (
        run("solve", problem, "-o", "plan.json", "--engine", "greedy").returncode == 0
    )
    done = run("check", problem, "plan.json")
    assert done.returncode == 0
    assert "certificate: none" in done.stdout


def test_why_not_names_every_rule_that_the_pair_fails(run: Run, problem: Path) -> None:
    done = run("why-not", problem, "R2", "Q1")
    assert done.returncode == 0, done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "kind",
        "skill",
    ]


def test_why_not_of_an_eligible_pair_says_so(run: Run, problem: Path) -> None:
    assert run("why-not", problem, "R1", "Q1").stdout == "\n".join(
        [pinned.text("eligible"), ""]
    )


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ((), "problem"),
        (("problem",), "problem"),
        (("plan",), "plan"),
        (("lottery",), "lottery"),
    ],
)
def test_schema_prints_the_published_one(
    run: Run, words: tuple[str, ...], what: Any
) -> None:
    assert json.loads(run("schema", *words).stdout) == schema(what)


def test_help_of_each_command_loads_no_solver() -> None:
    for words in (
        ["--help"],
        *(
            [command, "--help"]
            for command in ("demo", "solve", "check", "why-not", "schema")
        ),
    ):
        program = (
            f"import sys; sys.argv = ['matchkit', *{words}]\n"
            "from matchkit.cli import main\n"
            "try: main()\n"
            "except SystemExit as end: assert not end.code\n"
            "heavy = {'ortools', 'networkx', 'pandas', 'scipy'} & set(sys.modules)\n"
            "assert not heavy, heavy\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Usage: matchkit" in done.stdout


def test_names_in_any_script_do_not_end_a_program_whose_terminal_cannot_show_them(
    run: Run, tmp_path: Path
) -> None:
    data = {
        "units": [{"id": "单位"}],
        "communities": [{"id": "社区"}],
        "resources": [{"id": "护士一", "unit": "单位"}],
        "demands": [
            {
                "id": "需求",
                "community": "社区",
                "requirements": [{"id": "岗位", "skills": [{"skill": "护理"}]}],
            }
        ],
    }
    (tmp_path / "p.json").write_text(json.dumps(data), encoding="utf-8")
    done = run(
        "why-not",
        "p.json",
        "护士一",
        "岗位",
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert done.returncode == 0, done.stderr
    assert "\\u62a4\\u7406" in done.stdout
