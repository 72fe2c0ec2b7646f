"""What solve() cannot do, it says: which rule, which record; and what only looks like a failure gets a plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import matchkit as mk
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.plan import Plan

MORNING = datetime(2026, 5, 4, 8, tzinfo=UTC)


def window(first: int, last: int) -> mk.Window:
    return mk.Window(start=MORNING + timedelta(hours=first), end=MORNING + timedelta(hours=last))


def town(resources: list[mk.Resource], demands: list[mk.Demand], *rules: Any) -> mk.Problem:
    return mk.Problem(units=[mk.Unit(id="U")], communities=[mk.Community(id="C")], resources=resources, demands=demands, rules=rules)


def person(name: str = "ana", **more: Any) -> mk.Resource:
    return mk.Resource(id=name, unit="U", **more)


def demand(name: str, *windows: mk.Window, **need: Any) -> mk.Demand:
    return mk.Demand(id=name, community="C", windows=windows, requirements=[mk.Requirement(id=f"{name}.q", **need)])


def refused(problem: mk.Problem, error: type[UnsupportedError] | type[ContradictionError], *facts: str) -> None:
    """solve() raises the error with one complaint for each of these facts, in their order, and an advice with each."""
    with pytest.raises(error) as caught:
        mk.solve(problem)
    told = [str(complaint) for complaint in caught.value.complaints]
    assert len(told) == len(facts)
    for line, fact in zip(told, facts, strict=True):
        assert fact in line
    assert all(complaint.advice for complaint in caught.value.complaints)


def exact_ledger(problem: mk.Problem, plan: Plan) -> None:
    """Assigned plus missing is wanted for every requirement, and there is no other shortfall."""
    assert mk.verify(problem, plan).ok
    missing = {lack.requirement: lack.missing for lack in plan.shortfalls}
    for entry in problem.demands:
        for need in entry.requirements:
            assigned = sum(chosen.quantity for chosen in plan.assignments if chosen.requirement == need.id)
            assert assigned + missing.pop(need.id, 0) == need.wanted
    assert not missing


# ── What a flow cannot express ──


def test_one_person_with_capacity_for_two_at_demands_that_overlap_is_refused_by_name() -> None:
    problem = town([person(capacity=2)], [demand("one", window(0, 3)), demand("two", window(2, 5))])
    fact = "resource ana: has capacity 2 and could be sent to requirements one.q and two.q at one time (2026-05-04 10:00 UTC)"
    refused(problem, UnsupportedError, fact)


def test_two_roles_of_one_demand_with_a_window_overlap_too() -> None:
    both = mk.Demand(id="d", community="C", windows=[window(0, 1)], requirements=[mk.Requirement(id="a"), mk.Requirement(id="b")])
    refused(town([person(capacity=2)], [both]), UnsupportedError, "requirements a and b at one time")


@pytest.mark.parametrize(
    ("resource", "second"),
    [
        (person(capacity=1), window(2, 5)),
        (person(capacity=2), window(3, 5)),
        (person(capacity=2, divisible=True), window(2, 5)),
        (person(capacity=2, available=[window(0, 4)]), window(2, 5)),
    ],
    ids=["capacity 1", "windows that only touch", "a stock", "not free for the second"],
)
def test_the_same_without_the_conflict_has_a_plan(resource: mk.Resource, second: mk.Window) -> None:
    problem = town([resource], [demand("one", window(0, 3)), demand("two", second)])
    plan = mk.solve(problem)
    assert plan.outcome.status == "optimal"
    exact_ledger(problem, plan)


def test_hours_budgets_and_teams_are_refused_together_each_with_its_record() -> None:
    problem = town(
        [person(), person("bo")],
        [demand("one", window(0, 3))],
        mk.HoursBudget(resource="bo", minutes=60),
        mk.HoursBudget(resource="ana", minutes=90),
        mk.Team(demand="one", least=1, most=2),
    )
    refused(
        problem,
        UnsupportedError,
        "rule hours_budget of resource ana: limits the resource to 90 minutes",
        "rule hours_budget of resource bo: limits the resource to 60 minutes",
        "rule team of demand one",
    )


# ── Rules that contradict each other ──


@pytest.mark.parametrize(
    ("fact", "resources", "rules"),
    [
        ("lock of resource ana on requirement one.q", [person(kind="venue")], [mk.Lock(resource="ana", requirement="one.q")]),
        (
            "lock of resource ana on requirement one.q",
            [person()],
            [mk.Lock(resource="ana", requirement="one.q"), mk.Forbid(resource="ana", requirement="one.q")],
        ),
        ("lock of resource ana on requirement one.q", [person(capacity=2)], [mk.Lock(resource="ana", requirement="one.q", quantity=2)]),
        (
            "locks of resource ana",
            [person()],
            [mk.Lock(resource="ana", requirement="one.q"), mk.Lock(resource="ana", requirement="two.q")],
        ),
        (
            "locks on requirement one.q",
            [person(), person("bo"), person("cy")],
            [mk.Lock(resource=name, requirement="one.q") for name in ("ana", "bo", "cy")],
        ),
        ("locks under unit U", [person()], [mk.Lock(resource="ana", requirement="one.q"), mk.UnitCap(unit="U", most=0)]),
        ("locks under unit U", [person()], [mk.Lock(resource="ana", requirement="one.q"), mk.ReserveShare(unit="U", percent=1)]),
        (
            "locks under community C",
            [person()],
            [mk.Lock(resource="ana", requirement="one.q"), mk.CommunityCap(community="C", most=0)],
        ),
        (
            "locks of resource ana",
            [person()],
            [mk.Lock(resource="ana", requirement="one.q"), mk.HoursBudget(resource="ana", minutes=179)],
        ),
    ],
)
def test_a_lock_that_breaks_a_rule_is_a_contradiction_that_names_it(fact: str, resources: list[mk.Resource], rules: list[Any]) -> None:
    problem = town(resources, [demand("one", window(0, 3), wanted=2), demand("two", window(9, 10))], *rules)
    refused(problem, ContradictionError, fact)


def test_locks_at_one_time_contradict_each_other() -> None:
    rules = [mk.Lock(resource="ana", requirement=f"{name}.q") for name in ("one", "two")]
    problem = town([person(capacity=2)], [demand("one", window(0, 3)), demand("two", window(2, 5))], *rules)
    refused(problem, ContradictionError, "locks of resource ana: send it to requirements one.q and two.q at one time")


# ── Nothing to match is no failure ──


@pytest.mark.parametrize(
    ("problem", "goals", "reason"),
    [
        (mk.Problem(), ["weight"], None),
        (town([person()], []), ["weight"], None),
        (town([], [demand("one", wanted=3, minimum=1)]), ["tier 1 minimum", "tier 1", "weight"], "nobody_eligible"),
        (town([person(kind="venue")], [demand("one")]), ["tier 1", "weight"], "nobody_eligible"),
        (town([person(capacity=0)], [demand("one")]), ["tier 1", "weight"], "nobody_eligible"),
        (town([person()], [demand("one")], mk.Forbid(resource="ana", requirement="one.q")), ["tier 1", "weight"], "nobody_eligible"),
        (town([person()], [demand("one")], mk.UnitCap(unit="U", most=0)), ["tier 1", "weight"], "contended"),
        (town([person()], [demand("one")], mk.ReserveShare(unit="U", percent=100)), ["tier 1", "weight"], "contended"),
        (town([person()], [demand("one")], mk.CommunityCap(community="C", most=0)), ["tier 1", "weight"], "contended"),
    ],
    ids=["empty", "no demands", "no resources", "no pair", "no capacity", "forbidden", "cap 0", "all kept back", "community cap 0"],
)
def test_a_problem_without_a_match_has_a_proven_plan_and_ledger(problem: mk.Problem, goals: list[str], reason: str | None) -> None:
    plan = mk.solve(problem)
    assert plan.assignments == ()
    assert [(goal.name, goal.value, goal.bound) for goal in plan.outcome.goals] == [(name, 0, 0) for name in goals]
    assert (plan.outcome.status, plan.outcome.gap) == ("optimal", 0.0)
    assert [lack.reason for lack in plan.shortfalls] == ([] if reason is None else [reason])
    exact_ledger(problem, plan)
    assert mk.check_certificate(problem, plan).ok


def test_too_few_are_an_answer_and_no_error() -> None:
    """Two people for five slots, four of them the minimum: both serve, three are missing, two below the minimum."""
    problem = town([person(), person("bo")], [demand("one", wanted=5, minimum=4)])
    [lack] = mk.solve(problem).shortfalls
    assert (lack.assigned, lack.missing, lack.below_minimum, lack.eligible, lack.reason) == (2, 3, 2, 2, "too_few_eligible")


# ── Wrong options ──


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("engine", "cplex"),
        ("engine", ""),
        ("engine", None),
        ("seed", -1),
        ("seed", 1.5),
        ("seed", True),
        ("seed", 2**63),
        ("time_limit", -1),
        ("time_limit", float("nan")),
        ("time_limit", "soon"),
        ("gap", -0.1),
        ("gap", float("nan")),
        ("gap", float("inf")),
        ("gap", None),
    ],
)
def test_a_wrong_option_is_refused_by_name(option: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        mk.solve(mk.Problem(), **{option: value})
    assert [complaint.where for complaint in caught.value.complaints] == [option]


def test_all_wrong_options_are_told_at_once_and_the_known_engines_listed() -> None:
    with pytest.raises(InputError) as caught:
        mk.solve(mk.Problem(), engine="x", seed=-1, time_limit=-1, gap=-1)
    assert {complaint.where for complaint in caught.value.complaints} == {"engine", "seed", "time_limit", "gap"}
    assert "auto, flow, lap, greedy, brute" in str(caught.value)
