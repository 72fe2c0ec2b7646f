"""``matchkit recommend``: for a demand and a resource, in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matchkit as mk

Run = Callable[..., Any]


def test_a_demand_and_a_resource_get_the_best_that_there_are(
    run_here: Run, tmp_path: Path
) -> None:
    problem = mk.datasets.city("street")
    plan = mk.solve(problem)
    mk.write_problem(problem, tmp_path / "problem.json")
    mk.write_plan(problem, plan, tmp_path / "plan.json")
    files = ("problem.json", "plan.json")
    done = run_here("recommend", *files, "--demand", "D0002", "-k", "3", "--lang", "zh")
    needs = next(one.requirements for one in problem.demands if one.id == "D0002")
    assert done.returncode == 0
    live = mk.Live(problem, plan)
    found = [live.recommend("requirement", need.id, 3) for need in needs]
    assert done.stdout == "".join(one.text("zh") + "\n" for one in found)
    name = problem.resources[0].id
    done = run_here("recommend", *files, "--resource", name, "--json")
    assert mk.results.Recommendations.model_validate_json(
        done.stdout
    ) == live.recommend("resource", name)
    assert run_here("recommend", *files).returncode == 2
    assert run_here("recommend", *files, "--demand", "D9").returncode == 2
