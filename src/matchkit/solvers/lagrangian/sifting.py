"""Prices near the best for all pairs, from linear programs of few: sifting (Forrest and others; Bixby and
others, Very large-scale linear programming, Operations Research 40, 1992).

A program holds some of the pairs; pairs that beat the prices of its rows join, and it is solved again from
where it ended. In it a left node's count, its budget and what it can do at one moment are rows, so its prices
are close to those at which best blocks prove the least, and its values are close to a plan.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Float64, Int64, Intp, Mask, places_of
from matchkit.deadline import NO_END, Deadline
from matchkit.engines.builder import ProgramBuilder
from matchkit.engines.linear import BASIC, BELOW, Basis, LinearSolution, solve_linear
from matchkit.engines.program import FREE
from matchkit.graph.network import CapTree
from matchkit.solvers.lagrangian.blocks import BlockProblem, total_above
from matchkit.solvers.lagrangian.times import Moments

EACH = 8
"""Pairs of every left node to begin with, those that earn most."""
WANTED, MORE = 3, 5
"""The same of a right node: so many for every unit it can take, and so many more."""
JOIN = 6
"""Pairs that join of every left node, and four times as many of every right node."""
LITTLE = 1e-6
"""A pair that beats its prices by no more than this stays out."""
CLOSE = 1e-5
"""Enough is proved where all pairs outside together beat their prices by this share of the gain at most."""
ROUNDS = 30


class SiftedPrices(NamedTuple):
    """What linear programs say of a block problem, in its own units.

    Attributes:
        price: float64 (rights,), what a unit costs at a right node.
        left_cap, right_cap: float64 (caps,), what it costs at every cap besides, at least 0.
        pairs: int64, ascending, the pairs of the last program.
        value, loss: float64, one each of these: how much of it that program takes, and what a unit of it
            loses at the prices of its rows, at least 0.
        gain: what it gains.
        ended: whether no pair outside is worth adding, or rounds were over; else time was.
    """

    price: Float64
    left_cap: Float64
    right_cap: Float64
    pairs: Int64
    value: Float64
    loss: Float64
    gain: float
    ended: bool


class Sifting:
    """The rows of all pairs of a block problem, which pairs are inside the program, and where it ended."""

    def __init__(
        self, blocks: BlockProblem, *, near: Mask | None = None, whole: bool = False
    ) -> None:
        """``near``, bool (pairs,): pairs to begin with besides those that earn most. ``whole``: programs know
        loads of all too, so their values are closer to a plan; at their prices best blocks, which do not,
        prove less.
        """
        self.blocks = blocks
        ones = np.ones(blocks.right_count, np.int64)
        spends = np.where((blocks.budget < 0) | blocks.stock, FREE, blocks.budget)
        self._limits = [(blocks.count, ones), (spends, blocks.uses)]
        # Best blocks of stocks keep their loads.
        self._limits += [
            (has if whole else np.where(blocks.stock, has, FREE), uses)
            for has, uses in blocks.loads
        ]
        """What left nodes have, and what units of right nodes use of it: int64 (lefts,) and (rights,) each.
        """
        self._moments = Moments(blocks)
        counts = (
            blocks.right_count,
            blocks.left_count * len(self._limits),
            blocks.left_caps.size,
            blocks.right_caps.size,
            self._moments.rows,
        )
        self._first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        """Where rows of right nodes, limits, caps of both sides and moments begin, and where they end."""
        self._costly = np.flatnonzero(blocks.cost > 0)
        """Left nodes of which a variable says how far they are used."""
        self.inside = self._begin()
        if near is not None:
            self.inside |= near
        self._variable = np.full(blocks.pairs, BELOW, np.uint8)
        self._other = np.full(
            2 * blocks.right_count + len(self._costly), BELOW, np.uint8
        )
        self._row = np.full(int(self._first[-1]), BASIC, np.uint8)
        self._is_first = True

    def run(self, deadline: Deadline = NO_END) -> SiftedPrices | None:
        """The prices of all pairs, or as near to them as time allows; None where no program was solved."""
        found: SiftedPrices | None = None
        for _ in range(ROUNDS):
            if deadline.over():
                break
            solved = self._solve(deadline)
            if solved is None:
                break
            pairs, solution, row_price = solved
            beats = self._beats(row_price)
            first = self._first
            found = SiftedPrices(
                row_price[: first[1]],
                np.maximum(0.0, row_price[first[2] : first[3]]),
                np.maximum(0.0, row_price[first[3] : first[4]]),
                pairs,
                solution.value[: len(pairs)],
                np.maximum(0.0, -beats[pairs]),
                solution.gain,
                not self._join(beats, CLOSE * abs(solution.gain)),
            )
            if found.ended:
                break
        else:
            found = None if found is None else found._replace(ended=True)
        return found

    def _begin(self) -> Mask:
        """The pairs that earn most, of every node."""
        blocks = self.blocks
        # Where weights are equal, others of every node: what all take first would be too few.
        key = np.random.default_rng(0).random(blocks.pairs) - blocks.weight
        inside = np.zeros(blocks.pairs, np.bool_)
        for side, many in (
            (blocks.left, np.full(blocks.left_count, EACH)),
            (blocks.right, WANTED * blocks.right_capacity + MORE),
        ):
            inside[_least(key, side, many)] = True
        return inside

    def _solve(
        self, deadline: Deadline
    ) -> tuple[Int64, LinearSolution, Float64] | None:
        """The program of the pairs inside: these, its solution, and the price of every row there is (0 of
        rows that nothing can break).
        """
        blocks, first = self.blocks, self._first
        pairs = np.flatnonzero(self.inside)
        count, rights = len(pairs), blocks.right_count
        left, right = (
            blocks.left[pairs].astype(np.intp),
            blocks.right[pairs].astype(np.intp),
        )
        here = np.arange(count)
        timed, moment = self._moments.of(pairs)
        parts: list[tuple[Intp, Intp, Int64]] = [
            (first[4] + moment, timed, np.ones(len(moment), np.int64))
        ]
        for place, (_, uses) in enumerate(self._limits):
            parts.append(
                (first[1] + place * blocks.left_count + left, here, uses[right])
            )
        # A left node that costs something does as much of a thing as it is used, at any moment and in all.
        most = blocks.most[pairs]
        used = self._used_rows()
        high = np.concatenate(
            [
                np.zeros(rights, np.int64),
                *(limit for limit, _ in self._limits),
                blocks.left_caps.capacity,
                blocks.right_caps.capacity,
                np.ones(self._moments.rows, np.int64),
            ]
        )
        parts.append((used.row, count + 2 * rights + used.costly, -high[used.row]))
        high[used.row] = 0
        for tree, start, node in (
            (blocks.left_caps, first[2], left),
            (blocks.right_caps, first[3], right),
        ):
            for cap, column in _above(tree, node):
                parts.append((start + cap, column, np.ones(len(cap), np.int64)))
        row, column, use = (
            np.concatenate([part[k] for part in parts]) for k in range(3)
        )
        # Rows that these pairs can break, and one a right node: what it takes is up to its minimum or beyond
        # it.
        reach = np.zeros(len(high), np.int64)
        of_pair = column < count
        np.add.at(reach, row[of_pair], use[of_pair] * most[column[of_pair]])
        binding = reach > high
        binding[:rights] = False
        kept = np.flatnonzero(binding)
        number = np.full(len(high), -1, np.intp)
        number[kept] = rights + np.arange(len(kept))
        entry = binding[row]
        slots = np.arange(rights)
        costly = self._costly
        upper = [
            most,
            blocks.right_minimum,
            blocks.right_capacity - blocks.right_minimum,
        ]
        upper.append(np.ones(len(costly), np.int64))
        builder = ProgramBuilder(
            np.zeros(sum(map(len, upper)), np.int64), np.concatenate(upper)
        )
        least = None, count + slots, -1
        beyond = None, count + rights + slots, -1
        builder.sums(rights, (right, here, 1), least, beyond, low=0, high=0)
        builder.rows(
            len(kept),
            number[row[entry]] - rights,
            column[entry],
            use[entry],
            high=high[kept],
        )
        gain = np.concatenate(
            [
                blocks.weight[pairs],
                blocks.minimum_gain,
                blocks.rest_gain,
                -blocks.cost[costly],
            ]
        )
        rows = np.concatenate([slots, kept])
        basis = Basis(
            np.concatenate([self._variable[pairs], self._other]), self._row[rows]
        )
        solution = solve_linear(
            builder.program(gain),
            seconds=deadline.left(),
            basis=None if self._is_first else basis,
        )
        if solution is None:
            return None
        self._is_first = False
        self._variable[pairs] = solution.basis.variables[:count]
        self._other = solution.basis.variables[count:]
        self._row[:] = BASIC
        self._row[rows] = solution.basis.rows
        price = np.zeros(len(high), np.float64)
        price[rows] = solution.price
        return pairs, solution, price

    def _used_rows(self) -> _UsedRows:
        """The rows of count and moments of left nodes that cost something."""
        number = places_of(self._costly, self.blocks.left_count)
        moment = np.flatnonzero(number[self._moments.left] >= 0)
        return _UsedRows(
            np.concatenate([self._first[1] + self._costly, self._first[4] + moment]),
            np.concatenate([number[self._costly], number[self._moments.left[moment]]]),
        )

    def _beats(self, price: Float64) -> Float64:
        """By how much every pair beats the prices of its rows: float64 (pairs,)."""
        blocks, first = self.blocks, self._first
        right = price[: first[1]] + total_above(
            blocks.right_caps, price[first[3] : first[4]]
        )
        left = total_above(blocks.left_caps, price[first[2] : first[3]])
        beats: Float64 = blocks.weight - right[blocks.right] - left[blocks.left]
        limits = price[first[1] : first[2]].reshape(len(self._limits), -1)
        for limit, (_, uses) in zip(limits, self._limits, strict=True):
            if limit.any():
                beats -= limit[blocks.left] * uses[blocks.right]
        self._moments.charge(beats, price[first[4] :])
        return beats

    def _join(self, beats: Float64, close: float) -> bool:
        """Pairs that beat the prices of their rows join, the best of every node; whether there is any use in
        it.
        """
        blocks = self.blocks
        beating = np.flatnonzero((beats > LITTLE) & ~self.inside)
        if float((beats[beating] * blocks.most[beating]).sum()) <= close:
            return False
        for side, count, many in (
            (blocks.left, blocks.left_count, JOIN),
            (blocks.right, blocks.right_count, 4 * JOIN),
        ):
            best = _least(-beats[beating], side[beating], np.full(count, many))
            self.inside[beating[best]] = True
        return True


class _UsedRows(NamedTuple):
    """Rows, and the number of their left node among those that cost something."""

    row: Intp
    costly: Intp


def _least(key: Float64, side: np.ndarray, many: Int64) -> Int64:
    """Positions of the least keys of every node, as many as its own number says."""
    order = np.lexsort((key, side))
    node = side[order]
    first = np.searchsorted(node, np.arange(len(many) + 1))
    place = np.arange(len(order)) - first[node]
    found: Int64 = order[place < many[node]]
    return found


def _above(tree: CapTree, node: Intp) -> list[tuple[Intp, Intp]]:
    """For every level of caps above these nodes: the caps, and which of the nodes lie below them."""
    found: list[tuple[Intp, Intp]] = []
    below = np.arange(len(node))
    cap = tree.of[node].astype(np.intp)
    while True:
        below, cap = below[cap >= 0], cap[cap >= 0]
        if len(cap) == 0:
            return found
        found.append((cap, below))
        cap = tree.parent[cap].astype(np.intp)
