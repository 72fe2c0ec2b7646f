"""Every rule broken once in an otherwise right plan, and caught by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pinned
import pytest
from handmade import (
    FAR,
    STREET_NAMES,
    changed,
    edited,
    outcome,
    street,
    street_plan,
    window,
)

import matchkit.model as m
from matchkit.errors import BrokenPlanError
from matchkit.plan import Payment, Plan
from matchkit.plan.outcome import ChosenBy, Closed, KeptUnits
from matchkit.verification.checks import CHECKS, verify
from matchkit.verification.eligibility import ELIGIBILITY
from matchkit.verification.report import Fact, fact

GIVEN = street_plan()


RANKED = ChosenBy(
    rule="weak", proposing="resources", among="proposers", blocking=0, fewest=0
)


def rules_found(problem: m.Problem, plan: Plan) -> set[str]:
    return {violation.rule for violation in verify(problem, plan).violations}


def test_the_street_as_worked_out_by_hand_keeps_every_rule() -> None:
    report = verify(street(), GIVEN)
    assert report.violations == ()
    assert report.ok
    report.raise_if_broken()


def put(resource: str, requirement: str = "Q2") -> Plan:
    """R8's place at Q2 given to another; the terms are then wrong too, unless they are the same."""
    return changed(
        GIVEN,
        assignments=(
            *(a for a in GIVEN.assignments if a.resource != "R8"),
            changed(GIVEN.assignments[2], resource=resource, requirement=requirement),
        ),
    )


def said(**fields: object) -> Plan:
    return changed(GIVEN, outcome=changed(GIVEN.outcome, **fields))


def lack(**fields: object) -> Plan:
    return changed(GIVEN, shortfalls=(changed(GIVEN.shortfalls[0], **fields),))


def goal(number: int, **fields: object) -> Plan:
    goals = list(GIVEN.outcome.goals)
    goals[number] = changed(goals[number], **fields)
    return said(goals=tuple(goals))


def with_rule(rule: m.Rule) -> Callable[[], tuple[m.Problem, Plan]]:
    return lambda: (street(rules=[rule]), GIVEN)


def with_plan(plan: Plan) -> Callable[[], tuple[m.Problem, Plan]]:
    return lambda: (street(), plan)


def at_another_time() -> tuple[m.Problem, Plan]:
    """R1 at Q1 (08 to 12) and at Q3 (11 to 14): one hour of both."""
    both = changed(
        GIVEN,
        assignments=tuple(
            changed(a, resource="R1") if a.resource == "R2" else a
            for a in GIVEN.assignments
        ),
    )
    return street(rules=[m.HoursBudget(resource="R1", minutes=420)]), both


def twice_at_one_demand() -> tuple[m.Problem, Plan]:
    return street(), put("R1")


def too_heavy() -> tuple[m.Problem, Plan]:
    """Five sacks of 2 kg each, where S1 carries 9 kg: each fits, all together do not."""
    problem = street()
    sacks = tuple(
        changed(
            d,
            requirements=tuple(
                changed(q, uses=(m.Load(dimension="kg", amount=2),))
                for q in d.requirements
            ),
        )
        if d.id == "D3"
        else d
        for d in problem.demands
    )
    carriers = tuple(
        changed(r, loads=(m.Load(dimension="KG", amount=9),)) if r.id == "S1" else r
        for r in problem.resources
    )
    return changed(problem, demands=sacks, resources=carriers), GIVEN


BROKEN: list[tuple[str, Callable[[], tuple[m.Problem, Plan]]]] = [
    ("unknown_id", with_plan(edited(GIVEN, "R8", "Q2", resource="R9"))),
    ("unknown_id", with_plan(edited(GIVEN, "R8", "Q2", requirement="Q9"))),
    ("unknown_id", with_plan(lack(requirement="Q9"))),
    ("unknown_id", with_plan(lack(demand="D9"))),
    (
        "duplicate",
        with_plan(
            changed(GIVEN, assignments=(*GIVEN.assignments, GIVEN.assignments[0]))
        ),
    ),
    ("capacity", with_plan(put("empty"))),
    ("kind", with_plan(put("venue"))),
    ("skill", with_plan(put("late", "Q1"))),
    ("mode", with_plan(put("online"))),
    ("time", with_plan(put("late"))),
    ("max_distance", with_plan(put("far"))),
    ("forbid", with_plan(put("banned"))),
    ("pair_quantity", with_plan(edited(GIVEN, "R1", "Q1", quantity=2))),
    ("pair_quantity", with_plan(edited(GIVEN, "S1", "Q4", quantity=6))),
    (
        "resource_capacity",
        with_plan(
            changed(
                GIVEN,
                assignments=(
                    *GIVEN.assignments,
                    changed(GIVEN.assignments[2], requirement="Q3"),
                ),
            )
        ),
    ),
    (
        "requirement_wanted",
        with_plan(
            changed(
                GIVEN,
                assignments=(
                    *GIVEN.assignments,
                    changed(GIVEN.assignments[2], resource="R2"),
                ),
            )
        ),
    ),
    ("overlap", at_another_time),
    ("overlap", twice_at_one_demand),
    ("load", too_heavy),
    ("start", with_plan(edited(GIVEN, "R1", "Q1", start=window(8, 9).start))),
    (
        "payments",
        with_plan(
            changed(GIVEN, payments=(Payment(rule="nothing", amount=1, paid=0),))
        ),
    ),
    ("proof", with_plan(said(proof="prices"))),
    ("chosen", with_plan(said(chosen=RANKED))),
    (
        "kept",
        with_plan(
            said(kept=KeptUnits(reference=1, gone=0, kept=1, moves=0, previous=0))
        ),
    ),
    ("lock", with_rule(m.Lock(resource="R1", requirement="Q2"))),
    ("lock", with_rule(m.Lock(resource="S1", requirement="Q4", quantity=6))),
    ("forbid", with_rule(m.Forbid(resource="R1", requirement="Q1"))),
    ("max_distance", with_rule(m.MaxDistance(km=1.111))),
    ("max_distance", with_rule(m.MaxDistance(km=1.111, resource="R1"))),
    ("max_distance", with_rule(m.MaxDistance(km=1.111, demand="D1"))),
    ("max_distance", with_rule(m.MaxDistance(km=1.111, resource="R1", demand="D1"))),
    ("unit_cap", with_rule(m.UnitCap(unit="U1", most=2))),
    ("unit_cap", with_rule(m.UnitCap(unit="U", most=7))),
    ("community_cap", with_rule(m.CommunityCap(community="C2", most=5))),
    ("community_cap", with_rule(m.CommunityCap(community="C", most=7))),
    ("reserve_share", with_rule(m.ReserveShare(unit="U2", percent=51))),
    ("hours_budget", with_rule(m.HoursBudget(resource="R1", minutes=239))),
    ("team", with_rule(m.Team(demand="D2", least=2, most=9))),
    ("team", with_rule(m.Team(demand="D1", least=1, most=1))),
    ("weight", with_plan(edited(GIVEN, "R1", "Q1", weight=278))),
    *(
        (
            "weight",
            with_plan(
                edited(
                    GIVEN,
                    "R1",
                    "Q1",
                    terms=changed(GIVEN.assignments[0].terms, **{term: 1}),
                )
            ),
        )
        for term in (
            "importance",
            "skill_fit",
            "distance",
            "preference",
            "familiarity",
            "previous",
            "score",
        )
    ),
    ("ledger", with_plan(changed(GIVEN, shortfalls=()))),
    ("ledger", with_plan(changed(GIVEN, shortfalls=GIVEN.shortfalls * 2))),
    (
        "ledger",
        with_plan(
            changed(
                GIVEN,
                shortfalls=(
                    *GIVEN.shortfalls,
                    changed(GIVEN.shortfalls[0], requirement="Q2"),
                ),
            )
        ),
    ),
    *(
        ("ledger", with_plan(lack(**{field: 7})))
        for field in (
            "tier",
            "wanted",
            "minimum",
            "assigned",
            "missing",
            "below_minimum",
        )
    ),
    ("ledger", with_plan(lack(demand="D2"))),
    ("ledger", with_plan(lack(eligible=0))),
    ("ledger", with_plan(lack(eligible=1, reason="nobody_eligible"))),
    ("goals", with_plan(goal(0, name="tier 1"))),
    ("goals", with_plan(goal(2, value=7))),
    ("goals", with_plan(said(goals=GIVEN.outcome.goals[1:]))),
    ("value", with_plan(said(value=1437))),
    ("bound", with_plan(said(bound=1436))),
    ("bound", with_plan(goal(1, bound=1))),
    ("gap", with_plan(said(gap=0.0))),
    ("status", with_plan(said(status="optimal"))),
    ("status", with_plan(said(stopped="proved"))),
    (
        "closed",
        with_plan(
            said(
                closed=(
                    Closed(label="none", unit="U1", community="C1", least=2, most=1),
                )
            )
        ),
    ),
]


@pytest.mark.parametrize(
    ("rule", "make"),
    BROKEN,
    ids=[f"{number}-{rule}" for number, (rule, _) in enumerate(BROKEN)],
)
def test_a_broken_rule_is_caught_by_its_name(
    rule: str, make: Callable[[], tuple[m.Problem, Plan]]
) -> None:
    problem, plan = make()
    assert rule in rules_found(problem, plan)


def quantities(plan: Plan) -> set[tuple[str, str, int]]:
    return {(a.resource, a.requirement, a.quantity) for a in plan.assignments}


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        row
        for row in BROKEN
        if row[0] not in ("unknown_id", "duplicate")
        and quantities(row[1]()[1]) == quantities(GIVEN)
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_the_assignments_are_right_nothing_but_the_broken_rule_is_named(
    rule: str, make: Callable[[], tuple[m.Problem, Plan]]
) -> None:
    problem, plan = make()
    assert rules_found(problem, plan) == {rule}


def test_the_table_breaks_every_rule_there_is() -> None:
    """Kinds of rules that are not in the street have cases of their own in test_rule_amounts."""
    assert {rule for rule, _ in BROKEN} >= {
        check.__name__ for check in (*CHECKS, *ELIGIBILITY)
    }


def test_a_violation_names_the_records_and_the_numbers_compared() -> None:
    [found] = verify(street(rules=[m.UnitCap(unit="U1", most=2)]), GIVEN).violations
    assert found.ids == ("U1",)
    assert found.fact == pinned.text("violation.unit_cap", given=3, most=2)


def test_raise_if_broken_lists_every_violation() -> None:
    report = verify(
        street(
            rules=[
                m.UnitCap(unit="U1", most=2),
                m.HoursBudget(resource="R1", minutes=1),
            ]
        ),
        GIVEN,
    )
    with pytest.raises(BrokenPlanError, match="unit_cap U1") as caught:
        report.raise_if_broken()
    assert len(caught.value.complaints) == len(report.violations) == 2


def test_the_name_of_a_person_is_in_no_message() -> None:
    problem = street()
    named = changed(
        problem,
        resources=tuple(changed(r, name="Zhang Wei") for r in problem.resources),
    )
    for _, make in BROKEN:
        assert not any(
            "Zhang" in str(violation)
            for violation in verify(named, make()[1]).violations
        )


def test_limits_are_inclusive() -> None:
    """R1 is 1112 m away: 1.112 km allows it, 1.111 km does not; floor(1111.4 + 1/2) is 1111."""
    for km, fine in ((1.112, True), (1.1115, True), (1.1114, False)):
        assert (
            "max_distance"
            not in rules_found(street(rules=[m.MaxDistance(km=km)]), GIVEN)
        ) is fine


def test_a_limit_for_another_resource_or_demand_holds_nobody_back() -> None:
    others = [
        m.MaxDistance(km=0, resource="R2"),
        m.MaxDistance(km=0, demand="D3"),
        m.MaxDistance(km=0, resource="R1", demand="D3"),
    ]
    assert rules_found(street(rules=others), GIVEN) == set()


def test_windows_that_only_touch_do_not_overlap() -> None:
    """Both demands moved so that one begins when the other ends."""
    problem, plan = at_another_time()
    later = tuple(
        changed(d, windows=(window(12, 15),)) if d.id == "D2" else d
        for d in problem.demands
    )
    assert "overlap" not in rules_found(changed(problem, demands=later), plan)


def test_a_long_demand_overlaps_one_that_does_not_start_next() -> None:
    """Spans 08-18, 09-10 and 17-19 of three demands: the last overlaps the first, not the one before it."""
    spans = {"A": (8, 18), "B": (9, 10), "Z": (17, 19)}
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[m.Resource(id="R", unit="U", capacity=3)],
        demands=[
            m.Demand(
                id=name,
                community="C",
                windows=[window(*span)],
                requirements=[m.Requirement(id=f"Q{name}")],
            )
            for name, span in spans.items()
        ],
    )
    entry = GIVEN.assignments[0]
    plan = changed(
        GIVEN,
        assignments=tuple(
            changed(entry, resource="R", requirement=f"Q{name}") for name in spans
        ),
        shortfalls=(),
    )
    found = [
        violation.ids
        for violation in verify(problem, plan).violations
        if violation.rule == "overlap"
    ]
    assert found == [("R", "QA", "QB"), ("R", "QA", "QZ")]


def test_the_distance_term_is_off_where_a_place_is_unknown_and_follows_a_moved_resource() -> (
    None
):
    """0.2 degrees north: 22239 m are 222 full hundreds, and 20 km are exceeded."""
    problem = street()
    moved = changed(
        problem,
        resources=tuple(
            changed(r, place=FAR if r.id == "R1" else r.place)
            for r in problem.resources
        ),
    )
    facts = {
        violation.rule: violation.fact for violation in verify(moved, GIVEN).violations
    }
    assert "22,239 m" in facts["max_distance"]
    unknown = changed(
        problem,
        resources=tuple(
            changed(r, place=None if r.id == "R1" else r.place)
            for r in problem.resources
        ),
    )
    told = [
        violation.fact
        for violation in verify(unknown, GIVEN).violations
        if violation.rule == "weight"
    ]
    assert told == [
        "states -11 for distance, right is 0",
        "states weight 279, right is 290",
    ]


def test_names_of_goals_from_outside_are_not_repeated() -> None:
    plan = changed(
        GIVEN,
        outcome=outcome(
            ["call 13900000000", *STREET_NAMES[1:]], (1, 1, 6, 1436), None, None
        ),
    )
    [found] = verify(street(), plan).violations
    assert found.rule == "goals"
    assert "139" not in found.fact


@pytest.mark.parametrize(
    ("period", "when"),
    [
        ({"per": "all"}, fact("in_all")),
        ({"per": "day", "zone": "UTC"}, fact("in_day", first="2026-05-01")),
        ({"per": "week", "zone": "UTC"}, fact("in_week", first="2026-04-27")),
        (
            {"per": "days", "days": 1, "zone": "UTC"},
            fact("in_days", days="1", first="2026-05-01"),
        ),
    ],
)
def test_hours_beyond_a_budget_are_told_with_their_period(
    period: dict[str, Any], when: Fact
) -> None:
    """R1 serves four hours on 1 May 2026, a Friday."""
    report = verify(
        street(rules=[m.HoursBudget(resource="R1", minutes=239, **period)]), GIVEN
    )
    assert [
        dict(violation.message.values)["when"]
        for violation in report.violations
        if violation.rule == "hours_budget"
    ] == [when]
