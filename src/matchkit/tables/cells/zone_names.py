"""Names of time zones, checked as the records check them."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from matchkit.model.time import Zone


@cache
def _names() -> TypeAdapter[Any]:
    return TypeAdapter(Zone)


def zone_named(name: Any) -> str | None:
    """The name as the records hold it; None where it is no zone's."""
    try:
        return str(_names().validate_python(name))
    except ValidationError:
        return None
