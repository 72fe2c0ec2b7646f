"""The first pairs for the engine: the best few of every left and every right node, or those nearest to the
prices of a similar problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from matchkit.arrays import Int64
from matchkit.graph.candidates import (
    Block,
    Candidates,
    MatrixBlock,
    Negated,
    PairBlock,
    PairList,
    greatest_weight,
)
from matchkit.graph.split_candidates import SplitCandidates
from matchkit.solvers.flow.packed_goals import PackedGoals
from matchkit.solvers.flow.prices import NEVER, keys_of
from matchkit.solvers.flow.pricing import (
    best_of_rows,
    blocks,
    pairs_at,
    price_candidates,
    rotation,
)
from matchkit.solvers.flow.subnetwork import HubLinks, Pairs, joined

FEW_A_NODE = 5
"""Pairs for each unit of capacity 1, from either side."""
ROOM = 2.5
"""Pairs for each further unit of capacity."""
NEAR_PRICES = 4
"""So many times as many where prices of a similar problem choose them: that saves rounds."""
SAMPLED = 100_000
"""Capacities of so many pairs are looked at to learn what a pair usually may carry."""
SAMPLE = 16
"""One row in so many is looked at to learn what the best weights of a right node are."""


def usual_room(candidates: Candidates) -> int:
    """What a pair that can carry anything may carry, as the median of a sample: 1 where pairs have no
    capacities.
    """
    if isinstance(candidates, Negated | SplitCandidates):
        return usual_room(candidates.pairs)
    if not isinstance(candidates, PairList) or candidates.capacity is None:
        return 1
    room = candidates.capacity[:: max(1, len(candidates.capacity) // SAMPLED)]
    room = room[room > 0]
    return max(1, int(np.median(room))) if len(room) else 1


def wanted_pairs(capacity: Int64, other: Int64, room: int = 1) -> Int64:
    """How many pairs a node should have in the engine at first: a few, and more than it can carry.

    ``capacity`` and the result are int64 (nodes,) of one side, ``other`` the capacities of the other side,
    ``room`` what a pair usually may carry.
    """
    share = min(
        1.0,
        float(other.sum(dtype=np.float64))
        / max(1.0, float(capacity.sum(dtype=np.float64))),
    )
    found: Int64 = np.where(
        capacity > 0,
        FEW_A_NODE + np.ceil(ROOM * share * np.minimum(capacity / room, 10_000_000)),
        0,
    ).astype(np.int64)
    return found


@dataclass(frozen=True, slots=True)
class StartPrices:
    """Prices of left and right nodes of a similar problem, int64 (nodes, goals) each, as docs/architecture.md
    states those of a certificate. They prove nothing here: they choose pairs.
    """

    left: Int64
    right: Int64


def pairs_near(
    candidates: Candidates,
    links: HubLinks,
    words: tuple[PackedGoals, ...],
    start: StartPrices,
    wanted: Int64,
) -> Pairs:
    """The pairs of every left node that beat the prices by the most, or fall short by the least: NEAR_PRICES
    times as many as ``wanted`` says: int64 (lefts,).
    """
    potential = np.concatenate([-start.left, start.right])
    lengths = [
        potential[:, word.first : word.stop] @ np.array(word.units, np.int64)
        for word in words
    ]
    keys = keys_of(lengths, links, words, greatest_weight(candidates))
    return price_candidates(
        candidates, keys, np.zeros(0, np.int64), NEAR_PRICES * wanted, NEVER // 4
    ).picked


@dataclass(frozen=True, slots=True)
class Bar:
    """How good a pair must be for its right node to want it: above ``weight``, or equal to it in one row of
    ``stride`` (0: in none), so that many equal weights do not flood the engine. Both int64 (rights,).
    """

    weight: Int64
    stride: Int64


def bars(candidates: Candidates, wanted: Int64) -> Bar:
    """A bar for every right node that about ``wanted`` of its pairs pass (int64 (rights,)), learned from
    a sample of the blocks: no column of all pairs is ever sorted.
    """
    count = candidates.left_count
    # Several slices a block, as its first rows may be alike.
    step = max(1, candidates.rows_per_block // (4 * SAMPLE))
    sample = [
        candidates.block(start, min(start + step, count))
        for start in range(0, count, SAMPLE * step)
    ]
    rows = sum(block.stop - block.start for block in sample)
    bar = Bar(
        np.full(candidates.right_count, np.iinfo(np.int64).min, np.int64),
        np.ones(candidates.right_count, np.int64),
    )
    if not rows:
        return bar
    right, weight = _sorted(sample, candidates.right_count)
    share = rows / candidates.left_count
    first = np.searchsorted(right, np.arange(candidates.right_count + 1))
    rank = np.ceil(wanted * share).astype(np.int64)
    enough = np.flatnonzero((np.diff(first) > rank) & (wanted > 0))
    # The weight at the wanted rank of the sample; of the pairs equal to it only as many as are still wanted.
    bar.weight[enough] = weight[first[enough] + rank[enough]]
    equal = (
        np.bincount(
            right[weight == bar.weight[right]], minlength=candidates.right_count
        )
        / share
    )
    above = (
        np.bincount(right[weight > bar.weight[right]], minlength=candidates.right_count)
        / share
    )
    bar.stride[enough] = np.maximum(
        1, equal[enough] / np.maximum(1, wanted[enough] - above[enough])
    ).astype(np.int64)
    return bar


def _sorted(sample: list[Block], right_count: int) -> tuple[Int64, Int64]:
    """Right nodes and weights of all pairs, by right node and then greatest weight first.

    A matrix is sorted column by column; else each pair is one number where that fits, which sorts much
    faster.
    """
    whole = [
        block.weight
        for block in sample
        if isinstance(block, MatrixBlock) and block.absent is None
    ]
    if len(whole) == len(sample):
        columns = np.sort(np.concatenate(whole).T, axis=1)[:, ::-1]
        return np.repeat(
            np.arange(right_count), columns.shape[1]
        ), columns.ravel().astype(np.int64)
    parts = [_by_right(block) for block in sample]
    right, weight = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
    top = int(weight.max(initial=0))
    span = top - int(weight.min(initial=0)) + 1
    if span * (int(right.max(initial=0)) + 1) < 2**62:
        code = np.sort(right * span + (top - weight))
        right = code // span
        return right, top - (code - right * span)
    order = np.lexsort((-weight, right))
    return right[order], weight[order]


def _by_right(block: Block) -> tuple[Int64, Int64]:
    if isinstance(block, PairBlock):
        return block.right.astype(np.int64), block.weight.astype(np.int64)
    present = block.present
    return np.nonzero(present)[1], block.weight[present].astype(np.int64)


def first_pairs(
    candidates: Candidates, left_wanted: Int64, right_wanted: Int64
) -> Pairs:
    """The best pairs of every left node, and those that pass the bar of their right node.

    ``left_wanted`` int64 (lefts,) and ``right_wanted`` int64 (rights,) say how many of each, about.
    """
    bar = bars(candidates, right_wanted)
    return joined(
        [
            _picked(block, left_wanted[block.start : block.stop], right_wanted, bar)
            for block in blocks(candidates)
        ]
    )


def _picked(block: Block, left_wanted: Int64, right_wanted: Int64, bar: Bar) -> Pairs:
    if isinstance(block, MatrixBlock):
        return _of_matrix(block, left_wanted, right_wanted, bar)
    row = np.repeat(np.arange(block.stop - block.start), np.diff(block.first))
    open_pair = np.flatnonzero((left_wanted[row] > 0) & (right_wanted[block.right] > 0))
    right, weight = block.right[open_pair], block.weight[open_pair]
    most = best_of_rows(
        block, row, block.weight.astype(np.int64), open_pair, left_wanted
    )
    lucky = (open_pair + block.start) % bar.stride[right] == 0
    picked = np.zeros(len(block.right), np.bool_)
    picked[open_pair] = (weight > bar.weight[right]) | (
        (weight == bar.weight[right]) & lucky
    )
    picked[most] = True
    return pairs_at(block, row, np.flatnonzero(picked))


def _of_matrix(
    block: MatrixBlock, left_wanted: Int64, right_wanted: Int64, bar: Bar
) -> Pairs:
    columns = block.weight.shape[1]
    lowest = np.iinfo(block.weight.dtype).min
    weight = np.array(block.weight)
    if block.absent is not None:
        weight[block.absent] = lowest
    weight[:, np.flatnonzero(right_wanted == 0)], weight[left_wanted == 0] = (
        lowest,
        lowest,
    )
    limit = np.clip(bar.weight, lowest, np.iinfo(weight.dtype).max).astype(weight.dtype)
    # What passes the bar of its column, and of the equal ones each stride-th cell: no column gets too many.
    picked = weight > limit
    stride = coprime(int(bar.stride.min()), columns) if columns else 1
    lucky = np.arange(-block.start % stride, weight.size, stride)
    picked.ravel()[lucky] |= (weight.ravel()[lucky] == limit[lucky % columns]) & (
        weight.ravel()[lucky] > lowest
    )
    # Few of a row by repeated argmax, from a column of the block's own on; many by partition.
    few = np.flatnonzero((left_wanted > 0) & (left_wanted <= 2 * FEW_A_NODE))
    turn = rotation(block.start, columns)
    rotated = np.concatenate([weight[few, turn:], weight[few, :turn]], axis=1)
    every = np.arange(len(few))
    for _ in range(min(columns, int(left_wanted[few].max(initial=0)))):
        top = rotated.argmax(1)
        picked[few, (top + turn) % columns] |= rotated[every, top] > lowest
        rotated[every, top] = lowest
    for one in np.flatnonzero(left_wanted > 2 * FEW_A_NODE).tolist():
        count = min(int(left_wanted[one]), columns)
        best = np.argpartition(weight[one], columns - count)[columns - count :]
        picked[one, best] |= weight[one, best] > lowest
    row, right = (
        np.divmod(np.flatnonzero(picked), columns)
        if columns
        else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    )
    return Pairs(
        (row + block.start).astype(np.int32),
        right.astype(np.int32),
        block.weight[row, right].astype(np.int64),
        np.ones(len(row), np.int64),
    )


def coprime(number: int, other: int) -> int:
    """The least number from this one on that shares no factor with the other."""
    while gcd(number, other) > 1:
        number += 1
    return number
