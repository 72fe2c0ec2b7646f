"""Eligibility ``capacity``: the resource's capacity is at least 1."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Int64, Mask
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.model import Resource


def reasons(
    _lists: Numbering, resource: Resource, _slot: RequirementAtStart
) -> Iterator[Reason]:
    """Why the resource has nothing to give."""
    if resource.capacity < 1:
        yield Reason.of("capacity", "capacity", capacity=resource.capacity)


def holds(capacity: Int64) -> Mask:
    """Which resources have something to give (bool, one a resource)."""
    return np.asarray(capacity >= 1)
