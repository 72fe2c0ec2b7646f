"""Where help is wanted: points on a map, by community or, where these are many, by what lies above them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matchkit.reporting.facts import Facts, Slots

MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Point:
    """A community on the map, at the middle of its demands weighed by what they want."""

    node: int
    lat: float
    lon: float
    slots: Slots


def points(facts: Facts) -> list[Point]:
    """A point for each community with demands whose place is known, or for those above, so that there are at
    most 400.
    """
    places: dict[int, list[tuple[float, float, Slots]]] = {}
    by_community = {record.id: record.place for record in facts.problem.communities}
    own = [0] * len(facts.communities.ids)
    at = 0
    for number, demand in enumerate(facts.demands):
        slots = facts.slots(range(at, at + len(demand.requirements)))
        at += len(demand.requirements)
        place = demand.place or by_community[demand.community]
        if place is not None and demand.mode == "on_site":
            node = facts.community_of[number]
            own[node] += slots.wanted
            places.setdefault(node, []).append((place.lat, place.lon, slots))
    level = facts.communities.points(own, MOST_POINTS)
    grouped: dict[int, list[tuple[float, float, Slots]]] = {}
    for node, found in places.items():
        if 0 <= level.of[node] < len(level.nodes):
            grouped.setdefault(level.nodes[level.of[node]], []).extend(found)
    return [_middle(node, grouped[node]) for node in sorted(grouped)]


def _middle(node: int, found: list[tuple[float, float, Slots]]) -> Point:
    weight = sum(slots.wanted for _, _, slots in found)
    lat = math.fsum(lat * slots.wanted for lat, _, slots in found) / weight
    lon = math.fsum(lon * slots.wanted for _, lon, slots in found) / weight
    total = (
        sum(getattr(slots, name) for _, _, slots in found)
        for name in ("wanted", "filled", "missing", "below_minimum")
    )
    return Point(node, lat, lon, Slots(*total))
