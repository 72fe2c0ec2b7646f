"""One line of a unit's resource list."""

from __future__ import annotations

import operator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.skill import SkillLevel
from matchkit.model.text import Id, Name, PersonalName, key
from matchkit.model.time import Window
from matchkit.model.unit import Place
from matchkit.model.weekly import WindowOrWeekly, check_bounded, expanded

MOST_WINDOWS = 10_000
"""Most windows of one resource's availability."""

SHARED_KINDS = frozenset({"equipment", "supplies", "service", "fund"})
"""Kinds that are stocks of alike units unless a resource says otherwise."""

Quantity = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Load(Record):
    """So much of a dimension: kilograms, seats, money. Dimensions compare by key."""

    dimension: Name
    """What is carried or used, compared by key: kilograms, seats."""
    amount: Annotated[int, Field(ge=0, le=1_000_000_000)]
    """How much of it."""


class Preference(Record):
    """Points for demands of a category, of a community (with those below it), or of both together."""

    category: Name | None = None
    """The category that a demand has; any, where none is given."""
    community: Id | None = None
    """The community that a demand is in, or below; any, where none is given."""
    points: Annotated[int, Field(ge=-100, le=100)]
    """Points for each unit at such a demand."""

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.category is None and self.community is None:
            raise RecordFault("preference")
        return self


class Resource(Record):
    """What a unit can give: a person, team, venue, equipment, supplies, service, fund, or a kind of the
    user's own.

    ``capacity`` counts the slots it can fill. A *divisible* resource (equipment, supplies, service and fund
    unless it says otherwise) is a stock: it can give several units to one requirement and serve demands that
    overlap in time. One that is not divisible (a person, team, venue) gives at most one unit to a requirement
    and is in one place at a time.
    """

    id: Id
    """Unique among resources."""
    unit: Id
    """The unit that offers it."""
    kind: Name = "person"
    """What it is, compared by key: person, venue, equipment."""
    name: PersonalName | None = None
    """What it is called; of a person, the name."""
    contact: PersonalName | None = None
    """How to reach who it is: a telephone number, an address."""
    skills: Annotated[Many[SkillLevel], Field(max_length=1_000)] = ()
    """What it can do, each skill with its level."""
    capacity: Quantity = 1
    """Units that it gives at most in all."""
    divisible: bool | None = None
    """Whether it is a stock of alike units; by its kind, where nothing is said."""
    available: Annotated[Many[WindowOrWeekly], Field(max_length=MOST_WINDOWS)] = ()
    """When it can be given, as windows or weekly patterns; empty means always."""
    preferred: Annotated[
        Many[WindowOrWeekly], Field(max_length=MOST_WINDOWS, exclude_if=operator.not_)
    ] = ()
    """When it would rather be given, as windows or weekly patterns; empty means no wish."""
    place: Place | None = None
    """Where it is; no distance counts where that is unknown."""
    mode: Literal["on_site", "online", "both"] = "both"
    """Where it serves: on site, online or both."""
    home: Id | None = None
    """The community it lives in or belongs to."""
    familiar: Annotated[Many[Id], Field(max_length=1_000)] = ()
    """Communities it knows."""
    groups: Annotated[Many[Name], Field(max_length=100, exclude_if=operator.not_)] = ()
    """Groups that it belongs to, compared by key, for which places may be kept."""
    preferences: Annotated[Many[Preference], Field(max_length=64)] = ()
    """Demands that it would rather serve, each with its points."""
    loads: Annotated[Many[Load], Field(max_length=16)] = ()
    """What it can carry in all, by dimension; a dimension not listed is 0."""
    activation: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Points it costs to use the resource at all."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        check_bounded(self.available, MOST_WINDOWS)
        check_bounded(self.preferred, MOST_WINDOWS)
        return self

    @property
    def free(self) -> tuple[Window, ...]:
        """The windows of ``available``, weekly patterns expanded; none means always."""
        return expanded(self.available)

    @property
    def is_divisible(self) -> bool:
        """Whether it is a stock of alike units: as said, or else by its kind."""
        return (
            key(self.kind) in SHARED_KINDS if self.divisible is None else self.divisible
        )
