"""Half-open windows of time, united, compared and counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from matchkit.messages.spans import local
from matchkit.model import Window
from matchkit.verification.report import Fact, fact

Spans = tuple[tuple[datetime, datetime], ...]
"""Disjoint windows in order, none touching the next."""

_NEVER = datetime.max.replace(tzinfo=UTC)


def united(windows: Sequence[Window]) -> Spans:
    """The same time as disjoint windows in order; two that touch or overlap become one."""
    if len(windows) == 1:
        return ((windows[0].start, windows[0].end),)
    spans: list[tuple[datetime, datetime]] = []
    for start, end in sorted((window.start, window.end) for window in windows):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def uncovered(needed: Spans, free: Spans) -> tuple[datetime, datetime] | None:
    """The first needed window that lies in no free one; None where all do."""
    for start, end in needed:
        last = bisect_right(free, (start, _NEVER)) - 1
        if last < 0 or end > free[last][1]:
            return start, end
    return None


def seconds(spans: Spans) -> int:
    """How long they last together, in seconds."""
    return sum((end - start) // timedelta(seconds=1) for start, end in spans)


def shown(span: tuple[datetime, datetime], zone: str | None) -> Fact:
    """A window as a message shows it, by the clocks of a zone (None: UTC)."""
    start, end = (local(moment, zone) for moment in span)
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return fact("window", start=f"{start:%Y-%m-%d %H:%M}", end=last, zone=zone or "UTC")
