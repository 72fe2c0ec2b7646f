"""A stage as an integer program over some of its pairs."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.builder import Coefficients, ProgramBuilder
from matchkit.engines.program import FREE, Program
from matchkit.solvers.gap.instance import Stage


def program_of(stage: Stage, core: Int64, target: int) -> Program:
    """The stage with the pairs of the core only (int64 (core,), their positions), of flows worth
    at least ``target``; where minimums count, one more variable a right node says how far its minimum is met.
    """
    instance = stage.instance
    left, right = (
        instance.pairs.left[core].astype(np.int64),
        instance.pairs.right[core].astype(np.int64),
    )
    minimum = np.minimum(instance.right_minimum, stage.most)
    counted = np.flatnonzero(minimum > 0) if stage.met else np.zeros(0, np.int64)
    size, column = len(core) + len(counted), np.arange(len(core))
    upper = np.concatenate([stage.room[core], minimum[counted]])
    builder = ProgramBuilder(np.zeros(size, np.int64), upper)
    used = np.flatnonzero(instance.consumption[core] > 0)
    _grouped(
        builder, left[used], used, instance.consumption[core][used], high=instance.left_capacity
    )
    # A right node with no pair in the core still has a row where it must carry something: an empty one, which
    # says no.
    _grouped(builder, right, column, 1, low=stage.least, high=stage.most)
    if len(counted):
        place = np.full(len(minimum), -1, np.int64)
        place[counted] = np.arange(len(counted))
        own = np.flatnonzero(place[right] >= 0)
        met = np.arange(len(core), size)
        builder.rows(
            len(counted),
            np.concatenate([place[right[own]], np.arange(len(counted))]),
            np.concatenate([own, met]),
            np.repeat([1, -1], [len(own), len(met)]),
            low=0,
        )
        builder.row(met, 1, low=stage.met)
    if stage.units:
        builder.row(column, 1, low=stage.units)
    gain = np.concatenate([stage.gain[core], np.zeros(len(counted), np.int64)])
    earning = np.flatnonzero(gain)
    if target > stage.worst():
        builder.row(earning, gain[earning], low=target)
    return builder.program(gain)


def _grouped(
    builder: ProgramBuilder,
    node: Int64,
    column: Int64,
    coefficient: Coefficients,
    *,
    low: Int64 | None = None,
    high: Int64,
) -> None:
    """A row for every node that has an entry or whose limits do not allow 0; entry k belongs to node
    ``node[k]`` (all int64; limits one a node).
    """
    low = np.full(len(high), -FREE) if low is None else low
    needed = (np.bincount(node, minlength=len(high)) > 0) | (low > 0) | (high < 0)
    number = np.cumsum(needed) - 1
    builder.rows(
        int(needed.sum()),
        number[node],
        column,
        coefficient,
        low=low[needed],
        high=high[needed],
    )
