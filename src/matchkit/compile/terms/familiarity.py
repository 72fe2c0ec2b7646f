"""Term ``familiarity``: 50 at home (or below it), else 25 in a familiar community (or below one)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.equivalence import classes
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import LabelPoints, LabelSpan, TermPairs
from matchkit.compile.trees import intervals
from matchkit.graph.candidates import Integers
from matchkit.model import Resource

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs

HOME, FAMILIAR = 50, 25


def _scopes(resource: Resource, span: dict[str, tuple[int, int]]) -> list[LabelSpan]:
    """Spans whose points add up to the term: overlapping ones are cut or topped up."""
    home = span[resource.home] if resource.home is not None else None
    found: list[LabelSpan] = []
    covered, at_home = -1, HOME
    # By start and widest first, a span inside another comes after it.
    for low, high in sorted(
        {span[community] for community in resource.familiar},
        key=lambda entry: (entry[0], -entry[1]),
    ):
        if high <= covered or (home is not None and home[0] <= low and high <= home[1]):
            continue
        covered = high
        found.append((low, high, FAMILIAR))
        if home is not None and low <= home[0] and home[1] <= high:
            at_home = HOME - FAMILIAR
    return [*found, (*home, at_home)] if home is not None else found


class FamiliarityTerm:
    """Points by resource and the demand's community."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        span = intervals(
            {community.id: community.parent for community in lists.problem.communities}
        )
        places, label = classes(span[slot.demand.community][0] for slot in lists.slots)
        order = np.array(sorted(places), np.intp)
        given = []
        for resource in lists.resources:
            scopes = _scopes(resource, span)
            ends = np.searchsorted(
                order, [bound for low, high, _ in scopes for bound in (low, high)]
            ).tolist()
            given.append(
                [
                    (ends[2 * place], ends[2 * place + 1], points)
                    for place, (_, _, points) in enumerate(scopes)
                ]
            )
        self._scopes = LabelPoints(
            np.searchsorted(order, np.array(places, np.intp))[label], len(order), given
        )
        self.labels = self._scopes.labels

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair: 0, 25 or 50."""
        return (
            np.zeros(len(pairs.right), np.int32)
            if self._scopes.empty
            else self._scopes.points(pairs)
        )

    def range(self) -> tuple[int, int]:
        """0 to 50."""
        return 0, 0 if self._scopes.empty else HOME


TERM = FamiliarityTerm
