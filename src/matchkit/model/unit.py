"""The two sides: units that offer and communities that ask, which both form trees, and where they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.model.base import Record
from matchkit.model.text import Id, Name


class Place(Record):
    """A point by latitude and longitude (WGS 84, degrees)."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Unit(Record):
    """An organisation that offers resources; ``parent`` is the unit it belongs to."""

    id: Id
    name: Name | None = None
    parent: Id | None = None


class Community(Record):
    """A place or body that has demands; ``parent`` is the street, district or city it belongs to."""

    id: Id
    name: Name | None = None
    parent: Id | None = None
    place: Place | None = None
