"""The public notice list: what is announced, without anything that may identify a person."""

from __future__ import annotations

from matchkit.tables.export.listing import Listing
from matchkit.tables.formats.grid import Grid

COLUMNS = (
    "number",
    "community_name",
    "demand",
    "category",
    "content",
    "unit_name",
    "resource",
    "kind",
    "quantity",
    "when",
)


def notice_table(listing: Listing) -> Grid:
    """Every pair of the plan, by community, demand and resource; the resource by its id. The listing must
    hold no personal field.
    """
    lines = sorted(
        listing.lines,
        key=lambda line: (
            line.role.demand.community,
            line.role.demand.id,
            line.resource.id,
            line.role.requirement.id,
        ),
    )
    rows = (
        {
            "number": number,
            "community_name": listing.community_name(line.role.demand.community),
            "demand": line.role.demand.id,
            "category": line.role.demand.category,
            "content": listing.content(line.role.demand),
            "unit_name": listing.unit_name(line.resource.unit),
            "resource": line.resource.id,
            "kind": line.resource.kind,
            "quantity": line.assignment.quantity,
            "when": listing.when(line.role.demand),
        }
        for number, line in enumerate(lines, 1)
    )
    return listing.grid("notice", COLUMNS, rows)
