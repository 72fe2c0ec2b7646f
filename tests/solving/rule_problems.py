"""Small problems at random with every rule of docs/rules.md, small enough that every plan can be listed.

``rule_problem(seed)`` gives the same problem for the same seed. Moments lie around midnights of several
zones, days on which clocks change, ends of weeks and of a year.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from random_problems import FACTORS, seeded
from rule_draws import (
    CATEGORIES,
    GROUPS,
    ORDER,
    ROSTERS,
    Draw,
    added_kind,
    added_rule,
    drawn_aims,
    drawn_rules,
    set_asides,
)

import matchkit.model as m

ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")
EVES = (
    datetime(2026, 5, 7, tzinfo=UTC),  # nothing special
    datetime(2026, 3, 28, tzinfo=UTC),  # Berlin's clocks go forward the next day
    datetime(2026, 10, 24, tzinfo=UTC),  # and back
    datetime(2026, 3, 7, tzinfo=UTC),  # New York's go forward
    datetime(2026, 12, 31, tzinfo=UTC),  # ISO week 53 holds days of both years
    datetime(2026, 8, 9, tzinfo=UTC),  # a Sunday: the week ends with it
)
PLACES = (
    None,
    m.Place(lat=30.0, lon=100.0),
    m.Place(lat=30.02, lon=100.0),
    m.Place(lat=30.09, lon=100.01),
)
SKILLS = (
    m.Skill(name="nurse", aliases=["Carer"], parents=["first aid"]),
    m.Skill(name="surgeon", parents=["nurse"]),
)
SPELLINGS = ("nurse", "Nurse", "carer", "surgeon", "first aid", "FIRST  AID", "drive")
KINDS = (
    ("person",),
    ("person", "Person"),
    ("person", "Person", "PERSON", "supplies"),
    ("venue", "Venue"),
    ("supplies",),
)
SHAPES = (
    (1, 3),
    (1, 4),
    (2, 2),
    (2, 3),
    (2, 3),
    (2, 4),
    (3, 2),
    (3, 3),
    (3, 3),
    (3, 4),
    (4, 1),
    (4, 2),
    (4, 3),
    (4, 4),
)
"""Resources and demands."""
ABOUT_TIME = ("count_budget", "hours_budget", "longest_run", "rest", "travel")
"""Rules that bind only one who could serve several demands at their times: their problems are drawn so."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the records of one problem are drawn from; in a ``plain`` one next to everybody is eligible for
    everything.
    """

    kinds: Sequence[str]
    dimensions: Sequence[str]
    places: Sequence[m.Place | None]
    units: Sequence[str]
    communities: Sequence[str]
    eve: datetime
    style: str
    plain: bool
    flexible: bool


def rule_problem(seed: int, *, large: bool = False, added: bool = False) -> m.Problem:
    """The problem of a seed; a large one has far more plans than can be listed. ``added``: with categories of
    demands and one rule more, of the kinds in ``ADDED``; else the same, but where that rule is about days.
    """
    rng = seeded(seed)
    about_days = added and added_kind(seed) in ROSTERS
    about_time = about_days or ORDER[seed % len(ORDER)] in ABOUT_TIME
    count, demands = (
        rng.choice(
            ((1, 4), (1, 5), (2, 3))
            if about_days
            else ((1, 3), (2, 3))
            if about_time
            else SHAPES
        )
        if seed % 29
        else rng.choice(((0, 2), (2, 0), (0, 0)))
    )
    count, demands = (
        (rng.randint(5, 8), rng.randint(4, 7)) if large else (count, demands)
    )
    units = _forest(rng, [f"U{n}" for n in range(rng.randint(1, 3))])
    communities = _forest(rng, [f"C{n}" for n in range(rng.randint(1, 3))])
    ways = Ways(
        kinds=rng.choice(KINDS[:2] if about_time else KINDS),
        dimensions=rng.choice(((), (), ("seats",), ("seats", "Seats", "kg"))),
        places=rng.choice((PLACES[1:],) if about_time else (PLACES, PLACES[1:])),
        units=tuple(units),
        communities=tuple(communities),
        eve=rng.choice(EVES),
        style=rng.choice(
            ("roster",)
            if about_days
            else ("near", "days")
            if about_time
            else ("near", "days", "days", "crowd", "free")
        ),
        plain=about_time or rng.random() < 0.6,
        flexible=rng.random() < 0.35,
    )
    data: dict[str, Any] = {
        "units": [m.Unit(id=name, parent=parent) for name, parent in units.items()],
        "communities": [
            m.Community(id=name, parent=parent, place=rng.choice(ways.places))
            for name, parent in communities.items()
        ],
        "resources": [_resource(rng, n, ways) for n in range(count)],
        "demands": [_demand(rng, n, ways) for n in range(demands)],
        "skills": SKILLS,
    }
    needs = [need.id for entry in data["demands"] for need in entry.requirements]
    pairs = [(entry.id, need) for entry in data["resources"] for need in needs]
    data["previous"] = [
        m.PreviousPair(resource=one, requirement=other)
        for one, other in pairs
        if rng.random() < 0.3
    ]
    data["scores"] = _scores(rng, data["resources"], needs)
    if added:
        others = seeded(-1_000_000_000 - seed)
        data["demands"] = [
            demand.model_copy(update={"category": others.choice(CATEGORIES)})
            for demand in data["demands"]
        ]
        data["resources"] = [
            resource.model_copy(
                update={"groups": others.choice(((), GROUPS[:1], GROUPS[1:], GROUPS))}
            )
            for resource in data["resources"]
        ]
    draw = Draw(rng, m.Problem(**data), ZONES, SPELLINGS)
    rules = drawn_rules(draw, seed)
    if added:
        rules += added_rule(
            Draw(seeded(-1 - seed), draw.problem, ZONES, SPELLINGS), seed
        )
        rules += set_asides(
            Draw(seeded(-2_000_000_000 - seed), draw.problem, ZONES, SPELLINGS), seed
        )
    tiers = sorted(
        {entry.tier for entry in data["demands"]}
        | {rule.soft.tier for rule in rules if rule.soft and rule.soft.tier}
    )
    terms = (
        {name: rng.choice((0, 1, 1, 2)) for name in FACTORS}
        if rng.random() < 0.6
        else {}
    )
    data["objective"] = m.Objective(**terms, aims=drawn_aims(rng, tiers))
    return m.Problem(**data, rules=rules)


def _forest(rng: random.Random, ids: Sequence[str]) -> dict[str, str | None]:
    order = rng.sample(ids, len(ids))
    return {
        name: rng.choice(order[:place]) if place and rng.random() < 0.7 else None
        for place, name in enumerate(order)
    }


def _scores(
    rng: random.Random, resources: Sequence[m.Resource], needs: Sequence[str]
) -> list[m.Scores]:
    style, found = rng.choice(("none", "tied", "mixed", "negative")), []
    for entry in resources:
        points = {
            "none": (0,),
            "tied": (0, 20),
            "mixed": (-300, -7, 0, 13, 250),
            "negative": (-400, -230),
        }[style]
        names = [need for need in needs if rng.random() < 0.7]
        if style != "none" and names:
            found.append(
                m.Scores(
                    resource=entry.id,
                    requirements=names,
                    points=[rng.choice(points) for _ in names],
                )
            )
    return found


def _skill(rng: random.Random) -> m.SkillLevel:
    return m.SkillLevel(skill=rng.choice(SPELLINGS), level=rng.choice((1, 1, 2, 3)))


def _resource(rng: random.Random, n: int, ways: Ways) -> m.Resource:
    kind = rng.choice(ways.kinds)
    divisible = rng.choice((None, None, None, True, False))
    shared = divisible or (divisible is None and kind == "supplies")
    wishes = [
        m.Preference(
            community=rng.choice(ways.communities), points=rng.choice((-100, -10, 30))
        )
    ]
    return m.Resource(
        id=f"r{n}",
        unit=rng.choice(ways.units),
        kind=kind,
        divisible=divisible,
        capacity=rng.choice(
            (0, 1, 1, 1, 2, 2, 2, 2, 2, 2)
            if shared
            else (0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3)
        ),
        skills=[_skill(rng) for _ in range(rng.choice((0, 1, 2, 3)))],
        available=[] if ways.plain else _availability(rng, ways.eve),
        place=rng.choice(ways.places),
        mode="both"
        if ways.plain
        else rng.choice(("both", "both", "both", "on_site", "online")),
        home=rng.choice((None, *ways.communities)),
        familiar=[name for name in ways.communities if rng.random() < 0.2],
        preferences=wishes if rng.random() < 0.3 else [],
        loads=[
            m.Load(dimension=name, amount=rng.randint(1, 4))
            for name in ways.dimensions
            if rng.random() < 0.9
        ],
        activation=rng.choice((0, 0, 0, 40, 150, 900)),
    )


def _availability(rng: random.Random, eve: datetime) -> list[m.Window | m.Weekly]:
    chance = rng.random()
    if chance < 0.4:
        return []
    if chance < 0.7:  # a weekly pattern through the days on which clocks change
        first = eve.date() - timedelta(days=1)
        shift = rng.choice((("00:00", "24:00"), ("06:00", "02:30"), ("20:00", "12:00")))
        return [
            m.Weekly(
                zone=rng.choice(ZONES),
                days=range(1, 8),
                start=shift[0],
                end=shift[1],
                first=first,
                last=_later(first, 4),
            )
        ]
    start = eve + timedelta(hours=rng.choice((-10, 0, 8, 16)))
    return [
        m.Window(start=start, end=start + timedelta(hours=rng.choice((12, 30, 60))))
    ]


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _windows(
    rng: random.Random, eve: datetime, style: str
) -> list[m.Window | m.Weekly]:
    """Around the midnights after ``eve``; some begin or end within a minute, or hold a midnight."""
    if style == "free" and rng.random() < 0.6:
        return []
    if rng.random() < 0.08:
        first = eve.date()
        return [
            m.Weekly(
                zone=rng.choice(ZONES),
                days=range(1, 8),
                start="22:00",
                end="03:00",
                first=first,
                last=_later(first, 1),
            )
        ]
    found: list[m.Window] = []
    for _ in range(rng.choice((1, 1, 1, 2))):
        hours = {
            "near": (14, 16, 20, 22, 23, 25),
            "days": (10, 22, 34, 45, 46, 58, 70),
            "roster": (8, 32, 46, 56, 80, 104),
            "crowd": (20, 21, 22),
            "free": (8, 30),
        }[style]
        start = eve + timedelta(
            hours=rng.choice(hours),
            minutes=rng.choice((0, 0, 0, 15)),
            seconds=rng.choice((0, 0, 0, 0, 30)),
        )
        if found and rng.random() < 0.3:  # two that touch are one
            start = found[-1].end
        minutes = rng.choice((30, 60, 90, 120, 180, 300))
        found.append(
            m.Window(
                start=start,
                end=start
                + timedelta(minutes=minutes, seconds=rng.choice((0, 0, 0, 0, 1))),
            )
        )
    return list(found)


def _requirement(rng: random.Random, name: str, ways: Ways) -> m.Requirement:
    wanted = rng.choice((1, 1, 2, 2, 3))
    needs: list[Any] = [_skill(rng), m.AnyOf(any_of=[_skill(rng), _skill(rng)])]
    return m.Requirement(
        id=name,
        kind=rng.choice(ways.kinds),
        skills=[] if ways.plain or rng.random() < 0.6 else [rng.choice(needs)],
        wanted=wanted,
        minimum=rng.choice((0, 0, 1, wanted)),
        uses=[
            m.Load(dimension=name, amount=rng.choice((0, 1, 1, 2)))
            for name in ways.dimensions
            if rng.random() < 0.5
        ],
    )


def _demand(rng: random.Random, n: int, ways: Ways) -> m.Demand:
    windows = _windows(rng, ways.eve, ways.style)
    roles = [
        _requirement(rng, f"q{n}{letter}", ways)
        for letter in rng.choice(("a", "a", "ab"))
    ]
    minutes: int | None = None
    step = 60
    if ways.flexible and windows and rng.random() < 0.7:
        spans = m.Demand(
            id="d", community="c", requirements=roles, windows=windows
        ).times
        longest = max((span.end - span.start) // timedelta(minutes=1) for span in spans)
        minutes = max(1, longest // rng.choice((1, 2, 2, 3))) + rng.choice(
            (0,) * 9 + (200,)
        )
        step = max(1, min(1_440, (longest - minutes) // rng.choice((1, 2)) or 60))
    return m.Demand(
        id=f"d{n}",
        community=rng.choice(ways.communities),
        tier=rng.choice((1, 1, 2, 3)),
        weight=rng.choice((0, 10, 100, 100, 100)),
        windows=windows,
        minutes=minutes,
        step=step,
        place=rng.choice(ways.places),
        mode=rng.choice(("on_site", "on_site", "on_site", "on_site", "online")),
        requirements=roles,
    )
