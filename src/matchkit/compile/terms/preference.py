"""Term ``preference``: the points of every preference of the resource that the demand meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import LabelPoints, LabelSpan, LabelSpans, TermPairs
from matchkit.compile.trees import community_spans
from matchkit.graph.candidates import Integers

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs


class WishSpans(NamedTuple):
    """Preferences by category, by community, and by both, as spans of the numbers of either, and of category
    times ``places`` plus community.
    """

    category: dict[str, int]
    places: int
    spans: tuple[LabelSpans, LabelSpans, LabelSpans]


def _wishes(lists: Numbering) -> WishSpans:
    key, span = lists.lexicon.key, lists.once("communities", community_spans)
    category = dict[str, int]()
    parts: tuple[list[list[LabelSpan]], ...] = [], [], []
    for resource in lists.resources:
        for part in parts:
            part.append([])
        for liked in resource.preferences:
            low, high = span[liked.community] if liked.community else (0, 0)
            if liked.category is None:
                parts[1][-1].append((low, high, liked.points))
                continue
            topic = category.setdefault(key(liked.category), len(category))
            if liked.community is None:
                parts[0][-1].append((topic, topic + 1, liked.points))
            else:
                base = topic * len(span)
                parts[2][-1].append((base + low, base + high, liked.points))
    one, other, both = map(LabelSpans, parts)
    return WishSpans(category, len(span), (one, other, both))


def _topics(lists: Numbering) -> tuple[list[str], Intp]:
    """The category ("" for none) and the number of the community of every slot."""
    key, span = lists.lexicon.key, lists.once("communities", community_spans)
    demands = [slot.demand for slot in lists.slots]
    topics = ["" if one.category is None else key(one.category) for one in demands]
    return topics, np.array([span[one.community][0] for one in demands], np.intp)


class PreferenceTerm:
    """Three sums: preferences by category, by community, and by both, each a span of its own labels."""

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        wishes = lists.once("resources", _wishes)
        names, place = lists.once("demands", _topics)
        # Nobody prefers a category below 0.
        topic = np.array([wishes.category.get(name, -1) for name in names], np.intp)
        labels = topic, place, topic * wishes.places + place
        made = (
            LabelPoints(label, given)
            for label, given in zip(labels, wishes.spans, strict=True)
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
