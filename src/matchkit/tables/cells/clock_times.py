"""Times of day as written: 18:00, 6pm, 9点半, an offset behind them; and parts of the day (上午, evening),
which stand for hours where a cell names none. Whoever means other hours says so in the context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from typing import Final, Literal

from matchkit.tables.cells.context import Context
from matchkit.tables.cells.numbers import number
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.vocabulary.words import pattern, patterns, table, words

HOURS: Final = 24
LAST_MINUTE: Final = 59
DAY: Final = HOURS * 60
NOON: Final = 12 * 60
LAST_SECOND: Final = (DAY - 1, 59)
"""23:59:59, in minutes and seconds: what programs write for the end of a day."""
EARLY = 8 * 60
"""Hours without am or pm are those of a morning from here on; earlier ones may be those of an afternoon."""
Half = Literal["", "am", "pm"]

_COLON = re.compile(
    (
        r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?)?(?![\d:]) "
        r"?(?P<half>[ap]\.?m\.?(?![a-z]))?"
    ),
    re.ASCII,
)
_AM_PM = re.compile(
    r"(?P<hour>\d{1,2})(?:\.(?P<minute>\d\d))? ?(?P<half>[ap]\.?m\.?)(?![a-z])",
    re.ASCII,
)
_BARE = pattern(
    r"(?P<hour>\d{1,2})(?P<minute>(?!))?(?! ?[\d:/.<<clock.not_after>>])", re.ASCII
)
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
                minute = (
                    30 if groups["half_past"] else 15 * (number(groups["quarter"]) or 0)
                )
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
                half = (
                    "" if half == "pm" and hour >= 13 else refuse("cell.time.no_clock")
                )
            if (
                style == "colon"
                and (found["hour"].startswith("0") or hour == 0)
                and not half
            ):
                style = "padded"
            time = TimeOfDay(hour * 60 + minute, half, style, seconds=second)  # type: ignore[arg-type]
            return time, found.end()
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


def clock_text(minutes: int) -> str:
    """Minutes of the day as "HH:MM", those of the next day as what clocks show then."""
    return (
        f"{minutes // 60:02}:{minutes % 60:02}"
        if minutes <= DAY
        else f"{minutes // 60 - 24:02}:{minutes % 60:02}"
    )


_HOURS: Final = table("day_parts", "hours")
"""The words for each part of the day by its hours ("08:00-12:00")."""

_KNOWN: Final = {word: hours for hours, held in _HOURS.items() for word in held}
BEFORE_NOON: Final = frozenset(words("day_parts", "before_noon"))
"""Parts of the day whose clock times are those before noon."""
AFTER_NOON: Final = frozenset(words("day_parts", "after_noon"))
"""Parts of the day whose clock times are those from noon to midnight."""


def hours_of(part: str, context: Context) -> tuple[str, str] | None:
    """The hours of a part of the day by itself, the user's own first; None where no table has them."""
    start, _, end = _KNOWN.get(part, "").partition("-")
    return context.own_parts.get(part) or ((start, end) if start else None)


def day_parts(context: Context) -> list[str]:
    """All words for parts of the day, the longest first, so that none hides another."""
    return sorted(
        {*_KNOWN, *BEFORE_NOON, *AFTER_NOON, *context.own_parts},
        key=lambda word: (-len(word), word),
    )
