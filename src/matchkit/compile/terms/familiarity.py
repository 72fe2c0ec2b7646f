"""Term ``familiarity``: 50 at home (or below it), else 25 in a familiar community (or below one)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import LabelPoints, LabelSpan, LabelSpans, TermPairs
from matchkit.compile.trees import community_spans
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


def _spans(lists: Numbering) -> LabelSpans:
    span = lists.once("communities", community_spans)
    return LabelSpans(_scopes(resource, span) for resource in lists.resources)


def _communities(lists: Numbering) -> Intp:
    span = lists.once("communities", community_spans)
    return np.array([span[slot.demand.community][0] for slot in lists.slots], np.intp)


class FamiliarityTerm:
    """Points by resource and the demand's community."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        self._scopes = LabelPoints(
            lists.once("demands", _communities), lists.once("resources", _spans)
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
