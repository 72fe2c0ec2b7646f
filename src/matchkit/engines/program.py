"""What the general engine is given: an integer program in arrays, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from matchkit.arrays import Int32, Int64, Mask, places_of
from matchkit.errors import BudgetError
from matchkit.messages.message import Message

FREE = 2**62
"""Stands for no limit on a row's sum (minus this: no least sum)."""
ROUNDS = 20
"""Most passes over all rows that bounds are propagated in."""
LARGEST = 2**52
"""A row's and the objective's absolute sum stay below this: every partial sum is exact, in doubles too."""


@dataclass(frozen=True, slots=True)
class Program:
    """Find whole numbers between ``lower`` and ``upper`` of greatest gain, every row's sum between ``low``
    and ``high``.

    ``lower``, ``upper`` and ``gain`` are int64 (variables,), ``low`` and ``high`` int64 (rows,). Row k has
    the entries ``first[k]:first[k + 1]`` (int64 (rows + 1,)): ``coefficient`` (int64 (entries,)) times the
    variable ``column`` (int32 (entries,)), no variable twice in a row.
    """

    lower: Int64
    upper: Int64
    gain: Int64
    first: Int64
    column: Int32
    coefficient: Int64
    low: Int64
    high: Int64

    @property
    def size(self) -> int:
        """Number of variables."""
        return len(self.lower)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.low)

    def sums(self, value: Int64) -> Int64:
        """Every row's sum at these values (int64 (variables,)): int64 (rows,)."""
        parts = self.coefficient * value[self.column]
        total = np.concatenate([np.zeros(1, np.int64), np.cumsum(parts)])
        sums: Int64 = total[self.first[1:]] - total[self.first[:-1]]
        return sums

    def objective(self, value: Int64) -> int:
        """The gain of these values."""
        return int((self.gain * value).sum())

    def broken(self, value: Int64) -> Mask:
        """Rows that these values break (bool, one a row)."""
        sums = self.sums(value)
        return (sums < self.low) | (sums > self.high)

    def keeps(self, value: Int64) -> bool:
        """Whether the values lie in their limits and keep all rows."""
        return bool(
            (value >= self.lower).all()
            and (value <= self.upper).all()
            and not self.broken(value).any()
        )

    def held(self, gain: Int64, least: int) -> Program:
        """The program with one more row: a gain reaches at least so much."""
        column = np.flatnonzero(gain)
        return replace(
            self,
            first=np.append(self.first, len(self.column) + len(column)),
            column=np.append(self.column, column.astype(np.int32)),
            coefficient=np.append(self.coefficient, gain[column]),
            low=np.append(self.low, least),
            high=np.append(self.high, FREE),
        )

    def fixed(self) -> Int64:
        """The values of fixed variables, 0 for the others: int64 (variables,)."""
        return np.where(self.lower < self.upper, 0, self.lower)

    def with_first(self, value: Int64) -> Program:
        """The program with its first variables fixed to these values."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[: len(value)] = upper[: len(value)] = value
        return replace(self, lower=lower, upper=upper)

    def free_part(self) -> tuple[Program | None, Int64]:
        """The program of the variables that are not fixed, and their numbers; no program where fixed ones
        break a row.

        Rows that no values of the free variables can break are left out.
        """
        free = np.flatnonzero(self.lower < self.upper)
        base = self.sums(self.fixed())
        number = places_of(free, self.size)
        inside = number[self.column] >= 0
        least, greatest = self.reach(self.lower, self.upper)
        if bool(((least > self.high) | (greatest < self.low)).any()):
            return None, free
        low = np.where(self.low <= -FREE, -FREE, self.low - base)
        high = np.where(self.high >= FREE, FREE, self.high - base)
        kept = (least < self.low) | (greatest > self.high)
        inside &= np.repeat(kept, np.diff(self.first))
        sizes = np.bincount(
            np.repeat(np.arange(self.rows), np.diff(self.first))[inside],
            minlength=self.rows,
        )
        program = Program(
            self.lower[free],
            self.upper[free],
            self.gain[free],
            np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes[kept])]),
            number[self.column[inside]].astype(np.int32),
            self.coefficient[inside],
            low[kept],
            high[kept],
        )
        return program, free

    def reach(self, lower: Int64, upper: Int64) -> tuple[Int64, Int64]:
        """The least and the greatest sum of every row within limits of the variables."""
        one, other = (
            self.coefficient * lower[self.column],
            self.coefficient * upper[self.column],
        )
        found = []
        for parts in (np.minimum(one, other), np.maximum(one, other)):
            total = np.concatenate([np.zeros(1, np.int64), np.cumsum(parts)])
            found.append(total[self.first[1:]] - total[self.first[:-1]])
        return found[0], found[1]

    def least(self, columns: Int64) -> Int64 | None:
        """The least that these variables can be, all of them at once (int64); None where bounds alone do not
        say so.

        Bound propagation: a row bounds each of its variables by what all others leave to it at best. What
        the bounds say is reached where all rows hold with these variables at their least and all others at
        one of their bounds.
        """
        lower, upper = self.lower.copy(), self.upper.copy()
        row, column, size = (
            np.repeat(np.arange(self.rows), np.diff(self.first)),
            self.column,
            self.coefficient,
        )
        above, below = self.high[row] < FREE, self.low[row] > -FREE
        raised = np.flatnonzero((size < 0) & above), np.flatnonzero((size > 0) & below)
        lowered = np.flatnonzero((size > 0) & above), np.flatnonzero((size < 0) & below)
        for _ in range(ROUNDS):
            sums = self.reach(lower, upper)
            bounds = lower.copy(), upper.copy()
            for entries, bound, other, change in (
                (raised, lower, bounds[1], np.maximum),
                (lowered, upper, bounds[0], np.minimum),
            ):
                for at, beyond in zip(
                    entries, (sums[0] - self.high, self.low - sums[1]), strict=True
                ):
                    # By how much the variable lies further from its other bound, so that the row can hold.
                    needed = -(-beyond[row[at]] // np.abs(size[at]))
                    change.at(
                        bound,
                        column[at],
                        other[column[at]] + (needed if bound is lower else -needed),
                    )
            if (lower > upper).any():
                return None
            if (lower == bounds[0]).all() and (upper == bounds[1]).all():
                break
        for others in (lower, upper):
            value = others.copy()
            value[columns] = lower[columns]
            if self.keeps(value):
                return lower[columns]
        return None

    def exact(self) -> Program:
        """The program itself. Raises BudgetError where its numbers are too large for an engine to be exact
        with.
        """
        reason = self.refusal()
        if reason is not None:
            raise BudgetError(Message.of("engine.not_exact", reason=reason))
        return self

    def refusal(self) -> Message | None:
        """Why the numbers are too large for an engine to be trusted with, or None; checked before any
        engine.
        """
        reach = np.maximum(np.abs(self.lower), np.abs(self.upper))
        if self.size and int(reach.max()) >= LARGEST:
            return Message.of("engine.variable_large", value=int(reach.max()))
        worth = float((np.abs(self.gain.astype(np.float64)) * reach).sum())
        if worth >= LARGEST:
            return Message.of("engine.objective_large", value=worth)
        parts = np.abs(self.coefficient.astype(np.float64)) * reach[self.column]
        if (
            len(parts)
            and float(
                np.add.reduceat(
                    np.append(parts, 0.0), np.minimum(self.first[:-1], len(parts))
                ).max()
            )
            >= LARGEST
        ):
            return Message("engine.row_large")
        return None


@dataclass(frozen=True, slots=True)
class MipResult:
    """What a search ended with: values that keep the program (None: none found), and a bound no values exceed
    (None: unknown).

    ``interrupted``: time, work or a stop ended it, and more of them may find more.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    value: Int64 | None
    objective: int | None
    bound: int | None
    interrupted: bool = False


class MipModel(Protocol):
    """A program at an engine, which may be searched several times."""

    def then(self, gain: Int64, least: int) -> None:
        """Raise another gain from now on, while the one so far reaches at least so much.

        Raises BudgetError where that makes numbers too large to be exact with.
        """
        ...

    def solve(
        self,
        *,
        seconds: float | None = None,
        work: float | None = None,
        hint: Int64 | None = None,
        stop: Callable[[], bool] | None = None,
        gap: float = 0.0,
        presolve: bool = True,
        level: int | None = None,
        seed: int = 0,
        enough: int | None = None,
    ) -> MipResult:
        """The best values found in so many ``seconds`` (building counts) or with so much deterministic
        ``work``, a unit of which is about a second.

        ``hint`` are values to start from, negative where none is known; ``stop`` ends the search where it can
        be asked. ``gap`` (relative) is enough, and so is an objective of ``enough``, as far as the engine can
        tell before it has ended. ``level`` is one of the engine's, None its cheapest.

        Raises EngineError where the engine contradicts itself.
        """
        ...


@runtime_checkable
class MipEngine(Protocol):
    """What an engine for integer programs offers (docs/adding_an_engine.md)."""

    @property
    def name(self) -> str:
        """What the outcome calls it."""
        ...

    @property
    def levels(self) -> tuple[int, ...]:
        """Its settings that prove different programs, at least one, the cheapest last."""
        ...

    def model(self, program: Program) -> MipModel:
        """The program at this engine. Raises BudgetError for numbers too large to be exact with."""
        ...
