"""Where the goals make numbers too large for the block engine, a problem is still solved: the search has its
own bound.
"""

import json

import pytest

from matchkit import Problem
from matchkit.compile.general import scheduling
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.scheduling import solve_scheduling
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline


def _many_tiers() -> Problem:
    """One person, 800 hours one after another in 20 tiers, the heaviest weight there is."""
    demands = [
        {
            "id": f"d{hour}",
            "community": "c",
            "tier": 1 + hour % 20,
            "weight": 1000,
            "requirements": [{"id": f"r{hour}"}],
            "windows": [
                {
                    "start": f"2026-{1 + hour // 600:02}-{1 + hour % 600 // 24:02}T{hour % 24:02}:00Z",
                    "end": "2026-03-01T00:00Z",
                }
            ],
        }
        for hour in range(800)
    ]
    entries = {
        "units": [{"id": "u"}],
        "communities": [{"id": "c"}],
        "resources": [{"id": "a", "unit": "u", "capacity": 800}],
    }
    rules = [{"rule": "hours_budget", "minutes": 600, "per": "week"}]
    return Problem.model_validate_json(
        json.dumps(
            {
                **entries,
                "demands": demands,
                "rules": rules,
                "objective": {"importance": 1000},
            }
        )
    )


def test_goals_too_large_for_blocks_are_no_error() -> None:
    assert (
        solve_scheduling(compile_case(Instance(_many_tiers()), 10**6), Deadline(), 0.0)
        is None
    )


def test_neither_are_weights_too_large_for_cuts_and_first_plans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A limit on what one pair earns stands for weights that pass it."""
    case = compile_case(Instance(_many_tiers()), 10**6)
    monkeypatch.setattr(scheduling, "MOST", 2)
    held = HeldBounds(case)
    assert held.plan(Deadline()) is None
    assert held.of((0,) * len(case.aims), len(case.aims) - 1, Deadline()) is None
    monkeypatch.setattr(scheduling, "LARGEST", 2**62)
    assert solve_scheduling(case, Deadline(), 0.0) is None
