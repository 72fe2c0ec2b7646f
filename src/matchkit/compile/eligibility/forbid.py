"""Eligibility ``forbid``: no forbid rule names the pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matchkit.answers.reasons import Reason
from matchkit.arrays import Intp
from matchkit.compile.numbering import Numbering, RequirementAtStart
from matchkit.compile.ragged import found_in
from matchkit.model import Resource


def reasons(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Iterator[Reason]:
    """Whether a rule names the pair."""
    if (resource.id, slot.requirement.id) in lists.forbidden:
        yield Reason.of(
            "forbid", "forbid", resource=resource.id, requirement=slot.requirement.id
        )


class SparsePairs:
    """A few pairs named by number, to be found among the many of a block: forbidden, locked or of a previous
    plan.
    """

    def __init__(self, right_count: int, pairs: Iterable[tuple[int, int]]) -> None:
        self._right_count = max(1, right_count)
        self.codes: Intp = np.array(
            sorted({left * self._right_count + right for left, right in pairs}), np.intp
        )

    def positions(self, left: Intp, right: Intp) -> tuple[Intp, Intp]:
        """Where the named pairs stand among pairs that ascend by (left, right), and which of the named each
        is.
        """
        if len(self.codes) == 0 or len(left) == 0:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        begin, end = np.searchsorted(
            self.codes,
            [left[0] * self._right_count, (left[-1] + 1) * self._right_count],
        )
        if begin == end:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        position, here = found_in(
            left * self._right_count + right, self.codes[begin:end]
        )
        return position[here], np.flatnonzero(here) + begin


def forbidden(lists: Numbering) -> SparsePairs:
    """The forbidden pairs by number."""
    named = (
        (lists.left[resource], right)
        for resource, requirement in lists.forbidden
        for right in lists.places[requirement]
    )
    return SparsePairs(len(lists.slots), named)
