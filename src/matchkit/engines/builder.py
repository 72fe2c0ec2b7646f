"""An integer program in the making: variables and rows, collected in arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp
from matchkit.engines.program import FREE, Program

Coefficients = int | npt.ArrayLike
"""One whole number for all, or one each (int64)."""


def each(value: Coefficients, count: int) -> Int64:
    """The number, or the numbers, as an array of its own (int64 (count,))."""
    return np.full(count, value, np.int64)


class ProgramBuilder:
    """Variables are numbered as they come; the first ones are given by their limits (int64 (variables,))."""

    def __init__(self, lower: Int64, upper: Int64) -> None:
        self._lower, self._upper, self.size = [lower], [upper], len(lower)
        self._owner: list[Intp] = [np.zeros(0, np.intp)]
        self._column: list[Intp] = [np.zeros(0, np.intp)]
        self._coefficient: list[Int64] = [np.zeros(0, np.int64)]
        self._low: list[Int64] = [np.zeros(0, np.int64)]
        self._high: list[Int64] = [np.zeros(0, np.int64)]
        self._rows = 0

    def variables(
        self, count: int, upper: Coefficients, lower: Coefficients = 0
    ) -> Intp:
        """The numbers of ``count`` new variables (intp (count,))."""
        self._lower.append(each(lower, count))
        self._upper.append(each(upper, count))
        self.size += count
        return np.arange(self.size - count, self.size)

    def rows(
        self,
        count: int,
        owner: Intp,
        column: Intp,
        coefficient: Coefficients,
        *,
        low: Coefficients = -FREE,
        high: Coefficients = FREE,
    ) -> None:
        """``count`` new rows; entry k says that row ``owner[k]`` of them holds ``coefficient`` times variable
        ``column[k]`` (intp (entries,) both).
        """
        self._owner.append(np.asarray(owner, np.intp) + self._rows)
        self._column.append(np.asarray(column, np.intp))
        self._coefficient.append(each(coefficient, len(column)))
        self._low.append(each(low, count))
        self._high.append(each(high, count))
        self._rows += count

    def sums(
        self,
        count: int,
        *parts: tuple[Intp | None, Intp, Coefficients],
        low: Coefficients = -FREE,
        high: Coefficients = FREE,
    ) -> None:
        """``count`` new rows, of the entries of several parts: owner, column and coefficient as in ``rows``;
        where the owner is None, variable k stands in row k.
        """
        for_all = np.arange(count)
        owner, column, coefficient = (
            np.concatenate(part)
            for part in zip(
                *(
                    (for_all if of is None else of, columns, each(by, len(columns)))
                    for of, columns, by in parts
                ),
                strict=True,
            )
        )
        self.rows(count, owner, column, coefficient, low=low, high=high)

    def row(
        self,
        column: npt.ArrayLike,
        coefficient: Coefficients,
        *,
        low: int = -FREE,
        high: int = FREE,
    ) -> None:
        """One new row."""
        columns = np.asarray(column, np.intp)
        self.rows(
            1, np.zeros(len(columns), np.intp), columns, coefficient, low=low, high=high
        )

    def upper(self, columns: Intp) -> Int64:
        """The most that variables may be (int64, one a column asked for)."""
        return np.concatenate(self._upper)[columns]

    def program(self, gain: Int64 | None = None) -> Program:
        """What was collected, with these gains (int64 (variables,)) or a gain of 0 everywhere.

        Entries of a row stay in the order in which they came.
        """
        owner, column, coefficient = (
            np.concatenate(part)
            for part in (self._owner, self._column, self._coefficient)
        )
        order = np.argsort(owner, kind="stable")
        return Program(
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
            gain=np.zeros(self.size, np.int64) if gain is None else gain,
            first=np.searchsorted(owner[order], np.arange(self._rows + 1)).astype(
                np.int64
            ),
            column=column[order].astype(np.int32),
            coefficient=coefficient[order],
            low=np.concatenate(self._low),
            high=np.concatenate(self._high),
        )
