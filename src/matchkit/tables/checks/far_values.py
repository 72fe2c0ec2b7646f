"""Head-counts, capacities, weights, places and times that lie far from all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.times import EPOCH
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.text import key
from matchkit.model.time import Window
from matchkit.model.weekly import Weekly
from matchkit.tables.checks.found import CheckFinding, requirements_of

FAR_KM: Final = 1_000.0
"""A point nearer than this to the middle of all is never told as far from the others ..."""
TIMES_AS_FAR: Final = 10.0
"""... nor one that is not so many times as far from it as half of all points."""
FEWEST_POINTS: Final = 5
"""Among fewer points none is far from the others."""
FEWEST: Final = 8
"""Among fewer values none is far from the others."""
FEW: Final = 50
"""Of so many values at most one is far from the others (always one): more are a group of their own."""
TIMES: Final = 30
"""A number is far above the others where it is at least so many times as great as the next ..."""
SPREADS: Final = 5.0
"""... and farther from the middle of all than so many times their spread, both of the logarithms."""
LEAST_SPREAD: Final = 0.5
DAYS: Final = 300
"""A time is far from the others where at least so many days, and as many as all others take, lie between."""
FIRST: Final = EPOCH.toordinal()


def far_values(problem: Problem, places: bool = True) -> Iterator[CheckFinding]:
    """One finding for every value far from all others of its kind; without ``places`` none for these."""
    yield from _numbers(problem)
    yield from _times(problem)
    if places:
        yield from _places(problem)


def far_above(values: Sequence[int]) -> list[int]:
    """Which of the values, those below 1 left aside, lie far above all others: from the first great step
    among the greatest on, where what is above it is also many spreads from the middle.
    """
    array = np.array(values, np.float64)
    order = np.argsort(array, kind="stable")
    order = order[array[order] >= 1]
    if len(order) < FEWEST:
        return []
    logs = np.log(array[order])
    middle = float(np.median(logs))
    # The median absolute deviation, scaled so that it is the standard deviation of normal values.
    spread = max(LEAST_SPREAD, 1.4826 * float(np.median(np.abs(logs - middle))))
    first = len(order) - max(1, len(order) // FEW)
    steps = np.flatnonzero(
        (np.diff(logs[first - 1 :]) >= np.log(TIMES) - 1e-9)
        & (logs[first:] > middle + SPREADS * spread)
    )
    return sorted(order[first + int(steps[0]) :].tolist()) if len(steps) else []


def far(points: Sequence[tuple[float, float]]) -> list[int]:
    """Which of the points, latitudes and longitudes, lie far from all others."""
    if len(points) < FEWEST_POINTS:
        return []
    lat, lon = np.radians(np.array(points, dtype=np.float64)).T
    middle = np.median(lat), np.median(lon)
    # The haversine, of a globe of 6,371 km.
    part = (
        np.sin((lat - middle[0]) / 2) ** 2
        + np.cos(lat) * np.cos(middle[0]) * np.sin((lon - middle[1]) / 2) ** 2
    )
    km = 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(part, 0, 1)))
    limit = max(FAR_KM, TIMES_AS_FAR * float(np.median(km)))
    return [int(at) for at in np.flatnonzero(km > limit)]


def _numbers(problem: Problem) -> Iterator[CheckFinding]:
    counts = defaultdict[tuple[str, str], list[tuple[str, str, int]]](list)
    for at, resource in enumerate(problem.resources):
        entry = f"resources[{at}].capacity", resource.id, resource.capacity
        counts["capacity", resource.kind].append(entry)
    for at, demand in enumerate(problem.demands):
        counts["weight", ""].append((f"demands[{at}].weight", demand.id, demand.weight))
    for path, one in requirements_of(problem):
        counts["wanted", one.kind].append((f"{path}.wanted", one.id, one.wanted))
    merged = defaultdict[tuple[str, str], list[tuple[str, str, int]]](list)
    for (what, kind), entries in counts.items():
        merged[what, key(kind) if kind else ""] += entries
    for (what, _), entries in merged.items():
        values = [value for _, _, value in entries]
        above = far_above(values)
        rest = set(range(len(values) if above else 0)).difference(above)
        others = max((values[number] for number in rest), default=0)
        for number in above:
            path, owner, value = entries[number]
            message = Message.of(f"check.far.{what}", value=value, others=others)
            yield CheckFinding("odd", path, owner, message)


def _places(problem: Problem) -> Iterator[CheckFinding]:
    entries = [
        (f"{table}[{at}].place", record.id, record.place)
        for table in ("communities", "resources", "demands")
        for at, record in enumerate(getattr(problem, table))
        if record.place is not None
    ]
    for number in far([(place.lat, place.lon) for _, _, place in entries]):
        path, owner, place = entries[number]
        message = Message.of(
            "tables.far", lat=f"{place.lat:.6g}", lon=f"{place.lon:.6g}"
        )
        yield CheckFinding("odd", path, owner, message)


def _span(time: Window | Weekly) -> tuple[int, int]:
    """When a window lasts, or from when until when a weekly pattern holds, in days since 1970."""
    if isinstance(time, Window):
        return time.start.toordinal() - FIRST, time.end.toordinal() - FIRST + 1
    return time.first.toordinal() - FIRST, time.last.toordinal() - FIRST + 1


def _times(problem: Problem) -> Iterator[CheckFinding]:
    """Times of demands are compared with each other, times of resources with when demands take place."""
    asked = [
        (f"demands[{at}].windows", demand.id, *_span(time))
        for at, demand in enumerate(problem.demands)
        for time in demand.windows
    ]
    if len({owner for _, owner, _, _ in asked}) < FEWEST:
        return
    begin, end = _bulk(_spans(asked))
    yield from _far_times(asked, begin, end)
    offered = [
        (f"resources[{at}].{field}", resource.id, *_span(time))
        for at, resource in enumerate(problem.resources)
        for field in ("available", "preferred")
        for time in getattr(resource, field)
    ]
    if offered:
        yield from _far_times(offered, begin, end)


def _spans(entries: Sequence[tuple[str, str, int, int]]) -> Int64:
    return np.array([(start, end) for _, _, start, end in entries], np.int64)


def _bulk(spans: Int64) -> tuple[int, int]:
    """From when until when all but a few of the spans (int64, one a row) last: the few at either end that a
    long gap parts from the rest are left out.
    """
    few = max(1, len(spans) // FEW)
    starts, ends = np.sort(spans[:, 0]), np.sort(spans[:, 1])
    begin, end = int(starts[few]), int(ends[-few - 1])
    limit = max(DAYS, end - begin)
    # Outwards from the middle: an end is taken in until the first gap of the limit.
    for start in starts[few - 1 :: -1].tolist():
        if begin - start >= limit:
            break
        begin = start
    for last in ends[len(ends) - few :].tolist():
        if last - end >= limit:
            break
        end = last
    return begin, end


def _far_times(
    entries: Sequence[tuple[str, str, int, int]], begin: int, end: int
) -> Iterator[CheckFinding]:
    """Spans at least ``DAYS``, and as long as from ``begin`` to ``end``, away from these; none where they are
    a group of their own.
    """
    spans = _spans(entries)
    distance = np.maximum(spans[:, 0] - end, begin - spans[:, 1])
    found = np.flatnonzero(distance >= max(DAYS, end - begin)).tolist()
    owners = len({owner for _, owner, _, _ in entries})
    if len({entries[number][1] for number in found}) > max(1, owners // FEW):
        return
    first, last = ((EPOCH + timedelta(days=one)).date() for one in (begin, end - 1))
    for number in found:
        path, owner, start, _ = entries[number]
        day = (EPOCH + timedelta(days=start)).date()
        message = Message.of(
            "check.far.time", day=f"{day}", first=f"{first}", last=f"{last}"
        )
        yield CheckFinding("odd", path, owner, message)
