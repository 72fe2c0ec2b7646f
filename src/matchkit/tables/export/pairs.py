"""The rows of the tables of a plan that list pairs: all of them, by project, by unit, by community, and as
the public notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from matchkit.answers.lottery import PublishedLottery
from matchkit.messages.message import Begun, text_of
from matchkit.model import Resource
from matchkit.plan import Terms
from matchkit.tables.export.listing import Line, ListedRole, Listing

TERMS = tuple(Terms.model_fields)
MOST_MEMBERS = 100
"""So many members are named in a cell; all stand in the assignments."""


def _asked(listing: Listing, role: ListedRole) -> dict[str, Any]:
    """What all tables say of a requirement and its demand."""
    demand = role.demand
    return {
        "requirement": role.requirement.id,
        "demand": demand.id,
        "category": demand.category,
        "content": listing.content(demand),
        "tier": demand.tier,
        "community": demand.community,
        "community_name": listing.community_name(demand.community),
        "in_charge": demand.in_charge,
        "when": listing.when(demand),
    }


def _given(listing: Listing, line: Line) -> dict[str, Any]:
    """What all tables say of a resource and what it gives."""
    return _of_resource(listing, line.resource, line.assignment.quantity)


def _of_resource(listing: Listing, resource: Resource, units: int) -> dict[str, Any]:
    return {
        "resource": resource.id,
        "name": resource.name,
        "kind": resource.kind,
        "capacity": resource.capacity,
        "unit": resource.unit,
        "unit_name": listing.unit_name(resource.unit),
        "quantity": units,
    }


def assignment_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """Every pair with its weight, term by term."""
    for line in listing.lines:
        pair = line.assignment
        yield {
            **_given(listing, line),
            **_asked(listing, line.role),
            "start": listing.clock.written(pair.start),
            "weight": pair.weight,
            "points": pair.quantity * pair.weight,
            **{name: getattr(pair.terms, name) for name in TERMS},
        }


def notice_rows(
    listing: Listing, lottery: PublishedLottery | None = None
) -> Iterator[dict[str, Any]]:
    """Every pair of the plan, by community, demand and resource; the resource by its id. With the lottery
    that a plan was drawn from, every pair that had any odds. Where it was drawn, its line comes last. The
    listing must hold no personal field.
    """
    taken = {
        (line.resource.id, line.role.requirement.id): line.assignment.quantity
        for line in listing.lines
    }
    odds = dict.fromkeys(taken, 0)
    for one in () if lottery is None else lottery.pairs:
        role = listing.roles[one.requirement]
        if listing.has_unit(listing.resources[one.resource].unit) and (
            listing.has_community(role.demand.community)
        ):
            odds[one.resource, one.requirement] = one.odds

    def place(pair: tuple[str, str]) -> tuple[str, ...]:
        demand = listing.roles[pair[1]].demand
        return demand.community, demand.id, *pair

    for number, pair in enumerate(sorted(odds, key=place), 1):
        row = {
            "number": number,
            **_asked(listing, listing.roles[pair[1]]),
            **_of_resource(listing, listing.resources[pair[0]], taken.get(pair, 0)),
        }
        if lottery is not None:
            row["odds"] = odds[pair] / lottery.parts
        yield row
    if listing.plan.outcome.drawn is not None:
        line = listing.plan.outcome.drawn
        yield {"content": text_of("ledger.drawn", listing.lang, line=line)}


def project_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """One line for every demand that is served and every unit that took a part in it, by tier, demand and
    unit.
    """
    parts: dict[tuple[int, str, str], list[Line]] = defaultdict(list)
    for line in listing.lines:
        parts[line.role.demand.tier, line.role.demand.id, line.resource.unit].append(
            line
        )
    for number, (_, lines) in enumerate(sorted(parts.items()), 1):
        role = lines[0].role
        yield {
            "number": number,
            **_given(listing, lines[0]),
            **_asked(listing, role),
            "quantity": sum(line.assignment.quantity for line in lines),
            "members": _members(listing, lines),
            "begins": listing.begins(role.demand),
            "ends": listing.ends(role.demand),
        }


def _members(listing: Listing, lines: list[Line]) -> str:
    """Each resource by its name, or its id where it has none, and how many units of it where that is more
    than one.
    """
    given: dict[str, int] = defaultdict(int)
    for line in lines:
        given[line.resource.id] += line.assignment.quantity
    members = []
    for resource, quantity in list(given.items())[:MOST_MEMBERS]:
        name = listing.resources[resource].name or resource
        if quantity > 1:
            name = text_of("ledger.members", listing.lang, name=name, quantity=quantity)
        members.append(name)
    return text_of("ledger.listed", listing.lang, entries=Begun(members, len(given)))


def unit_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """The pairs unit by unit, and what the unit gives in all beside each; a unit that gives nothing has one
    line without a pair.
    """
    given: dict[str, list[Line]] = defaultdict(list)
    for line in listing.lines:
        given[line.resource.unit].append(line)
    capacities: dict[str, list[int]] = defaultdict(list)
    for resource in listing.problem.resources:
        if listing.has_unit(resource.unit):
            capacities[resource.unit].append(resource.capacity)
    for unit, owned in sorted(capacities.items()):
        lines = given[unit]
        totals = {
            "unit": unit,
            "unit_name": listing.unit_name(unit),
            "unit_quantity": sum(line.assignment.quantity for line in lines),
            "unit_busy": len({line.resource.id for line in lines}),
            "unit_resources": len(owned),
            "unit_capacity": sum(owned),
        }
        if not lines:
            yield totals
        for line in lines:
            yield {**_given(listing, line), **_asked(listing, line.role), **totals}


def community_rows(listing: Listing) -> Iterator[dict[str, Any]]:
    """The requirements community by community with who serves them, and what the community has in all beside
    each.

    A requirement that nobody serves has one line without a resource; ``quantity`` is the only column to add
    up.
    """
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
            roles,
            key=lambda role: (role.demand.tier, role.demand.id, role.requirement.id),
        ):
            need, has = role.requirement, listing.taken[role.requirement.id]
            row = {
                **_asked(listing, role),
                "kind": need.kind,
                "wanted": need.wanted,
                "assigned": has,
                "missing": need.wanted - has,
                **totals,
            }
            if not serving[need.id]:
                yield row
            for line in serving[need.id]:
                yield {**row, **_given(listing, line)}
