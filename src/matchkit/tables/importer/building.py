"""Rows of all tables to the plain data that Problem(...) is made of, and where each record came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matchkit.messages.message import Message
from matchkit.model import FACTORS
from matchkit.model.history import RATIOS
from matchkit.model.rules import KINDS
from matchkit.model.text import key
from matchkit.tables.columns.mapping import BoundingBox
from matchkit.tables.columns.schemas import ASKED, BY_NAME, ROLE
from matchkit.tables.findings import Notices
from matchkit.tables.importer.combined_columns import (
    Roles,
    plain_records,
    read_places,
    read_roles,
    tell_demands,
    tell_places,
    tell_resources,
)
from matchkit.tables.importer.ids import (
    MADE,
    IdsByName,
    number_rows,
    refuse_names,
    resolve,
)
from matchkit.tables.importer.ranking_rows import ranking_records
from matchkit.tables.importer.table_rows import TableRows, row_groups
from matchkit.tables.location import where

Data = dict[str, Any]

_PLACED = ("lat", "lon", "place")
_SOFT = {"soft_price": "price", "soft_tier": "tier", "soft_no_worse": "no_worse"}
_IN_ZONES = {kind for kind, record in KINDS.items() if "zone" in record.model_fields}
"""The rules that part the days by the midnight of a zone."""


@dataclass(slots=True)
class Built:
    """The data of a problem, and of each of its records the row it came from."""

    data: Data
    rows: Mapping[str, TableRows]
    roles: Roles
    groups: dict[str, list[list[int]]] = field(default_factory=dict)
    """Of records that take several rows (scores, rankings, aims), these rows."""


def built(
    tables: Mapping[str, TableRows],
    settings: Mapping[str, Any],
    bounds: BoundingBox | None,
    notices: Notices,
) -> Built:
    """The data of the problem that the tables hold, as far as cells could be read."""
    rows = {
        name: tables.get(name) or TableRows(table) for name, table in BY_NAME.items()
    }
    for table in rows.values():
        number_rows(table, notices)
    _resolve(rows, notices)
    refuse_names(rows, notices)
    _required(rows, notices)
    _stand_in(rows)
    places = {
        name: read_places(rows[name], notices)
        for name in ("communities", "resources", "demands")
    }
    tell_places(
        [(rows[name], held) for name, held in places.items()],
        bounds or settings.get("bounds"),
        notices,
    )
    roles = read_roles(rows["demands"], tables.get("requirements"), notices)
    tell_resources(rows["resources"], notices)
    tell_demands(rows["demands"], notices)
    data: Data = {}
    for name in _PLAIN:
        fields = {
            column.name: rows[name].column(column.name)
            for column in rows[name].table.columns
            if _is_field(name, column.name)
        }
        if name in places:
            fields["place"] = places[name]
        data[name] = plain_records(fields)
    for record, held in zip(data["demands"], roles.data, strict=True):
        record["requirements"] = held
    found = Built(data, rows, roles)
    data["rules"] = _rules(rows["rules"], settings.get("zone"))
    data["scores"] = _scores(rows["scores"], found)
    data["rankings"], found.groups["rankings"] = ranking_records(
        rows["rankings"], notices
    )
    data["objective"] = _objective(rows["aims"], settings, found)
    for name in MADE:
        data[name] += _added(name, rows, notices)
    data |= {
        name: settings[name]
        for name in ("note", "zone", "round")
        if settings.get(name) is not None
    }
    return found


_PLAIN = (
    "units",
    "communities",
    "resources",
    "demands",
    "skills",
    "previous",
    "reference",
    "nominations",
    "channels",
    "history",
)
"""Tables of which each row is a record."""


def _is_field(table: str, column: str) -> bool:
    if column in _PLACED or column.endswith((" start", " end")):
        return False
    return table != "demands" or column not in ROLE


_SOUND: Mapping[str, Any] = {"measure": "weight", "whole": 1}
"""What stands in for a required cell by its kind."""


def _named_first(name: str, rows: Mapping[str, TableRows]) -> dict[str, str]:
    """The ids of a table that is missing, and which table names each first."""
    found: dict[str, str] = {}
    for table, column in MADE[name]:
        for value in dict.fromkeys(rows[table].column(column)):
            for one in (
                () if value is None else (value,) if isinstance(value, str) else value
            ):
                found.setdefault(one, table)
    return found


def first_named(
    name: str, one: str, rows: Mapping[str, TableRows]
) -> tuple[TableRows, int, str] | None:
    """Where a record of a table that is missing is named first: the rows, the row and the column."""
    for table, column in MADE.get(name, ()):
        for number, value in enumerate(rows[table].column(column)):
            if value == one or (isinstance(value, tuple) and one in value):
                return rows[table], number, column
    return None


def _resolve(rows: Mapping[str, TableRows], notices: Notices) -> None:
    names = {
        name: IdsByName(rows[name].column("id"), rows[name].column("name"))
        for name in ("units", "communities", "demands")
    }
    names["resources"] = IdsByName(
        rows["resources"].column("id")
    )  # their names are personal
    names["requirements"] = IdsByName(
        (*rows["requirements"].column("id"), *rows["demands"].column("id"))
    )
    for name in MADE:
        if not rows[name].count:
            first: dict[str, str] = {}
            for one in _named_first(name, rows):
                first.setdefault(key(one), one)
            names[name] = IdsByName(first.values())
    for table in rows.values():
        if table.count:
            resolve(table, names, notices)


def _required(rows: Mapping[str, TableRows], notices: Notices) -> None:
    for table in rows.values():
        for column in table.table.columns:
            if (
                not column.required
                or column.name in ("id", "setting")
                or column.name not in table.values
            ):
                continue
            for number, value in enumerate(table.values[column.name]):
                if value is None and not table.is_faulty(number, column.name, notices):
                    sheet, row = table.sheet_of(number)
                    notices.faulty.add((sheet.number, row, column.name))
                    fact, advice = Message("tables.required"), Message("tables.fill")
                    table.fault(notices, number, column.name, fact, advice)


def _stand_in(rows: Mapping[str, TableRows]) -> None:
    """Puts something sound where a required cell has a fault, so that no record complains of it once more:
    the fault is told already.
    """
    for table in rows.values():
        for column in table.table.columns:
            if (
                not column.required
                or not table.count
                or column.kind in ("rule", "setting")
            ):
                continue
            values = table.column(column.name)
            if None not in values:
                continue
            known = (
                next(
                    (
                        one
                        for one in rows[column.refers].column("id")
                        if one is not None
                    ),
                    None,
                )
                if column.refers
                else None
            )
            other = _SOUND.get(column.kind) or known or "?"
            table.values[column.name] = [
                (f"?{number}" if column.name == "id" else other)
                if value is None
                else value
                for number, value in enumerate(values)
            ]


def _added(name: str, rows: Mapping[str, TableRows], notices: Notices) -> list[Data]:
    """Records of units or communities that have no table of their own, or an empty one, from the lists that
    name them.
    """
    if rows[name].count:
        return []
    ids = _named_first(name, rows)
    if ids:
        table = next(iter(ids.values()))
        notices.found(
            "added",
            where(rows[table].sheets[0].grid),
            Message.of(f"tables.added.{name}", count=len(ids)),
        )
    return [{"id": one} for one in ids]


def _rules(rows: TableRows, zone: str | None) -> list[Data]:
    """The rules; where a row names no zone, days are parted in the zone that the tables are read in."""
    records = plain_records(
        {column.name: rows.column(column.name) for column in rows.table.columns}
    )
    for record in records:
        soft = {
            field: record.pop(name) for name, field in _SOFT.items() if name in record
        }
        if soft:
            record["soft"] = soft
        if zone is not None and record.get("rule") in _IN_ZONES:
            record.setdefault("zone", zone)
    return records


def _scores(rows: TableRows, found: Built) -> list[Data]:
    groups = row_groups(rows.column("resource"))
    found.groups["scores"] = groups
    requirements, points = rows.column("requirement"), rows.column("points")
    records = []
    for numbers in groups:
        held = [
            number
            for number in numbers
            if requirements[number] is not None or points[number] is not None
        ]
        whole = [number for number in held if requirements[number] is not None]
        record = {
            "resource": rows.column("resource")[numbers[0]],
            "requirements": [requirements[number] for number in whole],
            "points": [points[number] for number in held if points[number] is not None],
        }
        records.append(
            {name: value for name, value in record.items() if value is not None}
        )
    return records


def _objective(rows: TableRows, settings: Mapping[str, Any], found: Built) -> Data:
    groups = row_groups(rows.column("name"))
    found.groups["aims"] = groups
    parts = plain_records(
        {
            name: rows.column(name)
            for name in (
                "measure",
                "of",
                "kind",
                "by",
                "rule",
                "level",
                "steps",
                "order",
                "tier",
                "factor",
            )
        }
    )
    aims = []
    for numbers in groups:
        tolerances = [
            value
            for number in numbers
            if (value := rows.column("tolerance")[number]) is not None
        ]
        aim: Data = {
            "name": rows.column("name")[numbers[0]],
            "parts": [parts[number] for number in numbers],
        }
        aims.append(
            {
                name: value
                for name, value in (
                    aim | ({"tolerance": tolerances[0]} if tolerances else {})
                ).items()
                if value is not None
            }
        )
    stated = (*FACTORS, *ASKED, *RATIOS)
    factors = {name: settings[name] for name in stated if name in settings}
    return factors | ({"aims": aims} if aims else {})
