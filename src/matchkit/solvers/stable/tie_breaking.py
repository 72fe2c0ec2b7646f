"""A public order of nodes that breaks ties: SHA-256 of a text that anybody can write down again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.graph.node_ids import NodeIds
from matchkit.solvers.stable.preferences import Proposing
from matchkit.solvers.stable.ranked import RankedPairs, by_rank, tied


def hashed_order(side: Proposing, ids: NodeIds, nodes: int, seed: int) -> Int64:
    """The turn of every node of a side, from 0 on: int64 (nodes,).

    Nodes are sorted by the SHA-256 digest of the UTF-8 text ``matchkit order <seed> <side> <id>``, where
    ``id`` is the node's id, or its number where there are none.
    """
    names = range(nodes) if ids is None else ids
    head = f"matchkit order {seed} {side} "
    digests = [
        sha256(f"{head}{name}".encode(errors="surrogatepass")).digest()
        for name in names
    ]
    turn = np.empty(nodes, np.int64)
    turn[sorted(range(nodes), key=digests.__getitem__)] = np.arange(nodes)
    return turn


@dataclass(frozen=True, slots=True)
class TieBreaker:
    """Makes ranks strict: of two that a node ranks alike, the one whose turn is earlier comes first."""

    left_ids: NodeIds
    right_ids: NodeIds
    seed: int

    def strict(self, pairs: RankedPairs) -> tuple[RankedPairs, bool]:
        """The pairs with ranks of which no node gives one twice, and whether any tie was broken."""
        left, left_tied = self._strict(
            pairs.left,
            pairs.left_rank,
            pairs.right,
            pairs.left_capacity,
            "right",
            self.right_ids,
            len(pairs.right_capacity),
        )
        right, right_tied = self._strict(
            pairs.right,
            pairs.right_rank,
            pairs.left,
            pairs.right_capacity,
            "left",
            self.left_ids,
            len(pairs.left_capacity),
        )
        strict = replace(pairs, left_rank=left, right_rank=right)
        return strict, left_tied or right_tied

    def _strict(
        self,
        node: Int32,
        rank: Int64,
        other: Int32,
        capacity: Int64,
        side: Proposing,
        ids: NodeIds,
        others: int,
    ) -> tuple[Int64, bool]:
        """Ranks that are strict (int64 (pairs,)): as given where they are, else rank and turn as one."""
        order, _ = by_rank(node, rank, len(capacity))
        if not tied(node, rank, order):
            return rank, False
        turn = hashed_order(side, ids, others, self.seed)
        return rank * np.int64(others) + turn[other], True

    def turns(self, side: Proposing, given: Int64 | None, pairs: RankedPairs) -> Int64:
        """The turn of every left node of these pairs, which are the nodes of this side of the graph: int64
        (nodes,), strict. Those given count first, and the hashed order breaks ties.
        """
        nodes = len(pairs.left_capacity)
        ids = self.left_ids if side == "left" else self.right_ids
        hashed = hashed_order(side, ids, nodes, self.seed)
        if given is None:
            return hashed
        turn = np.empty(nodes, np.int64)
        turn[np.lexsort((hashed, given))] = np.arange(nodes)
        return turn
