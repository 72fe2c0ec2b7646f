"""The tables that list every pair of the plan: all of them, by unit, by community, and as a bare table that
is read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from matchkit.messages.message import text_of
from matchkit.plan import Terms
from matchkit.tables.export.listing import Line, ListedRole, Listing
from matchkit.tables.formats.grid import Grid

TERMS = tuple(Terms.model_fields)
ASSIGNMENTS = (
    *(
        "resource",
        "requirement",
        "quantity",
        "start",
        "name",
        "kind",
        "unit",
        "unit_name",
        "demand",
        "content",
        "tier",
    ),
    *("community", "community_name", "when", "weight", "points", *TERMS),
)
PAIRS = ("resource", "requirement", "quantity", "start")
"""The columns of hand-made tables, as matchkit.tables.pair_table reads them."""
BY_UNIT = (
    *(
        "unit",
        "unit_name",
        "resource",
        "name",
        "kind",
        "capacity",
        "requirement",
        "demand",
        "content",
    ),
    *(
        "community",
        "community_name",
        "when",
        "quantity",
        "unit_quantity",
        "unit_busy",
        "unit_resources",
        "unit_capacity",
    ),
)
BY_COMMUNITY = (
    *(
        "community",
        "community_name",
        "tier",
        "demand",
        "content",
        "requirement",
        "kind",
        "when",
        "wanted",
        "assigned",
        "missing",
    ),
    *(
        "resource",
        "name",
        "unit",
        "unit_name",
        "quantity",
        "community_wanted",
        "community_assigned",
        "community_missing",
    ),
)


def assignments_grid(listing: Listing) -> Grid:
    """Every pair with its weight, term by term."""
    return listing.grid(
        "assignments", ASSIGNMENTS, (_assignment(listing, line) for line in listing.lines)
    )


def _assignment(listing: Listing, line: Line) -> dict[str, Any]:
    pair = line.assignment
    return {
        **_resource(listing, line),
        **_demand(listing, line.role),
        "start": listing.clock.written(pair.start),
        "weight": pair.weight,
        "points": pair.quantity * pair.weight,
        **{name: getattr(pair.terms, name) for name in TERMS},
    }


def pairs_grid(listing: Listing) -> Grid:
    """The pairs as a table made by hand would list them, its headers in English in any language: ``audit``
    reads it back.
    """
    rows = [
        [a.resource, a.requirement, a.quantity, listing.clock.written(a.start)]
        for a in (line.assignment for line in listing.lines)
    ]
    return Grid(
        text_of("ledger.sheet.pairs", listing.lang),
        [list(PAIRS), *rows],
        lines=range(1, len(rows) + 2),
    )


def _resource(listing: Listing, line: Line) -> dict[str, Any]:
    resource = line.resource
    return {
        "resource": resource.id,
        "name": resource.name,
        "kind": resource.kind,
        "capacity": resource.capacity,
        "unit": resource.unit,
        "unit_name": listing.unit_name(resource.unit),
        "quantity": line.assignment.quantity,
    }


def _demand(listing: Listing, role: ListedRole) -> dict[str, Any]:
    demand = role.demand
    return {
        "requirement": role.requirement.id,
        "demand": demand.id,
        "content": listing.content(demand),
        "tier": demand.tier,
        "community": demand.community,
        "community_name": listing.community_name(demand.community),
        "when": listing.when(demand),
    }


def by_unit_grid(listing: Listing) -> Grid:
    """The pairs unit by unit, and what the unit gives in all beside each; a unit that gives nothing has one
    line without a pair.
    """
    return listing.grid("by_unit", BY_UNIT, _by_unit(listing))


def _by_unit(listing: Listing) -> Iterator[dict[str, Any]]:
    given: dict[str, list[Line]] = defaultdict(list)
    for line in listing.lines:
        given[line.resource.unit].append(line)
    owned, capacity = defaultdict[str, int](int), defaultdict[str, int](int)
    for resource in listing.problem.resources:
        if listing.has_unit(resource.unit):
            owned[resource.unit] += 1
            capacity[resource.unit] += resource.capacity
    for unit in sorted(owned):
        lines = given[unit]
        totals = {
            "unit": unit,
            "unit_name": listing.unit_name(unit),
            "unit_quantity": sum(line.assignment.quantity for line in lines),
            "unit_busy": len({line.resource.id for line in lines}),
            "unit_resources": owned[unit],
            "unit_capacity": capacity[unit],
        }
        if not lines:
            yield totals
        for line in lines:
            yield {**_resource(listing, line), **_demand(listing, line.role), **totals}


def by_community_grid(listing: Listing) -> Grid:
    """The requirements community by community with who serves them, and what the community has in all beside
    each.

    A requirement that nobody serves has one line without a resource; ``quantity`` is the only column to add
    up.
    """
    return listing.grid("by_community", BY_COMMUNITY, _by_community(listing))


def _by_community(listing: Listing) -> Iterator[dict[str, Any]]:
    serving: dict[str, list[Line]] = defaultdict(list)
    for line in listing.lines:
        serving[line.role.requirement.id].append(line)
    asked: dict[str, list[ListedRole]] = defaultdict(list)
    for role in listing.roles.values():
        if listing.has_community(role.demand.community):
            asked[role.demand.community].append(role)
    for _, roles in sorted(asked.items()):
        wanted = sum(role.requirement.wanted for role in roles)
        assigned = sum(listing.taken[role.requirement.id] for role in roles)
        totals = {
            "community_wanted": wanted,
            "community_assigned": assigned,
            "community_missing": wanted - assigned,
        }
        for role in sorted(
            roles, key=lambda role: (role.demand.tier, role.demand.id, role.requirement.id)
        ):
            need, has = role.requirement, listing.taken[role.requirement.id]
            told = {
                **_demand(listing, role),
                "wanted": need.wanted,
                "assigned": has,
                "missing": need.wanted - has,
                **totals,
            }
            if not serving[need.id]:
                yield {**told, "kind": need.kind}
            for line in serving[need.id]:
                yield {**told, **_resource(listing, line)}
