"""matchkit and OR-Tools' bare min-cost flow on the same pairs, as functions from an instance to the value
found.
"""

from __future__ import annotations

import numpy as np

from benchmarks.instances import Index, Pairs, Weights, Whole
from matchkit import (
    BipartiteGraph,
    match,
)  # loaded here, so that no measured time holds it
from matchkit.solvers.matching import Matching


def matchkit_pairs(pairs: Pairs, engine: str = "auto") -> int:
    """The graph from arrays, and the matching of greatest weight."""
    graph = BipartiteGraph.from_arrays(
        pairs.left,
        pairs.right,
        pairs.weight,
        left_capacity=pairs.left_capacity,
        right_capacity=pairs.right_capacity,
    )
    matching = match(graph, engine=engine)
    if matching.flow is None:
        raise ValueError("a graph from arrays gave no flow")
    return _proven(matching, int(pairs.weight @ matching.flow))


def matchkit_matrix(weight: Weights, slots: Whole) -> int:
    """The graph on the dense matrix as it stands, one unit a row, and the matching of greatest weight."""
    matching = match(BipartiteGraph.from_matrix(weight, right_capacity=slots))
    return _proven(matching, _worth(matching, weight))


def matchkit_assignment(cost: Weights, engine: str = "auto") -> int:
    """Every row to a column of its own at the least cost."""
    matching = match(
        BipartiteGraph.from_matrix(cost),
        "cardinality then weight",
        minimize=True,
        engine=engine,
    )
    if len(matching.pairs) != len(cost):
        raise ValueError(f"{len(matching.pairs)} of {len(cost)} rows are assigned")
    return _proven(matching, _worth(matching, cost))


def raw_flow_pairs(pairs: Pairs) -> int:
    """OR-Tools' min-cost flow given all pairs: build, solve, and read which pairs were chosen."""
    return raw_flow(
        pairs.left, pairs.right, pairs.weight, pairs.left_capacity, pairs.right_capacity
    )


def raw_flow_matrix(weight: Weights, slots: Whole) -> int:
    """The same given every cell of the matrix."""
    lefts, rights = weight.shape
    left = np.repeat(np.arange(lefts, dtype=np.int32), rights)
    right = np.tile(np.arange(rights, dtype=np.int32), lefts)
    return raw_flow(
        left, right, weight.ravel().astype(np.int64), np.ones(lefts, np.int64), slots
    )


def raw_flow(
    left: Index,
    right: Index,
    weight: Whole,
    left_capacity: Whole,
    right_capacity: Whole,
) -> int:
    """Greatest weight as a flow from left nodes through pairs and right nodes to one sink; what stays idle
    goes there directly.
    """
    from ortools.graph.python import min_cost_flow

    lefts, rights = len(left_capacity), len(right_capacity)
    sink, flow = lefts + rights, min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        left, right + np.int32(lefts), np.ones(len(left), np.int64), -weight
    )
    for first, capacity in ((0, left_capacity), (lefts, right_capacity)):
        nodes = np.arange(first, first + len(capacity), dtype=np.int32)
        flow.add_arcs_with_capacity_and_unit_cost(
            nodes,
            np.full(len(nodes), sink, np.int32),
            capacity,
            np.zeros(len(nodes), np.int64),
        )
    supply = np.concatenate(
        [left_capacity, np.zeros(rights, np.int64), [-left_capacity.sum()]]
    )
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    if flow.solve() != flow.OPTIMAL:
        raise ValueError("OR-Tools min-cost flow found no optimum")
    chosen = np.flatnonzero(flow.flows(np.arange(len(left), dtype=np.int32)))
    return int(weight[chosen].sum())


def _worth(matching: Matching, weight: Weights) -> int:
    chosen = matching.pairs
    return int(weight[chosen.left, chosen.right].astype(np.int64) @ chosen.quantity)


def _proven(matching: Matching, worth: int) -> int:
    """What the chosen pairs are worth, as the matching says itself and as its bound proves."""
    if matching.status != "optimal" or not matching.value == matching.bound == worth:
        raise ValueError(
            f"the matching is {matching.status}: value {matching.value}, bound {matching.bound}, "
            f"pairs worth {worth}"
        )
    return worth
