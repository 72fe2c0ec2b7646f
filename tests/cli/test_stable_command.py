"""``matchkit stable``, and what other commands make of its plan."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk

Run = Callable[..., Any]


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """The council of the example, which leaves open how ranks choose."""
    example = Path(__file__).parents[2] / "examples" / "council_seats.py"
    problem = runpy.run_path(str(example))["build"]()
    path = tmp_path / "council.json"
    plain = problem.model_copy(update={"objective": mk.Objective()})
    path.write_text(plain.to_json(), encoding="utf-8")
    return path


def test_a_stable_plan_is_written_checked_and_compared(
    run_here: Run, council: Path, tmp_path: Path
) -> None:
    done = run_here("stable", council, "-o", "stable.json", "--no-isolated")
    assert done.returncode == 0
    assert "Chosen by ranks (weak stability): no pair blocks the plan" in done.stdout
    checked = run_here("check", council, "stable.json")
    assert checked.returncode == 0
    assert "--rule weak --proposing resources --among proposers" in checked.stderr
    assert (
        run_here("solve", council, "-o", "best.json", "--no-isolated").returncode == 0
    )
    told = run_here("compare", council, "best.json", "stable.json")
    assert "Pairs that would rather have each other (weak stability):" in told.stdout
    data = json.loads(
        run_here("compare", council, "best.json", "stable.json", "--json").stdout
    )
    assert data["blocking"]["after"] == 0
    plan = mk.read_plan(tmp_path / "stable.json")
    assert plan.outcome.chosen is not None
    page = run_here("report", council, "stable.json", "-o", "page.html")
    assert page.returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rule", "super"), "super-stability"),
        (("--rule", "dictatorship", "--seed", "4"), "serial dictatorship"),
        (("--rule", "immediate", "--proposing", "requirements"), "immediate acceptance"),
        (("--rule", "trading"), "top trading cycles"),
        (("--among", "goals"), "no pair blocks the plan"),
        (("--lang", "zh"), "没有配对会破坏方案"),
    ],
)  # fmt: skip
def test_every_rule_can_be_asked_for(
    run_here: Run, council: Path, words: tuple[str, ...], told: str
) -> None:
    done = run_here("stable", council, "-o", "p.json", "--no-isolated", *words)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout


def test_a_rule_that_stability_does_not_know_is_bad_input(
    run_here: Run, council: Path
) -> None:
    problem = mk.read_problem(council)
    capped = (mk.rules.UnitCap(unit="club", most=2),)
    text = problem.model_copy(update={"rules": capped}).to_json()
    council.write_text(text, encoding="utf-8")
    done = run_here("stable", council, "-o", "p.json", "--no-isolated")
    assert done.returncode == 2
    assert "unit_cap club" in done.stderr


def test_blocking_pairs_are_printed(run_here: Run, tmp_path: Path) -> None:
    """Both want the place that has room for one only by its minimum elsewhere."""
    needs = {"hall": (2, 0), "hut": (1, 1)}
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="A")],
        resources=[mk.Resource(id=name, unit="U") for name in ("ana", "ben")],
        demands=[
            mk.Demand(
                id=name,
                community="A",
                requirements=[mk.Requirement(id=name, wanted=wanted, minimum=least)],
            )
            for name, (wanted, least) in needs.items()
        ],
        rankings=[
            mk.Ranking(
                by="resource", id=name, of="demands", ids=["hall", "hut"], ranks=[1, 2]
            )
            for name in ("ana", "ben")
        ],
    )
    (tmp_path / "p.json").write_text(problem.to_json(), encoding="utf-8")
    done = run_here("stable", "p.json", "-o", "s.json", "--no-isolated")
    assert "1 pair blocks the plan, and no plan has fewer" in done.stdout
    assert done.stdout.count(" for hall") == 1
