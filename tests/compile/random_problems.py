"""Small valid problems at random, with every feature that the records have and many ties.

``random_problem(seeded(seed))`` gives the same problem for the same seed. Unless asked for more, problems are
such that a flow can express them: where a resource that is not divisible may serve two requirements, no two
that it could serve overlap in time. Locks are eligible and within every capacity and cap.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from matchkit.compile.why_not import why_ineligible
from matchkit.model import (
    AnyOf,
    Community,
    CommunityCap,
    Demand,
    Forbid,
    HoursBudget,
    Lock,
    MaxDistance,
    Objective,
    Place,
    Preference,
    PreviousPair,
    Problem,
    Requirement,
    ReserveShare,
    Resource,
    Skill,
    SkillLevel,
    Team,
    Unit,
    UnitCap,
    Window,
)
from matchkit.model.skill import Need

FACTORS = (
    "importance",
    "skill_fit",
    "distance",
    "preference",
    "familiarity",
    "previous",
    "score",
)
"""Factors that are drawn; those of terms added since are drawn beside, so that a seed's problem stays as it was."""
MONDAY = datetime(2026, 5, 4, tzinfo=UTC)
SPELLINGS = {
    "nursing": (
        "nursing",
        "Nursing",
        "\uff2e\uff35\uff32\uff33\uff29\uff2e\uff27",
        "care of the sick",
    ),
    "medic": ("medic", "MEDIC", "paramedic"),
    "surgeon": ("surgeon", "Surgeon"),
    "driving": ("driving", "driver"),
    "first aid": ("first aid", "First  Aid"),
    "law": ("law", "Law"),
}
"""Six skills, each by several names; "driver" has a record only where the problem gives one."""
RECORDS = (
    Skill(name="Nursing", aliases=["care of the sick"], parents=["first aid"]),
    Skill(name="medic", aliases=["paramedic"], parents=["First Aid"]),
    Skill(name="surgeon", parents=["Paramedic", "nursing"]),
    Skill(name="driving", aliases=["driver"]),
)
PLACES = (
    None,
    Place(lat=36.06, lon=103.83),
    Place(lat=36.10, lon=103.72),
    Place(lat=36.05, lon=103.88),
    Place(lat=36.0601, lon=103.8302),
)
CATEGORIES = (None, "health", "Health", "safety")


def seeded(seed: int) -> random.Random:
    """A generator of its own."""
    return random.Random(seed)  # noqa: S311 - seeded tests, no secret


def _window(rng: random.Random, day: int, longest: int) -> Window:
    start = MONDAY + timedelta(
        days=day, hours=rng.randint(7, 12), minutes=rng.choice((0, 0, 30))
    )
    return Window(start=start, end=start + timedelta(hours=rng.randint(1, longest)))


def _availability(rng: random.Random, days: int) -> list[Window]:
    if rng.random() < 0.4:
        return []
    if rng.random() < 0.5:
        return [
            Window(
                start=MONDAY + timedelta(hours=rng.randint(0, 9)),
                end=MONDAY + timedelta(days=rng.randint(1, days)),
            )
        ]
    found = [_window(rng, rng.randrange(days), 9) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.5:  # two that touch count as one
        found.append(
            Window(
                start=found[0].end,
                end=found[0].end + timedelta(hours=rng.randint(1, 5)),
            )
        )
    rng.shuffle(found)
    return found


def _skill(rng: random.Random, levels: int) -> SkillLevel:
    return SkillLevel(
        skill=rng.choice(
            SPELLINGS[rng.choice((*sorted(SPELLINGS), "nursing", "surgeon", "surgeon"))]
        ),
        level=rng.randint(1, levels),
    )


def _need(rng: random.Random) -> Need:
    return (
        AnyOf(any_of=[_skill(rng, 3) for _ in range(rng.randint(1, 3))])
        if rng.random() < 0.3
        else _skill(rng, 2)
    )


def _tree(rng: random.Random, ids: list[str]) -> dict[str, str | None]:
    """A parent among the ids before, in an order that has nothing to do with the alphabet."""
    order = rng.sample(ids, len(ids))
    return {
        name: rng.choice(order[:place]) if place and rng.random() < 0.6 else None
        for place, name in enumerate(order)
    }


def _below(parents: dict[str, str | None], node: str | None, top: str) -> bool:
    while node is not None and node != top:
        node = parents[node]
    return node == top


def random_problem(
    rng: random.Random, resources: int = 6, demands: int = 4, *, flow_only: bool = True
) -> Problem:
    """A problem with up to so many resources and demands.

    With ``flow_only`` false there may also be hours budgets, teams, and resources that overlaps make unfit
    for a flow.
    """
    style = rng.choice(("timeless", "apart", "overlapping"))
    units = _tree(rng, [f"U{n}" for n in range(1, rng.randint(2, 5))])
    communities = _tree(rng, [f"C{n}" for n in range(1, rng.randint(2, 6))])
    kinds = rng.choice(
        (
            ("person",),
            ("supplies",),
            ("person", "person", "Venue"),
            ("person", "supplies"),
        )
    )
    count = rng.randint(0 if rng.random() < 0.05 else 1, resources)

    def resource(number: int) -> Resource:
        kind = rng.choice(kinds)
        divisible = rng.choice((None, None, True, False))
        shared = kind.casefold() == "supplies" if divisible is None else divisible
        several = shared or style != "overlapping" or not flow_only
        return Resource(
            id=f"r{number}",
            unit=rng.choice(sorted(units)),
            kind=kind,
            name="Zhang San",
            skills=[_skill(rng, 3) for _ in range(rng.randint(0, 4))],
            capacity=rng.choice((0, 1, 1, 2, 3, 5))
            if several
            else rng.choice((0, 1, 1, 1)),
            divisible=divisible,
            available=_availability(rng, 3 if style != "apart" else demands),
            place=rng.choice(PLACES),
            mode=rng.choice(("on_site", "online", "both", "both")),
            home=rng.choice([None, *sorted(communities)]),
            familiar=[
                rng.choice(sorted(communities)) for _ in range(rng.randint(0, 2))
            ],
            preferences=[
                _preference(rng, sorted(communities)) for _ in range(rng.randint(0, 3))
            ],
        )

    def demand(number: int) -> Demand:
        windows: list[Window] = []
        if style == "overlapping" and rng.random() < 0.8:
            windows = [
                _window(rng, rng.randrange(3), 4) for _ in range(rng.randint(1, 3))
            ]
        elif style == "apart":
            windows = [_window(rng, number, 4)] if rng.random() < 0.8 else []
        roles = 1 if style == "apart" and windows else rng.randint(1, 3)
        return Demand(
            id=f"d{number}",
            community=rng.choice(sorted(communities)),
            category=rng.choice(CATEGORIES),
            tier=rng.choice((1, 1, 2, 3)),
            weight=rng.choice((100, 100, 0, 40, 1000)),
            windows=windows,
            place=rng.choice(PLACES),
            mode=rng.choice(("on_site", "on_site", "online")),
            requirements=[
                _requirement(rng, f"q{number}{chr(97 + role)}", kinds)
                for role in range(roles)
            ],
        )

    data: dict[str, Any] = {
        "units": [
            Unit(id=name, parent=parent) for name, parent in sorted(units.items())
        ],
        "communities": [
            Community(id=name, parent=parent, place=rng.choice(PLACES))
            for name, parent in sorted(communities.items())
        ],
        "resources": [resource(number) for number in range(count)],
        "demands": [demand(number) for number in range(rng.randint(1, demands))],
        "skills": RECORDS if rng.random() < 0.8 else (),
        "objective": Objective(**{name: rng.choice((0, 1, 1, 3)) for name in FACTORS})
        if rng.random() < 0.5
        else Objective(),
    }
    problem = Problem(**data)
    needs = [need.id for entry in problem.demands for need in entry.requirements]
    pairs = [(entry.id, need) for entry in problem.resources for need in needs]
    some = [pair for pair in pairs if rng.random() < 0.15]
    data["previous"] = [
        PreviousPair(resource=one, requirement=other) for one, other in some
    ]
    rules: list[Any] = [
        Forbid(resource=one, requirement=other)
        for one, other in pairs
        if rng.random() < 0.08
    ]
    rules += _distances(rng, problem)
    problem = Problem(**data, rules=rules)
    locks = _locks(rng, problem, pairs)
    rules += [
        Lock(resource=one, requirement=other, quantity=amount)
        for (one, other), amount in locks.items()
    ]
    if locks and rng.random() < 0.3:
        rules.append(
            Lock(resource=next(iter(locks))[0], requirement=next(iter(locks))[1])
        )  # the same pair again, with less or equal
    rules += _caps(rng, problem, units, communities, locks)
    if not flow_only:
        rules += [
            HoursBudget(resource=entry.id, minutes=rng.randint(0, 600))
            for entry in problem.resources
            if rng.random() < 0.2
        ]
        rules += [
            Team(demand=entry.id, least=1, most=rng.randint(1, 9))
            for entry in problem.demands
            if rng.random() < 0.2
        ]
    rng.shuffle(rules)
    return Problem(**data, rules=rules)


def _preference(rng: random.Random, communities: list[str]) -> Preference:
    category = rng.choice(CATEGORIES)
    community = (
        rng.choice([None, *communities])
        if category is not None
        else rng.choice(communities)
    )
    return Preference(
        category=category, community=community, points=rng.choice((-30, 10, 10, 25))
    )


def _requirement(rng: random.Random, name: str, kinds: tuple[str, ...]) -> Requirement:
    wanted = rng.choice((1, 1, 2, 3, 5))
    return Requirement(
        id=name,
        kind=rng.choice(kinds).upper() if rng.random() < 0.3 else rng.choice(kinds),
        skills=[_need(rng) for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3)))],
        wanted=wanted,
        minimum=rng.choice((0, 0, 1, wanted)),
    )


def _distances(rng: random.Random, problem: Problem) -> list[MaxDistance]:
    found: list[MaxDistance] = []
    if rng.random() < 0.3:
        found.append(MaxDistance(km=rng.choice((0.5, 5.0, 9.5, 12.0))))
    for resource in problem.resources:
        if rng.random() < 0.1:
            found.append(
                MaxDistance(km=rng.choice((0.0, 5.0, 11.0)), resource=resource.id)
            )
        if rng.random() < 0.1:
            found.append(
                MaxDistance(
                    km=4.0, resource=resource.id, demand=rng.choice(problem.demands).id
                )
            )
    return found + [
        MaxDistance(km=8.0, demand=demand.id)
        for demand in problem.demands
        if rng.random() < 0.1
    ]


def _locks(
    rng: random.Random, problem: Problem, pairs: list[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Locks of eligible pairs within what resources have and requirements want."""
    if rng.random() < 0.5:
        return {}
    left = {resource.id: resource.capacity for resource in problem.resources}
    wanted = {
        need.id: need.wanted
        for demand in problem.demands
        for need in demand.requirements
    }
    shared = {resource.id: resource.is_divisible for resource in problem.resources}
    busy: set[str] = set()
    found: dict[tuple[str, str], int] = {}
    for one, other in rng.sample(pairs, min(3, len(pairs))):
        most = (
            min(left[one], wanted[other])
            if shared[one]
            else min(left[one], wanted[other], int(one not in busy))
        )
        if most >= 1 and not why_ineligible(problem, one, other):
            amount = rng.randint(1, most)
            found[one, other] = amount
            left[one] -= amount
            wanted[other] -= amount
            busy.add(one)
    return found


def _caps(
    rng: random.Random,
    problem: Problem,
    units: dict[str, str | None],
    communities: dict[str, str | None],
    locks: dict[tuple[str, str], int],
) -> list[Any]:
    unit = {resource.id: resource.unit for resource in problem.resources}
    community = {
        need.id: demand.community
        for demand in problem.demands
        for need in demand.requirements
    }
    found: list[Any] = []
    for name in sorted(units):
        used = sum(
            amount
            for (one, _), amount in locks.items()
            if _below(units, unit[one], name)
        )
        total = sum(
            resource.capacity
            for resource in problem.resources
            if _below(units, resource.unit, name)
        )
        if rng.random() < 0.3:
            found.append(UnitCap(unit=name, most=used + rng.randint(0, 4)))
        percent = rng.choice((10, 25, 34, 50))
        if rng.random() < 0.25 and total * (100 - percent) // 100 >= used:
            found.append(ReserveShare(unit=name, percent=percent))
    for name in sorted(communities):
        used = sum(
            amount
            for (_, other), amount in locks.items()
            if _below(communities, community[other], name)
        )
        if rng.random() < 0.3:
            found.append(CommunityCap(community=name, most=used + rng.randint(0, 4)))
    return found


def shuffled(problem: Problem, rng: random.Random) -> Problem:
    """The same problem with every list of records in another order."""
    lists = {
        name: rng.sample(getattr(problem, name), len(getattr(problem, name)))
        for name in (
            "units",
            "communities",
            "resources",
            "demands",
            "skills",
            "rules",
            "previous",
        )
    }
    lists["demands"] = [
        demand.model_copy(
            update={
                "requirements": tuple(
                    rng.sample(demand.requirements, len(demand.requirements))
                )
            }
        )
        for demand in lists["demands"]
    ]
    return Problem(**lists, note=problem.note, objective=problem.objective)


def with_wishes(problem: Problem, seed: int) -> Problem:
    """The problem with preferred windows around the times of its demands, for about half of the resources."""
    rng = random.Random(f"wishes {seed}")  # noqa: S311 - the same wishes every time
    times = [window for demand in problem.demands for window in demand.times]

    def wished() -> list[Window]:
        found = []
        for window in rng.choices(times, k=rng.randint(0, 3)) if times else ():
            start = window.start + timedelta(
                seconds=rng.choice((-3600, -90, 0, 0, 59, 1800))
            )
            found.append(
                Window(
                    start=start,
                    end=start + timedelta(seconds=rng.choice((30, 60, 1799, 7200))),
                )
            )
        return found

    return Problem.model_validate(
        problem.model_dump()
        | {
            "resources": [
                {
                    **resource.model_dump(),
                    "preferred": wished() if rng.random() < 0.5 else [],
                }
                for resource in problem.resources
            ],
            "objective": {
                **problem.objective.model_dump(),
                "undesired": rng.choice((0, 1, 1, 3)),
            },
        }
    )
