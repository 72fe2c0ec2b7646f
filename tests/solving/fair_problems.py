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
            *(
                m.Community(
                    id=name, parent="X", entitlement=rng.choice((1, 1, 1, 1, 2, 3))
                )
                for name in "ABC"
            ),
        ],
        resources=people,
        demands=demands,
        rules=rules,
        objective=m.Objective(
            fair=rng.choice((None, "communities", "demands", "requirements")),
            even=rng.choice((None, "resources", "units")),
        ),
    )


def with_aims(problem: m.Problem, seed: int) -> m.Problem:
    """The same with goals of its own: coverage by one of the rules, in one tier or across all, and loads."""
    rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
    of = rng.choice(("communities", "demands", "requirements"))
    rule = rng.choice(("leximin", "nash", "webster", "dhondt"))
    tiers = sorted({demand.tier for demand in problem.demands})
    fill = [
        m.Part(measure=measure, tier=tier)
        for tier in tiers
        for measure in ("minimum", "filled")
    ]
    across = [m.Part(measure="minimum"), m.Part(measure="filled")]
    shared = [m.Part(measure="coverage", of=of, rule=rule, tier=tier) for tier in tiers]
    if rng.random() < 0.5:
        fill, shared = across, [m.Part(measure="coverage", of=of, rule=rule)]
    if rng.random() < 0.5:
        loads = m.Part(measure="loads", of=rng.choice(("resources", "units")))
        shared.insert(rng.choice((0, len(shared))), loads)
    parts = [*fill, *shared, m.Part(measure="weight")]
    aims = [m.Aim(name=f"aim {k}", parts=[part]) for k, part in enumerate(parts)]
    return problem.model_copy(update={"objective": m.Objective(aims=aims)})
