"""Times of day: 18:00-22:00, 6-9pm, 晚7点至9点, 9点到11点半. Which half of the day is meant is decided here,
or refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from typing import Final, Literal

from matchkit.messages.message import Message
from matchkit.tables.cells.day_parts import AFTER_NOON, BEFORE_NOON
from matchkit.tables.cells.numerals import number
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, patterns, words

HOURS: Final = 24
LAST_MINUTE: Final = 59
DAY: Final = HOURS * 60
NOON: Final = 12 * 60
LAST_SECOND: Final = (DAY - 1, 59)
"""23:59:59, in minutes and seconds: what programs write for the end of a day."""
EARLY, LATE = 8 * 60, 12 * 60
"""Hours without am or pm are those of a morning from here on and up to here; earlier ones may be those of an
afternoon.
"""
Half = Literal["", "am", "pm"]

_COLON = re.compile(
    (
        r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?)?(?![\d:]) "
        r"?(?P<half>[ap]\.?m\.?(?![a-z]))?"
    ),
    re.ASCII,
)
_AM_PM = re.compile(
    r"(?P<hour>\d{1,2})(?:\.(?P<minute>\d\d))? ?(?P<half>[ap]\.?m\.?)(?![a-z])", re.ASCII
)
_BARE = pattern(r"(?P<hour>\d{1,2})(?P<minute>(?!))?(?! ?[\d:/.<<clock.not_after>>])", re.ASCII)
_H = re.compile(r"(?P<hour>\d{1,2})h(?P<minute>\d\d)?(?![a-z\d])", re.ASCII)
_OFFSET = re.compile(
    r" ?(?:z|(?:utc|gmt)(?![+-])|(?:utc|gmt)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?)"
    r"(?![a-z\d:])",
    re.ASCII,
)
_FORMS: Final = (
    (_COLON, "colon"),
    (_AM_PM, "hour"),
    (_H, "hour"),
    *((form, "hour") for form in patterns("clock", "hours", flags=re.ASCII)),
    (_BARE, "bare"),
)
"""How a time of day is written; the first that fits at a place holds."""
MOST_OFFSET: Final = 14
"""No zone is further from UTC, in hours."""


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day as written, in minutes of the half or whole day it was written in."""

    minutes: int
    half: Half = ""
    style: Literal["colon", "padded", "hour", "bare"] = "colon"
    part: str = ""
    """The part of the day before it."""
    seconds: int = 0
    offset: timezone | None = None
    """How far the clocks that show it are from UTC, where that stands behind it."""

    @property
    def is_24(self) -> bool:
        """Whether it can only be one of the 24-hour clock."""
        return self.style == "padded" or self.minutes >= 13 * 60

    @property
    def is_small(self) -> bool:
        """Whether it may be one of an evening: from 1:00 to 6:59."""
        return 60 <= self.minutes < EARLY - 60 and self.style != "padded"

    @property
    def as_24(self) -> TimeOfDay:
        """The same time of the 24-hour clock, if a colon makes it one."""
        return (
            replace(self, style="padded")
            if self.style == "colon" and not self.half and not self.part
            else self
        )


def clock_at(text: str, place: int, doubts: Doubts) -> tuple[TimeOfDay, int] | None:
    """The time of day that is written at a place of a text in lower case and normal form, and where it ends.

    A fraction of a second is cut off, which is a doubt.
    """
    for form, style in _FORMS:
        if found := form.match(text, place):
            groups = found.groupdict()
            hour = number(found["hour"])
            minute = number(found["minute"] or "0")
            second = int(groups.get("second") or 0)
            if groups.get("half_past") or groups.get("quarter"):
                minute = 30 if groups["half_past"] else 15 * (number(groups["quarter"]) or 0)
            fraction = int(groups.get("fraction") or 0)
            if (
                hour is None
                or minute is None
                or hour > HOURS
                or max(minute, second) > LAST_MINUTE
            ):
                refuse("cell.time.no_clock")
            if hour == HOURS and (minute or second or fraction):
                refuse("cell.time.no_clock")
            if fraction:
                doubts.add("cell.guess.fraction")
            half: Half = (
                ""
                if not groups.get("half")
                else "am"
                if groups["half"].startswith("a")
                else "pm"
            )
            if half and not (1 <= hour <= 12 or (half == "am" and hour == 0)):
                half = "" if half == "pm" and hour >= 13 else refuse("cell.time.no_clock")
            if style == "colon" and (found["hour"].startswith("0") or hour == 0) and not half:
                style = "padded"
            return TimeOfDay(hour * 60 + minute, half, style, seconds=second), found.end()  # type: ignore[arg-type]
    return None


def offset_at(text: str, place: int) -> tuple[timezone, int] | None:
    """The offset from UTC that is written at a place of such a text, and where it ends."""
    found = _OFFSET.match(text, place)
    if not found:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    if hours > MOST_OFFSET or minutes > LAST_MINUTE:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if found["sign"] == "-" else offset), found.end()


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
        return "am" if clock.part in AROUND_NOON and 10 * 60 <= clock.minutes < NOON else "pm"
    return clock.half


NIGHT: Final = frozenset(words("day_parts", "night"))
"""Parts of the day whose twelve o'clock is midnight."""
NEVER_NOON: Final = frozenset(words("day_parts", "never_noon"))
"""Parts of the day before noon whose twelve o'clock is not noon."""
AROUND_NOON: Final = frozenset(words("day_parts", "around_noon"))
"""Parts of the day that may begin before noon."""


def check_twelve(clock: TimeOfDay) -> None:
    """Raises CellFault for a twelve o'clock that may be of this day or of the next one (晚上12:30), or noon
    or midnight (上午12:30).

    Half past midnight is 上午12:30 to programs and 凌晨12:30 to people, to whom 上午12点 is noon.
    """
    if NOON <= clock.minutes < 13 * 60 and (
        clock.part in NIGHT or (clock.part in BEFORE_NOON and half_of(clock) == "pm")
    ):
        refuse("cell.time.half_day", Message("cell.accepts.time_clock"))


def span(start: TimeOfDay, end: TimeOfDay, next_day: bool, doubts: Doubts) -> tuple[int, int]:
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
        until = end.minutes if end.is_24 and end.minutes > NOON else _in_half(end.minutes, last)
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
            doubts.add("cell.guess.midnight", noon=f"{told(begin)}-{told(until + NOON)}")
    elif end.is_24 and end.minutes >= 13 * 60:
        until = end.minutes
    elif (
        first == "am" and end.style == "padded" and end.minutes <= begin and not next_day
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
    noon, midnight = until + NOON, told(until + DAY)
    doubts.add(
        "cell.guess.noon",
        noon=f"{told(begin)}-{told(noon)}",
        day=f"{told(begin)}-{midnight}",
        evening=f"{told(begin + NOON)}-{midnight}",
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


def told(minutes: int) -> str:
    """Minutes of the day as "HH:MM", those of the next day as what clocks show then."""
    return (
        f"{minutes // 60:02}:{minutes % 60:02}"
        if minutes <= DAY
        else f"{minutes // 60 - 24:02}:{minutes % 60:02}"
    )
