"""When to stop early."""

from __future__ import annotations

import time
from dataclasses import replace

from matchkit.matching.loop import Limits


def near_enough(limits: Limits, value: int | None, bound: int) -> bool:
    """Whether value and bound are as close as asked for."""
    return value is not None and bound - value <= limits.gap * max(1, abs(bound))


def over(limits: Limits) -> bool:
    """Whether the time is up."""
    return limits.deadline is not None and time.monotonic() >= limits.deadline


def part_of(limits: Limits, part: float) -> Limits:
    """The same limits with the time up after this part of what is left."""
    left = seconds_left(limits)
    return limits if left is None else replace(limits, deadline=time.monotonic() + part * left)


def seconds_left(limits: Limits) -> float | None:
    """Seconds until the time is up, at least 0; None where there is no end."""
    return None if limits.deadline is None else max(0.0, limits.deadline - time.monotonic())
