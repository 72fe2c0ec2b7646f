"""Two other engines on the same instances, written apart from matchkit's own model: networkx and SciPy's
HiGHS.

networkx' network simplex gets all goals in one Python integer of any size (integers only: with floats it may
not end). HiGHS solves one goal after another, each within the optimum of the one before, on values small
enough for doubles.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from graph_cases import Case, values
from scipy.optimize import Bounds, LinearConstraint, milp


def by_network_simplex(case: Case) -> tuple[tuple[int, ...], list[int]]:
    """Goals and flow of the best circulation. One radix above all that any goal can reach makes the goals one
    number.
    """
    units = min(
        sum(c for c, _ in case.left),
        sum(c for c, _ in case.right),
        sum(c for *_, c in case.pairs),
    )
    dearest = max((abs(w) for _, _, w, _ in case.pairs), default=0)
    radix = 4 * units * max(dearest, 1) + 5
    worth = [radix ** (len(case.names) - 1 - goal) for goal in range(len(case.names))]
    sign = -1 if case.minimise else 1
    graph = nx.MultiDiGraph()
    graph.add_node("root")

    def arc(tail: object, head: object, most: int, gain: int, name: object) -> None:
        if most > 0:
            graph.add_edge(tail, head, key=name, capacity=most, weight=-gain)

    for name, nodes, caps, goals in (
        ("left", case.left, case.left_caps, case.left_goal),
        ("right", case.right, case.right_caps, case.right_goal),
    ):
        for cap, most in enumerate(caps.most):
            _between(
                arc,
                name,
                (name, "cap", cap),
                _hub(name, caps.parent[cap]),
                most,
                0,
                "cap",
            )
        for node, (most, least) in enumerate(nodes):
            every = worth[case.every] if name == "right" and case.every >= 0 else 0
            above = _hub(name, caps.of[node])
            _between(
                arc,
                name,
                (name, node),
                above,
                least,
                every + (worth[goals[node]] if goals[node] >= 0 else 0),
                "minimum",
            )
            rest = (
                worth[case.right_rest[node]]
                if name == "right" and case.right_rest[node] >= 0
                else 0
            )
            _between(arc, name, (name, node), above, most - least, every + rest, "rest")
    for i, j, weight, most in case.pairs:
        arc(
            ("left", i),
            ("right", j),
            most,
            sign * weight if case.weighted else 0,
            "pair",
        )
    _, found = nx.network_simplex(graph)
    flow = [
        found.get(("left", i), {}).get(("right", j), {}).get("pair", 0)
        for i, j, _, _ in case.pairs
    ]
    return values(case, flow), flow


def _hub(side: str, cap: int) -> object:
    return (side, "cap", cap) if cap >= 0 else "root"


def _between(
    arc: object, side: str, node: object, above: object, most: int, gain: int, name: str
) -> None:
    """Units reach left nodes from above and leave right nodes upwards."""
    ends = (above, node) if side == "left" else (node, above)
    arc(*ends, most, gain, name)  # type: ignore[operator]


def by_highs(case: Case) -> tuple[tuple[int, ...], list[int]]:
    """Goals and flow by mixed-integer programming; columns are pairs, then the units of each node up to its
    minimum.
    """
    pairs, nodes = len(case.pairs), len(case.left) + len(case.right)
    if not pairs:
        return values(case, []), []
    width, shift = pairs + nodes, (0, len(case.left))
    carried = np.zeros((nodes, width))
    for column, (i, j, _, _) in enumerate(case.pairs):
        carried[i, column] = carried[len(case.left) + j, column] = 1
    limits = [
        (carried[node], most) for node, (most, _) in enumerate(case.left + case.right)
    ]
    for side, caps in enumerate((case.left_caps, case.right_caps)):
        limits += [
            (carried[[node + shift[side] for node in sorted(inside)]].sum(0), most)
            for inside, most in caps.sets()
        ]
    for node in range(nodes):
        row = -carried[node]
        row[pairs + node] = 1
        limits.append((row, 0))
    rows, most = (
        np.array([row for row, _ in limits]),
        np.array([most for _, most in limits], float),
    )
    upper = np.array(
        [c for *_, c in case.pairs] + [least for _, least in case.left + case.right],
        float,
    )
    fixed: list[LinearConstraint] = [LinearConstraint(rows, -np.inf, most)]
    for number in range(len(case.names)):
        gain = _gain(case, number, pairs, width)
        found = milp(
            -gain,
            constraints=fixed,
            bounds=Bounds(0, upper),
            integrality=np.ones(width),
            options={"mip_rel_gap": 0.0},
        )
        assert found.status == 0, found.message
        fixed.append(LinearConstraint(gain, np.round(-found.fun), np.inf))
    flow = np.round(found.x[:pairs]).astype(np.int64).tolist()
    return values(case, flow), flow


def _gain(case: Case, number: int, pairs: int, width: int) -> np.ndarray:
    """What a unit in each column counts for a goal: beyond its minimum a node counts all units less those up
    to it.
    """
    gain = np.zeros(width)
    for node, goal in enumerate(case.left_goal + case.right_goal):
        gain[pairs + node] += goal == number
    for column, (_, j, weight, _) in enumerate(case.pairs):
        gain[column] += (case.every == number) + (case.right_rest[j] == number)
        if case.weighted and number == len(case.names) - 1:
            gain[column] += -weight if case.minimise else weight
    for node, goal in enumerate(case.right_rest):
        gain[pairs + len(case.left) + node] -= goal == number
    return gain
