"""matchkit explain: shortages, demands, resources and pairs, as text in two languages and as JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest

from matchkit.answers.pairs import WhyNot
from matchkit.answers.shortages import Shortage, Shortages

Run = Callable[..., subprocess.CompletedProcess[str]]

PROBLEM = {
    "units": [{"id": "U1"}],
    "communities": [{"id": "C1"}],
    "resources": [
        {
            "id": "R1",
            "unit": "U1",
            "name": "a personal name",
            "skills": [{"skill": "nursing"}],
        },
        {"id": "R2", "unit": "U1"},
        {"id": "R3", "unit": "U1"},
    ],
    "demands": [
        {
            "id": "D1",
            "community": "C1",
            "requirements": [
                {"id": "Q1", "skills": [{"skill": "nursing"}], "wanted": 2}
            ],
        },
        {"id": "D2", "community": "C1", "tier": 2, "requirements": [{"id": "Q2"}]},
    ],
}


@pytest.fixture
def plan(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "problem.json").write_text(json.dumps(PROBLEM), encoding="utf-8")
    assert (
        run("solve", "problem.json", "-o", "plan.json", "--no-isolated").returncode == 0
    )
    return tmp_path / "plan.json"


def test_without_options_every_shortage_has_a_line(run: Run, plan: Path) -> None:
    done = run("explain", "problem.json", "plan.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1 requirement lacks 1 unit: contention 1",
        f"Q1 (tier 1) lacks 1: {pinned.text('cause.contention.alone', units=1)}",
    ]
    told = run("explain", "problem.json", "plan.json", "--lang", "zh").stdout
    assert told.splitlines()[0] == "1 个岗位共缺 1 份：供不应求 1"


def test_a_demand_is_explained_in_full_and_one_that_lacks_nothing_says_so(
    run: Run, plan: Path
) -> None:
    full = run("explain", "problem.json", "plan.json", "--demand", "D1").stdout
    assert "  given by R1 (1)" in full.splitlines()
    assert run(
        "explain", "problem.json", "plan.json", "--demand", "D2"
    ).stdout == "\n".join([pinned.text("shortages.none"), ""])


def test_repairs_are_offered_with_a_demand_only(run: Run, plan: Path) -> None:
    told = run(
        "explain", "problem.json", "plan.json", "--demand", "D1", "--repairs"
    ).stdout
    assert (
        "train R2 in nursing to level 1" in told
        or "train R3 in nursing to level 1" in told
    )
    refused = run("explain", "problem.json", "plan.json", "--repairs")
    assert refused.returncode == 2
    assert pinned.text("command.usage.repairs") in refused.stderr


def test_a_resource_tells_what_it_does_or_what_keeps_it_idle(
    run: Run, plan: Path
) -> None:
    assert run(
        "explain", "problem.json", "plan.json", "--resource", "R1"
    ).stdout.startswith("R1 gives 1 unit: Q1\n")
    idle = next(
        name
        for name in ("R2", "R3")
        if name
        not in {
            a["resource"]
            for a in json.loads(plan.read_text(encoding="utf-8"))["assignments"]
        }
    )
    assert run(
        "explain", "problem.json", "plan.json", "--resource", idle
    ).stdout.startswith(f"{idle} is idle")


def test_a_pair_is_explained_by_why_or_why_not(run: Run, plan: Path) -> None:
    assert (
        "R1 serves Q1"
        in run("explain", "problem.json", "plan.json", "--pair", "R1", "Q1").stdout
    )
    assert (
        "skill nursing 0 < 1"
        in run("explain", "problem.json", "plan.json", "--pair", "R2", "Q1").stdout
    )


def test_the_orders_of_a_set_aside_are_compared(run_here: Run, tmp_path: Path) -> None:
    """Kept first, a takes the kept place and b the open one; open first, a takes the open one and c the other."""
    points = {"a": 90, "b": 80, "c": 70}
    given = {
        "units": PROBLEM["units"],
        "communities": PROBLEM["communities"],
        "resources": [
            {"id": one, "unit": "U1", "groups": ["near"] if one != "b" else []}
            for one in points
        ],
        "demands": [
            {"id": "D", "community": "C1", "requirements": [{"id": "Q", "wanted": 2}]}
        ],
        "scores": [
            {"resource": one, "requirements": ["Q"], "points": [score]}
            for one, score in points.items()
        ],
        "rules": [{"rule": "set_aside", "id": "one near", "group": "near", "least": 1}],
    }
    (tmp_path / "problem.json").write_text(json.dumps(given), encoding="utf-8")
    run_here("solve", "problem.json", "-o", "plan.json", "--no-isolated")
    words = "explain", "problem.json", "plan.json", "--set-aside-orders"
    done = run_here(*words, "one near")
    values = {"rule": "one near", "group": "near", "before": 1, "after": 2}
    assert done.stdout.splitlines()[0] == pinned.text("set_asides.line", **values)
    assert run_here(*words, "another").returncode == 2
    assert run_here(*words, "one near", "--demand", "D").returncode == 2


def test_json_is_the_record(run: Run, plan: Path) -> None:
    assert (
        len(
            Shortages.model_validate_json(
                run("explain", "problem.json", "plan.json", "--json").stdout
            ).shortages
        )
        == 1
    )
    assert (
        Shortage.model_validate_json(
            run(
                "explain", "problem.json", "plan.json", "--demand", "D1", "--json"
            ).stdout
        ).requirement
        == "Q1"
    )
    assert (
        WhyNot.model_validate_json(
            run(
                "explain", "problem.json", "plan.json", "--pair", "R1", "Q2", "--json"
            ).stdout
        ).verdict
        == "exact"
    )


def test_unknown_ids_and_two_questions_at_once_are_bad_input(
    run: Run, plan: Path
) -> None:
    for option in (("--demand", "D9"), ("--pair", "R9", "Q1")):
        done = run("explain", "problem.json", "plan.json", *option)
        assert done.returncode == 2
        assert pinned.text("unknown") in done.stderr
    assert (
        run(
            "explain", "problem.json", "plan.json", "--demand", "D1", "--resource", "R1"
        ).returncode
        == 2
    )


def test_no_answer_holds_a_personal_name(run: Run, plan: Path) -> None:
    for option in (
        ("--demand", "D1", "--repairs"),
        ("--resource", "R1", "--json"),
        ("--pair", "R1", "Q2", "--lang", "zh"),
    ):
        assert (
            "personal"
            not in run("explain", "problem.json", "plan.json", *option).stdout
        )


def test_a_plan_that_breaks_a_rule_is_not_explained(run_here: Run, plan: Path) -> None:
    broken = json.loads(plan.read_text(encoding="utf-8"))
    next(pair for pair in broken["assignments"] if pair["requirement"] == "Q1")[
        "quantity"
    ] = 2  # R1 has a capacity of 1
    plan.write_text(json.dumps(broken), encoding="utf-8")
    for asked in ((), ("--demand", "D1"), ("--resource", "R1"), ("--pair", "R1", "Q1")):
        done = run_here("explain", "problem.json", "plan.json", *asked)
        assert (done.returncode, done.stdout) == (1, ""), asked
        assert (
            f"R1: {pinned.text('violation.resource_capacity', quantity=2, most=1)}"
            in done.stderr
        ), asked


def test_why_a_community_stands_below_others_and_what_proves_it(
    run: Run, plan: Path
) -> None:
    told = run("explain", "problem.json", "plan.json", "--community", "C1")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0] == (
        "C1 (tier 1) gets 1 of 2 (50 %): 0 stand higher, 0 lower"
    )
    both = ("--fairness", "communities", "--community", "C1")
    again = run("explain", "problem.json", "plan.json", *both)
    assert again.stdout == told.stdout
    two = run("explain", "problem.json", "plan.json", *both, "--proof")
    assert two.returncode == 2 and "one thing at a time" in two.stderr
    proof = run(
        "explain", "problem.json", "plan.json", "--fairness", "demands", "--proof"
    )
    assert proof.stdout.count("1 nested Hall set proves") == 1
    assert proof.stdout.count("tier 2: nobody lacks anything") == 1
    curve = run(
        "explain", "problem.json", "plan.json", "--fairness", "demands", "--price", "5"
    )
    assert "fairness between demands: " in curve.stdout
    assert run("explain", "problem.json", "plan.json", "--proof").returncode == 2
