"""Rules on single pairs and on how much a tree's node gives or takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from matchkit.model.resource import Quantity
from matchkit.model.rules.base import LARGEST, RuleRecord
from matchkit.model.text import Id


class Forbid(RuleRecord):
    """This resource must not serve this requirement."""

    scope = "pair"
    rule: Literal["forbid"] = "forbid"
    resource: Id
    requirement: Id


class Lock(RuleRecord):
    """This resource must serve this requirement with at least this quantity."""

    scope = "pair"
    rule: Literal["lock"] = "lock"
    resource: Id
    requirement: Id
    quantity: Annotated[int, Field(ge=1, le=LARGEST)] = 1


class MaxDistance(RuleRecord):
    """Nobody is sent farther than this to an on-site demand; for one resource or demand, or for all.

    Pairs of which either place is unknown are not held back.
    """

    scope = "pair"
    rule: Literal["max_distance"] = "max_distance"
    km: Annotated[float, Field(ge=0, le=25_000)]
    resource: Id | None = None
    demand: Id | None = None


class UnitCap(RuleRecord):
    """At most so many assigned units in all from a unit and those below it."""

    rule: Literal["unit_cap"] = "unit_cap"
    unit: Id
    most: Quantity


class CommunityCap(RuleRecord):
    """At most so many assigned units in all for a community and those below it."""

    rule: Literal["community_cap"] = "community_cap"
    community: Id
    most: Quantity


class ReserveShare(RuleRecord):
    """A unit keeps back this share (percent, rounded up to whole units) of its and its descendants' total
    capacity.
    """

    rule: Literal["reserve_share"] = "reserve_share"
    unit: Id
    percent: Annotated[int, Field(ge=0, le=100)]
