"""The engines below the door: what they are given, what they give back, and that matching believes none of
them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from every_flow import optimum
from graph_cases import graph_case, network_case, network_of

import matchkit as mk
from matchkit.arrays import Int64
from matchkit.engines import DEFAULT_MIP, FLOW_ENGINES, MIP_ENGINES
from matchkit.engines.cost_scaling import NotPerfectError, PerfectMatchingEngine
from matchkit.engines.problem import LARGEST, FlowArcs, FlowProblem
from matchkit.errors import EngineError
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.flow.loop import price_and_prove
from matchkit.solvers.flow.packed_goals import pack_goals
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.flow.start import bars, first_pairs
from matchkit.solvers.flow.subnetwork import links_of

ALL = [*FLOW_ENGINES.values(), PerfectMatchingEngine()]


def _problem(seed: int) -> FlowProblem:
    """The first problem that the loop would give an engine: all goals in one word where they fit."""
    network, goals = network_of(network_case(seed) if seed % 2 else graph_case(seed))
    links, word = links_of(network, goals), pack_goals(network, goals)[-1]
    many = (
        np.full(len(network.left_capacity), 99),
        np.full(len(network.right_capacity), 99),
    )
    pairs = first_pairs(network.pairs, *many)
    gain = pairs.weight if word.weight else np.zeros(len(pairs), np.int64)
    return FlowProblem(
        links.left_count, links.right_count, links.hub_count,
        FlowArcs(pairs.left, pairs.right + np.int32(links.left_count), pairs.capacity, gain),
        FlowArcs(links.tail, links.head, links.capacity, links.counts(word)), np.zeros(links.node_count, np.int64),
    )  # fmt: skip


@pytest.mark.parametrize("times", [1, 2**48])
def test_the_bar_of_a_right_node_is_the_weight_of_as_many_pairs_as_it_wants(
    times: int,
) -> None:
    """Also where a weight and its node are too large together for one number."""
    weight = np.array([9, 1, 5, 7, 3, 2], np.int64) * times
    last = 4_095
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 1, 1, 2, 2],
        [0, last] * 3,
        weight,
        right_capacity=np.ones(last + 1, np.int64),
    )
    found = bars(graph.pairs, graph.right_capacity)
    assert found.weight[[0, last]].tolist() == [5 * times, 2 * times]


def _square(seed: int) -> FlowProblem:
    """Everybody has a pair with everybody, and capacities are 1."""
    rng, count = np.random.default_rng(seed), 3
    one, none = np.ones(2 * count, np.int64), np.zeros(2 * count, np.int64)
    tail, head = (side.ravel().astype(np.int32) for side in np.indices((count, count)))
    nodes, root = (
        np.arange(2 * count, dtype=np.int32),
        np.full(2 * count, 2 * count, np.int32),
    )
    links = FlowArcs(
        np.where(nodes < count, root, nodes),
        np.where(nodes < count, nodes, root),
        one,
        none,
    )
    pairs = FlowArcs(
        tail,
        head + np.int32(count),
        np.ones(count**2, np.int64),
        rng.integers(1, 20, count**2),
    )
    return FlowProblem(count, count, 1, pairs, links, np.zeros(2 * count + 1, np.int64))


def _worth(problem: FlowProblem, flows: tuple[Int64, Int64]) -> int:
    return sum(
        int(arcs.gain @ units)
        for arcs, units in zip((problem.pairs, problem.links), flows, strict=True)
    )


def _imbalance(problem: FlowProblem, flows: tuple[Int64, Int64]) -> Int64:
    net = -problem.supply
    for arcs, units in zip((problem.pairs, problem.links), flows, strict=True):
        np.add.at(net, arcs.tail, units)
        np.subtract.at(net, arcs.head, units)
    return net


@pytest.mark.parametrize(
    "engine",
    ALL,
    ids=lambda engine: (
        f"{engine.name}{'' if engine in FLOW_ENGINES.values() else ' (perfect)'}"
    ),
)
def test_an_engine_keeps_capacities_and_balance_and_exact_ones_reach_the_best(
    engine,
) -> None:  # type: ignore[no-untyped-def]
    solved = best = 0
    for seed in range(330):
        problem = _problem(seed) if seed < 300 else _square(seed)
        if not engine.suits(problem):
            continue
        try:
            flows = engine.solve(problem)
        except NotPerfectError:
            continue
        for arcs, units in zip((problem.pairs, problem.links), flows, strict=True):
            assert units.shape == (len(arcs),)
            assert ((units >= 0) & (units <= arcs.capacity)).all(), seed
        assert not _imbalance(problem, flows).any(), seed
        top = _worth(problem, FLOW_ENGINES["flow"].solve(problem))
        assert _worth(problem, flows) <= top, seed
        best += _worth(problem, flows) == top
        solved += 1
    assert solved >= (20 if isinstance(engine, PerfectMatchingEngine) else 50)
    if engine.exact and engine in FLOW_ENGINES.values():
        assert best == solved


def test_brute_and_flow_agree_with_flows_written_out_by_hand() -> None:
    """One left node of capacity 2, one right node whose first unit gains 10 and second 1, a pair of gain -3
    and capacity 2.
    """
    problem = FlowProblem(
        1,
        1,
        1,
        FlowArcs(
            np.array([0], np.int32),
            np.array([1], np.int32),
            np.array([2]),
            np.array([-3]),
        ),
        FlowArcs(
            np.array([2, 1, 1], np.int32),
            np.array([0, 2, 2], np.int32),
            np.array([2, 1, 1]),
            np.array([0, 10, 1]),
        ),
        np.zeros(3, np.int64),
    )
    for name in ("flow", "brute", "greedy"):
        pairs, links = FLOW_ENGINES[name].solve(problem)
        assert (pairs.tolist(), links.tolist()) == ([1], [1, 1, 0]), name


def test_the_registry_names_every_engine_once() -> None:
    exact = {name: engine.exact for name, engine in FLOW_ENGINES.items()}
    assert exact == {"flow": True, "lap": True, "greedy": False, "brute": True}
    assert set(MIP_ENGINES) == {"cpsat", "highs", "scip"}
    assert DEFAULT_MIP is MIP_ENGINES["cpsat"]
    assert all(
        name == engine.name for name, engine in (FLOW_ENGINES | MIP_ENGINES).items()
    )


def test_lap_takes_single_units_only() -> None:
    wide = replace(_single(), pairs=replace(_single().pairs, capacity=np.array([2])))
    heavy = replace(_single(), pairs=replace(_single().pairs, gain=np.array([2**58])))
    fixed = replace(_single(), supply=np.array([1, 0, -1]))
    assert [
        FLOW_ENGINES["lap"].suits(problem)
        for problem in (_single(), wide, heavy, fixed)
    ] == [
        True,
        False,
        False,
        False,
    ]


def _single() -> FlowProblem:
    one = np.array([1])
    links = FlowArcs(
        np.array([2, 1], np.int32),
        np.array([0, 2], np.int32),
        np.array([1, 1]),
        np.array([0, 0]),
    )
    return FlowProblem(
        1,
        1,
        1,
        FlowArcs(np.array([0], np.int32), np.array([1], np.int32), one, one),
        links,
        np.zeros(3, np.int64),
    )


@pytest.mark.parametrize(
    ("gain", "capacity", "refused"),
    [
        ((LARGEST - 1) // 4, 1, False),
        (LARGEST // 4, 1, True),
        (1, LARGEST - 1, False),
        (1, LARGEST, True),
    ],
)
def test_numbers_are_refused_from_the_limit_on(
    gain: int, capacity: int, refused: bool
) -> None:
    problem = replace(
        _single(),
        pairs=replace(
            _single().pairs, gain=np.array([gain]), capacity=np.array([capacity])
        ),
    )
    assert (problem.refusal() is not None) == refused


class _Lying:
    """Gives the flow engine's answer with one thing changed."""

    name, exact = "lying", True

    def __init__(self, change) -> None:  # type: ignore[no-untyped-def]
        self.change = change

    def suits(self, _: FlowProblem) -> bool:
        return True

    def solve(self, problem: FlowProblem) -> tuple[Int64, Int64]:
        pairs, links = FLOW_ENGINES["flow"].solve(problem)
        return self.change(pairs.copy(), links.copy())


LIES = {
    "does nothing": lambda pairs, links: (pairs * 0, links * 0),
    "exchanges pairs": lambda pairs, links: (1 - np.minimum(pairs, 1), links),
    "forgets a pair": lambda pairs, links: (
        np.where(np.arange(len(pairs)) == 0, 0, pairs),
        links,
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_engine_that_is_wrong_gives_an_error_or_a_proof_but_never_a_wrong_plan(
    lie: str,
) -> None:
    caught = 0
    for seed in range(200):
        case = graph_case(seed)
        network, goals = network_of(case)
        try:
            solution = price_and_prove(network, goals, _Lying(LIES[lie]), Limits())
        except EngineError:
            caught += 1
            continue
        if check_solution(network, goals, solution):
            caught += 1
            continue
        best = optimum(case)
        assert solution.value == (
            *best[:-1],
            -best[-1] if case.minimise else best[-1],
        ), seed
    assert caught > 50
