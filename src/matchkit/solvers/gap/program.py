"""A stage as an integer program over some of its pairs."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.program import FREE, Program
from matchkit.solvers.gap.instance import Stage


def program_of(stage: Stage, core: Int64, target: int) -> Program:
    """The stage with the pairs of the core only, of flows worth at least ``target``; where minimums count,
    one more variable a right node says how far its minimum is met.
    """
    instance = stage.instance
    left, right = (
        instance.pairs.left[core].astype(np.int64),
        instance.pairs.right[core].astype(np.int64),
    )
    minimum = np.minimum(instance.right_minimum, stage.most)
    counted = np.flatnonzero(minimum > 0) if stage.met else np.zeros(0, np.int64)
    size, column = len(core) + len(counted), np.arange(len(core))
    rows = _Rows()
    used = np.flatnonzero(instance.consumption[core] > 0)
    rows.grouped(
        left[used],
        used,
        instance.consumption[core][used],
        np.full(len(instance.left_capacity), -FREE),
        instance.left_capacity,
    )
    # A right node with no pair in the core still has a row where it must carry something: an empty one, which
    # says no.
    rows.grouped(right, column, np.ones(len(core), np.int64), stage.least, stage.most)
    if len(counted):
        for place, node in enumerate(counted.tolist()):
            own = np.flatnonzero(right == node)
            rows.one(
                np.append(own, len(core) + place),
                np.append(np.ones(len(own), np.int64), -1),
                0,
                FREE,
            )
        rows.one(np.arange(len(core), size), np.ones(len(counted), np.int64), stage.met, FREE)
    if stage.units:
        rows.one(column, np.ones(len(core), np.int64), stage.units, FREE)
    gain = np.concatenate([stage.gain[core], np.zeros(len(counted), np.int64)])
    earning = np.flatnonzero(gain)
    if target > stage.worst():
        rows.one(earning, gain[earning], target, FREE)
    return rows.program(gain, np.concatenate([stage.room[core], minimum[counted]]))


class _Rows:
    """The rows of a program, one after another."""

    def __init__(self) -> None:
        self._count: list[Int64] = []
        self._column: list[Int64] = []
        self._coefficient: list[Int64] = []
        self._low: list[Int64] = []
        self._high: list[Int64] = []

    def grouped(
        self, row: Int64, column: Int64, coefficient: Int64, low: Int64, high: Int64
    ) -> None:
        """One row for every number of ``low`` and ``high`` that has an entry or cannot be kept; entry k
        belongs to row ``row[k]``.
        """
        order, count = np.argsort(row, kind="stable"), np.bincount(row, minlength=len(low))
        needed = (count > 0) | (low > 0) | (high < 0)
        self._count.append(count[needed])
        self._column.append(column[order])
        self._coefficient.append(coefficient[order])
        self._low.append(low[needed])
        self._high.append(high[needed])

    def one(self, column: Int64, coefficient: Int64, low: int, high: int) -> None:
        """One row."""
        self.grouped(
            np.zeros(len(column), np.int64),
            column,
            coefficient,
            np.array([low]),
            np.array([high]),
        )

    def program(self, gain: Int64, upper: Int64) -> Program:
        """All rows, and variables from 0 to ``upper``."""
        count, column, coefficient, low, high = (
            np.concatenate(parts).astype(np.int64)
            for parts in (self._count, self._column, self._coefficient, self._low, self._high)
        )
        first = np.concatenate([np.zeros(1, np.int64), np.cumsum(count)])
        return Program(
            np.zeros(len(gain), np.int64),
            upper,
            gain,
            first,
            column.astype(np.int32),
            coefficient,
            low,
            high,
        )
