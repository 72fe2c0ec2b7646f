"""Points that a resource gives to a span of neighbouring labels: how preferences and familiarity reach their
demands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.ragged import offsets, spread
from matchkit.compile.terms.pairs import TermPairs
from matchkit.graph.candidates import Integers

LabelSpan = tuple[int, int, int]
"""Points for the labels from ``low`` up to but not including ``high``: (low, high, points)."""


class LabelPoints:
    """A sum of points for each (resource, label), held as the spans they were given for.

    A block's table (resources that give any points x labels) is built from the spans when it is asked for; it
    is as small as its block.
    """

    def __init__(self, label: Intp, labels: int, given: Sequence[Sequence[LabelSpan]]) -> None:
        """``label`` is every requirement's, ``given`` every resource's spans."""
        kept = [
            [scope for scope in scopes if scope[0] < scope[1] and scope[2]] for scopes in given
        ]
        self._label, self.labels = label, labels
        self._first = offsets([len(scopes) for scopes in kept])
        columns = np.array([scope for scopes in kept for scope in scopes], np.intp).reshape(
            -1, 3
        )
        self._low, self._high, self._points = (
            np.ascontiguousarray(columns[:, column]) for column in range(3)
        )
        self.empty = len(columns) == 0
        # What a resource can get at the least and at the most: all its negative points, or all its positive
        # ones.
        owner = np.repeat(np.arange(len(kept)), np.diff(self._first))
        down = np.bincount(owner, weights=np.minimum(self._points, 0), minlength=1)
        up = np.bincount(owner, weights=np.maximum(self._points, 0), minlength=1)
        self.range = (int(min(0, down.min())), int(max(0, up.max())))

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair (int32)."""
        giving = self._first[pairs.rows + 1] > self._first[pairs.rows]
        slot = np.where(giving, np.cumsum(giving), 0)
        owner, at = spread(self._first, pairs.rows)
        base = slot[owner] * self.labels
        low, high = self._low[at], self._high[at]
        table = np.zeros((int(slot.max(initial=0)) + 1) * self.labels + 1, np.int32)
        width = int((high - low).sum())
        if 3 * width < len(table):
            entry, column = spread(offsets(high - low), np.arange(len(at)))
            column += (base + low - offsets(high - low)[:-1])[entry]
            np.add.at(table, column, self._points[at][entry].astype(np.int32))
        else:
            points = self._points[at].astype(np.int32)
            np.add.at(table, base + low, points)
            np.subtract.at(table, base + high, points)
            np.cumsum(table, out=table)
        return table.take(slot.take(pairs.owner) * self.labels + self._label.take(pairs.right))
