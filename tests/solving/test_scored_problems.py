"""The greatest worst score of a problem: against every plan there is, with prices that plain code checks, and
what is refused.
"""

from __future__ import annotations

from typing import Any

import pinned
import pytest
import scored_problems

import matchkit as mk
from matchkit.errors import InputError, UnsupportedError
from matchkit.plan import FloorCertificate, PairId

BY_SEARCH = 11
"""The seed of a problem of which prices alone do not prove the best plan."""


def papers(**worst: Any) -> mk.Problem:
    """Two reviewers of one paper each; the first is worth 9 and 4 to the papers, the second 5 and 1."""
    points = {"ana": (9, 4), "bo": (5, 1)}
    names = ("importance", "skill_fit", "distance", "preference", "familiarity")
    parts = [
        mk.Part(measure="filled"),
        mk.Part(**{"measure": "worst_score", "of": "requirements", **worst}),
        mk.Part(measure="weight"),
    ]
    return mk.Problem(
        units=[mk.Unit(id="committee")],
        communities=[mk.Community(id="track")],
        resources=[mk.Resource(id=one, unit="committee") for one in points],
        demands=[
            mk.Demand(
                id=f"D{paper}",
                community="track",
                requirements=[mk.Requirement(id=paper, wanted=1)],
            )
            for paper in ("first", "second")
        ],
        scores=[
            mk.Scores(resource=one, requirements=["first", "second"], points=row)
            for one, row in points.items()
        ],
        objective=mk.Objective(
            **dict.fromkeys(names, 0),
            aims=[mk.Aim(name=part.measure, parts=[part]) for part in parts],
        ),
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_worst_score_is_the_best_of_all_plans_and_proven(seed: int) -> None:
    problem = scored_problems.drawn(seed)
    plan, best = mk.solve(problem), scored_problems.best(problem)
    reached = tuple(goal.value for goal in plan.outcome.goals)
    assert reached == (*best.fills, best.worst, best.weight)
    assert plan.outcome.status == "optimal"
    assert isinstance(plan.certificate, FloorCertificate)
    assert mk.check_certificate(problem, plan).ok
    assert mk.Plan.from_json(plan.to_json()) == plan
    if plan.outcome.proof == "prices":
        assert plan.certificate.bound == reached


def test_the_example_by_hand() -> None:
    """By weight ana reviews the first paper (9 + 1); by the worst score the second one (4 and 5)."""
    problem = papers()
    plain = problem.model_copy(
        update={
            "objective": problem.objective.model_copy(
                update={"aims": (problem.objective.aims[0], problem.objective.aims[2])}
            )
        }
    )
    assert mk.solve(plain).outcome.value == 10
    plan = mk.solve(problem)
    assert [goal.value for goal in plan.outcome.goals] == [2, 4, 9]
    # One number a demand, a community and all together: the sum of both papers is then what counts.
    for of in ("communities", "depth 0"):
        assert [goal.value for goal in mk.solve(papers(of=of)).outcome.goals] == [2, 10, 10]  # fmt: skip


def test_a_problem_without_demands_has_the_worst_score_0() -> None:
    problem = mk.Problem(objective=papers().objective)
    plan = mk.solve(problem)
    assert [goal.value for goal in plan.outcome.goals] == [0, 0, 0]
    assert mk.check_certificate(problem, plan).ok


@pytest.mark.parametrize(
    "rule",
    [
        mk.rules.UnitCap(unit="committee", most=1),
        mk.rules.CommunityCap(community="track", most=1),
        mk.rules.Lock(resource="ana", requirement="first"),
    ],
)
def test_caps_and_locks_are_refused_by_name(rule: mk.rules.Rule) -> None:
    problem = papers().model_copy(update={"rules": (rule,)})
    with pytest.raises(UnsupportedError) as caught:
        mk.solve(problem)
    where, fact = (
        pinned.text("where.rule", id=rule.label),
        pinned.text("coupling.worst"),
    )
    assert [(one.where, one.fact) for one in caught.value.complaints] == [(where, fact)]


def test_aims_that_no_flow_counts_are_refused() -> None:
    for place, change in (
        (1, {"tolerance": 1}),
        (1, {"parts": (mk.Part(measure="worst_score", of="demands", factor=2),)}),
        (2, {"parts": (mk.Part(measure="filled", tier=2),)}),
        (0, {"parts": (mk.Part(measure="coverage", of="demands"),)}),
        (0, {"parts": (mk.Part(measure="resources_used"),)}),
    ):
        problem = papers()
        aims = list(problem.objective.aims)
        aims[place] = aims[place].model_copy(update=change)
        objective = problem.objective.model_copy(update={"aims": tuple(aims)})
        with pytest.raises(UnsupportedError):
            mk.solve(problem.model_copy(update={"objective": objective}))


def test_a_part_names_whose_score_counts_and_an_engine_that_can_search() -> None:
    for wrong in ({"of": "units"}, {"of": None}, {"tier": 1}, {"rule": "nash"}):
        with pytest.raises(InputError):
            papers(**wrong)
    with pytest.raises(InputError, match="flow"):
        mk.solve(papers(), engine="flow")
    assert mk.solve(papers(), engine="highs").outcome.value == 9


def test_a_limit_of_time_says_what_is_known() -> None:
    problem = papers()
    plan = mk.solve(problem, time_limit=0.0)
    assert mk.verify(problem, plan).ok
    assert (plan.outcome.status, plan.outcome.proof) == ("feasible", None)


def _changed(plan: mk.Plan, **changes: Any) -> mk.Plan:
    proof = plan.certificate
    assert isinstance(proof, FloorCertificate)
    return plan.model_copy(update={"certificate": proof.model_copy(update=changes)})


def test_tampered_prices_are_refused() -> None:
    problem = papers()
    plan = mk.solve(problem)
    proof = plan.certificate
    assert isinstance(proof, FloorCertificate) and proof.worst is not None

    def keys(other: mk.Plan) -> set[str]:
        found = mk.verify(problem, other).violations
        found += mk.check_certificate(problem, other).violations
        return {one.message.key for one in found}

    assert keys(plan) == set()
    total, worst = proof.total, proof.worst
    zero = tuple(one.model_copy(update={"price": (0, 0)}) for one in total.resources)
    pair = PairId(resource="ana", requirement="first")
    low = tuple(one.model_copy(update={"price": -one.price}) for one in worst.floors)
    for name, changes, key in (
        ("total", {"most": total.most - 1}, "floor_most"),
        ("total", {"least": total.least + 5}, "floor_most"),
        ("total", {"resources": total.resources[1:]}, "price_missing"),
        ("total", {"resources": zero}, "pair_beyond"),
        ("total", {"pairs": (*total.pairs, pair, pair)}, "price_twice"),
        ("total", {"scale": 0}, "floors_lacking"),
        ("worst", {"floors": ()}, "floors_lacking"),
        ("worst", {"floors": low}, "floor_negative"),
        ("worst", {"scale": 1}, "floors_lacking"),
        ("worst", {"most": worst.most - 1}, "floor_most"),
        ("worst", {"requirements": ()}, "price_missing"),
    ):  # fmt: skip
        changed = getattr(proof, name).model_copy(update=changes)
        assert key in keys(_changed(plan, **{name: changed})), (name, changes)
    assert "floors_lacking" in keys(_changed(plan, worst=None))
    assert "certificate_goals" in keys(_changed(plan, goals=("a", "b", "c")))
    assert "certificate_bound" in keys(_changed(plan, bound=(2, 4, 8)))
    other = problem.model_copy(
        update={"objective": problem.objective.model_copy(update={"aims": ()})}
    )
    found = mk.check_certificate(other, plan).violations
    assert {one.message.key for one in found} == {"floors_not_asked"}


def test_a_worse_plan_is_not_called_optimal() -> None:
    """The plan by weight, with the certificate of the other one, which bounds it as well."""
    problem = papers()
    plan = mk.solve(problem)
    swapped = [
        one.model_copy(update={"requirement": name, "weight": points, "terms": one.terms.model_copy(update={"score": points})})
        for one, name, points in zip(plan.assignments, ("first", "second"), (9, 1), strict=True)
    ]  # fmt: skip
    found = mk.verify(problem, plan.model_copy(update={"assignments": tuple(swapped)}))
    keys = {one.message.key for one in found.violations}
    assert {"goal_value", "not_optimal", "floor_below"} <= keys


def test_a_bound_by_search_is_no_more_than_that_of_the_prices() -> None:
    problem = scored_problems.drawn(BY_SEARCH)
    plan = mk.solve(problem)
    assert plan.outcome.proof == "search" and plan.outcome.status == "optimal"
    proof = plan.certificate
    assert isinstance(proof, FloorCertificate)
    goals = plan.outcome.goals
    most = proof.bound[-1]
    assert goals[-1].bound is not None and goals[-2].bound is not None
    assert (goals[-2].bound, goals[-1].bound) < proof.bound[-2:]
    for bound, key in (
        (most + 1, "search_above"),
        (goals[-1].value - 1, "goal_beyond_bound"),
    ):
        last = goals[-1].model_copy(update={"bound": bound})
        update = {"goals": (*goals[:-1], last), "bound": bound}
        other = plan.model_copy(
            update={"outcome": plan.outcome.model_copy(update=update)}
        )
        found = mk.verify(problem, other).violations
        assert key in {one.message.key for one in found}
