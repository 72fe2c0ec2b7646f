"""The generated city: all parts drawn from one seed and put together, and the rules of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from matchkit.arguments import is_whole
from matchkit.datasets.demands import demands_of
from matchkit.datasets.draws import Draws
from matchkit.datasets.parameters import (
    FARTHEST_KM,
    FARTHEST_KM_URGENT,
    MOST_OF_A_COMMUNITY,
    MOST_OF_AN_OFFICE,
    RESERVE,
    SCALES,
    STATED,
    ScaleName,
)
from matchkit.datasets.resources import RECORDS, people_of, stocks_of
from matchkit.datasets.trees import Areas, Units, areas_of, units_of
from matchkit.datasets.week import ZONE
from matchkit.errors import InputError
from matchkit.model import (
    CommunityCap,
    Demand,
    Forbid,
    MaxDistance,
    Problem,
    ReserveShare,
    Resource,
    Rule,
    UnitCap,
)

_OFFICES_A_CAP, _DEPARTMENTS_A_RESERVE, _COMMUNITIES_A_CAP, _PEOPLE_A_FORBID = (
    3,
    5,
    20,
    400,
)
_NOTE = """本数据由程序生成，人员、单位、社区、需求及其位置均为虚构，不代表任何真实人群或机构。
Generated data: every person, unit, community, demand and place is invented and stands for no real population.
Scale {scale}, seed {seed}: {people:,} people, {leaves:,} neighbourhood units. Size: {source}.
Figures used as parameters of the generator, not as facts:
{figures}"""


def _checked(scale: str, seed: object) -> int:
    if scale not in SCALES:
        raise InputError.of(
            "scale", "dataset.scale", "argument.word", known=tuple(SCALES)
        )
    if not is_whole(seed, 0, 2**256):
        raise InputError.of("seed", "dataset.seed")
    return int(seed)


def city(scale: ScaleName = "street", seed: int = 0) -> Problem:
    """The invented city at a scale, the same to the byte for the same scale and seed.

    ``street`` has 300 people and 60 neighbourhood units, ``district`` 2,985 and 773, ``city`` 14,000 and
    2,791; every neighbourhood unit has one demand with one requirement or more. ``Problem.note`` says that
    all is invented and lists the figures used with their sources (``matchkit.datasets.STATED``). Raises
    InputError for another scale or seed.
    """
    seed = _checked(scale, seed)
    size = SCALES[scale]
    units = units_of(size)
    areas = areas_of(size, Draws(seed, "areas"))
    resources = [
        *people_of(size, units, areas, Draws(seed, "people")),
        *stocks_of(size, units, areas, Draws(seed, "stocks")),
    ]
    demands = list(demands_of(areas, Draws(seed, "demands")))
    figures = "\n".join(
        f"- {figure.value:g}: {figure.used_as} [{figure.source}]" for figure in STATED
    )
    return Problem(
        zone=ZONE,
        note=_NOTE.format(
            scale=scale,
            seed=seed,
            people=size.people,
            leaves=size.neighbourhoods,
            source=size.source,
            figures=figures,
        ),
        units=tuple(units.records),
        communities=tuple(areas.records),
        resources=tuple(resources),
        demands=tuple(demands),
        skills=RECORDS,
        rules=tuple(_rules_of(units, areas, resources, demands, Draws(seed, "rules"))),
    )


def _rules_of(
    units: Units,
    areas: Areas,
    resources: Sequence[Resource],
    demands: Sequence[Demand],
    draws: Draws,
) -> Iterator[Rule]:
    """Rules as data. Only one community in twenty has a cap, so that most of the city stays a plain flow."""
    yield MaxDistance(km=float(FARTHEST_KM.value))
    for demand in demands:
        if demand.tier == 1 and demand.mode == "on_site" and draws.chance(0.2):
            yield MaxDistance(km=float(FARTHEST_KM_URGENT.value), demand=demand.id)
    people = [resource for resource in resources if resource.kind == "person"]
    staff = Counter(person.unit for person in people)
    for office in units.offices[::_OFFICES_A_CAP]:
        yield UnitCap(
            unit=office, most=staff[office] * int(MOST_OF_AN_OFFICE.value) // 100
        )
    for department in units.departments[::_DEPARTMENTS_A_RESERVE]:
        yield ReserveShare(unit=department, percent=int(RESERVE.value))
    wanted: Counter[str] = Counter()
    for leaf, demand in zip(areas.leaves, demands, strict=True):
        wanted[leaf.community] += sum(
            requirement.wanted for requirement in demand.requirements
        )
    for community in sorted(wanted)[::_COMMUNITIES_A_CAP]:
        yield CommunityCap(
            community=community,
            most=wanted[community] * int(MOST_OF_A_COMMUNITY.value) // 100,
        )
    for person in people[::_PEOPLE_A_FORBID]:
        yield Forbid(
            resource=person.id, requirement=draws.one_of(demands).requirements[0].id
        )
