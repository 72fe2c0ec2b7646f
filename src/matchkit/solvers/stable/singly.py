"""Deferred acceptance one proposer at a time, by a heap a node: the end of a run, when few are free.

Where pairs carry many units, some of them may go round in a circle: each proposer gives them to the next
node, which sends as many of the next proposer back. Then as many as the circle holds go round at once (the
rotations of Baiou and Balinski 2002), so that circles take no longer for many units than for few.
"""

from __future__ import annotations

from collections import Counter
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
    trail = _Trail(held)
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
            _take(held, node, seats[node], pair, waiting, trail)


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


class _Trail:
    """Proposals in a row of which each moved the same units on: (proposer, pair gained, pair lost)."""

    def __init__(self, held: Proposals) -> None:
        self._held, self._units = held, 0
        self._steps: list[tuple[int, int, int]] = []
        self._place: dict[int, int] = {}

    def clear(self) -> None:
        """Nothing goes round from here."""
        self._steps.clear()
        self._place.clear()

    def moved(self, gained: int, lost: int, units: int) -> None:
        """These units of a proposer took the place of as many of another."""
        held = self._held
        proposer, loser = int(held.proposer[gained]), int(held.proposer[lost])
        if units != self._units or (
            self._steps and int(held.proposer[self._steps[-1][2]]) != proposer
        ):
            self.clear()
            self._units = units
        self._place[proposer] = len(self._steps)
        self._steps.append((proposer, gained, lost))
        if loser in self._place:
            self._turn(self._steps[self._place[loser] :])
            self.clear()

    def _turn(self, circle: list[tuple[int, int, int]]) -> None:
        """Send round as many units as leave every pair of the circle neither full nor empty."""
        held, units = self._held, self._units
        gained, lost = Counter(s[1] for s in circle), Counter(s[2] for s in circle)
        if gained.keys() & lost.keys():
            return
        times = min(
            *(
                int(held.room[p] - held.units[p]) // (units * n)
                for p, n in gained.items()
            ),
            *((int(held.units[p]) - 1) // (units * n) for p, n in lost.items()),
        )
        for pairs, sign in ((gained, 1), (lost, -1)):
            for pair, n in pairs.items():
                held.units[pair] += sign * times * units * n


def _take(
    held: Proposals,
    node: int,
    seats: _Seats,
    pair: int,
    waiting: list[int],
    trail: _Trail,
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
    alone = over == units and held.free[proposer] == 0
    if not alone or held.units[heap[0][1]] <= over or heap[0][1] == pair:
        trail.clear()
    else:
        lost = heap[0][1]
        held.units[lost] -= units
        held.free[held.proposer[lost]] += units
        waiting.append(int(held.proposer[lost]))
        seats.load -= units
        over = 0
        trail.moved(pair, lost, units)
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
