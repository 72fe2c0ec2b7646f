"""The example with the rules of a flow says what can be worked out by hand."""

from __future__ import annotations

import importlib

import pytest

import matchkit as mk

pytestmark = pytest.mark.usefixtures("examples_on_path")


def test_the_plan_is_the_one_worked_out_by_hand() -> None:
    """50 bags is what hillside takes; with cy that makes the 51 that the station may give; di is too far
    away.

    ana: importance 100, skills 100. bo: 20 more for the wish. cy: twice 50 for having been there. Bags: 100
    and 100.
    """
    plan = mk.solve(importlib.import_module("rules").build())
    chosen = [
        (entry.resource, entry.requirement, entry.quantity, entry.weight)
        for entry in plan.assignments
    ]
    assert chosen == [
        ("ana", "medics", 1, 200),
        ("bo", "medics", 1, 220),
        ("cy", "drivers", 1, 300),
        ("sandbags", "bags", 50, 200),
    ]
    assert [(lack.requirement, lack.missing) for lack in plan.shortfalls] == [
        ("bags", 40),
        ("drivers", 1),
    ]
    goals = [(goal.name, goal.value) for goal in plan.outcome.goals]
    assert goals == [
        ("tier 1 minimum", 1),
        ("tier 1", 51),
        ("tier 2", 1),
        ("weight", 10_720),
    ]
    assert plan.outcome.status == "optimal"


def test_it_prints_the_plan_the_reason_the_plan_of_more_rules_and_what_a_flow_cannot_express(
    capsys: pytest.CaptureFixture[str],
) -> None:
    importlib.import_module("rules").main()
    told = capsys.readouterr().out
    for line in (
        "53 of 94 slots filled by 4 resources; proven optimal, gap 0",
        "bags lacks 40: contended",
        "di does not drive at riverside: 26.7 km > 15 km",
        # Two drivers or none: di is too far away, so cy stays at home.
        "with an hours budget and a team: 52 of 94 slots filled by 3 resources; proven optimal",
        "cpsat: rule hours_budget ana ties pairs together by more than capacities",
        "rule hours_budget ana: ties pairs together by more than capacities. Solve with engine",
        "rule team rides: ties pairs together by more than capacities. Solve with engine",
    ):
        assert line in told


def test_every_rule_of_it_counts() -> None:
    """Without any one of its rules but the lock (which the best plan keeps anyway) the plan is another, or
    could be.
    """
    problem = importlib.import_module("rules").build()
    best = mk.solve(problem)
    without = {}
    for rule in problem.rules:
        rest = tuple(other for other in problem.rules if other != rule)
        without[rule.rule] = [
            goal.value
            for goal in mk.solve(
                problem.model_copy(update={"rules": rest})
            ).outcome.goals
        ]
    now = [goal.value for goal in best.outcome.goals]
    assert without["lock"] == now
    assert without["community_cap"] > now  # 51 bags
    assert (
        without["max_distance"] == now
    )  # di may come, but the station has given its share
    assert {rule.rule for rule in problem.rules} == {
        "lock",
        "forbid",
        "max_distance",
        "unit_cap",
        "community_cap",
        "reserve_share",
    }
