"""Variables and rows, collected in arrays; and how a rule gives way where it is soft."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp
from matchkit.engines.program import FREE, Program
from matchkit.model.rules import RuleRecord

Coefficients = int | npt.ArrayLike


def _each(value: Coefficients, count: int) -> Int64:
    return np.broadcast_to(np.asarray(value, np.int64), (count,)).copy()


class Builder:
    """An integer program in the making. Variables are numbered as they come; the first are given."""

    def __init__(self, lower: Int64, upper: Int64) -> None:
        self._lower, self._upper, self.size = [lower], [upper], len(lower)
        self._owner: list[Intp] = [np.zeros(0, np.intp)]
        self._column: list[Intp] = [np.zeros(0, np.intp)]
        self._coefficient: list[Int64] = [np.zeros(0, np.int64)]
        self._low: list[Int64] = [np.zeros(0, np.int64)]
        self._high: list[Int64] = [np.zeros(0, np.int64)]
        self._rows = 0

    def variables(self, count: int, upper: Coefficients, lower: Coefficients = 0) -> Intp:
        """The numbers of so many new variables."""
        self._lower.append(_each(lower, count))
        self._upper.append(_each(upper, count))
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
        """So many new rows; entry k says that row ``owner[k]`` of them holds ``coefficient`` times variable
        ``column[k]``.
        """
        self._owner.append(np.asarray(owner, np.intp) + self._rows)
        self._column.append(np.asarray(column, np.intp))
        self._coefficient.append(_each(coefficient, len(column)))
        self._low.append(_each(low, count))
        self._high.append(_each(high, count))
        self._rows += count

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
        self.rows(1, np.zeros(len(columns), np.intp), columns, coefficient, low=low, high=high)

    def upper(self, columns: Intp) -> Int64:
        """The most that variables may be."""
        return np.concatenate(self._upper)[columns]

    def program(self) -> Program:
        """What was collected, with a gain of 0 everywhere."""
        owner, column, coefficient = (
            np.concatenate(part) for part in (self._owner, self._column, self._coefficient)
        )
        order = np.argsort(owner, kind="stable")
        first = np.searchsorted(owner[order], np.arange(self._rows + 1)).astype(np.int64)
        return Program(
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
            gain=np.zeros(self.size, np.int64),
            first=first,
            column=column[order].astype(np.int32),
            coefficient=coefficient[order],
            low=np.concatenate(self._low),
            high=np.concatenate(self._high),
        )


@dataclass(slots=True)
class Slack:
    """One rule's way to give: none where it is hard, else variables whose sum is the amount by which it is
    broken.
    """

    rule: RuleRecord
    builder: Builder
    columns: list[Intp] = field(default_factory=list)

    @property
    def hard(self) -> bool:
        """Whether the rule gives no way."""
        return self.rule.soft is None

    def slack(self, upper: Coefficients, count: int | None = None) -> Intp | None:
        """New variables of the amount, one for each limit given (or so many); None where the rule is hard."""
        if self.hard:
            return None
        given = self.builder.variables(np.size(upper) if count is None else count, upper)
        self.columns.append(given)
        return given

    def at_most(
        self,
        count: int,
        owner: Intp,
        column: Intp,
        coefficient: Coefficients,
        high: Coefficients,
        room: Coefficients,
        unit: int = 1,
    ) -> None:
        """Rows that hold at most ``high`` and, where the rule is soft, ``unit`` times an amount of up to
        ``room`` more.
        """
        coefficients = _each(coefficient, len(column))
        slack = self.slack(_each(room, count), count)
        if slack is not None:
            owner = np.concatenate([owner, np.arange(count)])
            column = np.concatenate([column, slack])
            coefficients = np.concatenate([coefficients, np.full(count, -unit)])
        self.builder.rows(count, owner, column, coefficients, high=high)

    def all(self) -> Intp:
        """All variables of the amount."""
        return np.concatenate([np.zeros(0, np.intp), *self.columns])
