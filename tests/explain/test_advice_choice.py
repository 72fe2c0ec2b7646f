"""Which k to train or recruit: against every set of k on small problems."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement

import pytest
from advice_cases import (
    Vector,
    added,
    best_of,
    case,
    school,
    sets_of,
    solved_gain,
    trainings,
    vector,
)

from matchkit import datasets, solve
from matchkit.answers.advice import Choice
from matchkit.explain.advice.profiles import candidates
from matchkit.explain.advice.recruit_k import recruit_k
from matchkit.explain.advice.train import train
from matchkit.model import (
    Community,
    Demand,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Team,
    Unit,
)
from matchkit.plan import Plan

MOST_SETS = 30


def _agrees(found: Choice, problem: Problem, plan: Plan, best: Vector) -> None:
    """What is stated is what a solve gives, no bound is below the best of all sets, and what is proven
    is it.
    """
    stated = vector(plan, found.goals)
    assert stated == solved_gain(problem, plan, found.changes)
    assert stated <= best
    assert tuple(
        map(
            sum,
            zip(*(vector(plan, step.goals or ()) for step in found.steps), strict=True),
        )
    ) in (
        (),
        stated,
    )
    if found.bound is not None:
        assert vector(plan, found.bound) >= best
    if found.proven:
        assert stated == best


@pytest.mark.parametrize("tries", [0, MOST_SETS])
def test_people_to_train_against_every_set(tries: int) -> None:
    """Without tries the choice is by prices; with enough of them every set is solved, and the best is
    proven.
    """
    seen: Counter[str] = Counter()
    for seed in range(18):
        problem = school(seed)
        plan, options = solve(problem), trainings(problem)
        for k in (1, 2):
            sets = list(sets_of(options, k))
            if not sets or len(sets) > MOST_SETS:
                continue
            best, found = (
                best_of(problem, plan, sets),
                train(problem, plan, k, tries=tries),
            )
            _agrees(found, problem, plan, best)
            assert found.proven or not tries
            assert found.bound is not None
            seen["proven"] += found.proven
            seen["gains"] += any(best)
            seen["best found"] += vector(plan, found.goals) == best
            seen["all"] += 1
    assert seen["all"] > 20, seen
    assert seen["gains"] > seen["all"] / 2, seen
    assert seen["proven"] > seen["all"] / 4, seen
    assert seen["best found"] > seen["all"] * 0.9, seen


def test_resources_to_recruit_against_every_choice() -> None:
    seen: Counter[str] = Counter()
    for seed in range(14):
        problem, plan = case(seed, 5, 3)
        profiles = candidates(problem)
        for k in (1, 2):
            sets = [
                added([profiles[place].change for place in chosen])
                for chosen in combinations_with_replacement(range(len(profiles)), k)
            ]
            if len(sets) > MOST_SETS:
                continue
            best, found = best_of(problem, plan, sets), recruit_k(problem, plan, k)
            _agrees(found, problem, plan, best)
            assert vector(plan, found.goals)[:-1] == best[:-1], (
                "before the weight nothing moves, so the choice is the best"
            )
            seen["proven"] += found.proven
            seen["all"] += 1
    assert seen["all"] > 15, seen
    assert seen["proven"] > 5, seen


def test_a_street_gets_the_most_that_three_can_add() -> None:
    problem = datasets.city("street")
    plan = solve(problem)
    found = recruit_k(problem, plan, 3)
    assert found.bound is not None
    assert vector(plan, found.goals)[:-1] == vector(plan, found.bound)[:-1]
    assert vector(plan, found.goals) == solved_gain(problem, plan, found.changes)
    taught = train(problem, plan, 2)
    assert taught.bound is not None
    assert vector(plan, taught.goals) == solved_gain(problem, plan, taught.changes)
    assert vector(plan, taught.goals) <= vector(plan, taught.bound)


def test_where_no_flow_will_do_changes_are_tried_one_after_another() -> None:
    problem = Problem(
        units=[Unit(id="u")],
        communities=[Community(id="c")],
        resources=[
            Resource(
                id=f"r{number}", unit="u", skills=[SkillLevel(skill="nursing", level=1)]
            )
            for number in range(3)
        ],
        demands=[
            Demand(
                id="d",
                community="c",
                requirements=[
                    Requirement(
                        id="q", wanted=3, skills=[SkillLevel(skill="nursing", level=2)]
                    )
                ],
            )
        ],
        rules=[Team(demand="d", least=1, most=2)],
    )
    plan = solve(problem)
    assert plan.assignments == ()
    for found in (
        train(problem, plan, 3),
        train(problem, plan, 3, tries=0),
        recruit_k(problem, plan, 3),
    ):
        assert vector(plan, found.goals)[0] == 2, "a team of two at most"
        assert len(found.steps) == 2
    assert train(problem, plan, 3).proven
    assert not train(problem, plan, 3, tries=0).proven


def test_a_thousand_recruits_are_chosen_at_once() -> None:
    """All that is short and can be filled is filled, in one solve more; no bound on k leads to a search."""
    problem = datasets.city("street")
    plan = solve(problem)
    found = recruit_k(problem, plan, 1_000)
    assert found.solved == 1
    assert vector(plan, found.goals) == solved_gain(problem, plan, found.changes)
    assert all(step.goals is None for step in found.steps[:-1])
    none = train(problem, plan, 1_000_000, time_limit=0)
    assert none.steps == ()
    assert none.bound is not None
