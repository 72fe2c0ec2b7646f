"""The fingerprint of a problem knows which points belong to which pair, and no order of them."""

from __future__ import annotations

import matchkit as mk
from matchkit.model import Scores
from matchkit.solving.digest import digest


def stated(*scores: Scores) -> str:
    demand = mk.Demand(
        id="D",
        community="C",
        requirements=[mk.Requirement(id="Q1"), mk.Requirement(id="Q2")],
    )
    people = [mk.Resource(id="R1", unit="U"), mk.Resource(id="R2", unit="U")]
    lists = {
        "units": [mk.Unit(id="U")],
        "communities": [mk.Community(id="C")],
        "resources": people,
        "demands": [demand],
    }
    return digest(mk.Problem(**lists, scores=scores))


FIRST = Scores(resource="R1", requirements=["Q1", "Q2"], points=[3, 5])
SECOND = Scores(resource="R2", requirements=["Q1"], points=[7])


def test_the_order_of_scores_and_of_the_pairs_within_one_means_nothing() -> None:
    turned = Scores(resource="R1", requirements=["Q2", "Q1"], points=[5, 3])
    assert stated(FIRST, SECOND) == stated(SECOND, FIRST) == stated(turned, SECOND)


def test_points_of_another_pair_or_resource_are_another_problem() -> None:
    swapped = Scores(resource="R1", requirements=["Q1", "Q2"], points=[5, 3])
    other = Scores(resource="R2", requirements=["Q1", "Q2"], points=[3, 5])
    assert (
        len(
            {
                stated(FIRST),
                stated(swapped),
                stated(other),
                stated(FIRST, SECOND),
                stated(),
            }
        )
        == 5
    )
