"""Longest paths of residual graphs against Bellman and Ford's in plain Python: in sweeps, node by node, and
where going node by node is given up.
"""

from __future__ import annotations

import numpy as np
import pytest

from matchkit.engines.problem import FlowArcs
from matchkit.solvers.flow import residual
from matchkit.solvers.flow.residual import UNREACHED, NotOptimalError, longest_paths

Arc = tuple[int, int, int]
WAYS = {"sweeps": (10**6, 0, 1), "nodes": (0, 10**6, 20), "given up": (0, 10**6, 0.2)}
"""CRAWL_AFTER, CRAWL_BELOW and CRAWL_PATIENCE: when to go node by node, and for how long."""


def by_hand(nodes: int, arcs: list[Arc]) -> list[int] | None:
    """The length of the longest path from node 0 to each, None where a cycle of positive gain is reached."""
    length = [0] + [UNREACHED] * (nodes - 1)
    for _ in range(nodes):
        before = list(length)
        for tail, head, gain in arcs:
            if before[tail] != UNREACHED:
                length[head] = max(length[head], before[tail] + gain)
        if length == before:
            return length
    return None


def as_arcs(arcs: list[Arc]) -> FlowArcs:
    tail, head, gain = (
        np.array([arc[field] for arc in arcs], np.int64) for field in range(3)
    )
    return FlowArcs(
        tail.astype(np.int32), head.astype(np.int32), np.ones_like(gain), gain
    )


def drawn(seed: int) -> tuple[int, list[Arc]]:
    """A long chain from the root whose nodes have numbers at random, and shortcuts that are mostly worse."""
    rng = np.random.default_rng(seed)
    nodes = int(rng.integers(2, 40))
    order = [0, *(1 + rng.permutation(nodes - 1)).tolist()]
    potential = np.sort(rng.integers(0, 100, nodes))
    arcs = [
        (order[one], order[other], int(potential[other] - potential[one]) + bonus)
        for one, other, bonus in [
            *((number, number + 1, 0) for number in range(nodes - 1)),
            *(
                (*rng.integers(0, nodes, 2).tolist(), -int(rng.integers(0, 30)))
                for _ in range(2 * nodes)
            ),
        ]
    ]
    if seed % 3 == 0:  # mostly a cycle of positive gain
        one, other = rng.integers(0, nodes, 2).tolist()
        arcs.append((order[one], order[other], int(rng.integers(0, 40))))
    return nodes, arcs


@pytest.mark.parametrize("way", WAYS)
def test_lengths_are_those_by_hand_and_a_cycle_that_gains_is_refused(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in zip(("AFTER", "BELOW", "PATIENCE"), WAYS[way], strict=True):
        monkeypatch.setattr(residual, f"CRAWL_{name}", value)
    refused = 0
    for seed in range(60):
        nodes, arcs = drawn(seed)
        parts = [as_arcs(arcs[number::3]) for number in range(3)]
        expected = by_hand(nodes, arcs)
        if expected is None:
            refused += 1
            with pytest.raises(NotOptimalError):
                longest_paths(0, nodes, *parts)
        else:
            found = longest_paths(0, nodes, *parts).tolist()
            assert [
                one if one > UNREACHED // 2 else UNREACHED for one in found
            ] == expected
    assert 5 < refused < 30
