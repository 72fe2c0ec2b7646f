"""The range of a factor in which a plan stays optimal: its ends against every plan of small problems, at the
ends and beyond.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource
from comparison_campaign import at, crowd, optimal_by_every_plan
from every_plan import TooManyError, every_plan
from random_problems import seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.sensitivity import WeightRange
from matchkit.compile.goals import aims_of
from matchkit.errors import BrokenPlanError, ContradictionError, InputError
from matchkit.explain.weight_range import weight_range
from matchkit.plan import Terms

MOST = 300


def choice() -> mk.Problem:
    """One slot. A has 100 points of the caller's; B has 40, and lives there: 50 points of familiarity for
    each factor.
    """
    scores = [
        mk.Scores(resource=name, requirements=["Q1"], points=[points])
        for name, points in (("A", 100), ("B", 40))
    ]
    objective = mk.Objective(importance=0, skill_fit=0)
    return problem(
        [resource("A"), resource("B", home="C1")],
        [demand("D1", need("Q1"))],
        scores=scores,
        objective=objective,
    )


def checked(given: mk.Problem, plan: mk.Plan, term: str, *more: int) -> WeightRange:
    """The range, with its ends, one factor beyond each, and some more factors compared with every plan."""
    found = weight_range(given, plan, term)
    assert (
        found.exact
        and (found.below is None) == (found.least in (0, None))
        and (found.above is None) == (found.most in (1000, None))
    )
    inside = (
        range(0)
        if found.low is None or found.high is None
        else range(found.low, found.high + 1)
    )
    tolerant = any(aim.tolerance for aim in aims_of(given))
    for factor in sorted(
        {
            0,
            1000,
            *more,
            *(inside[:1]),
            *(inside[-1:]),
            *(end.factor for end in (found.below, found.above) if end),
        }
    ):
        optimal, values, top = optimal_by_every_plan(
            at(given, term, factor), plan, MOST
        )
        assert optimal == (factor in inside), (term, factor, found)
        for end in (found.below, found.above):
            if end is not None and end.factor == factor:
                assert end.proven and tuple(goal.before for goal in end.goals) == values
                assert tolerant or tuple(goal.after for goal in end.goals) == top
    return found


def test_by_hand() -> None:
    """A's 100 points are no less than B's 40 + 50 k as long as k is at most 1; at 2 B is better by 40."""
    given = choice()
    found = checked(given, mk.solve(given), "familiarity")
    assert (found.low, found.high, found.least, found.most, found.below) == (
        0,
        1,
        0,
        1,
        None,
    )
    assert found.above is not None and (
        found.above.factor,
        found.above.gain.before,
        found.above.gain.after,
    ) == (2, 100, 140)
    assert found.line() == pinned.text(
        "weight_range.line", term="familiarity", low=0, high=1, factor=1
    )
    assert (
        found.line("zh")
        == "熟悉程度的系数在 0 至 1 之间时（现为 1，可取 0 至 1,000），本方案保持最优"
    )
    assert (
        pinned.text("weight_range.end", factor=2, gain="40", goal="weight")
        in found.text().splitlines()
    )
    assert len(found.text().splitlines()) == len(found.text("zh").splitlines())


def test_a_plan_is_optimal_where_it_ties_with_another() -> None:
    """With 90 points of A both are worth 90 at factor 1: the plan of either is optimal there."""
    given = choice()
    scores = (
        mk.Scores(resource="A", requirements=["Q1"], points=[90]),
        given.scores[1],
    )
    tied = given.model_copy(update={"scores": scores})
    plan = mk.solve(tied)
    found = checked(tied, plan, "familiarity", 2)
    low = plan.assignments[0].resource == "A"
    assert (found.low, found.high) == ((0, 1) if low else (1, 1000))


def test_the_end_of_a_score_lies_between_two_factors() -> None:
    """B leads by 50 at score 0; A gains 60 a factor: B is best at 0 alone, A from 1 on."""
    given = at(choice(), "score", 0)
    found = checked(given, mk.solve(given), "score")
    assert (found.low, found.high, found.above is not None and found.above.factor) == (
        0,
        0,
        1,
    )
    assert found.line() == pinned.text(
        "weight_range.one", term="own scores", low=0, factor=0
    )
    other = at(choice(), "score", 5)
    assert (checked(other, mk.solve(other), "score").low, found.solves) == (1, 3)


def test_ranges_with_two_ends_against_every_plan() -> None:
    seen: Counter[str] = Counter()
    for seed in range(15):
        given = crowd(seed)
        plan = mk.solve(given)
        term = ("familiarity", "score", "importance", "preference", "previous")[
            seed % 5
        ]
        found = checked(given, plan, term, seeded(seed).randint(2, 40))
        seen["below"] += found.below is not None
        seen["above"] += found.above is not None
        seen["both"] += found.below is not None and found.above is not None
    assert min(seen["below"], seen["above"]) >= 4 and seen["both"], seen


def test_ranges_of_problems_with_every_rule_against_every_plan() -> None:
    compared = 0
    for seed in range(2, 240, 12):
        given = rule_problem(seed)
        term = seeded(seed).choice(list(Terms.model_fields))
        try:
            every_plan(given, most=MOST)
            checked(given, mk.solve(given), term)
        except (TooManyError, ContradictionError, InputError):
            continue
        compared += 1
    assert compared > 4


def test_a_plan_that_is_not_optimal_now_may_be_so_at_other_factors() -> None:
    """The plan of B at factor 1, where A is better: it is best from 2 on."""
    given = choice()
    plan = b_instead(given)
    found = checked(given, plan, "familiarity")
    assert (found.low, found.high) == (2, 1000)
    assert found.below is not None and (
        found.below.factor,
        found.below.gain.difference,
    ) == (
        1,
        10,
    )


def test_a_plan_that_is_optimal_nowhere_is_told_as_such() -> None:
    given = choice()
    found = checked(given, b_instead(given), "preference")
    assert (
        found.low,
        found.high,
        found.least,
        found.most,
        found.below,
        found.above,
    ) == (None,) * 6
    assert found.line() == pinned.text(
        "weight_range.nowhere", term="preference", factor=1
    )
    empty = mk.solve(given, engine="greedy").model_copy(update={"assignments": ()})
    with pytest.raises(BrokenPlanError):
        weight_range(given, empty, "score")


def b_instead(given: mk.Problem) -> mk.Plan:
    """The plan in which B serves the slot, as an engine without a proof would give it."""
    alone = mk.solve(
        given.model_copy(
            update={"rules": (mk.rules.Forbid(resource="A", requirement="Q1"),)}
        )
    )
    goals = tuple(
        goal.model_copy(update={"bound": None}) for goal in alone.outcome.goals
    )
    unknown = {
        "goals": goals,
        "bound": None,
        "gap": None,
        "proof": None,
        "status": "feasible",
        "stopped": "no_proof",
    }
    return alone.model_copy(
        update={
            "certificate": None,
            "outcome": alone.outcome.model_copy(update=unknown),
        }
    )


def test_solves_that_prove_nothing_give_at_least_and_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proofs up to factor 8 only: what lies beyond is neither claimed nor ruled out, and the two ranges say
    so.
    """
    module = import_module("matchkit.explain.weight_range")

    def solve(given: mk.Problem, **options: Any) -> mk.Plan:
        plan = mk.solve(given, **options)
        if given.objective.preference <= 8:
            return plan
        goals = tuple(
            goal.model_copy(update={"bound": None}) for goal in plan.outcome.goals
        )
        return plan.model_copy(
            update={
                "outcome": plan.outcome.model_copy(
                    update={"goals": goals, "status": "feasible"}
                )
            }
        )

    monkeypatch.setattr(module, "solve", solve)
    given = choice()
    found = weight_range(given, mk.solve(given), "preference")
    assert (found.low, found.high, found.least, found.most, found.exact) == (
        0,
        8,
        0,
        1000,
        False,
    )
    assert (
        "at least while preference counts 0 to 8 times" in found.line()
        and "at most from 0 to 1,000" in found.line()
    )
    assert "至少在 0 至 8 之间" in found.line("zh")
    monkeypatch.setattr(
        module,
        "solve",
        lambda problem, **options: solve(at(problem, "preference", 9), **options),
    )
    found = weight_range(given, mk.solve(given), "preference")
    assert (found.low, found.high, found.least, found.most) == (None, None, 0, 1000)
    assert "proven optimal at no factor" in found.line() and "未能证明" in found.line(
        "zh"
    )


def test_the_answer_comes_back_from_its_json() -> None:
    found = weight_range(choice(), mk.solve(choice()), "familiarity")
    assert WeightRange.model_validate_json(found.to_json()) == found


def test_wrong_questions_are_refused() -> None:
    plan = mk.solve(choice())
    with pytest.raises(
        InputError, match="term: is no term of the weight. Maybe familiarity is meant"
    ):
        weight_range(choice(), plan, "familiarty")
    with pytest.raises(InputError) as caught:
        weight_range("x", "y", 3)  # type: ignore[arg-type]
    assert [fault.where for fault in caught.value.complaints] == [
        "problem",
        "plan",
        "term",
    ]


def test_a_tolerance_behind_the_weight_is_refused_as_the_factors_need_not_hang_together() -> (
    None
):
    aims = [
        mk.Aim(name="points", parts=[mk.Part(measure="weight")], tolerance=5),
        mk.Aim(name="few", parts=[mk.Part(measure="resources_used")]),
    ]
    given = choice().model_copy(update={"objective": mk.Objective(aims=aims)})
    with pinned.raises(
        InputError, "weight_range.tolerance", about="objective.aims (points)"
    ):
        weight_range(given, mk.solve(given), "score")
