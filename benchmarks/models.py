"""Maximum-weight b-matching in the models that users write by hand; each a function from an instance to the
value.

Every solver keeps its own defaults, but for a relative gap of 0: nobody may stop short of the optimum.
"""

from __future__ import annotations

import numpy as np

from benchmarks.instances import Index, Pairs, Whole


def scipy_milp(pairs: Pairs) -> int:
    """One binary a pair, one row a node, by scipy.optimize.milp (HiGHS)."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    count, lefts = len(pairs.weight), len(pairs.left_capacity)
    most = np.concatenate([pairs.left_capacity, pairs.right_capacity])
    ends = np.column_stack([pairs.left, pairs.right + lefts]).ravel()
    rows = csc_array(
        (np.ones(2 * count), ends, np.arange(0, 2 * count + 1, 2)),
        shape=(len(most), count),
    )
    found = milp(
        -pairs.weight.astype(float),
        constraints=LinearConstraint(rows, -np.inf, most),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.status != 0:
        raise ValueError(f"milp: {found.message}")
    return int(pairs.weight[found.x > 0.5].sum())


def pulp_cbc(pairs: Pairs) -> int:
    """The same written with PuLP, solved by the CBC that comes with it."""
    import pulp

    problem = pulp.LpProblem("matching", pulp.LpMaximize)
    chosen = [
        pulp.LpVariable(f"x{pair}", cat="Binary") for pair in range(len(pairs.weight))
    ]
    problem += pulp.lpSum(
        weight * variable
        for weight, variable in zip(pairs.weight.tolist(), chosen, strict=True)
    )
    for ends, most in (
        (pairs.left, pairs.left_capacity),
        (pairs.right, pairs.right_capacity),
    ):
        for own, limit in zip(_by_node(ends, len(most)), most.tolist(), strict=True):
            problem += pulp.lpSum(chosen[pair] for pair in own) <= limit
    if problem.solve(pulp.PULP_CBC_CMD(msg=False)) != pulp.LpStatusOptimal:
        raise ValueError("CBC found no optimum")
    return int(pairs.weight[[variable.value() > 0.5 for variable in chosen]].sum())


def cp_sat(pairs: Pairs) -> int:
    """The same written for CP-SAT, with as many workers as it takes by itself."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"x{pair}") for pair in range(len(pairs.weight))]
    for ends, most in (
        (pairs.left, pairs.left_capacity),
        (pairs.right, pairs.right_capacity),
    ):
        for own, limit in zip(_by_node(ends, len(most)), most.tolist(), strict=True):
            model.add(sum(chosen[pair] for pair in own) <= limit)
    model.maximize(
        sum(
            weight * variable
            for weight, variable in zip(pairs.weight.tolist(), chosen, strict=True)
        )
    )
    solver = cp_model.CpSolver()
    if solver.solve(model) != cp_model.OPTIMAL:
        raise ValueError("CP-SAT found no optimum")
    return int(
        pairs.weight[[solver.boolean_value(variable) for variable in chosen]].sum()
    )


def networkx_simplex(pairs: Pairs) -> int:
    """A flow to one sink by networkx.network_simplex."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_node("sink", demand=int(pairs.left_capacity.sum()))
    for node, capacity in enumerate(pairs.left_capacity.tolist()):
        graph.add_node(("left", node), demand=-capacity)
        graph.add_edge(("left", node), "sink", weight=0)
    for node, capacity in enumerate(pairs.right_capacity.tolist()):
        graph.add_edge(("right", node), "sink", weight=0, capacity=capacity)
    for left, right, weight in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.weight.tolist(), strict=True
    ):
        graph.add_edge(("left", left), ("right", right), weight=-weight, capacity=1)
    cost, _ = nx.network_simplex(graph)
    return -int(cost)


def _by_node(ends: Index, nodes: int) -> list[Whole]:
    order = np.argsort(ends, kind="stable")
    return np.split(order, np.searchsorted(ends[order], np.arange(1, nodes)))
