"""The residual network of a plan: its two ways to longest paths agree, and they say what a unit is worth."""

from __future__ import annotations

import pytest
from by_hand import demand, need, problem, resource
from random_problems import random_problem, seeded

import matchkit as mk
from matchkit.compile.instance import Instance
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.model import CommunityCap, UnitCap


def test_longest_paths_under_prices_are_those_found_by_sweeps_without_any() -> None:
    """Of random flows with caps and locks: the same nodes are reached, and by every goal the lengths are the same,
    from the root and to it. Nodes that locks use up whole have no arcs under prices.
    """
    compared = 0
    for seed in range(60):
        given = random_problem(seeded(seed), 8, 4, flow_only=True)
        try:
            plan = mk.solve(given)
        except mk.MatchkitError:
            continue
        network, sweeps = (
            ResidualNetwork(PlanState(given, plan)),
            ResidualFlow(PlanState(given, plan)),
        )
        assert network.paths is not None, seed
        assert network.size == sweeps.links.node_count
        for (one, reached), (other, found) in (
            (network.paths.from_root, sweeps.from_root),
            (network.paths.to_root, sweeps.to_root),
        ):
            assert (reached <= found).all(), seed
            assert (one[reached] == other[reached]).all(), seed
            compared += int(reached.sum())
    assert compared > 500


def test_a_unit_is_worth_what_the_best_chain_to_the_root_gains() -> None:
    """A serves d1 (tier 1) and nobody d2 (tier 2): another unit of A would serve d2, one that comes to the full d1
    would displace A, who then serves d2.
    """
    given = problem(
        [resource("A")],
        [demand("d1", need("q1")), demand("d2", need("q2"), tier=2)],
    )
    plan = mk.solve(given)
    network = ResidualNetwork(PlanState(given, plan))
    assert network.paths is not None
    lengths, reached = network.paths.to_root
    names = [aim.name for aim in network.state.aims]
    assert names == ["tier 1", "tier 2", "weight"]
    assert reached.all()
    assert lengths[network.lefts[0]][:2].tolist() == [0, 1]
    assert lengths[network.rights[0]][:2].tolist() == [0, 1]
    assert lengths[network.rights[1]][:2].tolist() == [0, 1]
    lengths, _ = network.paths.from_root
    assert lengths[network.lefts[0]][:2].tolist() == [-1, 0]


@pytest.mark.parametrize("seed", range(8))
def test_goals_of_a_requirements_next_and_last_unit_are_the_first_that_count_them(
    seed: int,
) -> None:
    """By the definition in docs/explanations.md, requirement by requirement."""
    given = random_problem(seeded(seed), 6, 3)
    plan = mk.solve(given)
    network = ResidualNetwork(PlanState(given, plan))
    aims, state = Instance(given).aims, network.state

    def first(measure: str, tier: int) -> int:
        counted = [
            number
            for number, aim in enumerate(aims)
            if any(
                part.measure == measure and part.tier in (None, tier)
                for part in aim.parts
            )
        ]
        return counted[0] if counted else len(aims)

    for right, (has, least, tier) in enumerate(
        zip(
            state.taken.tolist(),
            state.minimum.tolist(),
            state.tier.tolist(),
            strict=True,
        )
    ):
        assert network.next_goal[right] == first(
            "minimum" if has < least else "filled", tier
        )
        if has:
            assert network.last_goal[right] == first(
                "minimum" if has <= least else "filled", tier
            )


def test_a_cap_that_is_full_leaves_no_way_past_it() -> None:
    """B has a unit left, but the unit U1 gives one at most; C1 takes one at most too."""
    given = problem(
        [resource("A"), resource("B")],
        [demand("d", need("q", wanted=2))],
        UnitCap(unit="U1", most=1),
        CommunityCap(community="C1", most=1),
    )
    network = ResidualNetwork(PlanState(given, mk.solve(given)))
    assert network.paths is not None
    lengths, _ = network.paths.from_root
    assert [lengths[left][0] for left in network.lefts] == [-1, -1]
