"""Rules on the days on which one resource works: runs, breaks, weekends, and what may follow what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from matchkit.model.rules.base import LARGEST
from matchkit.model.rules.times import OfResources
from matchkit.model.text import Name
from matchkit.model.time import Zone


class ShortestRun(OfResources):
    """Calendar days in a row on which a resource serves are at least so many.

    A run on the first or last day that windows of demands touch may go on beyond it, and may be shorter.
    """

    monotone = False
    rule: Literal["shortest_run"] = "shortest_run"
    days: Annotated[int, Field(ge=2, le=366)]
    """Calendar days in a row with work at least."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""


class ShortestBreak(OfResources):
    """Between two days on which a resource serves lie no other calendar days or at least so many."""

    monotone = False
    rule: Literal["shortest_break"] = "shortest_break"
    days: Annotated[int, Field(ge=2, le=366)]
    """Calendar days in a row without work at least."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""


class WeekendBudget(OfResources):
    """A resource serves on at most so many weekends: Saturday and Sunday of one ISO week are one."""

    rule: Literal["weekend_budget"] = "weekend_budget"
    most: Annotated[int, Field(ge=0, le=LARGEST)]
    """Weekends with work at most."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""


class NotAfter(OfResources):
    """A resource serves no demand of one category on the day after one of another: no early shift after a
    night.

    A demand counts on the calendar day on which it starts; one without windows does not count.
    """

    rule: Literal["not_after"] = "not_after"
    category: Name
    """The category, by key, of which no demand is served on the next day."""
    after: Name
    """The category, by key, of the day before."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""
