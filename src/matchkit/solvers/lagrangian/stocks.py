"""Best blocks of stocks: what they give is bound by a count and by loads, and by no time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, sums_by
from matchkit.solvers.lagrangian.blocks import BlockProblem

CELLS = 20_000
"""A load has at most so many steps; those of more are made coarser, which leaves room for more."""


def best_of_stocks(
    blocks: BlockProblem, pairs: Int64, price: Int64
) -> tuple[int, Int64]:
    """The sum of the best blocks of stocks, of these pairs of theirs (int64 (pairs,)), at prices int64
    (rights,), less their costs; and the pairs, int64, once for every unit: those that earn most, as many
    units as the stock counts. Where that breaks a load, what the loads allow one by one: the least of these
    is no less than the best.
    """
    left, right = blocks.left[pairs], blocks.right[pairs]
    profit = blocks.weight[pairs] - price[right]
    order = np.lexsort((-profit, left))
    order = order[profit[order] > 0]
    most, node = blocks.most[pairs[order]], left[order]
    before = np.cumsum(most) - most
    first = np.searchsorted(node, node)
    room = blocks.count[node] - (before - before[first])
    units = np.clip(room, 0, most)
    for has, uses in blocks.loads:
        used = sums_by(node, units * uses[right[order]], blocks.left_count)
        for stock in np.flatnonzero(used > has).tolist():
            mine = np.flatnonzero(node == stock)
            given = StockItems(
                profit[order[mine]], uses[right[order[mine]]], most[mine]
            )
            packed = knapsack(given, int(has[stock]))
            earned = profit[order[mine]]
            if int((packed * earned).sum()) < int((units[mine] * earned).sum()):
                units[mine] = packed
    # What each earns, less its cost, where that is more than nothing.
    own = sums_by(node, units * profit[order], blocks.left_count)
    own -= blocks.cost
    units = np.where(own[node] > 0, units, 0)
    return int(own[own > 0].sum()), np.repeat(pairs[order], units)


class StockItems(NamedTuple):
    """What a unit of every item earns and uses, and how many there are: int64 (items,) each."""

    profit: Int64
    use: Int64
    most: Int64


def knapsack(items: StockItems, load: int) -> Int64:
    """How many of every item earn most within the load, int64 (items,): bounded knapsack by dynamic
    programming, of lots of 1, 2, 4, ... units (Martello and Toth, Knapsack Problems, 3.2).
    """
    shared = max(1, int(np.gcd.reduce(items.use)))
    grain = max(1, -(-(load // shared) // CELLS))
    use, load = items.use // shared // grain, load // shared // grain
    taken = np.where(use == 0, items.most, 0)
    value = np.zeros(load + 1, np.int64)
    steps: list[tuple[int, int, np.ndarray]] = []
    for item in np.flatnonzero(use > 0).tolist():
        each, left, lot = (
            int(use[item]),
            min(int(items.most[item]), load // int(use[item])),
            1,
        )
        while left > 0:
            lot = min(lot, left)
            size = lot * each
            with_lot = value[: load + 1 - size] + lot * int(items.profit[item])
            better = with_lot > value[size:]
            value[size:] = np.where(better, with_lot, value[size:])
            steps.append((item, lot, better))
            left, lot = left - lot, 2 * lot
    at = load
    for item, lot, better in reversed(steps):
        size = lot * int(use[item])
        if at >= size and better[at - size]:
            taken[item] += lot
            at -= size
    return taken
