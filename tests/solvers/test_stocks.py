"""Best blocks of stocks against all that there are: counts and loads, in the solver and in the checker."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from block_cases import random_blocks

from matchkit.solvers.lagrangian import stocks
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.stocks import best_of_stocks
from matchkit.verification import best_block
from matchkit.verification.best_block import Lot, best_load

SEEDS = range(80)


def drawn(seed: int) -> BlockProblem:
    """Left nodes that are stocks with one or two dimensions of loads."""
    blocks = random_blocks(seed, lefts=3, rights=5)
    rng = np.random.default_rng(500 + seed)
    return replace(
        blocks,
        stock=np.ones(3, np.bool_),
        count=rng.integers(1, 7, 3),
        most=rng.integers(1, 4, blocks.pairs),
        cost=rng.choice([0, 0, 12], 3),
        loads=tuple(
            (rng.integers(0, 12, 3), rng.integers(0, 5, 5))
            for _ in range(rng.integers(1, 3))
        ),
    )


def best(blocks: BlockProblem, price: np.ndarray) -> int:
    """The sum over left nodes of the most that any quantities earn."""
    total = 0
    for node in range(blocks.left_count):
        mine = np.flatnonzero(blocks.left == node)
        right, top = blocks.right[mine], 0
        for units in product(*(range(int(most) + 1) for most in blocks.most[mine])):
            given = np.array(units, np.int64)
            keeps = given.sum() <= blocks.count[node] and all(
                (given * uses[right]).sum() <= has[node] for has, uses in blocks.loads
            )
            if keeps:
                earned = int((given * (blocks.weight[mine] - price[right])).sum())
                top = max(top, earned - int(blocks.cost[node]))
        total += top
    return total


def test_what_stocks_earn_is_no_less_than_the_best_and_mostly_equal() -> None:
    equal = 0
    for seed in SEEDS:
        blocks = drawn(seed)
        price = np.random.default_rng(seed).integers(-20, 20, blocks.right_count)
        found, pairs = best_of_stocks(blocks, np.arange(blocks.pairs), price)
        units = np.bincount(pairs, minlength=blocks.pairs)
        assert (units <= blocks.most).all()
        own = np.zeros(blocks.left_count, np.int64)
        np.add.at(own, blocks.left, units * (blocks.weight - price[blocks.right]))
        used = np.unique(blocks.left[pairs])
        assert found == int(own.sum() - blocks.cost[used].sum())
        exact = best(blocks, price)
        assert found >= exact, seed
        equal += found == exact
    assert equal >= len(SEEDS) * 2 // 3, equal


@pytest.mark.parametrize("limit", [None, 8])
def test_a_load_holds_what_a_knapsack_does(
    monkeypatch: pytest.MonkeyPatch, limit: int | None
) -> None:
    """With a limit on states both give no less than the best."""
    if limit is not None:
        monkeypatch.setattr(stocks, "CELLS", limit)
        monkeypatch.setattr(best_block, "MOST_STATES", limit)
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        profit, use, most = (rng.integers(0, high, 4) for high in (30, 9, 4))
        load = int(rng.integers(0, 20))
        top = max(
            int((np.array(units) * profit).sum())
            for units in product(*(range(n + 1) for n in most.tolist()))
            if (np.array(units) * use).sum() <= load
        )
        taken = stocks.knapsack(stocks.StockItems(profit, use, most), load)
        lots = [
            Lot(*lot)
            for lot in zip(profit.tolist(), use.tolist(), most.tolist(), strict=True)
        ]
        found = int((taken * profit).sum()), best_load(lots, load)
        assert found == (top, top) if limit is None else min(found) >= top, seed
