"""Points for spans of labels: bounds that hold for any resource and label."""

from __future__ import annotations

import numpy as np

from matchkit.compile.terms.pairs import LabelPoints, LabelSpans


def test_the_range_is_all_that_a_resource_may_lose_and_all_that_it_may_get() -> None:
    """One may lose 5 or get 3, another lose 2 and 1 or get 4."""
    given = [[(0, 1, -5), (1, 2, 3)], [(0, 2, -2), (0, 1, -1), (1, 2, 4)]]
    points = LabelPoints(np.array([0, 1]), LabelSpans(given))
    assert points.range == (-5, 4)


def test_without_points_there_is_nothing_between_nought_and_nought() -> None:
    assert LabelPoints(np.array([0]), LabelSpans([[], [(0, 1, 0)]])).range == (0, 0)
