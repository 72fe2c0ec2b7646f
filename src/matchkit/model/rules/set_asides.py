"""Places kept for a group of resources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.fault import RecordFault
from matchkit.model.rules.base import LARGEST, RuleRecord
from matchkit.model.text import Id, Name, key

SCOPES = ("requirement", "demand", "community")
"""Fields that say whose places are meant."""
Places = tuple[str | None, str | None, str | None, str | None]
"""Requirement, demand, community and the key of a kind: what a set-aside names its places by."""


class SetAside(RuleRecord):
    """Of the places of a requirement, of a demand, or of a community (with those below it), so many are kept
    for a group of resources, and at most so many go to it; without any of the three, of all places.

    Kept places that nobody of the group fills stay empty where the rule is hard; where it is soft, others may
    have them.
    """

    counts = "units"
    monotone = True
    rule: Literal["set_aside"] = "set_aside"
    group: Name
    """The group, compared by key with those of resources."""
    requirement: Id | None = None
    """Id of the requirement whose places they are."""
    demand: Id | None = None
    """Id of the demand whose places they are."""
    community: Id | None = None
    """Id of the community whose places they are; those below it count too."""
    kind: Name | None = None
    """The kind of resource that alone counts, with requirements that ask for it; any, where none is given."""
    least: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    """Places kept for the group."""
    most: Annotated[int, Field(ge=0, le=LARGEST)] = LARGEST
    """Units of quantity that the group gives there at most."""

    order: Annotated[int, Field(ge=-100, le=100)] = 0
    """Where its kept places come among all places as these are processed, the smallest first: the open places
    come at 0.
    """

    @model_validator(mode="after")
    def _least_within_most(self) -> Self:
        if self.least > self.most:
            raise RecordFault("least")
        return self

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if sum(getattr(self, field) is not None for field in SCOPES) > 1:
            raise RecordFault("set_aside_scope")
        return self

    @model_validator(mode="after")
    def _order_is_hard(self) -> Self:
        if self.order and self.soft is not None:
            raise RecordFault("set_aside_order")
        return self

    @property
    def places(self) -> Places:
        """What names its places; set-asides that name them alike share them."""
        kind = None if self.kind is None else key(self.kind)
        return self.requirement, self.demand, self.community, kind


def kept(rules: Iterable[RuleRecord]) -> list[SetAside]:
    """The hard set-asides that keep any places."""
    return [
        rule
        for rule in rules
        if isinstance(rule, SetAside) and rule.soft is None and rule.least
    ]


def processing_orders(rules: Iterable[RuleRecord]) -> tuple[int, ...]:
    """The orders at which places are processed, the open ones at 0, ascending; none where all are processed
    together.
    """
    orders = {0} | {rule.order for rule in kept(rules)}
    return tuple(sorted(orders)) if len(orders) > 1 else ()
