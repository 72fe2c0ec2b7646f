"""Plans from outside against every kind of rule at once: whatever they hold, verify answers and raises
nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pinned
import pytest
from handmade import certificate, changed, window
from ruled import ONLY, demand, kept, person, valley, who
from test_rule_amounts import CASES

import matchkit.model as m
from matchkit.plan import Payment, Plan
from matchkit.verification.checks import check_certificate, verify

MANY = 3_000
STARTS = (
    None,
    window(8, 9, 5).start,
    window(9, 10, 5).start,
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
)


def everything() -> m.Problem:
    """Every case of every kind at once, by turns hard, with a price, with a tier and no worse than before."""
    bends = (None, m.Soft(price=3), m.Soft(tier=2), m.Soft(no_worse=True))
    rules = [
        kind(soft=bends[number % 4], **fields)
        for number, (kind, fields, _, _) in enumerate(CASES)
    ]
    before = [
        m.PreviousPair(resource=r, requirement=f"Q{q}")
        for r in "ABEF"
        for q in (1, 2, 5, 7, 9)
    ]
    return valley(*rules, previous=before)


def forged(random: Random, given: Plan) -> Plan:
    """Assignments of anybody to anything at any time, and payments for anything."""
    names = ["A", "B", "E", "F", "S", "nobody"]
    roles = [
        f"Q{q}"
        for q in (
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "8b",
            "9",
            "10",
            "11",
            "12",
            "13",
        )
    ]
    entries = tuple(
        changed(
            random.choice(given.assignments),
            resource=random.choice(names),
            requirement=random.choice(roles),
            quantity=random.choice([1, 1, 1, 2, 10**6000]),
            start=random.choice(STARTS),
        )
        for _ in range(random.randint(0, 30))
    )
    payments = tuple(
        Payment.model_construct(
            rule=random.choice(["unit_cap U1", "rest", "", "x" * 9000]),
            amount=random.choice([-1, 1, 10**6000]),
            paid=0,
        )
        for _ in range(random.randint(0, 3))
    )
    return changed(given, assignments=entries, payments=payments)


def test_forged_plans_are_answered_under_every_rule_at_once() -> None:
    random, problem = Random(11), everything()  # noqa: S311 - a seeded test, no secret
    given = kept(problem, who("A 1", "B 2", "S 6 3"))
    for _ in range(300):
        violations = verify(problem, forged(random, given)).violations
        assert violations
        assert all(len(str(violation)) < 2_000 for violation in violations)


def crowd(*windows: m.Window, rule: m.Rule) -> tuple[m.Problem, Plan]:
    """One person at thousands of demands at the same times, a hundred metres from each other."""
    place = [m.Place(lat=30 + number / 1000, lon=100) for number in range(MANY)]
    demands = [
        demand(f"D{number}", *windows, place=place[number], community="C")
        for number in range(MANY)
    ]
    problem = m.Problem(
        units=[m.Unit(id="U1")],
        communities=[m.Community(id="C")],
        resources=[person("A", capacity=MANY)],
        demands=demands,
        rules=[rule],
        objective=ONLY,
    )
    return problem, kept(problem, {("A", f"Q{number}"): 1 for number in range(MANY)})


def test_a_rest_of_thousands_is_counted_without_looking_at_every_two() -> None:
    """3,000 * 2,999 / 2 pairs."""
    problem, plan = crowd(window(8, 9), rule=m.Rest(minutes=60))
    [fact] = [
        violation.fact
        for violation in verify(problem, plan).violations
        if violation.rule == "rest"
    ]
    assert "4,498,500 pairs" in fact


@pytest.mark.parametrize(
    "rule",
    [
        m.Rest(minutes=60),
        m.Travel(kmh=1),
        m.Travel(kmh=1, soft=m.Soft(price=1)),
        m.Travel(kmh=1, soft=m.Soft(tier=1)),
    ],
)
def test_what_cannot_be_counted_soon_is_a_violation(rule: Any) -> None:
    problem, plan = crowd(window(8, 9), window(10, 11), rule=rule)
    [fact] = [
        violation.fact
        for violation in verify(problem, plan).violations
        if violation.rule == rule.rule
    ]
    assert fact == pinned.text("violation.uncounted", demands=3000)


def test_days_of_two_centuries_are_counted() -> None:
    """From 1 January 1972 to 1 January 2172 lie 200 * 365 + 49 days (2100 is no leap year), all of 1,440
    minutes.
    """
    ages = m.Window(
        start=datetime(1972, 1, 1, tzinfo=UTC), end=datetime(2172, 1, 1, tzinfo=UTC)
    )
    rules = (
        m.HoursBudget(resource="A", minutes=1_439, per="day", soft=m.Soft(tier=1)),
        m.LongestRun(resource="A", days=50, soft=m.Soft(tier=1)),
        m.Least(resource="A", minutes=1_442, per="day", soft=m.Soft(tier=1)),
    )
    problem = valley(*rules, demands=[demand("D1", ages)])
    paid = [
        Payment(rule="hours_budget A", amount=73_049, paid=0, tier=1),
        Payment(rule="longest_run A", amount=72_999, paid=0, tier=1),
        Payment(rule="least A", amount=2 * 73_049, paid=0, tier=1),
    ]
    assert verify(problem, kept(problem, who("A 1"), paid=paid)).violations == ()


def test_shares_of_deep_trees_need_no_walk_for_every_rule() -> None:
    """A thousand levels on either side, and a rule for each: all but the level of A itself count A's one
    unit.
    """
    deep = range(1_000)
    problem = m.Problem(
        units=[m.Unit(id=f"U{n}", parent=f"U{n - 1}" if n else None) for n in deep],
        communities=[
            m.Community(id=f"C{n}", parent=f"C{n - 1}" if n else None) for n in deep
        ],
        resources=[person("A", "U998")],
        demands=[demand("D1", community="C999")],
        rules=[m.UnitShare(unit=f"U{n}", community=f"C{n}", most=0) for n in deep],
        objective=ONLY,
    )
    found = verify(problem, kept(problem, who("A 1"))).violations
    assert [violation.ids for violation in found] == [
        (f"U{n}", f"C{n}") for n in range(999)
    ]


# ── Certificates beside the new records
# ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("since", "until", "proved"), [(8, 9, True), (9, 11, False)])
def test_prices_must_hold_where_a_flexible_demand_has_any_start_that_suits(
    since: int, until: int, proved: bool
) -> None:
    """90 minutes do not fit from 08 to 09, but do from 09 to 11, though A is not free in all of the
    windows.
    """
    flexible = next(d for d in valley().demands if d.id == "D9")
    problem = valley(
        demands=[flexible], resources=[person("A", available=[window(since, until, 5)])]
    )
    plan = changed(
        kept(problem, {}),
        certificate=certificate(
            ("tier 1", "weight"), (0, 0), {"A": (0, 0)}, {"Q9": (-1, 0)}
        ),
    )
    assert check_certificate(problem, plan).ok is proved


@pytest.mark.parametrize(("carries", "proved"), [(1, True), (2, False)])
def test_prices_must_hold_where_one_unit_fits(carries: int, proved: bool) -> None:
    role = {"uses": [m.Load(dimension="kg", amount=2)]}
    people = [person("A", loads=[m.Load(dimension="kg", amount=carries)])]
    problem = valley(demands=[demand("D1", role=role)], resources=people)
    plan = changed(
        kept(problem, {}),
        certificate=certificate(
            ("tier 1", "weight"), (0, 0), {"A": (0, 0)}, {"Q1": (-1, 0)}
        ),
    )
    assert check_certificate(problem, plan).ok is proved


def test_a_soft_lock_is_not_taken_first() -> None:
    """Hard, it earns (1, 100) before all prices; soft, the same prices give a bound of 0 and must hold at the
    pair.
    """
    for soft, bound in ((None, (1, 100)), (m.Soft(price=1), (0, 0))):
        one = m.Lock(resource="A", requirement="Q1", soft=soft)
        problem = valley(
            one,
            demands=[demand("D1", role={"wanted": 1})],
            resources=[person("A", capacity=1)],
        )
        plan = changed(
            kept(problem, {}),
            certificate=certificate(
                ("tier 1", "weight"), bound, {"A": (0, 0)}, {"Q1": (-1, 0)}
            ),
        )
        rules = {
            violation.rule for violation in check_certificate(problem, plan).violations
        }
        assert rules == (set() if soft is None else {"certificate_feasible"})
