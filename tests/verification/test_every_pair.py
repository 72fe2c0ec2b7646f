"""The pools of check_certificate skip no pair: they find what a walk over all pairs finds."""

from __future__ import annotations

from random import Random

from handmade import outcome, window

import matchkit.model as m
from matchkit.plan import Certificate, Plan, Price
from matchkit.verification.case import Case
from matchkit.verification.certificate import PriceProof
from matchkit.verification.eligibility import broken
from matchkit.verification.feasible import above_their_prices
from matchkit.verification.world import World
from matchkit.verification.worth import TERMS


def crowded(random: Random) -> m.Problem:
    """Everything that eligibility and weight look at, in a small space so that it often meets."""
    skills = ["surgeon", "medic", "law", "法律", "driver"]

    def some(kind: type, least: int = 1) -> list[m.SkillLevel]:
        return [
            kind(skill=name, level=random.randint(1, 3))
            for name in random.sample(skills, random.randint(least, 3))
        ]

    def place() -> m.Place | None:
        return (
            m.Place(lat=random.uniform(36, 36.1), lon=random.uniform(103.7, 103.9))
            if random.random() < 0.8
            else None
        )

    def windows(chance: float) -> list[m.Window]:
        starts = (
            [random.randrange(6, 12) for _ in range(random.randint(1, 2))]
            if random.random() < chance
            else []
        )
        return [
            window(start, start + random.randint(1, 9), day)
            for day, start in enumerate(starts, 1)
        ]

    def needs() -> list[m.SkillLevel | m.AnyOf]:
        found: list[m.SkillLevel | m.AnyOf] = []
        for _ in range(random.choice([0, 1, 1, 2])):
            found += (
                [m.AnyOf(any_of=some(m.SkillLevel))]
                if random.random() < 0.4
                else some(m.SkillLevel)[:1]
            )
        return found

    communities = ["C", "C1", "C2", "C11"]
    people = [
        m.Resource(
            id=f"R{r}",
            unit="U",
            kind=random.choice(["person", "Person", "fund"]),
            capacity=random.randint(0, 3),
            skills=some(m.SkillLevel, 0),
            available=windows(0.4),
            preferred=windows(0.4),
            place=place(),
            mode=random.choice(["both", "both", "online", "on_site"]),
            home=random.choice([None, *communities]),
            familiar=random.sample(communities, random.randint(0, 2)),
            preferences=[
                m.Preference(
                    category=random.choice(["x", "X", "y"]),
                    community=random.choice([None, *communities]),
                    points=random.randint(-90, 90),
                ),
                m.Preference(
                    community=random.choice(communities), points=random.randint(-90, 90)
                ),
            ],
        )
        for r in range(25)
    ]
    demands = [
        m.Demand(
            id=f"D{d}",
            community=random.choice(communities),
            category=random.choice([None, "x", "y"]),
            tier=random.randint(1, 2),
            weight=random.randint(0, 100),
            mode=random.choice(["on_site", "on_site", "online"]),
            windows=windows(0.5),
            place=place(),
            requirements=[
                m.Requirement(
                    id=f"Q{d}{q}",
                    kind=random.choice(["person", "fund"]),
                    skills=needs(),
                    wanted=random.randint(1, 3),
                )
                for q in range(2)
            ],
        )
        for d in range(12)
    ]
    anyone, anything = (
        [r.id for r in people],
        [q.id for d in demands for q in d.requirements],
    )
    rules: list[m.Rule] = [
        m.Forbid(resource=random.choice(anyone), requirement=random.choice(anything))
        for _ in range(20)
    ]
    rules += [
        m.MaxDistance(km=random.uniform(1, 20)),
        m.MaxDistance(km=random.uniform(0, 9), resource="R1"),
        m.MaxDistance(km=3, demand="D1"),
    ]
    rules += [
        m.MaxDistance(km=1, resource="R2", demand="D2"),
        m.Lock(resource="R3", requirement="Q30"),
    ]
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[
            m.Community(id=c, parent=p, place=place())
            for c, p in (("C", None), ("C1", "C"), ("C2", "C"), ("C11", "C1"))
        ],
        skills=[
            m.Skill(name="surgeon", parents=["Medic"]),
            m.Skill(name="law", aliases=["法律"]),
        ],
        resources=people,
        demands=demands,
        rules=rules,
        previous=[
            m.PreviousPair(
                resource=random.choice(anyone), requirement=random.choice(anything)
            )
            for _ in range(40)
        ],
        scores=[
            m.Scores(
                resource=name,
                requirements=(of := random.sample(anything, 5)),
                points=[random.randint(-90, 90) for _ in of],
            )
            for name in random.sample(anyone, 8)
        ],
        objective=m.Objective(**{term: random.choice([0, 1, 1, 3]) for term in TERMS}),
    )


def pairs_by_index_and_by_walk(
    seed: int,
) -> tuple[list[tuple[str, str]], set[tuple[str, str]], int]:
    """Pairs above random prices as the checker finds them, as a walk over all pairs does, and how many are
    eligible.
    """
    random = Random(seed)  # noqa: S311 - a seeded test, no secret
    problem = crowded(random)
    world = World(problem)
    plan = Plan(
        assignments=(),
        shortfalls=(),
        outcome=outcome(["weight"], [0], None, None),
        certificate=None,
    )
    case = Case(world, plan)
    names, heads = case.goals.names, (-1, 0, 0, 0, 1)

    def price() -> tuple[int, ...]:
        return (
            *(random.choice(heads) if random.random() < 0.3 else 0 for _ in names[1:]),
            random.randint(-100, 300),
        )

    proof = Certificate(
        goals=names,
        bound=(0,) * len(names),
        resources=tuple(Price(id=r.id, price=price()) for r in problem.resources),
        requirements=tuple(Price(id=q, price=price()) for q in world.roles),
    )
    checked = PriceProof(case, proof)
    found = [
        (resource.id, role.id) for resource, role, _, _ in above_their_prices(checked)
    ]

    expected, eligible = set(), 0
    for resource in problem.resources:
        for role in world.roles.values():
            used_up = (resource.id == "R3" and resource.capacity == 1) or (
                role.id == "Q30" and role.requirement.wanted == 1
            )
            if used_up or list(broken(world, resource, role)):
                continue
            eligible += 1
            worth = (*(0 for _ in names[1:]), checked.gain(resource.id, role.id)[-1])
            both = zip(
                checked.prices.resources[resource.id],
                checked.prices.requirements[role.id],
                strict=True,
            )
            if worth > tuple(a + b for a, b in both):
                expected.add((resource.id, role.id))
    return found, expected, eligible


def test_the_pairs_above_their_prices_are_those_of_a_walk_over_all_pairs() -> None:
    above = below = 0
    for seed in range(150):
        found, expected, eligible = pairs_by_index_and_by_walk(seed)
        assert len(found) == len(set(found)), seed
        assert set(found) == expected, seed
        above += len(expected)
        below += eligible - len(expected)
    assert above > 1000, "hardly any pair is above its prices: the test shows nothing"
    assert below > 1000, "hardly any pair is below its prices: the test shows nothing"
