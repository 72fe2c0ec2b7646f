"""Solving from the plan of a similar problem: the same goals as from nothing, proven as any plan."""

from __future__ import annotations

import importlib

import pytest
from random_problems import random_problem, seeded

import matchkit as mk
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import AddRule, RemoveResource, SetWanted
from matchkit.compile.compiler import compile_problem
from matchkit.compile.instance import Instance
from matchkit.errors import BudgetError, ContradictionError
from matchkit.model import Lock
from matchkit.solvers.choice import chosen_engine
from matchkit.solvers.flow.loop import price_and_prove
from matchkit.solvers.flow.solution import Limits
from matchkit.solving.conductor import start_prices
from matchkit.solving.solve import solve_from


def test_a_changed_flow_reaches_the_same_goals_from_the_plan_before_as_from_nothing() -> (
    None
):
    compared = 0
    for seed in range(30):
        problem = random_problem(seeded(seed), 8, 4, flow_only=True)
        try:
            plan = mk.solve(problem)
            need, gone = problem.demands[0].requirements[0], problem.resources[0].id
            changes = [
                SetWanted(requirement=need.id, wanted=need.wanted + 2),
                RemoveResource(resource=gone),
            ]
            kept = plan.assignments[-1] if plan.assignments else None
            if seed % 2 and kept is not None and kept.resource != gone:
                changes.append(
                    AddRule(
                        rule=Lock(resource=kept.resource, requirement=kept.requirement)
                    )
                )
            made = apply_changes(problem, changes)
            best = mk.solve(made)
        except ContradictionError:
            continue
        found = solve_from(made, plan)
        assert found.outcome.goals == best.outcome.goals, seed
        assert (
            found.outcome.status == "optimal" and mk.check_certificate(made, found).ok
        ), seed
        compared += 1
    assert compared >= 20


def test_a_plan_without_prices_of_these_goals_is_no_start() -> None:
    """A general plan has none, and a problem with a tier more has other goals."""
    for seed in (2, 5):
        problem = random_problem(seeded(seed), 5, 3)
        plan = mk.solve(problem)
        assert solve_from(problem, plan).to_json() == plan.to_json()
    compiled = compile_problem(
        Instance(random_problem(seeded(1), 5, 3, flow_only=True))
    )
    other = mk.solve(mk.Problem(units=[], communities=[], resources=[], demands=[]))
    assert (
        other.certificate is not None
        and other.certificate.goals != compiled.goals.names
    )
    assert start_prices(compiled, other) is None
    assert start_prices(compiled, None) is None


@pytest.mark.parametrize("scale", ["street", "district"])
def test_from_its_own_plan_a_flow_takes_no_more_rounds_than_from_nothing(
    scale: str,
) -> None:
    problem = mk.datasets.city(scale)  # type: ignore[arg-type]
    compiled, engine = compile_problem(Instance(problem)), chosen_engine("auto")
    first = price_and_prove(compiled.network, compiled.goals, engine, Limits())
    start = start_prices(compiled, mk.solve(problem))
    again = price_and_prove(
        compiled.network, compiled.goals, engine, Limits(), start=start
    )
    assert again.value == first.value == again.bound
    assert again.rounds <= min(2, first.rounds)


@pytest.mark.parametrize("time_limit", [None, 20.0])
def test_from_a_plan_seconds_count_only_where_there_is_a_limit(
    time_limit: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = mk.datasets.city("street", 1)
    plan, asked = mk.solve(problem), []
    module = importlib.import_module("matchkit.solving.solve")
    monkeypatch.setattr(
        module, "conduct", lambda *given: asked.append(given[1]) or plan
    )
    solve_from(problem, plan, time_limit=time_limit)
    assert [request.limited for request in asked] == [time_limit is not None]


def test_a_problem_of_too_many_records_is_not_begun() -> None:
    problem = random_problem(seeded(0), 8, 4, flow_only=True)
    plan = mk.solve(problem)
    with pytest.raises(BudgetError):
        solve_from(problem, plan, budget=mk.Budget(records=1))
