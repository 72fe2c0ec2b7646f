"""Short ways to write records by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from matchkit.model import (
    Community,
    Demand,
    Problem,
    Requirement,
    Resource,
    SkillLevel,
    Unit,
    Window,
)


def window(day: int, start: float, end: float) -> Window:
    """A window on a day of May 2026 (UTC), hours with fractions."""
    return Window(start=_moment(day, start), end=_moment(day, end))


def _moment(day: int, hour: float) -> datetime:
    return datetime.fromtimestamp(
        datetime(2026, 5, day, tzinfo=UTC).timestamp() + round(hour * 3600), UTC
    )


def skill(name: str, level: int = 1) -> SkillLevel:
    return SkillLevel(skill=name, level=level)


def resource(name: str = "R1", /, **fields: Any) -> Resource:
    return Resource(id=name, **{"unit": "U1", **fields})


def demand(name: str, /, *needs: Requirement, **fields: Any) -> Demand:
    return Demand(id=name, requirements=needs, **{"community": "C1", **fields})


def need(name: str = "Q1", /, **fields: Any) -> Requirement:
    return Requirement(id=name, **fields)


def problem(
    resources: list[Resource], demands: list[Demand], *rules: Any, **fields: Any
) -> Problem:
    return Problem(
        **{"units": [Unit(id="U1")], "communities": [Community(id="C1")], **fields},
        resources=resources,
        demands=demands,
        rules=rules,
    )
