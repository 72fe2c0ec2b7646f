"""Weakly stable matchings of greatest size and weight, strong and super stability, minimums and couples, each
against every matching of small games.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stable_campaign as campaign
import stable_cases as cases

from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.truncation import useful


@pytest.mark.parametrize("objective", campaign.GREATEST)
@pytest.mark.parametrize("ties", [True, False])
def test_the_stable_matching_of_greatest_size_and_weight(
    objective: Any, ties: bool
) -> None:
    seen = campaign.greatest(range(90), objective, ties)
    assert seen["cases"] > 50
    if ties or objective == "weight":
        assert seen["more"] > 0, seen


def test_units_on_pairs_are_sought_too() -> None:
    seen = campaign.greatest(range(120), "cardinality", True, 2)
    assert seen["cases"] > 30


@pytest.mark.parametrize("kind", ["strong", "super"])
def test_strong_and_super_stability_with_the_fewest_pairs_that_block(kind: Any) -> None:
    seen = campaign.fewest(range(120), kind)
    assert min(seen[f"{count} block"] for count in range(3)) > 2, seen
    campaign.fewest(
        range(10_805, 10_806), kind
    )  # three block, and one node has no place


@pytest.mark.parametrize("ties", [True, False])
def test_minimums_come_first_then_the_fewest_pairs_that_block(ties: bool) -> None:
    assert len(campaign.minimums(range(120), ties)) >= 7


def test_couples_with_the_fewest_pairs_and_choices_that_block() -> None:
    seen = campaign.couples_of(range(250))
    assert seen["0 block"] > 100
    assert seen["1 block"] > 3, seen


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_lists_keep_every_pair_of_every_matching_that_so_few_pairs_block(
    allowed: int,
) -> None:
    """And every pair that blocks it."""
    cut = 0
    for seed, game in campaign.games(range(150), ties=True):
        pairs = RankedPairs(
            *(np.array([pair[k] for pair in game.pairs], np.int64) for k in range(5)),
            np.array(game.left),
            np.array(game.right),
        )
        kept = np.ones(len(game.pairs), bool)
        alone = np.ones(len(game.left), bool)
        kept = useful(pairs, kept, allowed, alone)
        for plan in cases.every(game):
            blocks = cases.blocks(game, plan)
            if len(blocks) <= allowed:
                used = {k for k, units in enumerate(plan) if units}
                used |= {k for k, p in enumerate(game.pairs) if p[:2] in blocks}
                assert used <= set(np.flatnonzero(kept).tolist()), seed
        cut += int((~kept).sum())
    assert cut > (150, 30, 0)[allowed]
