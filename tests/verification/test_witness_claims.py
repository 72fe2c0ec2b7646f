"""What a check of causes must tell apart: each test makes one claim of docs/explanations.md, Causes of a
shortage.
"""

from __future__ import annotations

from typing import Any

import pytest
from lacking import (
    EVERY,
    asked,
    broken,
    claims,
    newcomer,
    planned,
    short,
    someone,
    steps,
    town,
)
from witness_faults import edited, faults

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import ChangeRule, RemoveRule
from matchkit.errors import InputError
from matchkit.verification.witness import check_witness

# ── The shortage itself
# ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_requirement_that_lacks_nothing_has_no_shortage() -> None:
    problem, plan, shortage = EVERY["contended"]()
    assert faults(
        problem, plan, shortage.model_copy(update={"requirement": "Q2", "demand": "D2"})
    ) == ["shortage_none"]


@pytest.mark.parametrize(("held", "goal"), [(0, "tier 1 minimum"), (1, "tier 1")])
def test_the_goal_is_that_of_the_next_unit(held: int, goal: str) -> None:
    """Up to its minimum of 1 a unit counts there, after that in the rest of the tier; A is all there is."""
    need = {"wanted": 3, "minimum": 1}
    problem = town(
        [someone("A")] if held else [someone("A", capacity=0)], [asked("1", role=need)]
    )
    plan = planned(
        problem,
        {"A Q1": 1} if held else {},
        {"tier 1 minimum": held, "tier 1": 0, "weight": 100 * held},
    )
    hall_set = c.HallSet(requirements=claims(Q1=1), resources=claims(A=1))
    removed = c.Removed(rule="capacity", alone=1, all=1)
    reason = c.Reason.of("capacity", "capacity", capacity=0)
    funnel = c.Funnel(
        resources=1,
        removed=(removed,),
        nearest=(c.NearMiss(resource="A", reasons=(reason,)),),
    )
    cause: c.Cause = "contention" if held else "nobody_eligible"
    right = short(
        "Q1",
        cause,
        hall_set if held else funnel,
        newcomer("Q1"),
        missing=3 - held,
        goal=goal,
    )
    assert faults(problem, plan, right) == []
    other = "tier 1" if goal != "tier 1" else "tier 1 minimum"
    assert faults(problem, plan, right.model_copy(update={"goal": other})) == [
        "shortage_goal"
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_none_of_the_records_is_an_input_error(place: int) -> None:
    given: list[Any] = list(EVERY["alone"]())
    given[place] = "nothing of the kind"
    with pytest.raises(InputError):
        check_witness(*given)


# ── Hall sets
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_hall_set_must_not_hold_more_than_is_needed() -> None:
    """Q3 and B are a Hall set of their own: what they have is of no use to Q1, who could have nobody but A."""
    problem = town(
        [someone("A"), someone("B")],
        [asked("1"), asked("2"), asked("3")],
        *(
            m.Forbid(resource=r, requirement=q)
            for r, q in (("B", "Q1"), ("B", "Q2"), ("A", "Q3"))
        ),
    )
    plan = planned(problem, {"A Q2": 1, "B Q3": 1}, {"tier 1": 2, "weight": 200})
    small = c.HallSet(requirements=claims(Q2=1), resources=claims(A=1))
    large = c.HallSet(requirements=claims(Q2=1, Q3=1), resources=claims(A=1, B=1))
    assert faults(problem, plan, short("Q1", "contention", small, newcomer("Q1"))) == []
    assert faults(problem, plan, short("Q1", "contention", large, newcomer("Q1"))) == [
        "hall_set_minimal"
    ]


def test_a_hall_set_that_leaves_somebody_eligible_out_is_none() -> None:
    """Without B, whom Q3 holds, A and Q2 alone add up, but B could come to Q2."""
    assert "hall_set_another" in edited(
        EVERY["contended"](), requirements=claims(Q2=1), resources=claims(A=1)
    )


def test_who_is_eligible_for_nobody_in_the_hall_set_is_not_named() -> None:
    """D, who serves a hall, comes with nothing: locked elsewhere it would change no sum."""
    problem, plan, shortage = EVERY["contended"]()
    problem = m.Problem(
        **{
            **dict(problem),
            "rules": (*problem.rules, m.Lock(resource="D", requirement="Q4")),
        }
    )
    named = shortage.witness.model_copy(update={"resources": claims(A=1, B=1, D=0)})
    assert faults(problem, plan, shortage) == []
    assert faults(problem, plan, shortage.model_copy(update={"witness": named})) == [
        "hall_set_idle"
    ]


def test_the_same_units_are_not_counted_as_a_resource_and_below_a_unit() -> None:
    given = EVERY["capped"]()
    hall_set = given.shortage.witness.hall_set  # type: ignore[union-attr]
    assert hall_set is not None
    doubled = hall_set.model_copy(
        update={"resources": claims(A=1), "requirements": claims(Q1=2)}
    )
    assert {"hall_set_double", "hall_set_held"} <= set(edited(given, hall_set=doubled))


def test_nothing_held_later_stands_behind_contention() -> None:
    """Q1 has tier 1, and A is at Q2 of tier 2, for C1 may not take anybody: the cap is the cause, not the
    hall_set.
    """
    problem = town(
        [someone("A")],
        [asked("1"), asked("2", tier=2, community="C2")],
        m.CommunityCap(community="C1", most=0),
    )
    plan = planned(problem, {"A Q2": 1}, {"tier 1": 0, "tier 2": 1, "weight": 100})
    blocked = c.Blocked(
        steps=steps("A Q1 Q2"), rules=broken("community_cap 1 community_cap C1")
    )
    raised = [
        ChangeRule(
            label="community_cap C1", rule=m.CommunityCap(community="C1", most=1)
        )
    ]
    assert faults(problem, plan, short("Q1", "limit", blocked, raised)) == []
    hall_set = c.HallSet(requirements=claims(Q2=1), resources=claims(A=1))
    for cause in ("contention", "higher_tier"):
        assert faults(problem, plan, short("Q1", cause, hall_set, newcomer("Q1"))) == [
            "cause_later"
        ]


def test_a_way_that_only_takes_from_an_equal_is_no_limit() -> None:
    """Both of tier 1: without the cap there would still be one less elsewhere."""
    problem = town(
        [someone("A")],
        [asked("1"), asked("2", community="C2")],
        m.CommunityCap(community="C1", most=0),
    )
    plan = planned(problem, {"A Q2": 1}, {"tier 1": 1, "weight": 100})
    blocked = c.Blocked(
        steps=steps("A Q1 Q2"), rules=broken("community_cap 1 community_cap C1")
    )
    raised = [
        ChangeRule(
            label="community_cap C1", rule=m.CommunityCap(community="C1", most=1)
        )
    ]
    assert faults(problem, plan, short("Q1", "limit", blocked, raised)) == [
        "cause_hall_set",
        "steps_short",
    ]
    hall_set = c.HallSet(requirements=claims(Q2=1), resources=claims(A=1))
    assert (
        faults(problem, plan, short("Q1", "contention", hall_set, newcomer("Q1"))) == []
    )


def test_who_is_kept_back_by_a_cap_reaches_what_others_below_it_do() -> None:
    """U1 may give 1, which A does: that Q1 is part of the cause is known by the cap alone, as A and B do
    nothing in common.
    """
    problem = town(
        [someone("A"), someone("B")],
        [asked("1"), asked("2")],
        m.UnitCap(unit="U1", most=1),
        m.Forbid(resource="A", requirement="Q2"),
        m.Forbid(resource="B", requirement="Q1"),
    )
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    hall_set = c.HallSet(requirements=claims(Q1=1), resources=(), units=claims(U1=1))
    blocked = c.Blocked(
        steps=steps("B Q2"), rules=broken("unit_cap 1 unit_cap U1"), hall_set=hall_set
    )
    remedy = [RemoveRule(label="unit_cap U1")]
    assert faults(problem, plan, short("Q2", "limit", blocked, remedy)) == []


def test_a_cap_below_the_one_named_that_is_full_lets_nobody_take_a_place() -> None:
    """U may give 2 and U1 of it 1: B of U1 cannot go because A did. What C of U2 does for Q3 is of no use to
    it.
    """
    problem = town(
        [someone("A"), someone("B"), someone("C", "U2"), someone("E", "U2")],
        [asked("1"), asked("2"), asked("3", tier=2)],
        m.UnitCap(unit="U1", most=1),
        m.UnitCap(unit="U", most=2),
        *(
            m.Forbid(resource=r, requirement=q)
            for r, q in (
                ("C", "Q1"),
                ("C", "Q2"),
                ("E", "Q1"),
                ("E", "Q2"),
                ("A", "Q3"),
                ("B", "Q3"),
            )
        ),
    )
    plan = planned(
        problem, {"A Q1": 1, "C Q3": 1}, {"tier 1": 1, "tier 2": 1, "weight": 200}
    )
    rules = broken("unit_cap 1 unit_cap U", "unit_cap 1 unit_cap U1")
    remedy = [RemoveRule(label="unit_cap U"), RemoveRule(label="unit_cap U1")]
    small = c.HallSet(requirements=claims(Q1=1), resources=(), units=claims(U1=1))
    large = c.HallSet(requirements=claims(Q1=1, Q3=1), resources=(), units=claims(U=2))
    said = [
        short(
            "Q2",
            "limit",
            c.Blocked(steps=steps("B Q2"), rules=rules, hall_set=hall_set),
            remedy,
        )
        for hall_set in (small, large)
    ]
    assert faults(problem, plan, said[0]) == []
    assert faults(problem, plan, said[1]) == ["cause_later", "hall_set_minimal"]
