"""Term ``preference``: the points of every preference of the resource that the demand meets."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from matchkit.compile.equivalence import classes
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import LabelPoints, LabelSpan, TermPairs
from matchkit.compile.trees import intervals
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs


class PreferenceTerm:
    """Three sums: preferences by category, by community, and by both, each a span of its own labels."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        key = lists.lexicon.key
        span = intervals(
            {community.id: community.parent for community in lists.problem.communities}
        )
        topics, topic = classes(
            (
                key(slot.demand.category) if slot.demand.category is not None else "",
                span[slot.demand.community][0],
            )
            for slot in lists.slots
        )
        order = sorted(topics)
        by_place = sorted({place for _, place in topics})
        categories = sorted({category for category, _ in topics})
        parts: tuple[
            list[list[LabelSpan]], list[list[LabelSpan]], list[list[LabelSpan]]
        ] = (
            [],
            [],
            [],
        )
        for resource in lists.resources:
            for part in parts:
                part.append([])
            for liked in resource.preferences:
                if liked.category is None:
                    first, end = span[str(liked.community)]
                    parts[1][-1].append(
                        (
                            bisect_left(by_place, first),
                            bisect_left(by_place, end),
                            liked.points,
                        )
                    )
                    continue
                category = key(liked.category)
                if liked.community is None:
                    low = bisect_left(categories, category)
                    parts[0][-1].append(
                        (
                            low,
                            low
                            + int(
                                low < len(categories) and categories[low] == category
                            ),
                            liked.points,
                        )
                    )
                else:
                    first, end = span[liked.community]
                    parts[2][-1].append(
                        (
                            bisect_left(order, (category, first)),
                            bisect_left(order, (category, end)),
                            liked.points,
                        )
                    )
        labels = (
            np.array(
                [bisect_left(categories, category) for category, _ in topics], np.intp
            ),
            np.array([bisect_left(by_place, place) for _, place in topics], np.intp),
            np.array([bisect_left(order, entry) for entry in topics], np.intp),
        )
        sizes = (len(categories), len(by_place), len(order))
        made = (
            LabelPoints(label[topic], size, part)
            for label, size, part in zip(labels, sizes, parts, strict=True)
        )
        self.scopes = tuple(scopes for scopes in made if not scopes.empty)
        self.labels = max((scopes.labels for scopes in self.scopes), default=0)

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair; at most 64 preferences of 100 points, so within 6,400."""
        total = np.zeros(len(pairs.right), np.int32)
        for scopes in self.scopes:
            total += scopes.points(pairs)
        return total

    def range(self) -> tuple[int, int]:
        """Sum of the bounds of the three parts."""
        return sum(scopes.range[0] for scopes in self.scopes), sum(
            scopes.range[1] for scopes in self.scopes
        )


TERM = PreferenceTerm
