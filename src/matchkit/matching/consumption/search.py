"""What prices leave open, by the general engine: only pairs that a better flow could use, from the bound downwards.

Given a bound and a target value, a pair is in the core if the bound on flows that use it reaches the target; every flow of
at least that value lies in the core. If the core holds none, the target minus 1 is the new bound; else its best flow is the
best of all. Targets fall from the bound in growing steps, so that the first cores are tiny (variable fixing as in Posta,
Ferland and Michelon 2012; destructive bounds as in Klein and Scholl 1999). Bounds found in this way rest on the engine's
word that a core holds no flow.
"""

from __future__ import annotations

import time

import numpy as np

from matchkit.engines.cpsat import solve_program
from matchkit.engines.program import FREE, Program
from matchkit.errors import EngineError
from matchkit.graph.candidates import Whole
from matchkit.matching.consumption.instance import Stage
from matchkit.matching.consumption.repair import Incumbent
from matchkit.matching.consumption.stopping import near_enough, over
from matchkit.matching.loop import Limits

FIRST_STEPS = 64
"""Into how many parts the first target divides what lies between bound and incumbent."""


def search(stage: Stage, if_used: Whole, bound: int, incumbent: Incumbent, limits: Limits) -> int:
    """The bound after searching; ``incumbent`` takes better flows. ``if_used`` (int64) bounds the flows that use each pair.

    A bound below ``stage.worst()`` says that no flow keeps the stage.
    """
    least = stage.worst()
    bound = min(bound, int(np.maximum(stage.gain, 0) @ stage.room))
    width = max(1, (bound - incumbent.value) // FIRST_STEPS) if incumbent.value is not None else 1
    again = True
    while not over(limits) and not near_enough(limits, incumbent.value, bound):
        lowest = least if incumbent.value is None else incumbent.value + 1
        if bound < lowest:
            break
        target = max(lowest, bound - width + 1)
        core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        if 2 * len(core) > int((stage.room > 0).sum()):  # hardly smaller than all: ask for the best at once
            target = lowest
            core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        seconds = None if limits.deadline is None else max(0.0, limits.deadline - time.monotonic())
        found = solve_program(_program(stage, core, target), seconds=seconds, gap=limits.gap)
        if found.value is not None:
            flow = np.zeros(len(stage.room), np.int64)
            flow[core] = found.value[: len(core)]
            incumbent.offer(flow)
            if found.objective is None or incumbent.value is None or incumbent.value < found.objective:
                raise EngineError("A flow of the search does not keep what was asked. No answer is given; report this problem.")
        if found.status == "infeasible":
            bound = target - 1
        elif found.bound is not None:
            bound = min(bound, max(target - 1, found.bound))
        width, again = (width, False) if again else (2 * width, True)
    return bound if incumbent.value is None else max(bound, incumbent.value)


def _program(stage: Stage, core: Whole, target: int) -> Program:
    """The stage with the pairs of the core only, of flows worth at least ``target``; where minimums count, one more variable
    a right node says how far its minimum is met.
    """
    instance = stage.instance
    left, right = instance.pairs.left[core].astype(np.int64), instance.pairs.right[core].astype(np.int64)
    minimum = np.minimum(instance.right_minimum, stage.most)
    counted = np.flatnonzero(minimum > 0) if stage.met else np.zeros(0, np.int64)
    size, column = len(core) + len(counted), np.arange(len(core))
    rows = _Rows()
    used = np.flatnonzero(instance.consumption[core] > 0)
    rows.grouped(left[used], used, instance.consumption[core][used], np.full(len(instance.left_capacity), -FREE), instance.left_capacity)
    # A right node with no pair in the core still has a row where it must carry something: an empty one, which says no.
    rows.grouped(right, column, np.ones(len(core), np.int64), stage.least, stage.most)
    if len(counted):
        for place, node in enumerate(counted.tolist()):
            own = np.flatnonzero(right == node)
            rows.one(np.append(own, len(core) + place), np.append(np.ones(len(own), np.int64), -1), 0, FREE)
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
        self._count: list[Whole] = []
        self._column: list[Whole] = []
        self._coefficient: list[Whole] = []
        self._low: list[Whole] = []
        self._high: list[Whole] = []

    def grouped(self, row: Whole, column: Whole, coefficient: Whole, low: Whole, high: Whole) -> None:
        """One row for every number of ``low`` and ``high``; entry k belongs to row ``row[k]``."""
        order = np.argsort(row, kind="stable")
        self._count.append(np.bincount(row, minlength=len(low)))
        self._column.append(column[order])
        self._coefficient.append(coefficient[order])
        self._low.append(low)
        self._high.append(high)

    def one(self, column: Whole, coefficient: Whole, low: int, high: int) -> None:
        """One row."""
        self.grouped(np.zeros(len(column), np.int64), column, coefficient, np.array([low]), np.array([high]))

    def program(self, gain: Whole, upper: Whole) -> Program:
        """All rows, and variables from 0 to ``upper``."""
        count, column, coefficient, low, high = (
            np.concatenate(parts).astype(np.int64) for parts in (self._count, self._column, self._coefficient, self._low, self._high)
        )
        first = np.concatenate([np.zeros(1, np.int64), np.cumsum(count)])
        return Program(np.zeros(len(gain), np.int64), upper, gain, first, column.astype(np.int32), coefficient, low, high)
