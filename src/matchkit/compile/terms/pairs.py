"""What terms have in common: what a term is, what it needs to know of pairs, and points of a resource for
spans of neighbouring labels, by which preferences and familiarity reach their demands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.ragged import offsets, spread
from matchkit.graph.candidates import Integers


@dataclass(frozen=True, slots=True)
class TermPairs:
    """Eligible pairs, ascending by (left, right).

    ``rows`` are the left nodes in question and ``owner`` says which of them each pair belongs to, so that
    ``left == rows[owner]``; ``fit`` holds the points that go by class, ``metres`` the distance.
    """

    rows: Intp
    owner: Intp
    left: Intp
    right: Intp
    fit: Intp
    metres: Int64 | None


class ClassPoints(Protocol):
    """A term's points of a profile in a role that it meets, which all pairs of these classes have."""

    def points(self, profile: Intp, role: Intp, surplus: Intp) -> Intp:
        """Points of each meeting (intp (meetings,)), given the levels of skills beyond those asked for."""
        ...

    def range(self) -> tuple[int, int]:
        """Bounds (least, greatest) of the points."""
        ...


class Term(Protocol):
    """One term of a weight. The points of any pair lie within ``range``; both are before the objective's
    factor.

    A module of this package is named as the factor of its term and holds, as ``TERM``, what makes it of the
    numbered lists and the eligible pairs. A term that keeps a table of every resource in a block says in
    ``labels`` how many columns that has. A term whose points depend on the classes of resource and
    requirement alone says so by ``CLASS_POINTS``, what makes its ClassPoints of the classes: they are worked
    out with eligibility, once a meeting of classes, and come with the pairs (``fit``).
    """

    def points(self, pairs: TermPairs) -> Integers:
        """Points of each pair (any integer dtype)."""
        ...

    def range(self) -> tuple[int, int]:
        """Bounds (least, greatest) of the points."""
        ...


LabelSpan = tuple[int, int, int]
"""Points for the labels from ``low`` up to but not including ``high``: (low, high, points)."""


class LabelSpans:
    """The spans of every resource in compressed rows, those without points left out."""

    def __init__(self, given: Iterable[Sequence[LabelSpan]]) -> None:
        kept = [
            [scope for scope in scopes if scope[0] < scope[1] and scope[2]]
            for scopes in given
        ]
        self.first = offsets([len(scopes) for scopes in kept])
        self.low, self.high, self.points = (
            np.array([scope for scopes in kept for scope in scopes], np.intp)
            .reshape(-1, 3)
            .T.copy()
        )


class LabelPoints:
    """A sum of points for each (resource, label), held as the spans they were given for.

    A block's table (resources that give any points x labels that occur) is built from the spans when it is
    asked for; it is as small as its block.
    """

    def __init__(self, label: Intp, given: LabelSpans) -> None:
        """``label`` is every requirement's (intp), ``given`` every resource's spans."""
        labels, self._label = np.unique(label, return_inverse=True)
        self.labels = len(labels)
        low, high = (np.searchsorted(labels, ends) for ends in (given.low, given.high))
        kept = np.flatnonzero(low < high)
        owner = np.repeat(np.arange(len(given.first) - 1), np.diff(given.first))[kept]
        self._first = offsets(np.bincount(owner, minlength=len(given.first) - 1))
        self._low, self._high = low[kept], high[kept]
        self._points = given.points[kept]
        self.empty = len(kept) == 0
        # What a resource can get at the least and at the most: all its negative points, or all its positive
        # ones.
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
        return table.take(
            slot.take(pairs.owner) * self.labels + self._label.take(pairs.right)
        )
