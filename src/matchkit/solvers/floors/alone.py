"""What the score of a group cannot exceed whatever the others have: its own best units."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.solvers.floors.instance import FloorProblem


def best_alone(problem: FloorProblem, full: bool) -> Int64:
    """The best score of every group by itself, int64 (groups,); ``full`` says that every right node is full
    in all matchings that count, so that units of a weight below 0 cannot be left out.
    """
    pairs = problem.pairs
    order = np.lexsort((-pairs.weight, pairs.right))
    taken = units_in_order(problem, order)
    weight = pairs.weight[order]
    if not full:
        taken = np.where(weight > 0, taken, 0)
    return sums_by(problem.group[pairs.right[order]], weight * taken, problem.groups)


def units_in_order(problem: FloorProblem, order: Int64) -> Int64:
    """How many units each pair has where every right node takes what it can from the first of its pairs on;
    ``order``, int64 (some,), are positions of pairs, those of a right node together.
    """
    right, room = problem.pairs.right[order], problem.room[order]
    total = np.cumsum(room) - room
    begins = np.flatnonzero(np.diff(right, prepend=-1))
    before = total - np.repeat(total[begins], np.diff(np.append(begins, len(right))))
    capacity = problem.network.right_capacity[right]
    taken: Int64 = np.clip(capacity - before, 0, room)
    return taken


def hopeful(problem: FloorProblem, best: Int64, least: int) -> Mask:
    """Which pairs can carry a unit where every group has a score of ``least``: bool (pairs,). ``best`` are
    the greatest scores of all groups.

    A unit on a pair takes the place of a unit of its node, so that the score is at most the best one, less
    what the least of the node's best units is worth beyond the pair.
    """
    pairs = problem.pairs
    order = np.lexsort((-pairs.weight, pairs.right))
    taken = units_in_order(problem, order)
    last = np.zeros(len(problem.network.right_capacity), np.int64)
    used = np.flatnonzero(taken)
    last[pairs.right[order[used]]] = pairs.weight[order[used]]  # the last one stays
    # A node that has room for all its pairs gives up nothing for one of them.
    carried = sums_by(pairs.right[order], taken, len(last))
    open_ = carried < problem.network.right_capacity
    loss = np.maximum(last[pairs.right] - pairs.weight, 0)
    loss = np.where(open_[pairs.right], np.maximum(-pairs.weight, 0), loss)
    group = problem.pair_group
    mask: Mask = (problem.room > 0) & (
        (best[group] - loss >= least) | ~problem.counted[group]
    )
    return mask
