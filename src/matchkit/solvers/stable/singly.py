"""Deferred acceptance one proposer at a time, by a heap a node: the end of a run, when few are free."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from matchkit.arrays import Int64
from matchkit.deadline import Deadline

if TYPE_CHECKING:
    from matchkit.solvers.stable.acceptance import Proposals

LOOK = 1_000
"""Proposals between two looks at the clock."""
STEP = 64
"""Entries of a list that are looked at in one step."""


@dataclass(slots=True)
class _Seats:
    """The pairs that an acceptor holds, the worst first: (minus its rank, its number), and their units."""

    heap: list[tuple[int, int]]
    load: int


def settle(held: Proposals, asking: Int64, deadline: Deadline) -> None:
    """Let these proposers (int64 (n,)) ask one after another until nobody does.

    Raises StoppedError where the deadline comes first.
    """
    waiting = asking.tolist()
    seats: dict[int, _Seats] = {}
    steps = 0
    while waiting:
        proposer = waiting.pop()
        while held.free[proposer] > 0 and _advance(held, proposer):
            steps += 1
            if steps % LOOK == 0:
                deadline.check()
            pair = int(held.at[proposer])
            node = int(held.acceptor[pair])
            if node not in seats:
                seats[node] = _seats(held, node)
            _take(held, node, seats[node], pair, waiting)


def _seats(held: Proposals, node: int) -> _Seats:
    first = int(held.first[node])
    pairs = held.seat[first : first + int(held.count[node])]
    heap = [
        (-rank, pair)
        for rank, pair in zip(held.rank[pairs].tolist(), pairs.tolist(), strict=True)
    ]
    heapify(heap)
    return _Seats(heap, int(held.units[pairs].sum()))


def _advance(held: Proposals, proposer: int) -> bool:
    """Follow a list to the first entry that would take the proposer; whether there is one."""
    begin, end = int(held.at[proposer]), int(held.end[proposer])
    while begin < end:
        some = slice(begin, min(begin + STEP, end))
        fits = (held.rank[some] < held.limit[held.acceptor[some]]) & (
            held.units[some] < held.room[some]
        )
        first = int(fits.argmax())
        if fits[first]:
            held.at[proposer] = begin + first
            return True
        begin = some.stop
    held.at[proposer] = end
    return False


def _take(
    held: Proposals, node: int, seats: _Seats, pair: int, waiting: list[int]
) -> None:
    """One proposal: the node keeps its best units, and whoever loses one waits."""
    proposer, heap = int(held.proposer[pair]), seats.heap
    units = min(int(held.free[proposer]), int(held.room[pair] - held.units[pair]))
    if held.units[pair] == 0:
        heappush(heap, (-int(held.rank[pair]), pair))
    held.units[pair] += units
    held.free[proposer] -= units
    seats.load += units
    over = seats.load - int(held.capacity[node])
    while over > 0:
        worst = heap[0][1]
        lost = min(over, int(held.units[worst]))
        held.units[worst] -= lost
        loser = int(held.proposer[worst])
        held.free[loser] += lost
        if loser != proposer:
            waiting.append(loser)
        over -= lost
        seats.load -= lost
        if held.units[worst] == 0:
            heappop(heap)
    if over == 0:
        held.limit[node] = -heap[0][0]
