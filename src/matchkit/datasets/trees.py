"""The two trees of the invented city: departments and their offices on the offering side; districts, streets,
communities and neighbourhood units on the asking side. Names are made of a small stock of syllables, with a
marker in front, so that none looks real.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from matchkit.datasets.draws import Draws
from matchkit.datasets.parameters import EAST, NORTH, SCALES, SOUTH, WEST, CityScale
from matchkit.model import Community, Place, Unit

MARKER: Final = "虚构"
"""In front of every name of a person, unit, community or demand: "invented"."""

FIRST: Final = ("云", "澄", "岫", "禾", "霁", "岚", "沐", "晴", "朔", "榆", "汀", "麓")
SECOND: Final = ("川", "禾", "屿", "桐", "溪", "棠", "原", "泽", "槿", "帆", "苇", "砚")
_DEPARTMENTS: Final = ("事务局", "服务中心", "协调办", "保障处", "发展局", "管理处")
_OFFICES: Final = (
    "综合科",
    "业务一科",
    "业务二科",
    "联络科",
    "资料科",
    "后勤科",
    "窗口科",
    "巡访科",
)
_PEOPLE_AN_OFFICE, _OFFICES_A_DEPARTMENT = 35, 8
ROOT_UNIT, ROOT_COMMUNITY = "U", "K"


def _syllables(number: int) -> str:
    """Two syllables that differ for numbers below 144."""
    return (
        FIRST[number % len(FIRST)]
        + SECOND[(number // len(FIRST) + number) % len(SECOND)]
    )


def _department(number: int) -> str:
    """Name of department 0, 1, ..."""
    return f"{MARKER}·{_syllables(number)}{_DEPARTMENTS[number % len(_DEPARTMENTS)]}"


def _office(of: str, number: int) -> str:
    """Name of office 0, 1, ... of a department."""
    return f"{of}{_OFFICES[number % len(_OFFICES)]}"


def _area(number: int, kind: str) -> str:
    """Name of district, street or community 0, 1, ..., such as 虚构·澄川街道; the number keeps it apart past
    143.
    """
    again = number // (len(FIRST) * len(SECOND))
    return f"{MARKER}·{_syllables(number)}{'' if not again else '东西南北中'[again - 1]}{kind}"


class Units(NamedTuple):
    """The records, and the ids of departments and of offices, each in order."""

    records: list[Unit]
    departments: list[str]
    offices: list[str]


def units_of(scale: CityScale) -> Units:
    """About 35 people an office, 8 offices a department."""
    offices_wanted = -(-scale.people // _PEOPLE_AN_OFFICE)
    found = Units([Unit(id=ROOT_UNIT, name=f"{MARKER}市")], [], [])
    for number in range(offices_wanted):
        department, office = divmod(number, _OFFICES_A_DEPARTMENT)
        parent = f"{ROOT_UNIT}{department:02d}"
        title = _department(department)
        if office == 0:
            found.records.append(Unit(id=parent, name=title, parent=ROOT_UNIT))
            found.departments.append(parent)
        found.records.append(
            Unit(id=f"{parent}-{office}", name=_office(title, office), parent=parent)
        )
        found.offices.append(f"{parent}-{office}")
    return found


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


def areas_of(scale: CityScale, draws: Draws) -> Areas:
    """Districts side by side along the valley, streets in them, communities around streets, leaves around
    those.
    """
    found = Areas([Community(id=ROOT_COMMUNITY, name=f"{MARKER}市")], [], {})
    width = (EAST - WEST) / SCALES["city"].districts
    for d in range(scale.districts):
        district = f"{ROOT_COMMUNITY}{d + 1}"
        found.records.append(
            Community(id=district, name=_area(d, "区"), parent=ROOT_COMMUNITY)
        )
        for s in _share(scale.streets, scale.districts, d):
            street = f"{district}-{s + 1:02d}"
            lat = SOUTH + (NORTH - SOUTH) * (0.08 + 0.84 * draws.random())
            lon = WEST + width * (d + 0.08 + 0.84 * draws.random())
            found.records.append(
                Community(id=street, name=_area(10 + s, "街道"), parent=district)
            )
            _add_street(found, scale, draws, street, s, (lat, lon))
    return found


def _add_street(
    found: Areas,
    scale: CityScale,
    draws: Draws,
    street: str,
    s: int,
    centre: tuple[float, float],
) -> None:
    found.communities[street] = []
    for c in _share(scale.communities, scale.streets, s):
        community, title = f"{street}-{c + 1:03d}", _area(c, "社区")
        middle = near(draws, *centre, reach=0.012)
        found.records.append(
            Community(id=community, name=title, parent=street, place=middle)
        )
        found.communities[street].append(community)
        for number, n in enumerate(
            _share(scale.neighbourhoods, scale.communities, c), 1
        ):
            leaf = Neighbourhood(
                f"{community}-{n + 1:04d}",
                f"{title}第{number}网格",
                near(draws, middle.lat, middle.lon, 0.005),
                community,
                street,
            )
            found.records.append(
                Community(
                    id=leaf.id, name=leaf.name, parent=community, place=leaf.place
                )
            )
            found.leaves.append(leaf)
