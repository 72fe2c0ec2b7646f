"""Lagrangian repair: from what left nodes would take at some prices to a flow that keeps the right side too,
and a better one next to it (drops, additions and exchanges of units).
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.gap.instance import Stage

ROUNDS, MOVES = 20, 1_000
"""Most looks at all pairs that one repair takes, and most changes for the better after each."""
NONE = 2**60
EXCHANGES = 3
"""Left nodes for which a repair tries exchanges of two units to make room for a third."""
MOST_EXCHANGED = 1_000
"""Pairs on either side of these exchanges: of more, those whose exchange frees the most capacity."""


class FlowRepair:
    """Repairs for one stage; what only makes a flow better ends with the limits."""

    def __init__(self, stage: Stage, limits: Limits) -> None:
        self._stage, self._limits = stage, limits
        pairs = stage.instance.pairs
        self._left, self._right = (
            pairs.left.astype(np.int64),
            pairs.right.astype(np.int64),
        )
        self._keys = self._left * len(stage.most) + self._right
        self._of_right = np.argsort(self._right, kind="stable")
        self._first = np.searchsorted(
            self._right[self._of_right], np.arange(len(stage.most) + 1)
        )
        self._first_left = np.searchsorted(
            self._left, np.arange(len(stage.instance.left_capacity) + 1)
        )

    def __call__(self, taken: Int64, gain: Int64) -> Int64:
        """A flow within all capacities near the one ``taken`` (which keeps the left ones), by ``gain`` after
        prices; all int64 (pairs,).
        """
        stage, instance = self._stage, self._stage.instance
        self._flow, self._gain = taken.copy(), gain
        self._rest = instance.left_capacity - instance.used(taken)
        self._carried = instance.carried(taken)
        # First what is too much goes, the least gain first; then what must be there comes, the scarcest
        # first.
        for right in np.flatnonzero(self._carried > stage.most).tolist():
            self._drop(right, int(self._carried[right] - stage.most[right]))
        for target in (
            stage.least,
            instance.right_minimum if stage.met else None,
            stage.most if stage.units else None,
        ):
            if target is not None:
                short = np.flatnonzero(self._carried < np.minimum(target, stage.most))
                for right in short[
                    np.argsort(self._easiest(short), kind="stable")
                ].tolist():
                    self._add(right, int(target[right] - self._carried[right]))
        self._improve()
        self._fill()
        return self._flow

    def _fill(self) -> None:
        """Units that gain but find no room: others make room for them where both together gain."""
        before, found = self._flow, self._stage.value(self._flow)
        wished = np.zeros(len(self._stage.most), np.bool_)
        wished[
            self._right[(self._stage.gain > 0) & (self._flow < self._stage.room)]
        ] = True
        short = np.flatnonzero(wished & (self._carried < self._stage.most))
        if len(short) == 0:
            return
        self._flow = before.copy()
        for right in short[np.argsort(self._easiest(short), kind="stable")].tolist():
            if self._limits.deadline.over():
                break
            self._add(right, int(self._stage.most[right] - self._carried[right]))
        self._improve()
        if self._stage.value(self._flow) < found:
            self._flow = before

    def _pairs_of(self, right: int) -> Int64:
        return self._of_right[self._first[right] : self._first[right + 1]]

    def _easiest(self, rights: Int64) -> Int64:
        """Minus the least consumption among a right node's pairs: who needs much goes first."""
        consumption = self._stage.instance.consumption
        return np.array(
            [
                -int(consumption[self._pairs_of(right)].min(initial=2**62))
                for right in rights.tolist()
            ],
            np.int64,
        )

    def _change(self, pair: int, units: int) -> None:
        self._flow[pair] += units
        self._rest[self._left[pair]] -= units * int(
            self._stage.instance.consumption[pair]
        )
        self._carried[self._right[pair]] += units

    def _fits(self, pair: int) -> int:
        """How many more units the pair and its left node have room for."""
        more = int(self._stage.room[pair] - self._flow[pair])
        consumption = int(self._stage.instance.consumption[pair])
        return (
            more
            if consumption == 0
            else min(more, int(self._rest[self._left[pair]]) // consumption)
        )

    def _drop(self, right: int, units: int) -> None:
        pairs = self._pairs_of(right)
        pairs = pairs[self._flow[pairs] > 0]
        for pair in pairs[np.argsort(self._gain[pairs], kind="stable")].tolist():
            gone = min(units, int(self._flow[pair]))
            self._change(pair, -gone)
            units -= gone

    def _add(self, right: int, units: int) -> None:
        pairs = self._pairs_of(right)
        ordered = pairs[np.argsort(-self._gain[pairs], kind="stable")].tolist()
        for pair in ordered:
            more = min(units, self._fits(pair))
            if more > 0:
                self._change(pair, more)
                units -= more
        for clear, most in (
            (self._cleared, len(ordered)),
            (self._exchanged, EXCHANGES),
        ):
            for pair in ordered[:most]:
                if (
                    units > 0
                    and self._flow[pair] < self._stage.room[pair]
                    and clear(pair)
                ):
                    self._change(pair, 1)
                    units -= 1

    def _cleared(self, pair: int) -> bool:
        """Whether one unit of another right node could leave this pair's left node for another one, to make
        room.
        """
        consumption = self._stage.instance.consumption
        left = int(self._left[pair])
        need = int(consumption[pair] - self._rest[left])
        own = np.arange(self._first_left[left], self._first_left[left + 1])
        for other in own[
            (self._flow[own] > 0) & (consumption[own] >= need) & (own != pair)
        ].tolist():
            elsewhere = self._pairs_of(int(self._right[other]))
            fits = elsewhere[
                (self._left[elsewhere] != left)
                & (self._flow[elsewhere] < self._stage.room[elsewhere])
                & (consumption[elsewhere] <= self._rest[self._left[elsewhere]])
            ]
            if len(fits):
                self._change(other, -1)
                self._change(int(fits[self._gain[fits].argmax()]), 1)
                return True
        return False

    def _exchanged(self, pair: int) -> bool:
        """Whether a unit of the pair's left node could change places with a smaller one of another left node,
        to make room.
        """
        consumption = self._stage.instance.consumption
        left = int(self._left[pair])
        used = np.flatnonzero(self._flow > 0)
        out, into = used[self._left[used] == left], used[self._left[used] != left]
        back = self._open(
            np.full(len(into), left), self._right[into]
        )  # where the other's unit would come to
        into, back = into[back >= 0], back[back >= 0]
        if not len(out) or not len(into):
            return False
        out = out[_first(-consumption[out], MOST_EXCHANGED)]
        small = _first(consumption[back], MOST_EXCHANGED)
        into, back = into[small], back[small]
        there = self._open(
            self._left[into][None, :], self._right[out][:, None]
        )  # and where this one's would go
        freed = consumption[out][:, None] - consumption[back][None, :]
        needed = consumption[there] - consumption[into][None, :]
        fits = there >= 0
        fits &= (self._rest[left] + freed >= consumption[pair]) & (
            self._rest[self._left[into]][None, :] >= needed
        )
        fits &= self._right[out][:, None] != self._right[into][None, :]
        if not fits.any():
            return False
        change = (
            self._gain[back][None, :]
            + self._gain[there]
            - self._gain[out][:, None]
            - self._gain[into][None, :]
        )
        one, other = np.unravel_index(
            int(np.where(fits, change, -(2**62)).argmax()), fits.shape
        )
        for place, units in (
            (out[one], -1),
            (into[other], -1),
            (back[other], 1),
            (there[one, other], 1),
        ):
            self._change(int(place), units)
        return True

    def _open(self, left: Int64, right: Int64) -> Int64:
        """Pairs of these nodes with room for a unit, -1 where there is none."""
        wanted = left * len(self._stage.most) + right
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        good = (self._keys[found] == wanted) & (
            self._flow[found] < self._stage.room[found]
        )
        place: Int64 = np.where(good, found, -1)
        return place

    def _improve(self) -> None:
        """Units that gain and fit are added, and units that gain more on another pair of their right node
        move there.
        """
        stage, consumption = self._stage, self._stage.instance.consumption
        for _ in range(ROUNDS):
            open_pair = (self._flow < stage.room) & (
                consumption <= self._rest[self._left]
            )
            worst = np.full(len(stage.most), NONE)
            np.minimum.at(
                worst, self._right, np.where(self._flow > 0, stage.gain, NONE)
            )
            better = (
                open_pair
                & (worst[self._right] < NONE)
                & (stage.gain > worst[self._right])
            )
            more = (
                open_pair & (self._carried < stage.most)[self._right] & (stage.gain > 0)
            )
            useful = np.flatnonzero(better | more)
            useful = useful[
                np.argsort(
                    -(stage.gain - np.where(more, 0, worst[self._right]))[useful],
                    kind="stable",
                )
            ]
            if not sum([self._taken(pair) for pair in useful[:MOVES].tolist()]):
                return

    def _taken(self, pair: int) -> bool:
        """Whether one more unit on the pair gained something: a new one, or one from the worst pair of its
        right node.
        """
        stage = self._stage
        right = int(self._right[pair])
        if not self._fits(pair):
            return False
        if self._carried[right] < stage.most[right] and stage.gain[pair] > 0:
            self._change(pair, 1)
            return True
        pairs = self._pairs_of(right)
        pairs = pairs[self._flow[pairs] > 0]
        if not len(pairs) or stage.gain[pair] <= stage.gain[pairs].min():
            return False
        self._change(int(pairs[stage.gain[pairs].argmin()]), -1)
        self._change(pair, 1)
        return True


def _first(values: Int64, most: int) -> Int64:
    """The places of the smallest values, at most so many, in their own order."""
    if len(values) <= most:
        return np.arange(len(values))
    return np.sort(np.argsort(values, kind="stable")[:most])
