"""The reference plan of a least change: units that the plan to come should keep."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from matchkit.errors import Complaint
from matchkit.model.base import Many, Record
from matchkit.model.fault import complaint
from matchkit.model.text import Id
from matchkit.model.time import Moment

if TYPE_CHECKING:
    from matchkit.model.problem import Problem


class ReferencePair(Record):
    """Units of a reference plan. A plan keeps those that it gives to the same requirement by the same
    resource, at the same start where the demand is flexible.

    Who or what is in no list of the problem any more is no fault: nobody can keep these units.
    """

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement that it serves."""
    start: Annotated[Moment | None, Field(exclude_if=operator.not_)] = None
    """When it begins, where the demand is flexible."""
    quantity: Annotated[
        int, Field(ge=1, le=1_000_000_000), Field(exclude_if=lambda units: units == 1)
    ] = 1
    """Units of the reference plan."""
    weight: Annotated[
        int, Field(ge=0, le=1_000_000), Field(exclude_if=lambda weight: weight == 1)
    ] = 1
    """What each of them counts in the goal ``kept``; 0 where it may change freely."""


NamedPairs = Annotated[
    frozenset[Annotated[tuple[Id, Id], Field(strict=False)]], Field(strict=False)
]
"""Resource and requirement of each."""
Weight = Annotated[int, Field(ge=0, le=1_000)]

Most = Annotated[int, Field(ge=0, le=1_000_000_000)] | None


class KeepTerms(Record):
    """Which units of a plan may not change, which may for filled slots only, and what each counts."""

    frozen: Moment | NamedPairs = frozenset()
    """What stays as it is: all that begins before a moment, or these pairs."""
    published: Moment | NamedPairs | None = None
    """What changes for filled slots only, likewise; everything, where it is not given."""
    draft: Weight = 0
    """What a unit of all others counts."""
    notice: Many[Annotated[tuple[Moment, Weight], Field(strict=False)]] = ()
    """Moments with what a unit counts that begins before them; the earliest counts."""
    moves: Most = None
    """The most units that may be new in all."""
    moves_a_person: Most = None
    """The most of every resource."""
    moves_a_unit: Most = None
    """The most of every unit."""
    persons: Annotated[dict[Id, Weight], Field(default_factory=dict)]
    """How many times the units of a resource count, by its id."""

    def freezes(self, pair: tuple[str, str], begins: datetime | None) -> bool:
        """Whether units of a pair that begin then stay as they are."""
        return _among(self.frozen, pair, begins, undated=False)

    def weight(self, pair: tuple[str, str], begins: datetime | None) -> int:
        """What each unit of a pair that begins then counts."""
        person = self.persons.get(pair[0], 1)
        published = self.published
        if published is not None and not _among(published, pair, begins, undated=True):
            return self.draft * person
        near = (
            weight
            for moment, weight in sorted(self.notice)
            if begins is not None and begins < moment
        )
        return next(near, 1) * person


def _among(
    given: datetime | frozenset[tuple[str, str]],
    pair: tuple[str, str],
    begins: datetime | None,
    *,
    undated: bool,
) -> bool:
    """Whether a pair is listed, or begins before the moment given."""
    if isinstance(given, datetime):
        return undated if begins is None else begins < given
    return pair in given


def reference_faults(problem: Problem) -> Iterator[Complaint]:
    """Units of one resource, requirement and start that are listed twice."""
    seen: set[tuple[object, ...]] = set()
    for number, one in enumerate(problem.reference):
        entry = one.resource, one.requirement, one.start
        if entry in seen:
            yield complaint(f"reference[{number}]", "reference_twice")
        seen.add(entry)
