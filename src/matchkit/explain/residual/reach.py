"""Who would have to give way, and to whom: everything that a requirement which lacks something can reach in
the residual network.

A requirement reaches every resource that is eligible and could give it more; a resource reaches the
requirements that it serves, as it would have to leave one of them; one whose unit's cap is used up reaches
all that the unit serves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Bits, Int64, Intp, Mask
from matchkit.compile.ragged import grouped, spread
from matchkit.explain.plan_state import Caps, PlanState

KEPT = 2**28
"""Most bytes of what single requirements reach that are kept from one search to the next."""


class ClosedSet(NamedTuple):
    """All that a requirement reaches, where all of it is held: resources, requirements (itself included),
    caps of units by number.
    """

    left: Intp
    right: Intp
    caps: tuple[int, ...]


class NearestEnds(NamedTuple):
    """The nearest ends of what a requirement reaches, ascending.

    ``free`` are resources with something left that no cap holds back, ``late`` requirements whose last goal
    comes after its next one.
    """

    free: Intp
    late: Intp
    via_left: Intp
    """For every resource reached, the requirement that reaches it."""
    via_right: Intp
    """For every requirement reached, the resource that would leave it; -1 where it is reached by way of a
    cap.
    """


class Reach:
    """The residual network of a plan, kept for one search after another.

    For whole sets, what a requirement reaches in one step is a row of bits, made when first asked for: a
    city's sets are united by the thousand in milliseconds.
    """

    def __init__(
        self, state: PlanState, caps: Caps, next_goal: Int64, last_goal: Int64
    ) -> None:
        self._state, self._next, self._last = state, next_goal, last_goal
        self._open: Mask = state.carried < state.own_capacity(
            np.arange(len(state.right))
        )
        loose = state.chosen[state.carried[state.chosen] > state.locked[state.chosen]]
        self._loose_first, order = grouped(state.left[loose], len(state.capacity))
        self._loose: Intp = loose[order]
        self._spare: Mask = state.given < state.capacity
        self._stop = caps.stops
        self._below: dict[int, Intp] = {
            node: loose[caps.under(node)[state.left[loose]]]
            for node in sorted({*caps.nearest_full} - {-1})
        }
        self._rows: dict[int, tuple[Bits, Bits, tuple[int, ...], bool]] = {}
        self._most_rows = KEPT // (len(self._spare) // 8 + len(state.wanted) // 8 + 200)

    def closed(self, right: int) -> ClosedSet | None:
        """All that a requirement reaches; None where something is free, or held by one that comes after
        it.
        """
        lefts, rights = (
            np.zeros(len(self._spare), np.bool_),
            np.zeros(len(self._last), np.bool_),
        )
        left_bits, seen, caps = np.packbits(lefts), np.packbits(rights), set[int]()
        comes_later = self._last > self._next[right]
        comes_later[right] = False
        late = np.packbits(comes_later)
        rights[right] = True
        front = np.array([right], np.intp)
        # Breadth-first search on bit sets: a front's rows are united, and what is new is the next front.
        while len(front):
            rows = [self._row(node) for node in front.tolist()]
            if any(free for *_, free in rows):
                return None
            reached = np.bitwise_or.reduce([row[0] for row in rows])
            left_bits = np.bitwise_or.reduce([left_bits, *(row[1] for row in rows)])
            caps.update(node for row in rows for node in row[2])
            if (reached & late).any():
                return None
            new = np.flatnonzero(np.unpackbits(reached & ~seen, count=len(rights)))
            seen |= reached
            front = new[~rights[new]]
            rights[front] = True
        return ClosedSet(
            np.flatnonzero(np.unpackbits(left_bits, count=len(lefts))),
            np.flatnonzero(rights),
            tuple(sorted(caps)),
        )

    def _row(self, right: int) -> tuple[Bits, Bits, tuple[int, ...], bool]:
        """What a requirement reaches in one step: requirements, resources, caps, and whether anything is
        free.
        """
        found = self._rows.get(right)
        if found is None:
            state = self._state
            at = state.by_right[state.rfirst[right] : state.rfirst[right + 1]]
            left = state.left[at[self._open[at]]]
            stop = self._stop[left[self._spare[left]]]
            held = tuple(np.unique(stop[stop >= 0]).tolist())
            _, given = spread(self._loose_first, left)
            units = np.concatenate(
                [self._loose[given], *(self._below[node] for node in held)]
            )
            lefts, rights = (
                np.zeros(len(self._spare), np.bool_),
                np.zeros(len(self._last), np.bool_),
            )
            lefts[left], rights[state.right[units]] = True, True
            found = (
                np.packbits(rights),
                np.packbits(lefts),
                held,
                bool((stop < 0).any()),
            )
            if len(self._rows) < self._most_rows:
                self._rows[right] = found
        return found

    def of(self, right: int, *, capped: bool = False) -> NearestEnds:
        """The nearest ends of what a requirement reaches, by the fewest steps; ``capped`` ends at caps that
        are used up too.
        """
        state = self._state
        lefts, rights = (
            np.zeros(len(state.capacity), np.bool_),
            np.zeros(len(state.wanted), np.bool_),
        )
        via_left, via_right = (
            np.full(len(lefts), -1, np.intp),
            np.full(len(rights), -1, np.intp),
        )
        caps: set[int] = set()
        rights[right] = True
        front = np.array([right], np.intp)
        free = late = np.zeros(0, np.intp)
        # Breadth-first search from the requirement, ended by the first level that has an end.
        while len(front) and not len(free) and not len(late):
            entry, at = spread(state.rfirst, front)
            at = state.by_right[at]
            keep = self._open[at] & ~lefts[state.left[at]]
            who, wanting = state.left[at[keep]], front[entry[keep]]
            via_left[who[::-1]] = wanting[::-1]  # the first one counts
            new = np.unique(who)
            lefts[new] = True
            spare = new[self._spare[new]]
            free = spare if capped else spare[self._stop[spare] < 0]
            held = sorted(
                {node for node in self._stop[spare].tolist() if node >= 0} - caps
            )
            caps.update(held)
            _, given = spread(self._loose_first, new)
            units = self._loose[given]
            units = units[~rights[state.right[units]]]
            via_right[state.right[units[::-1]]] = state.left[units[::-1]]
            others = [
                state.right[self._below[node]] for node in held
            ]  # by way of a cap: no resource gives them up for another
            front = np.unique(np.concatenate([state.right[units], *others]))
            front = front[~rights[front]]
            rights[front] = True
            late = front[self._last[front] > self._next[right]]
        return NearestEnds(free, late, via_left, via_right)

    def chain(
        self, right: int, found: NearestEnds, end: int, *, late: bool
    ) -> list[tuple[int, int, int]] | None:
        """Steps (resource, to, away from or -1) from a requirement to a free resource, or (``late``) to one
        that would lose a unit.

        None where the way leads through a cap, at which one resource stands back for another.
        """
        steps: list[tuple[int, int, int]] = []
        at, left = (end, int(found.via_right[end])) if late else (-1, end)
        while left >= 0:
            wanting = int(found.via_left[left])
            steps.append((left, wanting, at))
            if wanting == right:
                return steps[::-1]
            at, left = wanting, int(found.via_right[wanting])
        return None
