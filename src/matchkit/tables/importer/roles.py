"""Demands with their roles: in rows of their own, or one role in the demand's row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matchkit.messages.message import Message
from matchkit.tables.columns.demand_tables import ROLE
from matchkit.tables.findings import Notices
from matchkit.tables.importer.defaults import tell_empty
from matchkit.tables.importer.table_rows import TableRows
from matchkit.tables.location import quoted


@dataclass(slots=True)
class Roles:
    """The roles of every demand as plain data, and the row that each came from."""

    data: list[list[dict[str, Any]]] = field(default_factory=list)
    origins: list[list[tuple[TableRows, int]]] = field(default_factory=list)


def read_roles(demands: TableRows, roles: TableRows | None, notices: Notices) -> Roles:
    """The roles of the demands, in the order of their rows; a role of a demand that is not listed is a
    fault.
    """
    found = Roles([[] for _ in range(demands.count)], [[] for _ in range(demands.count)])
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
                spot, order = roles.where(number, "demand"), roles.order(number, "demand")
                notices.fault(
                    spot,
                    Message.of("tables.no_demand"),
                    Message.of("tables.list_demand"),
                    quoted(demand),
                    order=order,
                )
    inline = [demands.column(name) for name in ROLE]
    said = [any(cells[at] is not None for cells in inline) for at in range(demands.count)]
    alone = [at for at in range(demands.count) if not found.data[at]]
    own = _role_data(demands, ids, notices, alone)
    for at in range(demands.count):
        if not found.data[at]:
            found.data[at].append(own[at])
            found.origins[at].append((demands, at))
        elif said[at]:
            name = next(
                name for name, cells in zip(ROLE, inline, strict=True) if cells[at] is not None
            )
            spot, order = demands.where(at, name), demands.order(at, name)
            notices.fault(
                spot,
                Message.of("tables.role_twice"),
                Message.of("tables.one_role"),
                order=order,
            )
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
                spot, order = rows.where(at, "minimum"), rows.order(at, "minimum")
                notices.fault(
                    spot,
                    Message.of("tables.minimum_twice", minimum=count.minimum),
                    Message.of("tables.keep_one"),
                    order=order,
                )
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
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*used.values(), strict=True)
    ]
