"""Places kept for a group of resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matchkit.errors import Complaint
from matchkit.model.fault import RecordFault, complaint
from matchkit.model.rules.base import LARGEST, RuleRecord
from matchkit.model.text import Id, Name, key

SCOPES = ("requirement", "demand", "community")
"""Fields that say whose places are meant."""
MOST_TOGETHER = 8
"""Groups that hard set-asides of the same places keep some for are no more."""
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

    @property
    def places(self) -> Places:
        """What names its places; set-asides that name them alike share them."""
        kind = None if self.kind is None else key(self.kind)
        return self.requirement, self.demand, self.community, kind


def set_aside_faults(rules: Sequence[RuleRecord]) -> Iterator[Complaint]:
    """One complaint where hard set-asides keep some of the same places for too many groups: each choice of
    groups is looked at.
    """
    groups: dict[Places, set[str]] = {}
    for number, rule in enumerate(rules):
        if not isinstance(rule, SetAside) or rule.soft is not None or not rule.least:
            continue
        here = groups.setdefault(rule.places, set())
        here.add(key(rule.group))
        if len(here) > MOST_TOGETHER:
            here.clear()
            yield complaint(
                f"rules[{number}].group", "set_asides_many", most=MOST_TOGETHER
            )
