"""Whole metres between two places, by the formula that docs/architecture.md fixes to the last bit."""

from __future__ import annotations

from math import cos, floor, radians, sin, sqrt

from matchkit.model import Place

Point = tuple[float, float, float]
"""A place as a point of the unit sphere."""


def point(place: Place) -> Point:
    """The point of the unit sphere below a place."""
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def metres(a: Point, b: Point) -> int:
    """Metres along the sphere, by the series of 2 asin(c / 2); docs/architecture.md gives order and
    constants.
    """
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    s = x * x + y * y + z * z
    c = sqrt(s)
    return floor(6371008.8 * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5)


def limit_in_metres(km: float) -> int:
    """The farthest whole metre that a limit in kilometres allows."""
    return floor(1000 * km + 0.5)
