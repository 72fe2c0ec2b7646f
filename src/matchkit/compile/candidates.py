"""A problem's eligible pairs with their weights: the Candidates protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.forbid import SparsePairs
from matchkit.compile.eligible import EligiblePairs
from matchkit.compile.numbering import Numbering, divisible
from matchkit.compile.ragged import offsets
from matchkit.compile.terms import terms
from matchkit.compile.terms.pairs import Term, TermPairs
from matchkit.errors import EngineError
from matchkit.graph.candidates import PairBlock
from matchkit.messages.message import Message
from matchkit.plan import Terms

BLOCK = 600_000
"""At most about so many pairs a block, which take 20 bytes each in the block and 60 more while in work."""
KEPT = 8_000_000
"""With no more pairs than these in all, blocks are kept once they are made: 8 bytes a pair, 16 of stocks."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term with its name and factor."""

    name: str
    factor: int
    term: Term


@dataclass(frozen=True, slots=True)
class PairCapacities:
    """Capacities of single pairs: what the locks left of those of divisible resources, 1 for all others."""

    divisible: Mask
    capacity: Int64
    """Of each resource, before the locks."""
    wanted: Int64
    """Of each requirement, before the locks."""
    reduced: SparsePairs
    """Locked pairs of divisible resources that have something left."""
    left_over: Int64
    """What each of those has left."""

    def of(self, pairs: TermPairs, *, after_locks: bool = True) -> Int64:
        """Capacity of each pair (int64, at least 1)."""
        most = np.minimum(self.capacity.take(pairs.left), self.wanted.take(pairs.right))
        found = np.where(self.divisible.take(pairs.left), most, 1)
        if after_locks:
            positions, which = self.reduced.positions(pairs.left, pairs.right)
            found[positions] = self.left_over[which]
        return found


@dataclass(frozen=True, slots=True)
class Spent:
    """What the locks took whole: pairs, and the resources and requirements (bool, one a node) with nothing
    left.
    """

    pairs: SparsePairs
    left: Mask
    right: Mask


class ProblemCandidates:
    """Eligible pairs of a problem by blocks of resources, what the locks took left out.

    ``block`` may be called from several threads at once: nothing changes after construction but for blocks
    that are kept, which are the same whoever makes them.
    """

    def __init__(
        self,
        eligible: EligiblePairs,
        terms: tuple[Weighted, ...],
        amounts: PairCapacities,
        spent: Spent,
        labels: int,
    ) -> None:
        """``labels`` is the widest table that a term makes a row of for each resource."""
        self._eligible, self._terms, self._amounts, self._drop = (
            eligible,
            terms,
            amounts,
            spent.pairs,
        )
        self._open_left = ~spent.left
        self._closed = spent.right if spent.right.any() else None
        self._rows_at_once = max(1, 2_000_000 // max(1, labels))
        self.left_count, self.right_count = len(spent.left), len(spent.right)
        """Numbers of resources and of requirements."""
        reach = np.where(spent.left, 0, eligible.reach)
        self.rows_per_block = _rows_per_block(reach)
        """So many resources that no block of them has more than BLOCK pairs (unless one alone has)."""
        self._keeps = int(reach.sum()) <= KEPT
        self._kept = dict[int, PairBlock]()
        self.weight_range = (
            sum(weighted.factor * weighted.term.range()[0] for weighted in terms),
            sum(weighted.factor * weighted.term.range()[1] for weighted in terms),
        )
        """The sum of the bounds of the terms."""
        # By the limits of the records a weight lies between -(83,360 + 158,214 + 6,400 + 1,000,000) * 1,000
        # and (1,000 + 100 + 6,400 + 50 + 50 + 1,000,000) * 1,000, so that int32 holds it and every partial
        # sum.
        if self.weight_range[0] <= -(2**31) or self.weight_range[1] >= 2**31:
            raise EngineError(
                Message.of(
                    "defect.weights",
                    least=int(self.weight_range[0]),
                    most=int(self.weight_range[1]),
                )
            )

    def block(self, start: int, stop: int) -> PairBlock:
        """The eligible pairs of resources ``start`` to ``stop`` that locks left, with int32 weights."""
        usual = start % self.rows_per_block == 0 and stop == min(
            start + self.rows_per_block, self.left_count
        )
        if not usual or not self._keeps:
            return self._block(start, stop)
        if start not in self._kept:
            self._kept[start] = self._block(start, stop)
        return self._kept[start]

    def _block(self, start: int, stop: int) -> PairBlock:
        rows = np.flatnonzero(self._open_left[start:stop]) + start
        left, right, weight, amount = (
            [np.zeros(0, np.intp)],
            [np.zeros(0, np.int32)],
            [np.zeros(0, np.int32)],
            [np.zeros(0, np.int64)],
        )
        stocks = bool(self._amounts.divisible[rows].any())
        for pairs in self.open_pairs(rows):
            left.append(pairs.left)
            right.append(pairs.right.astype(np.int32))
            weight.append(self.weights(pairs))
            if stocks:
                amount.append(self._amounts.of(pairs))
        first = offsets(
            np.bincount(np.concatenate(left) - start, minlength=stop - start)
        ).astype(np.int64)
        return PairBlock(
            start,
            stop,
            first,
            np.concatenate(right),
            np.concatenate(weight),
            np.concatenate(amount) if stocks else None,
        )

    def open_pairs(self, rows: Intp) -> Iterator[TermPairs]:
        """Pairs of the rows (ascending) as ``block`` has them, piece by piece."""
        rows = rows[self._open_left[rows]]
        for piece in self._eligible.pieces(rows, self._rows_at_once):
            yield self._eligible.pairs(piece, (self._drop,), self._closed)

    def all_pairs(self) -> Iterator[tuple[TermPairs, Int64]]:
        """Every eligible pair, also those that locks took, with its capacity before the locks; piece by
        piece.
        """
        for piece in self._eligible.pieces(np.arange(self.left_count)):
            pairs = self._eligible.pairs(piece)
            yield pairs, self._amounts.of(pairs, after_locks=False)

    def weights(self, pairs: TermPairs) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        """Weight of each pair (int32)."""
        total = np.zeros(len(pairs.right), np.int32)
        for weighted in self._terms:
            if weighted.factor:
                points = weighted.term.points(pairs).astype(np.int32, copy=False)
                total += (
                    points
                    if weighted.factor == 1
                    else points * np.int32(weighted.factor)
                )
        return total

    def terms(self, left: Intp, right: Intp) -> dict[str, Int64]:
        """Weight terms of given eligible pairs, ascending by (left, right); factors applied, int64."""
        found: dict[str, list[Int64]] = {
            name: [np.zeros(0, np.int64)] for name in Terms.model_fields
        }
        begin = 0
        for piece in self._eligible.runs(np.unique(left), self._rows_at_once):
            end = int(np.searchsorted(left, piece[-1], "right"))
            pairs = self._eligible.known(piece, left[begin:end], right[begin:end])
            for weighted in self._terms:
                found[weighted.name].append(
                    weighted.factor * weighted.term.points(pairs).astype(np.int64)
                )
            begin = end
        return {name: np.concatenate(parts) for name, parts in found.items()}


def _rows_per_block(reach: Intp) -> int:
    """The most rows, a power of two or all, of which no aligned block exceeds BLOCK pairs."""
    rows = max(1, len(reach))
    total = np.concatenate([[0], np.cumsum(reach)])
    size = 1 << (rows - 1).bit_length()
    while size > 1:
        cuts = total[np.minimum(np.arange(0, len(reach) + size, size), len(reach))]
        if len(cuts) < 2 or int(np.diff(cuts).max()) <= BLOCK:
            break
        size //= 2
    return min(size, rows)


def candidates_of(
    lists: Numbering,
    eligible: EligiblePairs,
    taken: Mapping[tuple[int, int], int],
    capacity: Int64,
    wanted: Int64,
    left: Int64,
    right: Int64,
) -> ProblemCandidates:
    """Eligible pairs with their weights. ``capacity`` (int64 (resources,)) and ``wanted`` (int64 (slots,))
    are before the locks ``taken``, ``left`` and ``right``, of the same shapes, after.
    """
    objective = lists.problem.objective
    weighted = tuple(
        Weighted(name, getattr(objective, name), term)
        for name, term in terms(lists, eligible).items()
    )
    left_over = {
        pair: lists.own_capacity(lists.resources[pair[0]], lists.slots[pair[1]])
        - quantity
        for pair, quantity in taken.items()
    }
    amounts = PairCapacities(
        divisible=lists.once("resources", divisible),
        capacity=capacity,
        wanted=wanted,
        reduced=SparsePairs(
            len(wanted), (pair for pair, rest in left_over.items() if rest > 0)
        ),
        left_over=np.array([rest for rest in left_over.values() if rest > 0], np.int64),
    )
    used_up = SparsePairs(
        len(wanted), (pair for pair, rest in left_over.items() if rest == 0)
    )
    return ProblemCandidates(
        eligible,
        weighted,
        amounts,
        Spent(used_up, left == 0, right == 0),
        max(getattr(one.term, "labels", 0) for one in weighted),
    )
