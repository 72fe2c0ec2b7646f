"""Shortages from outside: whatever they hold, the check ends soon, refuses them and raises nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import changed
from lacking import EVERY, asked, claims, planned, short, someone, steps, town
from tampering import NOBODY, tampered

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import FreeAt, RemoveRule
from matchkit.answers.shortages import Remedy, Shortage, Shortages
from matchkit.verification.witness import check_witness

pytestmark = pytest.mark.timeout(60)

MANY = 100_000
SOME = 10_000
HUGE = 10**400


def refused_soon(problem: m.Problem, plan: Any, shortage: Shortage) -> None:
    report = check_witness(problem, plan, shortage)
    told = [
        violation.line(lang) for violation in report.violations for lang in ("en", "zh")
    ]
    assert told
    assert sum(map(len, told)) < 100_000


def with_witness(name: str, **fields: Any) -> tuple[Any, Any, Shortage]:
    problem, plan, shortage = EVERY[name]()
    return problem, plan, changed(shortage, witness=changed(shortage.witness, **fields))


CYCLE = steps("A Q1 Q2", "A Q2 Q1") * (MANY // 2)


@pytest.mark.parametrize(
    "said",
    [
        with_witness("busy", steps=steps("A Q2") * MANY),
        with_witness("busy", steps=CYCLE),
        with_witness(
            "busy",
            steps=tuple(
                c.Step(resource=f"r{k}", to=f"q{k}", away_from=f"q{k + 1}")
                for k in range(SOME)
            ),
        ),
        with_witness(
            "busy",
            rules=tuple(
                c.Broken(rule="rest", label=f"rule {k}", amount=1) for k in range(SOME)
            ),
        ),
        with_witness(
            "busy",
            rules=(c.Broken.model_construct(rule="overlap", label="A", amount=HUGE),),
        ),
        with_witness(
            "unworthy",
            goals=(c.GoalBeforeAfter(goal="weight", before=HUGE, after=-HUGE),) * MANY,
        ),
        with_witness("unfinished", steps=CYCLE),
        with_witness("unfinished", value=HUGE, bound=-HUGE),
        with_witness(
            "nobody", removed=(c.Removed(rule="skill", alone=1, all=2),) * MANY
        ),
        with_witness("nobody", resources=HUGE),
        with_witness(
            "nobody",
            nearest=tuple(
                c.NearMiss(resource=f"r{k}", reasons=()) for k in range(SOME)
            ),
        ),
        with_witness(
            "alone", resources=tuple(c.Claim(id=f"r{k}", units=1) for k in range(SOME))
        ),
        with_witness("alone", requirements=claims(Q1=4) * MANY),
        with_witness("alone", resources=(c.Claim(id="S", units=HUGE),)),
        with_witness(
            "alone",
            pairs=(c.PairClaim(resource="P", requirement="Q2", units=HUGE),) * MANY,
        ),
        with_witness("alone", resources=(), requirements=(), units=(), pairs=()),
    ],
)
def test_long_lists_and_huge_numbers_are_refused_soon(
    said: tuple[Any, Any, Shortage],
) -> None:
    refused_soon(*said)


@pytest.mark.parametrize(
    "remedy",
    [
        (RemoveRule(label=NOBODY),) * MANY,
        (FreeAt.model_construct(resource="S", time=None),) * 3,
    ],
)
def test_a_remedy_that_cannot_be_made_is_refused_soon(remedy: tuple[Any, ...]) -> None:
    problem, plan, shortage = EVERY["alone"]()
    refused_soon(
        problem,
        plan,
        changed(shortage, remedies=(Remedy.model_construct(changes=remedy),)),
    )
    refused_soon(
        problem,
        plan,
        changed(
            shortage, remedies=(Remedy.model_construct(changes=remedy[:1]),) * MANY
        ),
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"tier": -HUGE},
        {"missing": HUGE},
        {"goal": "x" * MANY},
        {"requirement": "x" * 100},
        {"demand": ""},
    ],
)
def test_fields_out_of_all_bounds_are_refused(fields: dict[str, Any]) -> None:
    problem, plan, shortage = EVERY["alone"]()
    refused_soon(problem, plan, changed(shortage, **fields))


def test_a_list_of_many_shortages_of_one_requirement_is_refused_soon() -> None:
    problem, plan, shortage = EVERY["contended"]()
    said = Shortages.model_construct(shortages=(shortage,) * MANY, hall_sets=())
    assert [
        violation.message.key
        for violation in check_witness(problem, plan, said).violations
    ] == ["shortage_often"]
    spoilt = Shortages.model_construct(
        shortages=(changed(shortage, witness=c.SharedHallSet(number=HUGE)),),
        hall_sets=(),
    )
    assert [
        violation.message.key
        for violation in check_witness(problem, plan, spoilt).violations
    ] == ["cause_witness"]


@pytest.mark.parametrize("name", EVERY)
def test_a_plan_that_is_itself_broken_raises_nothing(name: str) -> None:
    """Unknown ids, pairs twice and beyond all capacity, goals of another problem, a shortage spoilt
    besides.
    """
    problem, plan, shortage = EVERY[name]()
    stranger = (
        changed(plan.assignments[0], resource=NOBODY) if plan.assignments else None
    )
    plans = [
        changed(plan, assignments=(*plan.assignments, *plan.assignments)),
        changed(
            plan,
            assignments=tuple(
                changed(entry, quantity=10**9) for entry in plan.assignments
            ),
        ),
        changed(plan, assignments=() if stranger is None else (stranger,)),
        changed(plan, outcome=changed(plan.outcome, goals=())),
        changed(plan, outcome=changed(plan.outcome, goals=plan.outcome.goals * 9)),
    ]
    for broken_plan in plans:
        for said in (shortage, *list(tampered(shortage))[::7]):
            check_witness(problem, broken_plan, said)


def test_a_flexible_demand_with_millions_of_starts_is_no_matter() -> None:
    """Two hundred years in steps of a minute; A is free for the last hour only, where the demand has room for
    60 minutes.
    """
    year = m.Window(
        start=datetime(1999, 1, 1, tzinfo=UTC), end=datetime(2199, 1, 1, tzinfo=UTC)
    )
    last = m.Window(
        start=datetime(2198, 12, 31, 23, tzinfo=UTC),
        end=datetime(2199, 1, 2, tzinfo=UTC),
    )
    problem = town(
        [someone("A", available=[last])],
        [asked("1", year, minutes=60, step=1)],
        m.HoursBudget(minutes=59),
    )
    plan = planned(problem, {}, {"tier 1": 0, "weight": 0})
    witness = c.Blocked(
        steps=steps("A Q1"),
        rules=(c.Broken(rule="hours_budget", label="hours_budget", amount=1),),
    )
    said = short("Q1", "limit", witness, [RemoveRule(label="hours_budget")])
    assert check_witness(problem, plan, said).violations == ()


@pytest.mark.parametrize(
    "bad", [None, 5, "x", (None,), ("x",), ({"requirement": "Q1"},)]
)
def test_a_list_that_holds_anything_but_records_is_refused(bad: Any) -> None:
    problem, plan, shortage = EVERY["contended"]()
    of_other_types = (
        shortage.model_copy(update={"requirement": [1]}),
        shortage.model_copy(update={"tier": "1"}),
    )
    for said in (
        Shortages.model_construct(shortages=bad, hall_sets=()),
        Shortages.model_construct(shortages=(), hall_sets=bad),
        Shortages.model_construct(shortages=(*of_other_types, shortage), hall_sets=()),
    ):
        report = check_witness(problem, plan, said)
        assert {violation.message.key for violation in report.violations} == {
            "shortage_form"
        }
        assert all(
            violation.line(lang)
            for violation in report.violations
            for lang in ("en", "zh")
        )
