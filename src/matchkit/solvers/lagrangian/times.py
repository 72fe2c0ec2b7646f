"""The times of a left node's pairs: moments at which it can do one thing, and pairs that meet at further
times.
"""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np

from matchkit.arrays import Float64, Int32, Int64, Intp, Mask, places_of
from matchkit.solvers.lagrangian.blocks import BlockProblem

TOGETHER = 2_000_000
"""Times are compared so many at once."""
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


class Moments:
    """The rows of all moments at which one left node can do one thing, and the ranges of rows that pairs
    take.

    Only moments are needed at which one of its pairs begins and another ends before the next begins: all
    others are parts of these.
    """

    def __init__(self, blocks: BlockProblem) -> None:
        self._pairs, again = blocks.pairs, blocks.again
        right, span = (
            blocks.right,
            2 + max(int(blocks.end.max(initial=0)), int(again[2].max(initial=0))),
        )
        first = np.flatnonzero(
            (blocks.begin[right] < blocks.end) & ~blocks.stock[blocks.left]
        )
        # The pairs of further times: each time with all pairs of its right node.
        by_right = np.argsort(right, kind="stable")
        edges = np.searchsorted(right[by_right], np.arange(blocks.right_count + 1))
        which, place = expanded(np.stack([edges[again[0]], edges[again[0] + 1]]))
        further = by_right[place]
        keep = ~blocks.stock[blocks.left[further]]
        which, further = which[keep], further[keep]
        self._pair = np.concatenate([first, further])
        """The pair of every range, those of first times before the others."""
        self._first = len(first)
        base = blocks.left[self._pair].astype(np.int64) * span
        begin = base + np.concatenate([blocks.begin[right[first]], again[1][which]])
        end = base + np.concatenate([blocks.end[first], again[2][which]])
        begins, ends = np.unique(begin), np.unique(end)
        later = np.append(begins[1:], np.iinfo(np.int64).max)
        moments = begins[
            np.searchsorted(ends, later, "right")
            > np.searchsorted(ends, begins, "right")
        ]
        self.rows = len(moments)
        self.left: Int64 = moments // span
        """The left node of every row."""
        self._range = np.stack(
            [np.searchsorted(moments, side) for side in (begin, end)]
        ).astype(np.int32)

    def of(self, pairs: Int64) -> tuple[Intp, Intp]:
        """The rows of these pairs (ascending): for every entry the number of its pair among them, and the
        row.
        """
        number = places_of(pairs, self._pairs)
        ranges = np.flatnonzero(number[self._pair] >= 0)
        owner, row = expanded(self._range[:, ranges])
        # Of several times of a pair that touch one moment, one entry.
        entry = np.unique(number[self._pair[ranges]][owner] * (self.rows + 1) + row)
        return entry // (self.rows + 1), entry % (self.rows + 1)

    def charge(self, beats: Float64, price: Float64) -> None:
        """Takes off every pair (float64 (pairs,)) the prices of its rows (float64 (rows,))."""
        total = np.concatenate([[0.0], np.cumsum(price)])
        charged = total[self._range[1]] - total[self._range[0]]
        beats[self._pair[: self._first]] -= charged[: self._first]
        np.subtract.at(beats, self._pair[self._first :], charged[self._first :])


class FurtherTimes:
    """Which pairs of one left node meet at further times of their right nodes."""

    def __init__(self, blocks: BlockProblem) -> None:
        self._blocks = blocks
        self._times = blocks.again[:, np.argsort(blocks.again[0], kind="stable")]
        nodes = np.arange(blocks.right_count + 1)
        self._first = np.searchsorted(self._times[0], nodes)

    def meeting(self, chosen: Int64) -> Int64:
        """Of the pairs of some blocks (positions, int64) those that meet another of their block at a further
        time of their own, ascending.
        """
        blocks = self._blocks
        right = blocks.right[chosen]
        own = chosen[self._first[right] < self._first[right + 1]]
        beside = chosen[np.argsort(blocks.left[chosen], kind="stable")]
        node = blocks.left[beside]
        ranges = [np.searchsorted(node, blocks.left[own], side) for side in SIDES]
        found = [chosen[:0]]
        for part in _slices(ranges[1] - ranges[0]):
            which, place = expanded(np.stack(ranges)[:, part])
            one, other = own[part][which], beside[place]
            found.append(np.unique(one[self.meet(one, other)]))
        return np.unique(np.concatenate(found))

    def meet(self, one: Int64, other: Int64) -> Mask:
        """Whether two pairs (positions, int64 (pairs,) each) of one left node are at one time: bool (pairs,);
        no pair meets itself.
        """
        found = np.zeros(len(one), np.bool_)
        times = 1 + self._first[1:] - self._first[:-1]
        right = self._blocks.right
        for part in _slices(times[right[one]] * times[right[other]]):
            found[part] = self._meet(one[part], other[part])
        found &= one != other
        return found

    def _meet(self, one: Int64, other: Int64) -> Mask:
        """The same for as many as fit into memory: every time of the one beside every time of the other."""
        (mine, begin, end), (theirs, start, until) = self._of(one), self._of(other)
        edges = np.searchsorted(theirs, np.arange(len(one) + 1))
        which, place = expanded(np.stack([edges[mine], edges[mine + 1]]))
        met = (begin[which] < until[place]) & (start[place] < end[which])
        found = np.zeros(len(one), np.bool_)
        found[mine[which[met]]] = True
        return found

    def _of(self, pairs: Int64) -> tuple[Intp, Int32, Int32]:
        """All times of some pairs: the number of the pair, ascending, its first step, and the step after the
        last.
        """
        blocks, right = self._blocks, self._blocks.right[pairs]
        timed = np.flatnonzero(blocks.begin[right] < blocks.end[pairs])
        which, place = expanded(np.stack([self._first[right], self._first[right + 1]]))
        number = np.concatenate([timed, which])
        begin = np.concatenate([blocks.begin[right[timed]], self._times[1][place]])
        end = np.concatenate([blocks.end[pairs[timed]], self._times[2][place]])
        order = np.argsort(number, kind="stable")
        return number[order], begin[order], end[order]


def expanded(ranges: np.ndarray) -> tuple[Intp, Intp]:
    """All numbers of these ranges (intp (2, ranges), from and to), each with the number of its range."""
    size = ranges[1] - ranges[0]
    owner = np.repeat(np.arange(len(size)), size)
    begin = np.concatenate([[0], np.cumsum(size)[:-1]])
    return owner, np.arange(len(owner)) - begin[owner] + ranges[0][owner]


def _slices(sizes: Int64) -> list[slice]:
    """Parts of a list, in order, of which each has entries of ``TOGETHER`` in size, or one entry."""
    part = np.cumsum(sizes) // TOGETHER
    edges = [*np.flatnonzero(np.diff(part, prepend=-1)).tolist(), len(sizes)]
    return [slice(*edge) for edge in itertools.pairwise(edges)]
