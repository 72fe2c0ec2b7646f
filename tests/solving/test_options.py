"""Early stops, engines and progress: what solve() promises beside the best plan."""

from __future__ import annotations

import pytest
from problem_campaign import case
from rule_problems import rule_problem
from solved_plans import solved_plans

import matchkit as mk
from matchkit.errors import MatchkitError
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Progress


@pytest.fixture(scope="module")
def street() -> mk.Problem:
    return mk.datasets.city("street", 3)


@pytest.fixture(scope="module")
def best(street: mk.Problem) -> Plan:
    return mk.solve(street)


def goals(plan: Plan) -> tuple[int, ...]:
    return tuple(goal.value for goal in plan.outcome.goals)


@pytest.mark.parametrize(
    "option",
    [{"time_limit": 0}, {"time_limit": 0.0, "gap": 0.5}, {"gap": 0.5}, {"gap": 0.001}],
    ids=str,
)
def test_a_plan_that_stops_early_keeps_all_rules_and_its_bound_holds(
    street: mk.Problem, best: Plan, option: dict[str, float]
) -> None:
    plan = mk.solve(street, **option)
    assert mk.verify(street, plan).ok and mk.check_certificate(street, plan).ok
    assert plan.certificate is not None
    assert goals(plan) <= goals(best) <= plan.certificate.bound
    assert plan.outcome.stopped in {
        "proved",
        *(name for name in ("time_limit", "gap") if name in option),
    }
    if plan.outcome.stopped == "gap":
        assert plan.outcome.gap is not None and plan.outcome.gap <= option["gap"]


def test_early_stops_of_other_streets_hold_too() -> None:
    early = 0
    for seed in range(10, 20):
        problem = mk.datasets.city("street", seed)
        most = goals(mk.solve(problem))
        for option in ({"time_limit": 0}, {"gap": 0.05}):
            hurried = mk.solve(problem, **option)
            assert mk.check_certificate(problem, hurried).ok
            assert (
                hurried.certificate is not None
                and goals(hurried) <= most <= hurried.certificate.bound
            )
            for place, goal in enumerate(
                hurried.outcome.goals
            ):  # a stated bound is one: for plans that are alike in the goals before
                assert goal.bound is None or goal.value <= goal.bound
                assert (
                    goal.bound is None
                    or most[:place] != goals(hurried)[:place]
                    or most[place] <= goal.bound
                )
            early += hurried.outcome.stopped != "proved"
    assert early > 3


def test_a_plan_that_an_early_stop_left_without_a_gap_is_called_proved() -> None:
    """Three alike people for one need: the first round's plan is the best, whatever gap was asked for."""
    people = [mk.Resource(id=f"R{number}", unit="U") for number in range(3)]
    demand = mk.Demand(id="D", community="C", requirements=[mk.Requirement(id="Q")])
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=people,
        demands=[demand],
    )
    for option in ({}, {"gap": 0.5}, {"gap": 1.0}, {"time_limit": 0.0}):
        outcome = mk.solve(problem, **option).outcome
        assert (
            (outcome.stopped == "proved")
            == (outcome.status == "optimal")
            == (outcome.gap == 0)
        )


def test_greedy_keeps_all_rules_and_claims_nothing() -> None:
    for stated, best in solved_plans(60):
        plan = mk.solve(stated.problem, engine="greedy")
        assert (
            stated.breaks(
                {
                    (entry.resource, entry.requirement): entry.quantity
                    for entry in plan.assignments
                }
            )
            == set()
        )
        assert mk.verify(stated.problem, plan).ok
        outcome = plan.outcome
        assert (outcome.status, outcome.stopped, outcome.engine) == (
            "feasible",
            "no_proof",
            "greedy",
        )
        assert (
            plan.certificate is None and outcome.bound is None and outcome.gap is None
        )
        assert goals(plan) <= goals(best)


@pytest.mark.parametrize("engine", ["flow", "auto"])
def test_every_exact_engine_reaches_the_same_goals_with_a_proof(
    street: mk.Problem, best: Plan, engine: str
) -> None:
    plan = mk.solve(street, engine=engine)
    assert goals(plan) == goals(best)
    assert plan.outcome.status == "optimal"


@pytest.mark.parametrize("engine", ["lap", "brute"])
def test_an_engine_that_cannot_take_the_problem_says_so(
    street: mk.Problem, engine: str
) -> None:
    with pytest.raises(MatchkitError, match="Use engine='flow'"):
        mk.solve(street, engine=engine)


def test_the_brute_engine_agrees_where_it_can_be_asked() -> None:
    problem = case(1)
    small = problem.model_copy(update={"resources": problem.resources[:2]})
    small = small.model_copy(update={"rules": (), "previous": ()})
    assert goals(mk.solve(small, engine="brute")) == goals(mk.solve(small))


def test_the_seed_is_recorded_and_changes_nothing_else(
    street: mk.Problem, best: Plan
) -> None:
    plan = mk.solve(street, seed=2**63 - 1)
    assert plan.outcome.seed == 2**63 - 1
    assert (
        plan.model_copy(update={"outcome": plan.outcome.model_copy(update={"seed": 0})})
        == best
    )


def test_progress_tells_every_phase_in_order_with_value_and_bound_closing_in(
    street: mk.Problem,
) -> None:
    told: list[Progress] = []
    plan = mk.solve(street, progress=told.append)
    phases = [event.phase for event in told]
    assert phases[0] == "compile" and phases[-2:] == ["decode", "verify"]
    assert set(phases[1:-2]) == {"match"}
    rounds = [event for event in told if event.phase == "match"]
    assert [event.round for event in rounds] == list(range(1, len(rounds) + 1))
    assert all(
        event.value is not None
        and event.bound is not None
        and event.value <= event.bound
        for event in rounds
    )
    bounds = [event.bound for event in rounds if event.bound is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert rounds[-1].value == rounds[-1].bound
    assert [event.seconds for event in rounds] == sorted(
        event.seconds for event in rounds
    )
    assert plan.outcome.status == "optimal"


def test_a_search_tells_that_it_begins_and_counts_its_rounds() -> None:
    told: list[Progress] = []
    mk.solve(rule_problem(3), progress=told.append)
    phases = list(dict.fromkeys(event.phase for event in told))
    assert phases == ["compile", "relax", "search", "decode", "verify"]
    rounds = [event.round for event in told if event.phase == "search"]
    assert rounds == list(range(len(rounds))) and len(rounds) > 1


def test_an_error_in_the_listener_reaches_the_caller(street: mk.Problem) -> None:
    class HaltError(Exception):
        pass

    def halt(event: Progress) -> None:
        if event.phase == "match":
            raise HaltError

    with pytest.raises(HaltError):
        mk.solve(street, progress=halt)
    assert mk.solve(street).outcome.status == "optimal"
