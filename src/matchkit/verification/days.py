"""Calendar days of a zone, from midnight to midnight by its clock; and what amounts by day or week are too
much, or too little, in periods.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from matchkit.verification.trees import summed
from matchkit.verification.windows import TimeSpans

_SECOND = timedelta(seconds=1)


class Calendar:
    """The days of one zone by their ordinal (1 January of year 1 is 1, as Python counts).

    Where a change of the clock leaves a midnight out, the day starts at the change; where it comes twice, the
    first counts.
    """

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._midnights: dict[int, datetime] = {}

    def midnight(self, day: int) -> datetime:
        """The first moment of a day, in UTC."""
        if day not in self._midnights:
            local = datetime.fromordinal(day).replace(tzinfo=self._zone)
            self._midnights[day] = local.astimezone(UTC)
        return self._midnights[day]

    def day(self, moment: datetime) -> int:
        """The day in which a moment lies."""
        day = moment.astimezone(self._zone).toordinal()
        while self.midnight(day) > moment:
            day -= 1
        while self.midnight(day + 1) <= moment:
            day += 1
        return day

    def touched(self, spans: TimeSpans) -> list[tuple[int, int]]:
        """First and last day of each span; a day that only the end reaches is not touched."""
        return [(self.day(start), self.day(end - _SECOND)) for start, end in spans]

    def seconds(
        self, spans: Iterable[tuple[datetime, datetime, int]]
    ) -> dict[int, int]:
        """By day, the seconds of the spans that lie in it, each span counted as often as its third entry
        says.

        A span of years fills whole days; how many spans fill a day is summed first, so that long spans cost
        no more together than the days there are.
        """
        found: dict[int, int] = {}
        steps: list[tuple[int, int]] = []
        for start, end, times in spans:
            first, last = self.day(start), self.day(end - _SECOND)
            ends = (
                ((first, start, end),)
                if first == last
                else (
                    (first, start, self.midnight(first + 1)),
                    (last, self.midnight(last), end),
                )
            )
            for day, since, until in ends:
                found[day] = found.get(day, 0) + times * ((until - since) // _SECOND)
            if last > first + 1:
                steps += [(first + 1, times), (last, -times)]
        for first, last, filled in _levels(steps):
            for day in range(first, last) if filled else ():
                length = self.midnight(day + 1) - self.midnight(day)
                found[day] = found.get(day, 0) + filled * (length // _SECOND)
        return found


def week(day: int) -> int:
    """The ISO week of a day, as a number that grows by one a week: 1 January of year 1 was a Monday."""
    return (day - 1) // 7


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of numbers, first and last of each, in order; those that overlap or touch become one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _levels(steps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """From each step to the next (a place, and by how much the level changes there): both places, and the
    level between them.
    """
    changes, level = summed(steps), 0
    for place, until in pairwise(sorted(changes)):
        level += changes[place]
        yield place, until, level


def _runs(amounts: Mapping[int, int], width: int) -> Iterator[tuple[int, int, int]]:
    """The sum over ``width`` numbers in a row, where it is the same from one first number up to another.

    It changes only where an amount enters or leaves it, so stretches of runs are counted at once.
    """
    return _levels(
        step
        for place, amount in amounts.items()
        for step in ((place - width + 1, amount), (place + 1, -amount))
    )


class PeriodSum(NamedTuple):
    """By how much all periods break a limit together, and the first that does: its start and its amount."""

    size: int
    first: int
    used: int


def excess(
    amounts: Mapping[int, int], width: int, most: int, unit: int = 1
) -> PeriodSum | None:
    """Over every run of ``width`` numbers in a row, what the amounts at them exceed ``most`` by, in begun
    ``unit``s; None where nothing.
    """
    over = [run for run in _runs(amounts, width) if run[2] > most]
    size = sum(
        (until - first) * -((most - used) // unit) for first, until, used in over
    )
    return PeriodSum(size, over[0][0], over[0][2]) if over else None


def shortfall(
    amounts: Mapping[int, int],
    width: int,
    periods: Sequence[tuple[int, int]],
    asked: int,
    unit: int,
) -> PeriodSum | None:
    """Over every run of ``width`` numbers in a row that begins in one of the periods (first and last number
    of each, in order), how many begun ``unit``s the amounts lack of ``asked``; None where none.
    """
    ends = [last for _, last in periods]
    size = asked * sum(last + 1 - first for first, last in periods)
    known: dict[int, int] = {}
    for first, until, used in _runs(amounts, width):
        known[first], known[until] = used, 0
        for at in range(bisect_left(ends, first), len(ends) if used else 0):
            start, last = periods[at]
            if start >= until:
                break
            size -= (min(last + 1, until) - max(start, first)) * min(
                asked, used // unit
            )
    places = sorted(known)
    for first, last in periods if size else ():
        at = bisect_right(places, first) - 1
        while first <= last:
            used = known[places[at]] if at >= 0 else 0
            if used < asked * unit:
                return PeriodSum(size, first, used)
            at += 1
            first = places[at]
    return None
