"""Calendar days of a zone: a day lasts from its midnight to the next, by the clock of the zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

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
        self._lengths: dict[int, int] = {}

    def midnight(self, day: int) -> datetime:
        """The first moment of a day, in UTC."""
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = (
                datetime.fromordinal(day).replace(tzinfo=self._zone).astimezone(UTC)
            )
        return found

    def day(self, moment: datetime) -> int:
        """The day in which a moment lies."""
        day = moment.astimezone(self._zone).toordinal()
        while self.midnight(day) > moment:
            day -= 1
        while self.midnight(day + 1) <= moment:
            day += 1
        return day

    def _length(self, day: int) -> int:
        """Seconds of a day."""
        found = self._lengths.get(day)
        if found is None:
            found = self._lengths[day] = (
                self.midnight(day + 1) - self.midnight(day)
            ) // _SECOND
        return found

    def touched(self, spans: TimeSpans) -> list[tuple[int, int]]:
        """First and last day of each span; a day that only the end reaches is not touched."""
        return [(self.day(start), self.day(end - _SECOND)) for start, end in spans]

    def seconds(self, spans: Iterable[tuple[datetime, datetime, int]]) -> dict[int, int]:
        """By day, the seconds of the spans that lie in it, each span counted as often as its third entry
        says.

        A span of years fills whole days; how many spans fill a day is summed first, so that long spans cost
        no more together than the days there are.
        """
        found: dict[int, int] = {}
        steps: dict[int, int] = {}
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
                steps[first + 1] = steps.get(first + 1, 0) + times
                steps[last] = steps.get(last, 0) - times
        filled, places = 0, sorted(steps)
        for place, until_day in pairwise(places):
            filled += steps[place]
            for day in range(place, until_day) if filled else ():
                found[day] = found.get(day, 0) + filled * self._length(day)
        return found


def week(day: int) -> int:
    """The ISO week of a day, as a number that grows by one a week: 1 January of year 1 was a Monday."""
    return (day - 1) // 7


class Excess(NamedTuple):
    """How much too much there is over all periods, and the first period that has too much: its start and its
    amount.
    """

    size: int
    first: int
    used: int


def excess(amounts: Mapping[int, int], width: int, most: int, unit: int = 1) -> Excess | None:
    """Over every run of ``width`` numbers in a row, what the amounts at them exceed ``most`` by, in begun
    ``unit``s; None where nothing.

    The sum over a run changes only where an amount enters or leaves it, so stretches of runs are counted at
    once.
    """
    steps: dict[int, int] = {}
    for place, amount in amounts.items():
        steps[place - width + 1] = steps.get(place - width + 1, 0) + amount
        steps[place + 1] = steps.get(place + 1, 0) - amount
    size, used, found = 0, 0, None
    places = sorted(steps)
    for place, until in pairwise(places):
        used += steps[place]
        if used > most:
            size += (until - place) * -((most - used) // unit)
            found = found or (place, used)
    return None if found is None else Excess(size, *found)
