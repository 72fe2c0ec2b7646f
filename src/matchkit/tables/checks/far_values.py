"""Head-counts, capacities, weights, places and times that lie far from all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np

from matchkit.compile.times import EPOCH
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.text import key
from matchkit.model.time import Window
from matchkit.model.weekly import Weekly
from matchkit.tables.checks.far_points import far
from matchkit.tables.checks.found import Found

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


def far_values(problem: Problem, places: bool = True) -> Iterator[Found]:
    """One finding for every value far from all others of its kind; without ``places`` none for these."""
    yield from _numbers(problem)
    yield from _times(problem)
    if places:
        yield from _places(problem)


def far_above(values: Sequence[int]) -> list[int]:
    """Which of the values, those below 1 left aside, lie far above all others."""
    array = np.array(values, np.float64)
    order = np.argsort(array, kind="stable")
    order = order[array[order] >= 1]
    if len(order) < FEWEST:
        return []
    logs = np.log(array[order])
    middle = float(np.median(logs))
    spread = max(LEAST_SPREAD, 1.4826 * float(np.median(np.abs(logs - middle))))
    first = len(order) - max(1, len(order) // FEW)
    steps = np.flatnonzero(
        (np.diff(logs[first - 1 :]) >= np.log(TIMES) - 1e-9)
        & (logs[first:] > middle + SPREADS * spread)
    )
    return sorted(order[first + int(steps[0]) :].tolist()) if len(steps) else []


def _numbers(problem: Problem) -> Iterator[Found]:
    counts: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for at, resource in enumerate(problem.resources):
        counts.setdefault(("capacity", resource.kind), []).append(
            (f"resources[{at}].capacity", resource.id, resource.capacity)
        )
    for at, demand in enumerate(problem.demands):
        counts.setdefault(("weight", ""), []).append(
            (f"demands[{at}].weight", demand.id, demand.weight)
        )
        for place, one in enumerate(demand.requirements):
            counts.setdefault(("wanted", one.kind), []).append(
                (f"demands[{at}].requirements[{place}].wanted", one.id, one.wanted)
            )
    merged: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for (what, kind), entries in counts.items():
        merged.setdefault((what, key(kind) if kind else ""), []).extend(entries)
    for (what, _), entries in merged.items():
        values = [value for _, _, value in entries]
        above = far_above(values)
        others = (
            max(
                (value for number, value in enumerate(values) if number not in set(above)),
                default=0,
            )
            if above
            else 0
        )
        for number in above:
            path, owner, value = entries[number]
            yield Found(
                "odd", path, owner, Message.of(f"check.far.{what}", value=value, others=others)
            )


def _places(problem: Problem) -> Iterator[Found]:
    entries = [
        (f"{table}[{at}].place", record.id, record.place)
        for table in ("communities", "resources", "demands")
        for at, record in enumerate(getattr(problem, table))
        if record.place is not None
    ]
    for number in far([(place.lat, place.lon) for _, _, place in entries]):
        path, owner, place = entries[number]
        yield Found(
            "odd",
            path,
            owner,
            Message.of("tables.far", lat=f"{place.lat:.6g}", lon=f"{place.lon:.6g}"),
        )


FIRST: Final = EPOCH.toordinal()


def _span(time: Window | Weekly) -> tuple[int, int]:
    """When a window lasts, or from when until when a weekly pattern holds, in days since 1970."""
    if isinstance(time, Window):
        return time.start.toordinal() - FIRST, time.end.toordinal() - FIRST + 1
    return time.first.toordinal() - FIRST, time.last.toordinal() - FIRST + 1


def _times(problem: Problem) -> Iterator[Found]:
    """Times of demands are compared with each other, times of resources with when demands take place."""
    asked = [
        (f"demands[{at}].windows", demand.id, *_span(time))
        for at, demand in enumerate(problem.demands)
        for time in demand.windows
    ]
    owners = {owner for _, owner, _, _ in asked}
    if len(owners) < FEWEST:
        return
    spans = np.array([(start, end) for _, _, start, end in asked], np.int64)
    begin, end = _bulk(spans)
    limit = max(DAYS, end - begin)
    yield from _far_times(asked, spans, begin, end, limit, len(owners))
    offered = [
        (f"resources[{at}].{field}", resource.id, *_span(time))
        for at, resource in enumerate(problem.resources)
        for field in ("available", "preferred")
        for time in getattr(resource, field)
    ]
    if offered:
        spans = np.array([(start, end) for _, _, start, end in offered], np.int64)
        yield from _far_times(
            offered, spans, begin, end, limit, len({owner for _, owner, _, _ in offered})
        )


def _bulk(spans: np.ndarray[Any, np.dtype[np.int64]]) -> tuple[int, int]:
    """From when until when all but a few of the spans last: the few at either end that a long gap parts from
    the rest are left out.
    """
    few = max(1, len(spans) // FEW)
    starts, ends = np.sort(spans[:, 0]), np.sort(spans[:, 1])
    begin, end = int(starts[few]), int(ends[-few - 1])
    limit = max(DAYS, end - begin)
    for at in range(few - 1, -1, -1):
        if begin - int(starts[at]) >= limit:
            break
        begin = int(starts[at])
    for at in range(len(ends) - few, len(ends)):
        if int(ends[at]) - end >= limit:
            break
        end = int(ends[at])
    return begin, end


def _far_times(
    entries: Sequence[tuple[str, str, int, int]],
    spans: np.ndarray[Any, np.dtype[np.int64]],
    begin: int,
    end: int,
    limit: int,
    owners: int,
) -> Iterator[Found]:
    distance = np.maximum(spans[:, 0] - end, begin - spans[:, 1])
    found = np.flatnonzero(distance >= limit)
    if len({entries[number][1] for number in found.tolist()}) > max(1, owners // FEW):
        return  # a group of its own
    for number in found.tolist():
        path, owner, start, _ = entries[number]
        day = (EPOCH + timedelta(days=start)).date()
        first, last = ((EPOCH + timedelta(days=one)).date() for one in (begin, end - 1))
        yield Found(
            "odd",
            path,
            owner,
            Message.of("check.far.time", day=f"{day}", first=f"{first}", last=f"{last}"),
        )
