"""Every kind of shortage on problems small enough to see the cause: the cause, its witness and its remedy, as
by hand.
"""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource, skill, window
from remedy_check import fills_more

import matchkit as mk
from matchkit.answers.apply import apply_changes
from matchkit.answers.causes import (
    Blocked,
    Broken,
    Claim,
    CostlyChain,
    Funnel,
    GoalBeforeAfter,
    HallSet,
    NotProven,
    PairClaim,
    Step,
)
from matchkit.answers.changes import AddResource, AddRule, ChangeRule, RemoveRule
from matchkit.answers.shortages import Remedy, Shortage
from matchkit.errors import BrokenPlanError, InputError
from matchkit.explain.explainer import Explainer
from matchkit.model import (
    Aim,
    Community,
    CommunityCap,
    HoursBudget,
    KeepApart,
    Load,
    Lock,
    MaxDistance,
    Objective,
    Part,
    Problem,
    ReserveShare,
    Soft,
    Team,
    Unit,
    UnitCap,
)

NURSE, DRIVER = {"skills": [skill("nursing")]}, {"skills": [skill("driving")]}
BOTH = {"skills": [skill("nursing"), skill("driving")]}


def explained(made: Problem, requirement: str, **how: Any) -> Shortage:
    """The shortage, after its witness was checked and its remedy tried."""
    plan = mk.solve(made, **how)
    found = Explainer(made, plan).shortage(requirement)
    mk.check_witness(made, plan, found).raise_if_broken()
    for remedy in found.remedies:
        better = mk.solve(apply_changes(made, remedy.changes))
        before, after = (
            {goal.name: goal.value for goal in one.outcome.goals}
            for one in (plan, better)
        )
        names = list(before)
        goal = names.index(str(found.goal))
        assert all(after[name] >= before[name] for name in names[:goal])
        assert after[names[goal]] >= before[names[goal]] + 1
    return found


def test_nobody_is_eligible() -> None:
    made = problem(
        [resource("R1"), resource("R2", mode="online", **NURSE)],
        [demand("D1", need("Q1", wanted=2, **NURSE))],
    )
    found = explained(made, "Q1")
    assert (found.cause, found.missing, found.goal, found.tier, found.demand) == (
        "nobody_eligible",
        2,
        "tier 1",
        1,
        "D1",
    )
    assert isinstance(found.witness, Funnel)
    assert {
        entry.rule: (entry.alone, entry.all) for entry in found.witness.removed
    } == {
        "skill": (1, 1),
        "mode": (1, 1),
    }
    [remedy] = found.remedies
    new, lock = remedy.changes
    assert isinstance(new, AddResource)
    assert new.resource.skills == (skill("nursing"),)
    assert lock == AddRule(rule=Lock(resource=new.resource.id, requirement="Q1"))


def test_all_who_are_eligible_are_here_already() -> None:
    found = explained(
        problem(
            [resource("R1", **NURSE), resource("R2")],
            [demand("D1", need("Q1", wanted=3, **NURSE))],
        ),
        "Q1",
    )
    assert found.cause == "contention"
    assert found.witness == HallSet(
        requirements=[Claim(id="Q1", units=1)], resources=[Claim(id="R1", units=1)]
    )
    assert (
        found.line()
        == f"Q1 (tier 1) lacks 2: {pinned.text('cause.contention.alone', units=1)}"
    )
    assert (
        found.line("zh")
        == f"Q1（第 1 级）缺 2：{pinned.text('cause.contention.alone', 'zh', units=1)}"
    )


def test_one_who_has_nothing_does_not_share_in_what_others_hold() -> None:
    made = problem(
        [resource("R1", **NURSE)],
        [demand("D1", need("Q1", **NURSE)), demand("D2", need("Q2", **NURSE))],
    )
    [lacking] = mk.Explainer(made, mk.solve(made)).shortages().whole()
    other = {"Q1": "Q2", "Q2": "Q1"}[lacking.requirement]
    assert lacking.cause == "contention"
    assert (
        lacking.line()
        == f"{lacking.requirement} (tier 1) lacks 1: {pinned.text('cause.contention.elsewhere', units=1, others=other)}"
    )
    assert (
        lacking.line("zh")
        == f"{lacking.requirement}（第 1 级）缺 1：{pinned.text('cause.contention.elsewhere', 'zh', units=1, others=other)}"
    )


def test_goals_and_amounts_are_told_in_the_language_asked_for() -> None:
    told = CostlyChain(
        steps=[Step(resource="R1", to="Q1")],
        goals=[GoalBeforeAfter(goal="tier 1 minimum", before=2, after=1)],
    )
    dear = Shortage(
        requirement="Q1",
        demand="D1",
        tier=1,
        missing=1,
        goal="tier 1",
        cause="soft_rule",
        witness=told,
        remedies=(),
    )
    assert "tier" not in dear.text(
        "zh"
    ) and f"{pinned.text('goal.tier_minimum', 'zh', tier='1')}：2 → 1" in dear.text(
        "zh"
    )
    assert (
        Broken(rule="unit_cap", label="cap U", amount=2).line("zh")
        == "cap U（单位上限，违反量 2）"
    )


def test_a_hall_set_names_all_in_the_chain_and_nobody_else() -> None:
    """Q1 needs a nurse: R1, who drives for Q2 instead of R2, who does what only R2 can do for Q3. Q4 has a
    cook of its own.
    """
    cook = {"skills": [skill("cooking")]}
    made = problem(
        [
            resource("R1", **BOTH),
            resource("R2", skills=[skill("driving"), skill("teaching")]),
            resource("R4", **cook),
            resource("R5", **cook),
        ],
        [
            demand("D1", need("Q1", **NURSE), weight=0),
            demand("D2", need("Q2", **DRIVER), need("Q3", skills=[skill("teaching")])),
            demand("D4", need("Q4", **cook)),
        ],
    )
    found = explained(made, "Q1")
    assert found.cause == "contention"
    assert found.witness == HallSet(
        requirements=[Claim(id="Q2", units=1), Claim(id="Q3", units=1)],
        resources=[Claim(id="R1", units=1), Claim(id="R2", units=1)],
    )


def test_what_is_held_for_an_earlier_tier() -> None:
    made = problem(
        [resource("R1", **NURSE)],
        [demand("D1", need("Q1", **NURSE)), demand("D2", need("Q2", **NURSE), tier=2)],
    )
    found = explained(made, "Q2")
    assert (found.cause, found.goal) == ("higher_tier", "tier 2")
    assert found.witness == HallSet(
        requirements=[Claim(id="Q1", units=1)], resources=[Claim(id="R1", units=1)]
    )


def test_what_a_lock_binds_elsewhere_is_not_there_to_give() -> None:
    made = problem(
        [resource("R1", capacity=2, **NURSE)],
        [
            demand("D1", need("Q1", wanted=2, **NURSE)),
            demand("D2", need("Q2", **NURSE)),
            demand("D3", need("Q3", **NURSE), weight=0),
        ],
        Lock(resource="R1", requirement="Q2"),
    )
    found = explained(made, "Q3")
    assert found.cause == "contention"
    assert found.witness == HallSet(
        requirements=[Claim(id="Q1", units=1)], resources=[Claim(id="R1", units=1)]
    )


def test_one_who_can_come_once_only_has_more_to_give_elsewhere() -> None:
    """R1 may serve two, but each once: a pair that is full, not a resource that is."""
    found = explained(
        problem(
            [resource("R1", capacity=2, **NURSE)],
            [demand("D1", need("Q1", wanted=2, **NURSE))],
        ),
        "Q1",
    )
    assert found.cause == "contention"
    assert found.witness == HallSet(
        requirements=[Claim(id="Q1", units=1)],
        resources=[],
        pairs=[PairClaim(resource="R1", requirement="Q1", units=1)],
    )


@pytest.mark.parametrize(
    ("rule", "raised"),
    [
        (UnitCap(unit="U0", most=1), UnitCap(unit="U0", most=2)),
        (ReserveShare(unit="U0", percent=50), ReserveShare(unit="U0", percent=0)),
    ],
)
def test_a_cap_or_a_reserve_of_a_unit_above(
    rule: UnitCap | ReserveShare, raised: UnitCap | ReserveShare
) -> None:
    units = [Unit(id="U0"), Unit(id="U1", parent="U0")]
    made = problem(
        [resource("R1", **NURSE), resource("R2", **NURSE)],
        [demand("D1", need("Q1", wanted=2, **NURSE))],
        rule,
        units=units,
    )
    found = explained(made, "Q1")
    assert found.cause == "limit"
    assert isinstance(found.witness, Blocked)
    free = found.witness.steps[0].resource
    assert found.witness.steps == (Step(resource=free, to="Q1"),)
    assert found.witness.rules == (Broken(rule=rule.rule, label=rule.label, amount=1),)
    assert found.witness.hall_set == HallSet(
        requirements=[Claim(id="Q1", units=1)],
        resources=[],
        units=[Claim(id="U0", units=1)],
    )
    assert found.remedies[0].changes == (
        ChangeRule(label=rule.label, rule=raised),
        AddRule(rule=Lock(resource=free, requirement="Q1")),
    )


def test_steps_needed_together_are_told_so_and_ways_that_each_suffice_as_alternatives() -> (
    None
):
    """U1 may give 2 of its 3, and 3 are wanted. Each way fills the third."""
    people = [resource(name) for name in ("R1", "R2", "R3")]
    made = problem(
        people, [demand("D1", need("Q1", wanted=3))], UnitCap(unit="U1", most=2)
    )
    found = explained(made, "Q1")
    assert len(found.remedies) == 2
    for remedy in found.remedies:
        assert len(mk.solve(apply_changes(made, remedy.changes)).assignments) == 3
        assert len(remedy.changes) == 2
    assert len(mk.solve(made).assignments) == 2
    raised, lock = (
        "replace rule unit_cap U1 by unit_cap U1 (at most 3)",
        "add rule lock R1 Q1 (at least 1)",
    )
    added = (
        "add resource more for Q1 to unit more for Q1 (person, no skills, capacity 1)"
    )
    aside = "add rule lock more for Q1 Q1 (at least 1)"
    assert found.text().split("\n")[4:] == [
        pinned.text("shortage.remedies", count=2),
        *(f"  1. {pinned.text('remedy.all')}", f"    - {raised}", f"    - {lock}"),
        *(f"  2. {pinned.text('remedy.all')}", f"    - {added}", f"    - {aside}"),
    ]
    told = f"(1) all of these together: {raised}; {lock}; or (2) all of these together: {added}; {aside}"
    assert found.remedies_line() == pinned.text("remedy.ways", count=2, text=told)
    assert found.text("zh").count("须一并实施：") == 2 and pinned.text(
        "shortage.remedies", "zh", count=2
    ) in found.text("zh")
    assert found.remedies_line("zh").startswith(
        "以下 2 种办法任选其一：（1）以下各项须一并实施："
    )


def test_one_change_that_is_enough_is_told_without_more() -> None:
    one = Remedy(changes=[RemoveRule(label="cap of U")])
    assert one.line() == one.text() == "drop rule cap of U" and one.line(
        "zh"
    ) == one.text("zh")
    both = Remedy(changes=[RemoveRule(label=f"rule {k}") for k in range(8)])
    assert both.line().startswith(
        f"{pinned.text('remedy.together', changes=pinned.message('change.remove_rule', label='rule 0'))}; "
    ) and both.line().endswith("; and 2 changes more")


def test_a_remedy_changes_no_other_rule_of_the_same_name() -> None:
    """The cap and the lock are both called X: raising the one drops not the other."""
    made = problem(
        [resource("R1"), resource("R2"), resource("R3", **NURSE)],
        [demand("D1", need("Q1", wanted=2)), demand("D2", need("Q2"), community="C2")],
        CommunityCap(id="X", community="C1", most=1),
        Lock(id="X", resource="R3", requirement="Q2"),
        communities=[Community(id="C1"), Community(id="C2")],
    )
    found = explained(made, "Q1")
    assert found.cause == "limit"
    after = apply_changes(made, found.remedies[0].changes)
    assert Lock(id="X", resource="R3", requirement="Q2") in after.rules
    assert CommunityCap(id="X", community="C1", most=2) in after.rules


def test_a_cap_of_the_community() -> None:
    made = problem(
        [resource("R1"), resource("R2")],
        [demand("D1", need("Q1", wanted=2), community="C2")],
        CommunityCap(community="C1", most=1),
        communities=[Community(id="C1"), Community(id="C2", parent="C1")],
    )
    found = explained(made, "Q1")
    assert found.cause == "limit"
    assert isinstance(found.witness, Blocked)
    assert found.witness.rules == (
        Broken(rule="community_cap", label="community_cap C1", amount=1),
    )
    assert found.witness.hall_set is None
    assert found.remedies[0].changes[0] == ChangeRule(
        label="community_cap C1", rule=CommunityCap(community="C1", most=2)
    )


def test_one_who_is_elsewhere_at_that_time() -> None:
    made = problem(
        [resource("R1", capacity=2)],
        [
            demand("D1", need("Q1"), windows=[window(5, 8, 12)]),
            demand("D2", need("Q2"), windows=[window(5, 10, 14)], weight=0),
        ],
    )
    found = explained(made, "Q2")
    assert found.cause == "limit"
    assert found.witness == Blocked(
        steps=[Step(resource="R1", to="Q2")],
        rules=[Broken(rule="overlap", label="R1", amount=1)],
    )


def test_hours_that_are_used_up_say_by_how_many_minutes() -> None:
    made = problem(
        [resource("R1", capacity=2)],
        [
            demand("D1", need("Q1"), windows=[window(5, 8, 12)]),
            demand("D2", need("Q2"), windows=[window(6, 8, 11)], weight=0),
        ],
        HoursBudget(per="all", minutes=300),
    )
    found = explained(made, "Q2")
    assert found.cause == "limit"
    assert found.witness == Blocked(
        steps=[Step(resource="R1", to="Q2")],
        rules=[Broken(rule="hours_budget", label="hours_budget", amount=120)],
    )


def test_a_load_that_does_not_fit_beside_another() -> None:
    uses = {"kind": "van", "uses": [Load(dimension="kg", amount=60)]}
    van = resource(
        "R1", kind="van", capacity=2, loads=[Load(dimension="kg", amount=100)]
    )
    found = explained(
        problem(
            [van],
            [
                demand("D1", need("Q1", **uses)),
                demand("D2", need("Q2", **uses), weight=0),
            ],
        ),
        "Q2",
    )
    assert found.witness == Blocked(
        steps=[Step(resource="R1", to="Q2")],
        rules=[Broken(rule="load", label="R1", amount=1)],
    )


def test_a_team_too_small_to_begin() -> None:
    made = problem(
        [resource("R1")],
        [demand("D1", need("Q1", wanted=3))],
        Team(demand="D1", least=2, most=3),
    )
    found = explained(made, "Q1")
    assert found.cause == "limit"
    assert found.witness == Blocked(
        steps=[Step(resource="R1", to="Q1")],
        rules=[Broken(rule="team", label="team D1", amount=1)],
    )


def test_a_soft_rule_of_an_earlier_tier_costs_more() -> None:
    """R1 and R2 had better not meet (tier 1), and Q2 (tier 2) needs both."""
    made = problem(
        [resource("R1"), resource("R2")],
        [demand("D1", need("Q1", wanted=2), tier=2)],
        KeepApart(resources=["R1", "R2"], soft=Soft(tier=1)),
    )
    found = explained(made, "Q1")
    assert (found.cause, found.goal) == ("soft_rule", "tier 2")
    assert isinstance(found.witness, CostlyChain)
    assert [(loss.goal, loss.before, loss.after) for loss in found.witness.goals][
        :2
    ] == [
        ("tier 1 broken", 0, -1),
        ("tier 2", 1, 2),
    ]
    assert found.witness.rules == (
        Broken(rule="keep_apart", label="keep_apart R1 R2", amount=1),
    )
    assert (
        found.line()
        == f"Q1 (tier 2) lacks 1: {pinned.text('cause.soft_rule', goal='tier 1 broken', before=0, after=-1)}"
    )


def test_a_plan_without_a_proof_says_so_and_names_a_better_step() -> None:
    """Greedy takes the best pair first and leaves Q2 without its only nurse, though R2 could do for Q1."""
    made = problem(
        [resource("R1", **BOTH), resource("R2", **DRIVER)],
        [
            demand("D1", need("Q1", **DRIVER), weight=500),
            demand("D2", need("Q2", **NURSE)),
        ],
        Lock(resource="R1", requirement="Q1"),
    )
    plan = mk.solve(made)
    loose = made.model_copy(
        update={"rules": ()}
    )  # the plan is one of this problem too, only not the best
    found = Explainer(
        loose, plan.model_copy(update={"outcome": _unproven(plan), "certificate": None})
    ).shortage("Q2")
    assert found.cause == "search_limit"
    assert isinstance(found.witness, NotProven)
    assert found.witness.steps == (
        Step(resource="R1", to="Q2", away_from="Q1"),
        Step(resource="R2", to="Q1"),
    )
    assert found.remedies == ()


def test_whoever_would_be_at_two_places_is_no_better_step_however_the_plan_was_found() -> (
    None
):
    """R1 has capacity for two, but Q1 and Q2 are at one time: no flow, and the name of the engine in the plan
    says nothing of it.
    """
    times = {"windows": [window(4, 8, 10)]}
    made = problem(
        [resource("R1", capacity=2)],
        [
            demand("D1", need("Q1"), weight=500, **times),
            demand("D2", need("Q2"), **times),
        ],
    )
    plan = mk.solve(made)
    outcome = _unproven(plan).model_copy(
        update={"engine": "cpsat with large-neighbourhood search"}
    )
    stopped = plan.model_copy(update={"outcome": outcome, "certificate": None})
    found = Explainer(made, stopped).shortage("Q2")
    mk.check_witness(made, stopped, found).raise_if_broken()
    assert found.cause == "search_limit"
    assert isinstance(found.witness, NotProven)
    assert found.witness.steps == ()


def test_a_goal_within_its_tolerance_is_not_the_one_that_the_search_left_open() -> None:
    first = Aim(name="first", parts=[Part(measure="filled", tier=1)], tolerance=1)
    second = Aim(name="second", parts=[Part(measure="filled", tier=2)])
    made = problem(
        [resource("R1"), resource("R2")],
        [demand("D2", need("Q2", wanted=2), tier=2)],
        KeepApart(resources=["R1", "R2"]),
        objective=Objective(aims=[first, second]),
    )
    plan = mk.solve(made)
    goals = tuple(
        goal.model_copy(update={"bound": goal.value + 1}) for goal in plan.outcome.goals
    )
    outcome = _unproven(plan).model_copy(
        update={"goals": goals, "bound": goals[1].bound, "gap": 0.5}
    )
    stopped = plan.model_copy(update={"outcome": outcome, "certificate": None})
    found = Explainer(made, stopped).shortage("Q2")
    mk.check_witness(made, stopped, found).raise_if_broken()
    assert isinstance(found.witness, NotProven)
    assert (found.witness.goal, found.witness.value, found.witness.bound) == (
        "second",
        1,
        2,
    )


def test_the_remedy_for_a_plan_that_is_not_the_best_helps_its_own_tier() -> None:
    """The best plan would fill both needs of tier 1 and leave tier 2 without R1: what a remedy for tier 2
    adds would not show there.
    """
    made = problem(
        [resource("R1", **BOTH), resource("R2", **DRIVER)],
        [
            demand("D1", need("Q1", wanted=2, **DRIVER)),
            demand("D2", need("Q2", wanted=2, **NURSE), tier=2),
        ],
    )
    locked = made.model_copy(update={"rules": (Lock(resource="R1", requirement="Q2"),)})
    plan = mk.solve(locked)
    worse = plan.model_copy(
        update={"outcome": _unproven(plan), "certificate": None}
    )  # the plan is one of the loose problem too
    found = Explainer(made, worse).shortage("Q2")
    assert found.cause == "contention"
    mk.check_witness(made, worse, found).raise_if_broken()
    assert fills_more(made, worse, found) is None


def test_a_resource_and_a_demand_may_have_one_id() -> None:
    """The limit of distance is for the resource; the remedy is about the demand of that id."""
    made = problem(
        [resource("A")],
        [demand("A", need("Q1", wanted=2))],
        MaxDistance(resource="A", km=5),
    )
    assert explained(made, "Q1").cause == "contention"


def _unproven(plan: mk.Plan) -> Any:
    goals = tuple(
        goal.model_copy(update={"bound": None}) for goal in plan.outcome.goals
    )
    told = {
        "status": "feasible",
        "stopped": "no_proof",
        "goals": goals,
        "bound": None,
        "gap": None,
        "proof": None,
    }
    return plan.outcome.model_copy(update=told)


def test_asking_for_what_lacks_nothing_or_is_unknown_is_an_error() -> None:
    made = problem([resource("R1")], [demand("D1", need("Q1"))])
    asked = Explainer(made, mk.solve(made))
    assert asked.shortages().line() == pinned.text("shortages.none")
    with pinned.raises(InputError, "shortage.none", about="requirement Q1", wanted=1):
        asked.shortage("Q1")
    with pinned.raises(
        InputError, "unknown", "unknown.do", about="requirement Q2", known="Q1"
    ):
        asked.shortage("Q2")
    with pinned.raises(
        InputError, "argument.type", "argument.id.do", about="requirement", type="int"
    ):
        asked.shortage(5)  # type: ignore[arg-type]


def test_a_plan_of_another_problem_is_refused() -> None:
    made = problem([resource("R1")], [demand("D1", need("Q1"))])
    plan = mk.solve(made)
    other = problem([resource("R2")], [demand("D1", need("Q1", **NURSE))])
    with pinned.raises(InputError, "plan.not_in_problem", about="resource R1"):
        Explainer(other, plan)
    stricter = problem([resource("R1")], [demand("D1", need("Q1", **NURSE))])
    with pinned.raises(InputError, "plan.not_eligible", about="R1 with Q1"):
        Explainer(stricter, plan)


def test_shortages_stand_by_tier_and_share_their_hall_sets() -> None:
    made = problem(
        [resource("R1", **NURSE)],
        [
            demand("D1", need("Q9", **NURSE)),
            demand("D2", need("Q2", **NURSE), need("Q1", **NURSE), tier=2),
            demand("D3", need("Q3", **DRIVER)),
        ],
    )
    plan = mk.solve(made)
    found = Explainer(made, plan).shortages()
    assert [entry.requirement for entry in found.shortages] == ["Q3", "Q1", "Q2"]
    assert len(found.hall_sets) == 1
    mk.check_witness(made, plan, found).raise_if_broken()
    assert found.of("Q1") == Explainer(made, plan).shortage("Q1")
    assert found.of("Q9") is None
    assert (
        found.line()
        == "3 requirements lack 3 units: nobody eligible 1, earlier goals come first 2"
    )
    assert type(found).model_validate_json(found.to_json()) == found


def test_of_a_plan_that_gives_more_than_there_is_no_cause_is_made_up() -> None:
    made = problem(
        [resource("R1", **NURSE)], [demand("D1", need("Q1", wanted=3, **NURSE))]
    )
    plan = mk.solve(made)
    [one] = plan.assignments
    broken = plan.model_copy(
        update={"assignments": (one.model_copy(update={"quantity": 2}),)}
    )  # R1 has a capacity of 1
    with pinned.raises(
        BrokenPlanError,
        "violation.resource_capacity",
        about="resource_capacity R1",
        quantity=2,
        most=1,
    ):
        Explainer(made, broken).shortages()
