"""Rules on single pairs and on how much a tree's node gives or takes."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from matchkit.model.resource import Quantity
from matchkit.model.rules.base import LARGEST, Cap, RuleRecord
from matchkit.model.text import Id


class Forbid(RuleRecord):
    """This resource must not serve this requirement."""

    scope = "pair"
    counts = "units"
    in_flow = in_eligibility = monotone = True
    rule: Literal["forbid"] = "forbid"
    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""


class Lock(RuleRecord):
    """This resource must serve this requirement with at least this quantity."""

    scope = "pair"
    counts = "units"
    in_flow = forces = True
    rule: Literal["lock"] = "lock"
    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""
    quantity: Annotated[int, Field(ge=1, le=LARGEST)] = 1
    """Units that it gives at least."""


class MaxDistance(RuleRecord):
    """Nobody is sent farther than this to an on-site demand; for one resource or demand, or for all.

    Pairs of which either place is unknown are not held back.
    """

    scope = "pair"
    counts = "units"
    in_flow = in_eligibility = monotone = True
    rule: Literal["max_distance"] = "max_distance"
    km: Annotated[float, Field(ge=0, le=25_000)]
    """Kilometres from the resource's place to the demand's at most."""
    resource: Id | None = None
    """Id of the resource that it limits; all, where none is given."""
    demand: Id | None = None
    """Id of the demand that it limits; all, where none is given."""


class UnitCap(Cap):
    """At most so many assigned units in all from a unit and those below it."""

    side = "unit"
    rule: Literal["unit_cap"] = "unit_cap"
    unit: Id
    """Id of the unit."""
    most: Quantity
    """Units of quantity at most."""

    def limit(self, capacity: int) -> int:  # noqa: ARG002 - whatever there is
        """The cap."""
        return self.most


class CommunityCap(Cap):
    """At most so many assigned units in all for a community and those below it."""

    side = "community"
    rule: Literal["community_cap"] = "community_cap"
    community: Id
    """Id of the community."""
    most: Quantity
    """Units of quantity at most."""

    def limit(self, capacity: int) -> int:  # noqa: ARG002 - whatever there is
        """The cap."""
        return self.most


class ReserveShare(Cap):
    """A unit keeps back this share (percent, rounded up to whole units) of its and its descendants' total
    capacity.
    """

    side = "unit"
    rule: Literal["reserve_share"] = "reserve_share"
    unit: Id
    """Id of the unit."""
    percent: Annotated[int, Field(ge=0, le=100)]
    """Percent of the capacity that stays unused."""

    def limit(self, capacity: int) -> int:
        """What the share leaves of the capacity."""
        return capacity * (100 - self.percent) // 100

    def raised(self, most: int, capacity: int) -> Self:
        """The rule with the greatest share up to its own that leaves so much of the capacity."""
        percents = range(self.percent, 0, -1)
        fits = (
            percent for percent in percents if capacity * (100 - percent) // 100 >= most
        )
        return self.model_copy(update={"percent": next(fits, 0)})
