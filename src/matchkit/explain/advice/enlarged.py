"""The best of all choices of k recruits at once: a network with every profile in it, and one cap of k above them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchkit.explain.advice.flow import Goals, Residue
from matchkit.explain.advice.profiles import Imagined
from matchkit.explain.advice.vectors import minus
from matchkit.graph.goals import Goals as NetworkGoals
from matchkit.graph.network import Network
from matchkit.graph.pair_list import PairList
from matchkit.graph.tree import Tree
from matchkit.matching.match import solve_network


class Chosen(NamedTuple):
    """What the best plan of the enlarged network adds, and how many of every profile it takes."""

    gain: Goals
    taken: list[int]


def best_recruits(residue: Residue, pairs: Imagined, profiles: int, k: int) -> Chosen:
    """The greatest gain that at most ``k`` recruits can bring at the weights given.

    A profile is a stock of k alike resources, and k is the cap of the unit that they all belong to: a flow problem again, so its optimum
    is that of the best choice. Its value can only fall where the plan of the residue is not the best.
    """
    network, old = residue.network, residue.pairs
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
        left_tree=Tree(
            np.concatenate([tree.of, np.full(profiles, tree.size, np.int32)]),
            np.concatenate([tree.parent, np.full(1, -1, np.int32)]),
            np.concatenate([tree.capacity, np.full(1, k, np.int64)]),
        ),
        right_tree=network.right_tree,
    )
    goals = residue.goals
    wider = NetworkGoals(
        goals.names, np.concatenate([goals.left_minimum, np.full(profiles, -1, np.int32)]), goals.right_minimum, goals.right_rest,
        goals.weight, goals.every,
    )  # fmt: skip
    solution = solve_network(enlarged, wider, "auto", None, 0.0, None)
    taken = np.zeros(profiles, np.int64)
    new = solution.pairs.left >= count
    np.add.at(taken, solution.pairs.left[new] - count, solution.quantity[new])
    return Chosen(minus(tuple(solution.value), residue.value_beyond_locks), taken.tolist())


def repeated(taken: Sequence[int]) -> list[int]:
    """The numbers of the profiles, each as often as it is taken."""
    return [place for place, times in enumerate(taken) for _ in range(times)]
