"""Eligibility ``time``: every window of the demand lies inside the resource's availability."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.compile.ragged import flat, offsets, spread
from matchkit.compile.times import SecondSpans, moment, seconds, united
from matchkit.messages.spans import iso, local
from matchkit.model import Resource

ALWAYS: SecondSpans = ((-(2**62), 2**62),)
NEVER: SecondSpans = ((0, 2**62 + 1),)
"""What no availability covers, not even ``ALWAYS``: the time of a flexible demand that has no start."""
SHOWN = 3
"""How many free spans a reason lists before it counts the rest."""


def _iso(span: tuple[int, int]) -> str:
    start, end = map(moment, span)
    return iso(start, end)


def _whole_days(start: int, end: int, zone: str | None) -> tuple[int, int]:
    """From the midnight before ``start`` to the one after ``end``, by the clocks of a zone."""
    first, last = (
        local(moment(at), zone).replace(hour=0, minute=0, second=0)
        for at in (start, end - 1)
    )
    return seconds(first), seconds(last + timedelta(days=1))


def _time(fact: str, zone: str | None, **values: object) -> Reason:
    return Reason.of("time", fact, **values, **({} if zone is None else {"zone": zone}))


def reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Every window of the demand that the resource is not free for, with when it is free on those days."""
    if slot.never:
        yield Reason.of("time", "no_start", minutes=slot.demand.minutes)
        return
    if not resource.available:
        return
    free, zone = united(resource.free), lists.problem.zone
    for start, end in united(slot.demand.times):
        if any(since <= start and end <= until for since, until in free):
            continue
        first, last = _whole_days(start, end, zone)
        near = [span for span in free if span[0] < last and span[1] > first]
        listed = tuple(_iso(span) for span in near[:SHOWN])
        if not near:
            yield _time("not_free", zone, window=_iso((start, end)))
        elif len(near) <= SHOWN:
            yield _time("free", zone, free=listed, window=_iso((start, end)))
        else:
            yield _time(
                "free_and_more",
                zone,
                free=listed,
                more=len(near) - SHOWN,
                window=_iso((start, end)),
            )


def reasons_at_all(
    lists: Numbering, resource: Resource, slots: Sequence[RequirementAtStart]
) -> Iterator[Reason]:
    """Whether the resource is free at no start of a flexible demand; ``slots`` are one requirement at every
    start, ascending.
    """
    if not resource.available:
        return
    free = united(resource.free)
    [(first, end)] = united(slots[0].demand.times)
    duration = end - first
    starts = [slot.start or 0 for slot in slots]
    for since, until in free:
        place = bisect_left(
            starts, since
        )  # none in this span fits if the first that begins within it does not
        if place < len(starts) and starts[place] + duration <= until:
            return
    ends = {
        "window": _iso((first, end)),
        "last": _iso((starts[-1], starts[-1] + duration)),
    }
    yield _time("free_at_no_start", lists.problem.zone, starts=len(starts), **ends)


class FreeSpans:
    """Availabilities in arrays: the spans of each in compressed rows, int64 (spans, 2) in seconds."""

    def __init__(self, available: Sequence[SecondSpans | None]) -> None:
        """None is always."""
        self.always = all(spans is None for spans in available)
        listed = [ALWAYS if spans is None else spans for spans in available]
        self.first = offsets([len(spans) for spans in listed])
        self.bounds = np.array(
            [bound for spans in listed for span in spans for bound in span], np.int64
        ).reshape(-1, 2)
        self.owner = np.repeat(np.arange(len(listed)), np.diff(self.first))


class Coverage:
    """Which availability covers which demand's windows, by number of either.

    Times are ranks among the moments at which demands start and end. One availability's row over all starts
    says up to which rank it lasts from there (0: not free), so that a window is covered where that is beyond
    its end.
    """

    def __init__(self, available: FreeSpans, needed: Sequence[SecondSpans]) -> None:
        self.count = len(needed)
        starts = np.array(
            sorted({start for spans in needed for start, _ in spans}), np.int64
        )
        ends = np.array(sorted({end for spans in needed for _, end in spans}), np.int64)
        self._starts = len(starts)
        self.trivial = len(starts) == 0 or (NEVER not in needed and available.always)
        # Runs of one value in each availability's row: free spans and the gaps between them, in turn.
        self._first_span = available.first
        bounds, owner = available.bounds, available.owner
        self._from, self._until = (
            np.searchsorted(starts, bounds[:, 0]),
            np.searchsorted(starts, bounds[:, 1]),
        )
        self._lasts = np.searchsorted(ends, bounds[:, 1], "right").astype(np.int32)
        self._bounds, self._owner = bounds, owner
        self._order_key = owner * (self._starts + 1) + self._from
        # Windows by their place in their demand: all first windows, all second ones, and so on.
        first, start = flat(
            [
                np.searchsorted(starts, [s for s, _ in spans]).tolist()
                for spans in needed
            ]
        )
        _, end = flat(
            [np.searchsorted(ends, [e for _, e in spans]).tolist() for spans in needed]
        )
        sizes = np.diff(first)
        self._sizes, self._first, self._start, self._end = sizes, first, start, end
        self._deepest = int(sizes.max(initial=0))

    def table(self, availabilities: Intp) -> Mask:
        """For each availability (row) and each demand's windows (column), whether all are covered."""
        found = np.ones((len(availabilities), self.count), np.bool_)
        if self._starts == 0:
            return found
        until = self._rows(availabilities)
        for depth in range(self._deepest):
            column = np.flatnonzero(self._sizes > depth)
            at = self._first[column] + depth
            covered = until.take(self._start[at], axis=1) > self._end[at].astype(
                np.int32
            )
            if len(column) == self.count:
                found &= covered
            else:
                found[:, column] &= covered
        return found

    def _rows(
        self, availabilities: Intp
    ) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
        owner, at = spread(self._first_span, availabilities)
        position = owner * self._starts
        # Gap before, span, gap before, span, ...: the last gap of a row runs on into the first of the next.
        marks = np.empty(2 * len(at) + 2, np.intp)
        marks[0], marks[-1] = 0, len(availabilities) * self._starts
        marks[1:-1:2], marks[2:-1:2] = (
            position + self._from[at],
            position + self._until[at],
        )
        values = np.zeros(2 * len(at) + 1, np.int32)
        values[1::2] = self._lasts[at]
        return np.repeat(values, np.diff(marks)).reshape(
            len(availabilities), self._starts
        )

    def holds(self, availability: Intp, window: Intp) -> Mask:
        """The same question pair by pair, for when pairs are few among all that a table would answer."""
        found = np.ones(len(window), np.bool_)
        left = np.arange(len(window))
        for depth in range(self._deepest):
            left = left[self._sizes[window[left]] > depth]
            if len(left) == 0:
                break
            at = self._first[window[left]] + depth
            who, start = availability[left], self._start[at]
            span = (
                np.searchsorted(
                    self._order_key, who * (self._starts + 1) + start, "right"
                )
                - 1
            )
            # The last span that begins in time; a window that ends within it also begins within it.
            inside = (span >= self._first_span[who]) & (
                self._lasts[span] > self._end[at]
            )
            found[left[~inside]] = False
            left = left[inside]
        return found

    def missing(self, spans: SecondSpans) -> Int64:
        """How many seconds of these spans each availability leaves out (int64)."""
        found = np.full(
            len(self._first_span) - 1,
            sum(end - start for start, end in spans),
            np.int64,
        )
        for start, end in spans:
            free = np.minimum(self._bounds[:, 1], end) - np.maximum(
                self._bounds[:, 0], start
            )
            np.subtract.at(found, self._owner, np.maximum(0, free))
        return found

    def at_some(self, starts: Int64, duration: int) -> Mask:
        """For each availability, whether it covers one of the spans that begin at ``starts`` (seconds,
        ascending) and last so long.
        """
        place = np.searchsorted(starts, self._bounds[:, 0])
        within = np.flatnonzero(place < len(starts))
        within = within[starts[place[within]] + duration <= self._bounds[within, 1]]
        found = np.zeros(len(self._first_span) - 1, np.bool_)
        found[self._owner[within]] = True
        return found
