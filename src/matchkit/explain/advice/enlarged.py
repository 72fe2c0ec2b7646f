"""The best of all choices of k recruits at once: a network with every profile in it, and one cap of k above
them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.ragged import found_in
from matchkit.errors import EngineError
from matchkit.explain.advice.profiles import Imagined
from matchkit.explain.advice.vectors import minus
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.graph.candidates import PairList
from matchkit.graph.network import CapTree, Goals, GoalValues, Network
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.match import solve_network


class Chosen(NamedTuple):
    """What the best plan of the enlarged network adds, how many of every profile it takes, and its prices.

    ``prices`` are those of the problem's own resources, of what is above each, and of requirements; ``flow``
    is on the problem's own pairs.
    """

    gain: GoalValues
    taken: list[int]
    prices: tuple[Int64, Int64, Int64]
    flow: Int64


def best_recruits(residual: ResidualFlow, pairs: Imagined, profiles: int, k: int) -> Chosen:
    """The greatest gain that at most ``k`` recruits can bring at the weights given.

    A profile is a stock of k alike resources, and k is the cap of the unit that they all belong to: a flow
    problem again, so its optimum is that of the best choice. Its value can only fall where the plan of the
    residual is not the best.
    """
    network, old = residual.network, residual.pairs
    count, rights = len(network.left_capacity), len(network.right_capacity)
    open_ = network.right_capacity[pairs.right] > 0
    owner, right, weight = pairs.owner[open_], pairs.right[open_], pairs.weight[open_]
    extra = np.minimum(k, network.right_capacity[right])
    left = np.concatenate([old.left.astype(np.int64), owner + count])
    joint_weight = np.concatenate([old.weight, weight])
    pair_list = PairList(
        left_count=count + profiles,
        right_count=rights,
        first=np.searchsorted(left, np.arange(count + profiles + 1)).astype(np.int64),
        right=np.concatenate([old.right, right.astype(np.int32)]),
        weight=joint_weight,
        capacity=np.concatenate([old.capacity, extra]),
        order=None,
        weight_range=(int(joint_weight.min(initial=0)), int(joint_weight.max(initial=0))),
    )
    tree, none = network.left_tree, np.zeros(profiles, np.int64)
    enlarged = Network(
        pairs=pair_list,
        left_capacity=np.concatenate([network.left_capacity, none + k]),
        right_capacity=network.right_capacity,
        left_minimum=np.concatenate([network.left_minimum, none]),
        right_minimum=network.right_minimum,
        left_tree=CapTree(
            np.concatenate([tree.of, np.full(profiles, tree.size, np.int32)]),
            np.concatenate([tree.parent, np.full(1, -1, np.int32)]),
            np.concatenate([tree.capacity, np.full(1, k, np.int64)]),
        ),
        right_tree=network.right_tree,
    )
    goals = residual.goals
    wider = Goals(
        goals.names,
        np.concatenate([goals.left_minimum, np.full(profiles, -1, np.int32)]),
        goals.right_minimum,
        goals.right_rest,
        goals.weight,
        goals.every,
    )
    solution = solve_network(enlarged, wider, "auto")
    taken = np.zeros(profiles, np.int64)
    new = solution.pairs.left >= count
    np.add.at(taken, solution.pairs.left[new] - count, solution.quantity[new])
    return Chosen(
        minus(tuple(solution.value), residual.value_beyond_locks),
        taken.tolist(),
        _prices(residual, solution),
        _flow(residual, solution),
    )


def _prices(residual: ResidualFlow, solution: Solution) -> tuple[Int64, Int64, Int64]:
    left, right, caps = solution.left_price, solution.right_price, solution.left_cap_price
    if left is None or right is None or caps is None:
        raise EngineError(Message("defect.engine_prices"))
    of = residual.network.left_tree.of
    above = np.where((of >= 0)[:, None], caps[np.maximum(of, 0)], 0)
    return left[: len(of)], above, right


def _flow(residual: ResidualFlow, solution: Solution) -> Int64:
    """What the solution has on the problem's own pairs."""
    columns, own = residual.links.right_count, solution.pairs.left < residual.links.left_count
    at, _ = found_in(
        residual.pairs.keys(columns).astype(np.intp),
        solution.pairs.keys(columns)[own].astype(np.intp),
    )
    flow = np.zeros(len(residual.pairs), np.int64)
    flow[at] = solution.quantity[own]
    return flow


def repeated(taken: Sequence[int]) -> list[int]:
    """The numbers of the profiles, each as often as it is taken."""
    return [place for place, times in enumerate(taken) for _ in range(times)]
