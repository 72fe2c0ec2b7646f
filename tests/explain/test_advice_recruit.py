"""What one more resource adds, stated without solving, is what a solve with it finds."""

from __future__ import annotations

from collections import Counter

import pytest
from advice_cases import case, solved_gain, value, vector
from random_problems import random_problem, seeded

from matchkit import datasets, solve
from matchkit.explain.advice.recruit import recruit
from matchkit.model import (
    Community,
    Demand,
    Place,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Team,
    Unit,
)

SEEDS = range(45)


def test_exact_gains_are_those_of_a_solve_and_bounds_are_no_less() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        problem, plan = case(seed)
        for advised in recruit(problem, plan, top=1_000_000, verified=0).recruits:
            stated, gain = (
                vector(plan, advised.goals),
                solved_gain(problem, plan, [advised.change]),
            )
            assert gain is not None
            assert gain == stated if advised.known == "prices" else gain <= stated, (
                seed,
                advised.like,
            )
            seen[advised.known] += 1
    assert seen["prices"] > 60
    assert seen["at_most"] > 20
    assert set(seen) == {"prices", "at_most"}


def test_profiles_that_are_left_out_add_nothing() -> None:
    """Every distinct role is looked at; those not listed are solved too, and none of them brings anything."""
    from matchkit.explain.advice.profiles import candidates

    idle = 0
    for seed in range(25):
        problem, plan = case(seed)
        listed = {
            advised.like
            for advised in recruit(problem, plan, top=1_000_000, verified=0).recruits
        }
        for profile in candidates(problem):
            if profile.like not in listed:
                assert not any(solved_gain(problem, plan, [profile.change]) or ())
                idle += 1
    assert idle > 5


def test_verified_ones_are_solved_and_the_best_comes_first() -> None:
    for seed in range(12):
        problem, plan = case(seed)
        found = recruit(problem, plan, top=4, verified=4).recruits
        gains = [solved_gain(problem, plan, [advised.change]) for advised in found]
        assert [vector(plan, advised.goals) for advised in found] == gains
        assert all(advised.known == "solved" for advised in found)
        assert gains == sorted(gains, reverse=True)


def test_a_plan_that_is_not_the_best_gives_way_to_the_best() -> None:
    """Nothing is put down to a recruit that better planning alone would bring."""
    worse = 0
    for seed in range(40):
        problem = random_problem(seeded(seed), 12, 8)
        quick, best = solve(problem, engine="greedy"), solve(problem)
        if value(quick) != value(best):
            worse += 1
            assert recruit(problem, quick, verified=0) == recruit(
                problem, best, verified=0
            )
    assert worse >= 2


def test_by_hand_one_more_nurse() -> None:
    """Two wanted, one there, who lives elsewhere: another is worth 100 (importance) + 100 (skill fit) + 50
    (at home), one more slot.
    """
    problem = Problem(
        units=[Unit(id="u")],
        communities=[Community(id="c", place=Place(lat=36.0, lon=103.8))],
        resources=[
            Resource(id="r", unit="u", skills=[SkillLevel(skill="nursing", level=2)])
        ],
        demands=[
            Demand(
                id="d",
                community="c",
                tier=2,
                requirements=[
                    Requirement(
                        id="q", wanted=2, skills=[SkillLevel(skill="nursing", level=2)]
                    )
                ],
            )
        ],
    )
    [advised] = recruit(problem, solve(problem), verified=0).recruits
    assert (advised.like, advised.community, advised.change.resource.home) == (
        "q",
        "c",
        "c",
    )
    # Held by 2 in place of 1, nursing is as rare as before or less; both serve it, so nothing is idle: 1
    # slot, 250 points.
    assert vector(solve(problem), advised.goals)[0] == 1
    [solved] = recruit(problem, solve(problem), verified=1).recruits
    assert [(change.goal, change.change) for change in solved.goals] == [
        ("tier 2", 1),
        ("weight", 250),
    ]
    assert solved.known == "solved"


def test_the_district_is_weighed_whole() -> None:
    problem = datasets.city("street")
    plan = solve(problem)
    found = recruit(problem, plan, top=1_000, verified=0)
    exact = [advised for advised in found.recruits if advised.known == "prices"][:6]
    assert found.profiles == 97
    assert [vector(plan, advised.goals) for advised in exact] == [
        solved_gain(problem, plan, [advised.change]) for advised in exact
    ]


@pytest.mark.parametrize("verified", [0, 2])
def test_where_no_flow_will_do_solves_say_what_profiles_add(verified: int) -> None:
    problem = Problem(
        units=[Unit(id="u")],
        communities=[Community(id="c")],
        resources=[Resource(id="r", unit="u")],
        demands=[
            Demand(id="d", community="c", requirements=[Requirement(id="q", wanted=3)]),
            Demand(
                id="e",
                community="c",
                tier=2,
                requirements=[Requirement(id="p", kind="venue")],
            ),
        ],
        rules=[Team(demand="d", least=1, most=2)],
    )
    plan = solve(problem)
    found = recruit(problem, plan, verified=verified).recruits
    assert {advised.like: advised.known for advised in found} == {
        "q": "solved" if verified else "unknown",
        "p": "solved" if verified else "unknown",
    }
    if verified:
        assert {advised.like: vector(plan, advised.goals)[:2] for advised in found} == {
            "q": (1, 0),
            "p": (0, 1),
        }


def test_recruits_get_ids_of_their_own_also_where_only_letter_case_differs() -> None:
    problem = Problem(
        units=[Unit(id="Recruits")],
        communities=[Community(id="C")],
        resources=[Resource(id="Recruit-1", unit="Recruits")],
        demands=[
            Demand(id="D", community="C", requirements=[Requirement(id="Q", wanted=2)])
        ],
    )
    [advised] = recruit(problem, solve(problem)).recruits
    assert (advised.change.resource.id, advised.change.resource.unit) == (
        "recruit-1 2",
        "recruits 2",
    )
    assert vector(solve(problem), advised.goals) == solved_gain(
        problem, solve(problem), [advised.change]
    )
