"""Random graphs against every flow there is and two other engines; the gate and the
benchmark call it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from every_flow import optimum
from graph_cases import (
    Case,
    broken,
    graph_case,
    graph_of,
    ids_of,
    matrix_of,
    minimums_case,
    network_case,
    network_of,
    values,
)
from graph_peers import by_highs, by_network_simplex
from price_proof import proof_broken

import matchkit as mk
from matchkit.errors import EngineError
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.match import solve_network

HUGE = 10**9 + 7
DTYPES = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")


@dataclass
class Tally:
    """What a campaign saw: how often each kind of instance occurred, and every disagreement with its seed."""

    cases: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.cases += other.cases
        self.seen += other.seen
        self.disagreements += other.disagreements


def campaign(first_seed: int, count: int) -> Tally:
    """Solve so many random instances and compare value and feasibility with brute force, network simplex and
    HiGHS.
    """
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        case = network_case(seed) if seed % 3 == 0 else graph_case(seed)
        tally.cases += 1
        tally.seen.update(kinds(case))
        tally.disagreements += [
            f"seed {seed}: {what}" for what in disagreements(case, seed)
        ]
        if seed % 6 == 1 and (with_minimums := minimums_case(seed)).least:
            tally.seen["minimums of pairs"] += 1
            best = optimum(with_minimums)
            tally.disagreements += [
                f"seed {seed}, minimums of pairs: {what}"
                for what in of_graph(with_minimums, best, seed)
            ]
    return tally


def kinds(case: Case) -> list[str]:
    """What is special about an instance."""
    weights = [w for _, _, w, _ in case.pairs]
    special = {
        "caps": case.left_caps.most or case.right_caps.most,
        "tiers": len(case.names) > 3,
        "ties": len(set(weights)) < len(weights),
        "negative weights": any(w < 0 for w in weights),
        "zero weights": 0 in weights,
        "minimums on the left": any(m for _, m in case.left),
        "minimums on the right": any(m for _, m in case.right),
        "an empty side": not case.left or not case.right,
        "no pairs": not case.pairs,
        "capacities above 1": any(c > 1 for c, _ in case.left + case.right),
        "edge capacities": any(c != 1 for *_, c in case.pairs),
        "minimise": case.minimise,
    }
    return [name for name, holds in special.items() if holds]


def disagreements(case: Case, seed: int) -> list[str]:
    """Everything in which matchkit and the others differ on an instance and on the same with huge
    capacities.
    """
    found = []
    best = optimum(case)
    for name, peer in (("network simplex", by_network_simplex), ("HiGHS", by_highs)):
        value, flow = peer(case)
        wrong = broken(case, flow)
        if wrong or value != best:
            found.append(
                f"{name} gives {value} ({wrong or 'feasible'}), every flow tried gives {best}"
            )
    found += of_graph(case, best, seed) if case.objective else of_network(case, best)
    if case.objective and all(most <= 1 for *_, most in case.pairs):
        found += of_matrix(case, best, seed)
    huge = case.scaled(HUGE)
    target = tuple(value * HUGE for value in best)
    found += [
        f"times {HUGE:,}: {what}"
        for what in (
            of_graph(huge, target, seed) if case.objective else of_network(huge, target)
        )
    ]
    return found


def of_graph(case: Case, best: tuple[int, ...], seed: int) -> list[str]:
    """The differences of match() on arrays, with node numbers or with ids."""
    graph = graph_of(case, names=seed % 2 == 0)
    found = mk.match(graph, case.objective, minimize=case.minimise)  # type: ignore[arg-type]
    if found.flow is None:
        return ["no flow"]
    flow, places = found.flow.tolist(), _places(case, seed)
    wrong = [broken(case, flow), proof_broken(case, flow, found, places)]
    told = tuple(value for _, value, _ in found.goals)
    if (
        told != best
        or values(case, flow) != best
        or found.status != "optimal"
        or found.gap != 0.0
    ):
        wrong.append(
            f"told {told}, the flow is worth {values(case, flow)}, best is {best}, status {found.status}"
        )
    if found.value != best[-1] or found.bound != best[-1]:
        wrong.append(f"value {found.value} and bound {found.bound}, best is {best[-1]}")
    short = (
        [missing.tolist()[place] for place in order]
        for missing, order in zip(
            (found.left_shortfall, found.right_shortfall), places, strict=True
        )
    )
    wrong.append(_shortfalls(case, flow, *short))
    missing = [
        max(0, least - units) for least, units in zip(case.least, flow, strict=False)
    ]
    if missing != (
        [] if found.edge_shortfall is None else found.edge_shortfall.tolist()
    ):
        wrong.append(f"pairs miss {missing}, told {found.edge_shortfall}")
    if int(found.pairs.quantity.sum()) != sum(flow) or len(found.pairs) != sum(
        units > 0 for units in flow
    ):
        wrong.append("pairs and flow differ")
    return [what for what in wrong if what]


def of_matrix(case: Case, best: tuple[int, ...], seed: int) -> list[str]:
    """The differences of match() on the dense matrix, in some integer dtype that holds the weights."""
    weights = [w for _, _, w, _ in case.pairs] or [0]
    fitting = [
        name
        for name in DTYPES
        if np.iinfo(name).min <= min(weights) and max(weights) <= np.iinfo(name).max
    ]
    dtype = fitting[seed % len(fitting)]
    found = mk.match(matrix_of(case, dtype), case.objective, minimize=case.minimise)  # type: ignore[arg-type]
    chosen = zip(
        found.pairs.left.tolist(),
        found.pairs.right.tolist(),
        found.pairs.quantity.tolist(),
        strict=True,
    )
    units = {(i, j): quantity for i, j, quantity in chosen}
    flow = [units.pop((i, j), 0) for i, j, _, _ in case.pairs]
    told = tuple(value for _, value, _ in found.goals)
    wrong = [broken(case, flow), f"pairs that do not exist: {units}" if units else None]
    if (
        told != best
        or values(case, flow) != best
        or found.bound != best[-1]
        or found.status != "optimal"
    ):
        wrong.append(
            f"told {told} and bound {found.bound}, the flow is worth {values(case, flow)}, best is {best}"
        )
    return [f"{dtype} matrix: {what}" for what in wrong if what]


def _places(case: Case, seed: int) -> tuple[list[int], list[int]]:
    """Where each left and right node stands in the answer: sorted by id where the nodes have ids."""
    left, right = (
        [sorted(ids_of(side)).index(name) for name in ids_of(side)]
        for side in (case.left, case.right)
    )
    return (
        (left, right)
        if seed % 2 == 0
        else (list(range(len(left))), list(range(len(right))))
    )


def _shortfalls(
    case: Case, flow: list[int], left: list[int], right: list[int]
) -> str | None:
    for side, nodes, told in ((0, case.left, left), (1, case.right, right)):
        for node, (_, least) in enumerate(nodes):
            units = sum(
                f
                for f, pair in zip(flow, case.pairs, strict=True)
                if pair[side] == node
            )
            if told[node] != max(0, least - units):
                return (
                    f"{'right' if side else 'left'} node {node} misses {max(0, least - units)}, told "
                    f"{told[node]}"
                )
    return None


def flow_of(case: Case, solution: Solution) -> list[int]:
    """Units on every pair in the order of the instance."""
    chosen = zip(
        solution.pairs.left.tolist(),
        solution.pairs.right.tolist(),
        solution.quantity.tolist(),
        strict=True,
    )
    units = {(i, j): quantity for i, j, quantity in chosen}
    return [units.get((i, j), 0) for i, j, _, _ in case.pairs]


def of_network(case: Case, best: tuple[int, ...], engine: str = "auto") -> list[str]:
    """The differences of solve_network(), which checks its certificate itself."""
    network, goals = network_of(case)
    try:
        solution = solve_network(network, goals, engine)
    except EngineError as error:
        return [f"{engine}: {error}"]
    flow = flow_of(case, solution)
    wrong = [broken(case, flow)]
    turned = tuple(
        np.array(best) * ([1] * (len(best) - 1) + [-1 if case.minimise else 1])
    )
    if (
        solution.value != turned
        or solution.bound != turned
        or values(case, flow) != best
    ):
        wrong.append(
            f"told {solution.value} and bound {solution.bound}, the flow is worth "
            f"{values(case, flow)}, best is {best}"
        )
    return [f"{engine}: {what}" for what in wrong if what]
