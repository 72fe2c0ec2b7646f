"""All pairs of candidates in one list: block by block, in order, and never more of them than are allowed."""

from __future__ import annotations

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.errors import BudgetError
from matchkit.graph.candidates import PairBlock
from matchkit.solvers.flow.subnetwork import listed

KEY = "lottery.pairs_many"


class _Endless:
    """Candidates of a thousand million left nodes with two pairs each, which count the blocks asked for."""

    left_count, right_count, rows_per_block = 10**9, 2, 1
    weight_range = (0, 0)

    def __init__(self) -> None:
        self.asked = 0

    def block(self, start: int, stop: int) -> PairBlock:
        self.asked += 1
        rights = np.arange(2, dtype=np.int32)
        first = np.array([0, 2], np.int64)
        return PairBlock(start, stop, first, rights, np.zeros(2, np.int32))


def test_pairs_are_refused_before_more_than_are_allowed_are_built() -> None:
    endless = _Endless()
    with pytest.raises(BudgetError) as caught:
        listed(endless, 5, KEY)
    assert str(caught.value) == pinned.text(KEY, most=5)
    assert endless.asked == 3


@pytest.mark.parametrize("rows", [0, 1, 700, 3_000])
def test_pairs_of_a_matrix_are_its_cells_but_for_those_absent(rows: int) -> None:
    random = np.random.default_rng(rows)
    weight = random.integers(-9, 9, (rows, 200))
    absent = random.random(weight.shape) < 0.5
    graph = mk.BipartiteGraph.from_matrix(weight, absent=absent)
    pairs, present = listed(graph.pairs, rows * 200, KEY)
    assert rows < 3_000 or graph.pairs.rows_per_block < rows
    assert present is not None and (present == ~absent).all()
    left, right = np.nonzero(~absent)
    assert (pairs.left == left).all() and (pairs.right == right).all()
    assert (pairs.weight == weight[~absent]).all() and (pairs.capacity == 1).all()


def test_pairs_of_a_list_keep_their_capacity() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [1, 0, 0], [0, 1, 0], [5, 6, 7], edge_capacity=[2, 3, 4]
    )
    pairs, present = listed(graph.pairs, 3, KEY)
    assert present is None
    rows = zip(pairs.left, pairs.right, pairs.weight, pairs.capacity, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [
        (0, 0, 7, 4),
        (0, 1, 6, 3),
        (1, 0, 5, 2),
    ]
