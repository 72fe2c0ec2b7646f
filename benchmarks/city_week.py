"""The generated city's week with time and loads switched on: people serve several demands, move between them
and carry goods.

Everything here is a stated parameter of this generator, invented, about nobody; the city beneath it is
``matchkit.datasets.city``.
"""

from __future__ import annotations

from random import Random

import matchkit as mk
from matchkit.datasets.parameters import ScaleName
from matchkit.model import Demand, Load, Requirement, Resource, Rest, Travel
from matchkit.model.text import key

MOST_DEMANDS = 4
"""Demands a willing person serves in the week at most, drawn 1 to this, all alike."""
WEEK_MINUTES, DAY_MINUTES = 20 * 60, 8 * 60
REST_MINUTES, KMH = 30, 20
"""Between two demands of a person: so long a rest at least, and the way at this speed."""
ZONE = "Asia/Shanghai"

KILOGRAMS, SEATS = "kilograms", "seats"
UNIT_KILOGRAMS = {
    "蔬菜包": 8,
    "米面油包": 15,
    "防护用品": 2,
    "消毒用品": 5,
    "应急药箱": 3,
}
"""What one unit of a line of goods weighs."""
MOVED = (40, 100)
"""Percent of a line's weight that its unit can move this week, drawn from and to."""
CARRIED = {"货车驾驶": 400, "驾驶": 120, "物资配送": 60}
"""Kilograms that a person brings to people's doors in the week, by the best of these skills."""
DELIVERED = (20, 40, 60)
"""Kilograms of each slot of a delivery, one of these."""
ROOM_SEATS, HALL_SEATS, GUESTS = (
    (20, 80),
    (200, 600),
    {"会议室": (15, 60), "体育馆": (100, 400)},
)
"""Seats of a room and of a hall, and for how many guests each is asked for, drawn from and to."""


def city_week(scale: ScaleName = "street", seed: int = 0) -> mk.Problem:
    """The city at a scale as a problem of one week, the same for the same scale and seed. Raises InputError
    as ``city`` does.

    Rooms and halls stay lent once in the week, as in the city: a load is what a resource has in all, and
    seats are there again for the next guests.
    """
    city = mk.datasets.city(scale, seed)
    rng = Random(f"matchkit city week, seed {seed}")  # noqa: S311 - no secret is drawn here
    rules = (
        mk.rules.HoursBudget(
            kind="person", minutes=WEEK_MINUTES, per="week", zone=ZONE
        ),
        mk.rules.HoursBudget(kind="person", minutes=DAY_MINUTES, per="day", zone=ZONE),
        Rest(kind="person", minutes=REST_MINUTES),
        Travel(kind="person", kmh=KMH),
    )
    return mk.Problem(
        note=(
            f"{city.note}\nA week's problem made of it by a benchmark: capacities, loads and rules on "
            "time are invented too."
        ),
        units=city.units,
        communities=city.communities,
        resources=tuple(_resource(resource, rng) for resource in city.resources),
        demands=tuple(_demand(demand, rng) for demand in city.demands),
        skills=city.skills,
        rules=(*city.rules, *rules),
    )


def _resource(given: Resource, rng: Random) -> Resource:
    held = {key(skill.skill) for skill in given.skills}
    changed: dict[str, object] = {}
    if given.kind == "person":
        changed["capacity"] = given.capacity * _whole(
            rng, 1, MOST_DEMANDS
        )  # who declined has 0, and keeps it
        if carried := max(
            (most for skill, most in CARRIED.items() if key(skill) in held), default=0
        ):
            changed["loads"] = (Load(dimension=KILOGRAMS, amount=carried),)
    elif given.kind == "supplies":
        weighs = next(
            each for goods, each in UNIT_KILOGRAMS.items() if key(goods) in held
        )
        changed["loads"] = (
            Load(
                dimension=KILOGRAMS,
                amount=given.capacity * weighs * _whole(rng, *MOVED) // 100,
            ),
        )
    elif given.kind == "venue":
        seats = _whole(rng, *(HALL_SEATS if key("体育馆") in held else ROOM_SEATS))
        changed["loads"] = (Load(dimension=SEATS, amount=seats),)
    return given.model_copy(update=changed)


def _demand(given: Demand, rng: Random) -> Demand:
    needs = tuple(
        need.model_copy(
            update={
                "uses": _uses(need, first=number == 0, category=given.category, rng=rng)
            }
        )
        for number, need in enumerate(given.requirements)
    )
    return given.model_copy(update={"requirements": needs})


def _uses(
    need: Requirement, *, first: bool, category: str | None, rng: Random
) -> tuple[Load, ...]:
    """What a slot uses: the first role of a delivery carries, goods weigh, and a room must have seats for the
    guests.
    """
    asked = {skill.skill for skill in need.skills if isinstance(skill, mk.SkillLevel)}
    if need.kind == "person" and first and category == "物资配送":
        return (
            Load(
                dimension=KILOGRAMS,
                amount=DELIVERED[_whole(rng, 0, len(DELIVERED) - 1)],
            ),
        )
    if need.kind == "supplies":
        return tuple(
            Load(dimension=KILOGRAMS, amount=UNIT_KILOGRAMS[goods])
            for goods in sorted(asked)
        )
    if need.kind == "venue":
        return tuple(
            Load(dimension=SEATS, amount=_whole(rng, *GUESTS[room]))
            for room in sorted(asked)
        )
    return ()


def _whole(rng: Random, low: int, high: int) -> int:
    return low + int(rng.random() * (high - low + 1))
