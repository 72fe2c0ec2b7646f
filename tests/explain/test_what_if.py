"""What changes would bring: the differences of two optima where both are proven, and true ranges where they
are not.
"""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource
from every_plan import TooManyError, best, every_plan
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import (
    AddResource,
    AddRule,
    ChangeObjective,
    RemoveDemand,
    RemoveResource,
    SetCapacity,
    SetWanted,
)
from matchkit.answers.comparison import Range, WhatIf
from matchkit.answers.comparison_text import range_text
from matchkit.errors import BrokenPlanError, ContradictionError, InputError
from matchkit.explain.what_if import shifts, what_if
from matchkit.plan import Goal, Outcome


def queue() -> mk.Problem:
    """One person, two demands of 10 and 30 points: the second is served."""
    return problem(
        [resource("R1")],
        [demand("D1", need("Q1"), weight=10), demand("D2", need("Q2"), weight=30)],
        objective=mk.Objective(skill_fit=0),
    )


def outcome(*goals: tuple[int, int | None, int]) -> Outcome:
    """An outcome of goals g0, g1, ... with value, bound and tolerance."""
    made = tuple(
        Goal(name=f"g{n}", value=value, bound=bound, tolerance=slack)
        for n, (value, bound, slack) in enumerate(goals)
    )
    return Outcome(
        status="feasible", stopped="time_limit", goals=made, value=made[-1].value, bound=None, gap=None,
        engine="x", reason="x", seed=0, versions=(), digest="x",
    )  # fmt: skip


def ranges(before: Outcome, after: Outcome) -> list[tuple[int | None, int | None]]:
    return [
        (goal.difference.least, goal.difference.most) for goal in shifts(before, after)
    ]


def test_by_hand() -> None:
    """A second person serves the demand of 10 points: one slot and 10 points more."""
    found = what_if(queue(), None, [AddResource(resource=resource("R2"))])
    assert [(g.name, g.before, g.after, g.difference) for g in found.goals] == [
        (
            "tier 1",
            Range(least=1, most=1),
            Range(least=2, most=2),
            Range(least=1, most=1),
        ),
        (
            "weight",
            Range(least=30, most=30),
            Range(least=40, most=40),
            Range(least=10, most=10),
        ),
    ]
    assert found.proven and found.comparison.weight.difference == 10
    assert found.line() == pinned.text(
        "what_if.line", count=1, goal="tier 1", difference="+1"
    )
    assert found.line("zh") == pinned.text(
        "what_if.line", "zh", count=1, goal="第 1 级", difference="+1"
    )
    assert (
        "  add resource R2 to unit U1 (person, no skills, capacity 1)"
        in found.text().splitlines()
    )
    assert len(found.text().splitlines()) == len(found.text("zh").splitlines())


def test_a_change_that_helps_nobody_is_told_as_such() -> None:
    found = what_if(queue(), None, [SetCapacity(resource="R1", capacity=1)])
    assert found.line() == pinned.text("what_if.none", count=1)
    assert found.comparison.same


def test_the_changes_may_come_one_by_one_and_are_kept() -> None:
    changes = [SetWanted(requirement="Q1", wanted=2), RemoveResource(resource="R1")]
    assert what_if(queue(), None, iter(changes)).changes == tuple(changes)


def test_differences_are_those_of_the_best_among_all_plans() -> None:
    """Against every plan of both problems; tolerances leave a value open, so only goals before any are
    compared then.
    """
    compared = proven = 0
    for seed in range(0, 240, 6):
        given = rule_problem(seed)
        records = given.resources if seed % 12 else given.demands
        if not records:
            continue
        change: Any = (
            RemoveResource(resource=records[0].id)
            if seed % 12
            else RemoveDemand(demand=records[0].id)
        )
        other = apply_changes(given, [change])
        try:
            every = [every_plan(one, most=250).values for one in (given, other)]
            found = what_if(given, None, [change])
        except (TooManyError, ContradictionError):
            continue
        tolerances = [goal.tolerance for goal in found.before.goals]
        if any(tolerances[:-1]) or len(found.before.goals) != len(found.after.goals):
            continue
        tops = [best(values, [0] * len(tolerances)) for values in every]
        assert [goal.difference for goal in found.goals] == [
            Range(least=b - a, most=b - a) for a, b in zip(*tops, strict=True)
        ]
        compared += len(found.goals)
        proven += found.proven
    assert compared > 30 and proven > 10


def test_ranges_of_plans_that_are_not_proven_hold_the_true_difference() -> None:
    """The plan of a greedy engine has no bound: its best is at least what it reaches, and the difference is
    at most.
    """
    given, change = queue(), AddResource(resource=resource("R2"))
    rough = mk.solve(given, engine="greedy")
    found = what_if(given, rough, [change])
    assert found.goals[0].before == Range(least=rough.outcome.goals[0].value, most=None)
    assert (found.goals[0].difference.least, found.goals[0].difference.most) == (
        None,
        1,
    )
    assert not found.proven
    assert found.line() == pinned.text(
        "what_if.line", count=1, goal="tier 1", difference="at most +1"
    )
    assert "not known" in found.text() and "未知" in found.text("zh")


def test_ranges_by_hand() -> None:
    proven = outcome((5, 5, 0), (7, 7, 0))
    assert ranges(proven, outcome((8, 8, 0), (1, 1, 0))) == [(3, 3), (-6, -6)]
    assert ranges(proven, outcome((8, 10, 0), (1, None, 0))) == [(3, 5), (None, None)]
    assert ranges(
        outcome((5, 6, 0), (7, None, 0)), outcome((8, 10, 0), (1, None, 0))
    ) == [
        (2, 5),
        (None, None),
    ]
    assert ranges(proven, outcome((8, None, 0), (1, None, 0))) == [
        (3, None),
        (None, None),
    ]
    assert ranges(proven, outcome((5, 5, 0), (7, 9, 0))) == [(0, 0), (0, 2)]


def test_a_goal_within_its_tolerance_lets_those_after_it_be_known() -> None:
    within, at = outcome((8, 10, 2), (1, 1, 0)), outcome((10, 10, 2), (1, 1, 0))
    assert ranges(at, within) == [(-2, 0), (0, 0)]
    last = outcome(
        (1, 1, 0), (8, 10, 2)
    )  # nothing comes after the last goal: its tolerance allows nothing
    assert ranges(last, last) == [(0, 0), (-2, 2)]


def test_ranges_in_words() -> None:
    def told(least: int | None, most: int | None) -> tuple[str, str]:
        one = Range(least=least, most=most)
        return range_text(one, "en", sign=True), range_text(one, "zh", sign=True)

    assert told(2, 2) == ("+2", "+2")
    assert told(-1, 1200) == ("-1 to +1,200", "-1 至 +1,200")
    assert told(None, 0) == ("at most 0", "至多 0")
    assert told(3, None) == ("at least +3", "至少 +3")
    assert told(None, None) == ("not known", "未知")


def test_a_goal_that_the_changes_take_away_has_no_difference() -> None:
    given = problem(
        [resource("R1")], [demand("D1", need("Q1")), demand("D2", need("Q2"), tier=2)]
    )
    found = what_if(given, None, [RemoveDemand(demand="D2")])
    assert [(g.name, g.after is None) for g in found.goals] == [
        ("tier 1", False),
        ("tier 2", True),
        ("weight", False),
    ]
    assert found.goals[1].difference == Range(least=None, most=None)


def test_the_answer_comes_back_from_its_json_without_the_plans() -> None:
    found = what_if(
        queue(), None, [ChangeObjective(objective=mk.Objective(importance=2))]
    )
    again = WhatIf.model_validate_json(found.to_json())
    assert found.plan_before is not None and found.plan_after is not None
    assert (again.plan_before, again.plan_after) == (None, None)
    assert again == found.model_copy(update={"plan_before": None, "plan_after": None})
    assert '"assignments"' not in found.to_json()


def test_a_plan_given_is_not_solved_again_but_checked() -> None:
    plan = mk.solve(queue())
    assert what_if(queue(), plan, [RemoveResource(resource="R1")]).plan_before is plan
    entry = plan.assignments[0].model_copy(update={"requirement": "Q1"})
    with pytest.raises(BrokenPlanError):
        what_if(queue(), plan.model_copy(update={"assignments": (entry,)}), [])
    assert plan.certificate is not None
    free = plan.certificate.model_copy(update={"requirements": (), "resources": ()})
    with pytest.raises(BrokenPlanError):
        what_if(queue(), plan.model_copy(update={"certificate": free}), [])


def test_faults_are_told_before_anything_is_solved() -> None:
    def never(step: object) -> None:
        raise AssertionError(step)

    with pytest.raises(InputError, match="names the resource R7"):
        what_if(queue(), None, [RemoveResource(resource="R7")], progress=never)
    with pytest.raises(InputError, match="plan: is of type str"):
        what_if(queue(), "plan", [], progress=never)  # type: ignore[arg-type]


def test_changes_that_contradict_each_other_are_an_error() -> None:

    locks = [
        AddRule(rule=mk.rules.Lock(resource="R1", requirement=name))
        for name in ("Q1", "Q2")
    ]
    with pytest.raises(ContradictionError):
        what_if(queue(), None, locks)
