"""What planning together gains: the joint optimum less what units reach one after another."""

from __future__ import annotations

import pinned
import pytest
from advice_cases import case, value, vector
from random_problems import seeded

from matchkit import datasets, solve
from matchkit.errors import UnsupportedError
from matchkit.explain.advice.pooling import pooling
from matchkit.model import (
    Community,
    Demand,
    Objective,
    Problem,
    Requirement,
    Resource,
    Scores,
    SkillLevel,
    Team,
    Unit,
)

ONLY_SCORES = Objective(
    importance=0, skill_fit=0, distance=0, preference=0, familiarity=0, previous=0
)
"""Weights that depend on the pair alone, so that a unit's part of the problem has the weights of the whole.
"""


def _problem(seed: int) -> Problem:
    """Units with resources of their own and scores that leave no two plans equal."""
    rng = seeded(seed)
    needs = [f"q{number}" for number in range(rng.randint(1, 4))]
    resources = [
        Resource(
            id=f"r{number}", unit=rng.choice("abc"), capacity=rng.choice((0, 1, 1, 2))
        )
        for number in range(rng.randint(1, 6))
    ]
    return Problem(
        units=[Unit(id=unit) for unit in "abc"],
        communities=[Community(id="c")],
        resources=resources,
        demands=[
            Demand(
                id=f"d{need}",
                community="c",
                tier=rng.randint(1, 3),
                requirements=[
                    Requirement(
                        id=need,
                        wanted=(wanted := rng.randint(1, 3)),
                        minimum=rng.randint(0, wanted),
                    )
                ],
            )
            for need in needs
        ],
        scores=[
            Scores(
                resource=entry.id,
                requirements=needs,
                points=[rng.randint(1, 1_000_000) for _ in needs],
            )
            for entry in resources
        ],
        objective=ONLY_SCORES,
    )


def _alone(problem: Problem) -> dict[str, int]:
    """Each unit in turn by the brute engine, on a problem of its own resources and of what is left; the goals
    of all together.
    """
    left = {
        need.id: (demand, need, need.wanted, need.minimum)
        for demand in problem.demands
        for need in demand.requirements
    }
    total: dict[str, int] = {}
    for unit in sorted({resource.unit for resource in problem.resources}):
        own = [resource for resource in problem.resources if resource.unit == unit]
        demands = [
            demand.model_copy(
                update={
                    "requirements": (
                        need.model_copy(update={"wanted": wanted, "minimum": minimum}),
                    )
                }
            )
            for demand, need, wanted, minimum in left.values()
            if wanted
        ]
        open_ = {demand.requirements[0].id for demand in demands}
        scores = [
            Scores(resource=record.resource, requirements=[q for q in record.requirements if q in open_],
                   points=[p for q, p in zip(record.requirements, record.points, strict=True) if q in open_])
            for record in problem.scores if record.resource in {resource.id for resource in own}
        ]  # fmt: skip
        plan = solve(
            Problem(
                units=problem.units,
                communities=problem.communities,
                resources=own,
                demands=demands,
                scores=scores,
                objective=ONLY_SCORES,
            ),
            engine="brute",
        )
        for goal in plan.outcome.goals:
            total[goal.name] = total.get(goal.name, 0) + goal.value
        for entry in plan.assignments:
            demand, need, wanted, minimum = left[entry.requirement]
            left[entry.requirement] = (
                demand,
                need,
                wanted - entry.quantity,
                max(0, minimum - entry.quantity),
            )
    return total


def test_the_gain_is_the_joint_optimum_less_the_units_in_turn() -> None:
    gains = 0
    for seed in range(35):
        problem = _problem(seed)
        joint, alone = solve(problem), _alone(problem)
        found = vector(joint, pooling(problem).gain)
        assert found == tuple(
            goal.value - alone.get(goal.name, 0) for goal in joint.outcome.goals
        ), seed
        gains += any(found)
    assert gains > 8


def test_it_is_never_a_loss_and_the_joint_goals_are_those_of_the_plan() -> None:
    for seed in range(30):
        problem, plan = case(seed)
        found = pooling(problem)
        zeros = (0,) * len(plan.outcome.goals)
        assert vector(plan, found.joint) == value(plan)
        assert vector(plan, found.gain) >= zeros
        alone = [vector(plan, entry.goals) for entry in found.units]
        assert all(entry >= zeros for entry in alone)


def test_by_hand_two_units_that_take_the_same_first() -> None:
    """a's only nurse takes the easy task, worth more to her alone; b's helper could have done that one only.
    Together both are done.
    """
    problem = Problem(
        units=[Unit(id="a"), Unit(id="b")],
        communities=[Community(id="c")],
        resources=[
            Resource(
                id="nurse", unit="a", skills=[SkillLevel(skill="nursing", level=1)]
            ),
            Resource(id="helper", unit="b"),
        ],
        demands=[
            Demand(
                id="easy", community="c", weight=200, requirements=[Requirement(id="e")]
            ),
            Demand(
                id="hard",
                community="c",
                requirements=[
                    Requirement(id="h", skills=[SkillLevel(skill="nursing", level=1)])
                ],
            ),
        ],
        objective=Objective(skill_fit=0),
    )
    found = pooling(problem)
    assert found.line() == pinned.text(
        "advice.pooling.line", units=2, goals="tier 1 +1, weight +100"
    )
    assert [
        (entry.unit, [(change.goal, change.change) for change in entry.goals])
        for entry in found.units
    ] == [
        ("a", [("tier 1", 1), ("weight", 200)]),
        ("b", []),
    ]


def test_a_street_pools() -> None:
    plan = solve(datasets.city("street"))
    assert vector(plan, pooling(datasets.city("street")).gain) > (0,) * len(
        plan.outcome.goals
    )


def test_what_no_flow_expresses_is_refused() -> None:
    problem = _problem(0)
    with pytest.raises(UnsupportedError, match="pooling"):
        pooling(
            problem.model_copy(update={"rules": (Team(demand="dq0", least=1, most=2),)})
        )
