"""Whole numbers by pair of numbers, sorted, to be looked up for many pairs at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.ragged import found_in


@dataclass(frozen=True, slots=True)
class PairNumbers:
    """Numbers by pair: ``codes``, intp (pairs,), ascending, are ``first * width + second``, and ``values``,
    int64 (pairs,), the number of each.
    """

    codes: Intp
    values: Int64
    width: int

    @classmethod
    def of(cls, entries: Iterable[tuple[int, int, int]], width: int) -> PairNumbers:
        """From (first, second, number), ``second`` being below ``width``, no pair twice."""
        table = np.array(list(entries), np.int64).reshape(-1, 3)
        codes = (table[:, 0] * width + table[:, 1]).astype(np.intp)
        order = np.argsort(codes, kind="stable")
        return cls(codes[order], table[order, 2], width)

    def entries(self) -> Iterator[tuple[int, int, int]]:
        """First, second and number of every pair, ascending."""
        first, second = np.divmod(self.codes, self.width)
        yield from zip(
            first.tolist(), second.tolist(), self.values.tolist(), strict=True
        )

    def at(self, first: Int64 | Intp, second: Int64 | Intp, other: int = 0) -> Int64:
        """The numbers of pairs, int64 (pairs,); ``other`` for those that have none, as all do with a number
        below 0.
        """
        place, there = found_in(self.codes, first.astype(np.intp) * self.width + second)
        found = np.full(len(place), other, np.int64)
        there &= (first >= 0) & (second >= 0)
        found[there] = self.values[place[there]]
        return found
