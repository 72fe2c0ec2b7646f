"""Rules as data: what a plan must keep beyond skill, kind, time and capacity. All are hard."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Record
from matchkit.model.resource import Quantity
from matchkit.model.text import Id


class Forbid(Record):
    """This resource must not serve this requirement."""

    rule: Literal["forbid"] = "forbid"
    resource: Id
    requirement: Id


class Lock(Record):
    """This resource must serve this requirement with at least this quantity."""

    rule: Literal["lock"] = "lock"
    resource: Id
    requirement: Id
    quantity: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1


class MaxDistance(Record):
    """Nobody is sent farther than this to an on-site demand; for one resource or demand, or for all.

    Pairs of which either place is unknown are not held back.
    """

    rule: Literal["max_distance"] = "max_distance"
    km: Annotated[float, Field(ge=0, le=25_000)]
    resource: Id | None = None
    demand: Id | None = None


class UnitCap(Record):
    """At most so many assigned units in all from a unit and those below it."""

    rule: Literal["unit_cap"] = "unit_cap"
    unit: Id
    most: Quantity


class CommunityCap(Record):
    """At most so many assigned units in all for a community and those below it."""

    rule: Literal["community_cap"] = "community_cap"
    community: Id
    most: Quantity


class ReserveShare(Record):
    """A unit keeps back this share (percent, rounded up to whole units) of its and its descendants' total capacity."""

    rule: Literal["reserve_share"] = "reserve_share"
    unit: Id
    percent: Annotated[int, Field(ge=0, le=100)]


class HoursBudget(Record):
    """A resource serves at most so many minutes in all; demands without windows count nothing."""

    rule: Literal["hours_budget"] = "hours_budget"
    resource: Id
    minutes: Annotated[int, Field(ge=0, le=1_000_000_000)]


class Team(Record):
    """A demand is served by nobody, or by at least ``least`` and at most ``most`` units in all."""

    rule: Literal["team"] = "team"
    demand: Id
    least: Annotated[int, Field(ge=1, le=1_000_000_000)]
    most: Annotated[int, Field(ge=1, le=1_000_000_000)]

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.least > self.most:
            raise ValueError("has least above most; lower least or raise most")
        return self


Rule = Annotated[
    Forbid | Lock | MaxDistance | UnitCap | CommunityCap | ReserveShare | HoursBudget | Team,
    Field(discriminator="rule"),
]
