"""Eligibility by one attribute of resource and requirement: ``capacity``, ``kind``, ``mode`` and ``load``.

The resource's capacity is at least 1; the two kinds have equal keys; an on-site demand takes nobody who is
online only, an online one nobody who is on site only; one unit of the requirement fits into what the resource
has of every dimension.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.model import Load, Resource

MODES = {"on_site": 0, "online": 1, "both": 2}
"""Modes as the arrays hold them."""


def capacity_reasons(
    _lists: Numbering, resource: Resource, _slot: RequirementAtStart
) -> Iterator[Reason]:
    """Why the resource has nothing to give."""
    if resource.capacity < 1:
        yield Reason.of("capacity", "capacity", capacity=resource.capacity)


def has_capacity(capacity: Int64) -> Mask:
    """Which resources have something to give (bool, one a resource)."""
    return np.asarray(capacity >= 1)


def kind_reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Why the kinds differ."""
    if lists.lexicon.key(resource.kind) != lists.lexicon.key(slot.requirement.kind):
        yield Reason.of(
            "kind", "kind", kind=resource.kind, needed=slot.requirement.kind
        )


def same_kind(offered: Intp, asked: int) -> Mask:
    """Which kinds, by number (intp (profiles,)), are the one asked for (bool (profiles,))."""
    return np.asarray(offered == asked)


def mode_reasons(
    _lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Why the modes do not meet."""
    if resource.mode not in ("both", slot.demand.mode):
        yield Reason.of("mode", f"{resource.mode}_only")


def modes_meet(offered: Intp, asked: Intp) -> Mask:
    """Whether modes, by number (intp (pairs,) both), meet (bool (pairs,)); ``asked`` is never both."""
    return np.asarray((offered == asked) | (offered == MODES["both"]))


def _by_dimension(lists: Numbering, loads: Iterable[Load]) -> dict[str, int]:
    """The amounts by key of their dimension, those of one dimension added up."""
    found: dict[str, int] = {}
    for load in loads:
        dimension = lists.lexicon.key(load.dimension)
        found[dimension] = found.get(dimension, 0) + load.amount
    return found


def load_reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Every dimension of which one unit uses more than the resource has."""
    if not slot.requirement.uses:
        return
    has = _by_dimension(lists, resource.loads)
    for dimension, amount in sorted(
        _by_dimension(lists, slot.requirement.uses).items()
    ):
        if amount > has.get(dimension, 0):
            yield Reason.of(
                "load",
                "load",
                dimension=dimension,
                has=has.get(dimension, 0),
                needed=amount,
            )


class Loads:
    """By dimension, what every resource has and what a unit of every slot uses (int64)."""

    def __init__(self, lists: Numbering) -> None:
        uses = [_by_dimension(lists, slot.requirement.uses) for slot in lists.slots]
        self.dimensions = sorted(
            {dimension for used in uses for dimension, amount in used.items() if amount}
        )
        has = (
            [_by_dimension(lists, resource.loads) for resource in lists.resources]
            if self.dimensions
            else []
        )
        self.has: list[Int64] = [
            np.array([given.get(name, 0) for given in has], np.int64)
            for name in self.dimensions
        ]
        self.uses: list[Int64] = [
            np.array([used.get(name, 0) for used in uses], np.int64)
            for name in self.dimensions
        ]

    def holds(self, left: Intp, right: Intp) -> Mask:
        """Which pairs fit one unit."""
        found = np.ones(len(left), np.bool_)
        for has, uses in zip(self.has, self.uses, strict=True):
            found &= uses[right] <= has[left]
        return found
