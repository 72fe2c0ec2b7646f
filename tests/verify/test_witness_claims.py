"""What a check of causes must tell apart: each test makes one claim of docs/explanations.md, Causes of a shortage."""

from __future__ import annotations

from typing import Any

import pytest
from handmade import window
from lacking import EVERY, Lacking, asked, broken, claims, newcomer, planned, proved, short, someone, steps, town

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import ChangeRule, RemoveRule, SetWanted, Train
from matchkit.errors import InputError
from matchkit.plan import Plan
from matchkit.verify import check_shortages, check_witness


def faults(problem: m.Problem, plan: Plan, shortage: c.Shortage) -> list[str]:
    """The keys of everything that is wrong."""
    return [violation.said.key for violation in check_witness(problem, plan, shortage).violations]


def edited(given: Lacking, **fields: Any) -> list[str]:
    """What is wrong with the case's shortage with fields of its witness changed."""
    witness = given.shortage.witness.model_copy(update=fields)
    return faults(given.problem, given.plan, given.shortage.model_copy(update={"witness": witness}))


# ── The shortage itself ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_requirement_that_lacks_nothing_has_no_shortage() -> None:
    problem, plan, shortage = EVERY["contended"]()
    assert faults(problem, plan, shortage.model_copy(update={"requirement": "Q2", "demand": "D2"})) == ["shortage_none"]


@pytest.mark.parametrize(("held", "goal"), [(0, "tier 1 minimum"), (1, "tier 1")])
def test_the_goal_is_that_of_the_next_unit(held: int, goal: str) -> None:
    """Up to its minimum of 1 a unit counts there, after that in the rest of the tier; A is all there is."""
    need = {"wanted": 3, "minimum": 1}
    problem = town([someone("A")] if held else [someone("A", capacity=0)], [asked("1", role=need)])
    plan = planned(problem, {"A Q1": 1} if held else {}, {"tier 1 minimum": held, "tier 1": 0, "weight": 100 * held})
    crowd = c.Crowd(requirements=claims(Q1=1), resources=claims(A=1))
    removed = c.Removed(rule="capacity", alone=1, all=1)
    reason = c.Reason(rule="capacity", fact="capacity")
    funnel = c.Funnel(resources=1, removed=(removed,), nearest=(c.NearMiss(resource="A", reasons=(reason,)),))
    cause: c.Cause = "contention" if held else "nobody_eligible"
    right = short("Q1", cause, crowd if held else funnel, newcomer("Q1"), missing=3 - held, goal=goal)
    assert faults(problem, plan, right) == []
    other = "tier 1" if goal != "tier 1" else "tier 1 minimum"
    assert faults(problem, plan, right.model_copy(update={"goal": other})) == ["shortage_goal"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_none_of_the_records_is_an_input_error(place: int) -> None:
    given: list[Any] = list(EVERY["alone"]())
    given[place] = "nothing of the kind"
    with pytest.raises(InputError):
        check_witness(*given)
    with pytest.raises(InputError):
        check_shortages(*given)


# ── Crowds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_crowd_must_not_hold_more_than_is_needed() -> None:
    """Q3 and B are a crowd of their own: what they have is of no use to Q1, who could have nobody but A."""
    problem = town(
        [someone("A"), someone("B")],
        [asked("1"), asked("2"), asked("3")],
        *(m.Forbid(resource=r, requirement=q) for r, q in (("B", "Q1"), ("B", "Q2"), ("A", "Q3"))),
    )
    plan = planned(problem, {"A Q2": 1, "B Q3": 1}, {"tier 1": 2, "weight": 200})
    small = c.Crowd(requirements=claims(Q2=1), resources=claims(A=1))
    large = c.Crowd(requirements=claims(Q2=1, Q3=1), resources=claims(A=1, B=1))
    assert faults(problem, plan, short("Q1", "contention", small, newcomer("Q1"))) == []
    assert faults(problem, plan, short("Q1", "contention", large, newcomer("Q1"))) == ["crowd_minimal"]


def test_a_crowd_that_leaves_somebody_eligible_out_is_none() -> None:
    """Without B, whom Q3 holds, A and Q2 alone add up, but B could come to Q2."""
    assert "crowd_another" in edited(EVERY["contended"](), requirements=claims(Q2=1), resources=claims(A=1))


def test_who_is_eligible_for_nobody_in_the_crowd_is_not_named() -> None:
    """D, who serves a hall, comes with nothing: locked elsewhere it would change no sum."""
    problem, plan, shortage = EVERY["contended"]()
    problem = m.Problem(**{**dict(problem), "rules": (*problem.rules, m.Lock(resource="D", requirement="Q4"))})
    named = shortage.witness.model_copy(update={"resources": claims(A=1, B=1, D=0)})
    assert faults(problem, plan, shortage) == []
    assert faults(problem, plan, shortage.model_copy(update={"witness": named})) == ["crowd_idle"]


def test_the_same_units_are_not_counted_as_a_resource_and_below_a_unit() -> None:
    given = EVERY["capped"]()
    crowd = given.shortage.witness.crowd  # type: ignore[union-attr]
    assert crowd is not None
    doubled = crowd.model_copy(update={"resources": claims(A=1), "requirements": claims(Q1=2)})
    assert {"crowd_double", "crowd_held"} <= set(edited(given, crowd=doubled))


def test_nothing_held_later_stands_behind_contention() -> None:
    """Q1 has tier 1, and A is at Q2 of tier 2, for C1 may not take anybody: the cap is the cause, not the crowd."""
    problem = town(
        [someone("A")],
        [asked("1"), asked("2", tier=2, community="C2")],
        m.CommunityCap(community="C1", most=0),
    )
    plan = planned(problem, {"A Q2": 1}, {"tier 1": 0, "tier 2": 1, "weight": 100})
    blocked = c.Blocked(steps=steps("A Q1 Q2"), rules=broken("community_cap 1 community_cap C1"))
    raised = [ChangeRule(label="community_cap C1", rule=m.CommunityCap(community="C1", most=1))]
    assert faults(problem, plan, short("Q1", "limit", blocked, raised)) == []
    crowd = c.Crowd(requirements=claims(Q2=1), resources=claims(A=1))
    for cause in ("contention", "higher_tier"):
        assert faults(problem, plan, short("Q1", cause, crowd, newcomer("Q1"))) == ["cause_later"]


def test_a_way_that_only_takes_from_an_equal_is_no_limit() -> None:
    """Both of tier 1: without the cap there would still be one less elsewhere."""
    problem = town([someone("A")], [asked("1"), asked("2", community="C2")], m.CommunityCap(community="C1", most=0))
    plan = planned(problem, {"A Q2": 1}, {"tier 1": 1, "weight": 100})
    blocked = c.Blocked(steps=steps("A Q1 Q2"), rules=broken("community_cap 1 community_cap C1"))
    raised = [ChangeRule(label="community_cap C1", rule=m.CommunityCap(community="C1", most=1))]
    assert faults(problem, plan, short("Q1", "limit", blocked, raised)) == ["cause_crowd", "steps_short"]
    crowd = c.Crowd(requirements=claims(Q2=1), resources=claims(A=1))
    assert faults(problem, plan, short("Q1", "contention", crowd, newcomer("Q1"))) == []


def test_a_cap_below_the_one_named_that_is_full_lets_nobody_take_a_place() -> None:
    """U may give 2 and U1 of it 1: B of U1 cannot go because A did. What C of U2 does for Q3 is of no use to it."""
    problem = town(
        [someone("A"), someone("B"), someone("C", "U2"), someone("E", "U2")],
        [asked("1"), asked("2"), asked("3", tier=2)],
        m.UnitCap(unit="U1", most=1),
        m.UnitCap(unit="U", most=2),
        *(m.Forbid(resource=r, requirement=q) for r, q in (("C", "Q1"), ("C", "Q2"), ("E", "Q1"), ("E", "Q2"), ("A", "Q3"), ("B", "Q3"))),
    )
    plan = planned(problem, {"A Q1": 1, "C Q3": 1}, {"tier 1": 1, "tier 2": 1, "weight": 200})
    rules = broken("unit_cap 1 unit_cap U", "unit_cap 1 unit_cap U1")
    remedy = [RemoveRule(label="unit_cap U"), RemoveRule(label="unit_cap U1")]
    small = c.Crowd(requirements=claims(Q1=1), resources=(), units=claims(U1=1))
    large = c.Crowd(requirements=claims(Q1=1, Q3=1), resources=(), units=claims(U=2))
    said = [short("Q2", "limit", c.Blocked(steps=steps("B Q2"), rules=rules, crowd=crowd), remedy) for crowd in (small, large)]
    assert faults(problem, plan, said[0]) == []
    assert faults(problem, plan, said[1]) == ["cause_later", "crowd_minimal"]


# ── Steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_eligible_has_no_funnel_and_who_is_not_no_other_cause() -> None:
    someone_there, nobody_there = EVERY["alone"](), EVERY["nobody"]()
    funnel = nobody_there.shortage.witness
    said = someone_there.shortage.model_copy(update={"cause": "nobody_eligible", "witness": funnel})
    assert "cause_eligible" in faults(someone_there.problem, someone_there.plan, said)
    crowd = c.Crowd(requirements=(), resources=())
    assert "cause_nobody" in faults(nobody_there.problem, nobody_there.plan, short("Q1", "contention", crowd, newcomer("Q1")))


def test_a_lock_that_is_moved_is_a_rule_that_is_broken() -> None:
    """B could go to Q2 and A, whom nothing holds, to Q1; but B is locked there. A stays away from Q2."""
    problem = town(
        [someone("A", capacity=2), someone("B")],
        [asked("1"), asked("2"), asked("3")],
        m.Lock(resource="B", requirement="Q1"),
        m.Forbid(resource="A", requirement="Q2"),
    )
    plan = planned(problem, {"A Q3": 1, "B Q1": 1}, {"tier 1": 2, "weight": 200})
    blocked = c.Blocked(steps=steps("B Q2 Q1", "A Q1"), rules=broken("lock 1 lock B Q1"))
    assert faults(problem, plan, short("Q2", "limit", blocked, [RemoveRule(label="lock B Q1")])) == ["cause_crowd"]
    crowd = c.Crowd(requirements=(), resources=claims(B=0))
    assert faults(problem, plan, short("Q2", "contention", crowd, newcomer("Q2"))) == []


def test_rules_of_one_kind_and_label_are_listed_once_with_the_greatest_amount() -> None:
    """Of 120 minutes at D2, 60 and 120 are beyond what two records of one label allow."""
    problem = town(
        [someone("A", capacity=1)],
        [asked("2", window(9, 11))],
        *(m.HoursBudget(resource="A", minutes=minutes) for minutes in (60, 0)),
    )
    plan = planned(problem, {}, {"tier 1": 0, "weight": 0})
    for amount, wrong in ((120, []), (60, ["rule_amount"])):
        blocked = c.Blocked(steps=steps("A Q2"), rules=broken(f"hours_budget {amount} hours_budget A"))
        assert faults(problem, plan, short("Q2", "limit", blocked, [RemoveRule(label="hours_budget A")])) == wrong


@pytest.mark.parametrize(("before", "cause"), [(0, "limit"), (1, "soft_rule")])
def test_what_may_be_no_worse_is_hard_beyond_what_was(before: int, cause: c.Cause) -> None:
    """The unit gives one, where none is allowed; with the pair in the plan before it may, and earns its 100 less 150 for A."""
    objective = m.Objective(
        **{**dict(m.Objective()), "aims": (m.Aim(name="worth", parts=(m.Part(measure="weight"),)),), "skill_fit": 0, "previous": 0}
    )
    rule = m.UnitCap(unit="U1", most=0, soft=m.Soft(no_worse=True))
    earlier = [m.PreviousPair(resource="A", requirement="Q1")] if before else []
    problem = town([someone("A", activation=150)], [asked("1")], rule, objective=objective, previous=earlier)
    plan = planned(problem, {}, {"worth": 0})
    rules, loss = broken("unit_cap 1 unit_cap U1"), (c.Loss(goal="worth", before=0, after=-50),)
    blocked, dear = c.Blocked(steps=steps("A Q1"), rules=rules), c.Dear(steps=steps("A Q1"), goals=loss, rules=rules)
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
    remedy = [*given.shortage.remedy, RemoveRule(label="hours_budget B")]
    witness = given.shortage.witness.model_copy(update={"rules": broken("hours_budget 60 hours_budget B", "unit_cap 1 unit_cap U1")})
    said = given.shortage.model_copy(update={"witness": witness, "remedy": remedy})
    assert faults(problem, given.plan, said) == ["not_caps_alone"]
    assert faults(problem, given.plan, said.model_copy(update={"witness": witness.model_copy(update={"crowd": None})})) == []


# ── Better, not better, and how far the search came ───────────────────────────────────────────────────────────────────


def test_steps_that_make_the_plan_better_are_no_loss() -> None:
    """B could be sent, and 2 slots of tier 1 would be filled: the search ended early, nothing is dear."""
    problem, plan, _ = EVERY["unfinished"]()
    goals = c.Loss(goal="tier 1", before=1, after=2), c.Loss(goal="weight", before=100, after=200)
    said = short("Q2", "soft_rule", c.Dear(steps=steps("B Q2"), goals=goals), newcomer("Q2"))
    assert faults(problem, plan, said) == ["goals_better"]


def test_steps_that_make_the_plan_no_better_are_no_sign_of_a_search_that_ended() -> None:
    """As in the tolerant case, but with only the first goal proved: 2 for 1 is within its tolerance, and 50 for 100 is less."""
    problem, plan, shortage = EVERY["tolerant"]()
    plan = proved(plan, (2, 300), (1, 0), 2 / 3)
    found = c.Unsearched(goal="worth", value=100, bound=300, gap=2 / 3, steps=steps("B Q2"))
    said = shortage.model_copy(update={"cause": "search_limit", "witness": found, "remedy": ()})
    assert faults(problem, plan, said) == ["goals_no_better"]
    bare = found.model_copy(update={"steps": ()})
    assert faults(problem, plan, said.model_copy(update={"witness": bare})) == []


def test_a_proved_plan_was_searched_to_the_end() -> None:
    problem, plan, shortage = EVERY["tolerant"]()
    found = c.Unsearched(goal="worth", value=100, bound=100, gap=0.0)
    said = shortage.model_copy(update={"cause": "search_limit", "witness": found, "remedy": ()})
    assert faults(problem, plan, said) == ["all_proved"]


# ── Remedies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_remedy_fills_what_is_wanted_and_does_not_want_less() -> None:
    problem, plan, shortage = EVERY["alone"]()
    less = shortage.model_copy(update={"remedy": (SetWanted(requirement="Q1", wanted=4),)})
    assert faults(problem, plan, less) == ["remedy_asks"]


def test_a_remedy_without_a_newcomer_takes_the_limit_away() -> None:
    """The cap of 2 raised by nothing, to 3, and below what it was."""
    problem, plan, shortage = EVERY["capped"]()
    for most, wrong in ((2, ["remedy_nothing"]), (3, []), (1, ["remedy_still"])):
        change = ChangeRule(label="unit_cap U1", rule=m.UnitCap(unit="U1", most=most))
        assert faults(problem, plan, shortage.model_copy(update={"remedy": (change,)})) == wrong


def test_a_remedy_where_nobody_was_eligible_makes_somebody_so() -> None:
    """A cooks at level 1, and 2 is asked: one level more will do, what A holds already will not."""
    problem, plan, shortage = EVERY["nobody"]()
    for level, wrong in ((2, []), (1, ["remedy_nothing"])):
        assert faults(problem, plan, shortage.model_copy(update={"remedy": (Train(resource="A", skill="cook", level=level),)})) == wrong
    sings = Train(resource="A", skill="sing", level=1)
    assert faults(problem, plan, shortage.model_copy(update={"remedy": (sings,)})) == ["remedy_nobody"]


def test_a_newcomer_with_an_id_that_is_taken_is_refused() -> None:
    """A stands in the problem, and "a" differs from it in letter case alone."""
    problem, plan, shortage = EVERY["contended"]()
    add, lock = shortage.remedy
    for name in ("A", "a"):
        named = (
            add.model_copy(update={"resource": someone(name)}),
            lock.model_copy(update={"rule": m.Lock(resource=name, requirement="Q1")}),
        )
        assert faults(problem, plan, shortage.model_copy(update={"remedy": named})) == ["remedy_not_made"]


# ── All shortages of a plan ───────────────────────────────────────────────────────────────────────────────────────────


def two() -> tuple[m.Problem, Plan, list[c.Shortage]]:
    """A is at Q1 of tier 1; Q3 of tier 1 and Q2 of tier 2 want it too."""
    problem = town([someone("A")], [asked("1"), asked("2", tier=2), asked("3")])
    plan = planned(problem, {"A Q1": 1}, {"tier 1": 1, "tier 2": 0, "weight": 100})
    crowd = c.Crowd(requirements=claims(Q1=1), resources=claims(A=1))
    second = short("Q2", "higher_tier", crowd, newcomer("Q2"), tier=2, goal="tier 2")
    return problem, plan, [short("Q3", "contention", crowd, newcomer("Q3")), second]


def all_faults(problem: m.Problem, plan: Plan, *shortages: c.Shortage, crowds: tuple[c.Crowd, ...] = ()) -> list[str]:
    said = c.Shortages(shortages=shortages, crowds=crowds)
    return [violation.said.key for violation in check_shortages(problem, plan, said).violations]


def test_every_requirement_that_lacks_something_has_exactly_one_shortage() -> None:
    problem, plan, (first, second) = two()
    assert all_faults(problem, plan, first, second) == []
    assert all_faults(problem, plan, first) == ["shortage_unlisted"]
    assert all_faults(problem, plan, first, first, second) == ["shortage_often"]
    assert all_faults(problem, plan, second, first) == ["shortage_order"]
    served = first.model_copy(update={"requirement": "Q1", "demand": "D1"})
    assert all_faults(problem, plan, served, first, second) == ["shortage_none"]
    assert all_faults(problem, plan, first.model_copy(update={"cause": "higher_tier"}), second) == ["cause_of_crowd"]


def test_a_crowd_that_several_share_stands_once_and_counts_for_each() -> None:
    problem, plan, lacking = two()
    shared = [shortage.model_copy(update={"witness": c.InCrowd(number=0)}) for shortage in lacking]
    crowd = lacking[0].witness
    assert isinstance(crowd, c.Crowd)
    assert all_faults(problem, plan, *shared, crowds=(crowd,)) == []
    assert all_faults(problem, plan, *shared) == ["cause_witness"] * 2
    assert set(all_faults(problem, plan, *shared, crowds=(crowd.model_copy(update={"resources": ()}),))) >= {"crowd_another", "crowd_sum"}
