"""Small random instances of blocks, and what is true of them by looking at every set of pairs. Plain Python,
no library code.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from matchkit.solvers.lagrangian.blocks import BlockProblem


def random_blocks(
    seed: int, *, lefts: int = 4, rights: int = 6, density: float = 0.6, grain: int = 1
) -> BlockProblem:
    """Overlapping times, some right nodes without time, binding budgets and counts, minima that earn more
    than the rest.
    """
    rng = np.random.default_rng(seed)
    left, right = np.nonzero(rng.random((lefts, rights)) < density)
    begin = rng.integers(0, 8, rights)
    capacity = rng.integers(0, 3, rights)
    rest = rng.integers(-3, 4, rights) * 5
    uses = rng.integers(0, 5, rights) * grain + (
        rng.integers(0, grain, rights) if grain > 1 else 0
    )
    return BlockProblem(
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        weight=rng.integers(-5, 30, len(left)),
        left_count=lefts,
        right_count=rights,
        count=rng.choice([0, 1, 2, 3, 9], lefts, p=[0.05, 0.15, 0.3, 0.3, 0.2]),
        budget=rng.choice([-1, 2, 5, 8], lefts) * grain,
        uses=uses,
        begin=begin.astype(np.int32),
        end=ends(begin, rng.integers(0, 4, rights), left, right, seed),
        right_capacity=capacity,
        right_minimum=np.minimum(capacity, rng.integers(0, 2, rights)),
        minimum_gain=rest + rng.integers(0, 50, rights),
        rest_gain=rest,
    )


def ends(
    begin: np.ndarray, last: np.ndarray, left: np.ndarray, right: np.ndarray, seed: int
) -> np.ndarray:
    """Of every pair, int32: some left nodes need a step or two of rest after what takes time."""
    rest = np.random.default_rng(1_000 + seed).choice(
        [0, 0, 1, 2], 1 + left.max(initial=0)
    )
    more = np.where(last[right] > 0, rest[left], 0)
    return (begin[right] + last[right] + more).astype(np.int32)


def feasible_sets(blocks: BlockProblem, node: int) -> Iterator[tuple[int, ...]]:
    """Every set of pairs that one left node may take."""
    mine = [pair for pair in range(len(blocks.left)) if blocks.left[pair] == node]
    for size in range(min(len(mine), int(blocks.count[node])) + 1):
        for chosen in combinations(mine, size):
            slots = [int(blocks.right[pair]) for pair in chosen]
            if (
                blocks.budget[node] >= 0
                and sum(int(blocks.uses[slot]) for slot in slots) > blocks.budget[node]
            ):
                continue
            if not any(
                meet(blocks, one, other) for one, other in combinations(chosen, 2)
            ):
                yield chosen


def meet(blocks: BlockProblem, one: int, other: int) -> bool:
    """Whether two pairs of one left node share a step of time."""
    return bool(steps_of(blocks, one) & steps_of(blocks, other))


def steps_of(blocks: BlockProblem, pair: int) -> set[int]:
    """The steps of time that a pair takes, those of further times too."""
    right = int(blocks.right[pair])
    found = set(range(int(blocks.begin[right]), int(blocks.end[pair])))
    for node, begin, end in blocks.again.T.tolist():
        if node == right:
            found |= set(range(begin, end))
    return found


def further_times(
    rng: np.random.Generator, rights: int, *, share: float = 0.3, start: int = 8
) -> np.ndarray:
    """One more time of some right nodes, none before ``start``: int32 (3, times)."""
    found = [
        (right, begin, begin + int(rng.integers(1, 3)))
        for right in range(rights)
        if rng.random() < share
        for begin in [int(rng.integers(start, 12))]
    ]
    return np.array(found, np.int32).reshape(-1, 3).T


def worth_of_load(blocks: BlockProblem, slot: int, load: int) -> int:
    first = min(load, int(blocks.right_minimum[slot]))
    return first * int(blocks.minimum_gain[slot]) + (load - first) * int(
        blocks.rest_gain[slot]
    )


def best_plan(blocks: BlockProblem) -> int:
    """The optimum, by the best weight for every vector of loads, one left node after another."""
    reached: dict[tuple[int, ...], int] = {(0,) * blocks.right_count: 0}
    for node in range(blocks.left_count):
        then: dict[tuple[int, ...], int] = {}
        for chosen in feasible_sets(blocks, node):
            for load, value in reached.items():
                new = list(load)
                for pair in chosen:
                    new[blocks.right[pair]] += 1
                if all(
                    units <= room
                    for units, room in zip(
                        new, blocks.right_capacity.tolist(), strict=True
                    )
                ):
                    total = value + sum(int(blocks.weight[pair]) for pair in chosen)
                    then[tuple(new)] = max(then.get(tuple(new), total), total)
        reached = then
    return max(
        value
        + sum(worth_of_load(blocks, slot, units) for slot, units in enumerate(load))
        for load, value in reached.items()
    )


def plan_worth(blocks: BlockProblem, chosen: Any) -> int:
    """What a plan is worth; fails where it is none."""
    load = [0] * blocks.right_count
    for node in range(blocks.left_count):
        mine = tuple(pair for pair in chosen.tolist() if blocks.left[pair] == node)
        assert mine in set(feasible_sets(blocks, node)), (
            f"left node {node} may not take {mine}"
        )
        for pair in mine:
            load[int(blocks.right[pair])] += 1
    assert all(
        units <= room
        for units, room in zip(load, blocks.right_capacity.tolist(), strict=True)
    ), "too many units"
    gains = sum(worth_of_load(blocks, slot, units) for slot, units in enumerate(load))
    return gains + sum(int(blocks.weight[pair]) for pair in chosen.tolist())


def bound_by_hand(blocks: BlockProblem, price: Any, scale: int = 1) -> int:
    """The Lagrangian bound at these prices (parts of 1 / scale), by looking at every set of pairs of every
    left node.
    """
    prices = [int(number) for number in price]
    total = 0
    for node in range(blocks.left_count):
        total += max(
            sum(
                scale * int(blocks.weight[pair]) - prices[blocks.right[pair]]
                for pair in chosen
            )
            for chosen in feasible_sets(blocks, node)
        )
    for slot, amount in enumerate(prices):
        minimum, capacity = (
            int(blocks.right_minimum[slot]),
            int(blocks.right_capacity[slot]),
        )
        total += minimum * max(0, scale * int(blocks.minimum_gain[slot]) + amount)
        total += (capacity - minimum) * max(
            0, scale * int(blocks.rest_gain[slot]) + amount
        )
    return total // scale
