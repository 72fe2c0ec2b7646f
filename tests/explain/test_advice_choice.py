"""Which k to train or recruit: against every set of k on small problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement

import pytest
from advice_cases import Vector, case, solved_gain, vector
from random_problems import seeded

from matchkit import datasets, solve
from matchkit.answers.apply import changed
from matchkit.answers.changes import AddResource, Change, Train
from matchkit.answers.choice import Choice
from matchkit.compile import reasons
from matchkit.compile.lexicon import Lexicon, alternatives
from matchkit.explain.advice import recruit_k, train
from matchkit.explain.advice.candidates import candidates
from matchkit.model import Community, Demand, Problem, Requirement, Resource, SkillLevel, Team, Unit, UnitCap
from matchkit.plan import Plan

MOST_SETS = 30


def _trainings(problem: Problem) -> list[Train]:
    """Everybody's next level in every skill asked for that makes them eligible for something, by the reasons of every pair."""
    lexicon = Lexicon(problem)
    needs = [need for demand in problem.demands for need in demand.requirements]
    words = {lexicon.word(want.skill): want.skill for need in needs for entry in need.skills for want in alternatives(entry)}
    found = []
    for resource in problem.resources:
        if resource.capacity and not resource.is_divisible and resource.kind.casefold() != "venue":
            held = lexicon.held(lexicon.declared(resource))
            for word in sorted(words):
                option = Train(resource=resource.id, skill=words[word], level=held.get(word, 0) + 1)
                after = changed(problem, [option])
                if any(reasons(problem, resource.id, need.id) and not reasons(after, resource.id, need.id) for need in needs):
                    found.append(option)
    return found


def _sets(options: Sequence[Train], k: int) -> Iterator[tuple[Train, ...]]:
    for size in range(1, k + 1):
        yield from (chosen for chosen in combinations(options, size) if len({option.resource for option in chosen}) == size)


def _best(problem: Problem, plan: Plan, sets: Sequence[Sequence[Change]]) -> Vector:
    nothing = (0,) * len(plan.outcome.goals)
    return max([nothing, *(solved_gain(problem, plan, chosen) or nothing for chosen in sets)])


def _school(seed: int) -> Problem:
    """A few people with a level or two in three skills, and needs mostly one level above them."""
    rng = seeded(seed)
    skills = ("nursing", "driving", "law")

    def some(most: int, highest: int) -> list[SkillLevel]:
        return [SkillLevel(skill=skill, level=rng.randint(1, highest)) for skill in rng.sample(skills, rng.randint(1, most))]

    return Problem(
        units=[Unit(id="u"), Unit(id="v", parent="u")],
        communities=[Community(id="c")],
        resources=[Resource(id=f"r{number}", unit=rng.choice("uv"), skills=some(2, 2)) for number in range(rng.randint(2, 5))],
        demands=[
            Demand(
                id=f"d{number}",
                community="c",
                tier=rng.randint(1, 2),
                weight=rng.choice((50, 100, 300)),
                requirements=[Requirement(id=f"q{number}", wanted=rng.randint(1, 2), skills=some(2, 3))],
            )
            for number in range(rng.randint(2, 4))
        ],
        rules=[UnitCap(unit="v", most=rng.randint(1, 2))] if rng.random() < 0.3 else [],
    )


def _agrees(found: Choice, problem: Problem, plan: Plan, best: Vector) -> None:
    """What is stated is what a solve gives, no bound is below the best of all sets, and what is proven is it."""
    stated = vector(plan, found.goals)
    assert stated == solved_gain(problem, plan, found.changes)
    assert stated <= best
    assert tuple(map(sum, zip(*(vector(plan, step.goals or ()) for step in found.steps), strict=True))) in ((), stated)
    if found.bound is not None:
        assert vector(plan, found.bound) >= best
    if found.proven:
        assert stated == best


@pytest.mark.parametrize("tries", [0, MOST_SETS])
def test_people_to_train_against_every_set(tries: int) -> None:
    """Without tries the choice is by prices; with enough of them every set is solved, and the best is proven."""
    seen: Counter[str] = Counter()
    for seed in range(18):
        problem = _school(seed)
        plan, options = solve(problem), _trainings(problem)
        for k in (1, 2):
            sets = list(_sets(options, k))
            if not sets or len(sets) > MOST_SETS:
                continue
            best, found = _best(problem, plan, sets), train(problem, plan, k, tries=tries)
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
                _added([profiles[place].change for place in chosen]) for chosen in combinations_with_replacement(range(len(profiles)), k)
            ]
            if len(sets) > MOST_SETS:
                continue
            best, found = _best(problem, plan, sets), recruit_k(problem, plan, k)
            _agrees(found, problem, plan, best)
            assert vector(plan, found.goals)[:-1] == best[:-1], "before the weight nothing moves, so the choice is the best"
            seen["proven"] += found.proven
            seen["all"] += 1
    assert seen["all"] > 15, seen
    assert seen["proven"] > 5, seen


def _added(changes: Sequence[AddResource]) -> list[Change]:
    return [
        AddResource(resource=change.resource.model_copy(update={"id": f"new-{number}"}), unit=None if number else change.unit)
        for number, change in enumerate(changes)
    ]


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
        resources=[Resource(id=f"r{number}", unit="u", skills=[SkillLevel(skill="nursing", level=1)]) for number in range(3)],
        demands=[
            Demand(id="d", community="c", requirements=[Requirement(id="q", wanted=3, skills=[SkillLevel(skill="nursing", level=2)])])
        ],
        rules=[Team(demand="d", least=1, most=2)],
    )
    plan = solve(problem)
    assert plan.assignments == ()
    for found in (train(problem, plan, 3), train(problem, plan, 3, tries=0), recruit_k(problem, plan, 3)):
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
