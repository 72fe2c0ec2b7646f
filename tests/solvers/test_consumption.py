"""Matching with consumption against brute force, its relations, and its answers where it stops early."""

from __future__ import annotations

import itertools
import random
import tracemalloc
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pinned
import pytest
import scipy.sparse
from consuming_cases import Case, best, drawn, stated_values, values

import matchkit as mk
from matchkit.errors import EngineError, InputError
from matchkit.messages.message import Message
from matchkit.solvers.flow.solution import Limits
from matchkit.solvers.gap import check, search, solve
from matchkit.solvers.gap.instance import (
    Incumbent,
    Stage,
    instance_of,
    program_of,
)
from matchkit.solvers.gap.knapsack import Knapsacks
from matchkit.solvers.gap.relaxation import Multipliers, Relaxation
from matchkit.solvers.gap.repair import FlowRepair
from matchkit.solvers.gap.search import Neighbourhoods

BATCH = 25


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - tests want the same instances every time


@pytest.mark.parametrize("batch", range(24))
def test_no_flow_is_better_and_the_bound_says_so(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        case = drawn(seed)
        found = case.solved()
        assert found.flow is not None
        assert (
            stated_values(case, found)
            == values(case, tuple(found.flow.tolist()))
            == best(case)
        ), seed
        assert found.status == "optimal", seed
        assert found.stopped == "proved"
        assert found.bound == found.value
        assert all(value == bound for _, value, bound in found.goals)


@pytest.mark.parametrize("seed", range(60))
def test_the_order_of_pairs_changes_no_goal(seed: int) -> None:
    case = drawn(10_000 + seed)
    assert case.shuffled(_seeded(seed)).solved().goals == case.solved().goals


@pytest.mark.parametrize("seed", range(60))
def test_consumption_and_capacity_times_a_number_change_nothing(seed: int) -> None:
    case = drawn(20_000 + seed)
    larger = replace(
        case,
        pairs=tuple(
            (i, j, w, room, 1_003 * need) for i, j, w, room, need in case.pairs
        ),
        left=tuple(1_003 * c for c in case.left),
    )
    assert larger.solved().goals == case.solved().goals


@pytest.mark.parametrize("seed", range(60))
def test_greatest_and_least_are_mirrored(seed: int) -> None:
    case = drawn(30_000 + seed)
    mirrored = replace(
        case,
        pairs=tuple((i, j, -w, room, need) for i, j, w, room, need in case.pairs),
        minimise=not case.minimise,
    )
    one, other = case.solved(), mirrored.solved()
    assert [
        (name, -value if name == "weight" else value) for name, value, _ in one.goals
    ] == [(n, v) for n, v, _ in other.goals]


@pytest.mark.parametrize("seed", range(60))
def test_with_consumption_of_one_it_is_a_flow(seed: int) -> None:
    case = drawn(40_000 + seed)
    plain = case.graph(consumption=None)
    flow = mk.match(plain, case.objective, minimize=case.minimise)  # type: ignore[arg-type]
    ones = mk.match(
        case.graph(consumption=np.ones(len(case.pairs), np.int64)),
        case.objective,
        minimize=case.minimise,
    )  # type: ignore[arg-type]
    assert ones.goals == flow.goals


@pytest.mark.parametrize("seed", range(40))
def test_more_capacity_never_hurts(seed: int) -> None:
    case = drawn(50_000 + seed)
    roomy = replace(case, left=tuple(2 * capacity + 1 for capacity in case.left))
    assert stated_values(roomy, roomy.solved()) >= stated_values(case, case.solved())


@pytest.mark.parametrize("seed", range(40))
def test_stopped_at_once_it_holds_a_matching_and_a_true_bound(seed: int) -> None:
    case = drawn(60_000 + seed)
    found = case.solved(time_limit=0.0)
    assert found.flow is not None
    top = best(case)
    assert stated_values(case, found) == values(case, tuple(found.flow.tolist()))
    assert stated_values(case, found) <= top
    sign = -1 if case.minimise else 1
    bounds = [
        None if bound is None else sign * bound if name == "weight" else bound
        for name, _, bound in found.goals
    ]
    reached = stated_values(case, found)[-len(bounds) :]
    for got, bound, most in zip(reached, bounds, top[-len(bounds) :], strict=True):
        assert bound is not None
        assert most <= bound
        if got != bound:
            break


@pytest.mark.parametrize("seed", range(40))
def test_a_gap_is_kept(seed: int) -> None:
    case = drawn(80_000 + seed)
    found, top = case.solved(gap=0.5), best(case)
    assert stated_values(case, found)[:-1] == top[:-1]
    assert found.gap is not None
    assert found.gap <= 0.5
    assert found.stopped == (
        "proved" if stated_values(case, found) == top and found.gap == 0 else "gap"
    )


def _stage(graph: mk.BipartiteGraph, *, minimums: bool = False, met: int = 0) -> Stage:
    """The stage of a graph's weights alone; right nodes keep their ``minimums``, or ``met`` units of them."""
    instance = instance_of(graph, graph.pairs)
    least = instance.right_minimum * minimums
    return Stage(
        instance,
        instance.pairs.weight,
        instance.room,
        instance.right_capacity,
        least,
        met=met,
    )


def _knapsack_case() -> Case:
    """By hand: one node of capacity 10 takes the two of 5 worth 6 each, not the one of 9 worth 11."""
    return Case(
        ((0, 0, 11, 1, 9), (0, 1, 6, 1, 5), (0, 2, 6, 1, 5)),
        (10,),
        ((1, 0),) * 3,
        "weight",
        minimise=False,
    )


def test_a_single_left_node_is_a_knapsack() -> None:
    found = _knapsack_case().solved()
    assert found.pairs.right.tolist() == [1, 2]
    assert (found.value, found.bound, found.status) == (12, 12, "optimal")


def test_the_prices_prove_the_bound_where_proof_says_so() -> None:
    """Two agents, three jobs, all to be done; by hand the least cost is 1 + 1 + 4 = 6."""
    cost, use = np.array([[1, 1, 9], [9, 4, 4]]), np.array([[2, 2, 2], [3, 3, 3]])
    graph = mk.BipartiteGraph.from_matrix(
        cost, left_capacity=[4, 3], right_minimum=1, consumption=use
    )
    found = mk.match(graph, minimize=True)
    assert (found.value, found.status, found.proof, found.engine) == (
        6,
        "optimal",
        "prices",
        "lagrangian",
    )
    assert found.left_price is None
    assert found.right_price is not None
    price = found.right_price
    # Each agent's best set of jobs at those prices, by trying all.
    relaxed = float(price.sum())
    for agent, capacity in enumerate((4, 3)):
        sets = [[job for job in range(3) if mask >> job & 1] for mask in range(8)]
        relaxed += min(
            sum(cost[agent, job] - price[job] for job in jobs)
            for jobs in sets
            if sum(use[agent, job] for job in jobs) <= capacity
        )
    assert np.ceil(relaxed) == found.bound


def test_minimums_beyond_reach_are_reported_as_shortfall() -> None:
    """Three jobs of 2 units of capacity each, and capacity 5: two of them are done, the two cheapest."""
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 0],
        [0, 1, 2],
        [5, 9, 4],
        left_capacity=5,
        right_minimum=1,
        consumption=[2, 2, 2],
    )
    found = mk.match(graph, minimize=True)
    assert found.goals == (("minimum", 2, 2), ("cardinality", 2, 2), ("weight", 9, 9))
    assert found.right_shortfall.tolist() == [0, 1, 0]


def test_float_weights_are_given_back_as_they_were() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0], [0, 1], [0.1, 0.2], left_capacity=3, consumption=[2, 2], precision=1e-6
    )
    found = mk.match(graph)
    assert found.value == 0.2
    assert found.bound == pytest.approx(0.2)
    assert found.status == "optimal"


@pytest.mark.parametrize(
    "kind",
    [scipy.sparse.coo_matrix, scipy.sparse.csr_matrix, lambda matrix: matrix],
    ids=["coo", "csr", "dense"],
)
def test_a_sparse_matrix_takes_its_consumption_dense_or_sparse(kind: object) -> None:
    weight, use = np.array([[0, 11, 6, 6]]), np.array([[3, 9, 5, 5]])
    graph = mk.BipartiteGraph.from_matrix(
        scipy.sparse.csr_matrix(weight), left_capacity=[10], consumption=kind(use)
    )  # type: ignore[operator]
    found = mk.match(graph)
    assert (found.value, found.pairs.right.tolist()) == (12, [2, 3])


def test_absent_cells_stay_out() -> None:
    weight, use = np.array([[11, 6, 6]]), np.array([[9, 5, 5]])
    graph = mk.BipartiteGraph.from_matrix(
        weight,
        absent=np.array([[False, True, False]]),
        left_capacity=10,
        consumption=use,
    )
    assert mk.match(graph).pairs.right.tolist() == [0]


def test_a_frame_names_the_column() -> None:
    frame = pd.DataFrame(
        {
            "left": ["a"] * 3,
            "right": ["x", "y", "z"],
            "weight": [11, 6, 6],
            "use": [9, 5, 5],
        }
    )
    found = mk.match(
        mk.BipartiteGraph.from_frame(frame, consumption="use", left_capacity=[10])
    )
    assert found.pairs.right.tolist() == ["y", "z"]


@pytest.mark.parametrize("dense", [True, False])
def test_networkx_keeps_the_consumption_there_and_back(dense: bool) -> None:
    graph = _knapsack_case().graph()
    if dense:
        graph = mk.BipartiteGraph.from_matrix(
            np.array([[11, 6, 6]]), left_capacity=10, consumption=np.array([[9, 5, 5]])
        )
    there: nx.Graph = graph.to_networkx()
    assert sorted(data["consumption"] for _, _, data in there.edges(data=True)) == [
        5,
        5,
        9,
    ]
    back = mk.BipartiteGraph.from_networkx(
        there, [node for node in there if node[0] == "left"]
    )
    assert mk.match(back).value == 12


@pytest.mark.parametrize("seed", range(150))
def test_prices_however_chosen_bound_every_flow(seed: int) -> None:
    """Weak duality, where capacities are divided too; the second computation finds a bound that is too low by
    one.
    """
    case, rng = drawn(70_000 + seed), _seeded(seed)
    graph = case.graph()
    stage = _stage(graph)
    relaxation = Relaxation(stage)
    price = np.array(
        [rng.randint(-5, 20) * relaxation.scale // 3 for _ in case.right], np.int64
    )
    found = relaxation.evaluate(Multipliers(price, 0, 0))
    plain = replace(
        case,
        right=tuple((most, 0) for most, _ in case.right),
        objective="weight",
        minimise=False,
    )
    assert best(plain)[1] * relaxation.scale <= found.bound
    assert (
        check.bound_wrong(
            stage, found.prices, relaxation.scale, found.bound // relaxation.scale
        )
        is None
    )
    if max(case.left, default=0) < 10**9:  # else a second computation is too much work
        proved = found.bound // relaxation.scale
        wrong = check.bound_wrong(stage, found.prices, relaxation.scale, proved - 1)
        assert wrong is not None
        assert wrong.text() == pinned.text(
            "matching.wrong.bound_stated", bound=proved, stated=proved - 1
        )


@pytest.mark.parametrize("states", [0, 10, 3_000_000])
def test_forced_pairs_gain_what_trying_all_sets_finds(
    states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly, or at least that much where capacities had to be divided."""
    monkeypatch.setattr("matchkit.solvers.gap.knapsack.STATES", states)
    monkeypatch.setattr("matchkit.solvers.gap.tables.STATES", states)
    monkeypatch.setattr("matchkit.solvers.gap.knapsack.ROUGH", states)
    monkeypatch.setattr("matchkit.solvers.gap.knapsack.FEWEST", 5)
    rng = _seeded(3)
    for _ in range(30):
        count, capacity = 7, rng.randint(5, 25)
        use, gain = (
            [rng.randint(0, 12) for _ in range(count)],
            [rng.randint(-5, 9) for _ in range(count)],
        )
        graph = mk.BipartiteGraph.from_arrays(
            [0] * count, range(count), gain, left_capacity=capacity, consumption=use
        )  # type: ignore[arg-type]
        instance = instance_of(graph, graph.pairs)
        knapsacks = Knapsacks(instance, instance.room)
        worth, flow = knapsacks.best(np.array(gain))
        forced = knapsacks.forced(np.array(gain), worth)
        sets = [[k for k in range(count) if mask >> k & 1] for mask in range(2**count)]
        fits = [
            (sum(gain[k] for k in chosen), chosen)
            for chosen in sets
            if sum(use[k] for k in chosen) <= capacity
        ]
        exact = [
            max((total for total, chosen in fits if k in chosen), default=None)
            for k in range(count)
        ]
        if states == 3_000_000:
            assert worth[0] == max(fits)[0] == int(flow @ gain)
            assert [
                int(value)
                for value, right in zip(forced, exact, strict=True)
                if right is not None
            ] == [v for v in exact if v is not None]
        else:
            assert worth[0] >= max(fits)[0]
            assert (
                int(flow @ np.array(use)) <= capacity
            )  # whole pieces of the continuous relaxation
            assert all(
                value >= right
                for value, right in zip(forced, exact, strict=True)
                if right is not None
            )


@pytest.mark.parametrize("seed", range(5))
def test_neighbourhoods_lead_from_nothing_to_the_best_of_all_assignments(
    seed: int,
) -> None:
    """Three agents and six jobs, each job at most once: 4^6 ways, of which brute force knows the best."""
    rng = _seeded(90_000 + seed)
    use, gain = ([rng.randint(1, 9) for _ in range(18)] for _ in range(2))
    rooms = [rng.randint(8, 14) for _ in range(3)]
    graph = mk.BipartiteGraph.from_arrays(
        np.repeat(np.arange(3), 6),
        np.tile(np.arange(6), 3),
        gain,
        left_capacity=rooms,
        right_capacity=[1] * 6,
        consumption=use,
    )
    most = 0
    for agents in itertools.product(range(-1, 3), repeat=6):
        pairs = [6 * agent + job for job, agent in enumerate(agents) if agent >= 0]
        if all(
            sum(use[pair] for pair in pairs if pair // 6 == agent) <= room
            for agent, room in enumerate(rooms)
        ):
            most = max(most, sum(gain[pair] for pair in pairs))
    stage = _stage(graph)
    incumbent = Incumbent(stage)
    bound = sum(gain)
    relaxation = Relaxation(stage)
    free = relaxation.evaluate(Multipliers(np.zeros(6, np.int64), 0, 0))
    Neighbourhoods(relaxation, free).improve(incumbent, bound, Limits(), 40)
    assert incumbent.value == most


def test_a_graph_whose_tables_would_not_fit_has_all_its_jobs_done_at_once() -> None:
    """80 agents and 300 jobs of 1 to 100 each; each agent has room for 1.6 times its share of them, so no job
    need be left out.
    """
    rng = _seeded(8)
    use = np.array([[rng.randint(1, 100) for _ in range(300)] for _ in range(80)])
    cost = (
        111
        - use
        + np.array([[rng.randint(-10, 10) for _ in range(300)] for _ in range(80)])
    )
    room = use.sum(1) * 8 // (10 * 80) * 2
    graph = mk.BipartiteGraph.from_matrix(
        cost, left_capacity=room, right_minimum=1, consumption=use
    )
    found = mk.match(graph, minimize=True, time_limit=0.0)
    load = np.zeros(80, np.int64)
    np.add.at(load, found.pairs.left, use[found.pairs.left, found.pairs.right])
    assert (load <= room).all()
    assert not found.right_shortfall.any()


def test_bounds_stay_as_close_where_capacities_are_too_fine_for_tables() -> None:
    """Forty agents, eighty jobs; in units a ten-thousandth as large all knapsacks are the same, and the
    tables no longer fit.
    """
    rng = _seeded(11)
    use = np.array([[rng.randint(5, 25) for _ in range(80)] for _ in range(40)])
    gain = np.array([[rng.randint(1, 50) for _ in range(80)] for _ in range(40)])
    bounds = []
    for unit, more in ((1, 0), (10_000, 1)):
        fine = use * unit + more * (np.arange(3_200) % 7).reshape(
            40, 80
        )  # no common divisor
        graph = mk.BipartiteGraph.from_matrix(
            gain, left_capacity=120 * unit + 90 * more, consumption=fine
        )
        instance = instance_of(graph, graph.pairs)
        worth, flow = Knapsacks(instance, instance.room).best(gain.ravel())
        assert (instance.used(flow) <= graph.left_capacity).all()
        bounds.append(int(worth.sum()))
    assert bounds[0] <= bounds[1] <= bounds[0] * 1.01


@pytest.mark.parametrize("copies", [1, 2_000])
def test_exchanges_that_make_room_need_bounded_memory(copies: int) -> None:
    """By hand: the last job needs 3 of an agent that has 2 left; one of its jobs of 4 and one of 3 at the
    other change places.
    """
    use = np.repeat(
        np.array([[4, 1, 3, 3], [3, 2, 3, 9]]), [copies, 1, copies, 1], axis=1
    )
    graph = mk.BipartiteGraph.from_matrix(
        np.ones_like(use),
        left_capacity=[4 * copies + 3, 3 * copies + 1],
        right_minimum=1,
        consumption=use,
    )
    stage = _stage(graph, minimums=True)
    taken = np.repeat(
        np.array([[1, 1, 0, 0], [0, 0, 1, 0]]), [copies, 1, copies, 1], axis=1
    ).ravel()
    tracemalloc.start()
    found = FlowRepair(stage, Limits())(taken, stage.gain)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stage.lacks(found) == 0
    assert (stage.instance.used(found) <= graph.left_capacity).all()
    assert (
        peak < 100e6
    )  # all exchanges of 2,000 with 2,000 units in arrays of 64 bits: more than 150 MB


def test_large_capacities_are_divided_and_the_answer_is_still_proven() -> None:
    rng = _seeded(5)
    use = np.array([[rng.randint(10**8, 10**9) for _ in range(12)] for _ in range(3)])
    cost = np.array([[rng.randint(1, 40) for _ in range(12)] for _ in range(3)])
    graph = mk.BipartiteGraph.from_matrix(
        cost, left_capacity=int(use.sum() // 9), right_minimum=1, consumption=use
    )
    found = mk.match(graph, minimize=True)
    assert found.status == "optimal"
    load = np.zeros(3, np.int64)
    np.add.at(load, found.pairs.left, use[found.pairs.left, found.pairs.right])
    assert (load <= use.sum() // 9).all()
    assert not found.right_shortfall.any()


def test_an_engine_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "bound_wrong", lambda *_: "why")
    with pinned.raises(EngineError, "matching.proof_of_matching", wrong="why"):
        _knapsack_case().solved()


def test_progress_is_told() -> None:
    heard: list[object] = []
    _knapsack_case().solved(progress=heard.append)
    assert heard


def test_a_search_whose_flow_breaks_a_capacity_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No two of the jobs fit; a program that forgets so has an answer that is no flow."""
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 0], [0, 1, 2], [3, 2, 2], left_capacity=3, consumption=[2, 2, 2]
    )
    stage = _stage(graph)
    loose = replace(
        stage, instance=replace(stage.instance, left_capacity=np.array([6]))
    )
    program = search.program_of
    monkeypatch.setattr(
        search, "program_of", lambda _, core, target: program(loose, core, target)
    )
    with pinned.raises(EngineError, "matching.search_broken"):
        search.search(stage, np.full(3, 7), 7, Incumbent(stage), Limits(), 10.0)


def test_an_answer_that_uses_more_than_a_left_node_has_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The solution of a roomier graph, told of one whose only left node has 6 and not 7."""

    def graph(capacity: int) -> mk.BipartiteGraph:
        return mk.BipartiteGraph.from_arrays(
            [0, 0, 0],
            [0, 1, 2],
            [3, 2, 2],
            left_capacity=capacity,
            consumption=[3, 2, 2],
        )

    checked = check.answer_wrong
    monkeypatch.setattr(
        solve, "answer_wrong", lambda _, *rest: checked(graph(6), *rest)
    )
    with pinned.raises(
        EngineError,
        "matching.proof_of_matching",
        wrong=Message("matching.wrong.node_used"),
    ):
        mk.match(graph(7))


def test_a_repair_moves_a_unit_to_where_it_gains_more_and_adds_none_that_is_not_wanted() -> (
    None
):
    """One unit is wanted: the first left node gives it for 3, the second could for 5."""
    graph = mk.BipartiteGraph.from_arrays(
        [0, 1], [0, 0], [3, 5], left_capacity=2, consumption=[2, 2]
    )
    stage = _stage(graph)
    assert FlowRepair(stage, Limits())(np.array([1, 0]), stage.gain).tolist() == [0, 1]


def test_an_answer_beyond_its_own_bound_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked = check.answer_wrong
    monkeypatch.setattr(
        solve,
        "answer_wrong",
        lambda *given: checked(*given[:3], replace(given[3], bound=(0,))),
    )
    beyond = Message.of("matching.wrong.above_bound", value="(3,)", bound="(0,)")
    with pinned.raises(EngineError, "matching.proof_of_matching", wrong=beyond):
        mk.match(
            mk.BipartiteGraph.from_arrays(
                [0], [0], [3], left_capacity=2, consumption=[2]
            )
        )


def test_the_search_alone_finds_the_best_and_says_what_bounds_it() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 0], [0, 1, 2], [3, 2, 2], left_capacity=4, consumption=[3, 2, 2]
    )
    stage = _stage(graph)
    incumbent = Incumbent(stage)
    assert (
        search.search(stage, np.full(3, 7), 7, incumbent, Limits(), 10.0)
        == incumbent.value
        == 4
    )
    assert incumbent.flow.tolist() == [0, 1, 1]


def test_an_end_before_weight_still_gives_the_minimums_that_are_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit may end the question of how many minimums can be met, where not all can."""
    case = Case(
        ((0, 0, 5, 1, 3), (0, 1, 4, 1, 3)), (3,), ((1, 1), (1, 1)), "weight", False
    )
    settled = solve._Run._settled
    monkeypatch.setattr(
        solve._Run, "_settled", lambda *given: settled(*given) and False
    )
    found = case.solved()
    assert found.flow is not None and found.flow.sum() == 1
    assert found.goals[0][:2] == ("minimum", 1)


def test_the_seed_is_what_a_search_draws_by_and_proven_goals_do_not_depend_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_by: list[object] = []
    made = solve.Neighbourhoods.__init__

    def noted(self: Any, relaxation: Any, prices: Any, seed: int, engine: Any) -> None:
        drawn_by.append(seed)
        made(self, relaxation, prices, seed, engine)

    monkeypatch.setattr(solve.Neighbourhoods, "__init__", noted)
    for number in range(30):
        case = drawn(number)
        assert stated_values(case, case.solved(seed=7)) == best(case), number
    assert drawn_by and set(drawn_by) == {7}


def test_a_seed_that_is_none_is_refused() -> None:
    with pinned.raises(InputError, "option.seed", "option.seed.do", about="seed"):
        mk.match(mk.BipartiteGraph.from_matrix([[1]]), seed=-1)


def test_a_repair_makes_room_by_moving_a_unit_of_another_right_node() -> None:
    """The second job must be done too: it fits only the first agent, whose unit of the first job can move to the
    second agent.
    """
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 1],
        [0, 1, 0],
        [-1, -1, -1],
        left_capacity=2,
        right_minimum=1,
        consumption=[2, 2, 2],
    )
    stage = _stage(graph, minimums=True)
    found = FlowRepair(stage, Limits())(np.array([1, 0, 0]), stage.gain)
    assert found.tolist() == [0, 1, 1]


def test_a_program_counts_how_far_the_minimum_of_every_right_node_is_met() -> None:
    """Two right nodes with a minimum of one unit each: both units count, and neither counts without its pair."""
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0], [0, 1], [1, 1], left_capacity=2, right_minimum=1, consumption=[1, 1]
    )
    stage = _stage(graph, met=1)
    program = program_of(stage, np.arange(2), stage.worst())
    kept = [
        value
        for value in itertools.product((0, 1), repeat=4)
        if program.keeps(np.array(value))
    ]
    assert kept == [
        (one, other, first, second)
        for one, other, first, second in itertools.product((0, 1), repeat=4)
        if first <= one and second <= other and first + second >= 1
    ]


@pytest.mark.parametrize("units", [0, 2])
def test_an_answer_with_units_that_no_pair_can_carry_is_refused(
    monkeypatch: pytest.MonkeyPatch, units: int
) -> None:
    checked = check.answer_wrong
    monkeypatch.setattr(
        solve,
        "answer_wrong",
        lambda *given: checked(
            *given[:3], replace(given[3], quantity=np.full(1, units, np.int64))
        ),
    )
    wrong = Message("matching.wrong.units")
    with pinned.raises(EngineError, "matching.proof_of_matching", wrong=wrong):
        mk.match(
            mk.BipartiteGraph.from_arrays(
                [0], [0], [3], left_capacity=2, right_capacity=1, consumption=[1]
            )
        )
