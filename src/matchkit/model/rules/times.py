"""Rules on one resource's time: how much, how often, and how close together."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.fault import RecordFault
from matchkit.model.rules.base import LARGEST, CountedThing, RuleRecord, RuleScope
from matchkit.model.text import Id, Name
from matchkit.model.time import Zone

Period = Literal["all", "day", "week", "days"]


class OfResources(RuleRecord):
    """A rule for one resource, for all resources of a kind, or (where neither is given) for every one by
    itself.

    Divisible resources are stocks, not somebody's time: no rule of this page holds for them.
    """

    scope: ClassVar[RuleScope] = "resource"
    counts: ClassVar[CountedThing] = "days"
    monotone = True
    resource: Id | None = None
    """Id of the one resource that it is for."""
    kind: Name | None = None
    """The kind, by key, of which it is for every resource."""

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if self.resource is not None and self.kind is not None:
            raise RecordFault("scope")
        return self

    @property
    def needs_times(self) -> bool:
        """Whether the amount counts when demands take place: a rule on time does."""
        return True


class InPeriods(OfResources):
    """A rule for every period: all time, each calendar day, each ISO week, or any ``days`` calendar days in a
    row.
    """

    per: Period = "all"
    """The period: all time, each calendar day, each ISO week, or any ``days`` in a row."""
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    """How many calendar days in a row, where that is the period."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""

    @model_validator(mode="after")
    def _days_where_asked(self) -> Self:
        if (self.per == "days") != (self.days is not None):
            raise RecordFault("days")
        return self


class HoursBudget(InPeriods):
    """A resource serves at most so many minutes in each period; demands without windows count nothing."""

    rule: Literal["hours_budget"] = "hours_budget"
    minutes: Annotated[int, Field(ge=0, le=LARGEST)]
    """Minutes in each period at most."""


class CountBudget(InPeriods):
    """A resource serves at most so many demands that start in a period; demands without windows count in
    ``all`` only.
    """

    rule: Literal["count_budget"] = "count_budget"
    most: Annotated[int, Field(ge=0, le=LARGEST)]
    """Assigned units in each period at most."""
    category: Name | None = None
    """The category, by key, whose demands alone count; all count where none is given."""

    @property
    def needs_times(self) -> bool:
        """Whether the amount counts when demands take place: of a budget over all time it does not."""
        return self.per != "all"


class Least(InPeriods):
    """At least so many units (``quantity``) or ``minutes`` in each period: of a resource, of each resource of
    a kind, of a unit or a community with those below it, or (where none is given) of every resource by
    itself. It is counted whether any of it is used or not.

    Divisible resources have units and no minutes. Periods of a calendar are those that windows of demands
    touch.
    """

    scope = "plan"
    counts = "heads"
    monotone = False
    forces = True
    rule: Literal["least"] = "least"
    unit: Id | None = None
    """Id of the unit that it is for, with those below it."""
    community: Id | None = None
    """Id of the community that it is for, with those below it."""
    quantity: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    """Assigned units in each period at least."""
    minutes: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    """Minutes in each period at least."""

    @model_validator(mode="after")
    def _one_subject_and_one_amount(self) -> Self:
        if (
            sum(
                name is not None
                for name in (self.resource, self.kind, self.unit, self.community)
            )
            > 1
        ):
            raise RecordFault("subjects")
        if (self.quantity is None) == (self.minutes is None):
            raise RecordFault("quantity_or_minutes")
        return self

    @property
    def needs_times(self) -> bool:
        """Whether the amount counts when demands take place: of units over all time it does not."""
        return self.minutes is not None or self.per != "all"


class LongestRun(OfResources):
    """A resource serves on at most so many calendar days in a row."""

    rule: Literal["longest_run"] = "longest_run"
    days: Annotated[int, Field(ge=1, le=366)]
    """Calendar days in a row at most."""
    zone: Zone = "UTC"
    """Whose midnight parts the days."""


class Rest(OfResources):
    """Between two demands that a resource serves lie at least so many minutes: rest of a person, set-up of a
    venue.
    """

    rule: Literal["rest"] = "rest"
    minutes: Annotated[int, Field(ge=1, le=1_000_000)]
    """Minutes between two demands at least."""


class Travel(OfResources):
    """Between two on-site demands that a resource serves lies the time of the way at so many km an hour.

    Demands without a known place, and online ones, need no way.
    """

    rule: Literal["travel"] = "travel"
    kmh: Annotated[int, Field(ge=1, le=10_000)]
    """Kilometres an hour on the way."""
