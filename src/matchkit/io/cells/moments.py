"""Times from a moment of one day until a moment of another, and what a clock time by itself stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matchkit.io.cells.clock_times import DAY, NIGHT, NOON, Clock, half_of
from matchkit.io.cells.reading import Doubts, Note, refuse


@dataclass(frozen=True, slots=True)
class Moments:
    """From a time on a date until a time on a date."""

    first: date
    start: int
    last: date
    end: int


def certain_minutes(clock: Clock) -> int:
    """The minutes of the day that a clock time by itself stands for. Raises CellFault where it may be one of the evening."""
    if clock.part in NIGHT and NOON <= clock.minutes < 13 * 60:
        refuse("cell.time.half_day", Note("cell.accepts.time_clock"))
    half = half_of(clock)
    if half and clock.minutes <= 12 * 60:
        return clock.minutes % (12 * 60) + (12 * 60 if half == "pm" else 0)
    if clock.is_24 or (clock.style == "colon" and not clock.is_small):
        return clock.minutes
    return refuse("cell.time.half_day", Note("cell.accepts.time_clock"))


def doubt_nights(first: date, start: int, last: date, end: int, doubts: Doubts) -> None:
    """Notes a doubt where a time from a date to another may be hours on each of its days, as in 5月2日8:00至5月4日18:00.

    From 22:00 until 6:00 of the next day, or from midnight to midnight, it cannot.
    """
    nights = (last - first).days
    if (nights == 1 and start < end < DAY and start) or (nights > 1 and (start, end % DAY) != (0, 0)):
        doubts.add("cell.guess.through")
