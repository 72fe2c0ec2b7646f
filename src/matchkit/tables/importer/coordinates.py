"""Latitude and longitude, or a place in one cell, and points outside the bounds or far from all others."""

from __future__ import annotations

from typing import Any

from matchkit.messages.message import Message
from matchkit.model import Place
from matchkit.tables.checks.far_points import far
from matchkit.tables.columns.mapping import Bounds
from matchkit.tables.findings import Notices
from matchkit.tables.importer.table_rows import TableRows


def read_places(rows: TableRows, notices: Notices) -> list[Any]:
    """The place of every row, None where there is none; half a place is a fault."""
    whole = rows.column("place")
    found: list[Any] = []
    for number, (lat, lon, place) in enumerate(
        zip(rows.column("lat"), rows.column("lon"), whole, strict=True)
    ):
        if lat is None and lon is None:
            found.append(place)
        elif lat is None or lon is None:
            missing = "lat" if lat is None else "lon"
            found.append(None)
            if not rows.is_faulty(number, missing, notices):
                spot, order = rows.where(number, missing), rows.order(number, missing)
                notices.fault(
                    spot,
                    Message.of("tables.half_place"),
                    Message.of("tables.whole_place"),
                    order=order,
                )
        else:
            found.append({"lat": lat, "lon": lon})
    return found


def point(place: Any) -> tuple[float, float]:
    """Latitude and longitude of a place as it was read."""
    return (place.lat, place.lon) if isinstance(place, Place) else (place["lat"], place["lon"])


def told_places(
    tables: list[tuple[TableRows, list[Any]]], bounds: Bounds | None, notices: Notices
) -> None:
    """Tells points outside the bounds or, where there are none, far from all others."""
    points = [
        (rows, number, *point(place))
        for rows, places in tables
        for number, place in enumerate(places)
        if place is not None
    ]
    points = [entry for entry in points if -90 <= entry[2] <= 90 and -180 <= entry[3] <= 180]
    if bounds is not None:
        outside = [entry for entry in points if not bounds.hold(entry[2], entry[3])]
    else:
        outside = [points[at] for at in far([entry[2:] for entry in points])]
    for rows, number, lat, lon in outside:
        name = "lat" if rows.column("lat")[number] is not None else "place"
        said = Message.of(
            "tables.outside" if bounds is not None else "tables.far",
            lat=f"{lat:.6g}",
            lon=f"{lon:.6g}",
        )
        notices.found("odd", rows.where(number, name), said)
