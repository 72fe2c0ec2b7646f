"""Small problems whose worst score is to be as great as can be, and every plan of one by its definition."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import NamedTuple

import matchkit.model as m

OF = ("requirements", "demands", "communities", "depth 0")


class Reached(NamedTuple):
    """What a plan reaches by goal, in their order."""

    fills: tuple[int, ...]
    worst: int
    weight: int


def drawn(seed: int) -> m.Problem:
    """Few people, stock among them, and demands of up to two tiers; points of pairs decide weights."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    skill = m.SkillLevel(skill="cook")
    people = [
        m.Resource(
            id=f"P{k}",
            unit="U",
            capacity=rng.randint(0, 2),
            divisible=rng.random() < 0.2,
            skills=[skill] if rng.random() < 0.6 else [],
        )
        for k in range(rng.randint(2, 4))
    ]
    demands = []
    for k in range(rng.randint(1, 3)):
        wanted = rng.randint(1, 2)
        need = m.Requirement(
            id=f"Q{k}",
            wanted=wanted,
            minimum=rng.choice((0, 0, rng.randint(0, wanted))),
            skills=[skill] if rng.random() < 0.4 else [],
        )
        demands.append(
            m.Demand(
                id=f"D{k}",
                community=rng.choice("AB"),
                tier=rng.choice((1, 1, 2)),
                requirements=[need],
            )
        )
    low = rng.choice((0, -4))
    scores = [
        m.Scores(
            resource=one.id,
            requirements=[f"Q{k}" for k in range(len(demands))],
            points=[rng.randint(low, 9) for _ in demands],
        )
        for one in people
    ]
    tiers = sorted({demand.tier for demand in demands})
    fills = [
        m.Part(measure=measure, tier=tier)
        for tier in tiers
        for measure in ("minimum", "filled")
    ]
    if rng.random() < 0.3:
        fills = [m.Part(measure="minimum"), m.Part(measure="filled")]
    parts = [
        *fills,
        m.Part(measure="worst_score", of=rng.choice(OF)),
        m.Part(measure="weight"),
    ]
    nothing = ("importance", "skill_fit", "distance", "preference", "familiarity")
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[
            m.Community(id="X"),
            m.Community(id="A", parent="X"),
            m.Community(id="B", parent="X"),
        ],
        resources=people,
        demands=demands,
        scores=scores,
        objective=m.Objective(
            **dict.fromkeys(nothing, 0),
            aims=[
                m.Aim(name=f"{k} {part.measure}", parts=[part])
                for k, part in enumerate(parts)
            ],
        ),
    )


def best(problem: m.Problem) -> Reached:
    """The best that any plan reaches, over all of them."""
    points = {
        (one.resource, name): worth
        for one in problem.scores
        for name, worth in zip(one.requirements, one.points, strict=True)
    }
    roles = {
        need.id: (one, need) for one in problem.demands for need in one.requirements
    }
    people = {one.id: one for one in problem.resources}
    able = [
        (name, role)
        for name, one in people.items()
        for role, (_, need) in roles.items()
        if one.capacity and (not need.skills or one.skills)
    ]
    own = [
        min(people[r].capacity, roles[q][1].wanted if people[r].divisible else 1)
        for r, q in able
    ]
    *fills, share, _ = (aim.parts[0] for aim in problem.objective.aims)
    owner = {
        role: {
            "requirements": role,
            "demands": demand.id,
            "communities": demand.community,
            "depth 0": "X",
        }[share.of or ""]
        for role, (demand, need) in roles.items()
    }

    def reached(plan: dict[tuple[str, str], int]) -> Reached | None:
        given, taken, score = (
            Counter[str](),
            Counter[str](),
            dict.fromkeys(owner.values(), 0),
        )
        weight = 0
        for (r, q), units in plan.items():
            given[r] += units
            taken[q] += units
            weight += units * points[r, q]
            if units:
                score[owner[q]] += units * points[r, q]
        if any(given[r] > one.capacity for r, one in people.items()):
            return None
        if any(taken[q] > need.wanted for q, (_, need) in roles.items()):
            return None
        values = []
        for part in fills:
            mine = [
                (taken[q], need.minimum)
                for q, (demand, need) in roles.items()
                if part.tier in (None, demand.tier)
            ]
            least = part.measure == "minimum"
            values.append(sum(min(n, m) if least else max(0, n - m) for n, m in mine))
        return Reached(tuple(values), min(score.values(), default=0), weight)

    found = (
        reached({pair: n for pair, n in zip(able, units, strict=True) if n})
        for units in itertools.product(*(range(most + 1) for most in own))
    )
    return max(one for one in found if one is not None)
