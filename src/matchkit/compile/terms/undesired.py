"""Term ``undesired``: minus one a full minute of a demand outside the resource's preferred windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.equivalence import classes
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import offsets, spread
from matchkit.compile.terms.pairs import TermPairs
from matchkit.compile.times import SecondSpans, united
from matchkit.graph.candidates import Integers
from matchkit.model.weekly import expanded

if TYPE_CHECKING:
    from matchkit.compile.eligible import EligiblePairs

MOST = 100_000
"""Minutes that count at most, so that weights stay below 2^31."""
ClassSpans = tuple[Int64, Int64, Int64, Intp]
LATER = 2**34
"""More seconds than lie between 1970 and 2200: parts the times of two classes."""


def _wishes(lists: Numbering) -> tuple[Intp, Mask, ClassSpans]:
    """The class of every resource, and which classes have windows, with those."""
    wishes, wish = classes(
        united(expanded(resource.preferred)) for resource in lists.resources
    )
    return wish, np.array([bool(spans) for spans in wishes], np.bool_), _apart(wishes)


def _windows(lists: Numbering) -> tuple[list[SecondSpans], Intp]:
    return classes(
        united(slot.demand.times) if slot.fixed else () for slot in lists.slots
    )


class UndesiredTerm:
    """Points by the resource's class of preferred windows and the requirement's class of windows.

    The time of a class's preferred windows before a moment is found by one search among the windows of all
    classes, whose times are moved apart.
    """

    def __init__(self, lists: Numbering, _: EligiblePairs) -> None:
        self._wish, self._wishes, apart = lists.once("resources", _wishes)
        self._starts, self._ends, self._before, self._of = apart
        windows, self._window = lists.once("demands", _windows)
        self._first = offsets([len(spans) for spans in windows])
        self._begin, self._end = _apart(windows, 0)[:2]
        lengths = [sum(end - start for start, end in spans) for spans in windows]
        self._lengths = np.array(lengths, np.int64)
        self._most = (
            min(MOST, max(lengths, default=0) // 60) if self._wishes.any() else 0
        )

    def points(self, pairs: TermPairs) -> Integers:
        """Minus the full minutes outside, at most 100,000 of them; 0 without preferred windows."""
        found = np.zeros(len(pairs.right), np.int32)
        wish, window = self._wish[pairs.left], self._window[pairs.right]
        asked = np.flatnonzero(self._wishes[wish] & (self._lengths[window] > 0))
        if len(asked):
            pair, span = spread(self._first, window[asked])
            of = wish[asked][pair]
            inside = self._passed(of, self._end[span]) - self._passed(
                of, self._begin[span]
            )
            total = np.bincount(pair, weights=inside, minlength=len(asked)).astype(
                np.int64
            )  # below 2^53
            outside = (self._lengths[window[asked]] - total) // 60
            found[asked] = -np.minimum(outside, MOST)
        return found

    def _passed(self, wish: Intp, moment: Int64) -> Int64:
        """Seconds of the class's preferred windows before each moment."""
        at = np.searchsorted(self._starts, wish * LATER + moment, "right") - 1
        known = np.maximum(at, 0)
        passed = (
            self._before[known]
            + np.minimum(wish * LATER + moment, self._ends[known])
            - self._starts[known]
        )
        return np.where((at >= 0) & (self._of[known] == wish), passed, 0)

    def range(self) -> tuple[int, int]:
        """From the longest windows of a demand, at most 100,000 minutes, to 0."""
        return -self._most, 0


def _apart(listed: list[SecondSpans], by: int = LATER) -> ClassSpans:
    """Starts and ends of all spans, those of each class moved ``by`` so much more; the seconds of the class's
    spans before each; and the class (all int64, one value a span).
    """
    owner = np.repeat(np.arange(len(listed)), [len(spans) for spans in listed])
    edges = np.array([span for spans in listed for span in spans], np.int64).reshape(
        -1, 2
    )
    lengths = edges[:, 1] - edges[:, 0]
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])[:-1]
    first = np.searchsorted(owner, owner)
    before = total - total[first] if len(total) else total
    return edges[:, 0] + owner * by, edges[:, 1] + owner * by, before, owner


TERM = UndesiredTerm
