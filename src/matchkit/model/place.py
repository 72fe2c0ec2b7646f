"""A place on the globe, in degrees."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.model.base import Record


class Place(Record):
    """A point by latitude and longitude (WGS 84, degrees)."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
