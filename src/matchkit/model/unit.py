"""The two sides: units that offer and communities that ask, which both form trees, and where they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.model.base import Record
from matchkit.model.text import Id, Name


class Place(Record):
    """A point by latitude and longitude (WGS 84, degrees)."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    """Degrees north of the equator."""
    lon: Annotated[float, Field(ge=-180, le=180)]
    """Degrees east of Greenwich."""


class Unit(Record):
    """An organisation that offers resources; ``parent`` is the unit it belongs to."""

    id: Id
    """Unique among units."""
    name: Name | None = None
    """What people call it."""
    parent: Id | None = None
    """The unit that it belongs to."""


class Community(Record):
    """A place or body that has demands; ``parent`` is the street, district or city it belongs to."""

    id: Id
    """Unique among communities."""
    name: Name | None = None
    """What people call it."""
    parent: Id | None = None
    """The community that it belongs to."""
    place: Place | None = None
    """Where demands without a place of their own are."""
    entitlement: Annotated[
        int, Field(ge=1, le=1_000, exclude_if=lambda times: times == 1)
    ] = 1
    """How many times as much as others its coverage is to be, among communities that share fairly."""
