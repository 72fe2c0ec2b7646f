"""The loop with so few pairs a round that it needs many: it ends where all pairs given at once end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from graph_cases import goals_of

from matchkit.deadline import Deadline
from matchkit.engines.cost_scaling import MinCostFlow
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import MatrixBlock
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.solvers.flow import nearby, stages, start
from matchkit.solvers.flow import rounds as rounds_of_loop
from matchkit.solvers.flow.packed_goals import pack_goals
from matchkit.solvers.flow.prices import goal_values
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.flow.stages import lexicographic_flow
from matchkit.solvers.flow.subnetwork import Pairs, links_of
from matchkit.solvers.match import solve_network


def _tree(rng: np.random.Generator, nodes: int) -> CapTree:
    caps = int(rng.integers(0, 7))
    parent = [
        -1 if cap == 0 or rng.random() < 0.4 else int(rng.integers(0, cap))
        for cap in range(caps)
    ]
    of = (
        np.where(rng.random(nodes) < 0.2, -1, rng.integers(0, max(caps, 1), nodes))
        if caps
        else np.full(nodes, -1)
    )
    return CapTree(
        of.astype(np.int32),
        np.array(parent, np.int32),
        rng.integers(0, max(2, nodes // 2 + 1), caps),
    )


def _network(seed: int) -> tuple[Network, Goals]:
    """Up to 60 x 60, with ties or negative weights, caps, minimums, tiers; dense or a list with edge
    capacities.
    """
    rng = np.random.default_rng(seed)
    left, right = (int(rng.integers(1, 60)) for _ in range(2))
    low, high = (
        (-20, 20)
        if rng.random() < 0.4
        else (0, int(rng.choice([2, 5, 1_000, 100_000])))
    )
    weight, density = rng.integers(low, high, (left, right)), rng.random()
    many = rng.integers(0, 4, left) if rng.random() < 0.5 else np.ones(left, np.int64)
    slots = rng.integers(0, 6, right)
    limits = {
        "left_capacity": many,
        "right_capacity": slots,
        "left_minimum": np.minimum(
            rng.integers(0, 2, left) * (rng.random() < 0.2), many
        ),
        "right_minimum": np.minimum(rng.integers(0, 3, right), slots),
    }
    there = rng.random((left, right)) < density
    if rng.random() < 0.5:
        graph = BipartiteGraph.from_matrix(weight, absent=~there, **limits)
    else:
        i, j = np.nonzero(there)
        graph = BipartiteGraph.from_arrays(
            i, j, weight[i, j], edge_capacity=rng.integers(1, 3, len(i)), **limits
        )
    tiers = int(rng.integers(1, 4))
    tier = rng.integers(0, tiers, right)
    names = (
        *(
            f"{part} {number}"
            for number in range(tiers)
            for part in ("minimum", "tier")
        ),
        "weight",
    )
    network = Network(
        graph.pairs,
        graph.left_capacity,
        graph.right_capacity,
        _tree(rng, left),
        _tree(rng, right),
    )
    first = 0 if limits["left_minimum"].any() else -1
    return network, goals_of(
        names,
        network,
        (graph.left_minimum, np.full(left, first)),
        (graph.right_minimum, 2 * tier, 2 * tier + 1),
        weighted=True,
    )


def _all_at_once(network: Network, goals: Goals) -> tuple[int, ...]:
    """Goals reached by one exact flow after another on all pairs, one goal a word."""
    block = network.pairs.block(0, network.pairs.left_count)
    if isinstance(block, MatrixBlock):
        assert block.absent is not None
        left, right = np.nonzero(~block.absent)
        weight, capacity = block.weight[left, right], np.ones(len(left), np.int64)
    else:
        left, right, weight, capacity = (
            block.rows(),
            block.right,
            block.weight,
            block.capacity,
        )
    pairs = Pairs(
        left.astype(np.int32), right.astype(np.int32), weight.astype(np.int64), capacity
    )
    links, words = links_of(network, goals), pack_goals(network, goals)
    flow = lexicographic_flow(pairs, links, words, MinCostFlow())
    return goal_values(links, pairs, flow, goals.weight)


def test_few_pairs_a_round_reach_the_value_of_all_pairs_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "FEW_A_NODE", 1)
    for name in ("ADDED", "KEPT", "NEAR"):
        monkeypatch.setattr(rounds_of_loop, name, 1)
    rounds = []
    for seed in range(400):
        network, goals = _network(seed)
        solution = solve_network(network, goals, "auto")
        assert solution.value == solution.bound == _all_at_once(network, goals), seed
        rounds.append(solution.rounds)
    assert max(rounds) >= 5
    assert sum(count > 1 for count in rounds) >= 40


def test_components_solved_apart_reach_the_same_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stages, "PAIRS_PER_BATCH", 1)
    for seed in range(1_000, 1_200):
        network, goals = _network(seed)
        solution = solve_network(network, goals, "auto")
        assert solution.value == solution.bound
        monkeypatch.setattr(stages, "PAIRS_PER_BATCH", 10**9)
        assert solution.value == _all_at_once(network, goals), seed
        monkeypatch.setattr(stages, "PAIRS_PER_BATCH", 1)


def test_a_loop_stopped_early_still_has_a_bound_that_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "FEW_A_NODE", 1)
    monkeypatch.setattr(rounds_of_loop, "ADDED", 1)
    early = 0
    for seed in range(2_000, 2_200):
        network, goals = _network(seed)
        solution = solve_network(
            network, goals, "auto", Limits(deadline=Deadline.within(0.0))
        )
        best = _all_at_once(network, goals)
        assert solution.value <= best
        assert solution.bound is not None
        assert best <= solution.bound
        early += solution.stopped == "time_limit"
    assert early >= 10


def test_a_goal_whose_unit_is_the_whole_room_begins_a_word_of_its_own() -> None:
    """Three goals over one left and one right node, no caps: a radix of 9, so units of 1, 9 and 81."""
    network = Network(
        pairs=BipartiteGraph.from_arrays([0], [0], [0]).pairs,
        left_capacity=np.ones(1, np.int64),
        right_capacity=np.ones(1, np.int64),
        left_tree=CapTree.none(1),
        right_tree=CapTree.none(1),
    )
    none = UnitSteps.none(3)
    goals = Goals(("a", "b", "c"), False, none, none, none, none)
    nodes = network.node_count
    words = {
        room: [
            word.units for word in pack_goals(network, goals, 2 * room * (nodes + 1))
        ]
        for room in (81, 82)
    }
    assert words == {81: [(1,), (9, 1)], 82: [(81, 9, 1)]}


def test_few_rounds_begin_at_the_flow_before_and_are_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However near the arcs must lie to be solved again: what is too near is found out, and solved anew."""
    monkeypatch.setattr(start, "FEW_A_NODE", 1)
    monkeypatch.setattr(rounds_of_loop, "ADDED", 1)
    kept = dict[int, int]()
    for far in (0, 1, nearby.FAR):
        monkeypatch.setattr(nearby, "FAR", far)
        whole = list[int]()

        def told(*given: Any, whole: list[int] = whole) -> Any:
            whole.append(1)
            return lexicographic_flow(*given)

        monkeypatch.setattr(rounds_of_loop, "lexicographic_flow", told)
        for seed in range(3_000, 3_150):
            network, goals = _network(seed)
            solution = solve_network(network, goals, "auto")
            assert solution.value == solution.bound == _all_at_once(network, goals)
        kept[far] = len(whole)
    assert kept[0] > kept[nearby.FAR] + 5, "a flow that is not near enough is not kept"
