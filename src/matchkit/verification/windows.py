"""Half-open windows of time: united, compared and shown; the starts of flexible demands in them; and which
demands lie too close together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from matchkit.messages.spans import local
from matchkit.model import Demand, Window
from matchkit.verification.report import Fact, fact

TimeSpans = tuple[tuple[datetime, datetime], ...]
"""Disjoint windows in order, none touching the next."""

NEVER = datetime.max.replace(tzinfo=UTC)


def united(windows: Sequence[Window]) -> TimeSpans:
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


def uncovered(needed: TimeSpans, free: TimeSpans) -> tuple[datetime, datetime] | None:
    """The first needed window that lies in no free one; None where all do."""
    for start, end in needed:
        last = bisect_right(free, (start, NEVER)) - 1
        if last < 0 or end > free[last][1]:
            return start, end
    return None


def fits(needed: TimeSpans, free: TimeSpans) -> bool:
    """Whether all that is needed is free. No span at all: no time is set, or all time is free."""
    return not needed or not free or uncovered(needed, free) is None


def seconds(spans: TimeSpans) -> int:
    """How long they last together, in seconds."""
    return sum((end - start) // timedelta(seconds=1) for start, end in spans)


def shown(span: tuple[datetime, datetime], zone: str | None) -> Fact:
    """A window as a message shows it, by the clocks of a zone (None: UTC)."""
    start, end = (local(moment, zone) for moment in span)
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return fact("window", start=f"{start:%Y-%m-%d %H:%M}", end=last, zone=zone or "UTC")


def may_start(demand: Demand, windows: TimeSpans, start: datetime) -> bool:
    """Whether the flexible demand may start then: on its grid, and ending within the window."""
    if demand.minutes is None or start.tzinfo is None:
        return False
    last = bisect_right(windows, (start, NEVER)) - 1
    if last < 0 or start >= windows[last][1]:
        return False
    first, end = windows[last]
    return (
        not (start - first) % timedelta(minutes=demand.step)
        and start + timedelta(minutes=demand.minutes) <= end
    )


def first_start(
    demand: Demand, windows: TimeSpans, free: Iterable[TimeSpans]
) -> datetime | None:
    """The first start on the grid of the windows with all of the flexible demand in free time of everybody;
    None where there is none.

    No span at all means always free. Grid points are not walked one by one: the first in each free span is
    found by division.
    """
    common: Iterable[tuple[datetime, datetime]] = windows
    for spans in {id(spans): spans for spans in free if spans}.values():
        common = _both(common, spans)
    long, step = timedelta(minutes=demand.minutes or 0), timedelta(minutes=demand.step)
    window = 0
    for since, until in common:
        while windows[window][1] <= since:
            window += 1
        first = windows[window][0]
        start = first - ((first - since) // step) * step
        if start + long <= until:
            return start
    return None


def _both(
    one: Iterable[tuple[datetime, datetime]], other: TimeSpans
) -> Iterator[tuple[datetime, datetime]]:
    """The time that lies in both; each is in order and disjoint."""
    first = 0
    for start, end in one:
        while first < len(other) and other[first][1] <= start:
            first += 1
        at = first
        while at < len(other) and other[at][0] < end:
            yield max(start, other[at][0]), min(end, other[at][1])
            at += 1


MOST_MEETINGS = 300_000
"""So many meetings of two demands are looked at for one resource, where each must be looked at by itself."""


class UncountedError(Exception):
    """There are so many demands that counting would take too long. Never leaves the checker."""

    def __init__(self, demands: int) -> None:
        super().__init__(f"{demands:,} demands lie too close together to be counted")
        self.demands = demands


def pairs_within(times: Mapping[str, TimeSpans], gap: int) -> int:
    """How many pairs of demands have times a and b with ``a.start < b.end + gap`` and ``b.start < a.end +
    gap`` (seconds).

    ``times`` holds one or more spans by demand, each list disjoint and in order. Where each has one span, the
    pairs that do *not* meet are counted: for each, how many end before it starts, by bisection. Raises
    UncountedError.
    """
    if all(len(spans) == 1 for spans in times.values()):
        ends = sorted(second(spans[0][1]) + gap for spans in times.values())
        apart = sum(bisect_right(ends, second(spans[0][0])) for spans in times.values())
        return len(times) * (len(times) - 1) // 2 - apart
    return len(meetings(times, gap, lambda _one, _other: gap))


def meetings(
    times: Mapping[str, TimeSpans], most: int, gap: Callable[[str, str], int]
) -> set[tuple[str, str]]:
    """The pairs of demands that lie closer than the gap of the pair, in seconds, which is at most ``most``;
    at gap 0 none does.

    Spans are swept by their start, and each is compared with those that ended not longer than ``most``
    before. Raises UncountedError where that is more than can be looked at.
    """
    spans = sorted(
        (second(start), second(end), name)
        for name, several in times.items()
        for start, end in several
    )
    found: set[tuple[str, str]] = set()
    waiting: list[tuple[int, int, str]] = []
    looked = 0
    for start, end, name in spans:
        waiting = [entry for entry in waiting if start < entry[1] + most]
        looked += len(waiting)
        if looked > MOST_MEETINGS:
            raise UncountedError(len(times))
        for _, other_end, other in waiting:
            pair = (name, other) if name < other else (other, name)
            if other != name and pair not in found:
                between = gap(*pair)
                if between and start < other_end + between:
                    found.add(pair)
        waiting.append((start, end, name))
    return found


def second(moment: datetime) -> int:
    """Seconds since 1970."""
    return int(
        moment.timestamp()
    )  # moments are whole seconds, which a float holds exactly
