"""What cannot be done is said: which rule, which record; what only a flow cannot do is solved, and what looks
like a failure is a plan.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.plan import Plan, StoredMessage

MORNING = datetime(2026, 5, 4, 8, tzinfo=UTC)


def window(first: int, last: int) -> mk.Window:
    return mk.Window(
        start=MORNING + timedelta(hours=first), end=MORNING + timedelta(hours=last)
    )


def town(
    resources: list[mk.Resource], demands: list[mk.Demand], *rules: Any
) -> mk.Problem:
    return mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=resources,
        demands=demands,
        rules=rules,
    )


def person(name: str = "ana", **more: Any) -> mk.Resource:
    return mk.Resource(id=name, unit="U", **more)


def weighty(name: str, weight: int, *windows: mk.Window) -> mk.Demand:
    return demand(name, *windows).model_copy(update={"weight": weight})


def demand(name: str, *windows: mk.Window, **need: Any) -> mk.Demand:
    return mk.Demand(
        id=name,
        community="C",
        windows=windows,
        requirements=[mk.Requirement(id=f"{name}.q", **need)],
    )


def refused(
    problem: mk.Problem,
    error: type[UnsupportedError] | type[ContradictionError],
    *facts: str,
    engine: str = "auto",
) -> None:
    """solve() raises the error with one complaint for each of these facts, in their order, and an advice with
    each.
    """
    with pytest.raises(error) as caught:
        mk.solve(problem, engine=engine)
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
            assigned = sum(
                chosen.quantity
                for chosen in plan.assignments
                if chosen.requirement == need.id
            )
            assert assigned + missing.pop(need.id, 0) == need.wanted
    assert not missing


def proven(problem: mk.Problem) -> set[tuple[str, str]]:
    """The pairs of the plan, which keeps every rule, has an exact ledger and is proven to be the best by a
    search.
    """
    plan = mk.solve(problem)
    exact_ledger(problem, plan)
    outcome = plan.outcome
    assert (outcome.status, outcome.stopped, outcome.gap, outcome.proof) == (
        "optimal",
        "proved",
        0.0,
        "search",
    )
    return {(entry.resource, entry.requirement) for entry in plan.assignments}


# ── What a flow cannot express: solved, unless a flow was asked for by name ──


FLOWS = ("flow", "lap", "greedy", "brute")


@pytest.mark.parametrize("engine", FLOWS)
def test_one_person_with_capacity_for_two_at_demands_that_overlap_serves_one_and_a_flow_by_name_refuses(
    engine: str,
) -> None:
    """Both are worth the same but for the weight of the second, 101 points."""
    problem = town(
        [person(capacity=2)],
        [demand("one", window(0, 3)), weighty("two", 101, window(2, 5))],
    )
    fact = f"resource ana: {pinned.text('coupling.overlap', capacity=2, one='one.q', other='two.q', at='2026-05-04 10:00 UTC')}"
    assert proven(problem) == {("ana", "two.q")}
    refused(problem, UnsupportedError, fact, engine=engine)


def test_two_roles_of_one_demand_with_a_window_overlap_too() -> None:
    both = mk.Demand(
        id="d",
        community="C",
        windows=[window(0, 1)],
        requirements=[mk.Requirement(id="a"), mk.Requirement(id="b")],
    )
    problem = town([person(capacity=2)], [both])
    assert len(proven(problem)) == 1
    refused(
        problem, UnsupportedError, "requirements a and b at one time", engine="flow"
    )


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
def test_the_same_without_the_conflict_has_a_plan(
    resource: mk.Resource, second: mk.Window
) -> None:
    problem = town([resource], [demand("one", window(0, 3)), demand("two", second)])
    plan = mk.solve(problem)
    assert plan.outcome.status == "optimal"
    exact_ledger(problem, plan)


def test_hours_budgets_and_teams_are_kept_and_a_flow_by_name_refuses_them_together() -> (
    None
):
    """The demand takes three hours, bo may give one of them: ana alone would be no team of two."""
    problem = town(
        [person(), person("bo"), person("cy")],
        [demand("one", window(0, 3), wanted=2)],
        mk.rules.HoursBudget(resource="bo", minutes=60),
        mk.rules.HoursBudget(resource="ana", minutes=180),
        mk.rules.Team(demand="one", least=2, most=2),
    )
    assert proven(problem) == {("ana", "one.q"), ("cy", "one.q")}
    assert (
        proven(problem.model_copy(update={"resources": problem.resources[:2]})) == set()
    )
    facts = (
        "rule hours_budget ana: ties pairs together",
        "rule hours_budget bo: ties pairs together",
        "rule team one: ties pairs together",
    )
    refused(problem, UnsupportedError, *facts, engine="flow")


def test_the_outcome_says_which_rule_asked_for_the_general_engine() -> None:
    problem = town(
        [person()], [demand("one")], mk.rules.Team(demand="one", least=1, most=1)
    )
    reason = mk.solve(problem).outcome.reason
    assert (reason.key, dict(reason.values)) == (
        "engine.reason.obstacle",
        {
            "engine": "cpsat",
            "where": StoredMessage.of(Message.of("where.rule", id="team one")),
            "fact": StoredMessage.of(Message("coupling.rule")),
        },
    )
    assert (
        reason.text()
        == "cpsat: rule team one ties pairs together by more than capacities"
    )
    assert reason.text("zh") == "cpsat：规则 team one 对各对之间的限制不止于容量"


def test_the_general_engine_by_name_takes_what_a_flow_would_and_finds_the_same() -> (
    None
):
    problem = town(
        [person(), person("bo", capacity=2)],
        [demand("one", wanted=2, minimum=1), demand("two", window(0, 1))],
    )
    plan, by_flow = mk.solve(problem, engine="cpsat"), mk.solve(problem)
    reason = plan.outcome.reason
    assert (reason.key, reason.values) == (
        "engine.reason.named",
        (("engine", "cpsat"),),
    )
    assert plan.outcome.status == "optimal"
    assert [(goal.name, goal.value) for goal in plan.outcome.goals] == [
        (goal.name, goal.value) for goal in by_flow.outcome.goals
    ]


# ── Rules that contradict each other ──


@pytest.mark.parametrize(
    ("fact", "resources", "rules"),
    [
        (
            f"{pinned.text('lock.of', resource='ana', requirement='one.q')}: ",
            [person(kind="venue")],
            [mk.rules.Lock(resource="ana", requirement="one.q")],
        ),
        (
            f"{pinned.text('lock.of', resource='ana', requirement='one.q')}: ",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.Forbid(resource="ana", requirement="one.q"),
            ],
        ),
        (
            f"{pinned.text('lock.of', resource='ana', requirement='one.q')}: ",
            [person(capacity=2)],
            [mk.rules.Lock(resource="ana", requirement="one.q", quantity=2)],
        ),
        (
            f"{pinned.text('lock.all_of', resource='ana')}: ",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.Lock(resource="ana", requirement="two.q"),
            ],
        ),
        (
            f"{pinned.text('lock.all_on', requirement='one.q')}: ",
            [person(), person("bo"), person("cy")],
            [
                mk.rules.Lock(resource=name, requirement="one.q")
                for name in ("ana", "bo", "cy")
            ],
        ),
        (
            f"{pinned.text('lock.under_unit', id='U')}: ",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.UnitCap(unit="U", most=0),
            ],
        ),
        (
            f"{pinned.text('lock.under_unit', id='U')}: ",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.ReserveShare(unit="U", percent=1),
            ],
        ),
        (
            f"{pinned.text('lock.under_community', id='C')}: ",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.CommunityCap(community="C", most=0),
            ],
        ),
        (
            f"locks (lock ana one.q): {pinned.text('lock.together')}",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.HoursBudget(resource="ana", minutes=179),
            ],
        ),
        (
            f"locks (lock ana one.q): {pinned.text('lock.together')}",
            [person()],
            [
                mk.rules.Lock(resource="ana", requirement="one.q"),
                mk.rules.Team(demand="one", least=2, most=2),
            ],
        ),
    ],
)
def test_a_lock_that_breaks_a_rule_is_a_contradiction_that_names_it(
    fact: str, resources: list[mk.Resource], rules: list[Any]
) -> None:
    problem = town(
        resources,
        [demand("one", window(0, 3), wanted=2), demand("two", window(9, 10))],
        *rules,
    )
    refused(problem, ContradictionError, fact)


def test_locks_at_one_time_contradict_each_other() -> None:
    rules = [
        mk.rules.Lock(resource="ana", requirement=f"{name}.q")
        for name in ("one", "two")
    ]
    problem = town(
        [person(capacity=2)],
        [demand("one", window(0, 3)), demand("two", window(2, 5))],
        *rules,
    )
    refused(
        problem,
        ContradictionError,
        "locks of resource ana: send it to requirements one.q and two.q at one time",
    )


# ── Nothing to match is no failure ──


@pytest.mark.parametrize(
    ("problem", "goals", "reason"),
    [
        (mk.Problem(), ["weight"], None),
        (town([person()], []), ["weight"], None),
        (
            town([], [demand("one", wanted=3, minimum=1)]),
            ["tier 1 minimum", "tier 1", "weight"],
            "nobody_eligible",
        ),
        (
            town([person(kind="venue")], [demand("one")]),
            ["tier 1", "weight"],
            "nobody_eligible",
        ),
        (
            town([person(capacity=0)], [demand("one")]),
            ["tier 1", "weight"],
            "nobody_eligible",
        ),
        (
            town(
                [person()],
                [demand("one")],
                mk.rules.Forbid(resource="ana", requirement="one.q"),
            ),
            ["tier 1", "weight"],
            "nobody_eligible",
        ),
        (
            town([person()], [demand("one")], mk.rules.UnitCap(unit="U", most=0)),
            ["tier 1", "weight"],
            "contended",
        ),
        (
            town(
                [person()],
                [demand("one")],
                mk.rules.ReserveShare(unit="U", percent=100),
            ),
            ["tier 1", "weight"],
            "contended",
        ),
        (
            town(
                [person()],
                [demand("one")],
                mk.rules.CommunityCap(community="C", most=0),
            ),
            ["tier 1", "weight"],
            "contended",
        ),
    ],
    ids=[
        "empty",
        "no demands",
        "no resources",
        "no pair",
        "no capacity",
        "forbidden",
        "cap 0",
        "all kept back",
        "community cap 0",
    ],
)
def test_a_problem_without_a_match_has_a_proven_plan_and_ledger(
    problem: mk.Problem, goals: list[str], reason: str | None
) -> None:
    plan = mk.solve(problem)
    assert plan.assignments == ()
    assert [(goal.name, goal.value, goal.bound) for goal in plan.outcome.goals] == [
        (name, 0, 0) for name in goals
    ]
    assert (plan.outcome.status, plan.outcome.gap) == ("optimal", 0.0)
    assert [lack.reason for lack in plan.shortfalls] == (
        [] if reason is None else [reason]
    )
    exact_ledger(problem, plan)
    assert mk.check_certificate(problem, plan).ok


def test_too_few_are_an_answer_and_no_error() -> None:
    """Two people for five slots, four of them the minimum: both serve, three are missing, two below the
    minimum.
    """
    problem = town([person(), person("bo")], [demand("one", wanted=5, minimum=4)])
    [lack] = mk.solve(problem).shortfalls
    assert (
        lack.assigned,
        lack.missing,
        lack.below_minimum,
        lack.eligible,
        lack.reason,
    ) == (
        2,
        3,
        2,
        2,
        "too_few_eligible",
    )


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
    assert {complaint.where for complaint in caught.value.complaints} == {
        "engine",
        "seed",
        "time_limit",
        "gap",
    }
    assert "auto, brute, flow, greedy, lap" in str(caught.value)
