"""Who would rather have whom: ranks that either side gives the other, and nominations with their channels."""

from __future__ import annotations

import operator
from collections import Counter
from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.rules.base import LISTS
from matchkit.model.text import Id

Rank = Annotated[int, Field(ge=1, le=2**31 - 1)]
Ranker: TypeAlias = Literal["resource", "unit", "requirement", "demand", "community"]
Ranked: TypeAlias = Literal[
    "requirements", "demands", "communities", "resources", "units"
]
ChannelName: TypeAlias = Literal["self", "unit", "residents", "community"]
CHANNELS: Final[tuple[ChannelName, ...]] = get_args(ChannelName)
"""In the order in which equal nominations of one person count."""
GIVING: Final = ("resource", "unit")
"""Who ranks on the side of those who give; all others rank on the side of those who ask."""


class Ranking(Record):
    """The ranks that one of either side gives others of the other side: resources and units rank
    requirements, demands and communities, and these rank resources and units.

    ``ranks[k]`` is for ``ids[k]``, from 1 for the first choice. Equal ranks are ties, and gaps mean nothing.
    Who ranks several kinds has one record a kind, on one scale; a community or unit stands for all below it
    that are not ranked more closely (docs/rules.md).
    """

    by: Ranker
    """What ranks."""
    id: Id
    """Its id."""
    of: Ranked
    """What is ranked, all on the other side."""
    ids: Annotated[Many[Id], Field(max_length=1_000_000)]
    """Ids of those ranked, each once."""
    ranks: Annotated[Many[Rank], Field(max_length=1_000_000)]
    """The rank of each of them, in their order."""
    others: Annotated[
        Literal["never", "last"], Field(exclude_if=lambda others: others == "never")
    ] = "never"
    """Whether those that are not ranked are never taken, or come last, all alike."""

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        if (self.by in GIVING) == (LISTS[self.of] in GIVING):
            raise RecordFault("same_side", by=self.by, of=self.of)
        if len(self.ids) != len(self.ranks):
            raise RecordFault("rank_each", ids=len(self.ids), ranks=len(self.ranks))
        if len(set(self.ids)) < len(self.ids):
            twice = next(one for one, many in Counter(self.ids).items() if many > 1)
            raise RecordFault("rank_twice", twice=twice)
        return self


class Nomination(Record):
    """Somebody is put forward for a demand. A demand that has nominations takes nobody else.

    Where nobody of the demand ranks them, who has more ``endorsements`` comes first, all nominations of one
    person for the demand together; of equal ones, who has the smaller ``rank`` (docs/rules.md).
    """

    person: Id
    """Id of the resource that is nominated."""
    demand: Id
    """Id of the demand."""
    channel: ChannelName
    """Through which channel: the person, a unit, residents, or a community."""
    by: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Who nominates: the id of the unit or community; of residents any name of theirs, or none."""
    rank: Annotated[Rank | None, Field(exclude_if=operator.not_)] = None
    """The rank that the nominator gives, 1 for its first choice."""
    endorsements: Annotated[
        int, Field(ge=0, le=1_000_000_000, exclude_if=operator.not_)
    ] = 0
    """How many have signed it, as counted."""

    @model_validator(mode="after")
    def _by_whom(self) -> Self:
        if self.channel in ("unit", "community") and self.by is None:
            raise RecordFault("nominator", channel=self.channel)
        if self.channel == "self" and self.by not in (None, self.person):
            raise RecordFault("by_itself")
        return self


class Channel(Record):
    """How much a channel of nominations may do, at one demand or at every demand that has no record of its
    own for that channel.
    """

    channel: ChannelName
    """Which channel."""
    demand: Annotated[Id | None, Field(exclude_if=operator.not_)] = None
    """Id of the demand; every other one, where none is given."""
    places: Annotated[int | None, Field(ge=0, le=1_000_000_000)] = None
    """Places of each of its requirements that people of this channel fill, and nobody else; without a number
    the channel shares what the others leave.
    """
    nominations: Annotated[int | None, Field(ge=0, le=1_000_000_000)] = None
    """How many nominations one nominator may make through it for one demand."""
