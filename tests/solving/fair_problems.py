"""Small problems whose plans are to be fair, drawn by a seed."""

from __future__ import annotations

import random

import matchkit.model as m


def drawn(seed: int) -> m.Problem:
    """Few people and demands of two tiers in three communities: skills, minimums, locks, caps and scores."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    skill = m.SkillLevel(skill="cook")
    people = [
        m.Resource(
            id=f"P{k}",
            unit=rng.choice("UV"),
            capacity=rng.randint(1, 3),
            skills=[skill] if rng.random() < 0.5 else [],
        )
        for k in range(rng.randint(2, 4))
    ]
    demands = []
    for k in range(rng.randint(2, 4)):
        wanted = rng.randint(1, 3)
        need = m.Requirement(
            id=f"Q{k}",
            wanted=wanted,
            minimum=rng.choice((0, 0, rng.randint(0, wanted))),
            skills=[skill] if rng.random() < 0.4 else [],
        )
        demands.append(
            m.Demand(
                id=f"D{k}",
                community=rng.choice("ABC"),
                tier=rng.choice((1, 1, 2)),
                weight=rng.randint(0, 300),
                requirements=[need],
            )
        )
    pairs = [(one.id, f"Q{k}") for one in people for k in range(len(demands))]
    rules: list[m.Rule] = []
    if rng.random() < 0.3:
        one, other = rng.choice(pairs)
        rules.append(m.Lock(resource=one, requirement=other))
    if rng.random() < 0.3:
        most = rng.randint(1, 3)
        rules.append(m.CommunityCap(community=rng.choice("AX"), most=most))
    if rng.random() < 0.3:
        rules.append(m.UnitCap(unit=rng.choice("UV"), most=rng.randint(1, 3)))
    return m.Problem(
        units=[m.Unit(id="U"), m.Unit(id="V")],
        communities=[
            m.Community(id="X"),
            *(m.Community(id=name, parent="X") for name in "ABC"),
        ],
        resources=people,
        demands=demands,
        rules=rules,
        objective=m.Objective(
            fair=rng.choice((None, "communities", "demands", "requirements")),
            even=rng.choice((None, "resources", "units")),
        ),
    )
