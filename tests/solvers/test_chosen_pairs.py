"""Pairs that a solution chose, looked up again in the blocks that they are said to be of."""

from __future__ import annotations

import numpy as np
import pytest

from matchkit.graph.candidates import MatrixBlock, PairBlock
from matchkit.solvers.flow.chosen import listed_wrong, stated_wrong
from matchkit.solvers.flow.subnetwork import Pairs


def pairs(*entries: tuple[int, int, int, int]) -> Pairs:
    """Pairs given as (left, right, weight, capacity)."""
    left, right, weight, capacity = np.array(entries, np.int64).reshape(-1, 4).T
    return Pairs(left.astype(np.int32), right.astype(np.int32), weight, capacity)


LISTED = PairBlock(
    3,
    6,
    np.array([0, 2, 2, 3]),
    np.array([1, 4, 0], np.int32),
    np.array([7, 8, 9]),
    np.array([1, 2, 1]),
)
"""Rows 3 to 5: (3, 1) of weight 7, (3, 4) of 8 and two units, (5, 0) of 9."""
MATRIX = MatrixBlock(
    3, 5, np.array([[1, 2], [3, 4]]), np.array([[False, True], [False, False]])
)
"""Rows 3 and 4, without (3, 1)."""


@pytest.mark.parametrize(
    ("block", "entries"),
    [
        (
            LISTED,
            [(2, 9, 0, 1), (3, 1, 7, 1), (3, 4, 8, 2), (5, 0, 9, 1), (6, 9, 0, 1)],
        ),
        (LISTED, [(2, 9, 0, 1)]),
        (MATRIX, [(2, 9, 0, 1), (3, 0, 1, 1), (4, 1, 4, 1), (5, 9, 0, 1)]),
    ],
)
def test_pairs_as_the_block_has_them_are_right(
    block: PairBlock | MatrixBlock, entries: list[tuple[int, int, int, int]]
) -> None:
    assert stated_wrong(block, pairs(*entries)) is None


@pytest.mark.parametrize(
    ("block", "wrong", "key"),
    [
        (LISTED, (3, 0, 7, 1), "candidate"),
        (LISTED, (4, 1, 7, 1), "candidate"),
        (LISTED, (5, 4, 9, 1), "candidate"),
        (LISTED, (3, 4, 7, 2), "stated"),
        (LISTED, (3, 4, 8, 1), "stated"),
        (LISTED, (5, 0, 9, 2), "stated"),
        (MATRIX, (3, 1, 2, 1), "candidate"),
        (MATRIX, (4, 0, 4, 1), "stated"),
        (MATRIX, (4, 0, 3, 2), "stated"),
        (
            PairBlock(3, 6, np.zeros(4, np.int64), *[np.zeros(0, np.int32)] * 2),
            (3, 0, 7, 1),
            "candidate",
        ),
    ],
)
def test_another_pair_weight_or_capacity_is_wrong_and_named(
    block: PairBlock | MatrixBlock, wrong: tuple[int, int, int, int], key: str
) -> None:
    found = stated_wrong(block, pairs((2, 9, 0, 1), wrong))
    assert found is not None
    assert found.key == f"matching.wrong.{key}"
    assert dict(found.values)["pair"] == str(wrong[:2])


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ([(0, 0, 1, 1), (2, 3, 1, 1)], None),
        ([], None),
        ([(0, 0, 1, 1), (3, 3, 1, 1)], "node"),
        ([(0, 4, 1, 1)], "node"),
        ([(-1, 0, 1, 1)], "node"),
        ([(0, -1, 1, 1)], "node"),
        ([(1, 1, 1, 1), (1, 1, 1, 1)], "order"),
        ([(1, 1, 1, 1), (0, 3, 1, 1)], "order"),
    ],
)
def test_nodes_beyond_the_ends_and_pairs_listed_twice_are_wrong(
    entries: list[tuple[int, int, int, int]], key: str | None
) -> None:
    found = listed_wrong(pairs(*entries), 3, 4)
    assert (found and found.key) == (key and f"matching.wrong.{key}")
