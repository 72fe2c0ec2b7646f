"""Pairs with the rank that either side gives, as arrays, and ranks made strict by an order of nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int32, Int64, Mask


@dataclass(frozen=True, slots=True)
class RankedPairs:
    """Pairs of a graph, each with two ranks; a smaller rank is liked better.

    ``left`` and ``right`` are int32 (pairs,), ``left_rank`` (what the left node gives the pair) and
    ``right_rank`` int64 (pairs,), ``room`` int64 (pairs,): units that the pair can carry. ``left_capacity``
    and ``right_capacity`` are int64 (nodes,).
    """

    left: Int32
    right: Int32
    left_rank: Int64
    right_rank: Int64
    room: Int64
    left_capacity: Int64
    right_capacity: Int64

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.left)

    def turned(self) -> RankedPairs:
        """The same pairs with left and right exchanged."""
        return RankedPairs(
            self.right,
            self.left,
            self.right_rank,
            self.left_rank,
            self.room,
            self.right_capacity,
            self.left_capacity,
        )

    def only(self, chosen: Mask | Int64) -> RankedPairs:
        """These pairs of all: a mask (pairs,), or their numbers."""
        return replace(
            self,
            left=self.left[chosen],
            right=self.right[chosen],
            left_rank=self.left_rank[chosen],
            right_rank=self.right_rank[chosen],
            room=self.room[chosen],
        )

    def carried(self, units: Int64) -> tuple[Int64, Int64]:
        """What every left and every right node carries (int64 (nodes,)) of these units, int64 (pairs,)."""
        found = []
        for node, capacity in (
            (self.left, self.left_capacity),
            (self.right, self.right_capacity),
        ):
            total = np.zeros(len(capacity), np.int64)
            used = np.flatnonzero(units)
            np.add.at(total, node[used], units[used])
            found.append(total)
        return found[0], found[1]


def by_rank(node: Int32, rank: Int64, nodes: int) -> tuple[Int64, Int64]:
    """Numbers of the pairs, sorted by node and rank (int64 (pairs,); ties as they stand), and where each
    node's begin (int64 (nodes + 1,)).
    """
    most, count = int(rank.max(initial=0)) + 1, len(node)
    if nodes * most * max(1, count) < 2**62:
        # Key and number in one word: words sort much faster than an order of keys is found.
        word = (node * np.int64(most) + rank) * count + np.arange(count)
        word.sort()
        order = word % max(1, count)
    else:
        order = np.lexsort((rank, node))
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(node, minlength=nodes), out=first[1:])
    return order, first


def tied(node: Int32, rank: Int64, order: Int64) -> bool:
    """Whether a node (int32 (pairs,)) gives two of its pairs the same rank (int64 (pairs,)); ``order``, int64
    (pairs,), sorts by node and rank.
    """
    nodes, ranks = node[order], rank[order]
    return bool(((nodes[1:] == nodes[:-1]) & (ranks[1:] == ranks[:-1])).any())


def places(node: Int32, order: Int64, first: Int64) -> Int64:
    """The place of every pair in its node's list, from 0 on: int64 (pairs,)."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - first[node[order]]
    return place
