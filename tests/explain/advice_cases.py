"""Small problems for advice, and what changes of them bring by a solve: nothing here looks at prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from random_problems import random_problem, seeded

from matchkit import solve
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import AddResource, Change, Train
from matchkit.answers.effects import GoalChange
from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.compile.why_not import why_ineligible
from matchkit.errors import ContradictionError
from matchkit.model import (
    Community,
    Demand,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Unit,
    UnitCap,
)
from matchkit.plan import Plan

Vector = tuple[int, ...]


def case(seed: int, resources: int = 6, demands: int = 4) -> tuple[Problem, Plan]:
    """A random problem that a flow expresses, and its best plan."""
    problem = random_problem(seeded(seed), resources, demands)
    plan = solve(problem)
    assert plan.outcome.engine != "cpsat"
    return problem, plan


def value(plan: Plan) -> Vector:
    """What a plan reaches in every goal."""
    return tuple(goal.value for goal in plan.outcome.goals)


def solved_gain(
    problem: Problem, plan: Plan, changes: Sequence[Change]
) -> Vector | None:
    """The best plan of the changed problem less this one, goal by goal; None where locks then contradict
    other rules.
    """
    try:
        best = solve(apply_changes(problem, changes))
    except ContradictionError:
        return None
    assert best.outcome.status == "optimal"
    assert [goal.name for goal in best.outcome.goals] == [
        goal.name for goal in plan.outcome.goals
    ]
    return tuple(
        after - before for after, before in zip(value(best), value(plan), strict=True)
    )


def vector(plan: Plan, effect: Sequence[GoalChange]) -> Vector:
    """An effect with the goals that do not change."""
    by = {change.goal: change.change for change in effect}
    names = [goal.name for goal in plan.outcome.goals]
    assert set(by) <= set(names)
    return tuple(by.get(name, 0) for name in names)


def trainings(problem: Problem) -> list[Train]:
    """Everybody's next level in every skill asked for that makes them eligible for something, by the reasons
    of every pair.
    """
    lexicon = Lexicon(problem)
    needs = [need for demand in problem.demands for need in demand.requirements]
    words = {
        lexicon.word(want.skill): want.skill
        for need in needs
        for entry in need.skills
        for want in alternatives(entry)
    }
    found = []
    for resource in problem.resources:
        if (
            resource.capacity
            and not resource.is_divisible
            and resource.kind.casefold() != "venue"
        ):
            held = lexicon.held(lexicon.declared(resource))
            for word in sorted(words):
                option = Train(
                    resource=resource.id, skill=words[word], level=held.get(word, 0) + 1
                )
                after = apply_changes(problem, [option])
                if any(
                    why_ineligible(problem, resource.id, need.id)
                    and not why_ineligible(after, resource.id, need.id)
                    for need in needs
                ):
                    found.append(option)
    return found


def sets_of(options: Sequence[Train], k: int) -> Iterator[tuple[Train, ...]]:
    """Every set of one to k that trains nobody twice."""
    for size in range(1, k + 1):
        yield from (
            chosen
            for chosen in combinations(options, size)
            if len({option.resource for option in chosen}) == size
        )


def best_of(problem: Problem, plan: Plan, sets: Sequence[Sequence[Change]]) -> Vector:
    """What the best of these sets of changes brings, each solved."""
    nothing = (0,) * len(plan.outcome.goals)
    return max(
        [nothing, *(solved_gain(problem, plan, chosen) or nothing for chosen in sets)]
    )


def school(seed: int) -> Problem:
    """A few people with a level or two in three skills, and needs mostly one level above them."""
    rng = seeded(seed)
    skills = ("nursing", "driving", "law")

    def some(most: int, highest: int) -> list[SkillLevel]:
        return [
            SkillLevel(skill=skill, level=rng.randint(1, highest))
            for skill in rng.sample(skills, rng.randint(1, most))
        ]

    return Problem(
        units=[Unit(id="u"), Unit(id="v", parent="u")],
        communities=[Community(id="c")],
        resources=[
            Resource(id=f"r{number}", unit=rng.choice("uv"), skills=some(2, 2))
            for number in range(rng.randint(2, 5))
        ],
        demands=[
            Demand(
                id=f"d{number}",
                community="c",
                tier=rng.randint(1, 2),
                weight=rng.choice((50, 100, 300)),
                requirements=[
                    Requirement(
                        id=f"q{number}", wanted=rng.randint(1, 2), skills=some(2, 3)
                    )
                ],
            )
            for number in range(rng.randint(2, 4))
        ],
        rules=[UnitCap(unit="v", most=rng.randint(1, 2))] if rng.random() < 0.3 else [],
    )


def added(changes: Sequence[AddResource]) -> list[Change]:
    """Recruits with ids of their own, and their unit once."""
    return [
        AddResource(
            resource=change.resource.model_copy(update={"id": f"new-{number}"}),
            unit=None if number else change.unit,
        )
        for number, change in enumerate(changes)
    ]
