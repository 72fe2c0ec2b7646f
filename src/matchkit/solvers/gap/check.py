"""Checks an answer against its graph from scratch, in whole Python numbers; shares no step with what made it.

Pairs are looked up again among the candidates, consumption in what was given. A bound that rests on prices
alone is computed anew, node by node and unit by unit, where that is no more work than ``WORK``.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from matchkit.arrays import Int32
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates
from matchkit.graph.network import Goals
from matchkit.graph.node_ids import side_name
from matchkit.messages.message import Message
from matchkit.solvers.flow.chosen import listed_wrong, stated_wrong
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.gap.instance import Stage
from matchkit.solvers.gap.relaxation import Multipliers

WORK = 20_000_000
"""Most additions that the second computation of a bound may take."""


def answer_wrong(
    graph: BipartiteGraph, candidates: Candidates, goals: Goals, solution: Solution
) -> Message | None:
    """What is wrong with a solution of a graph (its ``candidates``, weights turned round for the least
    weight), or None.
    """
    pairs = solution.pairs
    lefts, rights = len(graph.left_capacity), len(graph.right_capacity)
    broken = listed_wrong(pairs, lefts, rights) or stated_wrong(
        candidates.block(0, candidates.left_count), pairs
    )
    if broken:
        return broken
    used, carried, weight, total = (
        defaultdict[int, int](int),
        defaultdict[int, int](int),
        0,
        0,
    )
    rows = zip(
        *(
            part.tolist()
            for part in (
                pairs.left,
                pairs.right,
                pairs.weight,
                pairs.capacity,
                solution.quantity,
            )
        ),
        strict=True,
    )
    for (left, right, worth, room, units), need in zip(
        rows, _consumption(graph, candidates, pairs.left, pairs.right), strict=True
    ):
        if not 1 <= units <= room:
            return Message("matching.wrong.units")
        used[left] += need * units
        carried[right] += units
        weight += worth * units
        total += units
    if any(amount > int(graph.left_capacity[left]) for left, amount in used.items()):
        return Message("matching.wrong.node_used")
    if any(
        units > int(graph.right_capacity[right]) for right, units in carried.items()
    ):
        return Message.of("matching.wrong.node_full", side=side_name("right"))
    met = sum(
        min(units, int(graph.right_minimum[right])) for right, units in carried.items()
    )
    every = {"minimum": met, "cardinality": total, "weight": weight}
    if tuple(every[name] for name in goals.names) != solution.value:
        return Message("matching.wrong.value")
    if solution.value > (solution.bound or ()):
        return Message.of(
            "matching.wrong.above_bound",
            value=str(solution.value),
            bound=str(solution.bound),
        )
    return None


def _consumption(
    graph: BipartiteGraph, candidates: Candidates, left: Int32, right: Int32
) -> list[int]:
    """What a unit on each chosen pair uses."""
    given = graph.consumption
    if given is None:
        return [1] * len(left)
    if given.ndim == 2:
        return [int(amount) for amount in given[left, right].tolist()]
    block = candidates.block(0, candidates.left_count)
    rows = np.repeat(np.arange(candidates.left_count), np.diff(block.first))  # type: ignore[union-attr]
    columns = block.right  # type: ignore[union-attr]
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    where = {pair: place for place, pair in enumerate(pairs)}
    return [
        int(given[where[pair]])
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    ]


def bound_wrong(
    stage: Stage, prices: Multipliers, scale: int, stated: int
) -> Message | None:
    """Whether the prices of a stage do not prove the bound stated; None too where looking would be too much
    work.
    """
    instance = stage.instance
    pairs = instance.pairs
    capacities = np.minimum(
        instance.left_capacity, instance.used(stage.room)
    )  # more is never used
    if float(stage.room.astype(np.float64) @ (capacities[pairs.left] + 1.0)) > WORK:
        return None
    total = 0
    first = np.searchsorted(pairs.left, np.arange(len(capacities) + 1)).tolist()
    price = prices.right.tolist()
    for left, capacity in enumerate(capacities.tolist()):
        # The knapsack of one left node, unit by unit: value[c] is the most within capacity c.
        value = np.zeros(capacity + 1, np.int64)
        for pair in range(first[left], first[left + 1]):
            gain = int(stage.gain[pair]) * scale - price[int(pairs.right[pair])]
            need = int(instance.consumption[pair])
            for _ in range(int(stage.room[pair]) if gain > 0 else 0):
                if need:
                    value[need:] = np.maximum(value[need:], value[:-need] + gain)
                else:
                    value += gain
        total += int(value[-1])
    for node, (most, least) in enumerate(
        zip(stage.most.tolist(), stage.least.tolist(), strict=True)
    ):
        minimum = int(instance.right_minimum[node])
        # What a right node gains is piecewise linear in its units: the best is at one of the three ends.
        each = price[node] + prices.units
        total += max(
            each * units + prices.met * min(units, minimum)
            for units in {least, most, min(most, max(least, minimum))}
        )
    total -= prices.met * stage.met + prices.units * stage.units
    bound = total // scale
    return (
        None
        if bound <= stated
        else Message.of("matching.wrong.bound_stated", bound=bound, stated=stated)
    )
