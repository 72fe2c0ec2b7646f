"""Draws by halving: a circulation in parts of a unit becomes one of whole units, a bit of a number at a time.

Where a circulation is halved, its odd arcs meet every node an even number of times, so that they form closed
trails; along a trail every arc goes up or down by a half, and all sums at nodes are kept. Either way round is
a half of the circulation, and both together are the whole: so all numbers of so many bits give plans that add
up to the circulation exactly (docs/mathematics.md, Lotteries).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Circulation:
    """Units on arcs, int64 (arcs,), as many into every node as out of it.

    An arc has two ends, ``2 * arc`` at its tail and ``2 * arc + 1`` at its head. ``ends``, int32 (2 * arcs,),
    are all of them by node and then by arc.
    """

    units: Int64
    ends: Int32

    @classmethod
    def of(cls, tail: Int32, head: Int32, units: Int64) -> Circulation:
        """From the nodes that every arc leaves and enters, int32 (arcs,) each."""
        node = np.stack([tail, head], axis=1).reshape(-1)
        return cls(units, np.argsort(node, kind="stable").astype(np.int32))

    def plan(self, number: int, bits: int) -> Int64:
        """The plan of this number from 0 to ``2**bits - 1``: units over ``2**bits``, rounded down or up,
        int64 (arcs,). Its most significant bit decides the first halving.
        """
        units = self.units
        for place in reversed(range(bits)):
            units = self._halved(units, down=bool(number >> place & 1))
        return units

    def _halved(self, units: Int64, *, down: bool) -> Int64:
        """Half of the units: the first arc of every trail of odd ones goes up, or ``down``."""
        odd = (units & 1).astype(np.bool_)
        half = units >> 1
        ends = self.ends[odd[self.ends >> 1]]
        if len(ends):
            arcs, up = _along_trails(ends)
            half[arcs[up != down]] += 1
        return half


def _along_trails(ends: Int32) -> tuple[Int32, Mask]:
    """The odd arcs, and which of them go the way of the first of their trail: int32 and bool (arcs,).

    ``ends``, int32 (2 * arcs,), are the ends of odd arcs by node and then by arc. An even number of them
    meets in every node, so that the ends at places 2 k and 2 k + 1 always share one: there a trail passes.
    """
    count = len(ends)
    place = np.empty(int(ends.max()) + 2, np.int32)
    place[ends] = np.arange(count, dtype=np.int32)
    # A trail that has come to the end at place p leaves by the end at p ^ 1 and comes to the other end of it.
    # Every trail is two cycles of this permutation, one for each way round.
    after = place[ends ^ 1].reshape(-1, 2)[:, ::-1].reshape(-1)
    # The least arc of a cycle by pointer jumping; the way that leaves the first arc by its head has the least
    # of both. Where a round changes nothing, every window of places has the least of its whole cycle.
    least = ends ^ 1
    while True:
        lower = np.minimum(least, least[after])
        if (lower == least).all():
            break
        least, after = lower, after[after]
    heads = np.flatnonzero(ends & 1)
    arcs = ends[heads] >> 1
    up: Mask = least[heads] < least[place[ends[heads] ^ 1]]
    return arcs, up
