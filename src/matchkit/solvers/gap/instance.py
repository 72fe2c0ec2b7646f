"""What is to be matched with consumption, in arrays, and one goal of it to be reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.errors import BudgetError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, MatrixBlock
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs, joined

LARGEST = 2**56
"""Sums of weights, of units and of consumption over all pairs stay below this: exact in 64 bits with room for
scaled prices.
"""

MOST_PAIRS = 20_000_000
"""All of them are in memory, several numbers each."""


@dataclass(frozen=True, slots=True)
class ConsumptionProblem:
    """Pairs (sorted, all of them), and what a unit on each uses of its left node's capacity.

    All int64. ``room`` is the most units a pair can carry under the capacities of both its nodes;
    ``right_capacity`` and ``right_minimum`` are no more than the pairs of a node can carry.
    """

    pairs: Pairs
    consumption: Int64
    room: Int64
    left_capacity: Int64
    right_capacity: Int64
    right_minimum: Int64

    def used(self, flow: Int64) -> Int64:
        """Consumption times units of every left node."""
        total = np.zeros(len(self.left_capacity), np.int64)
        np.add.at(total, self.pairs.left, self.consumption * flow)
        return total

    def carried(self, flow: Int64) -> Int64:
        """Units of every right node."""
        total = np.zeros(len(self.right_capacity), np.int64)
        np.add.at(total, self.pairs.right, flow)
        return total


@dataclass(frozen=True, slots=True)
class Stage:
    """Find the flow of greatest ``gain`` (int64, one a pair) that keeps what earlier goals reached.

    ``room`` (int64, one a pair) and ``most`` (one a right node) limit units; right nodes carry ``least``
    (int64) at least, ``met`` counts units up to the minimums (0: no such row), ``units`` all units, to be at
    least so many.
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


def instance_of(graph: BipartiteGraph, candidates: Candidates) -> ConsumptionProblem:
    """The instance of a graph with consumption; ``candidates`` are its pairs, weights turned round where the
    least is sought.

    Raises BudgetError for numbers too large to be exact with.
    """
    pairs, present = _listed(candidates)
    used = np.zeros(0, np.int64) if graph.consumption is None else graph.consumption
    consumption: Int64 = used[present] if present is not None else used
    free = np.maximum(consumption, 1)
    room = np.minimum(
        np.minimum(pairs.capacity, graph.right_capacity[pairs.right]),
        graph.left_capacity[pairs.left] // free,
    )
    room = np.where(
        consumption == 0, np.minimum(pairs.capacity, graph.right_capacity[pairs.right]), room
    )
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
    reach_of = np.zeros(len(graph.right_capacity), np.int64)
    np.add.at(reach_of, pairs.right, room)
    most = np.minimum(graph.right_capacity, reach_of)
    return ConsumptionProblem(
        pairs,
        consumption,
        room,
        graph.left_capacity,
        most,
        np.minimum(graph.right_minimum, most),
    )


def _listed(candidates: Candidates) -> tuple[Pairs, Mask | None]:
    """All pairs, and which cells of a matrix they are (None for a list). Raises BudgetError where they are
    too many.
    """
    count = candidates.left_count * candidates.right_count
    if isinstance(candidates.block(0, 0), MatrixBlock) and count > MOST_PAIRS:
        raise BudgetError(Message.of("matching.matrix_large", count=count, most=MOST_PAIRS))
    block = candidates.block(0, candidates.left_count)
    if isinstance(block, MatrixBlock):
        present = (
            np.ones(block.weight.shape, np.bool_) if block.absent is None else ~block.absent
        )
        row, column = np.nonzero(present)
        ones = np.ones(len(row), np.int64)
        return Pairs(
            row.astype(np.int32),
            column.astype(np.int32),
            block.weight[present].astype(np.int64),
            ones,
        ), present
    capacity = np.ones(len(block.right), np.int64) if block.capacity is None else block.capacity
    return joined(
        [Pairs(block.rows(), block.right, block.weight.astype(np.int64), capacity)]
    ), None
