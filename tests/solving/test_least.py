"""The rule ``least``: what eligible pairs and hours exclude is an error before the search, with both numbers,
and rules that exclude each other are found.
"""

from __future__ import annotations

from typing import Any

import pytest
from test_each_rule_is_needed import FRIDAY, PEOPLE, demand, person, village, window

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general import compiler
from matchkit.errors import ContradictionError
from matchkit.messages.message import Message

ONE_ROLE = {"wanted": 1}
MEETING = {"demands": [FRIDAY, demand(4, window(9, 11))]}
"""8 to 10 and 9 to 11: three hours, of which one resource can be there for two."""
FLEXIBLE = {"demands": [demand(1, window(8, 14), minutes=120, step=60)]}


def refusal(*rules: m.Rule, **fields: Any) -> list[tuple[Any, Any]]:
    """Where each contradiction lies, and the fact."""
    with pytest.raises(ContradictionError) as caught:
        mk.solve(village(*rules, **fields))
    return [one.parts[:2] for one in caught.value.complaints]


def of(kind: str, one: str) -> Message:
    return Message.of(f"where.{kind}", id=one)


def in_(period: str, first: str = "", days: int = 0) -> Message:
    return Message.of(f"least.in_{period}", first=first, days=days)


# A and B (of U1) and E may serve all: D1 and D2 in C1 on Friday, the 1st, for two hours each, D3 in C2 on Saturday.
EXCLUDED: list[
    tuple[dict[str, Any], str, int, int, Message, Message, dict[str, Any]]
] = [
    # fields, kind of amount, asked, the most there is, subject and period, the rest of the problem
    (
        {"resource": "A", "quantity": 4},
        "units",
        4,
        3,
        of("resource", "A"),
        in_("all"),
        {},
    ),
    (
        {"resource": "A", "minutes": 361},
        "minutes",
        361,
        360,
        of("resource", "A"),
        in_("all"),
        {},
    ),
    ({"unit": "U1", "quantity": 7}, "units", 7, 6, of("unit", "U1"), in_("all"), {}),
    (
        {"unit": "U1", "minutes": 721},
        "minutes",
        721,
        720,
        of("unit", "U1"),
        in_("all"),
        {},
    ),
    (
        {"community": "C1", "quantity": 7},
        "units",
        7,
        6,
        of("community", "C1"),
        in_("all"),
        {},
    ),
    (
        {"resource": "A", "quantity": 2, "per": "day"},
        *("units", 2, 1, of("resource", "A"), in_("day", "2026-05-02"), {}),
    ),
    (
        {"resource": "A", "minutes": 241, "per": "day"},
        *("minutes", 241, 240, of("resource", "A"), in_("day", "2026-05-01"), {}),
    ),
    (
        {"unit": "U2", "quantity": 4, "per": "week"},
        *("units", 4, 3, of("unit", "U2"), in_("week", "2026-04-27"), {}),
    ),
    (
        {"unit": "U2", "quantity": 4, "per": "days", "days": 2},
        *("units", 4, 3, of("unit", "U2"), in_("days", "2026-05-01", 2), {}),
    ),
    # C1 wants 1 + 1.
    (
        {"community": "C1", "quantity": 3},
        *("units", 3, 2, of("community", "C1"), in_("all")),
        {"demands": [demand(n, None, ONE_ROLE) for n in (1, 2)]},
    ),
    # Capacity 1.
    (
        {"resource": "A", "minutes": 121},
        *("minutes", 121, 120, of("resource", "A"), in_("all")),
        {"resources": [person("A", "U1", "C1", capacity=1)]},
    ),
    # Nobody is at two demands at one time: both together last three hours.
    (
        {"resource": "A", "minutes": 181},
        "minutes",
        181,
        180,
        of("resource", "A"),
        in_("all"),
        MEETING,
    ),
    # At one of five starts.
    (
        {"resource": "A", "minutes": 121},
        "minutes",
        121,
        120,
        of("resource", "A"),
        in_("all"),
        FLEXIBLE,
    ),
    # Used or not: nobody of the kind is eligible.
    (
        {"kind": "venue", "quantity": 1},
        *("units", 1, 0, of("resource", "H"), in_("all")),
        {"resources": [*PEOPLE, person("H", "U2", "C2", kind="venue")]},
    ),
]


@pytest.mark.parametrize(
    "case", EXCLUDED, ids=lambda case: " ".join(map(str, case[0].values()))
)
def test_what_eligible_pairs_and_hours_exclude_is_refused_with_rule_subject_period_and_both_numbers(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields, kind, asked, most, subject, period, rest = case
    rule = m.Least(**fields)
    fact = Message.of(
        f"least.{kind}", asked=asked, most=most, subject=subject, period=period
    )
    found = refusal(rule, **rest)
    assert found[0] == (of("rule", rule.label), fact)
    monkeypatch.setattr(
        compiler, "_excluded", lambda _: ()
    )  # and right: the search finds no plan either
    assert [key.key for _, key in refusal(rule, **rest)] == ["lock.together"]


@pytest.mark.parametrize(
    "case", EXCLUDED, ids=lambda case: " ".join(map(str, case[0].values()))
)
def test_one_less_is_possible_where_nothing_else_stands_against_it(case: Any) -> None:
    fields, _, _, most, _, _, rest = case
    amount = {name: most for name in ("quantity", "minutes") if name in fields}
    if not most or rest is MEETING or {"minutes", "per"} <= fields.keys():
        return
    assert (
        mk.solve(village(m.Least(**{**fields, **amount}), **rest)).outcome.status
        == "optimal"
    )


def test_where_times_meet_the_search_finds_that_no_plan_is_long_enough() -> None:
    [(where, fact)] = refusal(m.Least(resource="A", minutes=121), **MEETING)
    assert where == Message.of("rules.several", labels=("least A",))
    assert fact == Message("lock.together")
    assert (
        mk.solve(village(m.Least(resource="A", minutes=120), **MEETING)).outcome.status
        == "optimal"
    )


def test_a_soft_one_pays_for_what_is_missing_used_or_not() -> None:
    """Nobody may serve, so all three people lack two units each on both days."""
    soft = m.Least(quantity=2, per="day", soft=m.Soft(price=5))
    plan = mk.solve(
        village(soft, m.UnitCap(unit="U1", most=0), m.UnitCap(unit="U2", most=0))
    )
    assert [(entry.rule, entry.amount, entry.paid) for entry in plan.payments] == [
        ("least", 12, 60)
    ]
    assert plan.outcome.value == -60


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        ([m.Least(unit="U1", quantity=3), m.UnitCap(unit="U1", most=2)], {"least U1", "unit_cap U1"}),
        ([m.Least(resource="A", quantity=1), m.Forbid(resource="B", requirement="Q1")], set()),
        (
            [m.Least(resource="A", minutes=240, per="day"), m.HoursBudget(minutes=60, resource="A"), m.Lock(resource="B", requirement="Q1")],
            {"least A"},  # on Saturday there are two hours
        ),
        (
            [m.Least(resource="A", minutes=120, per="day"), m.HoursBudget(minutes=239, resource="A")],
            {"least A", "hours_budget A"},
        ),
        (
            [m.Least(community="C2", quantity=2), m.NotBoth(demands=["D1", "D3"]), *(m.Lock(resource=name, requirement="Q1") for name in ("A", "B"))],
            {"least C2", "not_both D1 D3", "lock A Q1", "lock B Q1"},
        ),
    ],
)  # fmt: skip
def test_hard_rules_that_exclude_each_other_are_found_by_conflicts(
    rules: list[m.Rule], labels: set[str]
) -> None:
    found = mk.conflicts(village(*rules))
    assert {
        member.label for conflict in found.conflicts for member in conflict.members
    } == labels
    if labels:
        with pytest.raises(ContradictionError):
            mk.solve(village(*rules))


def test_two_leasts_for_one_place_exclude_each_other() -> None:
    both = [m.Least(resource=name, quantity=1) for name in ("A", "B")]
    problem = village(*both, demands=[demand(1, window(8, 10), ONE_ROLE)])
    [conflict] = mk.conflicts(problem).conflicts
    assert [member.label for member in conflict.members] == ["least A", "least B"]
