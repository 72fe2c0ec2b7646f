"""Each rule's rows are needed: three people, three demands, and what every kind of rule costs, worked out by
hand.

Without rules all three people serve all three demands: 9 pairs of 100 points. A hard rule takes pairs away; a
soft one of price 0 lets all stand and states its amount. With a rule's rows left out the answer must differ,
or be refused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pinned
import pytest

import matchkit as mk
import matchkit.model as m
from matchkit.compile import times
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.scheduling import solve_scheduling
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules import RULES, base_rows
from matchkit.deadline import Deadline
from matchkit.errors import BrokenPlanError, BudgetError, EngineError
from matchkit.model.rules import KINDS

COOK = m.SkillLevel(skill="cook", level=2)
WEIGHT_ALONE = m.Objective(
    skill_fit=0,
    distance=0,
    preference=0,
    familiarity=0,
    previous=0,
    aims=[m.Aim(name="weight", parts=[m.Part(measure="weight")])],
)
NORTH = m.Place(lat=30.045, lon=100)
"""5,003.8 m north of SOUTH."""
SOUTH = m.Place(lat=30, lon=100)

Answer = int | str


def window(start: int, end: int, day: int = 1) -> m.Window:
    """Hours of a day of May 2026; the 1st is a Friday."""
    return m.Window(
        start=datetime(2026, 5, day, start, tzinfo=UTC),
        end=datetime(2026, 5, day, end, tzinfo=UTC),
    )


def demand(
    number: int,
    when: m.Window | None,
    role: dict[str, Any] | None = None,
    **fields: Any,
) -> m.Demand:
    needs = [m.Requirement(id=f"Q{number}", **{"wanted": 3, **(role or {})})]
    return m.Demand(
        id=f"D{number}",
        **{
            "community": "C1",
            "requirements": needs,
            "windows": [when] if when else [],
            **fields,
        },
    )


def person(name: str, unit: str, home: str, **fields: Any) -> m.Resource:
    return m.Resource(
        id=name, unit=unit, home=home, **{"capacity": 3, "place": SOUTH, **fields}
    )


PEOPLE = (
    person("A", "U1", "C1"),
    person("B", "U1", "C1"),
    person("E", "U2", "C2", skills=[COOK]),
)
FRIDAY, LATER, SATURDAY = (
    demand(1, window(8, 10), place=SOUTH),
    demand(2, window(11, 13), place=NORTH),
    demand(3, window(8, 10, 2), community="C2"),
)


def village(*rules: m.Rule, **fields: Any) -> m.Problem:
    return m.Problem(
        **{
            "units": [m.Unit(id="U1"), m.Unit(id="U2")],
            "communities": [m.Community(id="C1"), m.Community(id="C2")],
            "resources": PEOPLE,
            "demands": [FRIDAY, LATER, SATURDAY],
            "objective": WEIGHT_ALONE,
            "rules": rules,
            **fields,
        }
    )


A_AT_Q1_COSTS = {"scores": [m.Scores(resource="A", requirements=["Q1"], points=[-300])]}
BUNDLE = {
    "demands": [demand(1, window(8, 10), {"wanted": 4, "minimum": 4}), LATER, SATURDAY]
}
EVERY_OTHER_DAY = {
    "demands": [demand(n, window(8, 10, day)) for n, day in ((1, 1), (2, 3), (3, 5))]
}
EARLY_AFTER_NIGHT = {
    "demands": [
        demand(1, window(8, 10), category="Night"),
        LATER,
        demand(3, window(8, 10, 2), category="early"),
    ]
}
KEPT_FOR_ONE = {
    "resources": [*PEOPLE[:2], person("E", "U2", "C2", groups=["Cooks"])],
    "scores": [m.Scores(resource="E", requirements=["Q1"], points=[-300])],
}
NOT_A_AT_Q1 = m.Forbid(resource="A", requirement="Q1")

BINDING: dict[str, tuple[type[Any], dict[str, Any], int, int, int, dict[str, Any]]] = {
    # record, fields, weight where it is hard, weight and amount where it is soft and costs nothing, the rest
    # of the problem
    "lock": (
        m.Lock,
        {"resource": "A", "requirement": "Q1"},
        600,
        800,
        1,
        A_AT_Q1_COSTS,
    ),
    "unit_cap": (m.UnitCap, {"unit": "U1", "most": 4}, 700, 900, 2, {}),
    "community_cap": (m.CommunityCap, {"community": "C1", "most": 4}, 700, 900, 2, {}),
    "reserve_share": (m.ReserveShare, {"unit": "U1", "percent": 50}, 600, 900, 3, {}),
    "hours_budget": (m.HoursBudget, {"minutes": 240}, 600, 900, 3 * 120, {}),
    "count_budget": (m.CountBudget, {"most": 1, "per": "day"}, 600, 900, 3, {}),
    "longest_run": (m.LongestRun, {"days": 1}, 600, 900, 3, {}),
    "shortest_run": (m.ShortestRun, {"days": 2}, 600, 900, 3, EVERY_OTHER_DAY),
    "shortest_break": (m.ShortestBreak, {"days": 2}, 600, 900, 6, EVERY_OTHER_DAY),
    "weekend_budget": (m.WeekendBudget, {"most": 0}, 600, 900, 3, {}),
    "not_after": (
        m.NotAfter,
        {"category": "early", "after": "night"},
        600,
        900,
        3,
        EARLY_AFTER_NIGHT,
    ),
    "travel": (m.Travel, {"resource": "A", "kmh": 4}, 800, 900, 1, {}),
    "team": (m.Team, {"demand": "D1", "least": 1, "most": 2}, 800, 900, 1, {}),
    "cover": (
        m.Cover,
        {
            "demand": "D1",
            "skills": [m.SkillCount(skill="cook", count=2)],
            "counting": "several",
        },
        600,
        900,
        1,
        {},
    ),
    "trainees": (
        m.Trainees,
        {"demand": "D1", "senior": COOK, "most": 1},
        800,
        900,
        1,
        {},
    ),
    "units_represented": (
        m.UnitsRepresented,
        {"demand": "D1", "least": 3},
        600,
        900,
        1,
        {},
    ),
    "unit_share": (
        m.UnitShare,
        {"unit": "U1", "community": "C2", "most": 1},
        800,
        900,
        1,
        {},
    ),
    "local_member": (m.LocalMember, {"demand": "D3", "least": 2}, 600, 900, 1, {}),
    "keep_together": (
        m.KeepTogether,
        {"resources": ["A", "B"]},
        700,
        800,
        1,
        {"also": NOT_A_AT_Q1},
    ),
    "keep_apart": (m.KeepApart, {"resources": ["A", "B"]}, 600, 900, 3, {}),
    "all_or_nothing": (m.AllOrNothing, {"demand": "D1"}, 600, 900, 1, BUNDLE),
    "choose_at_most": (
        m.ChooseAtMost,
        {"resources": ["A", "B", "E"], "most": 1},
        300,
        900,
        2,
        {},
    ),
    "most_moves": (m.MostMoves, {"most": 1}, 100, 900, 8, {}),
    "least": (m.Least, {"resource": "A", "quantity": 3}, 600, 800, 1, A_AT_Q1_COSTS),
    "set_aside": (
        m.SetAside,
        {"group": "cooks", "demand": "D1", "least": 2},
        700,
        800,
        1,
        KEPT_FOR_ONE,
    ),
    "not_both": (m.NotBoth, {"demands": ["D1", "D3"]}, 600, 900, 3, {}),
}
SOFT_ONLY: dict[str, tuple[m.Rule, int]] = {
    # What a hard record does, pairs and widened times do.
    "forbid": (m.Forbid(resource="A", requirement="Q1", soft=m.Soft(price=0)), 1),
    "max_distance": (m.MaxDistance(resource="A", km=1, soft=m.Soft(price=0)), 5),
    "rest": (m.Rest(resource="A", minutes=90, soft=m.Soft(price=0)), 1),
}


def answer(problem: m.Problem) -> Answer:
    """The weight, or the name of the error that refuses to answer."""
    try:
        return mk.solve(problem, engine="cpsat").outcome.value
    except (BrokenPlanError, EngineError) as error:
        return type(error).__name__


def bound_by(kind: str, soft: m.Soft | None) -> m.Problem:
    record, fields, _, _, _, rest = BINDING[kind]
    more = [rest["also"]] if "also" in rest else []
    return village(
        record(**fields, soft=soft),
        *more,
        **{name: value for name, value in rest.items() if name != "also"},
    )


def test_every_kind_of_rule_is_here() -> None:
    assert sorted((*BINDING, *SOFT_ONLY)) == sorted(RULES) == sorted(KINDS)


def test_without_rules_all_serve_all() -> None:
    assert answer(village()) == 900


@pytest.mark.parametrize("kind", BINDING)
def test_a_hard_rule_takes_what_was_worked_out_and_its_rows_do_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, right = bound_by(kind, None), BINDING[kind][2]
    assert answer(problem) == right
    monkeypatch.setitem(RULES, kind, lambda *_: None)
    assert answer(problem) != right


@pytest.mark.parametrize("kind", BINDING)
def test_a_soft_rule_states_the_amount_worked_out_and_its_rows_count_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, (_, _, _, weight, amount, _) = (
        bound_by(kind, m.Soft(price=0)),
        BINDING[kind],
    )
    plan = mk.solve(problem, engine="cpsat")
    assert (plan.outcome.value, [entry.amount for entry in plan.payments]) == (
        weight,
        [amount],
    )
    monkeypatch.setitem(RULES, kind, lambda *_: None)
    assert answer(problem) != weight


@pytest.mark.parametrize("kind", SOFT_ONLY)
def test_a_soft_rule_on_pairs_or_rest_states_its_amount_and_its_rows_count_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, amount = SOFT_ONLY[kind]
    plan = mk.solve(village(rule), engine="cpsat")
    assert (plan.outcome.value, [entry.amount for entry in plan.payments]) == (
        900,
        [amount],
    )
    monkeypatch.setitem(RULES, kind, lambda *_: None)
    assert answer(village(rule)) != 900


AT_THE_SAME_TIME = {
    "resources": PEOPLE[:1],
    "demands": [FRIDAY, demand(4, window(9, 12))],
}
EARLY, LATE = (
    person(name, "U1", "C1", available=[when])
    for name, when in (("A", window(8, 10)), ("B", window(10, 12)))
)
BASE: dict[str, tuple[m.Problem, int]] = {
    "capacity": (village(resources=[person("A", "U1", "C1", capacity=2)]), 200),
    "wanted": (village(demands=[demand(1, None, {"wanted": 2})]), 200),
    "loads": (
        village(
            resources=[
                person("A", "U1", "C1", loads=[m.Load(dimension="seats", amount=5)])
            ],
            demands=[
                demand(n, None, {"uses": [m.Load(dimension="Seats", amount=2)]})
                for n in (1, 2, 3)
            ],
        ),
        200,
    ),
    "starts": (
        village(
            resources=[EARLY, LATE],
            demands=[demand(1, window(8, 12), minutes=120, step=120)],
        ),
        100,
    ),
    "one_place_at_a_time": (village(**AT_THE_SAME_TIME), 100),
}


@pytest.mark.parametrize("name", BASE)
def test_rows_that_every_problem_has_are_needed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, right = BASE[name]
    assert answer(problem) == right
    monkeypatch.setattr(base_rows, name, lambda *_: None)
    assert answer(problem) != right


def test_hard_rest_widens_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 10 to 11 is an hour: with 90 minutes of rest A serves D1 or D2."""
    problem, rows = (
        village(m.Rest(resource="A", minutes=90)),
        base_rows.one_place_at_a_time,
    )
    assert answer(problem) == 800
    monkeypatch.setattr(
        base_rows, "one_place_at_a_time", lambda scope, rest: rows(scope, 0 * rest)
    )
    assert answer(problem) != 800


@pytest.mark.parametrize(
    ("rule", "field"),
    [(NOT_A_AT_Q1, "forbidden"), (m.MaxDistance(resource="A", km=1), "farthest")],
)
def test_hard_rules_on_pairs_leave_pairs_out(
    rule: m.Rule, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(village(rule)) == 800
    made = Numbering.__init__

    def without(lists: Numbering, problem: m.Problem, like: None = None) -> None:
        made(lists, problem, like)
        setattr(lists, field, type(getattr(lists, field))())

    monkeypatch.setattr(Numbering, "__init__", without)
    assert answer(village(rule)) != 800


def test_a_flexible_demand_longer_than_all_its_windows_is_there_but_nobody_can_serve_it() -> (
    None
):
    problem = village(
        m.Team(demand="D1", least=1, most=3),
        demands=[demand(1, window(8, 9), minutes=61), SATURDAY],
        **A_AT_Q1_COSTS,
    )
    plan = mk.solve(problem)
    assert (plan.outcome.value, plan.outcome.status) == (300, "optimal")
    assert [(lack.requirement, lack.reason) for lack in plan.shortfalls] == [
        ("Q1", "nobody_eligible")
    ]
    assert [str(reason) for reason in mk.why_ineligible(problem, "A", "Q1")] == [
        f"time: {pinned.text('reason.no_start', minutes=61)}"
    ]


def test_a_stock_of_two_is_at_two_places_at_one_time() -> None:
    """With an activation cost, no flow and so the general search, whose relaxation of timed demands must not
    forbid it.
    """
    van = person("A", "U1", "C1", capacity=2, divisible=True, activation=30)
    both = [demand(n, window(8, 10), {"wanted": 1}) for n in (1, 4)]
    problem = village(resources=[van], demands=both, objective=m.Objective(skill_fit=0))
    plan = mk.solve(problem)
    assert [(goal.name, goal.value, goal.bound) for goal in plan.outcome.goals] == [
        ("tier 1", 2, 2),
        ("weight", 270, 270),
    ]
    weeks = solve_scheduling(compile_case(Instance(problem), 10), Deadline(), 0.0)
    assert weeks is None or weeks.bounds >= (2, 270)


@pytest.mark.parametrize("counting", ["one", "several"])
@pytest.mark.parametrize(("cooks", "filled"), [(1, 2), (2, 0)])
def test_who_serves_two_requirements_of_a_demand_is_one_member(
    counting: Any, cooks: int, filled: int
) -> None:
    """A alone can cook, at both places at once; a demand that asks two cooks is served by nobody."""
    rule = m.Cover(
        demand="D", skills=[m.SkillCount(skill="cook", count=cooks)], counting=counting
    )
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        skills=[m.Skill(name="cook")],
        resources=[
            m.Resource(
                id="A", unit="U", capacity=2, skills=[m.SkillLevel(skill="cook")]
            )
        ],
        demands=[
            m.Demand(
                id="D",
                community="C",
                requirements=[m.Requirement(id="Q1"), m.Requirement(id="Q2")],
            )
        ],
        rules=[rule],
    )
    assert sum(entry.quantity for entry in mk.solve(problem).assignments) == filled


@pytest.mark.parametrize(("minutes", "starts"), [(13, 4), (14, 5)])
def test_a_flexible_demand_has_so_many_starts_and_no_more(
    minutes: int, starts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten minutes, one later than the other: at most four where the limit is four."""
    monkeypatch.setattr(times, "MOST_STARTS", 4)
    begin = datetime(2026, 5, 1, tzinfo=UTC)
    flexible = m.Demand(
        id="D",
        community="C",
        windows=[m.Window(start=begin, end=begin + timedelta(minutes=minutes))],
        minutes=10,
        step=1,
        requirements=[m.Requirement(id="Q")],
    )
    if starts <= 4:
        assert len(list(times.starts_of(flexible))) == starts
    else:
        with pinned.raises(BudgetError, "budget.starts", demand="D", most=4):
            list(times.starts_of(flexible))
