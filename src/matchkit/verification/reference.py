"""Units of a reference plan, and what quantities keep of them. docs/rules.md (Least change) defines both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from matchkit.model import ReferencePair
from matchkit.verification.world import World

Triple = tuple[str, str, datetime | None]
"""Resource, requirement, and start where the demand is flexible."""


class Kept(NamedTuple):
    """Units that two plans share, and what they count together."""

    units: int
    weight: int


def kept_by(
    world: World,
    pairs: Mapping[tuple[str, str], int],
    starts: Mapping[str, datetime],
) -> Kept:
    """What quantities by resource and requirement keep, where flexible demands begin at these moments."""
    found = list(kept_entries(world, pairs, starts))
    weight = sum(entry.weight * same for entry, same in found)
    return Kept(sum(same for _, same in found), weight)


def kept_entries(
    world: World,
    pairs: Mapping[tuple[str, str], int],
    starts: Mapping[str, datetime],
) -> Iterator[tuple[ReferencePair, int]]:
    """Entries of the reference plan with the units of each that are kept."""
    for entry in world.problem.reference:
        role = world.roles.get(entry.requirement)
        if role is None or entry.resource not in world.resources:
            continue
        flexible = role.demand.minutes is not None
        at = starts.get(role.demand.id) if flexible else None
        if (entry.start is None) == flexible or entry.start != at:
            continue
        has = pairs.get((entry.resource, entry.requirement), 0)
        yield entry, min(entry.quantity, has)


def could_keep(world: World) -> dict[tuple[str, str], tuple[int, int]]:
    """By resource and requirement how many units a plan may keep, and what each of them counts at most."""
    found = dict[tuple[str, str], tuple[int, int]]()
    for entry in world.problem.reference:
        role = world.roles.get(entry.requirement)
        if role is None or entry.resource not in world.resources:
            continue
        if (entry.start is None) == (role.demand.minutes is None):
            units, weight = found.get((entry.resource, entry.requirement), (0, 0))
            found[entry.resource, entry.requirement] = (
                max(units, entry.quantity),
                max(weight, entry.weight),
            )
    return found
