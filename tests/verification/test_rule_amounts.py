"""By how much a plan breaks each kind of rule, worked out by hand from docs/rules.md beside each case.

A1 stands for A at D1, and so on. Distances: 10 steps are 1,112 m, 90 steps 10,008 m. ``ruled`` lists who,
what and when.
"""

from __future__ import annotations

from typing import Any

import pytest
from handmade import window
from ruled import Level, at, demand, kept, valley, who

import matchkit.model as m
from matchkit.plan import Payment, Plan
from matchkit.verification.case import BY_PAIR, Case
from matchkit.verification.checks import verify
from matchkit.verification.report import KEPT
from matchkit.verification.rules import AMOUNTS
from matchkit.verification.world import World

COOK, GOOD_COOK, DRIVE = (
    m.SkillCount(skill="cook", count=2),
    m.SkillCount(skill="cook", level=2),
    m.SkillCount(skill="drive"),
)
TRIO = ["A", "B", "E"]
SHANGHAI = "Asia/Shanghai"

CASES: list[tuple[type[Any], dict[str, Any], tuple[str, ...], int]] = [
    (m.Forbid, {"resource": "A", "requirement": "Q1"}, ("B 1", "A 4"), 0),
    (m.Forbid, {"resource": "A", "requirement": "Q1"}, ("A 1",), 1),
    (m.Forbid, {"resource": "S", "requirement": "Q6"}, ("S 6 3",), 3),
    (m.Lock, {"resource": "A", "requirement": "Q1"}, ("A 1",), 0),
    (m.Lock, {"resource": "A", "requirement": "Q1"}, ("B 1",), 1),
    (m.Lock, {"resource": "S", "requirement": "Q6", "quantity": 5}, ("S 6 3",), 2),
    # S is 1,112 m from D6, B is 10,008 m from D3 and on the spot at D2; A's place is unknown.
    (m.MaxDistance, {"km": 1.112}, ("S 6 3", "A 3"), 0),
    (
        m.MaxDistance,
        {"km": 0.112},
        ("S 6 3",),
        3,
    ),  # 1,000 m beyond: one kilometre, three times
    (m.MaxDistance, {"km": 0.111}, ("S 6 3",), 6),  # 1,001 m: two begun
    (m.MaxDistance, {"km": 0, "resource": "B"}, ("B 2", "B 3", "S 6 3"), 11),
    (m.MaxDistance, {"km": 0, "demand": "D6"}, ("B 3", "S 6 3"), 6),
    (m.MaxDistance, {"km": 0, "resource": "B", "demand": "D3"}, ("B 3", "S 6 3"), 11),
    (m.MaxDistance, {"km": 0, "resource": "B", "demand": "D2"}, ("B 3", "S 6 3"), 0),
    (m.MaxDistance, {"km": 0}, ("B 3", "S 6 3"), 17),
    (m.UnitCap, {"unit": "U1", "most": 2}, ("A 1", "B 4", "E 1"), 0),
    (m.UnitCap, {"unit": "U1", "most": 1}, ("A 1", "B 4", "E 1"), 1),
    (m.UnitCap, {"unit": "U", "most": 2}, ("A 1", "E 4", "S 6 3"), 3),
    (m.CommunityCap, {"community": "C1", "most": 2}, ("A 1", "B 4", "S 6 3"), 0),
    (m.CommunityCap, {"community": "C", "most": 1}, ("A 1", "B 4", "S 6 3"), 4),
    # U2 has 9 + 9 + 20 = 38: 23% are 8.74, 20% are 7.6, both rounded down.
    (m.ReserveShare, {"unit": "U2", "percent": 50}, ("S 6 9", "A 1"), 0),
    (m.ReserveShare, {"unit": "U2", "percent": 77}, ("S 6 9", "A 1"), 1),
    (m.ReserveShare, {"unit": "U2", "percent": 80}, ("S 6 9", "A 1"), 2),
    # A1 and A2 take 240 minutes on 1 May, A3 120 on the 2nd; A7 120 on the 3rd and 180 on the 4th, a Monday.
    (m.HoursBudget, {"resource": "A", "minutes": 240}, ("A 1", "A 2", "A 4", "B 3"), 0),
    (m.HoursBudget, {"resource": "A", "minutes": 100}, ("A 1", "A 2", "B 3"), 140),
    (
        m.HoursBudget,
        {"kind": "Person", "minutes": 120},
        ("A 1", "A 2", "B 3", "E 1", "E 3"),
        240,
    ),
    (m.HoursBudget, {"kind": "venue", "minutes": 0}, ("A 1", "A 2"), 0),
    (m.HoursBudget, {"minutes": 60}, ("A 1", "B 1", "S 10 5"), 120),
    (
        m.HoursBudget,
        {"resource": "S", "minutes": 0},
        ("S 10 5",),
        0,
    ),  # a stock has no time of its own
    (
        m.HoursBudget,
        {"resource": "A", "minutes": 180, "per": "day"},
        ("A 1", "A 2", "A 3"),
        60,
    ),
    (m.HoursBudget, {"resource": "A", "minutes": 120, "per": "day"}, ("A 7",), 60),
    (
        m.HoursBudget,
        {"resource": "A", "minutes": 120, "per": "day", "zone": SHANGHAI},
        ("A 7",),
        180,
    ),  # 06 to 11 on the 4th
    (m.HoursBudget, {"resource": "A", "minutes": 120, "per": "week"}, ("A 7",), 60),
    (
        m.HoursBudget,
        {"resource": "A", "minutes": 120, "per": "week"},
        ("A 5", "A 7"),
        60 + 180,
    ),
    (
        m.HoursBudget,
        {"resource": "A", "minutes": 200, "per": "days", "days": 2},
        ("A 1", "A 2", "A 3"),
        40 + 160,
    ),  # from 30 April, from 1 May
    (
        m.HoursBudget,
        {"resource": "A", "minutes": 360, "per": "days", "days": 2},
        ("A 1", "A 2", "A 3"),
        0,
    ),
    (m.CountBudget, {"resource": "A", "most": 2}, ("A 1", "A 4"), 0),
    (m.CountBudget, {"resource": "A", "most": 1}, ("A 1", "A 4"), 1),
    (m.CountBudget, {"most": 0}, ("A 1", "B 4", "S 10 5"), 2),
    (
        m.CountBudget,
        {"resource": "A", "most": 1, "per": "day"},
        ("A 1", "A 2", "A 3", "A 4"),
        1,
    ),
    (m.CountBudget, {"resource": "A", "most": 1, "per": "day"}, ("A 5", "A 7"), 1),
    (
        m.CountBudget,
        {"resource": "A", "most": 1, "per": "day", "zone": SHANGHAI},
        ("A 5", "A 7"),
        0,
    ),  # D7 begins on the 4th there
    (
        m.CountBudget,
        {"resource": "A", "most": 1, "per": "week"},
        ("A 1", "A 2", "A 3"),
        2,
    ),
    (
        m.CountBudget,
        {"resource": "A", "most": 1, "per": "days", "days": 3},
        ("A 1", "A 3"),
        2,
    ),  # from 30 April, from 1 May
    # Windows touch 1 to 5 May, so two weeks; D4, D6 and D8 have no time.
    (m.Least, {"resource": "A", "quantity": 2}, ("A 1", "A 4"), 0),
    (m.Least, {"resource": "A", "quantity": 2}, ("A 1",), 1),
    (m.Least, {"resource": "A", "quantity": 2}, ("B 1",), 2),
    (m.Least, {"resource": "A", "quantity": 1, "per": "day"}, ("A 1", "A 3"), 3),
    (m.Least, {"resource": "A", "quantity": 1, "per": "day"}, ("A 1", "A 2", "A 4"), 4),
    (
        m.Least,
        {"resource": "A", "quantity": 1, "per": "week"},
        ("A 5",),
        1,
    ),  # begins on the 3rd, a Sunday
    (m.Least, {"resource": "A", "quantity": 1, "per": "week"}, ("A 1", "A 7"), 1),
    (
        m.Least,
        {"resource": "A", "quantity": 1, "per": "week", "zone": SHANGHAI},
        ("A 1", "A 7"),
        0,
    ),
    (
        m.Least,
        {"resource": "A", "quantity": 1, "per": "days", "days": 2},
        ("A 1",),
        3,
    ),  # from the 2nd, 3rd, 4th
    (m.Least, {"resource": "A", "quantity": 2, "per": "days", "days": 5}, ("A 1",), 1),
    (
        m.Least,
        {"resource": "A", "quantity": 2, "per": "days", "days": 6},
        ("B 1",),
        0,
    ),  # no six days lie within
    (m.Least, {"resource": "A", "minutes": 240}, ("A 1", "A 4"), 120),
    (m.Least, {"resource": "A", "minutes": 120, "per": "day"}, ("A 7",), 3 * 120),
    (m.Least, {"kind": "Person", "quantity": 1}, ("A 1", "B 4"), 2),  # E and F
    (m.Least, {"kind": "venue", "quantity": 1}, ("A 1",), 0),
    (m.Least, {"quantity": 1}, ("A 1", "S 6 3"), 3),
    (
        m.Least,
        {"minutes": 60},
        ("A 1", "S 10 5"),
        3 * 60,
    ),  # B, E and F; a stock has no time of its own
    (m.Least, {"resource": "S", "quantity": 5}, ("S 6 3",), 2),
    (m.Least, {"resource": "S", "minutes": 60}, ("S 10 5",), 0),
    (m.Least, {"unit": "U1", "quantity": 3}, ("A 1", "B 4", "E 1"), 1),
    (m.Least, {"unit": "U", "quantity": 6}, ("A 1", "E 4", "S 6 3"), 1),
    (m.Least, {"unit": "U", "minutes": 300}, ("A 1", "E 3", "S 10 5"), 60),
    (m.Least, {"community": "C1", "quantity": 3}, ("A 1", "B 4", "S 6 3"), 1),
    (m.Least, {"community": "C", "quantity": 5}, ("A 1", "B 4", "S 6 3"), 0),
    (m.Least, {"community": "C2", "quantity": 1, "per": "day"}, ("S 6 3",), 5),
    (
        m.LongestRun,
        {"resource": "A", "days": 1},
        ("A 1", "A 2", "A 5"),
        1,
    ),  # the 1st; the 3rd and the 4th
    (
        m.LongestRun,
        {"resource": "A", "days": 2},
        ("A 1", "A 3", "A 5"),
        2,
    ),  # 1 to 3, 2 to 4
    (m.LongestRun, {"days": 3}, ("A 1", "A 3", "A 5", "B 1", "B 3"), 1),
    (m.LongestRun, {"resource": "A", "days": 4}, ("A 1", "A 3", "A 5"), 0),
    (m.LongestRun, {"resource": "A", "days": 1}, ("A 7",), 1),
    (m.LongestRun, {"resource": "A", "days": 1, "zone": SHANGHAI}, ("A 7",), 0),
    (
        m.LongestRun,
        {"resource": "A", "days": 1, "zone": "America/Sao_Paulo"},
        ("A 7",),
        0,
    ),  # ends at midnight there
    # Windows touch the days from the 1st to the 5th; the 2nd and the 3rd are a weekend.
    (m.ShortestRun, {"days": 2}, ("A 1", "B 5"), 0),  # the 1st may not be all of it
    (m.ShortestRun, {"days": 2}, ("A 3", "B 3", "E 1"), 2),
    (m.ShortestRun, {"resource": "A", "days": 3}, ("A 1", "A 5", "B 3"), 1),
    (m.ShortestRun, {"days": 366}, ("A 3",), 365),
    (m.ShortestRun, {"kind": "venue", "days": 2}, ("A 3",), 0),
    (m.ShortestRun, {"days": 2}, ("A 7",), 0),
    (m.ShortestRun, {"days": 2, "zone": SHANGHAI}, ("A 7",), 1),
    (m.ShortestBreak, {"days": 2}, ("A 1", "A 5", "B 1", "B 3"), 1),  # the 2nd
    (m.ShortestBreak, {"days": 5}, ("A 1", "A 5", "B 3", "B 7"), 4),
    (m.ShortestBreak, {"days": 2}, ("A 1", "A 7"), 1),
    (m.ShortestBreak, {"days": 2, "zone": SHANGHAI}, ("A 1", "A 7"), 0),
    (m.WeekendBudget, {"most": 0}, ("A 1", "A 2", "B 3", "E 5"), 2),
    (m.WeekendBudget, {"most": 0}, ("A 3", "A 5"), 1),
    (m.WeekendBudget, {"most": 1}, ("A 3", "A 5"), 0),
    (m.WeekendBudget, {"most": 0, "zone": SHANGHAI}, ("A 7",), 0),  # a Monday there
    (m.NotAfter, {"category": "early", "after": "Night"}, ("A 1", "B 3"), 0),
    (m.NotAfter, {"category": "early", "after": "Night"}, ("A 1", "A 3", "B 3"), 1),
    (m.NotAfter, {"category": "night", "after": "early"}, ("A 1", "A 3"), 0),
    (m.NotAfter, {"category": "early", "after": "Night"}, ("A 2", "A 3"), 0),
    (m.CountBudget, {"most": 0, "category": "EARLY"}, ("A 1", "A 3", "B 3"), 2),
    (
        m.CountBudget,
        {"most": 0, "per": "day", "category": "night"},
        ("A 1", "A 2", "A 4"),
        1,
    ),
    (m.Rest, {"resource": "A", "minutes": 60}, ("A 1", "A 2"), 0),
    (m.Rest, {"resource": "A", "minutes": 61}, ("A 1", "A 2", "A 4"), 1),
    (
        m.Rest,
        {"resource": "A", "minutes": 1200},
        ("A 1", "A 2", "A 3"),
        2,
    ),  # 10:00 + 20 h is 06:00, D3 begins at 08:00
    (m.Rest, {"resource": "A", "minutes": 1440}, ("A 1", "A 2", "A 3"), 3),
    (m.Rest, {"minutes": 61}, ("A 1", "A 2", "B 1", "B 2", "E 1", "F 2"), 2),
    (m.Rest, {"resource": "A", "minutes": 420}, ("A 5", "A 7"), 0),  # 03:00 to 10:00
    (m.Rest, {"resource": "A", "minutes": 421}, ("A 5", "A 7"), 1),
    (
        m.Rest,
        {"resource": "A", "minutes": 781},
        ("A 5", "A 7"),
        1,
    ),  # also 09:00 to 22:00, yet one pair
    # From D2 to D11 no time, to D12 7,200 s; 10,008 m take 7,206 s at 5 km an hour and 6,005 s at 6.
    (m.Travel, {"resource": "A", "kmh": 6}, ("A 2", "A 12", "A 1"), 0),
    (m.Travel, {"resource": "A", "kmh": 5}, ("A 2", "A 12", "A 1"), 1),
    (m.Travel, {"kmh": 5}, ("A 2", "A 11", "A 12", "B 2", "B 12"), 3),
    (m.Travel, {"kind": "PERSON", "kmh": 6}, ("A 2", "A 11", "A 12", "B 2", "B 12"), 1),
    (m.Team, {"demand": "D1", "least": 2, "most": 3}, ("A 4",), 0),
    (m.Team, {"demand": "D1", "least": 2, "most": 3}, ("A 1",), 1),
    (m.Team, {"demand": "D1", "least": 2, "most": 3}, ("A 1", "B 1", "E 1", "F 1"), 1),
    (m.Team, {"demand": "D6", "least": 5, "most": 9}, ("S 6 3",), 2),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "several"},
        ("A 4",),
        0,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "several"},
        ("A 1", "B 1"),
        0,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "one"},
        ("A 1", "B 1"),
        1,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "several"},
        ("A 1",),
        1,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "one"},
        ("A 1",),
        2,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [COOK, DRIVE], "counting": "one"},
        ("A 1", "B 1", "E 1"),
        0,
    ),
    (
        m.Cover,
        {"demand": "D1", "skills": [DRIVE, GOOD_COOK], "counting": "one"},
        ("A 1", "E 1"),
        0,
    ),  # A must leave driving to E
    (
        m.Cover,
        {"demand": "D1", "skills": [GOOD_COOK], "counting": "several"},
        ("B 1",),
        1,
    ),
    (
        m.Cover,
        {"demand": "D8", "skills": [COOK], "counting": "several"},
        ("A 8", "A 8b", "B 8", "B 8b", "E 8b"),
        0,
    ),
    (
        m.Cover,
        {"demand": "D8", "skills": [COOK], "counting": "several"},
        ("A 8", "A 8b"),
        1,
    ),  # a member counts once
    (
        m.Trainees,
        {"demand": "D1", "senior": Level(skill="cook", level=2), "most": 2},
        ("A 1", "B 1", "E 1"),
        0,
    ),
    (
        m.Trainees,
        {"demand": "D1", "senior": Level(skill="cook", level=2), "most": 1},
        ("A 1", "B 1", "E 1"),
        1,
    ),
    (
        m.Trainees,
        {"demand": "D1", "senior": Level(skill="cook", level=2), "most": 9},
        ("B 1", "F 1"),
        2,
    ),
    (m.UnitsRepresented, {"demand": "D1", "least": 2}, ("A 1", "E 1"), 0),
    (m.UnitsRepresented, {"demand": "D1", "least": 3}, ("A 1", "B 1"), 2),
    (m.UnitsRepresented, {"demand": "D1", "least": 3}, ("A 4",), 0),
    # D1 lies in C1: A is at home there, B in C above it, E in C2, F nowhere.
    (m.LocalMember, {"demand": "D1", "least": 2}, ("A 1", "B 1"), 0),
    (m.LocalMember, {"demand": "D1", "least": 2}, ("A 1", "E 1", "F 1"), 1),
    (m.LocalMember, {"demand": "D1", "least": 2}, ("A 4",), 0),
    (m.AllOrNothing, {"demand": "D8"}, ("A 8", "B 8", "A 8b", "B 8b", "E 8b"), 0),
    (m.AllOrNothing, {"demand": "D8"}, ("A 8",), 1 + 3),
    (m.AllOrNothing, {"demand": "D8"}, ("A 1",), 0),
    (m.UnitShare, {"unit": "U1", "community": "C1", "least": 2}, ("A 1", "B 4"), 0),
    (m.UnitShare, {"unit": "U1", "community": "C1", "least": 2}, ("A 1", "E 1"), 1),
    (m.UnitShare, {"unit": "U1", "community": "C1", "least": 2}, ("E 1",), 2),
    (m.UnitShare, {"unit": "U1", "community": "C1", "least": 2}, ("S 6 3",), 0),
    (
        m.UnitShare,
        {"unit": "U", "community": "C", "most": 2},
        ("A 1", "E 4", "S 6 3"),
        3,
    ),
    # A and E are cooks; Q1 wants 9, D8 18, the two for supplies 18.
    (
        m.SetAside,
        {"group": "cooks", "requirement": "Q1", "least": 8},
        ("A 1", "B 1"),
        0,
    ),
    (
        m.SetAside,
        {"group": "cooks", "requirement": "Q1", "least": 8},
        ("B 1", "F 1"),
        1,
    ),
    (
        m.SetAside,
        {"group": "COOKS", "demand": "D8", "least": 17},
        ("B 8", "F 8", "B 8b", "A 8"),
        2,
    ),
    (
        m.SetAside,
        {"group": "cooks", "community": "C1", "most": 1},
        ("A 1", "A 4", "E 1", "B 4"),
        2,
    ),
    (m.SetAside, {"group": "cooks", "kind": "supplies", "least": 17}, ("S 6 3",), 2),
    (
        m.SetAside,
        {"group": "cooks", "requirement": "Q1", "least": 9, "most": 9},
        ("A 1", "B 1", "F 1"),
        2,
    ),
    (
        m.SetAside,
        {"group": "cooks", "requirement": "Q1", "least": 20, "most": 30},
        ("B 1",),
        1,
    ),
    (m.KeepTogether, {"resources": TRIO}, ("A 1", "B 1", "E 1", "F 4"), 0),
    (m.KeepTogether, {"resources": TRIO}, ("A 1", "B 4"), 2 + 2),
    (m.KeepTogether, {"resources": [*TRIO, "A"]}, ("A 1", "B 1"), 1),
    (m.KeepApart, {"resources": TRIO}, ("A 1", "B 4", "F 1"), 0),
    (m.KeepApart, {"resources": TRIO}, ("A 1", "B 1", "E 1", "A 4", "E 4"), 2 + 1),
    (m.ChooseAtMost, {"resources": TRIO, "most": 1}, ("A 1", "A 4", "F 1"), 0),
    (m.ChooseAtMost, {"resources": TRIO, "most": 1}, ("A 1", "B 4", "E 4"), 2),
    (m.MostMoves, {"most": 5}, ("A 1", "B 4", "S 6 3"), 0),
    (m.MostMoves, {"most": 3}, ("A 1", "B 4", "S 6 3"), 5 - 3),
    (m.MostMoves, {"most": 1, "each": True}, ("A 1", "A 4", "B 4", "S 6 3"), 1 + 2),
    (m.MostMoves, {"most": 1, "resource": "A"}, ("A 1", "A 4", "B 4"), 1),
    (m.NotBoth, {"demands": ["D1", "D4", "D6"]}, ("A 1", "B 4", "S 6 3"), 0),
    (
        m.NotBoth,
        {"demands": ["D1", "D4", "D6", "D1"]},
        ("A 1", "A 4", "A 5", "E 1", "E 4", "S 6 3"),
        1 + 1,
    ),
]
NAMES = [
    f"{number}-{kind.__name__}-{amount}"
    for number, (kind, _, _, amount) in enumerate(CASES)
]
Case_ = tuple[type[Any], dict[str, Any], tuple[str, ...], int]
BROKEN = [case for case in CASES if case[3]]


def found(problem: m.Problem, plan: Plan) -> set[str]:
    return {violation.rule for violation in verify(problem, plan).violations}


def priced(case: Case_, price: int = 7) -> tuple[m.Problem, Payment | None]:
    kind, fields, _, amount = case
    problem = valley(kind(id="our rule", soft=m.Soft(price=price), **fields))
    return problem, Payment(
        rule="our rule", amount=amount, paid=price * amount
    ) if amount else None


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_hard_rule_is_broken_exactly_where_the_amount_is_above_0_and_nothing_else_is(
    case: Case_,
) -> None:
    kind, fields, chosen, amount = case
    problem = valley(kind(**fields))
    assert found(problem, kept(problem, who(*chosen))) == (
        {problem.rules[0].rule} if amount else set()
    )


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_soft_rule_is_paid_by_its_amount(case: Case_) -> None:
    problem, payment = priced(case)
    assert (
        verify(
            problem, kept(problem, who(*case[2]), paid=[payment] if payment else [])
        ).violations
        == ()
    )


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[0].__name__)
def test_a_soft_rule_paid_by_another_amount_is_refused(case: Case_) -> None:
    problem, payment = priced(case)
    assert payment is not None
    more = Payment(rule=payment.rule, amount=payment.amount + 1, paid=payment.paid + 7)
    assert found(problem, kept(problem, who(*case[2]), paid=[more])) == {
        "payments",
        "goals",
        "value",
    }
    assert found(problem, kept(problem, who(*case[2]))) == {
        "payments",
        "goals",
        "value",
    }


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[0].__name__)
def test_only_the_amount_of_its_kind_tells_that_a_rule_is_broken(
    case: Case_, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, a plan that breaks a hard rule, and one that pays nothing for a soft one, would pass."""
    kind, fields, chosen, _ = case
    hard, (soft, _) = valley(kind(**fields)), priced(case)
    monkeypatch.setitem(AMOUNTS, hard.rules[0].rule, lambda _served, _rule: KEPT)
    assert verify(soft, kept(soft, who(*chosen))).violations == ()
    if hard.rules[0].rule not in BY_PAIR:
        assert verify(hard, kept(hard, who(*chosen))).violations == ()


def test_the_table_keeps_and_breaks_every_kind_of_rule_by_different_amounts() -> None:
    kinds = {kind.model_fields["rule"].default for kind, *_ in CASES}
    assert kinds == set(AMOUNTS)
    for name in kinds:
        amounts = {
            amount
            for kind, _, _, amount in CASES
            if kind.model_fields["rule"].default == name
        }
        assert 0 in amounts
        assert len(amounts) > 1


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[0].__name__)
def test_the_fact_names_an_id_of_the_problem_or_a_number(case: Case_) -> None:
    kind, fields, chosen, _ = case
    problem = valley(kind(**fields, soft=m.Soft(price=1)))
    [(_, amount)] = Case(World(problem), kept(problem, who(*chosen))).breaches
    known = {
        record.id
        for group in (
            problem.resources,
            problem.demands,
            problem.units,
            problem.communities,
        )
        for record in group
    }
    assert all(name in known or name.startswith("Q") for name in amount.ids)
    assert any(letter.isdigit() for letter in amount.fact) or amount.ids


def test_of_pairs_beyond_a_distance_the_farthest_is_told() -> None:
    problem = valley(m.MaxDistance(km=0, soft=m.Soft(price=1)))
    [(_, amount)] = Case(World(problem), kept(problem, who("B 3", "S 6 3"))).breaches
    assert (amount.size, amount.ids) == (17, ("B", "Q3"))


def test_the_way_is_looked_at_between_places_farther_apart_than_each_is_from_the_first() -> (
    None
):
    """20,016 m from D2 to D3 take 14,412 s at 5 km an hour, of which there are 10,800."""
    problem = valley(
        m.Travel(kmh=5),
        demands=[
            demand("D1", window(6, 7), place=at(0)),
            demand("D2", window(10, 11), place=at(90)),
            demand("D3", window(14, 15), place=at(-90)),
        ],
    )
    assert found(problem, kept(problem, who("A 1", "A 2", "A 3"))) == {"travel"}
    assert found(problem, kept(problem, who("A 1", "A 2"))) == set()
    assert found(problem, kept(problem, who("A 1", "A 3"))) == set()


def test_a_begun_minute_counts_whole() -> None:
    """7,201 seconds are 2 hours and a begun minute."""
    problem = valley(m.HoursBudget(resource="A", minutes=120, soft=m.Soft(price=1)))
    longer = (
        problem.demands[0]
        .windows[0]
        .model_copy(update={"end": problem.demands[0].windows[0].end.replace(second=1)})
    )
    problem = problem.model_copy(
        update={
            "demands": (
                problem.demands[0].model_copy(update={"windows": (longer,)}),
                *problem.demands[1:],
            )
        }
    )
    assert (
        verify(
            problem,
            kept(
                problem,
                who("A 1"),
                paid=[Payment(rule="hours_budget A", amount=1, paid=1)],
            ),
        ).violations
        == ()
    )
