"""How many pairs of demands lie too close together in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from matchkit.verify.windows import Spans

MOST_MEETINGS = 1_000_000
"""So many meetings of two demands are looked at for one resource, where each must be looked at by itself."""


class UncountedError(Exception):
    """There is so much of it that counting would take too long; the message is the fact. Never leaves the checker."""


def pairs_within(times: Mapping[str, Spans], gap: timedelta) -> int:
    """How many pairs of demands have times a and b with ``a.start < b.end + gap`` and ``b.start < a.end + gap``.

    ``times`` holds one or more spans by demand, each list disjoint and in order. Where each has one span, the pairs that do
    *not* meet are counted: for each, how many end before it starts, by bisection.
    """
    if all(len(spans) == 1 for spans in times.values()):
        ends = sorted(spans[0][1] + gap for spans in times.values())
        apart = sum(bisect_right(ends, spans[0][0]) for spans in times.values())
        return len(times) * (len(times) - 1) // 2 - apart
    return len(meetings(times, gap, lambda _one, _other: gap))


def meetings(times: Mapping[str, Spans], most: timedelta, gap: Callable[[str, str], timedelta | None]) -> set[tuple[str, str]]:
    """The pairs of demands that lie closer than the gap of the pair, which is at most ``most``; None: no pair.

    Spans are swept by their start, and each is compared with those that ended not longer than ``most`` before. Raises
    UncountedError where that is more than can be looked at.
    """
    spans = sorted((start, end, name) for name, list_ in times.items() for start, end in list_)
    found: set[tuple[str, str]] = set()
    waiting: list[tuple[datetime, datetime, str]] = []
    looked = 0
    for start, end, name in spans:
        waiting = [entry for entry in waiting if start < entry[1] + most]
        looked += len(waiting)
        if looked > MOST_MEETINGS:
            raise UncountedError(f"serves {len(times):,} demands too close together to be counted")
        for _, other_end, other in waiting:
            pair = (min(name, other), max(name, other))
            if other != name and pair not in found:
                between = gap(*pair)
                if between is not None and start < other_end + between:
                    found.add(pair)
        waiting.append((start, end, name))
    return found
