"""Sums and paths at the edge of 64 bits, by hand."""

from __future__ import annotations

import numpy as np

from matchkit.engines.problem import FlowArcs
from matchkit.solvers.flow.certificate import sum_of_products
from matchkit.solvers.flow.prices import exact_dot
from matchkit.solvers.flow.residual import UNREACHED, tight


def test_sums_of_products_are_exact_beyond_64_bits() -> None:
    first, second = np.array([2**40, 3, -(2**39)]), np.array([2**30, 5, 2**31 + 1])
    by_hand = 2**70 + 15 - (2**70 + 2**39)
    assert sum_of_products(first, second) == by_hand
    assert exact_dot(first, second) == by_hand
    assert sum_of_products(np.array([2**40]), np.array([2**30])) == 2**70
    assert sum_of_products(np.array([7, -2]), np.array([3, 4])) == 13


def test_no_arc_between_nodes_that_nothing_reaches_is_tight() -> None:
    ends, one = np.array([0, 2, 0, 2], np.int32), np.ones(4, np.int64)
    heads = np.array([1, 3, 3, 1], np.int32)
    length = np.array([0, 5, UNREACHED, UNREACHED + 5])
    assert tight(FlowArcs(ends, heads, one, 5 * one), length).tolist() == [
        True,
        False,
        False,
        False,
    ]
    assert tight(FlowArcs(ends, heads, one, 4 * one), length).tolist() == [False] * 4
