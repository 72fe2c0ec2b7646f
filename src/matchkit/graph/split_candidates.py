"""Candidates of which some pairs are split in two: their first units leave left nodes of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from matchkit.arrays import Int32, Int64, Mask
from matchkit.graph.candidates import Candidates, PairBlock


@dataclass(frozen=True, slots=True)
class SplitCandidates:
    """Pairs of lists, less ``units`` of some; after all left nodes given, one more for each of these, with
    that pair alone.

    ``left`` and ``right`` (int32), ``weight``, ``units`` and ``rest`` (int64, what the pair given may carry
    beyond these units) are of the pairs that are split, ascending by (left, right).
    """

    pairs: Candidates
    left: Int32
    right: Int32
    weight: Int64
    units: Int64
    rest: Int64

    @property
    def left_count(self) -> int:
        """Those given, and one for each pair that is split."""
        return self.pairs.left_count + len(self.left)

    @property
    def right_count(self) -> int:
        """As it was."""
        return self.pairs.right_count

    @property
    def weight_range(self) -> tuple[int, int]:
        """As it was."""
        return self.pairs.weight_range

    @property
    def rows_per_block(self) -> int:
        """As it was."""
        return self.pairs.rows_per_block

    def block(self, start: int, stop: int) -> PairBlock:
        """What is left of the pairs of left nodes ``start`` to ``stop``, and the further nodes there."""
        given = self.pairs.left_count
        block = self._given(min(start, given), min(stop, given))
        new = slice(max(start - given, 0), max(stop - given, 0))
        units = self.units[new]
        if not len(units):
            return replace(block, start=start, stop=stop)
        capacity = block.capacity
        if capacity is not None or (units > 1).any():
            if capacity is None:
                capacity = np.ones(len(block.right), np.int64)
            capacity = np.concatenate([capacity, units])
        return PairBlock(
            start,
            stop,
            np.concatenate([block.first, block.first[-1] + 1 + np.arange(len(units))]),
            np.concatenate([block.right, self.right[new]]),
            np.concatenate([block.weight, self.weight[new]]),
            capacity,
        )

    def _given(self, start: int, stop: int) -> PairBlock:
        """The pairs given less what is split off; those of which nothing is left are left out."""
        block = cast("PairBlock", self.pairs.block(start, stop))  # only lists are split
        at, mine = places(block, self.left, self.right, self.right_count)
        if not len(at):
            return block
        capacity = block.capacity
        if capacity is None:
            gone = at
        else:
            capacity = capacity.copy()
            capacity[at] = self.rest[mine]
            gone = at[self.rest[mine] == 0]
            capacity = np.delete(capacity, gone)
        return replace(
            block,
            first=block.first - np.searchsorted(gone, block.first),
            right=np.delete(block.right, gone),
            weight=np.delete(block.weight, gone),
            capacity=capacity,
        )


def places(
    block: PairBlock, left: Int32, right: Int32, right_count: int
) -> tuple[Int64, Int64]:
    """Where pairs (int32 (n,) both, ascending by (left, right)) stand in a block, and which of them do."""
    mine = np.arange(*np.searchsorted(left, [block.start, block.stop]))
    wanted = left[mine].astype(np.int64) * right_count + right[mine]
    key = block.rows().astype(np.int64) * right_count + block.right
    at = np.searchsorted(key, wanted)
    here: Mask = at < len(key)
    here[here] = key[at[here]] == wanted[here]
    return at[here], mine[here]
