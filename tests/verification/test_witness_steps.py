"""What steps show, and what they do not: rules that stand in the way, goals that get better or worse, a
search that ended.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from handmade import window
from lacking import (
    EVERY,
    asked,
    broken,
    claims,
    newcomer,
    planned,
    proved,
    short,
    someone,
    steps,
    together,
    town,
)
from witness_faults import faults

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import RemoveRule
from matchkit.verification.witness import check_witness
from matchkit.verification.witness.growth import better

# ── Steps
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_eligible_has_no_funnel_and_who_is_not_no_other_cause() -> None:
    someone_there, nobody_there = EVERY["alone"](), EVERY["nobody"]()
    funnel = nobody_there.shortage.witness
    said = someone_there.shortage.model_copy(
        update={"cause": "nobody_eligible", "witness": funnel}
    )
    assert "cause_eligible" in faults(someone_there.problem, someone_there.plan, said)
    hall_set = c.HallSet(requirements=(), resources=())
    assert "cause_nobody" in faults(
        nobody_there.problem,
        nobody_there.plan,
        short("Q1", "contention", hall_set, newcomer("Q1")),
    )


def test_a_lock_that_is_moved_is_a_rule_that_is_broken() -> None:
    """B could go to Q2 and A, whom nothing holds, to Q1; but B is locked there. A stays away from Q2."""
    problem = town(
        [someone("A", capacity=2), someone("B")],
        [asked("1"), asked("2"), asked("3")],
        m.Lock(resource="B", requirement="Q1"),
        m.Forbid(resource="A", requirement="Q2"),
    )
    plan = planned(problem, {"A Q3": 1, "B Q1": 1}, {"tier 1": 2, "weight": 200})
    blocked = c.Blocked(
        steps=steps("B Q2 Q1", "A Q1"), rules=broken("lock 1 lock B Q1")
    )
    assert faults(
        problem, plan, short("Q2", "limit", blocked, [RemoveRule(label="lock B Q1")])
    ) == ["cause_hall_set"]
    hall_set = c.HallSet(requirements=(), resources=claims(B=0))
    assert (
        faults(problem, plan, short("Q2", "contention", hall_set, newcomer("Q2"))) == []
    )


def test_rules_of_one_kind_and_label_are_listed_once_with_the_greatest_amount() -> None:
    """Of 120 minutes at D2, 60 and 120 are beyond what two records of one label allow."""
    problem = town(
        [someone("A", capacity=1)],
        [asked("2", window(9, 11))],
        *(m.HoursBudget(resource="A", minutes=minutes) for minutes in (60, 0)),
    )
    plan = planned(problem, {}, {"tier 1": 0, "weight": 0})
    for amount, wrong in ((120, []), (60, ["rule_amount"])):
        blocked = c.Blocked(
            steps=steps("A Q2"), rules=broken(f"hours_budget {amount} hours_budget A")
        )
        assert (
            faults(
                problem,
                plan,
                short("Q2", "limit", blocked, [RemoveRule(label="hours_budget A")]),
            )
            == wrong
        )


def test_a_wrong_amount_is_told_with_the_rule_and_both_numbers() -> None:
    problem = town(
        [someone("A")],
        [asked("2", window(9, 11))],
        m.HoursBudget(resource="A", minutes=0, id="evenings"),
    )
    plan = planned(problem, {}, {"tier 1": 0, "weight": 0})
    blocked = c.Blocked(steps=steps("A Q2"), rules=broken("hours_budget 60 evenings"))
    said = short("Q2", "limit", blocked, [RemoveRule(label="evenings")])
    [violation] = check_witness(problem, plan, said).violations
    assert dict(violation.message.values) == {
        "rule": "hours_budget",
        "label": "evenings",
        "stated": 60,
        "right": 120,
    }


@pytest.mark.parametrize(("before", "cause"), [(0, "limit"), (1, "soft_rule")])
def test_what_may_be_no_worse_is_hard_beyond_what_was(
    before: int, cause: c.Cause
) -> None:
    """The unit gives one, where none is allowed; with the pair in the plan before it may, and earns its 100
    less 150 for A.
    """
    objective = m.Objective(
        **{
            **dict(m.Objective()),
            "aims": (m.Aim(name="worth", parts=(m.Part(measure="weight"),)),),
            "skill_fit": 0,
            "previous": 0,
        }
    )
    rule = m.UnitCap(unit="U1", most=0, soft=m.Soft(no_worse=True))
    earlier = [m.PreviousPair(resource="A", requirement="Q1")] if before else []
    problem = town(
        [someone("A", activation=150)],
        [asked("1")],
        rule,
        objective=objective,
        previous=earlier,
    )
    plan = planned(problem, {}, {"worth": 0})
    rules, loss = (
        broken("unit_cap 1 unit_cap U1"),
        (c.GoalBeforeAfter(goal="worth", before=0, after=-50),),
    )
    blocked, dear = (
        c.Blocked(steps=steps("A Q1"), rules=rules),
        c.CostlyChain(steps=steps("A Q1"), goals=loss, rules=rules),
    )
    remedy = newcomer("Q1", unit="U2")
    right, wrong = (blocked, dear) if cause == "limit" else (dear, blocked)
    other: c.Cause = "soft_rule" if cause == "limit" else "limit"
    assert faults(problem, plan, short("Q1", cause, right, remedy, goal=None)) == []
    assert faults(problem, plan, short("Q1", other, wrong, remedy, goal=None)) != []


def test_caps_alone_are_said_to_stand_in_the_way_only_where_nothing_else_does() -> None:
    """As in the capped case, but B has no time either."""
    given = EVERY["capped"]()
    demands = [asked("1"), asked("2", window(9, 11)), asked("3")]
    rules = (*given.problem.rules, m.HoursBudget(resource="B", minutes=60))
    problem = m.Problem(**{**dict(given.problem), "demands": demands, "rules": rules})
    remedy = together(
        [*given.shortage.remedies[0].changes, RemoveRule(label="hours_budget B")]
    )
    witness = given.shortage.witness.model_copy(
        update={
            "rules": broken("hours_budget 60 hours_budget B", "unit_cap 1 unit_cap U1")
        }
    )
    said = given.shortage.model_copy(update={"witness": witness, "remedies": remedy})
    assert faults(problem, given.plan, said) == ["not_caps_alone"]
    assert (
        faults(
            problem,
            given.plan,
            said.model_copy(
                update={"witness": witness.model_copy(update={"hall_set": None})}
            ),
        )
        == []
    )


# ── Better, not better, and how far the search came
# ───────────────────────────────────────────────────────────────────


def test_steps_that_make_the_plan_better_are_no_loss() -> None:
    """B could be sent, and 2 slots of tier 1 would be filled: the search ended early, nothing is dear."""
    problem, plan, _ = EVERY["unfinished"]()
    goals = (
        c.GoalBeforeAfter(goal="tier 1", before=1, after=2),
        c.GoalBeforeAfter(goal="weight", before=100, after=200),
    )
    said = short(
        "Q2",
        "soft_rule",
        c.CostlyChain(steps=steps("B Q2"), goals=goals),
        newcomer("Q2"),
    )
    assert faults(problem, plan, said) == ["goals_better"]


def test_steps_that_make_the_plan_no_better_are_no_sign_of_a_search_that_ended() -> (
    None
):
    """As in the tolerant case, but with only the first goal proved: 2 for 1 is within its tolerance, and 50
    for 100 is less.
    """
    problem, plan, shortage = EVERY["tolerant"]()
    plan = proved(plan, (2, 300), (1, 0), 2 / 3)
    found = c.NotProven(
        goal="worth", value=100, bound=300, gap=2 / 3, steps=steps("B Q2")
    )
    said = shortage.model_copy(
        update={"cause": "search_limit", "witness": found, "remedies": ()}
    )
    assert faults(problem, plan, said) == ["goals_no_better"]
    bare = found.model_copy(update={"steps": ()})
    assert faults(problem, plan, said.model_copy(update={"witness": bare})) == []


def test_a_step_adds_no_more_to_a_pair_than_it_can_carry() -> None:
    """A may give 2, but is one person, who serves Q1 already; B could be sent."""
    problem = town(
        [someone("A", capacity=2), someone("B")], [asked("1", role={"wanted": 2})]
    )
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    for name, found in (("B", []), ("A", ["steps_pair"])):
        ended = c.NotProven(
            goal="tier 1", value=1, bound=None, gap=None, steps=steps(f"{name} Q1")
        )
        assert faults(problem, plan, short("Q1", "search_limit", ended, ())) == found


def test_a_step_gives_no_more_of_a_resource_than_its_capacity() -> None:
    """A, who serves Q1 and can give 1, is given to Q2 as well; B could be sent."""
    problem = town([someone("A"), someone("B")], [asked("1"), asked("2")])
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    for name, found in (("B", []), ("A", ["steps_capacity"])):
        ended = c.NotProven(
            goal="tier 1", value=1, bound=None, gap=None, steps=steps(f"{name} Q2")
        )
        assert faults(problem, plan, short("Q2", "search_limit", ended, ())) == found


def test_a_step_adds_no_more_to_a_requirement_than_it_wants() -> None:
    """Q1 wants one and A serves it; B may go to Q2, which lacks one, and not to Q1 besides."""
    problem = town([someone("A"), someone("B")], [asked("1"), asked("2")])
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "weight": 100})
    for name, found in (("Q2", []), ("Q1", ["steps_wanted"])):
        ended = c.NotProven(
            goal="tier 1", value=1, bound=None, gap=None, steps=steps(f"B {name}")
        )
        assert faults(problem, plan, short("Q2", "search_limit", ended, ())) == found


def test_the_first_goal_that_is_not_proved_is_named_by_its_place() -> None:
    """As in the tolerant case: the second of two."""
    problem, plan, shortage = EVERY["tolerant"]()
    plan = proved(plan, (2, 300), (1, 0), 2 / 3)
    wrong = c.NotProven(goal="worth", value=100, bound=301, gap=2 / 3)
    said = shortage.model_copy(
        update={"cause": "search_limit", "witness": wrong, "remedies": ()}
    )
    messages = [one.message for one in check_witness(problem, plan, said).violations]
    [found] = [one for one in messages if one.key == "not_proven_stated"]
    assert dict(found.values)["place"] == "2"


def test_a_proved_plan_was_searched_to_the_end() -> None:
    problem, plan, shortage = EVERY["tolerant"]()
    found = c.NotProven(goal="worth", value=100, bound=100, gap=0.0)
    said = shortage.model_copy(
        update={"cause": "search_limit", "witness": found, "remedies": ()}
    )
    assert faults(problem, plan, said) == ["all_proved"]


# ── Goals in order
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "then", "bounds", "free", "is_better"),
    [
        ((3, 5), (3, 6), (3, 9), (0, 0), True),
        ((3, 5), (2, 9), (3, 9), (0, 0), False),
        # The first goal's bound is 10 and 2 may be given up: 8, 9 and 10 are alike, 7 is not.
        ((10, 5), (8, 6), (10, 9), (2, 0), True),
        ((8, 5), (10, 4), (10, 9), (2, 0), False),
        ((10, 5), (7, 6), (10, 9), (2, 0), False),
        ((10, 5), (7, 4), (10, 9), (2, 0), False),
        # It counts from the bound, not from what the plan has.
        ((9, 5), (7, 6), (10, 9), (2, 0), False),
        # The plan is further from the bound than may be given up: the greater of both is what the tolerance
        # counts from.
        ((5, 5), (7, 4), (10, 9), (2, 0), False),
        ((5, 5), (8, 4), (10, 9), (2, 0), True),
        # Without bounds, likewise.
        ((5, 5), (7, 4), (None, None), (2, 0), False),
        ((5, 5), (8, 4), (None, None), (2, 0), True),
        ((5, 5), (5, 5), (None, None), (2, 0), False),
    ],
)
def test_goals_are_compared_in_order_and_within_a_tolerance_they_are_alike(
    before: tuple[int, ...],
    then: tuple[int, ...],
    bounds: tuple[int | None, ...],
    free: tuple[int, ...],
    is_better: bool,
) -> None:
    goals = [SimpleNamespace(bound=bound) for bound in bounds]
    view = SimpleNamespace(
        plan=SimpleNamespace(outcome=SimpleNamespace(goals=goals)),
        case=SimpleNamespace(goals=SimpleNamespace(slack=free)),
    )
    assert better(cast("Any", view), before, then) is is_better
