"""From a set of pairs to a plan: what is too much is dropped, what still fits is added."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.lagrangian.blocks import Blocks


def load_of(blocks: Blocks, chosen: Int64) -> Int64:
    """Units taken of every right node (int64)."""
    return np.bincount(blocks.right[chosen], minlength=blocks.right_count)


def worth(blocks: Blocks, chosen: Int64) -> int:
    """What a plan is worth, in Python integers."""
    load = load_of(blocks, chosen)
    first = np.minimum(load, blocks.right_minimum)
    parts = (
        blocks.weight[chosen],
        first * blocks.minimum_gain,
        (load - first) * blocks.rest_gain,
    )
    return sum(int(number) for part in parts for number in part.tolist() if number)


def earned(blocks: Blocks, chosen: Int64, price: Int64) -> Int64:
    """What each left node earns at these prices (int64)."""
    total = np.zeros(blocks.left_count, np.int64)
    np.add.at(total, blocks.left[chosen], blocks.weight[chosen] - price[blocks.right[chosen]])
    return total


def fits(blocks: Blocks, chosen: Int64) -> bool:
    """Whether a set of pairs (indices, each once) is a plan."""
    left, right = blocks.left[chosen], blocks.right[chosen]
    if (load_of(blocks, chosen) > blocks.right_capacity).any() or len(np.unique(chosen)) != len(
        chosen
    ):
        return False
    if (np.bincount(left, minlength=blocks.left_count) > blocks.count).any():
        return False
    spent = np.zeros(blocks.left_count, np.int64)
    np.add.at(spent, left, blocks.uses[right])
    if ((blocks.budget >= 0) & (spent > blocks.budget)).any():
        return False
    timed = blocks.begin[right] < blocks.end[right]
    order = np.lexsort((blocks.begin[right], left))
    order = order[timed[order]]
    node, begin, end = left[order], blocks.begin[right[order]], blocks.end[right[order]]
    return not ((node[1:] == node[:-1]) & (begin[1:] < end[:-1])).any()


def within_limits(blocks: Blocks, chosen: Int64, rough: Mask) -> Int64:
    """Pairs of ``rough`` left nodes (bool) whose budget or count they break are dropped, those that earn
    least first.
    """
    mine = chosen[rough[blocks.left[chosen]]]
    if len(mine) == 0:
        return chosen
    budget, count = blocks.budget.tolist(), blocks.count.tolist()
    spent, taken = [0] * blocks.left_count, [0] * blocks.left_count
    dropped = []
    for pair in mine[np.argsort(-blocks.weight[mine], kind="stable")].tolist():
        node, use = int(blocks.left[pair]), int(blocks.uses[blocks.right[pair]])
        if taken[node] >= count[node] or (
            budget[node] >= 0 and spent[node] + use > budget[node]
        ):
            dropped.append(pair)
        else:
            taken[node], spent[node] = taken[node] + 1, spent[node] + use
    kept: Int64 = chosen[~np.isin(chosen, dropped)]
    return kept


def within_room(blocks: Blocks, pairs: Int64, room: Int64) -> Int64:
    """Of these pairs the heaviest of every right node, as many as it has room for."""
    order = pairs[np.lexsort((pairs, -blocks.weight[pairs], blocks.right[pairs]))]
    first = np.searchsorted(blocks.right[order], np.arange(blocks.right_count))
    place = np.arange(len(order)) - first[blocks.right[order]]
    kept: Int64 = order[place < room[blocks.right[order]]]
    return kept


def filled(blocks: Blocks, chosen: Int64) -> Int64:
    """The plan with every pair added, dearest first, that still fits and gains (int64, ascending)."""
    load = load_of(blocks, chosen)
    count = blocks.count - np.bincount(blocks.left[chosen], minlength=blocks.left_count)
    spent = np.zeros(blocks.left_count, np.int64)
    np.add.at(spent, blocks.left[chosen], blocks.uses[blocks.right[chosen]])
    spare = np.where(blocks.budget < 0, np.iinfo(np.int64).max, blocks.budget - spent)
    gain = (
        blocks.weight
        + np.where(load < blocks.right_minimum, blocks.minimum_gain, blocks.rest_gain)[
            blocks.right
        ]
    )
    fits_alone = (
        (gain > 0) & (load < blocks.right_capacity)[blocks.right] & (count > 0)[blocks.left]
    )
    fits_alone &= spare[blocks.left] >= blocks.uses[blocks.right]
    fits_alone[chosen] = False
    pairs = np.flatnonzero(fits_alone)
    pairs = pairs[np.lexsort((pairs, -gain[pairs]))]
    at_all = np.zeros(blocks.left_count, bool)
    at_all[blocks.left[pairs]] = True
    begin, end, uses = blocks.begin.tolist(), blocks.end.tolist(), blocks.uses.tolist()
    busy: dict[int, list[tuple[int, int]]] = {}
    for node, right in zip(*_ends(blocks, chosen[at_all[blocks.left[chosen]]]), strict=True):
        if begin[right] < end[right]:
            busy.setdefault(node, []).append((begin[right], end[right]))
    loads, counts, spares = load.tolist(), count.tolist(), spare.tolist()
    capacity, minimum = blocks.right_capacity.tolist(), blocks.right_minimum.tolist()
    first, rest = blocks.minimum_gain.tolist(), blocks.rest_gain.tolist()
    added = []
    for pair, weight, node, right in zip(
        pairs.tolist(), blocks.weight[pairs].tolist(), *_ends(blocks, pairs), strict=True
    ):
        if loads[right] >= capacity[right] or counts[node] <= 0 or spares[node] < uses[right]:
            continue
        if weight + (first[right] if loads[right] < minimum[right] else rest[right]) <= 0:
            continue
        start, stop = begin[right], end[right]
        if start < stop:
            if any(other < stop and start < until for other, until in busy.get(node, ())):
                continue
            busy.setdefault(node, []).append((start, stop))
        loads[right], counts[node], spares[node] = (
            loads[right] + 1,
            counts[node] - 1,
            spares[node] - uses[right],
        )
        added.append(pair)
    return np.sort(np.concatenate([chosen, np.array(added, np.int64)]))


def _ends(blocks: Blocks, pairs: Int64) -> tuple[list[int], list[int]]:
    return blocks.left[pairs].tolist(), blocks.right[pairs].tolist()
