"""Numbers that callers hand to public functions: Python's and numpy's alike, within stated bounds."""

from __future__ import annotations

from numbers import Integral, Real
from typing import TypeGuard


def is_whole(value: object, least: int, most: int) -> TypeGuard[int]:
    """Whether a value is a whole number of ``least`` to ``most``; truth values and floats are none."""
    return (
        isinstance(value, Integral)
        and not isinstance(value, bool)
        and least <= int(value) <= most
    )


def is_number(value: object, least: float, most: float) -> TypeGuard[float]:
    """Whether a value is a finite number of ``least`` to ``most``; truth values are none."""
    return (
        isinstance(value, Real)
        and not isinstance(value, bool)
        and bool(least <= float(value) <= most)
    )
