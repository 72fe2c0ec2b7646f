"""Time as people give it: hours on days of the week, between two dates, with days off and make-up days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Final, Self, cast
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.time import FIRST_YEAR, LAST_YEAR, Window, Zone

LONGEST_PATTERN: Final = 800
"""Most days from a pattern's first date to its last: somewhat more than two years."""

CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
"""A time of day as HH:MM, a regular expression."""
_NO_SECONDS = r"(:00(\.0{1,9})?)?"


def clock(text: str, last: str = "23:59") -> str:
    """The time of day as HH:MM, as which HH:MM:00 counts; 24:00 where it is the ``last``. Raises RecordFault
    for other texts.
    """
    if not re.fullmatch(f"({CLOCK}|{last}){_NO_SECONDS}", text, re.ASCII):
        raise RecordFault("clock", last=last)
    return text[:5]


def _start(text: str) -> str:
    return clock(text)


def _end(text: str) -> str:
    return clock(text, "24:00")


def _within_years(day: date) -> date:
    # One year narrower than moments, so that no zone and no night carries a window beyond what a moment may
    # be.
    if not FIRST_YEAR + 1 < day.year < LAST_YEAR - 1:
        raise RecordFault(
            "year", year=day.year, first=FIRST_YEAR + 2, last=LAST_YEAR - 2
        )
    return day


Day = Annotated[
    date,
    AfterValidator(_within_years),
    Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
"""A calendar day, as in 2026-05-01."""


def _weekday(value: Any, inner: ValidatorFunctionWrapHandler) -> Any:
    try:
        return inner(value)
    except ValidationError:
        raise RecordFault("weekday") from None


Weekday = Annotated[int, Field(ge=1, le=7), WrapValidator(_weekday)]
"""ISO 8601: 1 is Monday, 7 is Sunday."""


class Weekly(Record):
    """Hours on days of the week, as local clocks show them: Mondays to Fridays 18:00 to 22:00 from March to
    June.

    An ``end`` that is not after ``start`` lies on the next day. The pattern holds from ``first`` to ``last``
    (both included) on the ``days`` of the week and on the dates of ``also``, but not on the dates of ``off``;
    a window belongs to the day on which it starts.

    A local time stands for the first moment at which the zone's clock shows it, or shows a later one where it
    jumps over it. So a window that starts in the hour that summer time skips starts after that hour, one that
    lies wholly in it is left out, and an hour that comes twice at the end of summer time belongs twice to
    what goes on beyond it. Two patterns of which one ends when the other starts neither overlap nor leave a
    gap, on those days too.
    """

    zone: Zone
    """Whose clocks show the hours: an IANA name."""
    days: Annotated[Many[Weekday], Field(min_length=1, max_length=7)]
    """Days of the week, 1 for Monday to 7 for Sunday."""
    start: Annotated[
        str,
        AfterValidator(_start),
        Field(json_schema_extra={"pattern": f"^{CLOCK}{_NO_SECONDS}$"}),
    ]
    """Local time "HH:MM"."""
    end: Annotated[
        str,
        AfterValidator(_end),
        Field(json_schema_extra={"pattern": f"^({CLOCK}|24:00){_NO_SECONDS}$"}),
    ]
    """Local time "HH:MM", or "24:00"; on the next day where it is not after ``start``."""
    first: Day
    """The first date on which the pattern may hold."""
    last: Day
    """The last date on which the pattern may hold."""
    off: Annotated[Many[Day], Field(max_length=LONGEST_PATTERN)] = ()
    """Dates on which the pattern does not hold: public holidays."""
    also: Annotated[Many[Day], Field(max_length=LONGEST_PATTERN)] = ()
    """Dates on which it holds besides, whatever day of the week: make-up workdays."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        # pydantic asks again of every record that takes the pattern, and a hundred thousand people share a
        # few.
        if _SOUND.get(id(self)) is not self:
            self._dates_in_order()
            # No windows means "always" to a resource: a pattern that comes to nothing must never be taken for
            # that.
            if next(_windows(self), None) is None:
                raise RecordFault("never")
            if len(_SOUND) >= MOST_SOUND:
                _SOUND.clear()
            _SOUND[id(self)] = self
        return self

    def _dates_in_order(self) -> None:
        if self.last < self.first:
            raise RecordFault("dates")
        if self.last - self.first >= timedelta(days=LONGEST_PATTERN):
            raise RecordFault("pattern_long", most=LONGEST_PATTERN)
        for name in ("off", "also"):
            named = sorted(getattr(self, name))
            if named and not (self.first <= named[0] and named[-1] <= self.last):
                outside = named[0] if named[0] < self.first else named[-1]
                raise RecordFault("outside", day=f"{outside}", field=name)
        both = set(self.off) & set(self.also)
        if both:
            raise RecordFault("off_and_also", day=f"{min(both)}")

    @property
    def most(self) -> int:
        """No fewer than the windows it stands for; nothing is expanded to tell."""
        return -(-((self.last - self.first).days + 1) // 7) * len(self.days) + len(
            self.also
        )

    def windows(self) -> tuple[Window, ...]:
        """The windows in UTC, ascending, none overlapping the next: at most one a day, and at least one in
        all.
        """
        return _expanded(self)


def _windows(pattern: Weekly) -> Iterator[Window]:
    zone = ZoneInfo(pattern.zone)
    held, off, also = set(pattern.days), set(pattern.off), set(pattern.also)
    overnight = timedelta(days=pattern.end <= pattern.start)
    for number in range((pattern.last - pattern.first).days + 1):
        day = pattern.first + timedelta(days=number)
        if day in also or (day.isoweekday() in held and day not in off):
            start, end = (
                _moment(day, pattern.start, zone),
                _moment(day + overnight, pattern.end, zone),
            )
            if start < end:  # not so where the clock jumps over all of it
                yield Window(start=start, end=end)


MOST_SOUND: Final = 4_096
_SOUND: dict[int, Weekly] = {}
"""Patterns that have been checked, by identity, and kept with it: an identity means something only while its
owner lives.
"""


@lru_cache(256)  # many people share one pattern
def _expanded(pattern: Weekly) -> tuple[Window, ...]:
    return tuple(_windows(pattern))


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The first moment at which the zone's clock shows this time or, where it jumps over it, a later one."""
    hour, minute = int(clock[:2]), int(clock[3:])
    local = datetime(day.year, day.month, day.day) + timedelta(  # noqa: DTZ001 - wall time
        hours=hour, minutes=minute
    )
    after = local.replace(tzinfo=zone).astimezone(
        UTC
    )  # fold 0: of a time that comes twice the first
    if _shown(after, zone) == local:
        return after
    # Skipped: PEP 495 reads it with the offset before the jump (fold 0, too late) or after it (fold 1, too
    # early).
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (
            (before, middle) if _shown(middle, zone) >= local else (middle, after)
        )
    return after


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _shape(time: Any) -> str:
    if isinstance(time, dict):
        return (
            "weekly"
            if not time.keys().isdisjoint(
                ("zone", "days", "first", "last", "off", "also")
            )
            else "window"
        )
    return "weekly" if isinstance(time, Weekly) else "window"


WindowOrWeekly = Annotated[
    Annotated[Window, Tag("window")] | Annotated[Weekly, Tag("weekly")],
    Discriminator(_shape),
]
"""A window, or a weekly pattern that stands for windows."""


def expanded(times: tuple[Window | Weekly, ...]) -> tuple[Window, ...]:
    """The windows that the times stand for: windows as they are, patterns expanded in their place.

    Equal times with patterns give one and the same tuple as a rule, so that what is worked out of it can be
    kept by identity.
    """
    if all(isinstance(time, Window) for time in times):
        return cast("tuple[Window, ...]", times)
    return _together(times)


@lru_cache(256)
def _together(times: tuple[Window | Weekly, ...]) -> tuple[Window, ...]:
    return tuple(
        window
        for time in times
        for window in ((time,) if isinstance(time, Window) else time.windows())
    )


def check_bounded(times: Sequence[Window | Weekly], limit: int) -> None:
    """Raises ValueError where the times may stand for more windows than ``limit``: a short text can ask for
    very many.
    """
    most = sum(1 if isinstance(time, Window) else time.most for time in times)
    if most > limit:
        raise RecordFault("windows", most=most, limit=limit)
