"""The network of a lottery over a problem: its flow after the locks, in parts of a unit, under caps on odds;
and the way back to odds with what is locked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.compile.compiler import Compiled
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import found_in
from matchkit.errors import BudgetError
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.graph.node_ids import LARGEST_CAPACITY
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.lottery.caps import listed_pairs
from matchkit.solvers.lottery.network import LotteryNetwork
from matchkit.solving.odds_caps import OddsCaps


def odds_network(
    instance: Instance, compiled: Compiled, caps: OddsCaps, parts: int
) -> LotteryNetwork:
    """The network of what locks left, in parts."""
    given = compiled.network
    trees = given.left_tree, given.right_tree
    amounts = (
        given.left_capacity,
        given.right_capacity,
        *(tree.capacity for tree in trees),
    )
    greatest = max(int(amount.max(initial=0)) for amount in amounts)
    if greatest > LARGEST_CAPACITY // parts:
        raise BudgetError(Message.of("lottery.parts_many", most=LARGEST_CAPACITY))
    pairs = listed_pairs(given.pairs, given.left_capacity, given.right_capacity)
    ends = pairs.left.astype(np.intp), pairs.right.astype(np.intp)
    most = caps.of_unit(*ends) * instance.most_of(*ends)
    most -= parts * instance.locked_of(*ends)
    most = np.clip(most, 0, parts * pairs.capacity)
    network = Network(
        given.pairs,
        given.left_capacity * parts,
        given.right_capacity * parts,
        _tree_in_parts(given.left_tree, parts),
        _tree_in_parts(given.right_tree, parts),
    )
    goals = Goals(
        compiled.goals.names,
        compiled.goals.weight,
        *(
            UnitSteps(steps.node, steps.units * parts, steps.gain)
            for steps in (
                compiled.goals.left,
                compiled.goals.right,
                compiled.goals.left_caps,
                compiled.goals.right_caps,
            )
        ),
        shared=compiled.goals.shared,
    )
    left, right = (None if one is None else one.caps for one in (caps.left, caps.right))
    return LotteryNetwork.split(network, goals, pairs, most, left, right, parts)


def _tree_in_parts(tree: CapTree, parts: int) -> CapTree:
    return replace(tree, capacity=tree.capacity * parts)


def odds_by_number(
    instance: Instance, built: LotteryNetwork, solution: Solution
) -> dict[tuple[int, int], int]:
    """The odds of all pairs that have any, in parts, by resource and requirement: what is locked besides."""
    drawn = built.order[built.places(solution)]
    pairs = built.pairs
    left, right = pairs.left[drawn].tolist(), pairs.right[drawn].tolist()
    found = dict(
        zip(zip(left, right, strict=True), solution.quantity.tolist(), strict=True)
    )
    for pair, quantity in instance.locks.items():
        found[pair] = found.get(pair, 0) + quantity * built.parts
    return found


def most_by_number(
    instance: Instance, built: LotteryNetwork, odds: dict[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """The parts that each of these pairs may carry: what is locked, and its cap beyond that."""
    rights = len(instance.requirement_ids)
    keys = built.pairs.keys(rights)
    pairs = np.array(list(odds), np.int64).reshape(-1, 2)
    place, there = found_in(keys, pairs[:, 0] * rights + pairs[:, 1])
    found = np.zeros(len(place), np.int64)
    found[there] = built.most[place[there]]
    return {
        pair: most + built.parts * instance.locks.get(pair, 0)
        for pair, most in zip(odds, found.tolist(), strict=True)
    }
