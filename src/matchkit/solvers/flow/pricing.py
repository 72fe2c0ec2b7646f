"""One pass over all candidates, a block at a time: which pairs beat their prices, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int32, Int64
from matchkit.graph.candidates import (
    Block,
    Candidates,
    Integers,
    MatrixBlock,
    PairBlock,
    greatest_weight,
)
from matchkit.solvers.flow.prices import NEVER, ScalarPrices
from matchkit.solvers.flow.subnetwork import Pairs, empty, joined

NOTHING = np.iinfo(np.int64).min // 2
"""Surplus of a left node that has no open pair."""


@dataclass(frozen=True, slots=True)
class PricingResult:
    """What a pass found: each left node's greatest surplus over its open pairs, the right node of that pair
    (-1 where there is none) and its weight, int64 (lefts,) each, and the pairs picked for the engine.
    """

    surplus: Int64
    partner: Int64
    worth: Int64
    picked: Pairs


def blocks(candidates: Candidates) -> Iterator[Block]:
    """All blocks in order."""
    step = max(1, candidates.rows_per_block)
    for start in range(0, candidates.left_count, step):
        yield candidates.block(start, min(start + step, candidates.left_count))


def _narrowed(keys: ScalarPrices, span: int) -> tuple[Integers, Integers]:
    """The keys in 32 bits where all live ones and the weights are small enough; dead ones stay out of
    reach.
    """
    live = (keys.left[keys.left > -NEVER], keys.right[keys.right < NEVER])
    if max(span, *(int(np.abs(key).max(initial=0)) for key in live)) >= 2**27:
        return keys.left, keys.right
    left, right = (
        np.clip(key, -(2**29), 2**29).astype(np.int32)
        for key in (keys.left, keys.right)
    )
    return left, right


class BlockPricing:
    """Prices a block at given keys. ``closed`` are the pairs (sorted keys) that carry all they can."""

    def __init__(
        self,
        candidates: Candidates,
        keys: ScalarPrices,
        closed: Int64,
        most: Int64 | int,
        near: int,
    ) -> None:
        self.candidates, self.keys, self.closed = candidates, keys, closed
        self.most, self.near, self.right_count = most, near, candidates.right_count
        self.left, self.right = _narrowed(keys, greatest_weight(candidates))

    def price(self, block: Block) -> PricingResult:
        """What a pass over one block finds."""
        if not self.right_count:
            rows = block.stop - block.start
            return PricingResult(
                np.full(rows, NOTHING, np.int64),
                np.full(rows, -1, np.int64),
                np.zeros(rows, np.int64),
                empty(),
            )
        return (
            self._matrix(block)
            if isinstance(block, MatrixBlock)
            else self._pairs(block)
        )

    def _closed(self, block: Block) -> tuple[Int64, Int64]:
        first, last = np.searchsorted(
            self.closed, [block.start * self.right_count, block.stop * self.right_count]
        )
        inside = self.closed[first:last]
        return inside // self.right_count - block.start, inside % self.right_count

    def _matrix(self, block: MatrixBlock) -> PricingResult:
        rows, columns = block.stop - block.start, self.right_count
        turn = rotation(block.start, columns)
        # The surplus less the left price, which is one number a row; columns begin at another one each block.
        surplus = np.empty((rows, columns), self.right.dtype)
        for to, of in (
            (slice(0, columns - turn), slice(turn, columns)),
            (slice(columns - turn, columns), slice(0, turn)),
        ):
            if self.keys.weighted:
                np.subtract(
                    block.weight[:, of],
                    self.right[of],
                    out=surplus[:, to],
                    casting="unsafe",
                )
            else:
                surplus[:, to] = -self.right[of]
        lowest = np.iinfo(surplus.dtype).min // 2
        if block.absent is not None:
            surplus[np.roll(block.absent, -turn, axis=1)] = lowest
        # A pair that carries all it can may beat its prices: the bound pays for it by its own capacity.
        closed_rows, closed_right = self._closed(block)
        surplus[closed_rows, (closed_right - turn) % columns] = lowest
        left = self.left[block.start : block.stop]
        top = surplus.argmax(1)
        best = surplus[np.arange(rows), top]
        found, partner = best.astype(np.int64) + left, (top + turn) % columns
        worth = block.weight[np.arange(rows), partner].astype(np.int64)
        found[best == lowest], partner[best == lowest] = NOTHING, -1
        picked: list[tuple[Int64, Int64]] = [
            (np.zeros(0, np.int64), np.zeros(0, np.int64))
        ]
        active = np.flatnonzero(found > -self.near)
        # Repeated selection: the best pair of each row is picked and crossed out, while the next is good
        # enough.
        for _ in range(int(np.max(self.most, initial=0))):
            if not len(active):
                break
            picked.append((active, (top[active] + turn) % columns))
            surplus[active, top[active]] = lowest
            top[active] = (
                surplus[active].argmax(1) if len(active) < rows else surplus.argmax(1)
            )
            active = active[
                surplus[active, top[active]].astype(np.int64) + left[active]
                > -self.near
            ]
        row, right = (np.concatenate([part[k] for part in picked]) for k in (0, 1))
        order = np.lexsort((right, row))
        row, right = row[order], right[order]
        pairs = Pairs(
            (row + block.start).astype(np.int32),
            right.astype(np.int32),
            block.weight[row, right].astype(np.int64),
            np.ones(len(row), np.int64),
        )
        return PricingResult(found, partner, worth, pairs)

    def _pairs(self, block: PairBlock) -> PricingResult:
        rows = block.stop - block.start
        count = np.diff(block.first)
        left = np.repeat(self.left[block.start : block.stop], count)
        surplus = np.subtract(left, self.right[block.right], dtype=np.int64)
        if self.keys.weighted:
            surplus += block.weight
        row = np.repeat(np.arange(rows), count)
        closed_rows, closed_right = self._closed(block)
        if len(closed_rows):
            at = np.searchsorted(
                row * self.right_count + block.right,
                closed_rows * self.right_count + closed_right,
            )
            surplus[at] = NOTHING
        found, partner, worth = (
            np.full(rows, NOTHING, np.int64),
            np.full(rows, -1, np.int64),
            np.zeros(rows, np.int64),
        )
        some = np.flatnonzero(count)
        if len(some):
            found[some] = np.maximum.reduceat(surplus, block.first[some])
            hit = np.flatnonzero((surplus == found[row]) & (found[row] > NOTHING))
            partner[row[hit[::-1]]] = block.right[hit[::-1]]
            worth[row[hit[::-1]]] = block.weight[hit[::-1]]
        most = (
            self.most
            if isinstance(self.most, int)
            else self.most[block.start : block.stop]
        )
        chosen = best_of_rows(
            block, row, surplus, np.flatnonzero(surplus > -self.near), most
        )
        return PricingResult(found, partner, worth, pairs_at(block, row, chosen))


def rotation(start: int, columns: int) -> int:
    """Where a block's search for the best right node begins: equal pairs then spread over all right nodes."""
    return start * 40_503 % columns if columns else 0


def best_of_rows(
    block: PairBlock, row: Int64, score: Int64, where: Int64, most: Int64 | int
) -> Int64:
    """Among the positions ``where`` (int64 (n,)) the ``most`` of greatest score in each row, ascending:
    int64.

    ``row`` and ``score`` are int64 (pairs,) of the block, ``most`` one number for all, or int64 (rows,).

    Of equal scores each row prefers those from a right node of its own on, and then round: where all pairs
    are worth the same, those picked form a ring in which everybody can be matched.
    """
    if not len(where):
        return where
    rows, scores = row[where], score[where]
    columns = int(block.right.max()) + 1
    order = where[
        _by_row_and_score(
            rows,
            scores,
            (block.right[where] - (rows + block.start) * 40_503) % columns,
            columns,
        )
    ]
    ordered = row[order]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    rank = np.arange(len(order)) - np.repeat(start, np.diff(np.r_[start, len(order)]))
    return np.sort(order[rank < (most if isinstance(most, int) else most[ordered])])


SPREAD = 64
"""Equal scores are told apart by this many different numbers where one for every right node does not fit."""


def _by_row_and_score(row: Int64, score: Int64, apart: Int64, columns: int) -> Int64:
    """Positions by row, then greatest score; packed into one number each, which sorts ten times faster, of
    scores wide apart by their ranks.
    """
    count = len(row)
    bits = count.bit_length()
    for ranked in (False, True):
        if ranked:
            score = np.unique(score, return_inverse=True)[1]
        top = int(score.max())
        span = top - int(score.min()) + 1
        room = (2**63 - 1) // ((int(row.max()) + 1) * span << bits)
        if room >= min(columns, SPREAD):
            spread = columns if room >= columns else SPREAD
            code = (
                ((row * span + (top - score)) * spread + apart % spread) << bits
            ) | np.arange(count)
            code.sort()
            code &= (1 << bits) - 1
            return code
    return np.lexsort((apart, -score, row))


def pairs_at(block: PairBlock, row: Int64 | Int32, where: Int64) -> Pairs:
    """The pairs of a block at these positions (int64 (n,)); ``row`` is the row of every pair of the block."""
    capacity = (
        np.ones(len(where), np.int64)
        if block.capacity is None
        else block.capacity[where]
    )
    return Pairs(
        (row[where] + block.start).astype(np.int32),
        block.right[where],
        block.weight[where].astype(np.int64),
        capacity,
    )


def price_candidates(
    candidates: Candidates,
    keys: ScalarPrices,
    closed: Int64,
    most: Int64 | int,
    near: int,
) -> PricingResult:
    """Price every candidate; pick up to ``most`` pairs a left node (one number for all, or int64 (left
    nodes,)) that beat their prices, or fall short by less than ``near`` weight points.

    ``closed`` are the pairs that carry all they can, as ascending keys: int64 (pairs,). The pricing step of
    column generation (Dantzig and Wolfe 1960): where it picks none, the prices prove the flow.
    """
    pricer = BlockPricing(candidates, keys, closed, most, near)
    found = [pricer.price(block) for block in blocks(candidates)]
    none = np.zeros(0, np.int64)
    surplus, partner, worth = (
        np.concatenate([none, *(getattr(part, name) for part in found)])
        for name in ("surplus", "partner", "worth")
    )
    return PricingResult(
        surplus, partner, worth, joined([part.picked for part in found])
    )
