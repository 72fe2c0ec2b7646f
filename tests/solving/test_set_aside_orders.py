"""Kept places in the order in which they are processed: against every plan and every way to give places, and
against sequential reserve matching.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from kept_places import drawn, every, sequential
from test_set_asides import town

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.instance import Instance
from matchkit.compile.rules import processing
from matchkit.deadline import Deadline
from matchkit.errors import (
    BrokenPlanError,
    ContradictionError,
    EngineError,
    InputError,
    UnsupportedError,
)

SEEDS = range(60)
ROUNDS = range(25)


def campaign(seeds: range) -> Counter[str]:
    """Solve problems of these seeds and compare goals and bounds with the best of all plans."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        problem = drawn(seed)
        plans = dict(every(problem))
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not plans, seed
            seen["contradictions"] += 1
            continue
        best = max(plans.values())
        goals = plan.outcome.goals
        assert tuple(goal.value for goal in goals) == best, seed
        assert tuple(goal.bound for goal in goals) == best, seed
        assert plan.outcome.status == "optimal"
        assert mk.verify(problem, plan).ok, seed
        reached = tuple(sorted((a.resource, a.requirement) for a in plan.assignments))
        assert plans[reached] == best, seed
        seen["solved"] += 1
        seen["in order"] += any("order" in goal.name for goal in goals)
        seen["three orders"] += sum("order" in goal.name for goal in goals) > 1
        bare = [
            rule.model_copy(update={"order": 0})
            if isinstance(rule, m.SetAside)
            else rule
            for rule in problem.rules
        ]
        plain = mk.solve(problem.model_copy(update={"rules": tuple(bare)}))
        seen["order matters"] += plain.assignments != plan.assignments
    return seen


def test_plans_are_the_best_of_all_in_the_order_of_processing() -> None:
    seen = campaign(SEEDS)
    assert seen["in order"] > 20 and seen["three orders"] > 3, seen
    assert seen["order matters"] > 3, seen


def ranked(rng: random.Random) -> tuple[dict[str, int], set[str], int, int]:
    """People with points, no two alike, who of them is of the group, places, and how many are kept."""
    people = [f"P{k:02}" for k in range(rng.randint(6, 20))]
    points = dict(zip(people, rng.sample(range(1, 500), len(people)), strict=True))
    members = set(rng.sample(people, rng.randint(2, len(people) - 1)))
    wanted = rng.randint(2, len(people) // 2)
    return points, members, wanted, rng.randint(1, wanted)


def of_one_requirement(
    points: dict[str, int], members: set[str], wanted: int, rule: m.SetAside
) -> m.Problem:
    scores = [
        m.Scores(resource=name, requirements=["Q"], points=[worth])
        for name, worth in points.items()
    ]
    groups = {name: "a" if name in members else "" for name in points}
    return town(groups, rule, wanted=wanted, scores=scores)


def reserves(rounds: range) -> Counter[str]:
    """Compare plans of one requirement with sequential reserve matching where that fills as much."""
    seen: Counter[str] = Counter()
    for seed in rounds:
        points, members, wanted, least = ranked(random.Random(seed))  # noqa: S311
        for order in (-1, 1):
            rule = m.SetAside(group="a", demand="D", least=least, order=order)
            plan = mk.solve(of_one_requirement(points, members, wanted, rule))
            right = sequential(points, members, wanted, least, order)
            mine = sorted(one.resource for one in plan.assignments)
            assert len(mine) >= len(right)
            if len(mine) == len(right):
                assert mine == right, seed
                seen["equal"] += 1
                seen[f"group at {order}"] += len(members & set(mine))
            else:
                seen["more"] += 1
    return seen


def test_one_requirement_is_sequential_reserve_matching_where_that_fills_as_much() -> (
    None
):
    """Whoever would win an open place uses up no kept one where open places come first, so no fewer of the
    group are placed.
    """
    seen = reserves(ROUNDS)
    assert seen["equal"] > 30, seen
    assert seen["group at 1"] > seen["group at -1"]


def test_open_places_first_let_more_of_the_group_in() -> None:
    """By hand, as on the page on rules."""
    points = {"ada": 90, "bo": 85, "cy": 80, "di": 75, "eve": 60, "fay": 50}
    for order, right, value in (
        (-1, "ada bo cy eve", 315),
        (0, "ada bo cy eve", 315),
        (1, "ada bo eve fay", 285),
    ):
        rule = m.SetAside(group="a", demand="D", least=2, order=order)
        problem = of_one_requirement(points, {"bo", "eve", "fay"}, 4, rule)
        bare = m.Objective(importance=0, skill_fit=0)
        plan = mk.solve(problem.model_copy(update={"objective": bare}))
        assert " ".join(sorted(one.resource for one in plan.assignments)) == right
        assert plan.outcome.value == value


def test_without_what_the_rows_say_of_places_the_plan_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = {"ada": 90, "bo": 85, "cy": 80, "di": 75, "eve": 60, "fay": 50}
    rule = m.SetAside(group="a", demand="D", least=2, order=1)
    problem = of_one_requirement(points, {"bo", "eve", "fay"}, 4, rule)
    right = mk.solve(problem).outcome.goals
    monkeypatch.setattr(processing, "ordered_places", lambda _: iter(()))
    with pytest.raises((BrokenPlanError, EngineError)):
        mk.solve(problem)
    monkeypatch.undo()
    assert mk.solve(problem).outcome.goals == right


def test_another_weight_at_an_order_than_the_plan_earns_is_found() -> None:
    rule = m.SetAside(group="a", demand="D", least=2, order=1)
    problem = of_one_requirement({"p": 9, "q": 7, "r": 5, "s": 3}, {"q", "s"}, 3, rule)
    plan = mk.solve(problem)
    goals = plan.outcome.goals
    at = [goal.name for goal in goals].index("order 0 weight")
    told = goals[at].model_copy(update={"value": goals[at].value - 1})
    outcome = plan.outcome.model_copy(
        update={"goals": (*goals[:at], told, *goals[at + 1 :])}
    )
    broken = mk.verify(problem, plan.model_copy(update={"outcome": outcome}))
    assert {one.message.key for one in broken.violations} >= {"goal_value"}


def test_an_order_without_its_measure_is_refused_and_aims_may_ask_for_it() -> None:
    for fields in ({"measure": "order_weight"}, {"measure": "weight", "order": 1}):
        with pytest.raises(InputError, match="order"):
            m.Part(**fields)
    rule = m.SetAside(group="a", demand="D", least=1, order=1)
    problem = town({"p": "", "q": "a", "r": "a"}, rule, wanted=2)
    parts = {"measure": "order_weight", "order": 0}
    aims = [m.Aim(name=str(k), parts=[m.Part(**parts | {"order": k})]) for k in (1, 0)]
    asked = problem.model_copy(update={"objective": m.Objective(aims=aims)})
    plan = mk.solve(asked)
    assert [goal.name for goal in plan.outcome.goals] == ["1", "0"]
    assert m.Problem.from_json(asked.to_json()) == asked


def test_what_cannot_be_said_of_orders_is_refused_by_name() -> None:
    rule = m.SetAside(group="a", demand="D", least=1, order=1)
    problem = town({"p": "", "q": "a"}, rule, wanted=2)
    plan = mk.solve(problem)
    with pytest.raises(UnsupportedError) as caught:
        mk.weight_range(problem, plan, "importance")
    assert caught.value.complaints[0].parts[1].key == "weight_range.order"
    fair = problem.model_copy(update={"objective": m.Objective(fair="demands")})
    names = [goal.name for goal in mk.solve(fair).outcome.goals]
    assert names[0] == "tier 1" and names[-2:] == ["order 0 weight", "weight"]


def test_what_each_order_changes_is_told_by_number_and_by_id() -> None:
    """By hand, as on the page on rules: with open places first one more of the group, fay in place of cy."""
    points = {"ada": 90, "bo": 85, "cy": 80, "di": 75, "eve": 60, "fay": 50}
    rule = m.SetAside(id="ours", group="a", demand="D", least=2)
    problem = of_one_requirement(points, {"bo", "eve", "fay"}, 4, rule)
    found = mk.set_aside_orders(problem, "ours")
    assert (found.places, found.kept, found.proven) == (4, 2, True)
    assert [
        (one.order, one.group, one.others) for one in (found.before, found.after)
    ] == [
        (-1, 2, 2),
        (1, 3, 1),
    ]
    assert (found.only_before, found.only_after) == (("cy",), ("fay",))
    assert found.plan_after is not None and "plan_after" not in found.to_json()
    for lang in ("en", "zh"):
        assert "fay" in found.text(lang) and "ours" in found.line(lang)


def test_orders_are_compared_only_where_they_mean_something() -> None:
    rule = m.SetAside(id="ours", group="a", least=1)
    problem = town({"p": "", "q": "ab"}, rule, m.SetAside(group="b", least=1))
    aims = [m.Aim(name="weight", parts=[m.Part(measure="weight")])]
    own = problem.model_copy(update={"objective": m.Objective(aims=aims)})
    bare = problem.model_copy(update={"rules": ()})
    for asked, name, key in (
        (problem, "theirs", "set_asides.unknown"),
        (bare, "ours", "set_asides.unknown"),
        (own, "ours", "set_asides.aims"),
        (problem, "ours", "record.set_aside_groups"),
    ):
        with pytest.raises(InputError) as caught:
            mk.set_aside_orders(asked, name)
        assert [one.parts[1].key for one in caught.value.complaints] == [key]
        assert "one of: nobody" not in str(caught.value)


def crowd(order: int, places: str) -> m.Problem:
    """Forty demands and more people than places, half of them of the group; one place of each demand kept."""
    rng = random.Random(7)  # noqa: S311 - seeded tests, no secret
    people = {f"P{k:03}": "a" if k % 2 else "" for k in range(200)}
    needs = {f"Q{k:02}": rng.randint(2, 5) for k in range(40)}
    rules = [
        m.SetAside(
            group="a",
            demand=f"D{name[1:]}",
            least=1,
            most=1 if places == "few" else 9,
            order=order,
        )
        for name in needs
    ]
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(id=name, unit="U", groups=list(group))
            for name, group in people.items()
        ],
        demands=[
            m.Demand(
                id=f"D{name[1:]}",
                community="C",
                requirements=[m.Requirement(id=name, wanted=wanted, minimum=1)],
            )
            for name, wanted in needs.items()
        ],
        scores=[
            m.Scores(
                resource=name,
                requirements=list(needs),
                points=[rng.randint(-60, 400) for _ in needs],
            )
            for name in people
        ],
        rules=rules
        if places != "all"
        else [m.SetAside(group="a", least=80), m.SetAside(group="a", most=80)],
    )


@pytest.mark.parametrize(
    ("order", "places"),
    [(-1, "each"), (0, "each"), (1, "each"), (0, "few"), (0, "all")],
)
def test_the_flow_of_kept_places_bounds_and_reaches_all_goals(
    order: int, places: str
) -> None:
    """Where every requirement has its own kept places, or all places are kept together, the relaxation leaves
    nothing out.
    """
    problem = crowd(order, places)
    plan = mk.solve(problem)
    values = tuple(goal.value for goal in plan.outcome.goals)
    assert plan.outcome.status == "optimal"
    loose = relaxed(compile_case(Instance(problem), 10**6), Deadline())
    assert loose is not None and loose.bounds == values
    bare = [rule.model_copy(update={"order": 0}) for rule in problem.rules]
    plain = mk.solve(problem.model_copy(update={"rules": tuple(bare)}))
    assert (plain.outcome.value > plan.outcome.value) == (order != 0)
