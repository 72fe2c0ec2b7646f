"""Checks perturbed odds from scratch: what pairs earn, loads, values, and the bound over all parts of all
pairs.

Nothing here is shared with the rounds that found them: parts are counted by bisection, not by a formula.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.messages.message import Message
from matchkit.solvers.flow.certificate import (
    flow_broken,
    hub_bound,
    sum_of_products,
)
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.lottery.network import LotteryNetwork


def check_perturbed(
    lottery: LotteryNetwork, solution: Solution, top: int, slope: int
) -> Message | None:
    """What is wrong with odds of pairs whose part k gains ``weight * (top - slope * (2 k - 1))``, or None."""
    order, pairs, odds = lottery.order, solution.pairs, solution.quantity
    left, right = lottery.left.leaf[order], lottery.right.leaf[order]
    weight, most = lottery.pairs.weight[order], lottery.most[order]
    rights = len(lottery.right.node)
    key, chosen = left.astype(np.int64) * rights + right, pairs.keys(rights)
    place = np.minimum(np.searchsorted(key, chosen), max(0, len(key) - 1))
    if (
        (np.diff(chosen) <= 0).any()
        or (key[place] != chosen).any()
        or (weight[place] != pairs.weight).any()
        or (most[place] != pairs.capacity).any()
    ):
        return Message("matching.wrong.order")
    earned = sum_of_products(pairs.weight, odds * (top - slope * odds))
    broken = flow_broken(lottery.network, lottery.goals, solution, earned)
    if broken:
        return broken
    caps = solution.left_cap_price, solution.right_cap_price
    if (
        solution.bound is None
        or solution.left_price is None
        or solution.right_price is None
        or caps[0] is None
        or caps[1] is None
    ):
        return Message("matching.wrong.no_prices")
    bound = hub_bound(
        lottery.network,
        lottery.goals,
        solution.left_price,
        solution.right_price,
        (caps[0], caps[1]),
    )
    # Of every pair the parts that gain more than its two prices, goal after goal: the first of them do.
    price = solution.left_price[left] + solution.right_price[right]
    open_pair = (lottery.network.left_capacity[left] > 0) & (
        lottery.network.right_capacity[right] > 0
    )
    for side, leaf in ((lottery.left, left), (lottery.right, right)):
        open_pair &= side.capacity[side.node[leaf]] > 0
        cap = side.caps.of[side.node[leaf]]
        while (cap >= 0).any():
            open_pair &= (cap < 0) | (side.caps.capacity[cap] > 0)
            cap = np.where(cap >= 0, side.caps.parent[cap], -1)
    low, high = np.zeros(len(key), np.int64), np.where(open_pair, most, 0)
    while (low < high).any():
        part = (low + high + 1) // 2
        beats = _beats(weight * (top - slope * (2 * part - 1)), price) & (low < high)
        low, high = np.where(beats, part, low), np.where(beats, high, part - 1)
        high = np.maximum(high, low)
    for goal in range(price.shape[1]):
        bound[goal] -= sum_of_products(price[:, goal], low)
    bound[-1] += sum_of_products(weight, low * (top - slope * low))
    if tuple(bound) != solution.bound:
        return Message("matching.wrong.bound")
    return solution.above_bound()


def _beats(
    gain: Int64, price: Int64
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Whether a gain in the last goal is above the price, goal after goal."""
    sign = np.zeros(len(gain), np.int64)
    for goal in range(price.shape[1]):
        over = -price[:, goal]
        if goal == price.shape[1] - 1:
            over = over + gain
        sign = np.where(sign == 0, np.sign(over), sign)
    return sign > 0
