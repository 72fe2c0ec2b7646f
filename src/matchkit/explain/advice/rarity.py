"""How rare skills are, and how much the weights of all pairs, and a bound, can move when somebody comes, goes
or learns.

A skill that more resources hold is less rare, so leaving it idle costs less: a new holder can make pairs of
others worth more. architecture.md (What a pair is worth) defines rarity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.numbering import Lexicon, alternatives
from matchkit.compile.ragged import spread
from matchkit.compile.terms import class_factor
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import signs
from matchkit.model import Problem, Requirement, Resource


def named_by(lexicon: Lexicon, need: Requirement) -> frozenset[str]:
    """The words that a requirement's needs name."""
    return frozenset(
        lexicon.word(want.skill)
        for entry in need.skills
        for want in alternatives(entry)
    )


class Rarity:
    """Rarity of every skill of a problem, and of the problem with some amounts held more or less."""

    def __init__(self, problem: Problem, lexicon: Lexicon) -> None:
        self.lexicon, self.factor = lexicon, class_factor(problem.objective)
        stated = problem.objective.rarity
        self._stated = (
            None
            if stated is None
            else {lexicon.word(skill): points for skill, points in stated}
        )
        self.wanted: dict[str, int] = {}
        for demand in problem.demands:
            for need in demand.requirements:
                for word in named_by(lexicon, need):
                    self.wanted[word] = self.wanted.get(word, 0) + need.wanted
        self.held = self.amounts(problem.resources)
        self._declared: list[tuple[tuple[str, ...], int]] = [
            (tuple(lexicon.declared(resource)), resource.capacity)
            for resource in problem.resources
            if resource.capacity and resource.skills
        ]

    def amounts(self, resources: Iterable[Resource]) -> dict[str, int]:
        """By word, the capacity that holds it."""
        found: dict[str, int] = {}
        for resource in resources:
            if resource.capacity:
                for word in self.lexicon.held(self.lexicon.declared(resource)):
                    found[word] = found.get(word, 0) + resource.capacity
        return found

    def of(self, word: str, more: int = 0) -> int:
        """The rarity of a word where so much more is held (or less: a negative number)."""
        if self._stated is not None:
            return self._stated.get(word, 0)
        return min(
            20, 10 * self.wanted.get(word, 0) // max(1, self.held.get(word, 0) + more)
        )

    def moved(self, more: Mapping[str, int]) -> dict[str, int]:
        """By word, how much rarer it becomes where so much more is held; words that stay are left out."""
        moves = {
            word: self.of(word, amount) - self.of(word) for word, amount in more.items()
        }
        return {word: move for word, move in sorted(moves.items()) if move}

    def shift(self, moved: Mapping[str, int]) -> int:
        """The most that the weights of any plan can move together: every unit of every holder, as if it left
        the word idle.
        """
        if not moved or not self.factor:
            return 0
        return self.factor * sum(
            capacity * sum(abs(moved.get(word, 0)) for word in words)
            for words, capacity in self._declared
        )


class BoundShift:
    """A system of prices that proves a bound, and what it takes to keep it true when weights rise.

    A resource's price is raised until no pair that could carry more beats it, which costs its capacity times
    that; pairs that carry all they can earn the difference themselves, and so do locked ones. No more than
    the weights can rise is counted.
    """

    def __init__(
        self,
        rarity: Rarity,
        residual: ResidualFlow,
        prices: tuple[Int64, Int64, Int64],
        flow: Int64 | None = None,
    ) -> None:
        """``prices`` are those of resources, of what is above each, and of requirements (int64 (nodes,
        goals)); ``flow`` is on all pairs, that of the plan where none is given.
        """
        own, above, self._right_price = prices
        # Below the price above it costs nothing to raise a price.
        self._left_price = np.where((signs(own - above) < 0)[:, None], above, own)
        self._rarity, self._residual = rarity, residual
        self._flow = residual.flow.pairs if flow is None else flow
        state, lexicon = residual.state, rarity.lexicon
        rows = np.arange(len(state.capacity) + 1)
        self._first = np.searchsorted(residual.pairs.left, rows).astype(np.intp)
        self._named = [named_by(lexicon, need) for need in state.requirements]
        self._holders: dict[str, list[int]] = {}
        for row, resource in enumerate(state.lists.resources):
            for word in lexicon.declared(resource):
                self._holders.setdefault(word, []).append(row)
        self._known: dict[tuple[tuple[str, int], ...], int] = {}
        self._unused: dict[str, Int64] = {}

    def of(self, moved: Mapping[str, int]) -> int:
        """By how much the weight of the bound grows at most where words become so much less rare."""
        held = {
            word: -move
            for word, move in sorted(moved.items())
            if move < 0 and word in self._holders
        }
        key = tuple(held.items())
        if key not in self._known:
            self._known[key] = (
                self._worked_out(held) if held and self._rarity.factor else 0
            )
        return self._known[key]

    def _worked_out(self, moved: Mapping[str, int]) -> int:
        rows = np.array(
            sorted({row for word in moved for row in self._holders[word]}), np.intp
        )
        residual, pairs = self._residual, self._residual.pairs
        owner, at = spread(self._first, rows)
        right = pairs.right[at]
        rise = self._rise(moved, rows, owner, right.astype(np.intp))
        value = -self._left_price[rows[owner]] - self._right_price[right]
        value[:, -1] += pairs.weight[at]
        level = signs(value[:, :-1]) == 0
        full = self._flow[at] == pairs.capacity[at]
        # A pair can beat its prices only where it is level with them in all goals before the weight.
        beaten = np.where(level & ~full, np.maximum(0, value[:, -1] + rise), 0)
        most, most_rise, carried = (np.zeros(len(rows), np.int64) for _ in range(3))
        np.maximum.at(most, owner, np.minimum(beaten, rise))
        np.maximum.at(most_rise, owner, rise)
        np.add.at(carried, owner, np.where(full, self._flow[at] * rise, 0))
        capacity = residual.network.left_capacity[rows]
        total = int(np.minimum(capacity * most + carried, capacity * most_rise).sum())
        locked = residual.compiled.locked
        mine = np.flatnonzero(np.isin(locked.left, rows))
        of = np.searchsorted(rows, locked.left[mine])
        rises = self._rise(moved, rows, of, locked.right[mine])
        return total + int((locked.quantity[mine] * rises).sum())

    def _rise(
        self, moved: Mapping[str, int], rows: Intp, owner: Intp, right: Intp | Int64
    ) -> Int64:
        """By how much pairs are worth more: the words that their resources hold and leave idle."""
        rise = np.zeros(len(owner), np.int64)
        for word, move in moved.items():
            holds = np.isin(rows, np.array(self._holders[word], np.intp))
            rise += (
                move * self._rarity.factor * (holds[owner] * self._idle(word)[right])
            )
        return rise

    def _idle(self, word: str) -> Int64:
        """For every requirement 1 where the word serves none of its needs."""
        if word not in self._unused:
            above = self._rarity.lexicon.above(word)
            self._unused[word] = np.array(
                [names.isdisjoint(above) for names in self._named], np.int64
            )
        return self._unused[word]


def at_root_prices(rarity: Rarity, residual: ResidualFlow) -> BoundShift:
    """The shift at the prices highest for requirements, which ``ResidualFlow.to_root`` gives."""
    to_root, reached = residual.to_root
    lefts = residual.links.left_count
    # A resource that leads nowhere has no pair that counts, and a cap that nothing goes through costs
    # nothing: both at the root's price.
    price = np.where(reached[:, None], to_root, 0)
    prices = price[:lefts], price[residual.above_left], -price[residual.rights]
    return BoundShift(rarity, residual, prices)


def of_any(
    shifts: BoundShift,
    rarity: Rarity,
    groups: Sequence[Collection[str]],
    k: int,
    more: int,
) -> int:
    """The most that a bound grows where the words of any ``k`` of the groups come to be held by so much more.

    All groups at once, or the k that matter most, each without regard to prices (shifts at prices do not add
    up: two together can make a pair beat its prices that neither does).
    """
    every = rarity.moved({word: more for group in groups for word in group})
    single = sorted(
        (rarity.shift(rarity.moved(dict.fromkeys(group, more))) for group in groups),
        reverse=True,
    )
    return min(shifts.of(every), sum(single[:k]))
