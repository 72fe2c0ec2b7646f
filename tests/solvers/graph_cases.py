"""Random small graphs, from seeds: plain lists, which oracles and engines read alike."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np

import matchkit as mk
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps

AIMS = ("weight", "cardinality", "cardinality then weight")
WEIGHTS = (
    (0, 0),
    (1, 1),
    (-1, 1),
    (0, 3),
    (-5, 5),
    (-9, -1),
    (-1000, 1000),
    (0, 10**9),
)
MOST_FLOWS = 3_000


@dataclass(frozen=True)
class Caps:
    """Nested caps: ``of`` the cap above each node, ``parent`` the cap above each cap (-1: none), ``most`` of
    each cap.
    """

    of: tuple[int, ...]
    parent: tuple[int, ...]
    most: tuple[int, ...]

    def sets(self) -> list[tuple[frozenset[int], int]]:
        """Every cap as the nodes below it and the most they may carry."""
        below: list[set[int]] = [set() for _ in self.most]
        for node, cap in enumerate(self.of):
            while cap >= 0:
                below[cap].add(node)
                cap = self.parent[cap]
        return [
            (frozenset(nodes), most)
            for nodes, most in zip(below, self.most, strict=True)
        ]

    def tree(self) -> CapTree:
        return CapTree(
            np.array(self.of, np.int32),
            np.array(self.parent, np.int32),
            np.array(self.most, np.int64),
        )


@dataclass(frozen=True)
class Case:
    """Pairs (left, right, weight, capacity), nodes (capacity, minimum), caps and what to reach.

    Goals: a unit up to a node's minimum counts for goal ``left_goal[i]`` or ``right_goal[j]``, beyond it for
    ``right_rest[j]`` (-1: none), every unit for goal ``every``, and the weight is the last goal where
    ``weighted``.
    """

    pairs: tuple[tuple[int, int, int, int], ...]
    left: tuple[tuple[int, int], ...]
    right: tuple[tuple[int, int], ...]
    left_caps: Caps
    right_caps: Caps
    names: tuple[str, ...]
    left_goal: tuple[int, ...]
    right_goal: tuple[int, ...]
    right_rest: tuple[int, ...]
    every: int
    weighted: bool
    objective: str = ""
    minimise: bool = False
    least: tuple[int, ...] = ()
    """Minimum of every pair, none where empty: a unit up to it counts for the first goal."""

    def scaled(self, by: int) -> Case:
        """All capacities, minimums and caps so many times as large: so are then all goals of the optimum."""
        return replace(
            self,
            pairs=tuple((i, j, w, c * by) for i, j, w, c in self.pairs),
            least=tuple(m * by for m in self.least),
            left=tuple((c * by, m * by) for c, m in self.left),
            right=tuple((c * by, m * by) for c, m in self.right),
            left_caps=replace(
                self.left_caps, most=tuple(c * by for c in self.left_caps.most)
            ),
            right_caps=replace(
                self.right_caps, most=tuple(c * by for c in self.right_caps.most)
            ),
        )

    def flipped(self) -> Case:
        """The same with all weights turned round, so that the greatest weight is the least."""
        return replace(
            self,
            pairs=tuple((i, j, -w, c) for i, j, w, c in self.pairs),
            minimise=not self.minimise,
        )


def values(case: Case, flow: list[int]) -> tuple[int, ...]:
    """Every goal of a flow, from the definition."""
    total = [0] * len(case.names)
    for side, nodes, goal in (
        (0, case.left, case.left_goal),
        (1, case.right, case.right_goal),
    ):
        for node, (_, least) in enumerate(nodes):
            units = sum(
                f
                for f, pair in zip(flow, case.pairs, strict=True)
                if pair[side] == node
            )
            if goal[node] >= 0:
                total[goal[node]] += min(units, least)
            if side and case.right_rest[node] >= 0:
                total[case.right_rest[node]] += max(0, units - least)
    if case.least:
        total[0] += sum(
            min(units, least) for units, least in zip(flow, case.least, strict=True)
        )
    if case.every >= 0:
        total[case.every] += sum(flow)
    if case.weighted:
        total[-1] += sum(
            f * w for f, (_, _, w, _) in zip(flow, case.pairs, strict=True)
        )
    return tuple(total)


def broken(case: Case, flow: list[int]) -> str | None:
    """Which limit a flow breaks, or None."""
    for units, (i, j, _, most) in zip(flow, case.pairs, strict=True):
        if not 0 <= units <= most:
            return f"pair ({i}, {j}) carries {units} of {most}"
    for side, nodes, caps in (
        (0, case.left, case.left_caps),
        (1, case.right, case.right_caps),
    ):
        limits = [(frozenset([node]), most) for node, (most, _) in enumerate(nodes)]
        for inside, most in limits + caps.sets():
            units = sum(
                f
                for f, pair in zip(flow, case.pairs, strict=True)
                if pair[side] in inside
            )
            if units > most:
                return f"{'right' if side else 'left'} nodes {sorted(inside)} carry {units} of {most}"
    return None


def graph_case(seed: int) -> Case:
    """An instance that BipartiteGraph can say: capacities, minimums, edge capacities, an objective."""
    rng = random.Random(seed)  # noqa: S311 - tests want the same instances every time
    lefts, rights = (
        rng.choice((0, 1, 2, 2, 3, 3, 4, 5)),
        rng.choice((0, 1, 2, 2, 3, 3, 4, 5)),
    )
    low, high = rng.choice(WEIGHTS)
    roomy = rng.random() < 0.5
    left, right = (
        [_node(rng, roomy) for _ in range(count)] for count in (lefts, rights)
    )
    pairs = _pairs(rng, lefts, rights, low, high, roomy)
    objective, some = rng.choice(AIMS), any(least for _, least in left + right)
    names = (["minimum"] if some else []) + (
        ["cardinality"] if objective != "weight" else []
    )
    every = len(names) - 1 if objective != "weight" else -1
    weighted = objective != "cardinality"
    met = 0 if some else -1
    none = (Caps((-1,) * lefts, (), ()), Caps((-1,) * rights, (), ()))
    return Case(
        pairs,
        tuple(left),
        tuple(right),
        *none,
        (*names, *(["weight"] if weighted else [])),
        (met,) * lefts,
        (met,) * rights,
        (-1,) * rights,
        every,
        weighted,
        objective,
        weighted and rng.random() < 0.3,
    )


def minimums_case(seed: int) -> Case:
    """The graph with minimums of pairs, at least one above 0 where a pair may carry
    anything.
    """
    case = graph_case(seed)
    rng = random.Random(f"minimums {seed}")  # noqa: S311 - tests want the same instances every time
    least = [
        rng.randint(0, most) if rng.random() < 0.5 else 0 for *_, most in case.pairs
    ]
    if not any(least):
        least = [most for *_, most in case.pairs]
    if not any(least):
        return case
    first = "minimum" not in case.names
    names = ("minimum", *case.names) if first else case.names
    nodes = {"left_goal": (0,) * len(case.left), "right_goal": (0,) * len(case.right)}
    return replace(
        case,
        names=names,
        every=case.every + (first and case.every >= 0),
        least=tuple(least),
        **nodes,
    )  # type: ignore[arg-type]


def network_case(seed: int) -> Case:
    """An instance with goals of several tiers and nested caps on both sides, as problems compile to."""
    rng = random.Random(seed)  # noqa: S311 - tests want the same instances every time
    lefts, rights = rng.randint(1, 4), rng.randint(1, 4)
    roomy = rng.random() < 0.6
    low, high = rng.choice(WEIGHTS)
    left, right = (
        [_node(rng, roomy) for _ in range(count)] for count in (lefts, rights)
    )
    left = [(most, 0) for most, _ in left] if rng.random() < 0.5 else left
    tiers = rng.randint(1, 3)
    tier = [rng.randrange(tiers) for _ in range(rights)]
    names = (
        *(f"tier {t + 1}{part}" for t in range(tiers) for part in (" minimum", "")),
        "weight",
    )
    return Case(
        _pairs(rng, lefts, rights, low, high, roomy),
        tuple(left),
        tuple(right),
        _caps(rng, lefts),
        _caps(rng, rights),
        names,
        tuple(rng.choice((-1, 0)) for _ in range(lefts)),
        tuple(2 * t for t in tier),
        tuple(2 * t + 1 for t in tier),
        -1,
        True,
    )


def _node(rng: random.Random, roomy: bool) -> tuple[int, int]:
    most = rng.choice((0, 1, 1, 2, 3)) if roomy else rng.choice((0, 1, 1, 1, 1, 1))
    return most, rng.randint(0, most) if rng.random() < 0.4 else 0


def _pairs(
    rng: random.Random, lefts: int, rights: int, low: int, high: int, roomy: bool
) -> tuple[tuple[int, int, int, int], ...]:
    """Pairs in no order, so many that every flow can still be tried."""
    share = rng.choice((0.3, 0.7, 1.0))
    cells = [
        (i, j) for i in range(lefts) for j in range(rights) if rng.random() < share
    ]
    rng.shuffle(cells)
    pairs, flows = [], 1
    for i, j in cells:
        most = rng.choice((0, 1, 1, 2, 3)) if roomy and rng.random() < 0.5 else 1
        if flows * (most + 1) > MOST_FLOWS:
            break
        flows *= most + 1
        pairs.append((i, j, rng.randint(low, high), most))
    return tuple(pairs)


def _caps(rng: random.Random, nodes: int) -> Caps:
    count = rng.choice((0, 1, 2, 3))
    parent = tuple(rng.randint(-1, cap - 1) for cap in range(count))
    return Caps(
        tuple(rng.randint(-1, count - 1) for _ in range(nodes)),
        parent,
        tuple(rng.choice((0, 1, 2, 3, 5)) for _ in range(count)),
    )


def graph_of(case: Case, names: bool = False) -> mk.BipartiteGraph:
    """The instance as a graph from arrays; with ``names`` the nodes have ids, given in an order of
    their own.
    """
    columns = [np.array([pair[k] for pair in case.pairs], np.int64) for k in range(4)]
    left, right = columns[0], columns[1]
    options: dict[str, object] = {
        "left_capacity": [c for c, _ in case.left], "left_minimum": [m for _, m in case.left],
        "right_capacity": [c for c, _ in case.right], "right_minimum": [m for _, m in case.right],
        "edge_capacity": columns[3],
        "edge_minimum": np.array(case.least, np.int64) if case.least else None,
    }  # fmt: skip
    if names:
        ids = [ids_of(side) for side in (case.left, case.right)]
        left, right = (
            np.array([own[node] for node in part], object)
            for own, part in zip(ids, (left, right), strict=True)
        )
        options |= {"left_ids": ids[0], "right_ids": ids[1]}
    return mk.BipartiteGraph.from_arrays(left, right, columns[2], **options)  # type: ignore[arg-type]


def matrix_of(case: Case, dtype: str) -> mk.BipartiteGraph:
    """The instance as a dense matrix, cells that are no pair (or carry nothing) being absent and full of
    rubbish.
    """
    shape = len(case.left), len(case.right)
    weight, absent = (
        np.full(shape, np.iinfo(dtype).max if np.iinfo(dtype).bits < 32 else 77, dtype),
        np.ones(shape, np.bool_),
    )
    for i, j, w, most in case.pairs:
        weight[i, j], absent[i, j] = w, most == 0
    return mk.BipartiteGraph.from_matrix(
        weight,
        absent=absent,
        left_capacity=np.array([c for c, _ in case.left], np.int64),
        left_minimum=np.array([m for _, m in case.left], np.int64),
        right_capacity=np.array([c for c, _ in case.right], np.int64),
        right_minimum=np.array([m for _, m in case.right], np.int64),
    )


def ids_of(side: tuple[tuple[int, int], ...]) -> list[str]:
    """Ids whose order is not that of the nodes."""
    return [f"n{(7 * node + 3) % 11}" for node in range(len(side))]


def goals_of(
    names: tuple[str, ...],
    network: Network,
    left: tuple[np.ndarray, np.ndarray],
    right: tuple[np.ndarray, np.ndarray, np.ndarray],
    *,
    weighted: bool,
    every: int = -1,
) -> Goals:
    """Goals by number (-1: none): ``left`` has the minimum of every node and the goal of the units up to it,
    ``right`` that of the others besides, and every unit on the right counts for goal ``every``.
    """
    number = np.arange(len(names))

    def counts(goal: np.ndarray, also: int = -1) -> np.ndarray:
        return np.add(goal[:, None] == number, number == also, dtype=np.int64)

    minimum, first, rest = right
    none = UnitSteps.none(len(names))
    return Goals(
        names,
        weighted,
        UnitSteps(np.arange(len(left[0]), dtype=np.int32), left[0], counts(left[1])),
        UnitSteps.minimum_and_rest(
            minimum,
            network.right_capacity - minimum,
            counts(first, every),
            counts(rest, every),
        ),
        none,
        none,
    )


def network_of(case: Case) -> tuple[Network, Goals]:
    """The instance as a network with goals; weights turned round where the least is wanted."""
    sign = -1 if case.minimise else 1
    pairs = tuple((i, j, sign * w, c) for i, j, w, c in case.pairs)
    graph = graph_of(replace(case, pairs=pairs))
    network = Network(
        graph.pairs, graph.left_capacity, graph.right_capacity,
        case.left_caps.tree(), case.right_caps.tree(),
    )  # fmt: skip
    return network, goals_of(
        case.names,
        network,
        (graph.left_minimum, np.array(case.left_goal)),
        (
            graph.right_minimum,
            np.array(case.right_goal),
            np.array(case.right_rest),
        ),
        weighted=case.weighted,
        every=case.every,
    )
