"""The curve between two goals is exactly the set of points that no plan beats in both, against every plan of
small problems.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource
from comparison_campaign import FEW, FILLED, WEIGHT, front_of_every_plan, with_aims
from every_plan import TooManyError
from random_problems import seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.sensitivity import TradeOff
from matchkit.compile.goals import aims_of
from matchkit.errors import ContradictionError, InputError
from matchkit.explain.trade_off import trade_off


def points(found: TradeOff) -> list[tuple[int, int]]:
    return [(point.first, point.second) for point in found.points]


def three() -> mk.Problem:
    """Three people of 10, 6 and 1 points for three slots, each of whom costs nothing but counts as used."""
    scores = [
        mk.Scores(resource=f"R{n}", requirements=["Q1"], points=[p])
        for n, p in enumerate((10, 6, 1))
    ]
    objective = mk.Objective(importance=0, skill_fit=0)
    return problem(
        [resource(f"R{n}") for n in range(3)],
        [demand("D1", need("Q1", wanted=3))],
        scores=scores,
        objective=objective,
    )


def test_by_hand() -> None:
    """Points against people: the best k of three people give 0, 10, 16 and 17 points."""
    found = trade_off(three(), WEIGHT, FEW)
    assert points(found) == [(17, -3), (16, -2), (10, -1), (0, 0)]
    assert (
        found.complete
        and found.ended == "all"
        and all(point.proven for point in found.points)
    )
    assert found.line().startswith(
        "points against few people: 4 points, from 17 / -3 to 0 / 0; "
    )
    assert found.line().endswith(
        "no plan does better in one without doing worse in the other (proven)"
    )
    assert found.text().splitlines()[1:] == [
        "  points  few people  given up  gained",
        "      17          -3",
        "      16          -2        -1      +1",
        "      10          -1        -6      +1",
        "       0           0       -10      +1",
    ]
    assert found.line("zh").startswith(
        "points 与 few people 的取舍：共 4 个点，从 17 / -3 到 0 / 0"
    )


def test_the_other_way_round_is_the_same_curve_backwards() -> None:
    there, back = trade_off(three(), WEIGHT, FEW), trade_off(three(), FEW, WEIGHT)
    assert points(back) == [
        (second, first) for first, second in reversed(points(there))
    ]


def test_goals_before_both_are_held_and_named_ones_are_taken_from_the_problem() -> None:
    found = trade_off(
        three(), "weight", FEW
    )  # all three slots of tier 1 are filled first
    assert (found.held, points(found)) == (("tier 1",), [(17, -3)])
    assert pinned.text("trade_off.held", goals="tier 1") in found.text().splitlines()
    given = trade_off(three(), "tier 1", "weight")
    assert (given.held, points(given)) == ((), [(3, 17)])


def test_against_every_plan_between_two_goals_of_the_problem() -> None:
    seen: Counter[int] = Counter()
    for seed in range(0, 300, 7):
        given = rule_problem(seed)
        aims = aims_of(given)
        if len(aims) < 2:
            continue
        one, two = seeded(seed).sample(range(len(aims)), 2)
        held = aims[: min(one, two)]
        try:
            found = trade_off(given, aims[one].name, aims[two].name)
            expected = front_of_every_plan(given, held, aims[one], aims[two])
        except (TooManyError, ContradictionError):
            continue
        assert points(found) == expected and found.complete, seed
        assert found.held == tuple(aim.name for aim in held)
        seen[len(expected)] += 1
    assert (
        sum(seen.values()) > 20 and sum(n for size, n in seen.items() if size > 1) > 2
    ), seen


def test_against_every_plan_between_two_aims() -> None:
    seen: Counter[int] = Counter()
    for seed in range(1, 300, 9):
        given = rule_problem(seed)
        first, second = seeded(seed).sample((FEW, WEIGHT, FILLED), 2)
        try:
            found = trade_off(given, first, second)
            expected = front_of_every_plan(given, (), first, second)
        except (TooManyError, ContradictionError):
            continue
        assert points(found) == expected and found.complete, seed
        seen[len(expected)] += 1
    assert (
        sum(seen.values()) > 15 and sum(n for size, n in seen.items() if size > 2) >= 3
    ), seen


def test_fill_against_changes_is_the_curve_of_every_plan() -> None:
    """Five people can do some of five places. Two places are new; filling them takes people away from where they
    were, who count one to three.
    """
    seen: Counter[int] = Counter()
    for seed in range(24):
        rng = seeded(seed)
        people, places = [f"R{n}" for n in range(5)], [f"Q{n}" for n in range(5)]
        able = {who: rng.sample(places, rng.randint(1, 2)) for who in people}
        now = problem(
            [resource(who) for who in people],
            [demand(f"D{place}", need(place)) for place in places],
            *(
                mk.rules.Forbid(resource=who, requirement=place)
                for who in people
                for place in places
                if place not in able[who]
            ),
        )
        old = [mk.changes.RemoveDemand(demand=f"D{place}") for place in places[3:]]
        before = mk.solve(mk.changes.apply_changes(now, old))
        given = now.keeping(before, persons={who: rng.randint(1, 3) for who in people})
        fill, kept, *_ = aims_of(given)
        found = trade_off(given, "tier 1", "kept")
        assert points(found) == front_of_every_plan(given, (), fill, kept), seed
        assert found.complete, seed
        seen[len(found.points)] += 1
    assert seen[1] > 5 and seen[2] > 2, seen


def test_fill_against_changes_by_hand() -> None:
    """Three new places, each for one who served before and in whose place somebody free can come; they count
    one, two and three, so the cheapest to move is moved first.
    """
    able = {f"A{n}": (f"Q{n}", f"N{n}") for n in range(3)}
    able |= {f"B{n}": (f"Q{n}",) for n in range(3)}
    places = sorted({place for some in able.values() for place in some})
    now = problem(
        [resource(who) for who in able],
        [demand(f"D{place}", need(place)) for place in places],
        *(
            mk.rules.Forbid(resource=who, requirement=place)
            for who, some in able.items()
            for place in places
            if place not in some
        ),
    )
    pairs = [
        mk.ReferencePair(resource=f"A{n}", requirement=f"Q{n}", weight=n + 1)
        for n in range(3)
    ]
    given = now.model_copy(update={"reference": tuple(pairs)})
    found = trade_off(given, "tier 1", "kept")
    assert points(found) == [(6, 0), (5, 3), (4, 5), (3, 6)]
    fill, kept, *_ = aims_of(given)
    assert points(found) == front_of_every_plan(given, (), fill, kept)


def test_longer_curves_against_every_plan() -> None:
    """Four people who cost points and earn more or less: up to five points, none of them on the way between
    two others.
    """
    sizes = []
    for seed in range(6):
        rng = seeded(seed)
        names = [f"Q{n}" for n in range(3)]
        scores = [
            mk.Scores(
                resource=f"R{n}",
                requirements=names,
                points=[rng.randint(1, 9) for _ in names],
            )
            for n in range(4)
        ]
        people = [resource(f"R{n}", activation=rng.randint(0, 3)) for n in range(4)]
        demands = [
            demand("D1", need("Q0", wanted=2)),
            demand("D2", need("Q1")),
            demand("D3", need("Q2")),
        ]
        given = problem(
            people,
            demands,
            scores=scores,
            objective=mk.Objective(importance=0, skill_fit=0),
        )
        found = trade_off(given, WEIGHT, FEW)
        assert (
            points(found) == front_of_every_plan(given, (), WEIGHT, FEW)
            and found.complete
        )
        sizes.append(len(found.points))
    assert max(sizes) == 5


def test_every_point_has_a_plan_that_the_checker_passes_and_that_reaches_it() -> None:
    given = three()
    for point in trade_off(given, WEIGHT, FEW).points:
        as_stated = with_aims(given, *point.aims)
        assert mk.verify(as_stated, point.plan).ok
        values = {goal.name: goal.value for goal in point.plan.outcome.goals}
        assert (values["points"], values["few people"]) == (point.first, point.second)


def test_goals_that_are_no_part_of_the_curve_choose_between_plans_of_one_point() -> (
    None
):
    """Both people give one point of the curve; the one at home in the community has more weight."""
    given = problem(
        [resource("A"), resource("B", home="C1")], [demand("D1", need("Q1"))]
    )
    found = trade_off(given, FILLED, FEW)
    assert points(found) == [(1, -1), (0, 0)]
    assert [entry.resource for entry in found.points[0].plan.assignments] == ["B"]


def test_a_curve_beyond_the_limit_is_cut_and_says_so() -> None:
    found = trade_off(three(), WEIGHT, FEW, points=3)
    assert points(found) == [(17, -3), (16, -2), (0, 0)]
    assert (found.complete, found.ended, found.limit) == (False, "limit", 3)
    assert pinned.text(
        "trade_off.ended_limit", limit=3
    ) in found.text() and "曲线不完整" in found.line("zh")
    exact = trade_off(three(), WEIGHT, FEW, points=4)
    assert exact.complete and len(exact.points) == 4


def test_a_point_that_is_not_proven_ends_the_curve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A solve that ends early states no bound: the third of the curve, after both ends."""
    module = import_module("matchkit.explain.trade_off")

    calls: list[mk.Plan] = []

    def solve(given: mk.Problem, **options: Any) -> mk.Plan:
        plan = mk.solve(given, **options)
        calls.append(plan)
        if len(calls) < 3:
            return plan
        goals = tuple(
            goal.model_copy(update={"bound": None}) for goal in plan.outcome.goals
        )
        return plan.model_copy(
            update={
                "outcome": plan.outcome.model_copy(
                    update={"goals": goals, "status": "feasible"}
                )
            }
        )

    monkeypatch.setattr(module, "solve", solve)
    found = trade_off(three(), WEIGHT, FEW)
    assert [point.proven for point in found.points] == [True, False, True]
    assert (found.complete, found.ended, len(calls)) == (False, "unproven", 3)
    assert "not proven" in found.text() and "未证明" in found.text("zh")


def test_one_more_goal_does_not_take_more_aims_than_an_objective_has() -> None:
    tiers = [
        demand(f"D{n}", need(f"Q{n}", minimum=1, wanted=2), tier=n)
        for n in range(1, 21)
    ]
    given = problem([resource("R1", capacity=40)], tiers)
    assert len(aims_of(given)) == 41
    assert trade_off(given, "tier 20", "weight").complete


def test_the_answer_comes_back_from_its_json() -> None:
    found = trade_off(three(), WEIGHT, FEW)
    assert TradeOff.model_validate_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (
            "tier 9",
            "weight",
            pinned.line(
                "first",
                "trade_off.unknown",
                "trade_off.known.do",
                known="tier 1, weight",
            ),
        ),
        (
            "weight",
            "weight",
            pinned.line("second", "trade_off.same", "trade_off.same.do"),
        ),
        ("weight", 3, "second: is of type int. Give the name of a goal, or an Aim."),
        (
            mk.Aim(name="weight", parts=FEW.parts),
            "tier 1",
            f"first: {pinned.text('trade_off.parts')}.",
        ),
    ],
)
def test_wrong_goals_are_refused(first: Any, second: Any, told: str) -> None:
    with pytest.raises(InputError) as caught:
        trade_off(three(), first, second)
    assert told in str(caught.value)


@pytest.mark.parametrize("wrong", [1, 1001, 2.0, True, "3"])
def test_wrong_limits_are_refused(wrong: Any) -> None:
    with pinned.raises(InputError, "argument.whole", about="points", most=1000):
        trade_off(three(), "tier 1", "weight", points=wrong)
