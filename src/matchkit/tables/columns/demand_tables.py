"""What is asked for: the demand list, and the roles in a demand."""

from __future__ import annotations

from matchkit.tables.columns.column import Column, Table
from matchkit.tables.columns.supply_tables import CONTACT, LATITUDE, LONGITUDE, PLACE

_ROLE = (
    Column("kind", "kind"),
    Column("skills", "needs"),
    Column("wanted", "head_count"),
    Column("minimum", "whole"),
    Column("uses", "loads"),
)

DEMANDS = Table(
    "demands",
    (
        Column("id", "id", required=True, numbers=True),
        Column("community", "id", required=True, refers="communities"),
        Column("name", "name"),
        Column("in_charge", "personal"),
        CONTACT,
        Column("category", "name"),
        Column("tier", "tier"),
        Column("weight", "whole"),
        Column("windows", "times"),
        Column("windows start", "moment"),
        Column("windows end", "moment"),
        LATITUDE,
        LONGITUDE,
        PLACE,
        Column("mode", "mode_asked"),
        Column("minutes", "minutes"),
        Column("step", "minutes"),
        *_ROLE,
    ),
)

REQUIREMENTS = Table(
    "requirements",
    (
        Column("id", "id", required=True, numbers=True),
        Column("demand", "id", required=True, refers="demands"),
        *_ROLE,
    ),
)
ROLE = tuple(column.name for column in _ROLE)
"""Columns of a role; a demand with one role may carry them in its own row."""
