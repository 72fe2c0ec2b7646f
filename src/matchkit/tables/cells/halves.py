"""Which half of the day a time of day is of: decided from what it is written with, noted as a doubt, or
refused (6-9pm, 晚7点至9点, 下午2:00-4:00, 7:00-9:00).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matchkit.messages.message import Message
from matchkit.tables.cells.clock_times import (
    AFTER_NOON,
    BEFORE_NOON,
    DAY,
    EARLY,
    LAST_SECOND,
    NOON,
    Half,
    TimeOfDay,
    clock_text,
)
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import words

LATE: Final = 12 * 60
"""Hours without am or pm are those of a morning from ``EARLY`` on and up to here."""
NIGHT: Final = frozenset(words("day_parts", "night"))
"""Parts of the day whose twelve o'clock is midnight."""
NEVER_NOON: Final = frozenset(words("day_parts", "never_noon"))
"""Parts of the day before noon whose twelve o'clock is not noon."""
AROUND_NOON: Final = frozenset(words("day_parts", "around_noon"))
"""Parts of the day that may begin before noon."""


def _in_half(minutes: int, half: Half) -> int:
    return minutes % NOON + (NOON if half == "pm" else 0)


def half_of(clock: TimeOfDay) -> Half:
    """The half of the day that the part of the day before a clock time puts it into."""
    if clock.part in BEFORE_NOON:
        if clock.minutes >= 13 * 60:
            refuse("cell.time.contradiction")
        return (
            "pm" if clock.minutes >= NOON and clock.part not in NEVER_NOON else "am"
        )  # 上午12点 is noon
    if clock.part in AFTER_NOON:
        if clock.style == "padded" and clock.minutes < NOON:
            refuse("cell.time.contradiction")
        # 中午11点半, 中午12点, 中午1点
        return (
            "am"
            if clock.part in AROUND_NOON and 10 * 60 <= clock.minutes < NOON
            else "pm"
        )
    return clock.half


def check_twelve(clock: TimeOfDay) -> None:
    """Raises CellFault for a twelve o'clock that may be of this day or of the next one (晚上12:30), or noon
    or midnight (上午12:30).

    Half past midnight is 上午12:30 to programs and 凌晨12:30 to people, to whom 上午12点 is noon.
    """
    if NOON <= clock.minutes < 13 * 60 and (
        clock.part in NIGHT or (clock.part in BEFORE_NOON and half_of(clock) == "pm")
    ):
        refuse("cell.time.half_day", Message("cell.accepts.time_clock"))


def span(
    start: TimeOfDay, end: TimeOfDay, next_day: bool, doubts: Doubts
) -> tuple[int, int]:
    """Minutes of the day from which and until which; the second is more than a day where it ends on the next.

    Raises CellFault where morning and evening are both reasonable.
    """
    if (
        next_day or end.minutes < 13 * 60 or start.part in NIGHT
    ):  # 上午12:30-13:30 begins at noon
        check_twelve(start)
    halves = [half_of(start), half_of(end)]
    is_24 = start.is_24 or end.is_24
    begin, until = start.minutes, end.minutes
    if halves[0] or halves[1]:
        begin, until = _with_halves(start, end, halves, next_day, doubts)
    elif not is_24:
        until = (
            refuse("cell.time.half_day", Message("cell.accepts.time_clock"))
            if next_day
            else _without_halves(start, end, doubts)
        )
    elif "bare" in (start.style, end.style):
        doubts.add("cell.guess.clock24")
    if until == 0 or (until, end.seconds) == LAST_SECOND:
        until = DAY
    elif end.seconds:
        refuse("cell.time.seconds", Message("cell.accepts.time_clock"))
    if start.seconds:
        refuse("cell.time.seconds", Message("cell.accepts.time_clock"))
    if begin >= DAY or begin == until:
        refuse("cell.time.order")
    if begin == 0 and end.minutes == 0:  # what forms hold that nobody filled in
        doubts.add("cell.guess.from_midnight_on")
    if next_day:
        return (begin, until + DAY) if until <= begin else refuse("cell.time.order")
    if until < begin:
        doubts.add("cell.guess.overnight")
        until += DAY
    return begin, until


def _with_halves(
    start: TimeOfDay, end: TimeOfDay, halves: list[Half], next_day: bool, doubts: Doubts
) -> tuple[int, int]:
    first, last = halves
    begin = (
        start.minutes
        if start.is_24 and start.minutes > NOON
        else _in_half(start.minutes, first)
        if first
        else start.minutes
    )
    if last:
        until = (
            end.minutes
            if end.is_24 and end.minutes > NOON
            else _in_half(end.minutes, last)
        )
        until = DAY if until == NOON and end.part in NIGHT else until
        if not first and not start.is_24:
            # 6-9pm, 11-1pm, 9-5pm
            begin = _in_half(start.minutes, last)
            if begin >= until:
                begin = start.minutes
                if begin >= NOON or (
                    last == "am" and (begin < EARLY or until >= 60 or not end.half)
                ):  # 12-12pm, 6-12am, 11-3am
                    refuse("cell.time.half_day", Message("cell.accepts.time_clock"))
                if last == "am":
                    until = _noon_for_midnight(begin, until, doubts)
                else:
                    doubts.add("cell.guess.office")
        elif (
            end.half == "am"
            and until < 60
            and 0 < begin < NOON
            and until < begin
            and not start.part
        ):  # 8AM-12AM
            doubts.add(
                "cell.guess.midnight",
                noon=f"{clock_text(begin)}-{clock_text(until + NOON)}",
            )
    elif end.is_24 and end.minutes >= 13 * 60:
        until = end.minutes
    elif (
        first == "am"
        and end.style == "padded"
        and end.minutes <= begin
        and not next_day
    ):  # 上午11:00-01:00
        refuse("cell.time.half_day", Message("cell.accepts.time_clock"))
    else:
        until = _in_half(end.minutes, first)
        if start.part in NIGHT and end.minutes == NOON:
            until = DAY
        elif until <= begin and not next_day and first == "am":
            # 上午9点至5点, 上午10:00-12:00
            until += NOON
            if end.minutes < NOON:
                doubts.add("cell.guess.office")
        elif until <= begin:
            until = _in_half(end.minutes, "am")
        if next_day:
            until = _in_half(end.minutes, "am")
    return begin, until


def _noon_for_midnight(begin: int, until: int, doubts: Doubts) -> int:
    """The end of 10-12AM: noon, as people mean it who write so, while 12 AM is midnight. Others begin in the
    evening.
    """
    noon, midnight = until + NOON, clock_text(until + DAY)
    doubts.add(
        "cell.guess.noon",
        noon=f"{clock_text(begin)}-{clock_text(noon)}",
        day=f"{clock_text(begin)}-{midnight}",
        evening=f"{clock_text(begin + NOON)}-{midnight}",
    )
    return noon


def _without_halves(start: TimeOfDay, end: TimeOfDay, doubts: Doubts) -> int:
    """The end of hours that a clock of twelve hours could show, too: 9 to 5, 8:30-11:30. Refused where an
    evening is as likely.
    """
    least = EARLY - (60 if start.style == end.style == "colon" else 0)
    if least <= start.minutes < end.minutes <= LATE:
        if not start.style == end.style == "colon":
            doubts.add("cell.guess.clock24")
        return end.minutes
    if least <= start.minutes < LATE and end.minutes <= 7 * 60:
        doubts.add("cell.guess.office")
        return end.minutes + NOON
    return refuse("cell.time.half_day", Message("cell.accepts.time_clock"))


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


@dataclass(slots=True)
class Afternoons:
    """The earliest minutes of such hours that a cell has named so far, on the days that are spoken of and on
    others.
    """

    here: int | None = None
    elsewhere: int | None = None

    def turn(self) -> None:
        """Goes on to other days."""
        found = [minute for minute in (self.here, self.elsewhere) if minute is not None]
        self.here, self.elsewhere = None, min(found, default=None)

    def add(self, minute: int) -> None:
        """Takes note of hours after noon that begin at a minute of the day."""
        self.here = minute if self.here is None else min(minute, self.here)

    def compare(
        self, start: TimeOfDay, end: TimeOfDay, begin: int, doubts: Doubts
    ) -> None:
        """Takes hours that begin at a minute of the day.

        Raises CellFault where they name no half of the day and come after others of the same days that are
        after noon, though they would begin before them; on other days that is a doubt.
        """
        if half_of(start) or half_of(end):
            if begin >= NOON and not start.is_24:
                self.add(begin)
        elif not (start.is_24 or end.is_24):
            if self.here is not None and begin < self.here:
                refuse("cell.time.half_day", Message("cell.accepts.time_clock"))
            if self.elsewhere is not None and begin < self.elsewhere:
                doubts.add("cell.guess.clock24")
