"""Sets of slots that lie close to each other cover every two that do, and no others."""

import itertools

import numpy as np
import pytest

from matchkit.compile.rules.times import clique_cover


def near(size: int, edges: set[tuple[int, int]]) -> np.ndarray:
    found = np.zeros((size, size), np.bool_)
    for one, other in edges:
        found[one, other] = found[other, one] = True
    return found


def test_two_triangles_that_share_an_edge_are_two_sets() -> None:
    assert clique_cover(near(5, {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)})) == [
        [0, 1, 2],
        [1, 3, 2],
    ]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 64, 70])
def test_every_two_that_are_near_stand_in_one_set_and_every_set_is_as_large_as_can_be(
    size: int,
) -> None:
    random = np.random.default_rng(size)
    matrix = np.triu(random.random((size, size)) < 0.6, 1)
    matrix |= matrix.T
    sets = clique_cover(matrix)
    covered = {
        couple for members in sets for couple in itertools.permutations(members, 2)
    }
    assert covered == {(one, other) for one, other in np.argwhere(matrix).tolist()}
    for members in sets:
        assert not matrix[members].all(axis=0).any()  # nothing is near to all of them
