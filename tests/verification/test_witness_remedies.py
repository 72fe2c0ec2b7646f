"""The form of remedies, and the list of all shortages of a plan."""

from __future__ import annotations

from lacking import (
    EVERY,
    asked,
    claims,
    newcomer,
    planned,
    short,
    someone,
    together,
    town,
)
from witness_faults import faults

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import AddRule, ChangeRule, SetWanted, Train
from matchkit.answers.shortages import Shortage, Shortages
from matchkit.plan import Plan
from matchkit.verification.witness import check_witness

# ── Remedies
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_remedy_fills_what_is_wanted_and_does_not_want_less() -> None:
    problem, plan, shortage = EVERY["alone"]()
    less = shortage.model_copy(
        update={"remedies": together([SetWanted(requirement="Q1", wanted=4)])}
    )
    assert faults(problem, plan, less) == ["remedy_asks"]


def test_a_remedy_without_a_newcomer_takes_the_limit_away() -> None:
    """The cap of 2 raised by nothing, to 3, and below what it was."""
    problem, plan, shortage = EVERY["capped"]()
    for most, wrong in ((2, ["remedy_nothing"]), (3, []), (1, ["remedy_still"])):
        change = ChangeRule(label="unit_cap U1", rule=m.UnitCap(unit="U1", most=most))
        assert (
            faults(
                problem,
                plan,
                shortage.model_copy(update={"remedies": together([change])}),
            )
            == wrong
        )


def test_of_several_rules_that_a_remedy_still_breaks_one_is_named() -> None:
    problem, plan, shortage = EVERY["capped"]()
    changes = [
        ChangeRule(label="unit_cap U1", rule=m.UnitCap(unit="U1", most=1)),
        AddRule(rule=m.UnitCap(unit="U", most=1)),
    ]
    assert faults(
        problem, plan, shortage.model_copy(update={"remedies": together(changes)})
    ) == ["remedy_still"]


def test_a_remedy_where_nobody_was_eligible_makes_somebody_so() -> None:
    """A cooks at level 1, and 2 is asked: one level more will do, what A holds already will not."""
    problem, plan, shortage = EVERY["nobody"]()
    for level, wrong in ((2, []), (1, ["remedy_nothing"])):
        trained = together([Train(resource="A", skill="cook", level=level)])
        assert (
            faults(problem, plan, shortage.model_copy(update={"remedies": trained}))
            == wrong
        )
    sings = Train(resource="A", skill="sing", level=1)
    assert faults(
        problem, plan, shortage.model_copy(update={"remedies": together([sings])})
    ) == ["remedy_nobody"]


def test_a_newcomer_with_an_id_that_is_taken_is_refused() -> None:
    """A stands in the problem, and "a" differs from it in letter case alone."""
    problem, plan, shortage = EVERY["contended"]()
    add, lock = shortage.remedies[0].changes
    for name in ("A", "a"):
        named = (
            add.model_copy(update={"resource": someone(name)}),
            lock.model_copy(update={"rule": m.Lock(resource=name, requirement="Q1")}),
        )
        assert faults(
            problem, plan, shortage.model_copy(update={"remedies": together(named)})
        ) == ["remedy_not_made"]


def test_locks_that_no_plan_keeps_are_no_remedy() -> None:
    """The newcomer gives one unit, so it cannot be held to two; and whoever gives one already cannot be held
    to another.
    """
    problem, plan, shortage = EVERY["contended"]()
    add, lock = shortage.remedies[0].changes
    twice = lock.model_copy(
        update={
            "rule": m.Lock(resource=lock.rule.resource, requirement="Q1", quantity=2)
        }
    )
    assert faults(
        problem, plan, shortage.model_copy(update={"remedies": together([add, twice])})
    ) == ["remedy_locks"]
    larger = add.model_copy(
        update={"resource": add.resource.model_copy(update={"capacity": 2})}
    )  # but a pair of it carries one
    assert faults(
        problem,
        plan,
        shortage.model_copy(update={"remedies": together([larger, twice])}),
    ) == ["remedy_locks"]
    held = [
        AddRule(rule=m.Lock(resource="A", requirement=need)) for need in ("Q1", "Q2")
    ]
    assert faults(
        problem,
        plan,
        shortage.model_copy(update={"remedies": together([add, lock, *held])}),
    ) == ["remedy_locks"]


# ── All shortages of a plan
# ───────────────────────────────────────────────────────────────────────────────────────────


def two() -> tuple[m.Problem, Plan, list[Shortage]]:
    """A is at Q1 of tier 1; Q3 of tier 1 and Q2 of tier 2 want it too."""
    problem = town([someone("A")], [asked("1"), asked("2", tier=2), asked("3")])
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "tier 2": 0, "weight": 100})
    hall_set = c.HallSet(requirements=claims(Q1=1), resources=claims(A=1))
    second = short("Q2", "higher_tier", hall_set, newcomer("Q2"), tier=2, goal="tier 2")
    return problem, plan, [short("Q3", "contention", hall_set, newcomer("Q3")), second]


def all_faults(
    problem: m.Problem,
    plan: Plan,
    *shortages: Shortage,
    hall_sets: tuple[c.HallSet, ...] = (),
) -> list[str]:
    said = Shortages(shortages=shortages, hall_sets=hall_sets)
    return [
        violation.message.key
        for violation in check_witness(problem, plan, said).violations
    ]


def test_every_requirement_that_lacks_something_has_exactly_one_shortage() -> None:
    problem, plan, (first, second) = two()
    assert all_faults(problem, plan, first, second) == []
    assert all_faults(problem, plan, first) == ["shortage_unlisted"]
    assert all_faults(problem, plan, first, first, second) == ["shortage_often"]
    assert all_faults(problem, plan, second, first) == ["shortage_order"]
    served = first.model_copy(update={"requirement": "Q1", "demand": "D1"})
    assert all_faults(problem, plan, served, first, second) == ["shortage_none"]
    assert all_faults(
        problem, plan, first.model_copy(update={"cause": "higher_tier"}), second
    ) == ["cause_of_hall_set"]


def test_a_hall_set_that_several_share_stands_once_and_counts_for_each() -> None:
    problem, plan, lacking = two()
    shared = [
        shortage.model_copy(update={"witness": c.SharedHallSet(number=0)})
        for shortage in lacking
    ]
    hall_set = lacking[0].witness
    assert isinstance(hall_set, c.HallSet)
    assert all_faults(problem, plan, *shared, hall_sets=(hall_set,)) == []
    unlisted = Shortages.model_construct(shortages=tuple(shared), hall_sets=())
    assert [
        violation.message.key
        for violation in check_witness(problem, plan, unlisted).violations
    ] == ["cause_witness"] * 2
    assert set(
        all_faults(
            problem,
            plan,
            *shared,
            hall_sets=(hall_set.model_copy(update={"resources": ()}),),
        )
    ) >= {
        "hall_set_another",
        "hall_set_sum",
    }
