"""A plan by diving: left nodes whose best block hardly changes with the prices keep it, prices settle again
for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.solvers.lagrangian.best import BestBlocks
from matchkit.solvers.lagrangian.blocks import Blocks
from matchkit.solvers.lagrangian.descent import descend
from matchkit.solvers.lagrangian.fit import filled, load_of, within_limits, within_room
from matchkit.solvers.lagrangian.limits import BlockLimits
from matchkit.solvers.lagrangian.slots import Slots

HOPE = 0.002
"""Share of the remaining value that prices hope to gain at the start of each stage: enough to keep them
moving.
"""
FEW = 20
"""So many left nodes are settled at once."""


class DiveOptions(NamedTuple):
    """How slowly to dive: the share of the left nodes settled in a stage, and rounds of prices in it."""

    share: float
    rounds: int


def dive(
    blocks: Blocks,
    limits: BlockLimits,
    price: Int64,
    *,
    keep: Mask,
    care: DiveOptions,
    stop: Callable[[], bool],
    kept: Int64 | None = None,
    free: Mask | None = None,
) -> Int64:
    """A plan (pairs, ascending): stages of a few rounds of prices after which the steadiest left nodes are
    settled.

    ``keep`` (bool a pair): the pairs to look at; ``kept``: pairs already settled; ``free`` (bool a left
    node): who is to be settled. Steady is who took the block of the last round in most of the rounds. Where
    stopped, the rest take what is left of the last round's blocks.
    """
    settled = [np.zeros(0, np.int64) if kept is None else kept]
    load = load_of(blocks, settled[0])
    open_ = np.ones(blocks.left_count, bool) if free is None else free.copy()
    mark = (
        np.random.default_rng(0).integers(1, 2**40, blocks.pairs).astype(np.float64)
    )  # sums below 2^53: exact
    last = settled[0]
    while True:
        pairs = keep & open_[blocks.left] & (load < blocks.right_capacity)[blocks.right]
        best = BestBlocks(blocks, limits, pairs)
        if best.size == 0:
            break
        slots = Slots.of(blocks, load)
        found = descend(
            best,
            slots,
            price,
            rounds=care.rounds,
            hope=HOPE,
            patience=4,
            least=0.0,
            stop=stop,
            remember=True,
        )
        if found is None:
            still = last[open_[blocks.left[last]]]
            room = blocks.right_capacity - load
            settled.append(within_room(blocks, still, room))
            break
        price, last = found.price, within_limits(blocks, found.rounds[-1], ~limits.exact)
        steady = _steadiness(blocks, found.rounds, mark)
        nodes = np.unique(blocks.left[pairs]).astype(np.int64)
        order = nodes[np.argsort(-steady[nodes], kind="stable")]
        most = len(order) if len(order) <= FEW else int(np.ceil(len(order) * care.share))
        done, taken = _settle(blocks, order, last, load, most)
        settled.append(taken)
        open_[done] = False
        if len(done) == 0:
            settled.append(within_room(blocks, last, blocks.right_capacity - load))
            break
    return filled(blocks, np.sort(np.concatenate(settled)))


def _steadiness(blocks: Blocks, rounds: list[Int64], mark: np.ndarray) -> np.ndarray:
    """In how many rounds each left node took the same block as in the last (float64)."""
    sums = [
        np.bincount(blocks.left[pairs], mark[pairs], minlength=blocks.left_count)
        for pairs in rounds
    ]
    same: np.ndarray = sum((one == sums[-1]).astype(np.float64) for one in sums) + 0.0
    return same


def _settle(
    blocks: Blocks, order: Int64, last: Int64, load: Int64, most: int
) -> tuple[list[int], Int64]:
    """Settles up to so many left nodes, in this order, whose whole block still fits; adds to ``load``."""
    mine = last[np.argsort(blocks.left[last], kind="stable")]
    first = np.searchsorted(blocks.left[mine], np.arange(blocks.left_count + 1)).tolist()
    right, capacity = blocks.right[mine].tolist(), blocks.right_capacity
    done: list[int] = []
    taken: list[Int64] = [np.zeros(0, np.int64)]
    for node in order.tolist():
        if len(done) >= most:
            break
        block = right[first[node] : first[node + 1]]
        if all(load[slot] < capacity[slot] for slot in block):
            for slot in block:
                load[slot] += 1
            done.append(node)
            taken.append(mine[first[node] : first[node + 1]])
    return done, np.concatenate(taken)
