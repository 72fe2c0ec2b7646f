"""The exact curve of weight against fairness: worked by hand, and against every plan there is."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from test_hall_chains import valley

import matchkit as mk
import matchkit.explain.fairness_price as curves
import matchkit.model as m
from matchkit.errors import InputError, UnsupportedError


def test_a_curve_worked_by_hand() -> None:
    """By weight W has p1 and p2: 100 for D, 400 for W, 200 for H. From the second of six steps on (Z's unit is the
    first; then first units of those who want two) E has p1, and W one: 100 less.
    """
    problem = valley(None)
    curve = mk.fairness_price(problem)
    assert [(one.steps, one.weight) for one in curve.points] == [
        (0, 700),
        (1, 700),
        (2, 600),
        (3, 600),
        (6, 600),
    ]
    assert curve.complete and curve.steps == 6
    assert [one.shared.with_nothing for one in curve.points] == [2, 2, 1, 1, 1]
    assert curve.points[0].plan == mk.solve(problem)
    assert curve.points[-1].plan == mk.solve(valley())
    assert "weight 700 to 600 (100 lost, 14.29 %)" in curve.line()
    assert "减少 100，即 14.29%" in curve.text("zh")


def test_two_points_leave_open_what_lies_between() -> None:
    curve = mk.fairness_price(valley(None), points=2)
    assert [one.weight for one in curve.points] == [700, 600]
    assert not curve.complete and "there may be others" in curve.text()


def drawn(seed: int) -> m.Problem:
    """Few people, and communities whose demands weigh differently; no caps, no minimums."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    names = "ABC"
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[
            m.Community(id=name, entitlement=rng.choice((1, 1, 2))) for name in names
        ],
        resources=[
            m.Resource(
                id=f"P{k}",
                unit="U",
                capacity=rng.randint(1, 2),
                skills=[
                    m.SkillLevel(skill=name) for name in names if rng.random() < 0.7
                ],
            )
            for k in range(rng.randint(2, 4))
        ],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=name,
                weight=rng.randint(0, 300),
                requirements=[
                    m.Requirement(
                        id=f"Q{name}",
                        wanted=rng.randint(1, 3),
                        skills=[m.SkillLevel(skill=name)],
                    )
                ],
            )
            for name in names
        ],
        objective=m.Objective(skill_fit=0),
    )


def best_weights(problem: m.Problem) -> list[int]:
    """By steps: the greatest weight of all plans that fill most and of these have most points of the first steps,
    from the definition in docs/rules.md.
    """
    times = {one.id: one.entitlement for one in problem.communities}
    needs = {one.id: one.requirements[0] for one in problem.demands}
    worth = {one.community: one.weight for one in problem.demands}
    wanted = {one.community: needs[one.id].wanted for one in problem.demands}
    pairs = [
        (one.id, held.skill)
        for one in problem.resources
        for held in one.skills
        if held.skill in wanted
    ]
    able = {one.id: one.capacity for one in problem.resources}
    keys = {
        (name, k): (Fraction(k - 1, n * times[name]), n * times[name])
        for name, n in wanted.items()
        for k in range(1, n + 1)
    }
    order = sorted(set(keys.values()))
    fills = set()
    for chosen in itertools.product((0, 1), repeat=len(pairs)):
        mine = [pair for pair, units in zip(pairs, chosen, strict=True) if units]
        given, taken = Counter(r for r, _ in mine), Counter(q for _, q in mine)
        if all(given[r] <= able[r] for r in given) and all(
            taken[q] <= wanted[q] for q in taken
        ):
            fills.add(tuple((name, taken[name]) for name in wanted))
    most = max(sum(n for _, n in one) for one in fills)
    full = [one for one in fills if sum(n for _, n in one) == most]
    found = []
    for steps in range(len(order) + 1):
        points = {
            one: sum(
                max(0, steps - order.index(keys[name, k]))
                for name, n in one
                for k in range(1, n + 1)
            )
            for one in full
        }
        top = max(points.values())
        found.append(
            max(
                sum(worth[name] * n for name, n in one)
                for one in full
                if points[one] == top
            )
        )
    return found


def test_every_point_is_the_best_there_is() -> None:
    falls = 0
    for seed in range(30):
        problem = drawn(seed)
        expected = best_weights(problem)
        curve = mk.fairness_price(problem, points=20)
        assert curve.complete and curve.steps == len(expected) - 1
        known = [one.steps for one in curve.points]
        for steps, weight in enumerate(expected):
            # Where no point stands, the weight is that of both beside it.
            for at in (
                max(k for k in known if k <= steps),
                min(k for k in known if k >= steps),
            ):
                point = curve.points[known.index(at)]
                assert point.weight == weight, (seed, steps)
        falls += expected[0] > expected[-1]
        for point in curve.points:
            asked = problem.model_copy(update={"objective": point.objective})
            assert mk.verify(asked, point.plan).ok
            assert mk.check_certificate(asked, point.plan).ok
            for chain in (
                mk.Explainer(asked, point.plan).hall_chains() if point.steps else ()
            ):
                assert chain.complete and chain.keys == point.steps
                assert mk.check_witness(asked, point.plan, chain).ok
    assert falls >= 8


def test_twenty_points_take_twenty_solves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty communities that want 1 to 30, three people each can serve any two next to each other."""
    rng = random.Random(3)  # noqa: S311 - seeded tests, no secret
    wants = {f"C{k:02}": k + 1 for k in range(30)}
    names = list(wants)
    problem = m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id=name) for name in names],
        resources=[
            m.Resource(
                id=f"P{k:02}{n}",
                unit="U",
                skills=[m.SkillLevel(skill=one) for one in rng.sample(names, 3)],
            )
            for k in range(30)
            for n in range(3)
        ],
        demands=[
            m.Demand(
                id=f"D{name}",
                community=name,
                weight=rng.randint(0, 999),
                requirements=[
                    m.Requirement(
                        id=f"Q{name}", wanted=n, skills=[m.SkillLevel(skill=name)]
                    )
                ],
            )
            for name, n in wants.items()
        ],
        objective=m.Objective(skill_fit=0),
    )
    solves = 0

    def counted(*given: Any, **options: Any) -> mk.Plan:
        nonlocal solves
        solves += 1
        return mk.solve(*given, **options)

    monkeypatch.setattr(curves, "solve", counted)
    curve = mk.fairness_price(problem, points=20)
    assert (len(curve.points), solves) == (20, 20)
    weights = [one.weight for one in curve.points]
    assert weights == sorted(weights, reverse=True) and weights[0] > weights[-1]
    assert curve.points[0].plan == mk.solve(problem)
    fair = problem.objective.model_copy(update={"fair": "communities"})
    asked = problem.model_copy(update={"objective": fair})
    assert curve.points[-1].plan == mk.solve(asked)


def test_tiers_follow_one_another() -> None:
    """The valley twice, the second time in tier 2: each has six steps and loses 100, at its second."""
    first, data = valley(None), valley(None).model_dump(mode="json")
    for one in data["resources"]:
        one["id"] += "2"
        for held in one["skills"]:
            held["skill"] += "2"
    for one in data["demands"]:
        one["id"] += "2"
        one["tier"] = 2
        for need in one["requirements"]:
            need["id"] += "2"
            need["skills"] = [{"skill": need["skills"][0]["skill"] + "2"}]
    second = m.Problem.model_validate(data)
    both = first.model_copy(
        update={
            "demands": (*first.demands, *second.demands),
            "resources": (*first.resources, *second.resources),
        }
    )
    curve = mk.fairness_price(both, points=30)
    assert curve.complete and curve.steps == 12
    weights = {one.steps: one.weight for one in curve.points}
    assert [weights[steps] for steps in (0, 1, 2, 7, 8, 12)] == [
        1400,
        1400,
        1300,
        1300,
        1200,
        1200,
    ]
    (point,) = (one for one in curve.points if one.steps == 8)
    parts = [aim.parts[0] for aim in point.objective.aims]
    assert [(one.measure, one.tier, one.steps) for one in parts] == [
        ("filled", 1, None),
        ("filled", 2, None),
        ("coverage", 1, None),
        ("coverage", 2, 2),
        ("weight", None, None),
    ]


def test_wrong_arguments_are_refused() -> None:
    problem = valley(None)
    with pytest.raises(InputError):
        mk.fairness_price(problem, "streets")
    with pytest.raises(InputError):
        mk.fairness_price(problem, points=1)
    with pytest.raises(InputError):
        mk.fairness_price(None)  # type: ignore[arg-type]
    aims = [m.Aim(name="weight", parts=[m.Part(measure="weight")])]
    own = problem.model_copy(update={"objective": m.Objective(aims=aims)})
    with pytest.raises(InputError):
        mk.fairness_price(own)


def test_steps_are_of_coverage_alone() -> None:
    with pytest.raises(InputError):
        m.Part(measure="weight", steps=1)
    with pytest.raises(InputError):
        m.Part(measure="coverage", of="communities", steps=0)


def test_where_levels_are_goals_steps_are_levels() -> None:
    """A cap over all communities: of levels at 0, 1/3 and 1/2 (2/3 is the last), the first counts who has nothing."""
    problem = valley(None)
    place = m.Community(id="all")
    below = [one.model_copy(update={"parent": "all"}) for one in problem.communities]
    cap = m.CommunityCap(community="all", most=4)
    capped = problem.model_copy(
        update={"communities": (place, *below), "rules": (cap,)}
    )
    curve = mk.fairness_price(capped)
    assert curve.complete and curve.steps == 4
    for point in curve.points:
        asked = capped.model_copy(update={"objective": point.objective})
        assert mk.verify(asked, point.plan).ok
        assert mk.check_certificate(asked, point.plan).ok
        names = [goal.name for goal in point.plan.outcome.goals if " at " in goal.name]
        assert len(names) == point.steps


def test_where_a_rule_ties_pairs_together_steps_are_levels() -> None:
    """p1 and p3 may not be at one demand, which they never are: the valley's curve, by level. At 0 stand Z, and by
    weight E; the levels are 0, 1/3, 1/2 and 2/3.
    """
    problem = valley(None)
    apart = m.KeepApart(resources=["p1", "p3"])
    tied = problem.model_copy(update={"rules": (apart,)})
    curve = mk.fairness_price(tied)
    assert curve.complete and curve.steps == 4
    assert [(one.steps, one.weight) for one in curve.points] == [
        (0, 700),
        (1, 600),
        (2, 600),
        (4, 600),
    ]
    for point in curve.points:
        asked = tied.model_copy(update={"objective": point.objective})
        assert mk.verify(asked, point.plan).ok
    (chain,) = mk.Explainer(asked, point.plan).hall_chains()
    assert chain.complete and mk.check_witness(asked, point.plan, chain).ok


def test_a_plan_that_ranks_choose_has_no_price_of_fairness() -> None:
    objective = m.Objective(stable="weak")
    problem = valley(None).model_copy(update={"objective": objective})
    with pytest.raises(UnsupportedError) as caught:
        mk.fairness_price(problem)
    assert [one.parts[1].key for one in caught.value.complaints] == ["ranks.explained"]
