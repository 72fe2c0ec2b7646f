"""The two sides and what they offer: units, communities and the resource list."""

from __future__ import annotations

from matchkit.tables.columns.column import Column, Table

LATITUDE = Column("lat", "latitude")
LONGITUDE = Column("lon", "longitude")
PLACE = Column("place", "place")
CONTACT = Column("contact", "personal", joins=True)

UNITS = Table(
    "units",
    (
        Column("id", "id", required=True, numbers=True),
        Column("name", "name"),
        Column("parent", "id", refers="units"),
    ),
)

COMMUNITIES = Table(
    "communities",
    (
        Column("id", "id", required=True, numbers=True),
        Column("name", "name"),
        Column("parent", "id", refers="communities"),
        LATITUDE,
        LONGITUDE,
        PLACE,
    ),
)

RESOURCES = Table(
    "resources",
    (
        Column("id", "id", required=True, numbers=True),
        Column("unit", "id", required=True, refers="units"),
        Column("kind", "kind"),
        Column("name", "personal"),
        CONTACT,
        Column("skills", "skills"),
        Column("capacity", "whole"),
        Column("divisible", "yes_no"),
        Column("available", "times"),
        Column("available start", "moment"),
        Column("available end", "moment"),
        Column("preferred", "times"),
        LATITUDE,
        LONGITUDE,
        PLACE,
        Column("mode", "mode_offered"),
        Column("home", "id", refers="communities"),
        Column("familiar", "ids", refers="communities"),
        Column("preferences", "preferences", refers="communities"),
        Column("loads", "loads"),
        Column("activation", "whole"),
    ),
)
