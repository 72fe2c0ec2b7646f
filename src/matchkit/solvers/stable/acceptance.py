"""Deferred acceptance (Gale and Shapley 1962) in rounds over all free proposers at once, with units on both
sides and on pairs.

Every proposer with free units asks the best node on its list that would still take it; every node asked
keeps its best units up to its capacity, and sends the others back. What a node once refused it refuses for
good: from then on it is full of pairs that it likes better. So the order of proposals changes nothing, and
the end is the stable matching that is best for every proposer (Roth 1984, for many-to-many responsive
preferences; Baiou and Balinski 2002, for units on pairs).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.deadline import Deadline
from matchkit.solvers.stable.lists import runs
from matchkit.solvers.stable.ranked import RankedPairs, by_rank
from matchkit.solvers.stable.singly import settle

OPEN = 2**62
"""The limit of a node that has room: it takes everybody."""
WINDOW = 8
"""Entries of a list that are looked at in one step."""
FEW = 16
"""Free proposers below which one at a time is faster than a round, however little is sorted there."""
SORTED = 100
"""Pairs that a round sorts in the time that a proposal takes alone."""

ROUNDS = 200
"""Most rounds where pairs carry several units, which may go round in circles."""


@dataclass(slots=True)
class Proposals:
    """What deferred acceptance holds, with pairs sorted by proposer and its rank.

    ``acceptor`` int32 (pairs,), ``rank`` (the acceptor's, strict), ``room`` and ``units`` int64 (pairs,);
    ``proposer`` int32 (pairs,). ``at``: next entry of every proposer's list, ``end``: where its list ends,
    ``free``: units it has left, int64 (proposers,). ``limit``: only a pair of a smaller rank is taken,
    ``capacity``, ``first`` and ``count``: int64 (acceptors,), where in ``seat`` (int64: numbers of pairs)
    each acceptor's pairs stand, and how many they are.
    """

    proposer: Int32
    acceptor: Int32
    rank: Int64
    room: Int64
    units: Int64
    at: Int64
    end: Int64
    free: Int64
    capacity: Int64
    limit: Int64
    seat: Int64
    first: Int64
    count: Int64

    @classmethod
    def none(cls, pairs: RankedPairs) -> tuple[Proposals, Int64]:
        """Nothing held yet, left nodes to propose; and the number of every pair in the order given."""
        order, first = by_rank(pairs.left, pairs.left_rank, len(pairs.left_capacity))
        acceptor = pairs.right[order]
        degree = np.bincount(acceptor, minlength=len(pairs.right_capacity))
        seats = np.minimum(degree, pairs.right_capacity)
        return cls(
            pairs.left[order],
            acceptor,
            pairs.right_rank[order],
            pairs.room[order],
            np.zeros(len(order), np.int64),
            first[:-1].copy(),
            first[1:],
            pairs.left_capacity.copy(),
            pairs.right_capacity,
            np.where(pairs.right_capacity > 0, OPEN, -1),
            np.zeros(int(seats.sum()), np.int64),
            np.cumsum(seats) - seats,
            np.zeros(len(seats), np.int64),
        ), order


def deferred_acceptance(pairs: RankedPairs, deadline: Deadline) -> Int64:
    """Units of every pair in the stable matching that left nodes like best: int64 (pairs,). Ranks are strict.

    Raises StoppedError where the deadline comes first.
    """
    held, order = Proposals.none(pairs)
    asking = np.flatnonzero((held.free > 0) & (held.at < held.end))
    rounds = 0
    several = bool((held.room > 1).any())
    while len(asking := _found(held, asking)):
        deadline.check()
        rounds += 1
        if several and rounds > ROUNDS:
            break
        nodes = np.unique(held.acceptor[held.at[asking]])
        sorts = int(held.count[nodes].sum())
        if len(asking) < FEW + sorts // SORTED:
            break
        asking = _round(held, asking, nodes)
    settle(held, asking, deadline)
    units = np.empty_like(held.units)
    units[order] = held.units
    return units


def _found(held: Proposals, asking: Int64) -> Int64:
    """Proposers, of those that ask, whose next entry would be taken; lists are followed up to there."""
    found, width = [], WINDOW
    while len(asking):
        entry = held.at[asking, None] + np.arange(width)
        inside = entry < held.end[asking, None]
        entry = np.where(inside, entry, held.end[asking, None] - 1)
        open_ = (
            inside
            & (held.rank[entry] < held.limit[held.acceptor[entry]])
            & (held.units[entry] < held.room[entry])
        )
        hit = open_.any(1)
        held.at[asking] = np.where(
            hit,
            held.at[asking] + open_.argmax(1),
            np.minimum(held.at[asking] + width, held.end[asking]),
        )
        found.append(asking[hit])
        asking = asking[~hit]
        asking = asking[held.at[asking] < held.end[asking]]
        width = min(4 * width, max(WINDOW, 2**16 // max(1, len(asking))))
    return np.concatenate(found) if found else asking


def _round(held: Proposals, asking: Int64, nodes: Int32) -> Int64:
    """One proposal of everybody who asks, to these acceptors; who asks next."""
    asked = held.at[asking]
    units = np.minimum(held.free[asking], held.room[asked] - held.units[asked])
    new = asked[held.units[asked] == 0]
    held.free[asking] -= units
    held.units[asked] += units
    pairs = np.concatenate([new, _seated(held, nodes)])
    order = np.lexsort((held.rank[pairs], held.acceptor[pairs]))
    pairs = pairs[order]
    node = held.acceptor[pairs]
    begin = np.searchsorted(node, nodes)
    amount = held.units[pairs]
    total = np.cumsum(amount)
    before = total - amount
    size = np.diff(np.append(begin, len(pairs)))
    before -= np.repeat(before[begin], size)
    kept = np.clip(held.capacity[node] - before, 0, amount)
    held.units[pairs] = kept
    back = np.flatnonzero(kept < amount)
    lost = held.proposer[pairs[back]]
    np.add.at(held.free, lost, amount[back] - kept[back])
    stays = kept > 0
    count = np.add.reduceat(stays.astype(np.int64), begin)
    held.count[nodes] = count
    held.seat[runs(held.first[nodes], count)] = pairs[stays]
    full = np.flatnonzero(np.add.reduceat(kept, begin) == held.capacity[nodes])
    last = (np.cumsum(count) - 1)[full]
    held.limit[nodes[full]] = held.rank[pairs[stays][last]]
    again = np.unique(np.concatenate([asking, lost]))
    found: Int64 = again[(held.free[again] > 0) & (held.at[again] < held.end[again])]
    return found


def _seated(held: Proposals, nodes: Int32) -> Int64:
    """The pairs that these acceptors hold."""
    pairs: Int64 = held.seat[runs(held.first[nodes], held.count[nodes])]
    return pairs
