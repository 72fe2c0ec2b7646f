"""The demands of the invented city: the categories that communities list and what each asks for, and one
demand a neighbourhood unit with one requirement or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from matchkit.datasets.draws import Draws, Mix
from matchkit.datasets.parameters import CITY
from matchkit.datasets.trees import Areas
from matchkit.datasets.week import ANY_TIME, DAYTIME, EVENINGS, WEEKENDS
from matchkit.model import AnyOf, Demand, Need, Requirement, SkillLevel, Window


class DrawnRole(NamedTuple):
    """A requirement to be: its kind, needs, and bounds on how many are wanted; asked for with this
    probability.
    """

    needs: tuple[Need, ...]
    least: int
    most: int
    kind: str = "person"
    share: float = 1.0


class Category(NamedTuple):
    """A demand to be: its tier, when it may take place, its roles, and the share that is online."""

    name: str
    tier: int
    shifts: list[tuple[Window, ...]]
    roles: tuple[DrawnRole, ...]
    online: float = 0.0


def _need(text: str) -> Need:
    """A need as city.toml writes it: ``急救:2|医护:3`` is either skill at its level."""
    levels = [one.partition(":") for one in text.split("|")]
    choices = tuple(
        SkillLevel(skill=skill, level=int(level or 1)) for skill, _, level in levels
    )
    return choices[0] if len(choices) == 1 else AnyOf(any_of=choices)


def _category(stated: Mapping[str, Any]) -> Category:
    roles = (
        DrawnRole(**{**role, "needs": tuple(map(_need, role["needs"]))})
        for role in stated["roles"]
    )
    shifts = [shift for times in stated["times"] for shift in _SHIFTS[times]]
    online = stated.get("online", 0.0)
    return Category(stated["name"], stated["tier"], shifts, tuple(roles), online)


_SHIFTS: Final = {
    "any_time": ANY_TIME,
    "daytime": DAYTIME,
    "evenings": EVENINGS,
    "weekends": WEEKENDS,
}
CATEGORIES: Final = Mix(
    [(_category(stated), stated["share"]) for stated in CITY["category"]]
)


def _requirements(
    category: Category, demand: str, draws: Draws
) -> tuple[Requirement, ...]:
    """The roles asked for; only the first role of a tier-1 demand has a minimum, about half of what is
    wanted.
    """
    found = []
    for number, role in enumerate(category.roles):
        wanted = draws.whole(role.least, role.most)
        if draws.chance(role.share):
            minimum = (wanted + 1) // 2 if category.tier == 1 and number == 0 else 0
            found.append(
                Requirement(
                    id=f"{demand}.{number + 1}",
                    kind=role.kind,
                    skills=role.needs,
                    wanted=wanted,
                    minimum=minimum,
                )
            )
    return tuple(found)


def demands_of(areas: Areas, draws: Draws) -> Iterator[Demand]:
    """A demand for each neighbourhood unit, at its place; an online demand keeps only its roles for
    people.
    """
    for number, leaf in enumerate(areas.leaves, 1):
        category, demand = CATEGORIES.draw(draws), f"D{number:04d}"
        requirements = _requirements(category, demand, draws)
        online = draws.chance(category.online)
        yield Demand(
            id=demand,
            community=leaf.id,
            name=f"{leaf.name}{category.name}",
            category=category.name,
            tier=category.tier,
            weight=draws.whole(2, 20) * 10,
            windows=draws.one_of(category.shifts),
            mode="online" if online else "on_site",
            requirements=tuple(r for r in requirements if r.kind != "venue")
            if online
            else requirements,
        )
