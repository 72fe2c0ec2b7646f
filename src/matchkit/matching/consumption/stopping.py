"""When to stop early."""

from __future__ import annotations

import time

from matchkit.matching.loop import Limits


def near_enough(limits: Limits, value: int | None, bound: int) -> bool:
    """Whether value and bound are as close as asked for."""
    return value is not None and bound - value <= limits.gap * max(1, abs(bound))


def over(limits: Limits) -> bool:
    """Whether the time is up."""
    return limits.deadline is not None and time.monotonic() >= limits.deadline
