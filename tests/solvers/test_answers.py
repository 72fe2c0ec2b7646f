"""What match() gives back: ids, order, flow, shortfalls, the least weight, floats with a precision, and why
it stopped.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest

import matchkit as mk
from matchkit.datasets import city
from matchkit.solvers.flow import loop, round_goals, rounds
from matchkit.solvers.flow.solution import Progress
from matchkit.solvers.flow.subnetwork import empty


def test_flow_runs_along_the_pairs_in_the_order_given() -> None:
    left, right = ["zoe", "ann", "ann", "bob"], ["y", "x", "y", "x"]
    graph = mk.BipartiteGraph.from_arrays(left, right, [5, 9, 1, 8])
    found = mk.match(graph)
    assert found.flow is not None
    assert found.flow.tolist() == [
        1,
        1,
        0,
        0,
    ]  # zoe at y, and ann at x rather than bob: 5 + 9 > 5 + 8
    assert found.flow.dtype == np.int64
    assert (found.value, found.bound, found.gap, found.status, found.stopped) == (
        14,
        14,
        0.0,
        "optimal",
        "proved",
    )


def test_nodes_are_sorted_by_id_and_pairs_with_them() -> None:
    found = mk.match(
        mk.BipartiteGraph.from_arrays(["zoe", "ann", "bob"], ["x", "z", "y"], [1, 2, 3])
    )
    assert found.pairs.left.tolist() == ["ann", "bob", "zoe"]
    assert found.pairs.right.tolist() == ["z", "y", "x"]
    assert found.pairs.quantity.tolist() == [1, 1, 1]


def test_capacities_and_minimums_follow_the_order_of_the_ids_given() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        ["b", "a", "c"],
        ["q", "q", "q"],
        [1, 2, 3],
        left_ids=["c", "b", "a"],
        left_capacity=[5, 1, 2],
        left_minimum=[3, 0, 1],
        right_capacity=4,
        edge_capacity=[9, 9, 9],
    )
    assert graph.left_ids == ("a", "b", "c")
    assert graph.left_capacity.tolist() == [2, 1, 5]
    assert graph.left_minimum.tolist() == [1, 0, 3]
    found = mk.match(graph)
    assert found.flow is not None
    # 4 units: c 3 and a 1 for their minimums, which leaves nothing for better pairs.
    assert found.flow.tolist() == [0, 1, 3]
    assert found.left_shortfall.tolist() == [0, 0, 0]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_pairs_in_any_order_give_the_same_matching(order: tuple[int, ...]) -> None:
    left, right, weight = ["a", "a", "b", "c"], ["x", "y", "x", "y"], [1, 1, 1, 1]
    graph = mk.BipartiteGraph.from_arrays(
        [left[k] for k in order], [right[k] for k in order], [weight[k] for k in order]
    )
    found = mk.match(graph)
    assert found.flow is not None
    first = mk.match(mk.BipartiteGraph.from_arrays(left, right, weight))
    assert list(zip(found.pairs.left, found.pairs.right, strict=True)) == list(
        zip(first.pairs.left, first.pairs.right, strict=True)
    )
    chosen = [(left[k], right[k]) for place, k in enumerate(order) if found.flow[place]]
    assert sorted(chosen) == list(zip(found.pairs.left, found.pairs.right, strict=True))


def test_minimums_that_cannot_be_met_are_shortfalls_and_no_error() -> None:
    # One person with 2 units; two places that should have 2 and 1 at least; a second person should do 1 but
    # has no pair.
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0],
        [0, 1],
        [1, 50],
        left_capacity=[2, 3],
        left_minimum=[0, 1],
        right_capacity=[2, 2],
        right_minimum=[2, 1],
        edge_capacity=[2, 2],
    )
    found = mk.match(graph)
    assert found.goals[0] == ("minimum", 2, 2)
    assert int(found.right_shortfall.sum()) == 1
    assert found.left_shortfall.tolist() == [0, 1]
    # Of the two ways to fill two of three minimum units, the one of greatest weight: 1 + 50.
    assert (found.right_shortfall.tolist(), found.value) == ([1, 0], 51)


def test_pairs_that_do_not_help_stay_out_and_minimums_may_cost() -> None:
    weight = np.array([[-3]])
    assert len(mk.match(mk.BipartiteGraph.from_matrix(weight)).pairs) == 0
    asked = mk.match(mk.BipartiteGraph.from_matrix(weight, right_minimum=1))
    assert (asked.value, asked.bound, len(asked.pairs)) == (-3, -3, 1)
    assert mk.match(mk.BipartiteGraph.from_matrix(weight), "cardinality").value == 1
    assert (
        mk.match(mk.BipartiteGraph.from_matrix(weight), "cardinality then weight").value
        == -3
    )


def test_minimise_gives_the_least_weight_with_prices_turned_round() -> None:
    cost = np.array([[4, 1, 3], [2, 0, 5], [3, 2, 2]])  # the classic: 1 + 2 + 2 = 5
    found = mk.match(
        mk.BipartiteGraph.from_matrix(cost), "cardinality then weight", minimize=True
    )
    assert found.goals == (("cardinality", 3, 3), ("weight", 5, 5))
    assert (found.value, found.bound) == (5, 5)
    assert list(zip(found.pairs.left, found.pairs.right, strict=True)) == [
        (0, 1),
        (1, 0),
        (2, 2),
    ]
    assert (
        mk.match(mk.BipartiteGraph.from_matrix(cost), minimize=True).goals
        == found.goals
    ), "least cost of as many pairs as can be"
    alone = mk.match(mk.BipartiteGraph.from_matrix(cost), "weight", minimize=True)
    assert (alone.value, len(alone.pairs)) == (0, 0), (
        "no pair lowers the weight below nothing"
    )
    lowest = mk.match(mk.BipartiteGraph.from_matrix(-cost), "weight", minimize=True)
    assert (
        lowest.value == -11
    )  # the dearest of the six: 4+0+2, 4+5+2, 1+2+2, 1+5+3, 3+2+2, 3+0+3
    assert lowest.bound == lowest.value


def _truth(weight: np.ndarray, minimise: bool) -> Fraction:
    """The best assignment of all rows by brute force over exact values of the doubles."""
    rows = [[Fraction(float(cell)) for cell in row] for row in weight]
    sums = [
        sum(rows[i][j] for i, j in enumerate(order))
        for order in permutations(range(len(rows)))
    ]
    return min(sums) if minimise else max(sums)


@pytest.mark.parametrize("minimise", [False, True])
@pytest.mark.parametrize("precision", [0.1, 1e-3, 1e-9, 0.3])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_the_bound_of_float_weights_covers_their_rounding(
    dtype: type, precision: float, minimise: bool
) -> None:
    for seed in range(6):
        weight = np.random.default_rng(seed).normal(0, 3, (4, 4)).astype(dtype)
        found = mk.match(
            mk.BipartiteGraph.from_matrix(weight, precision=precision),
            "cardinality then weight",
            minimize=minimise,
        )
        truth = _truth(weight, minimise)
        mine = sum(
            Fraction(float(weight[i, j]))
            for i, j in zip(found.pairs.left, found.pairs.right, strict=True)
        )
        assert found.bound is not None
        slack = 4 * Fraction(
            precision
        )  # half a step for each of four pairs, up and down
        assert (
            (Fraction(found.bound) <= truth)
            if minimise
            else (Fraction(found.bound) >= truth)
        )
        assert abs(Fraction(found.bound) - truth) <= slack
        assert abs(mine - truth) <= slack
        assert abs(Fraction(found.value) - mine) <= slack / 2
        assert found.status == "optimal"


def test_floats_that_are_whole_need_no_precision_and_stay_whole() -> None:
    found = mk.match(mk.BipartiteGraph.from_matrix(np.array([[1.0, 2.0], [3.0, 5.0]])))
    assert (found.value, found.bound) == (6, 6)
    assert isinstance(found.value, int)
    assert found.left_price is not None
    assert found.left_price.dtype == np.int64


def test_prices_of_float_weights_are_in_their_units() -> None:
    weight = np.array([[0.5, 0.25], [0.75, 0.25]])  # best: 0.25 + 0.75
    found = mk.match(mk.BipartiteGraph.from_matrix(weight, precision=0.25))
    assert found.value == 1.0
    assert found.left_price is not None
    assert found.right_price is not None
    assert (
        found.left_price[:, None] + found.right_price[None, :]
        >= weight - [[0, 1], [1, 0]]
    ).all(), "full pairs may exceed"
    assert found.left_price.dtype == np.float64


def test_cardinality_of_float_weights_is_a_count() -> None:
    found = mk.match(
        mk.BipartiteGraph.from_matrix(np.array([[0.5, 0.2]]), precision=0.1),
        "cardinality",
    )
    assert (found.value, found.bound, found.goals) == (1, 1, (("cardinality", 1, 1),))


def test_one_price_a_node_or_one_a_node_and_goal() -> None:
    one = mk.match(mk.BipartiteGraph.from_matrix(np.array([[4, 2]])))
    assert one.left_price is not None
    assert one.right_price is not None
    assert (one.left_price.shape, one.right_price.shape) == ((1,), (2,))
    three = mk.match(
        mk.BipartiteGraph.from_matrix(np.array([[4, 2]]), right_minimum=1),
        "cardinality then weight",
    )
    assert three.left_price is not None
    assert three.right_price is not None
    assert (three.left_price.shape, three.right_price.shape) == ((1, 3), (2, 3))
    assert [name for name, *_ in three.goals] == ["minimum", "cardinality", "weight"]


def _hard() -> mk.BipartiteGraph:
    rng = np.random.default_rng(5)
    return mk.BipartiteGraph.from_matrix(
        rng.integers(0, 50, (60, 1))
        + rng.integers(0, 50, (1, 60))
        + rng.integers(0, 9, (60, 60))
    )


@pytest.fixture
def slow_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rounds, so that there is something to stop."""
    monkeypatch.setattr(loop, "first_pairs", lambda *_: empty())
    monkeypatch.setattr(rounds, "ADDED", 1)


@pytest.mark.usefixtures("slow_start")
def test_no_time_at_all_still_gives_a_matching_with_a_true_bound() -> None:
    best = mk.match(_hard())
    assert best.rounds > 5
    early = mk.match(_hard(), time_limit=0)
    assert (early.stopped, early.status, early.rounds) == ("time_limit", "feasible", 1)
    assert early.bound is not None
    assert early.gap is not None
    assert early.value < best.value <= early.bound
    assert early.gap == pytest.approx((early.bound - early.value) / early.bound)


@pytest.mark.usefixtures("slow_start")
def test_a_gap_stops_as_soon_as_it_is_reached() -> None:
    best = mk.match(_hard())
    near = mk.match(_hard(), gap=0.05)
    assert near.stopped == "gap"
    assert near.gap is not None
    assert near.bound is not None
    assert 0 < near.gap <= 0.05
    assert near.rounds < best.rounds
    assert near.value <= best.value <= near.bound
    assert best.value - near.value <= 0.05 * near.bound


@pytest.mark.usefixtures("slow_start")
def test_progress_tells_every_round_and_closes_in() -> None:
    seen: list[Progress] = []
    found = mk.match(_hard(), progress=seen.append)
    assert [told.round for told in seen] == list(range(1, found.rounds + 1))
    assert {told.phase for told in seen} == {"match"}
    bounds = [told.bound for told in seen if told.bound is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert (seen[-1].value, seen[-1].bound) == ((found.value,), (found.bound,))
    assert [told.seconds for told in seen] == sorted(told.seconds for told in seen)
    assert seen[-1].pairs == found.engine_pairs


def test_an_error_in_the_listener_reaches_the_caller() -> None:
    class StopNowError(Exception):
        pass

    def listener(_: Progress) -> None:
        raise StopNowError

    with pytest.raises(StopNowError):
        mk.match(_hard(), progress=listener)


def test_greedy_claims_no_proof() -> None:
    weight = np.array([[10, 9], [9, 1]])  # greedy takes 10 + 1, best is 9 + 9
    found = mk.match(mk.BipartiteGraph.from_matrix(weight), engine="greedy")
    assert (found.value, found.status, found.stopped, found.engine) == (
        11,
        "feasible",
        "no_proof",
        "greedy",
    )
    assert (found.bound, found.gap, found.left_price, found.right_price) == (
        None,
        None,
        None,
        None,
    )
    assert mk.match(mk.BipartiteGraph.from_matrix(weight)).value == 18


def test_greedy_is_not_called_optimal_even_where_it_is() -> None:
    assert (
        mk.match(
            mk.BipartiteGraph.from_matrix(np.array([[10]])), engine="greedy"
        ).status
        == "feasible"
    )


def test_a_billion_units_cost_nothing() -> None:
    many = 10**9
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0],
        [0, 1],
        [5, 3],
        left_capacity=many,
        right_capacity=many - 7,
        edge_capacity=[many, many],
    )
    found = mk.match(graph)
    assert found.flow is not None
    assert found.flow.tolist() == [many - 7, 7]
    assert found.value == found.bound == 5 * (many - 7) + 3 * 7
    assert found.engine_pairs == 2


def test_the_value_is_exact_beyond_sixty_four_bits() -> None:
    weight, units = 2**50, 2**45
    graph = mk.BipartiteGraph.from_arrays(
        [0],
        [0],
        [weight],
        left_capacity=units,
        right_capacity=units,
        edge_capacity=[units],
    )
    found = mk.match(graph)
    assert found.value == found.bound == 2**95


@pytest.mark.parametrize("guess", [False, True])
def test_weights_up_to_the_limit_are_exact_or_refused(
    guess: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit counts for its minimum and for cardinality at once: both together still have to fit an
    engine.
    """
    if not guess:
        monkeypatch.setattr(round_goals, "guessed_word", lambda *_, **__: None)
    exact = refused = 0
    for nodes in (2, 3, 5, 10):
        # A unit of the first goal counts about 9 x (4 x nodes + 6) weights; 2**60 over the nodes is what
        # fits.
        whole = 2**60 // (2 * nodes + 2) // (9 * (4 * nodes + 6))
        for percent in (*range(40, 60), *range(85, 105), *range(200, 10_000, 500)):
            weight = whole * percent // 100
            if weight >= 2**52:
                continue
            graph = mk.BipartiteGraph.from_matrix(
                np.full((nodes, nodes), weight), right_minimum=1
            )
            try:
                found = mk.match(graph, "cardinality then weight")
            except mk.errors.BudgetError:
                assert percent >= 200, "several words carry what one cannot"
                refused += 1
                continue
            assert found.goals == (
                ("minimum", nodes, nodes),
                ("cardinality", nodes, nodes),
                ("weight", nodes * weight, nodes * weight),
            )
            exact += 1
    assert exact > 150
    assert refused > 0


def test_the_bound_of_floats_is_right_where_capacities_add_up_beyond_sixty_four_bits() -> (
    None
):
    nodes = 1_100
    graph = mk.BipartiteGraph.from_arrays(
        np.arange(nodes),
        np.zeros(nodes, np.int64),
        np.full(nodes, 0.5),
        left_capacity=2**53,
        right_capacity=3,
        precision=0.1,
    )
    found = mk.match(graph)
    assert found.value == 1.5
    assert found.bound is not None
    assert 1.5 <= found.bound < 1.5001


@pytest.mark.parametrize("engine", ["auto", "flow", "brute"])
def test_a_pair_below_its_minimum_is_a_shortfall_in_the_order_given(
    engine: str,
) -> None:
    # One person with 2 units. Pairs (0, 1), (0, 0), (1, 0) should carry 2, 1 and 0: of three units two are
    # possible, the dearer two.
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 1],
        [1, 0, 0],
        [4, 9, 8],
        edge_capacity=[2, 1, 1],
        edge_minimum=[2, 1, 0],
        left_capacity=[2, 1],
        right_capacity=2,
    )
    found = mk.match(graph, engine=engine)
    assert found.goals == (
        ("minimum", 2, 2),
        ("weight", 21, 21),
    )  # 4 + 9 of the first person, 8 of the second
    assert found.edge_shortfall is not None
    assert (found.edge_shortfall.tolist(), found.flow.tolist()) == (
        [1, 0, 0],
        [1, 1, 1],
    )  # type: ignore[union-attr]
    assert (
        mk.match(
            mk.BipartiteGraph.from_arrays([0], [0], edge_minimum=[0])
        ).edge_shortfall
        is None
    )


def test_where_nothing_was_rounded_value_and_bound_are_equal() -> None:
    # 0.1 + 0.2 + 0.4 are 1, 2 and 4 steps of 0.1 exactly, and their sum is 7 steps.
    found = mk.match(
        mk.BipartiteGraph.from_arrays(
            [0, 1, 2], [0, 1, 2], [0.1, 0.2, 0.4], precision=0.1
        )
    )
    assert found.value == found.bound == float(7 * Fraction(0.1))
    assert found.gap == 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        step = float(rng.choice([0.25, 2.0**-30, 3.0, 0.1]))
        weight = rng.integers(-9, 10, (4, 5)) * (4.0 if step == 0.1 else 1.0) * step
        weight = (
            weight
            if step != 0.1
            else np.array([0.1, 0.2, 0.4, 0.8])[:, None]
            * 2.0 ** rng.integers(0, 9, (4, 5))
        )
        capacity = {"left_capacity": 2, "right_capacity": 3} if seed % 2 else {}
        for minimise in (False, True):
            found = mk.match(
                mk.BipartiteGraph.from_matrix(weight, precision=step, **capacity),
                minimize=minimise,
            )
            units = zip(
                found.pairs.left, found.pairs.right, found.pairs.quantity, strict=True
            )
            assert (
                found.value
                == found.bound
                == float(
                    sum(Fraction(float(weight[i, j])) * int(q) for i, j, q in units)
                )
            )


def test_amounts_and_options_may_be_numpys_own_and_whole_floats() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0, 1],
        [0.0, 1.0, 1.0],
        [9, 7, 8],
        left_capacity=np.array([2.0, 1.0]),
        right_capacity=np.float64(1),
        edge_capacity=[1.0, 1.0, 1.0],
    )
    found = mk.match(graph, time_limit=np.float32(9), gap=np.int64(0))
    assert found.value == 17
    assert city("street", seed=np.int64(3)) == city("street", seed=3)  # type: ignore[arg-type]
