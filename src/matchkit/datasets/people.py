"""The invented people: each of one office, free by one weekly pattern, living near one neighbourhood unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from matchkit.datasets import names, skills
from matchkit.datasets.draws import Draws, Mix
from matchkit.datasets.neighbourhoods import Areas, Neighbourhood, near
from matchkit.datasets.parameters import STRAINED, UNFAMILIAR, WILLING, Scale
from matchkit.datasets.units import Units
from matchkit.datasets.week import PATTERNS
from matchkit.model import Preference, Resource

Mode = Literal["on_site", "online", "both"]

_MODES: Final[Mix[Mode]] = Mix([("both", 55), ("on_site", 40), ("online", 5)])
_LIKED: Final = (
    "应急值守",
    "医疗健康",
    "助老助残",
    "法律服务",
    "就业帮扶",
    "社区治理",
    "文体活动",
    "治安巡防",
    "环境整治",
    "课业辅导",
)
_PREFERENCES: Final = {
    (category, points): Preference(category=category, points=points)
    for category in _LIKED
    for points in (-30, 10, 20, 40)
}
_CHOICES: Final = tuple(_PREFERENCES.values())


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
    first, second = draws.one_of(_CHOICES), draws.one_of(_CHOICES)
    wanted = draws.whole(0, 2)
    return (first, second)[:wanted] if first.category != second.category else (first,)[:wanted]


def people_of(scale: Scale, units: Units, areas: Areas, draws: Draws) -> Iterator[Resource]:
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
            skills=skills.of_a_person(draws),
            capacity=int(draws.chance(WILLING.value)),
            available=shorter if draws.chance(STRAINED.value) else usual,
            place=near(draws, lives_in.place.lat, lives_in.place.lon, 0.01, digits=3),
            mode=_MODES.draw(draws),
            home=home,
            familiar=familiar,
            preferences=_preferences(draws),
        )
