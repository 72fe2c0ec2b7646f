"""Times from a moment of one day until a moment of another, and what a clock time by itself stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timezone

from matchkit.messages.message import Message
from matchkit.tables.cells.clock_times import DAY, LAST_SECOND, TimeOfDay, check_twelve, half_of
from matchkit.tables.cells.reading import Doubts, refuse


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a date: in minutes of the day and seconds, by the clocks of the plan's zone unless it has an
    offset.
    """

    day: date
    minutes: int
    seconds: int = 0
    offset: timezone | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """From a moment until a moment."""

    start: Moment
    end: Moment


def certain_minutes(clock: TimeOfDay) -> int:
    """The minutes of the day that a clock time by itself stands for. Raises CellFault where it may be one of
    the evening.
    """
    check_twelve(clock)
    half = half_of(clock)
    if half and clock.minutes < 13 * 60:
        return clock.minutes % (12 * 60) + (12 * 60 if half == "pm" else 0)
    if clock.is_24 or (clock.style == "colon" and not clock.is_small):
        return clock.minutes
    return refuse("cell.time.half_day", Message("cell.accepts.time_clock"))


def last_minutes(minutes: int, seconds: int) -> tuple[int, int]:
    """Minutes and seconds of an end: the last second of a day is its end, as programs write it."""
    return (DAY, 0) if (minutes, seconds) == LAST_SECOND else (minutes, seconds)


def doubt_days(first: date, last: date, doubts: Doubts) -> None:
    """Notes a doubt about days without hours: all day, or of several days one span that hours on each of them
    may be meant by.
    """
    if first == last:
        doubts.add("cell.guess.all_day")
    else:
        doubts.add("cell.guess.one_span", days=(last - first).days + 1)


def doubt_nights(first: date, start: int, last: date, end: int, doubts: Doubts) -> None:
    """Notes a doubt where a time from a date to another may be hours on each of its days, as in
    5月2日8:00至5月4日18:00.

    From 22:00 until 6:00 of the next day, or from midnight to midnight, it cannot.
    """
    nights = (last - first).days
    if (nights == 1 and start < end < DAY and start) or (
        nights > 1 and (start, end % DAY) != (0, 0)
    ):
        doubts.add("cell.guess.through")
