"""What units lend and give besides people: goods, services, parking bays and rooms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matchkit.datasets import names
from matchkit.datasets.draws import Draws
from matchkit.datasets.parameters import (
    LINES_OF_GOODS,
    LINES_OF_SERVICES,
    MEETING_ROOMS,
    PARKING_BAYS,
    SCALES,
    SPORTS_HALLS,
    CityScale,
    Stated,
)
from matchkit.datasets.trees import Areas, Units
from matchkit.datasets.week import ALL_DAYS, NIGHTS, WEEKEND, window
from matchkit.model import Resource, SkillLevel

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


def stocks_of(scale: CityScale, units: Units, areas: Areas, draws: Draws) -> Iterator[Resource]:
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
                name=f"{names.MARKER}{title}{number + 1}",
                skills=(SkillLevel(skill=offered[number % len(offered)]),),
                capacity=draws.whole(least, most),
            )
    bays = _part(PARKING_BAYS, scale)
    for number, first in enumerate(range(0, bays, _BAYS_A_LINE), 1):
        yield Resource(
            id=f"E{number:03d}",
            unit=draws.one_of(units.departments),
            kind="equipment",
            name=f"{names.MARKER}停车场{number}",
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
            name=f"{names.MARKER}{HALL if hall else ROOM}{number + 1}",
            skills=(SkillLevel(skill=HALL if hall else ROOM),),
            available=_HALL_HOURS if hall else _ROOM_HOURS,
            place=draws.one_of(areas.leaves).place,
            mode="on_site",
        )
