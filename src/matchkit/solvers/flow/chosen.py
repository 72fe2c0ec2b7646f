"""Whether the pairs a solution chose are candidates at all, with the weight and capacity it gives them."""

from __future__ import annotations

import numpy as np

from matchkit.graph.candidates import Block, MatrixBlock
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs


def listed_wrong(pairs: Pairs, left_count: int, right_count: int) -> Message | None:
    """Whether nodes are out of range or a pair is listed twice; None if all is well. To be asked before
    anything else.
    """
    if not len(pairs):
        return None
    if (
        int(pairs.left.min()) < 0
        or int(pairs.left.max()) >= left_count
        or int(pairs.right.min()) < 0
        or int(pairs.right.max()) >= right_count
    ):
        return Message("matching.wrong.node")
    return (
        Message("matching.wrong.order")
        if (np.diff(pairs.keys(right_count)) <= 0).any()
        else None
    )


def stated_wrong(block: Block, pairs: Pairs) -> Message | None:
    """Whether a pair of this block's rows is no candidate, or has another weight or capacity; None if all is
    well. Looked up again in the block: what was picked is not believed.
    """
    first, last = np.searchsorted(pairs.left, [block.start, block.stop])
    if first == last:
        return None
    row, right, weight, capacity = (
        pairs.left[first:last] - block.start,
        pairs.right[first:last],
        pairs.weight[first:last],
        pairs.capacity[first:last],
    )
    if isinstance(block, MatrixBlock):
        there = (
            np.ones(len(row), np.bool_)
            if block.absent is None
            else ~block.absent[row, right]
        )
        same = there & (block.weight[row, right] == weight) & (capacity == 1)
    else:
        columns = int(max(right.max(), block.right.max(initial=0))) + 1
        keys = (
            np.repeat(np.arange(block.stop - block.start), np.diff(block.first))
            * columns
            + block.right
        )
        at = np.minimum(
            np.searchsorted(keys, row.astype(np.int64) * columns + right),
            max(0, len(keys) - 1),
        )
        if not len(keys):
            return _about("matching.wrong.candidate", pairs, int(first))
        there = keys[at] == row.astype(np.int64) * columns + right
        same = (
            there
            & (block.weight[at] == weight)
            & (capacity == (1 if block.capacity is None else block.capacity[at]))
        )
    wrong = np.flatnonzero(~same)
    if not len(wrong):
        return None
    key = "matching.wrong.stated" if there[wrong[0]] else "matching.wrong.candidate"
    return _about(key, pairs, int(first + wrong[0]))


def _about(key: str, pairs: Pairs, position: int) -> Message:
    return Message.of(
        key, pair=str((int(pairs.left[position]), int(pairs.right[position])))
    )
