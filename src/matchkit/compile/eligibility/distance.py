"""Eligibility ``distance``: an on-site demand lies within every farthest distance that concerns the pair."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Float64, Int64, Intp, Mask
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.model import MaxDistance, Place, Resource

RADIUS = 6371008.8
"""Mean radius of the earth in metres."""
ANYWHERE = 2**62
"""A limit that nothing on the globe reaches."""
SpherePoints = tuple[tuple[Float64, Float64, Float64], Mask]
"""Points on the unit sphere by axis, and which are known."""
FACTS = {
    (False, False): "distance",
    (True, False): "distance_of_demand",
    (False, True): "distance_of_resource",
    (True, True): "distance_of_both",
}
"""What a limit exceeded is told as, by whether its rule names the demand and the resource; in the order in
which they are told.
"""


def point(place: Place) -> tuple[float, float, float]:
    """A place on the unit sphere. ``math`` calls the C library, as docs/architecture.md asks; numpy's own may
    differ.
    """
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def metres(one: Place, other: Place) -> int:
    """Whole metres between two places."""
    (ax, ay, az), (bx, by, bz) = point(one), point(other)
    s = (ax - bx) * (ax - bx) + (ay - by) * (ay - by) + (az - bz) * (az - bz)
    c = math.sqrt(s)
    return math.floor(RADIUS * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5)


def limit(rule: MaxDistance) -> int:
    """A rule's limit in whole metres."""
    return math.floor(1000 * rule.km + 0.5)


def _kilometres(far: int, most: int) -> tuple[str, str]:
    """``17.3`` and ``15``, with as many decimals as it takes to see that the first is farther."""
    allowed = f"{most / 1000:.3f}".rstrip("0").rstrip(".")
    return next(
        text
        for digits in (1, 2, 3)
        if float(text := f"{far / 1000:.{digits}f}") > float(allowed)
    ), allowed


def reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Every limit the pair exceeds: the least one for all, for the demand, for the resource and for both
    together.
    """
    site = lists.site(slot.demand)
    if site is None or resource.place is None or not lists.farthest:
        return
    far = metres(resource.place, site)
    for (of_demand, of_resource), fact in FACTS.items():
        whom = ({"resource": resource.id} if of_resource else {}) | (
            {"demand": slot.demand.id} if of_demand else {}
        )
        rules = lists.farthest_of.get((whom.get("resource"), whom.get("demand")), ())
        least = min(map(limit, rules), default=ANYWHERE)
        if far > least:
            kilometres, allowed = _kilometres(far, least)
            yield Reason.of("distance", fact, far=kilometres, limit=allowed, **whom)


class Distances:
    """Distances and limits by number. A resource or requirement without a place, or online, is at no
    distance.
    """

    def __init__(self, lists: Numbering) -> None:
        self._left, self._left_known = lists.once("resources", _places)
        self._right, self._right_known = lists.once("demands", _sites)
        self._all_known = bool(self._left_known.all() and self._right_known.all())
        self._limit, self._left_limit, self._right_limit = _limits(lists)
        self.limited = (
            self._limit < ANYWHERE
            or self._left_limit is not None
            or self._right_limit is not None
        )
        # A rule for one resource at one demand is rare: its pairs are decided here, once, and join the
        # forbidden ones.
        self.too_far = frozenset(_too_far(lists))

    def metres(self, left: Intp, right: Intp) -> Int64:
        """Whole metres (int64), 0 where either place is unknown or the demand is online."""
        s = np.zeros(
            len(left)
        )  # 0 + x is x: the sum over x, y and z is the same number
        for one, other in zip(self._left, self._right, strict=True):
            part = one.take(left)
            part -= other.take(right)
            part *= part
            s += part
        series = 3.0 * s
        series *= s
        series /= 640.0
        twentyfourth = s / 24.0
        twentyfourth += 1.0
        twentyfourth += series
        np.sqrt(s, out=s)
        s *= twentyfourth
        s *= RADIUS
        s += 0.5
        # Truncation is the floor here, as nothing is negative.
        found = s.astype(np.int64)
        if not self._all_known:
            found *= self._left_known.take(left) & self._right_known.take(right)
        return found

    def holds(self, left: Intp, right: Intp, far: Int64) -> Mask:
        """Which pairs are within the limits for all, for their resource and for their demand."""
        found = np.asarray(far <= self._limit)
        if self._left_limit is not None:
            found &= far <= self._left_limit.take(left)
        if self._right_limit is not None:
            found &= far <= self._right_limit.take(right)
        return found

    def beyond(self, left: Intp, right: Intp, far: Int64) -> Int64:
        """How many metres each pair is beyond the least limit for all, for its resource and for its demand
        (int64).
        """
        least: Int64 = np.full(len(far), self._limit, np.int64)
        for limits, side in ((self._left_limit, left), (self._right_limit, right)):
            if limits is not None:
                least = np.minimum(least, limits.take(side))
        found: Int64 = np.maximum(0, far - least)
        return found

    def farthest(self) -> int:
        """A number of metres that no pair exceeds, by the boxes around the known places of both sides."""
        if not (self._left_known.any() and self._right_known.any()):
            return 0
        s = 0.0
        for one, other in zip(self._left, self._right, strict=True):
            a, b = one[self._left_known], other[self._right_known]
            s += float(max(a.max() - b.min(), b.max() - a.min())) ** 2
        c = min(2.0, math.sqrt(s) * (1 + 1e-12))
        # One metre more than the formula gives covers the rounding of both.
        return math.floor(RADIUS * (c * (1.0 + c * c / 24.0 + 3.0 * c**4 / 640.0))) + 2


def _places(lists: Numbering) -> SpherePoints:
    return _points([resource.place for resource in lists.resources])


def _sites(lists: Numbering) -> SpherePoints:
    return _points([lists.site(slot.demand) for slot in lists.slots])


def _points(
    places: list[Place | None],
) -> SpherePoints:
    known = np.array([place is not None for place in places], np.bool_)
    columns = np.array(
        [(0.0, 0.0, 0.0) if place is None else point(place) for place in places],
        np.float64,
    ).reshape(-1, 3)
    x, y, z = (np.ascontiguousarray(columns[:, axis]) for axis in range(3))
    return (x, y, z), known


def _limits(lists: Numbering) -> tuple[int, Int64 | None, Int64 | None]:
    """The least limit for all, and those for each resource and each requirement where there is any."""
    everyone = ANYWHERE
    by_resource: dict[str, int] = {}
    by_demand: dict[str, int] = {}
    for rule in lists.farthest:
        most = limit(rule)
        if rule.resource is None and rule.demand is None:
            everyone = min(most, everyone)
        elif rule.demand is None:
            by_resource[str(rule.resource)] = min(
                most, by_resource.get(str(rule.resource), ANYWHERE)
            )
        elif rule.resource is None:
            by_demand[rule.demand] = min(most, by_demand.get(rule.demand, ANYWHERE))
    left = (
        np.array(
            [by_resource.get(resource.id, ANYWHERE) for resource in lists.resources],
            np.int64,
        )
        if by_resource
        else None
    )
    right = (
        np.array(
            [by_demand.get(slot.demand.id, ANYWHERE) for slot in lists.slots], np.int64
        )
        if by_demand
        else None
    )
    return everyone, left, right


def _too_far(lists: Numbering) -> Iterator[tuple[str, str]]:
    rules = [
        rule
        for rule in lists.farthest
        if rule.resource is not None and rule.demand is not None
    ]
    if not rules:
        return
    slots: dict[str, list[RequirementAtStart]] = {}
    for slot in lists.slots:
        slots.setdefault(slot.demand.id, []).append(slot)
    for rule in rules:
        resource = lists.resources[lists.left[str(rule.resource)]]
        for slot in slots[str(rule.demand)]:
            site = lists.site(slot.demand)
            if (
                site is not None
                and resource.place is not None
                and metres(resource.place, site) > limit(rule)
            ):
                yield resource.id, slot.requirement.id
