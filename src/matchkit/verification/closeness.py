"""How many pairs of demands lie too close together in time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime

from matchkit.verification.windows import Spans

MOST_MEETINGS = 300_000
"""So many meetings of two demands are looked at for one resource, where each must be looked at by itself."""


class UncountedError(Exception):
    """There are so many demands that counting would take too long. Never leaves the checker."""

    def __init__(self, demands: int) -> None:
        super().__init__(f"{demands:,} demands lie too close together to be counted")
        self.demands = demands


def pairs_within(times: Mapping[str, Spans], gap: int) -> int:
    """How many pairs of demands have times a and b with ``a.start < b.end + gap`` and ``b.start < a.end +
    gap`` (seconds).

    ``times`` holds one or more spans by demand, each list disjoint and in order. Where each has one span, the
    pairs that do *not* meet are counted: for each, how many end before it starts, by bisection. Raises
    UncountedError.
    """
    if all(len(spans) == 1 for spans in times.values()):
        ends = sorted(_second(spans[0][1]) + gap for spans in times.values())
        apart = sum(bisect_right(ends, _second(spans[0][0])) for spans in times.values())
        return len(times) * (len(times) - 1) // 2 - apart
    return len(meetings(times, gap, lambda _one, _other: gap))


def meetings(
    times: Mapping[str, Spans], most: int, gap: Callable[[str, str], int]
) -> set[tuple[str, str]]:
    """The pairs of demands that lie closer than the gap of the pair, in seconds, which is at most ``most``;
    at gap 0 none does.

    Spans are swept by their start, and each is compared with those that ended not longer than ``most``
    before. Raises UncountedError where that is more than can be looked at.
    """
    spans = sorted(
        (_second(start), _second(end), name)
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


def _second(moment: datetime) -> int:
    return int(moment.timestamp())  # moments are whole seconds, which a float holds exactly
