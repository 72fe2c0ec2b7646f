"""The offering side's tree: the city, its departments and their offices."""

from __future__ import annotations

from typing import NamedTuple

from matchkit.datasets import names
from matchkit.datasets.parameters import Scale
from matchkit.model import Unit

_PEOPLE_AN_OFFICE, _OFFICES_A_DEPARTMENT = 35, 8
ROOT = "U"


class Units(NamedTuple):
    """The records, and the ids of departments and of offices, each in order."""

    records: list[Unit]
    departments: list[str]
    offices: list[str]


def units_of(scale: Scale) -> Units:
    """About 35 people an office, 8 offices a department."""
    offices_wanted = -(-scale.people // _PEOPLE_AN_OFFICE)
    found = Units([Unit(id=ROOT, name=f"{names.MARKER}市")], [], [])
    for number in range(offices_wanted):
        department, office = divmod(number, _OFFICES_A_DEPARTMENT)
        parent = f"{ROOT}{department:02d}"
        title = names.department(department)
        if office == 0:
            found.records.append(Unit(id=parent, name=title, parent=ROOT))
            found.departments.append(parent)
        found.records.append(
            Unit(id=f"{parent}-{office}", name=names.office(title, office), parent=parent)
        )
        found.offices.append(f"{parent}-{office}")
    return found
