"""When a flexible demand may start: at the start of one of its windows (united), or a whole number of steps
later.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta

from matchkit.model import Demand
from matchkit.verification.windows import Spans

_NEVER = datetime.max.replace(tzinfo=UTC)


def may_start(demand: Demand, windows: Spans, start: datetime) -> bool:
    """Whether the flexible demand may start then: on its grid, and ending within the window."""
    if demand.minutes is None or start.tzinfo is None:
        return False
    last = bisect_right(windows, (start, _NEVER)) - 1
    if last < 0 or start >= windows[last][1]:
        return False
    first, end = windows[last]
    return (
        not (start - first) % timedelta(minutes=demand.step)
        and start + timedelta(minutes=demand.minutes) <= end
    )


def some_start(demand: Demand, windows: Spans, free: Spans) -> bool:
    """Whether the flexible demand may start at any time so that all of it lies in one free span; no span at
    all: always free.

    Windows and free spans are walked side by side: each is in order and disjoint.
    """
    if demand.minutes is None:
        return False
    long, step = timedelta(minutes=demand.minutes), timedelta(minutes=demand.step)
    if not free:
        return any(end - start >= long for start, end in windows)
    window, span = 0, 0
    while window < len(windows) and span < len(free):
        (first, end), (since, until) = windows[window], free[span]
        start = first if since <= first else first + -((first - since) // step) * step
        if start + long <= min(end, until):
            return True
        if end <= until:
            window += 1
        else:
            span += 1
    return False
