"""Integer and linear programs of few pairs: matchings that keep floors, or one floor for all to be raised."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp, places_of
from matchkit.engines.builder import Coefficients, ProgramBuilder
from matchkit.engines.program import FREE, Program
from matchkit.solvers.floors.goals_before import GoalsBefore
from matchkit.solvers.floors.instance import FloorProblem


def floor_program(
    problem: FloorProblem,
    core: Int64,
    reached: tuple[int, ...],
    least: int,
    *,
    floors: Int64 | None = None,
    penalty: int | None = None,
    most: int | None = None,
) -> Program:
    """The matchings of some pairs (``core``, int64 (core,), their positions) that reach as much in the goals
    before, and in which each group of ``floors``, int64 (floors,), None meaning all that are counted, has a
    score of ``least``; the gain is the sum of weights.

    One variable a pair comes first. Where a goal before cannot be reached in full, one more a step of a node
    says how many of its units there are. With a ``penalty`` the last ones say by how much each score falls
    short of the floor, and cost so much a unit of weight. With ``most`` the last one says by how much all
    scores exceed ``least``, at most up to ``most``, and is the gain.
    """
    pairs, network = problem.pairs, problem.network
    left, right = (ends[core].astype(np.int64) for ends in (pairs.left, pairs.right))
    column = np.arange(len(core))
    builder = ProgramBuilder(np.zeros(len(core), np.int64), problem.room[core])
    before = GoalsBefore.of(problem, reached)
    counted = []
    for node, capacity, low, steps in (
        (left, network.left_capacity, before.low[0], problem.goals.left),
        (right, network.right_capacity, before.low[1], problem.goals.right),
    ):
        _node_rows(builder, node, column, low, capacity)
        counted.append(before.steps(builder, node, steps))
    before.rows(builder, column, counted)
    rows = np.flatnonzero(problem.counted) if floors is None else floors
    weight = pairs.weight[core]
    gain = np.zeros_like(weight) if most is not None else weight
    place = places_of(rows, problem.groups)
    group = place[problem.group[right]]
    mine = np.flatnonzero(group >= 0)
    parts: list[tuple[Intp | None, Intp, Coefficients]]
    parts = [(group[mine], mine, weight[mine])]
    others = builder.size
    if penalty is not None:
        parts.append((None, builder.variables(len(rows), _reach(problem, least)), 1))
    if most is not None:
        above = builder.variables(1, max(0, most - least))
        parts.append((None, np.repeat(above, len(rows)), -1))
    builder.sums(len(rows), *parts, low=least)
    every = np.zeros(builder.size, np.int64)
    every[: len(core)] = gain
    if penalty is not None:
        every[others : others + len(rows)] = -penalty
    if most is not None:
        every[-1] = 1
    return builder.program(every)


def _reach(problem: FloorProblem, least: int) -> int:
    """By how much a score can fall short."""
    lowest = int((np.minimum(problem.pairs.weight, 0) * problem.room).sum())
    return max(0, least - lowest)


def _node_rows(
    builder: ProgramBuilder,
    node: Int64,
    column: Int64,
    low: Int64,
    high: Int64,
) -> None:
    """A row for every node that has a pair, or must carry something: an empty one says that it cannot."""
    needed = (np.bincount(node, minlength=len(high)) > 0) | (low > 0)
    number = np.cumsum(needed) - 1
    builder.rows(
        int(needed.sum()),
        number[node],
        column,
        1,
        low=np.where(low > 0, low, -FREE)[needed],
        high=high[needed],
    )
