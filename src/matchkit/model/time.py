"""Windows of time: given with a zone, half-open, compared in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo, model_validator

from matchkit.model.base import Record
from matchkit.model.fault import RecordFault

FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_MOMENT = 40

ISO_8601 = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$"
_WRITTEN = re.compile(ISO_8601, re.ASCII)


@lru_cache(4096)  # lists name few moments many times
def _written(text: str) -> datetime | None:
    if not _WRITTEN.match(text) or text.endswith("\n"):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a 31st of February
        return None


def _read(value: Any, info: ValidationInfo) -> Any:
    # pydantic would take a text of digits for seconds or milliseconds since 1970, by its size.
    if info.mode != "json" or not isinstance(value, str):
        return value
    found = _written(value) if len(value) <= LONGEST_MOMENT else None
    if found is not None:
        return found
    raise RecordFault("moment")


def _within_years(moment: datetime) -> datetime:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise RecordFault("year", year=moment.year, first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
    if moment.microsecond:
        raise RecordFault("second")
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_within_years),
    BeforeValidator(_read),
    Field(json_schema_extra={"pattern": ISO_8601.removesuffix("?$") + "$"}),  # a moment without a zone is read only to be refused as such
]
"""A moment with a zone, in whole seconds, held in UTC."""


class Window(Record):
    """The time from ``start`` up to but not including ``end``."""

    start: Moment = Field(description="First moment, ISO 8601 with a zone")
    end: Moment = Field(description="First moment after the window, ISO 8601 with a zone")

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
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise RecordFault("zone.unknown") from None
    return name


Zone = Annotated[str, Field(max_length=60), AfterValidator(_known_zone)]
"""A time zone by its IANA name."""
