"""Rules on who serves one demand together."""

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


class LocalMember(RuleRecord):
    """Among those who serve a demand are at least so many at home in its community, if anybody serves it."""

    scope = "demand"
    rule: Literal["local_member"] = "local_member"
    demand: Id
    """Id of the demand."""
    least: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """Members at home there at least."""


class AllOrNothing(RuleRecord):
    """A demand is served by nobody, or each of its requirements gets at least its minimum.

    With minimums that equal what is wanted, a bundle (people, a hall, a car) comes whole or not at all.
    """

    scope = "demand"
    counts = "units"
    rule: Literal["all_or_nothing"] = "all_or_nothing"
    demand: Id
    """Id of the demand."""
