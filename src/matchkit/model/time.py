"""Windows of time: given with a zone, half-open, compared in UTC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Annotated, Any, NoReturn, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    ValidationInfo,
    model_validator,
)

from matchkit.model.base import Record
from matchkit.model.fault import RecordFault

FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_MOMENT = 40

_CLOCK = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"
_OFFSET = r"(?:Z|[+-]\d{2}(?::?\d{2})?)"
WHOLE_MOMENT = rf"{_CLOCK}(?::\d{{2}}(?:\.0{{1,9}})?)?{_OFFSET}?"
"""A moment in whole seconds by ISO 8601, with or without an offset, a regular expression."""
_WRITTEN = re.compile(
    rf"({_CLOCK})(?:(:\d{{2}})(?:\.(\d{{1,9}}))?)?({_OFFSET})?", re.ASCII
)
_END_OF_DAY = "24:00"


@lru_cache(4096)  # lists name few moments many times
def moment_written(text: str) -> datetime | None:
    """The moment that a text in ISO 8601 names, 24:00 and fractions of a second included, or None; without an
    offset it has no zone.
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    clock, second, fraction, offset = found.groups(default="")
    ends_day = clock.endswith(_END_OF_DAY)
    if ends_day and (second + fraction).strip(":0"):
        return None
    try:
        moment = datetime.fromisoformat(
            (f"{clock[:-5]}00:00" if ends_day else clock) + second + offset
        )
        # A fraction is refused or cut off: no more than that there is one matters.
        return moment + timedelta(days=ends_day, microseconds=bool(fraction.strip("0")))
    except (
        ValueError,
        OverflowError,
    ):  # a 31st of February, a day after the last of the calendar
        return None


def _read(value: Any, info: ValidationInfo) -> Any:
    # pydantic would take a text of digits for seconds or milliseconds since 1970, by its size.
    if info.mode != "json" or not isinstance(value, str):
        return value
    found = moment_written(value) if len(value) <= LONGEST_MOMENT else None
    if found is not None:
        return found
    raise RecordFault("moment")


def _within_years(moment: datetime) -> datetime:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise RecordFault(
            "year", year=moment.year, first=FIRST_YEAR + 1, last=LAST_YEAR - 1
        )
    if moment.microsecond:
        raise RecordFault("second")
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_within_years),
    BeforeValidator(_read),
    # A moment without a zone, or with a fraction of a second, is read only to be refused as such.
    Field(
        json_schema_extra={
            "pattern": f"^{WHOLE_MOMENT.removesuffix('?').replace('(?:', '(')}$"
        }
    ),
]
"""A moment with a zone, in whole seconds, held in UTC."""


class Window(Record):
    """The time from ``start`` up to but not including ``end``."""

    start: Moment = Field(description="First moment, ISO 8601 with a zone")
    end: Moment = Field(
        description="First moment after the window, ISO 8601 with a zone"
    )

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise RecordFault("forward")
        return self


OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})


def _known_zone(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", name, re.ASCII):
        raise RecordFault("zone")
    if name in OF_THE_MACHINE:
        raise RecordFault("zone.machine")
    if name.casefold().startswith(("right/", "posix/")):
        raise RecordFault("zone.copy")
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return _spelt().get(name.casefold()) or _no_zone()
    return name


def _no_zone() -> NoReturn:
    raise RecordFault("zone.unknown") from None


@cache
def _spelt() -> Mapping[str, str]:
    """The names of zones by these in small letters."""
    return {
        name.casefold(): name for name in sorted(available_timezones() - OF_THE_MACHINE)
    }


Zone = Annotated[str, Field(max_length=60), AfterValidator(_known_zone)]
"""A time zone by its IANA name, in any letter case; held as IANA writes it. Leap seconds (``right/``) are no
times of ours.
"""
