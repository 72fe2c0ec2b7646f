"""Linear programs of few pairs end at the optimum over all pairs, and what they prove is true of every plan.

The oracles are scipy's solver on the whole program, written from the definition of blocks, and every plan there is.
"""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from block_cases import further_times, meet, random_blocks, steps_of, worth_of_load
from scipy.optimize import linprog

from matchkit.deadline import Deadline
from matchkit.graph.network import CapTree
from matchkit.solvers.lagrangian import sifting
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.proving import proving_prices
from matchkit.solvers.lagrangian.sifting import Sifting

SEEDS = range(60)


def drawn(seed: int, *, lefts: int = 4, rights: int = 5) -> BlockProblem:
    """Blocks with stocks, caps on both sides, further times, loads and costs."""
    blocks = random_blocks(seed, lefts=lefts, rights=rights)
    rng = np.random.default_rng(10_000 + seed)
    stock = rng.random(lefts) < 0.3
    return dataclasses.replace(
        blocks,
        right_capacity=blocks.right_capacity + 1,
        stock=stock,
        cost=rng.choice([0, 0, 3, 20], lefts),
        most=np.where(stock[blocks.left], rng.integers(1, 4, blocks.pairs), 1),
        left_caps=_caps(rng, lefts),
        right_caps=_caps(rng, rights),
        again=further_times(rng, rights),
        loads=((rng.integers(0, 6, lefts), rng.integers(0, 4, rights)),),
    )


def _caps(rng: np.random.Generator, nodes: int) -> CapTree:
    """A cap over everything and two below it."""
    return CapTree(
        rng.integers(-1, 3, nodes).astype(np.int32),
        np.array([-1, 0, 0], np.int32),
        rng.integers(1, 5, 3),
    )


def below(tree: CapTree, cap: int, node: int) -> bool:
    here = int(tree.of[node])
    while here >= 0 and here != cap:
        here = int(tree.parent[here])
    return here == cap


def rows_of(blocks: BlockProblem, *, whole: bool) -> list[tuple[list[float], float]]:
    """Coefficients of the pairs and of left nodes used, and the most of every row, by the definition: every
    step of time is one. A left node that costs something does as much as it is used.
    """
    pairs = [*zip(blocks.left.tolist(), blocks.right.tolist(), strict=True)]
    found: list[tuple[list[float], float]] = []

    def row(coefficients: list[float], most: float, used: int | None = None) -> None:
        by_used = [0.0] * blocks.left_count
        if used is not None and blocks.cost[used] > 0:
            by_used[used], most = -float(most), 0
        found.append(([*coefficients, *by_used], float(most)))

    for node in range(blocks.left_count):
        mine = [left == node for left, _ in pairs]
        row([float(own) for own in mine], blocks.count[node], node)
        if blocks.budget[node] >= 0 and not blocks.stock[node]:
            row(
                [
                    own * float(blocks.uses[right])
                    for own, (_, right) in zip(mine, pairs, strict=True)
                ],
                blocks.budget[node],
            )
        for has, uses in blocks.loads if whole or blocks.stock[node] else ():
            row(
                [
                    own * float(uses[right])
                    for own, (_, right) in zip(mine, pairs, strict=True)
                ],
                has[node],
            )
        if blocks.stock[node]:
            continue
        for step in range(20):
            row(
                [
                    float(own and step in steps_of(blocks, pair))
                    for pair, own in enumerate(mine)
                ],
                1,
                node,
            )
    for tree, side in ((blocks.left_caps, 0), (blocks.right_caps, 1)):
        for cap in range(tree.size):
            row(
                [float(below(tree, cap, pair[side])) for pair in pairs],
                tree.capacity[cap],
            )
    return found


def optimum(blocks: BlockProblem, *, whole: bool) -> float:
    """Of the linear program of all pairs."""
    count, rights = blocks.pairs, blocks.right_count
    rows = rows_of(blocks, whole=whole)
    lefts = blocks.left_count
    served = np.zeros((rights, count + lefts + 2 * rights))
    served[blocks.right, np.arange(count)] = 1
    for right in range(rights):
        served[right, [count + lefts + right, count + lefts + rights + right]] = -1
    upper = [
        *blocks.most.tolist(),
        *([1] * lefts),
        *blocks.right_minimum.tolist(),
        *(blocks.right_capacity - blocks.right_minimum).tolist(),
    ]
    found = linprog(
        -np.concatenate(
            [blocks.weight, -blocks.cost, blocks.minimum_gain, blocks.rest_gain]
        ),
        A_ub=np.array([[*row, *[0.0] * (2 * rights)] for row, _ in rows]),
        b_ub=np.array([most for _, most in rows]),
        A_eq=served,
        b_eq=np.zeros(rights),
        bounds=[(0, most) for most in upper],
        method="highs",
    )
    assert found.status == 0
    return -float(found.fun)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_program_is_as_good_as_that_of_all_pairs(
    monkeypatch: pytest.MonkeyPatch, seed: int, whole: bool
) -> None:
    """Though it begins with one pair a node."""
    for name, value in (
        ("EACH", 1),
        ("WANTED", 0),
        ("MORE", 1),
        ("JOIN", 1),
        ("CLOSE", 0.0),
    ):
        monkeypatch.setattr(sifting, name, value)
    blocks = drawn(seed)
    found = Sifting(blocks, whole=whole).run()
    assert found is not None
    assert found.gain == pytest.approx(optimum(blocks, whole=whole), abs=1e-5)
    assert (found.loss >= 0).all()
    assert (
        found.loss[
            (found.value > 1e-6) & (found.value < blocks.most[found.pairs] - 1e-6)
        ]
        < 1e-6
    ).all()


def best(blocks: BlockProblem) -> int:
    """The optimum of all plans within blocks and caps, by trying all."""
    limits = [range(int(most) + 1) for most in blocks.most.tolist()]
    top = 0
    for units in itertools.product(*limits):
        load = np.bincount(
            blocks.right, weights=units, minlength=blocks.right_count
        ).astype(int)
        if (load > blocks.right_capacity).any() or not _keeps(blocks, units):
            continue
        value = int(np.dot(blocks.weight, units)) + sum(
            worth_of_load(blocks, right, amount)
            for right, amount in enumerate(load.tolist())
        )
        value -= int(blocks.cost[np.unique(blocks.left[np.array(units) > 0])].sum())
        top = max(top, value)
    return top


def _keeps(blocks: BlockProblem, units: tuple[int, ...]) -> bool:
    taken = [*zip(blocks.left.tolist(), blocks.right.tolist(), units, strict=True)]
    for node in range(blocks.left_count):
        mine = [
            (right, amount) for left, right, amount in taken if left == node and amount
        ]
        if sum(amount for _, amount in mine) > blocks.count[node]:
            return False
        if blocks.stock[node]:
            if any(
                sum(amount * int(uses[right]) for right, amount in mine) > has[node]
                for has, uses in blocks.loads
            ):
                return False
            continue
        if 0 <= blocks.budget[node] < sum(int(blocks.uses[right]) for right, _ in mine):
            return False
        if any(
            meet(blocks, one, other)
            for one, other in itertools.combinations(
                [
                    p
                    for p, (left, _, amount) in enumerate(taken)
                    if left == node and amount
                ],
                2,
            )
        ):
            return False
    return all(
        sum(
            amount
            for left, right, amount in taken
            if below(tree, cap, (left, right)[side])
        )
        <= tree.capacity[cap]
        for tree, side in ((blocks.left_caps, 0), (blocks.right_caps, 1))
        for cap in range(tree.size)
    )


def test_what_prices_prove_is_true_of_every_plan_and_often_reached() -> None:
    """Also prices of no program at all, and of one that knows more than best blocks do."""
    tight = 0
    for seed in SEEDS:
        blocks = drawn(seed, lefts=3, rights=4)
        top = best(blocks)
        for sifted in (None, Sifting(blocks).run(), Sifting(blocks, whole=True).run()):
            found = proving_prices(blocks, sifted)
            assert found.bound >= top, seed
        plain = proving_prices(blocks, Sifting(blocks).run())
        tight += plain.bound == top
    assert tight >= len(SEEDS) // 2, tight


def test_a_bound_that_is_enough_ends_the_descent() -> None:
    blocks = drawn(3)
    sifted = Sifting(blocks).run()
    known = proving_prices(blocks, sifted, enough=10**9)
    assert known.bound >= proving_prices(blocks, sifted).bound


def test_without_time_there_are_no_prices() -> None:
    blocks = drawn(1)
    assert Sifting(blocks).run(Deadline.within(0.0)) is None
    assert Sifting(blocks).run(Deadline(stop=lambda: True)) is None
