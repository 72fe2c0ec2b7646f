"""One demand a neighbourhood unit, with one requirement or more."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.datasets.categories import CATEGORIES, Category
from matchkit.datasets.draws import Draws
from matchkit.datasets.neighbourhoods import Areas
from matchkit.model import Demand, Requirement


def _requirements(category: Category, demand: str, draws: Draws) -> tuple[Requirement, ...]:
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
