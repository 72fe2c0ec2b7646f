"""An invented problem with every rule at once: people of some units, a week of timed demands, halls, cars and
a fund.

All figures are stated parameters of this generator, about nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import matchkit as mk
from matchkit.model import (
    AllOrNothing,
    ChooseAtMost,
    CountBudget,
    Cover,
    KeepApart,
    KeepTogether,
    Least,
    Load,
    LocalMember,
    LongestRun,
    NotAfter,
    NotBoth,
    Rest,
    ShortestBreak,
    ShortestRun,
    SkillCount,
    Soft,
    Trainees,
    Travel,
    UnitShare,
    UnitsRepresented,
    WeekendBudget,
)
from matchkit.model.rules import RuleRecord

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)
SKILLS = (
    "first aid",
    "driving",
    "mediation",
    "tutoring",
    "cooking",
    "repairs",
    "law",
    "nursing",
)
UNITS, COMMUNITIES = 12, 20
DIMENSIONS = ("kilograms", "seats")


def _hours(first: int, last: int) -> mk.Window:
    return mk.Window(
        start=MONDAY + timedelta(hours=first), end=MONDAY + timedelta(hours=last)
    )


def _place(rng: Random) -> mk.Place:
    return mk.Place(lat=36 + rng.random() * 0.2, lon=103.7 + rng.random() * 0.3)


def every_rule(people: int = 300, demands: int = 100, seed: int = 0) -> mk.Problem:
    """A problem in which every kind of rule, hard and soft, and every other tie between pairs occurs."""
    rng = Random(seed)  # noqa: S311 - no secret is drawn here
    units = [
        mk.Unit(
            id=f"unit {n:02}", parent=None if n < 4 else f"unit {rng.randrange(4):02}"
        )
        for n in range(UNITS)
    ]
    communities = [
        mk.Community(
            id=f"community {n:02}",
            parent=None if n < 5 else f"community {rng.randrange(5):02}",
            place=_place(rng),
        )
        for n in range(COMMUNITIES)
    ]
    resources = [_person(rng, n) for n in range(people)] + [
        _other(rng, n) for n in range(people // 15)
    ]
    listed = [_demand(rng, n) for n in range(demands)]
    return mk.Problem(
        note="Invented.",
        units=units,
        communities=communities,
        resources=resources,
        demands=listed,
        rules=_rules(rng, resources, listed),
        previous=[
            mk.PreviousPair(resource=r.id, requirement=d.requirements[0].id)
            for r, d in zip(
                rng.sample(resources[:people], demands // 2), listed, strict=False
            )
        ],
    )


def _person(rng: Random, number: int) -> mk.Resource:
    days = sorted(rng.sample(range(7), rng.randint(3, 6)))
    return mk.Resource(
        id=f"person {number:03}",
        unit=f"unit {rng.randrange(UNITS):02}",
        capacity=rng.randint(2, 6),
        skills=[
            mk.SkillLevel(skill=name, level=rng.randint(1, 4))
            for name in rng.sample(SKILLS, rng.randint(1, 3))
        ],
        available=[
            _hours(
                24 * day + rng.choice((7, 8, 12)), 24 * day + rng.choice((18, 20, 22))
            )
            for day in days
        ],
        place=_place(rng),
        home=f"community {rng.randrange(COMMUNITIES):02}",
        mode=rng.choice(("both", "both", "on_site")),
        loads=[Load(dimension="kilograms", amount=rng.choice((20, 40, 60)))],
        activation=rng.choice((0, 0, 10)),
    )


def _other(rng: Random, number: int) -> mk.Resource:
    kind = ("venue", "equipment", "fund")[number % 3]
    return mk.Resource(
        id=f"{kind} {number:03}",
        unit=f"unit {rng.randrange(UNITS):02}",
        kind=kind,
        capacity=1_000 if kind == "fund" else 8,
        place=_place(rng) if kind == "venue" else None,
        loads=[Load(dimension="seats", amount=rng.choice((50, 100, 400)))]
        if kind == "venue"
        else (),
        activation=30 if kind == "venue" else 0,
    )


def _demand(rng: Random, number: int) -> mk.Demand:
    start = 24 * rng.randrange(7) + rng.randint(8, 16)
    flexible = number % 10 == 0
    needs = [
        mk.Requirement(
            id=f"need {number:03}-{role}",
            wanted=(wanted := rng.randint(1, 5)),
            minimum=rng.choice((0, 1, wanted)),
            skills=[mk.SkillLevel(skill=rng.choice(SKILLS), level=rng.randint(1, 2))]
            if rng.random() < 0.8
            else (),
            uses=[Load(dimension="kilograms", amount=rng.choice((5, 10)))]
            if rng.random() < 0.3
            else (),
        )
        for role in range(rng.randint(1, 3))
    ]
    if number % 7 == 0:
        needs.append(
            mk.Requirement(
                id=f"hall {number:03}",
                kind="venue",
                minimum=1,
                uses=[Load(dimension="seats", amount=40)],
            )
        )
    if number % 9 == 0:
        needs.append(
            mk.Requirement(
                id=f"money {number:03}",
                kind="fund",
                wanted=rng.randint(20, 200),
                minimum=20,
            )
        )
    return mk.Demand(
        id=f"demand {number:03}",
        community=f"community {rng.randrange(COMMUNITIES):02}",
        category="early" if start % 24 < 12 else "late",
        tier=rng.choice((1, 2, 2, 3)),
        weight=rng.randint(0, 300),
        windows=[_hours(start, start + (6 if flexible else rng.randint(1, 4)))],
        minutes=120 if flexible else None,
        mode="online" if rng.random() < 0.15 else "on_site",
        requirements=needs,
    )


def _rules(
    rng: Random, resources: list[mk.Resource], demands: list[mk.Demand]
) -> list[RuleRecord]:
    people = [resource.id for resource in resources if resource.kind == "person"]
    halls = [resource.id for resource in resources if resource.kind == "venue"]
    names = [demand.id for demand in demands]
    rules: list[RuleRecord] = [
        mk.rules.MaxDistance(km=12),
        mk.rules.MaxDistance(km=8, soft=Soft(price=3)),
        mk.rules.HoursBudget(kind="person", minutes=20 * 60, per="week"),
        mk.rules.HoursBudget(
            kind="person",
            minutes=6 * 60,
            per="day",
            zone="Asia/Shanghai",
            soft=Soft(price=1),
        ),
        CountBudget(kind="person", most=4, per="days", days=3),
        LongestRun(kind="person", days=4, zone="Asia/Shanghai"),
        ShortestRun(kind="person", days=2, zone="Asia/Shanghai", soft=Soft(price=5)),
        ShortestBreak(kind="person", days=2, zone="Asia/Shanghai", soft=Soft(price=5)),
        WeekendBudget(kind="person", most=0, zone="Asia/Shanghai", soft=Soft(price=5)),
        NotAfter(kind="person", category="early", after="late", zone="Asia/Shanghai"),
        CountBudget(kind="person", most=2, category="late"),
        Rest(kind="person", minutes=15),
        Rest(kind="venue", minutes=30),
        Rest(kind="person", minutes=120, soft=Soft(price=5)),
        Travel(kmh=25),
        ChooseAtMost(resources=halls, most=max(1, len(halls) - 2)),
    ]
    for unit in range(0, UNITS, 3):
        rules.append(mk.rules.UnitCap(unit=f"unit {unit:02}", most=len(people) // 3))
        rules.append(
            mk.rules.ReserveShare(
                unit=f"unit {unit + 1:02}", percent=20, soft=Soft(tier=2)
            )
        )
    for number in range(0, COMMUNITIES, 4):
        rules.append(
            mk.rules.CommunityCap(
                community=f"community {number:02}", most=len(demands) // 2
            )
        )
        rules.append(
            UnitShare(
                unit="unit 00",
                community=f"community {number + 1:02}",
                least=1,
                most=10,
                soft=Soft(price=20),
            )
        )
    for number in range(0, len(demands), 5):
        made = demands[number]
        most = sum(need.wanted for need in made.requirements)
        skill = mk.SkillLevel(skill=rng.choice(SKILLS), level=2)
        kind = number // 5 % 8
        if kind == 0:
            rules.append(mk.rules.Team(demand=made.id, least=min(2, most), most=most))
        elif kind == 1:
            rules.append(
                Cover(
                    demand=made.id,
                    skills=[SkillCount(skill=skill.skill, level=3)],
                    counting="several",
                    soft=Soft(price=50),
                )
            )
        elif kind == 2:
            asked = [SkillCount(skill=name, level=2) for name in rng.sample(SKILLS, 2)]
            rules.append(
                Cover(demand=made.id, skills=asked, counting="one", soft=Soft(tier=3))
            )
        elif kind == 3:
            rules.append(Trainees(demand=made.id, senior=skill, most=2))
        elif kind == 4:
            rules.append(UnitsRepresented(demand=made.id, least=min(2, most)))
        elif kind == 5:
            rules.append(LocalMember(demand=made.id, soft=Soft(price=15)))
        elif kind == 6:
            rules.append(AllOrNothing(demand=made.id))
        else:
            rules.append(
                mk.rules.Team(
                    demand=made.id,
                    least=1,
                    most=max(1, most - 1),
                    soft=Soft(no_worse=True),
                )
            )
    for number in range(0, len(people) - 2, 60):
        rules.append(KeepTogether(resources=people[number : number + 2]))
        rules.append(
            KeepApart(resources=people[number + 2 : number + 5], soft=Soft(price=10))
        )
    for number in range(5):
        rules.append(
            mk.rules.Forbid(
                resource=people[number], requirement=demands[number].requirements[0].id
            )
        )
        rules.append(
            mk.rules.Lock(
                resource=people[-number - 1],
                requirement=demands[-number - 1].requirements[0].id,
                soft=Soft(price=40),
            )
        )
    rules.append(
        mk.rules.HoursBudget(resource=people[7], minutes=240, soft=Soft(no_worse=True))
    )
    rules += [
        NotBoth(demands=names[1:4]),
        NotBoth(demands=names[4:10], soft=Soft(price=10)),
        Least(unit="unit 03", quantity=2),
        Least(community="community 02", quantity=3, soft=Soft(price=20)),
    ]
    return rules
