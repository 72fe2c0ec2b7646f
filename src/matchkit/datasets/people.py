"""The invented people: each of one office, with some skills, free by one weekly pattern, living near one
neighbourhood unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from matchkit.datasets import names
from matchkit.datasets.draws import Draws, Mix
from matchkit.datasets.parameters import (
    BELOW_EMERGENCY_2,
    BELOW_MEDIATION_2,
    CITY,
    NEEDS_ONBOARDING,
    STRAINED,
    UNFAMILIAR,
    WILLING,
    CityScale,
)
from matchkit.datasets.trees import Areas, Neighbourhood, Units, near
from matchkit.datasets.week import PATTERNS
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

Mode = Literal["on_site", "online", "both"]
_MODES: Final[Mix[Mode]] = Mix([("both", 55), ("on_site", 40), ("online", 5)])
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
        draws.one_of(areas.communities[lives_in.street]) for _ in range(draws.whole(0, 2))
    } - {lives_in.community}
    return lives_in.community, tuple(sorted(others))


def _preferences(draws: Draws) -> tuple[Preference, ...]:
    first, second = draws.one_of(_PREFERENCES), draws.one_of(_PREFERENCES)
    wanted = draws.whole(0, 2)
    return (first, second)[:wanted] if first.category != second.category else (first,)[:wanted]


def people_of(scale: CityScale, units: Units, areas: Areas, draws: Draws) -> Iterator[Resource]:
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
            name=names.person(draws),
            skills=of_a_person(draws),
            capacity=int(draws.chance(WILLING.value)),
            available=shorter if draws.chance(STRAINED.value) else usual,
            place=near(draws, lives_in.place.lat, lives_in.place.lon, 0.01, digits=3),
            mode=_MODES.draw(draws),
            home=home,
            familiar=familiar,
            preferences=_preferences(draws),
        )
