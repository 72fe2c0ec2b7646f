"""The project list: one line for every demand that is served and every unit that took a part in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from matchkit.messages.message import Begun, text_of
from matchkit.tables.export.listing import Line, Listing
from matchkit.tables.formats.grid import Grid

COLUMNS = (
    *(
        "number",
        "demand",
        "tier",
        "category",
        "content",
        "community",
        "community_name",
        "unit",
        "unit_name",
        "in_charge",
    ),
    *("quantity", "members", "begins", "ends", "progress", "effect", "evaluation"),
)
"""The last three are empty: to be filled in as the work goes on."""
MOST_MEMBERS = 100
"""So many members are named in a cell; all stand in the assignments."""


def projects_grid(listing: Listing) -> Grid:
    """By tier, demand and unit, numbered from 1."""
    return listing.grid(
        "projects",
        COLUMNS,
        ({"number": number, **row} for number, row in enumerate(_rows(listing), 1)),
    )


def _rows(listing: Listing) -> Iterator[dict[str, Any]]:
    parts: dict[tuple[int, str, str], list[Line]] = defaultdict(list)
    for line in listing.lines:
        parts[line.role.demand.tier, line.role.demand.id, line.resource.unit].append(line)
    for (tier, name, unit), lines in sorted(parts.items()):
        demand = lines[0].role.demand
        yield {
            "demand": name,
            "tier": tier,
            "category": demand.category,
            "content": listing.content(demand),
            "community": demand.community,
            "community_name": listing.community_name(demand.community),
            "unit": unit,
            "unit_name": listing.unit_name(unit),
            "in_charge": demand.in_charge,
            "quantity": sum(line.assignment.quantity for line in lines),
            "members": _members(listing, lines),
            "begins": listing.begins(demand),
            "ends": listing.ends(demand),
        }


def _members(listing: Listing, lines: list[Line]) -> str:
    """Each resource by its name, or its id where it has none, and how many units of it where that is more
    than one.
    """
    given: dict[str, int] = defaultdict(int)
    for line in lines:
        given[line.resource.id] += line.assignment.quantity
    told = []
    for resource, quantity in list(given.items())[:MOST_MEMBERS]:
        name = listing.resources[resource].name or resource
        told.append(
            name
            if quantity == 1
            else text_of("ledger.members", listing.lang, name=name, quantity=quantity)
        )
    return text_of("ledger.listed", listing.lang, entries=Begun(told, len(given)))
