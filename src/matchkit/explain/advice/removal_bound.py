"""What a plan loses at least and at most when resources leave it: by prices, and by what they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.goals import values_of
from matchkit.explain.advice.price_systems import Earnings, chains
from matchkit.explain.advice.rarity import Rarity, named_by
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import minus
from matchkit.graph.network import GoalValues
from matchkit.model import ReserveShare


class RemovalBound:
    """A best plan, and what it loses without some resources, by number.

    *At least*: without them the same prices hold (weights of others can only fall), less what they earn by
    these prices. *At most*: the others go on as they do, or one chain of moves replaces the one unit that is
    gone. docs/explanations.md (Advice) has the proofs.
    """

    def __init__(self, residual: ResidualFlow) -> None:
        self._state = state = residual.state
        self._rarity = Rarity(state.problem, state.lists.lexicon)
        self._locked = {left for left, _ in state.locks}
        self._resources_below = state.units.below(np.ones_like(state.capacity))
        left = state.left[state.chosen]
        self._first = np.searchsorted(left, np.arange(len(state.capacity) + 1)).tolist()
        (after, after_reached), (before, before_reached) = (
            residual.from_root,
            residual.to_root,
        )
        self._systems = (
            Earnings(residual, after, after_reached),
            Earnings(residual, -before, before_reached),
        )
        self._chain = chains(residual)

    def least(self, rows: Sequence[int]) -> GoalValues | None:
        """What the plan loses at least; None where a lock holds one of them, which may do more harm than
        good.
        """
        if not self._locked.isdisjoint(rows):
            return None
        over = Counter(node for row in rows for node in self._state.units.over(row))
        # A cap earns nothing any more where all resources below it are gone.
        caps = [
            node for node, count in over.items() if count == self._resources_below[node]
        ]
        gone, idle_caps = np.array(rows, np.intp), np.array(sorted(caps), np.intp)
        return max(system.of(gone, idle_caps) for system in self._systems)

    def most(self, rows: Sequence[int]) -> GoalValues | None:
        """What the plan loses at most; None where the others cannot simply go on."""
        state, rarity = self._state, self._rarity
        held = rarity.amounts(state.lists.resources[row] for row in rows)
        moved = rarity.moved({word: -amount for word, amount in held.items()})
        bounds: list[GoalValues] = []
        if self._reserves_hold(rows, given=True):
            *own, weight = self._worth(rows)
            bounds.append(
                (*own, weight + rarity.factor * self._idle_cost(moved, set(rows)))
            )
        chain = self._chain[rows[0]]
        one_unit = (
            len(rows) == 1
            and state.capacity[rows[0]] == 1
            and rows[0] not in self._locked
        )
        if one_unit and chain is not None and self._reserves_hold(rows, given=False):
            bounds.append((*chain[:-1], chain[-1] + rarity.shift(moved)))
        return min(bounds, default=None)

    def _reserves_hold(self, rows: Sequence[int], *, given: bool) -> bool:
        """Whether what is left of every reserve that shrinks suffices for what the plan takes, or (``given``)
        for that less what these give.
        """
        state, units = self._state, self._state.units
        gone, less = Counter[int](), Counter[int]()
        for row in rows:
            for node in units.over(row):
                gone[node] += int(state.capacity[row])
                less[node] += int(state.given[row]) if given else 0
        return all(
            units.used[node] - less[node]
            <= rule.limit(state.unit_capacity[rule.node] - capacity)
            for node, capacity in gone.items()
            for rule, _ in units.rules[node]
            if isinstance(rule, ReserveShare)
        )

    def _pairs(self, row: int) -> Intp:
        """Positions of the plan's pairs of a resource (intp (pairs,))."""
        return self._state.chosen[self._first[row] : self._first[row + 1]]

    def _worth(self, rows: Sequence[int]) -> GoalValues:
        """What the plan reaches less what it reaches without their pairs, nobody moving."""
        state, gone, weight = self._state, Counter[int](), 0
        for row in rows:
            at = self._pairs(row)
            columns = state.right[at], state.carried[at], state.weight[at]
            for right, units, worth in zip(
                *(column.tolist() for column in columns), strict=True
            ):
                gone[right] += units
                weight += units * worth
        needs = [(self._needs[right], units) for right, units in gone.items()]
        before = values_of(state.aims, (need for need, _ in needs), weight)
        left = (
            (tier, minimum, taken - units) for (tier, minimum, taken), units in needs
        )
        return minus(before, values_of(state.aims, left, 0))

    @cached_property
    def _needs(self) -> list[tuple[int, int, int]]:
        """Tier, minimum and units of every requirement."""
        columns = self._state.tier, self._state.minimum, self._state.taken
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def _idle_cost(self, moved: dict[str, int], without: set[int]) -> int:
        """What the pairs of all others lose where words become so much rarer: the sum over words they leave
        idle.
        """
        return sum(
            move * units
            for word, move in moved.items()
            for row, units in self._idle.get(word, {}).items()
            if row not in without
        )

    @cached_property
    def _idle(self) -> dict[str, Counter[int]]:
        """By word and resource, how many units of the plan leave the word idle."""
        state, lexicon = self._state, self._state.lists.lexicon
        named = [named_by(lexicon, need) for need in state.requirements]
        found: dict[str, Counter[int]] = {}
        for row in np.flatnonzero(state.given).tolist():
            words = lexicon.declared(state.lists.resources[row])
            at = self._pairs(row)
            for right, units in zip(
                state.right[at].tolist(), state.carried[at].tolist(), strict=True
            ):
                for word in words:
                    if named[right].isdisjoint(lexicon.above(word)):
                        found.setdefault(word, Counter())[row] += units
        return found
