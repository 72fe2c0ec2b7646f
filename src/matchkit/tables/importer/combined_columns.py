"""What several columns of a row are together: roles of demands, places; and cells left empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matchkit.messages.message import Message
from matchkit.model import Place
from matchkit.model.resource import SHARED_KINDS
from matchkit.model.text import key
from matchkit.tables.checks.far_values import far
from matchkit.tables.columns.mapping import BoundingBox
from matchkit.tables.columns.schemas import ROLE
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import quoted


def read_places(rows: TableRows, notices: Notices) -> list[Any]:
    """The place of every row, None where there is none; half a place is a fault."""
    whole = rows.column("place")
    found: list[Any] = []
    for number, (lat, lon, place) in enumerate(
        zip(rows.column("lat"), rows.column("lon"), whole, strict=True)
    ):
        if lat is None and lon is None:
            found.append(place)
        elif lat is None or lon is None:
            missing = "lat" if lat is None else "lon"
            found.append(None)
            if not rows.is_faulty(number, missing, notices):
                fact = Message("tables.half_place")
                rows.fault(
                    notices, number, missing, fact, Message("tables.whole_place")
                )
        else:
            found.append({"lat": lat, "lon": lon})
    return found


def point(place: Any) -> tuple[float, float]:
    """Latitude and longitude of a place as it was read."""
    return (
        (place.lat, place.lon)
        if isinstance(place, Place)
        else (place["lat"], place["lon"])
    )


def tell_places(
    tables: list[tuple[TableRows, list[Any]]],
    bounds: BoundingBox | None,
    notices: Notices,
) -> None:
    """Tells points outside the bounds or, where there are none, far from all others."""
    points = [
        (rows, number, *point(place))
        for rows, places in tables
        for number, place in enumerate(places)
        if place is not None
    ]
    points = [
        entry for entry in points if -90 <= entry[2] <= 90 and -180 <= entry[3] <= 180
    ]
    if bounds is not None:
        outside = [entry for entry in points if not bounds.hold(entry[2], entry[3])]
    else:
        outside = [points[at] for at in far([entry[2:] for entry in points])]
    for rows, number, lat, lon in outside:
        name = "lat" if rows.column("lat")[number] is not None else "place"
        message = Message.of(
            "tables.outside" if bounds is not None else "tables.far",
            lat=f"{lat:.6g}",
            lon=f"{lon:.6g}",
        )
        notices.found("odd", rows.where(number, name), message)


def tell_empty(
    rows: TableRows, name: str, places: Sequence[int], key: str, notices: Notices
) -> None:
    """Tells, sheet by sheet, in which rows a column is empty that decides much."""
    for sheet, start in zip(rows.sheets, rows.starts, strict=True):
        within = [
            at
            for at in places
            if start <= at < start + len(sheet.rows)
            and not rows.is_faulty(at, name, notices)
        ]
        if within:
            notices.found(
                "guess",
                rows.where(within[0], name),
                Message.of(key),
                more=len(within) - 1,
            )


def tell_resources(rows: TableRows, notices: Notices) -> None:
    """Stocks without a quantity."""
    capacities, kinds = rows.column("capacity"), rows.column("kind")
    stocks = [
        at
        for at in range(rows.count)
        if capacities[at] is None
        and kinds[at] is not None
        and key(kinds[at]) in SHARED_KINDS
    ]
    tell_empty(rows, "capacity", stocks, "tables.empty.capacity", notices)


def tell_demands(rows: TableRows, notices: Notices) -> None:
    """Demands without an urgency where others have one."""
    tiers = rows.column("tier")
    if any(tier is not None for tier in tiers):
        tell_empty(
            rows,
            "tier",
            [at for at in range(rows.count) if tiers[at] is None],
            "tables.empty.tier",
            notices,
        )


@dataclass(slots=True)
class Roles:
    """The roles of every demand as plain data, and the row that each came from."""

    data: list[list[dict[str, Any]]] = field(default_factory=list)
    origins: list[list[tuple[TableRows, int]]] = field(default_factory=list)


def read_roles(demands: TableRows, roles: TableRows | None, notices: Notices) -> Roles:
    """The roles of the demands, in the order of their rows; a role of a demand that is not listed is a
    fault.
    """
    found = Roles(
        [[] for _ in range(demands.count)], [[] for _ in range(demands.count)]
    )
    ids = demands.column("id")
    if roles is not None and roles.count:
        at_id = {one: number for number, one in enumerate(ids) if one is not None}
        listed = _role_data(roles, roles.column("id"), notices)
        for number, demand in enumerate(roles.column("demand")):
            at = at_id.get(demand)
            if at is not None:
                found.data[at].append(listed[number])
                found.origins[at].append((roles, number))
            elif demand is not None:
                fact, advice = (
                    Message("tables.no_demand"),
                    Message("tables.list_demand"),
                )
                roles.fault(notices, number, "demand", fact, advice, quoted(demand))
    inline = [demands.column(name) for name in ROLE]
    has_inline = [
        any(cells[at] is not None for cells in inline) for at in range(demands.count)
    ]
    alone = [at for at in range(demands.count) if not found.data[at]]
    own = _role_data(demands, ids, notices, alone)
    for at in range(demands.count):
        if not found.data[at]:
            found.data[at].append(own[at])
            found.origins[at].append((demands, at))
        elif has_inline[at]:
            name = next(
                name
                for name, cells in zip(ROLE, inline, strict=True)
                if cells[at] is not None
            )
            fact, advice = Message("tables.role_twice"), Message("tables.one_role")
            demands.fault(notices, at, name, fact, advice)
    return found


def _role_data(
    rows: TableRows, ids: list[Any], notices: Notices, places: list[int] | None = None
) -> list[dict[str, Any]]:
    counts, minimums = rows.column("wanted"), list(rows.column("minimum"))
    places = list(range(rows.count)) if places is None else places
    tell_empty(
        rows,
        "wanted",
        [at for at in places if counts[at] is None],
        "tables.empty.wanted",
        notices,
    )
    wanted: list[Any] = [None] * rows.count
    for at in places:
        count = counts[at]
        if count is None:
            continue
        wanted[at] = count.wanted
        if count.minimum is not None:
            if minimums[at] is not None and minimums[at] != count.minimum:
                fact = Message.of("tables.minimum_twice", minimum=count.minimum)
                rows.fault(notices, at, "minimum", fact, Message("tables.keep_one"))
            minimums[at] = count.minimum
    return plain_records(
        {
            "id": ids,
            "kind": rows.column("kind"),
            "skills": rows.column("skills"),
            "wanted": wanted,
            "minimum": minimums,
            "uses": rows.column("uses"),
        }
    )


def plain_records(fields: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """One dictionary a row; what is absent is left out."""
    used = {
        name: values
        for name, values in fields.items()
        if any(value is not None for value in values)
    }
    if not used:
        return [{} for _ in next(iter(fields.values()), [])]
    names = tuple(used)
    return [
        {
            name: value
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        for row in zip(*used.values(), strict=True)
    ]
