"""Resources are taken as one only where no rule tells them apart; any whole number is a seed."""

import json

from matchkit import Problem, solve

FAR_AND_NEAR = {
    "units": [{"id": "u"}],
    "communities": [{"id": "c"}],
    "resources": [
        {"id": "a", "unit": "u", "place": {"lat": 0, "lon": 1}},
        {"id": "b", "unit": "u", "place": {"lat": 0, "lon": 0}},
    ],
    "demands": [
        {
            "id": "d",
            "community": "c",
            "place": {"lat": 0, "lon": 0},
            "requirements": [{"id": "r"}],
        }
    ],
    "rules": [{"rule": "max_distance", "km": 1, "soft": {"price": 1000}}],
    "objective": {"distance": 0},
}
"""The pairs of both weigh the same, but only the first is beyond the limit."""


def _problem(**changed: object) -> Problem:
    return Problem.model_validate_json(json.dumps({**FAR_AND_NEAR, **changed}))


def test_a_soft_distance_tells_apart_whose_pairs_weigh_the_same() -> None:
    plan = solve(_problem())
    assert [entry.resource for entry in plan.assignments] == ["b"]
    assert plan.payments == ()


def test_a_seed_may_be_larger_than_the_engine_takes() -> None:
    window = {"start": "2026-05-01T00:00Z", "end": "2026-05-01T01:00Z"}
    demands = [
        {
            "id": n,
            "community": "c",
            "windows": [window],
            "requirements": [{"id": f"r{n}"}],
        }
        for n in "def"
    ]
    busy = [{"id": n, "unit": "u", "capacity": 9, "activation": 3} for n in "ab"]
    problem = _problem(
        resources=busy,
        demands=demands,
        rules=[{"rule": "team", "demand": "d", "least": 1, "most": 1}],
    )
    assert solve(problem, seed=2**63 - 1).outcome.goals[0].value == 2
