"""What several commands ask of an option."""

from __future__ import annotations

import math

import typer


def finite(value: float | None) -> float | None:
    """The number; one that is infinite or none at all is a wrong option."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("give a finite number")
    return value
