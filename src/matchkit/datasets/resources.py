"""What the units of the invented city offer: people, each of one office, with some skills, free by one weekly
pattern, living near one neighbourhood unit; and goods, services, parking bays and rooms.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from matchkit.datasets.draws import Draws, Mix
from matchkit.datasets.parameters import (
    BELOW_EMERGENCY_2,
    BELOW_MEDIATION_2,
    CITY,
    LINES_OF_GOODS,
    LINES_OF_SERVICES,
    MEETING_ROOMS,
    NEEDS_ONBOARDING,
    PARKING_BAYS,
    SCALES,
    SPORTS_HALLS,
    STRAINED,
    UNFAMILIAR,
    WILLING,
    CityScale,
    Stated,
)
from matchkit.datasets.trees import (
    FIRST,
    MARKER,
    SECOND,
    Areas,
    Neighbourhood,
    Units,
    near,
)
from matchkit.datasets.week import ALL_DAYS, NIGHTS, PATTERNS, WEEKEND, window
from matchkit.model import Preference, Resource, Skill, SkillLevel

COMMUNITY_WORK, EMERGENCY, MEDIATION = "社区工作", "应急处置", "矛盾调解"

RECORDS: Final = tuple(
    Skill(
        name=stated["name"],
        aliases=tuple(stated.get("aliases", ())),
        parents=tuple(stated.get("parents", ())),
    )
    for stated in CITY["skills"]
)
"""Skills that have another spelling or count as a broader one: a surgeon counts as a medic."""

ModeName = Literal["on_site", "online", "both"]
_MODES: Final[Mix[ModeName]] = Mix([("both", 55), ("on_site", 40), ("online", 5)])
_SPECIAL: Final[Mix[str]] = Mix(CITY["skill_shares"])
_HELD: Final = {
    (name, level): SkillLevel(skill=name, level=level)
    for name in (COMMUNITY_WORK, EMERGENCY, MEDIATION, *dict(CITY["skill_shares"]))
    for level in (1, 2, 3)
    if name
}
_PREFERENCES: Final = tuple(
    Preference(category=category, points=points)
    for category in CITY["liked"]
    for points in (-30, 10, 20, 40)
)


def _level(draws: Draws, below_two: float) -> int:
    return 1 if draws.chance(below_two) else draws.whole(2, 3)


def _special(draws: Draws) -> SkillLevel | None:
    name = _SPECIAL.draw(draws)
    return _HELD[name, draws.whole(1, 3)] if name else None


def of_a_person(draws: Draws) -> tuple[SkillLevel, ...]:
    """The skills of one person: three that the survey asked about, and none to two of their own."""
    base = (
        _HELD[COMMUNITY_WORK, _level(draws, NEEDS_ONBOARDING.value)],
        _HELD[EMERGENCY, _level(draws, BELOW_EMERGENCY_2.value)],
        _HELD[MEDIATION, _level(draws, BELOW_MEDIATION_2.value)],
    )
    first = _special(draws)
    second = _special(draws) if draws.chance(1 / 3) else None
    if second is not None and first is not None and second.skill == first.skill:
        second = None
    return base + tuple(skill for skill in (first, second) if skill is not None)


def _known_areas(
    draws: Draws, areas: Areas, lives_in: Neighbourhood
) -> tuple[str | None, tuple[str, ...]]:
    """Home community and up to two more of its street; for most people, none at all."""
    if draws.chance(UNFAMILIAR.value):
        return None, ()
    others = {
        draws.one_of(areas.communities[lives_in.street])
        for _ in range(draws.whole(0, 2))
    } - {lives_in.community}
    return lives_in.community, tuple(sorted(others))


def _preferences(draws: Draws) -> tuple[Preference, ...]:
    first, second = draws.one_of(_PREFERENCES), draws.one_of(_PREFERENCES)
    wanted = draws.whole(0, 2)
    return (
        (first, second)[:wanted]
        if first.category != second.category
        else (first,)[:wanted]
    )


def _person(draws: Draws) -> str:
    """A person's name, such as 虚构·云禾. Many people share one."""
    return f"{MARKER}·{draws.one_of(FIRST)}{draws.one_of(SECOND)}"


def people_of(
    scale: CityScale, units: Units, areas: Areas, draws: Draws
) -> Iterator[Resource]:
    """One resource a person, capacity 1: a person who declines this week stays on the list with
    capacity 0.
    """
    for number in range(scale.people):
        lives_in = draws.one_of(areas.leaves)
        usual, shorter = PATTERNS.draw(draws)
        home, familiar = _known_areas(draws, areas, lives_in)
        yield Resource(
            id=f"P{number + 1:05d}",
            unit=units.offices[number % len(units.offices)],
            name=_person(draws),
            skills=of_a_person(draws),
            capacity=int(draws.chance(WILLING.value)),
            available=shorter if draws.chance(STRAINED.value) else usual,
            place=near(draws, lives_in.place.lat, lives_in.place.lon, 0.01, digits=3),
            mode=_MODES.draw(draws),
            home=home,
            familiar=familiar,
            preferences=_preferences(draws),
        )


GOODS: Final = ("蔬菜包", "米面油包", "防护用品", "消毒用品", "应急药箱")
SERVICES: Final = ("上门理发", "家电检修", "健康咨询")
ROOM, HALL, BAY = "会议室", "体育馆", "停车位"

_ROOM_HOURS: Final = tuple(window(day, 8, 22) for day in ALL_DAYS)
_HALL_HOURS: Final = tuple(window(day, 18, 22) for day in range(5)) + tuple(
    window(day, 8, 22) for day in WEEKEND
)
_BAYS_A_LINE: Final = 40


def _part(of: Stated, scale: CityScale) -> int:
    """The stated number in proportion to the people of the scale, at least 2."""
    return max(2, round(of.value * scale.people / SCALES["city"].people))


def stocks_of(
    scale: CityScale, units: Units, areas: Areas, draws: Draws
) -> Iterator[Resource]:
    """Divisible stocks (supplies, service, equipment) and rooms of capacity 1, each of a department."""
    for letter, kind, title, lines, offered, least, most in (
        ("G", "supplies", "物资", LINES_OF_GOODS, GOODS, 10, 40),
        ("F", "service", "服务", LINES_OF_SERVICES, SERVICES, 2, 6),
    ):
        for number in range(_part(lines, scale)):
            yield Resource(
                id=f"{letter}{number + 1:03d}",
                unit=draws.one_of(units.departments),
                kind=kind,
                name=f"{MARKER}{title}{number + 1}",
                skills=(SkillLevel(skill=offered[number % len(offered)]),),
                capacity=draws.whole(least, most),
            )
    bays = _part(PARKING_BAYS, scale)
    for number, first in enumerate(range(0, bays, _BAYS_A_LINE), 1):
        yield Resource(
            id=f"E{number:03d}",
            unit=draws.one_of(units.departments),
            kind="equipment",
            name=f"{MARKER}停车场{number}",
            skills=(SkillLevel(skill=BAY),),
            capacity=min(_BAYS_A_LINE, bays - first),
            available=NIGHTS,
            place=draws.one_of(areas.leaves).place,
            mode="on_site",
        )
    rooms, halls = _part(MEETING_ROOMS, scale), _part(SPORTS_HALLS, scale)
    for number in range(rooms + halls):
        hall = number >= rooms
        yield Resource(
            id=f"V{number + 1:03d}",
            unit=draws.one_of(units.departments),
            kind="venue",
            name=f"{MARKER}{HALL if hall else ROOM}{number + 1}",
            skills=(SkillLevel(skill=HALL if hall else ROOM),),
            available=_HALL_HOURS if hall else _ROOM_HOURS,
            place=draws.one_of(areas.leaves).place,
            mode="on_site",
        )
