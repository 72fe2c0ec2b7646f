"""Rules on several resources or demands, or on a unit and a community."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Many
from matchkit.model.fault import RecordFault
from matchkit.model.rules.base import LARGEST, RuleRecord
from matchkit.model.text import Id


class KeepTogether(RuleRecord):
    """These resources serve a demand all or not at all, each demand by itself."""

    scope = "demand"
    counts = "units"
    rule: Literal["keep_together"] = "keep_together"
    resources: Annotated[Many[Id], Field(min_length=2, max_length=100)]
    """Ids of the resources."""


class KeepApart(RuleRecord):
    """At most one of these resources serves a demand, each demand by itself."""

    scope = "demand"
    counts = "units"
    monotone = True
    rule: Literal["keep_apart"] = "keep_apart"
    resources: Annotated[Many[Id], Field(min_length=2, max_length=100)]
    """Ids of the resources."""


class NotBoth(RuleRecord):
    """Of these demands a resource serves at most one, each resource by itself."""

    scope = "resource"
    monotone = True
    rule: Literal["not_both"] = "not_both"
    demands: Annotated[Many[Id], Field(min_length=2, max_length=1_000)]
    """Ids of the demands."""


class ChooseAtMost(RuleRecord):
    """At most so many of these resources are used at all: two of five venues."""

    monotone = True
    rule: Literal["choose_at_most"] = "choose_at_most"
    resources: Annotated[Many[Id], Field(min_length=1, max_length=100_000)]
    """Ids of the resources."""
    most: Annotated[int, Field(ge=0, le=LARGEST)]
    """How many of them are used at most."""


class MostMoves(RuleRecord):
    """At most so many units of a plan are moves, which its reference plan does not have: of a resource, of a
    unit with those below it, of every resource by itself, or (where none is given) in all.
    """

    monotone = True
    rule: Literal["most_moves"] = "most_moves"
    resource: Id | None = None
    """Id of the one resource that it is for."""
    unit: Id | None = None
    """Id of the unit that it is for, with those below it."""
    each: bool = False
    """Whether it is for every resource by itself."""
    most: Annotated[int, Field(ge=0, le=LARGEST)]
    """Moves at most."""

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.resource is not None) + (self.unit is not None) + self.each > 1:
            raise RecordFault("movers")
        return self


class UnitShare(RuleRecord):
    """Of a unit (with those below it) a community (with those below it) takes at least and at most so much,
    if it takes anything.
    """

    counts = "units"
    rule: Literal["unit_share"] = "unit_share"
    unit: Id
    """Id of the unit; those below it count too."""
    community: Id
    """Id of the community; those below it count too."""
    least: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    """Units of quantity at least, if the community takes anything."""
    most: Annotated[int, Field(ge=0, le=LARGEST)] = LARGEST
    """Units of quantity at most."""

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.least > self.most:
            raise RecordFault("least")
        return self
