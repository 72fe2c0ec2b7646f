"""The first moment at which a flexible demand may start so that everybody who serves it is free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from matchkit.model import Demand
from matchkit.verification.windows import Spans


def first_start(demand: Demand, windows: Spans, free: Iterable[Spans]) -> datetime | None:
    """The first start on the grid of the windows with all of the demand in free time of everybody; None where
    there is none.

    No span at all means always free. Grid points are not walked one by one: the first in each free span is
    found by division.
    """
    common = windows
    for spans in {id(spans): spans for spans in free if spans}.values():
        common = _both(common, spans)
    long, step, window = (
        timedelta(minutes=demand.minutes or 0),
        timedelta(minutes=demand.step),
        0,
    )
    for since, until in common:
        while windows[window][1] <= since:
            window += 1
        first = windows[window][0]
        start = first - ((first - since) // step) * step
        if start + long <= until:
            return start
    return None


def _both(one: Spans, other: Spans) -> Spans:
    """The time that lies in both; each is in order and disjoint."""
    found: list[tuple[datetime, datetime]] = []
    left, right = 0, 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            found.append((start, end))
        if one[left][1] <= other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)
