"""The community tree of the generated city: districts, streets, communities and, as leaves, neighbourhood
units.
"""

from __future__ import annotations

from typing import NamedTuple

from matchkit.datasets import names
from matchkit.datasets.draws import Draws
from matchkit.datasets.parameters import EAST, NORTH, SCALES, SOUTH, WEST, Scale
from matchkit.model import Community, Place

ROOT = "K"


class Neighbourhood(NamedTuple):
    """One smallest unit: its id, name and place, and the community and street it lies in."""

    id: str
    name: str
    place: Place
    community: str
    street: str


class Areas(NamedTuple):
    """The records of the whole tree, its leaves, and the communities of each street."""

    records: list[Community]
    leaves: list[Neighbourhood]
    communities: dict[str, list[str]]


def near(draws: Draws, lat: float, lon: float, reach: float, digits: int = 4) -> Place:
    """A place within ``reach`` degrees of a point, kept in the box; 4 digits are about 10 m, 3 about
    100 m.
    """
    north = min(max(lat + reach * draws.spread(), SOUTH), NORTH)
    east = min(max(lon + reach * draws.spread(), WEST), EAST)
    return Place(lat=round(north, digits), lon=round(east, digits))


def _share(total: int, parts: int, number: int) -> range:
    """Numbers that fall to part ``number`` when ``total`` things are dealt out evenly, in order."""
    return range(total * number // parts, total * (number + 1) // parts)


def areas_of(scale: Scale, draws: Draws) -> Areas:
    """Districts side by side along the valley, streets in them, communities around streets, leaves around
    those.
    """
    found = Areas([Community(id=ROOT, name=f"{names.MARKER}市")], [], {})
    width = (EAST - WEST) / SCALES["city"].districts
    for d in range(scale.districts):
        district = f"{ROOT}{d + 1}"
        found.records.append(Community(id=district, name=names.area(d, "区"), parent=ROOT))
        for s in _share(scale.streets, scale.districts, d):
            street = f"{district}-{s + 1:02d}"
            lat = SOUTH + (NORTH - SOUTH) * (0.08 + 0.84 * draws.random())
            lon = WEST + width * (d + 0.08 + 0.84 * draws.random())
            found.records.append(
                Community(id=street, name=names.area(10 + s, "街道"), parent=district)
            )
            _add_street(found, scale, draws, street, s, (lat, lon))
    return found


def _add_street(
    found: Areas, scale: Scale, draws: Draws, street: str, s: int, centre: tuple[float, float]
) -> None:
    found.communities[street] = []
    for c in _share(scale.communities, scale.streets, s):
        community, title = f"{street}-{c + 1:03d}", names.area(c, "社区")
        middle = near(draws, *centre, reach=0.012)
        found.records.append(Community(id=community, name=title, parent=street, place=middle))
        found.communities[street].append(community)
        for number, n in enumerate(_share(scale.neighbourhoods, scale.communities, c), 1):
            leaf = Neighbourhood(
                f"{community}-{n + 1:04d}",
                f"{title}第{number}网格",
                near(draws, middle.lat, middle.lon, 0.005),
                community,
                street,
            )
            found.records.append(
                Community(id=leaf.id, name=leaf.name, parent=community, place=leaf.place)
            )
            found.leaves.append(leaf)
