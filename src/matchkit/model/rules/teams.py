"""Rules on who serves one demand, or one community, together."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Many
from matchkit.model.fault import RecordFault
from matchkit.model.rules.base import LARGEST, RuleRecord
from matchkit.model.skill import SkillLevel
from matchkit.model.text import Id

PositiveCount = Annotated[int, Field(ge=1, le=LARGEST)]


class Team(RuleRecord):
    """A demand is served by nobody, or by at least ``least`` and at most ``most`` units in all."""

    scope = "demand"
    counts = "units"
    rule: Literal["team"] = "team"
    demand: Id
    """Id of the demand."""
    least: PositiveCount
    """Units that come at least, if anybody comes."""
    most: PositiveCount
    """Units that come at most."""

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.least > self.most:
            raise RecordFault("least")
        return self


class SkillCount(SkillLevel):
    """So many who have a skill at this level or above."""

    count: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """How many members are asked for."""


class Cover(RuleRecord):
    """Those who serve a demand together have these skills, if anybody serves it.

    ``counting`` says whether one of them may count for ``several`` of the skills or for ``one`` only. One
    leader at a level is a cover of one skill.
    """

    scope = "demand"
    rule: Literal["cover"] = "cover"
    demand: Id
    """Id of the demand."""
    skills: Annotated[Many[SkillCount], Field(min_length=1, max_length=64)]
    """The skills asked, each with its level and count."""
    counting: Literal["one", "several"]
    """Whether a member counts for one of the skills or for several."""


class Trainees(RuleRecord):
    """Of those who serve a demand, at most ``most`` without the skill at this level for each one who
    has it.
    """

    scope = "demand"
    rule: Literal["trainees"] = "trainees"
    demand: Id
    """Id of the demand."""
    senior: SkillLevel
    """The skill, and the level from which a member has it."""
    most: Annotated[int, Field(ge=0, le=1_000_000)]
    """Members without it for each one with it."""


class UnitsRepresented(RuleRecord):
    """Those who serve a demand come from at least so many units, if anybody serves it."""

    scope = "demand"
    rule: Literal["units_represented"] = "units_represented"
    demand: Id
    """Id of the demand."""
    least: Annotated[int, Field(ge=1, le=1_000_000)]
    """Units that members come from at least."""


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


class LocalMember(RuleRecord):
    """Among those who serve a demand are at least so many at home in its community, if anybody serves it."""

    scope = "demand"
    rule: Literal["local_member"] = "local_member"
    demand: Id
    """Id of the demand."""
    least: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """Members at home there at least."""


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


class AllOrNothing(RuleRecord):
    """A demand is served by nobody, or each of its requirements gets at least its minimum.

    With minimums that equal what is wanted, a bundle (people, a hall, a car) comes whole or not at all.
    """

    scope = "demand"
    counts = "units"
    rule: Literal["all_or_nothing"] = "all_or_nothing"
    demand: Id
    """Id of the demand."""


class ChooseAtMost(RuleRecord):
    """At most so many of these resources are used at all: two of five venues."""

    monotone = True
    rule: Literal["choose_at_most"] = "choose_at_most"
    resources: Annotated[Many[Id], Field(min_length=1, max_length=100_000)]
    """Ids of the resources."""
    most: Annotated[int, Field(ge=0, le=LARGEST)]
    """How many of them are used at most."""
