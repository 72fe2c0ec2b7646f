"""One line of a community's demand list, and the roles in it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.resource import Load
from matchkit.model.skill import Need
from matchkit.model.text import Id, Name, PersonalName
from matchkit.model.time import Window
from matchkit.model.unit import Place
from matchkit.model.weekly import WindowOrWeekly, check_bounded, expanded

MOST_WINDOWS = 1_000
"""Most windows of one demand."""


class Requirement(Record):
    """One role in a demand: who can fill it, how many are wanted and how many are the least.

    All entries of ``skills`` must hold: each is a skill at a minimum level, or alternatives of which one is
    enough. ``id`` is unique among all requirements of the problem.
    """

    id: Id
    """Unique among all requirements."""
    kind: Name = "person"
    """The kind of resource that can fill it, compared by key."""
    skills: Annotated[Many[Need], Field(max_length=64)] = ()
    """Needs, all of which must hold."""
    wanted: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """Units that fill it."""
    minimum: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    """Units that come first among the goals."""
    uses: Annotated[Many[Load], Field(max_length=16)] = ()
    """What each assigned unit uses of its resource's loads."""

    @model_validator(mode="after")
    def _minimum_within_wanted(self) -> Self:
        if self.minimum > self.wanted:
            raise RecordFault("minimum")
        return self


class Demand(Record):
    """What a community needs at a time and place; tier 1 is filled before tier 2, and so on."""

    id: Id
    """Unique among demands."""
    community: Id
    """The community that asks."""
    requirements: Annotated[Many[Requirement], Field(min_length=1, max_length=1_000)]
    """The roles to be filled."""
    name: Name | None = None
    """What people call it."""
    in_charge: PersonalName | None = None
    """Who answers for it in the community."""
    contact: PersonalName | None = None
    """How to reach who is in charge."""
    category: Name | None = None
    """What preferences and rules compare with, by key."""
    tier: Annotated[int, Field(ge=1, le=20)] = 1
    """Its priority: 1 is filled first."""
    weight: Annotated[int, Field(ge=0, le=1_000)] = 100
    """Points each filled slot earns: which demands come first within a tier."""
    windows: Annotated[Many[WindowOrWeekly], Field(max_length=MOST_WINDOWS)] = ()
    """When it takes place, all of them, as windows or weekly patterns; empty means that no time is set."""
    place: Place | None = None
    """Where it takes place; where none is given, at its community's place."""
    mode: Literal["on_site", "online"] = "on_site"
    """Whether it takes place on site or online; online, no distance counts."""
    minutes: Annotated[int, Field(ge=1, le=527_040)] | None = None
    """Where given, the demand is flexible: it takes so long, at one time within one of its windows."""
    step: Annotated[int, Field(ge=1, le=1_440)] = 60
    """A flexible demand may start at the start of a window and every so many minutes later."""

    @model_validator(mode="after")
    def _flexible_within_windows(self) -> Self:
        if self.minutes is not None and not self.windows:
            raise RecordFault("minutes")
        return self

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        check_bounded(self.windows, MOST_WINDOWS)
        return self

    @property
    def times(self) -> tuple[Window, ...]:
        """The windows of ``windows``, weekly patterns expanded; none means that no time is set."""
        return expanded(self.windows)
