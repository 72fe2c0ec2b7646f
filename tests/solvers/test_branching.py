"""Best blocks in which no pairs meet at further times, against every set of pairs there is."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from block_cases import feasible_sets, further_times, random_blocks

from matchkit.solvers.lagrangian import branching, times
from matchkit.solvers.lagrangian.best import BestBlocks
from matchkit.solvers.lagrangian.blocks import BlockProblem, block_limits
from matchkit.solvers.lagrangian.plans import earned
from matchkit.solvers.lagrangian.price_blocks import price_blocks

SEEDS = range(100)


def drawn(seed: int) -> BlockProblem:
    """Blocks of few left nodes, in which pairs often meet at further times only."""
    blocks = random_blocks(seed, lefts=4, rights=8, density=0.8)
    rng = np.random.default_rng(20_000 + seed)
    return dataclasses.replace(
        blocks,
        again=np.concatenate(
            [further_times(rng, 8, share=0.5, start=0) for _ in range(2)], axis=1
        ),
        cost=rng.choice([0, 0, 10], 4),
    )


def best_by_hand(blocks: BlockProblem, price: np.ndarray) -> list[int]:
    """What the best set of every left node earns."""
    profit = blocks.weight - price[blocks.right]
    return [
        max(
            int(profit[list(chosen)].sum()) - int(blocks.cost[node]) if chosen else 0
            for chosen in feasible_sets(blocks, node)
        )
        for node in range(blocks.left_count)
    ]


def answers(blocks: BlockProblem) -> tuple[int, list[int]]:
    """The best blocks' sum, and what each one's pairs earn."""
    price = np.zeros(blocks.right_count, np.int64)
    total, pairs = BestBlocks(blocks, block_limits(blocks)).at(price)
    return total, earned(blocks, pairs, price).tolist()


@pytest.mark.parametrize("together", [1, 2_000_000])
def test_best_blocks_keep_further_times(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(times, "TOGETHER", together)
    met = 0
    for seed in SEEDS:
        blocks = drawn(seed)
        price = np.zeros(blocks.right_count, np.int64)
        right = best_by_hand(blocks, price)
        total, each = answers(blocks)
        assert (total, each) == (sum(right), right), seed
        never = np.zeros((3, 0), np.int32)
        met += answers(dataclasses.replace(blocks, again=never))[0] > total
    assert met > len(SEEDS) // 2


def test_after_too_many_branches_a_block_is_worth_no_less_than_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(branching, "BRANCHES", 2)
    more = 0
    for seed in SEEDS:
        blocks = drawn(seed)
        total, each = answers(blocks)
        assert sum(each) == total
        right = best_by_hand(blocks, np.zeros(blocks.right_count, np.int64))
        assert all(a >= b for a, b in zip(each, right, strict=True)), seed
        more += each != right
    assert more


def test_what_is_open_at_a_stop_is_worth_no_less_than_the_best() -> None:
    """Asked at every branch, a stop at once leaves the blocks in which pairs meet."""
    more = 0
    for seed in SEEDS:
        blocks = drawn(seed)
        price = np.zeros(blocks.right_count, np.int64)
        best, asked = BestBlocks(blocks, block_limits(blocks)), iter([False] * 4)
        found = best.unless(lambda asked=asked: next(asked, True), price)
        right = sum(best_by_hand(blocks, price))
        assert found is None or found[0] >= right, seed
        more += found is not None and found[0] > right
    assert more


def test_plans_by_prices_are_within_their_bound() -> None:
    """The descent knows one time of a right node, in its plans as in its bound."""
    for seed in range(30):
        blocks = dataclasses.replace(drawn(seed), cost=np.zeros(4, np.int64))
        answer = price_blocks(blocks)
        assert answer.value <= answer.bound
