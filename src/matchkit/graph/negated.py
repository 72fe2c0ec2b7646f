"""Candidates with every weight turned round, so that one search serves the greatest and the least weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchkit.graph.candidates import Block, Candidates, Integers, MatrixBlock, PairBlock


@dataclass(frozen=True, slots=True)
class Negated:
    """The same candidates with every weight turned round: the least weight is the greatest of these."""

    pairs: Candidates

    @property
    def left_count(self) -> int:
        """As it was."""
        return self.pairs.left_count

    @property
    def right_count(self) -> int:
        """As it was."""
        return self.pairs.right_count

    @property
    def weight_range(self) -> tuple[int, int]:
        """Turned round."""
        least, greatest = self.pairs.weight_range
        return -greatest, -least

    @property
    def rows_per_block(self) -> int:
        """As it was."""
        return self.pairs.rows_per_block

    def block(self, start: int, stop: int) -> Block:
        """The block with its weights turned round (a copy of the block)."""
        block = self.pairs.block(start, stop)
        weight = _turned(block.weight)
        if isinstance(block, MatrixBlock):
            return MatrixBlock(start, stop, weight, block.absent)
        return PairBlock(start, stop, block.first, block.right, weight, block.capacity)


def _turned(weight: Integers) -> Integers:
    """Minus the weights, in a dtype that holds them."""
    whole = weight.dtype == np.int64 or (
        weight.dtype == np.int32 and (not weight.size or weight.min() > np.iinfo(np.int32).min)
    )
    return np.negative(weight if whole else weight.astype(np.int64))
