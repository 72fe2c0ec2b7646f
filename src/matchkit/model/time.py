"""Windows of time: given with a zone, half-open, compared in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from matchkit.model.base import Record

FIRST_YEAR, LAST_YEAR = 1970, 2200


def _within_years(moment: datetime) -> datetime:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(f"is in the year {moment.year}; it must lie between {FIRST_YEAR + 1} and {LAST_YEAR - 1}")
    if moment.microsecond:
        raise ValueError("has a fraction of a second; give whole seconds")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_within_years)]
"""A moment with a zone, in whole seconds, held in UTC."""


class Window(Record):
    """The time from ``start`` up to but not including ``end``."""

    start: Moment = Field(description="First moment, ISO 8601 with a zone")
    end: Moment = Field(description="First moment after the window, ISO 8601 with a zone")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("ends before or when it starts; give an end after the start")
        return self
