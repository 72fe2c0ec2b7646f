"""The rules of the generated city: distances, caps, reserves and a few forbidden pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from matchkit.datasets.draws import Draws
from matchkit.datasets.neighbourhoods import Areas
from matchkit.datasets.parameters import (
    FARTHEST_KM,
    FARTHEST_KM_URGENT,
    MOST_OF_A_COMMUNITY,
    MOST_OF_AN_OFFICE,
    RESERVE,
)
from matchkit.datasets.units import Units
from matchkit.model import (
    CommunityCap,
    Demand,
    Forbid,
    MaxDistance,
    ReserveShare,
    Resource,
    Rule,
    UnitCap,
)

_OFFICES_A_CAP, _DEPARTMENTS_A_RESERVE, _COMMUNITIES_A_CAP, _PEOPLE_A_FORBID = 3, 5, 20, 400


def rules_of(
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
        yield UnitCap(unit=office, most=staff[office] * int(MOST_OF_AN_OFFICE.value) // 100)
    for department in units.departments[::_DEPARTMENTS_A_RESERVE]:
        yield ReserveShare(unit=department, percent=int(RESERVE.value))
    wanted: Counter[str] = Counter()
    for leaf, demand in zip(areas.leaves, demands, strict=True):
        wanted[leaf.community] += sum(requirement.wanted for requirement in demand.requirements)
    for community in sorted(wanted)[::_COMMUNITIES_A_CAP]:
        yield CommunityCap(
            community=community, most=wanted[community] * int(MOST_OF_A_COMMUNITY.value) // 100
        )
    for person in people[::_PEOPLE_A_FORBID]:
        yield Forbid(resource=person.id, requirement=draws.one_of(demands).requirements[0].id)
