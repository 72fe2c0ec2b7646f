"""What is to be matched with consumption, in arrays; one goal of it to be reached, as a stage and as an
integer program; and the best flow so far.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int64, places_of, sums_by
from matchkit.engines.builder import Coefficients, ProgramBuilder
from matchkit.engines.program import FREE, Program
from matchkit.errors import BudgetError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs, listed

LARGEST = 2**56
"""Sums of weights, of units and of consumption over all pairs stay below this: exact in 64 bits with room for
scaled prices.
"""

MOST_PAIRS = 20_000_000
"""All of them are in memory, several numbers each."""


@dataclass(frozen=True, slots=True)
class ConsumptionProblem:
    """The generalised assignment problem: all pairs, sorted, and what a unit on each uses of its left node's
    capacity.

    ``consumption`` and ``room`` are int64 (pairs,), the others int64 (nodes,) of their side. ``room`` is the
    most units a pair can carry under the capacities of both its nodes; ``right_capacity`` and
    ``right_minimum`` are no more than the pairs of a node can carry.
    """

    pairs: Pairs
    consumption: Int64
    room: Int64
    left_capacity: Int64
    right_capacity: Int64
    right_minimum: Int64

    def used(self, flow: Int64) -> Int64:
        """Consumption times units (int64 (pairs,)) of every left node: int64 (lefts,)."""
        return sums_by(
            self.pairs.left, self.consumption * flow, len(self.left_capacity)
        )

    def carried(self, flow: Int64) -> Int64:
        """Units of every right node: int64 (rights,)."""
        return sums_by(self.pairs.right, flow, len(self.right_capacity))


@dataclass(frozen=True, slots=True)
class Stage:
    """Find the flow of greatest ``gain``, int64 (pairs,), that keeps what earlier goals reached.

    ``room``, int64 (pairs,), and ``most``, int64 (rights,), limit units; right nodes carry ``least``,
    int64 (rights,), at least. ``met`` counts units up to the minimums (0: no such row), ``units`` all
    units, to be at least so many.
    """

    instance: ConsumptionProblem
    gain: Int64
    room: Int64
    most: Int64
    least: Int64
    met: int = 0
    units: int = 0

    def value(self, flow: Int64) -> int:
        """Gain of a flow."""
        return int((self.gain * flow).sum())

    def lacks(self, flow: Int64) -> int:
        """How many units a flow within all capacities lacks of what it must keep."""
        carried = self.instance.carried(flow)
        missing = int(np.maximum(self.least - carried, 0).sum())
        missing += max(
            0, self.met - int(np.minimum(carried, self.instance.right_minimum).sum())
        )
        return missing + max(0, self.units - int(flow.sum()))

    def beside(self, flow: Int64) -> Stage:
        """What is left of the stage beside a flow that stays: its capacities, and what is still to be
        kept.
        """
        instance = self.instance
        carried = instance.carried(flow)
        rest = replace(
            instance,
            left_capacity=instance.left_capacity - instance.used(flow),
            right_minimum=np.maximum(instance.right_minimum - carried, 0),
        )
        return Stage(
            rest,
            self.gain,
            self.room - flow,
            self.most - carried,
            np.maximum(self.least - carried, 0),
            max(0, self.met - int(np.minimum(carried, instance.right_minimum).sum())),
            max(0, self.units - int(flow.sum())),
        )

    def worst(self) -> int:
        """No flow is worth less."""
        return int((np.minimum(self.gain, 0) * self.room).sum())


class Incumbent:
    """The best flow so far: one that lacks nothing the stage must keep, or else one that lacks little.

    ``flow`` is int64 (pairs,), in units; ``lacks`` says how many units it lacks.
    """

    def __init__(self, stage: Stage, start: Int64 | None = None) -> None:
        self._stage = stage
        self.flow: Int64 = np.zeros(len(stage.room), np.int64)
        self.lacks, self._worth = stage.lacks(self.flow), 0
        if start is not None:
            self.offer(start)

    @property
    def value(self) -> int | None:
        """Its gain, or None while it lacks something."""
        return None if self.lacks else self._worth

    def offer(self, flow: Int64, equal: bool = False) -> bool:
        """Take this flow if it is better, and say whether it was; one as good is taken too where ``equal``
        says so.

        Whoever made the flow, its feasibility is checked here.
        """
        stage = self._stage
        instance = stage.instance
        if (
            (flow < 0).any()
            or (flow > stage.room).any()
            or (instance.carried(flow) > stage.most).any()
            or (instance.used(flow) > instance.left_capacity).any()
        ):
            return False
        lacks, worth = stage.lacks(flow), stage.value(flow)
        better = (-lacks, worth) > (-self.lacks, self._worth)
        if better or (equal and (lacks, worth) == (self.lacks, self._worth)):
            self.flow, self.lacks, self._worth = flow.copy(), lacks, worth
        return better


def instance_of(graph: BipartiteGraph, candidates: Candidates) -> ConsumptionProblem:
    """The instance of a graph with consumption; ``candidates`` are its pairs, weights turned round where the
    least is sought.

    Raises BudgetError for too many pairs, or numbers too large to be exact with.
    """
    pairs, present = listed(candidates, MOST_PAIRS, "matching.consumption_pairs")
    used = np.zeros(0, np.int64) if graph.consumption is None else graph.consumption
    consumption: Int64 = used[present] if present is not None else used
    room = np.minimum(pairs.capacity, graph.right_capacity[pairs.right])
    affordable = graph.left_capacity[pairs.left] // np.maximum(consumption, 1)
    room = np.where(consumption == 0, room, np.minimum(room, affordable))
    for name, numbers in (
        ("weights", pairs.weight),
        ("units", np.ones_like(room)),
        ("consumption", consumption),
    ):
        reach = float((np.abs(numbers.astype(np.float64)) * room).sum())
        if reach >= LARGEST:
            what = Message(f"matching.sum.{name}")
            raise BudgetError(
                Message.of("matching.sums_large", what=what, total=reach, most=LARGEST)
            )
    reach_of = sums_by(pairs.right, room, len(graph.right_capacity))
    most = np.minimum(graph.right_capacity, reach_of)
    return ConsumptionProblem(
        pairs,
        consumption,
        room,
        graph.left_capacity,
        most,
        np.minimum(graph.right_minimum, most),
    )


def program_of(stage: Stage, core: Int64, target: int) -> Program:
    """The stage with the pairs of the core only (int64 (core,), their positions), of flows worth
    at least ``target``; where minimums count, one more variable a right node says how far its minimum is met.
    """
    instance = stage.instance
    left, right = (
        ends[core].astype(np.int64)
        for ends in (instance.pairs.left, instance.pairs.right)
    )
    minimum = np.minimum(instance.right_minimum, stage.most)
    counted = np.flatnonzero(minimum > 0) if stage.met else np.zeros(0, np.int64)
    size, column = len(core) + len(counted), np.arange(len(core))
    upper = np.concatenate([stage.room[core], minimum[counted]])
    builder = ProgramBuilder(np.zeros(size, np.int64), upper)
    used = np.flatnonzero(instance.consumption[core] > 0)
    _grouped(
        builder,
        left[used],
        used,
        instance.consumption[core][used],
        high=instance.left_capacity,
    )
    # A right node with no pair in the core still has a row where it must carry something: an empty one, which
    # says no.
    _grouped(builder, right, column, 1, low=stage.least, high=stage.most)
    if len(counted):
        place = places_of(counted, len(minimum))
        own = np.flatnonzero(place[right] >= 0)
        met = np.arange(len(core), size)
        builder.sums(len(counted), (place[right[own]], own, 1), (None, met, -1), low=0)
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
