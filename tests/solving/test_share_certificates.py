"""The checker refuses certificates whose prices of coverage and loads were tampered with, and plans that are
less fair than they say.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fair_problems import drawn

import matchkit as mk
import matchkit.model as m
from matchkit.errors import InputError, UnsupportedError
from matchkit.results import SharePrice

SHARES = tuple[SharePrice, ...]


def solved() -> tuple[m.Problem, mk.Plan]:
    """A problem with loads of units and coverage of communities that are nodes of the network."""
    objective = m.Objective(fair="communities", even="units")
    for seed in range(100):
        problem = drawn(seed).model_copy(update={"rules": (), "objective": objective})
        plan = mk.solve(problem)
        if len(plan.assignments) > 3:
            return problem, plan
    raise AssertionError


def with_shares(plan: mk.Plan, shares: SHARES) -> mk.Plan:
    assert plan.certificate is not None
    changed = plan.certificate.model_copy(update={"shares": shares})
    return plan.model_copy(update={"certificate": changed})


def one_more(shares: SHARES) -> SHARES:
    first = shares[0]
    place = len(first.price) - 1
    price = (*first.price[:place], first.price[place] + 10**6)
    return (first.model_copy(update={"price": price}), *shares[1:])


TAMPERED: dict[str, Callable[[SHARES], SHARES]] = {
    "one lacks": lambda shares: shares[1:],
    "one stands twice": lambda shares: (shares[0], *shares),
    "another id": lambda shares: (
        shares[0].model_copy(update={"id": "nobody"}),
        *shares[1:],
    ),
    "another goal": lambda shares: (
        shares[0].model_copy(update={"goal": "weight"}),
        *shares[1:],
    ),
    "too short": lambda shares: (
        shares[0].model_copy(update={"price": shares[0].price[1:]}),
        *shares[1:],
    ),
    "a price too high": one_more,
    "none": lambda _: (),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_certificate_is_refused(how: str) -> None:
    problem, plan = solved()
    assert mk.check_certificate(problem, plan).ok
    assert plan.certificate is not None
    wrong = with_shares(plan, TAMPERED[how](plan.certificate.shares))
    assert not mk.check_certificate(problem, wrong).ok


def test_a_plan_less_fair_than_it_says_is_refused() -> None:
    for seed in range(100):
        problem = drawn(seed).model_copy(update={"rules": ()})
        fair = m.Objective(fair="requirements", even="resources")
        problem = problem.model_copy(update={"objective": fair})
        plan = mk.solve(problem)
        plain = mk.solve(problem.model_copy(update={"objective": m.Objective()}))
        if plain.outcome.value > plan.outcome.value:
            break
    assert plain.assignments != plan.assignments
    told = plan.model_copy(
        update={"assignments": plain.assignments, "shortfalls": plain.shortfalls}
    )
    report = mk.verify(problem, told)
    assert not report.ok
    assert any(
        "coverage" in str(one) or "loads" in str(one) for one in report.violations
    )


def test_a_plan_that_says_it_was_to_be_fair_otherwise_is_refused() -> None:
    problem, plan = solved()
    outcome = plan.outcome.model_copy(update={"fair": "demands"})
    assert not mk.verify(problem, plan.model_copy(update={"outcome": outcome})).ok


def test_a_plan_without_its_fair_goals_is_refused() -> None:
    problem, plan = solved()
    outcome = plan.outcome.model_copy(
        update={
            "goals": tuple(
                goal for goal in plan.outcome.goals if "coverage" not in goal.name
            )
        }
    )
    assert not mk.verify(problem, plan.model_copy(update={"outcome": outcome})).ok


def test_what_cannot_count_shares_says_so() -> None:
    problem, plan = solved()
    one = problem.resources[0].model_copy(update={"capacity": 1})
    tight = problem.model_copy(update={"resources": (one, *problem.resources[1:])})
    rows = [
        {"resource": one.id, "requirement": need.id}
        for demand in problem.demands
        for need in demand.requirements
    ]
    # The largest sound part of a table is one that is as fair as can be.
    audited = mk.audit(tight, rows)
    assert audited.part is not None and audited.part.units == 1
    with pytest.raises(UnsupportedError):
        mk.advice(problem, plan)
    plain = mk.solve(problem.model_copy(update={"objective": m.Objective()}))
    with pytest.raises(InputError):
        mk.Explainer(problem, plain).shortages()


@pytest.mark.parametrize(
    "words",
    [
        {"measure": "coverage", "of": "communities", "level": "2/4"},
        {"measure": "coverage", "of": "communities", "level": "1"},
        {"measure": "loads", "of": "units", "level": "2/4"},
        {"measure": "loads", "of": "units", "rule": "nash"},
        {"measure": "filled", "level": "1/2"},
        {"measure": "coverage", "of": "units"},
    ],
)
def test_measures_that_mean_nothing_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(InputError):
        m.Part(**words)  # type: ignore[arg-type]
