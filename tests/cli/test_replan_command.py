"""``matchkit replan``, and the problem that its plan is checked with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matchkit as mk

Run = Callable[..., Any]


def test_a_replan_is_written_with_the_problem_that_proves_it(
    run_here: Run, tmp_path: Path
) -> None:
    problem = mk.datasets.city("street")
    before = mk.solve(problem)
    gone = before.assignments[0].resource
    left = [one for one in problem.resources if one.id != gone]
    now = problem.model_copy(update={"resources": tuple(left)})
    mk.write_problem(now, tmp_path / "now.json")
    mk.write_plan(problem, before, tmp_path / "before.json")
    given = ("now.json", "before.json", "-o", "new.json", "--no-isolated")
    asked = ("--notice", "2199-01-01T00:00Z=3", "--person", f"{left[0].id}=2")
    done = run_here("replan", *given, *asked, "--problem-out", "kept.json")
    assert done.returncode == 0
    assert "Kept of the reference plan: " in done.stdout
    plan = mk.read_plan(tmp_path / "new.json")
    assert plan.outcome.kept is not None
    assert plan.outcome.kept.gone >= 1
    kept = mk.read_problem(tmp_path / "kept.json")
    assert {one.weight for one in kept.reference} >= {3}
    checked = run_here("check", "kept.json", "new.json")
    assert checked.returncode == 0
    assert not mk.verify(now, plan).ok  # its goals are those of the other problem
    for option in (
        ("--notice", "2199-01-01T00:00=3"),
        ("--person", "x=many"),
        ("--frozen", "tomorrow"),
        ("--draft", "-1"),
    ):
        assert run_here("replan", *given, *option).returncode == 2
    over = ("replan", "now.json", "before.json", "-o", "x.json", "--problem-out")
    assert run_here(*over, "now.json").returncode == 2
