"""The greatest worst score, and the best sum there, against every matching there is."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.engines.cost_scaling import MinCostFlow
from matchkit.errors import BudgetError, EngineError, InputError
from matchkit.messages.message import Message
from matchkit.solvers.floors import check, instance, steps, worst_score
from matchkit.solvers.floors import solve as solve_module
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.priced import FloorPrices, priced_flow
from matchkit.solvers.flow.solution import NO_LIMITS
from matchkit.solvers.graph_network import FairFills, network_of

SEEDS = range(260)
WORST = {"fair": "right", "rule": "worst score"}


def drawn(seed: int) -> tuple[mk.BipartiteGraph, Any, bool]:
    """A small graph with capacities, minimums on either side, ties and weights of either sign (one in three
    with fractions), groups of its right nodes or none, and whether weights are costs.
    """
    rng = np.random.default_rng(seed)
    lefts, rights = rng.integers(2, 5), rng.integers(2, 5)
    left, right = np.nonzero(rng.random((lefts, rights)) < 0.65)
    capacity = rng.integers(0 if rng.random() < 0.2 else 1, 4, rights)
    given = rng.integers(1, 4, lefts)
    weight = rng.integers(-6, rng.choice([4, 30]), len(left))
    floats = rng.random() < 0.33
    graph = mk.BipartiteGraph.from_arrays(
        left,
        right,
        weight / 4 if floats else weight,
        precision=0.25 if floats else None,
        left_capacity=given,
        right_capacity=capacity,
        left_minimum=np.minimum(given, rng.integers(0, 3, lefts))
        * (rng.random() < 0.4),
        right_minimum=np.minimum(capacity, rng.integers(0, 2, rights))
        * (rng.random() < 0.3),
        left_ids=list(range(lefts)),
        right_ids=list(range(rights)),
        edge_capacity=rng.integers(1, 3, len(left)),
    )
    group = rng.integers(0, 3, rights) % rights if rng.random() < 0.4 else None
    return graph, group, bool(rng.random() < 0.3)


def every(graph: mk.BipartiteGraph, group: Any, sign: int) -> list[tuple[int, ...]]:
    """What every matching reaches: units up to minimums, units, the worst score and the weight."""
    block = graph.pairs.block(0, graph.pairs.left_count)
    rows, right = block.rows(), block.right
    room = block.capacity if block.capacity is not None else np.ones(len(rows), int)
    weight = sign * block.weight
    own = np.arange(len(graph.right_capacity)) if group is None else group
    counted = sorted(
        {int(g) for g, most in zip(own, graph.right_capacity, strict=True) if most}
    )
    found = []
    for units in itertools.product(*(range(most + 1) for most in room.tolist())):
        amounts = np.array(units, np.int64)
        given = np.bincount(rows, amounts, len(graph.left_capacity))
        taken = np.bincount(right, amounts, len(graph.right_capacity))
        if (given > graph.left_capacity).any() or (taken > graph.right_capacity).any():
            continue
        score = np.bincount(own[right], amounts * weight, max(own, default=0) + 1)
        met = np.minimum(given, graph.left_minimum).sum()
        met += np.minimum(taken, graph.right_minimum).sum()
        worst = min((int(score[g]) for g in counted), default=0)
        found.append((int(met), sum(units), worst, int(amounts @ weight)))
    return found


def small(graph: mk.BipartiteGraph) -> bool:
    """Whether its matchings are soon counted."""
    block = graph.pairs.block(0, graph.pairs.left_count)
    most = 1
    for room in block.capacity.tolist():
        most *= room + 1
    return most <= 3_000


def test_the_worst_score_is_the_greatest_and_the_sum_the_best_there() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        graph, group, costs = drawn(seed)
        if not small(graph):
            continue
        sign = -1 if costs else 1
        best = max(every(graph, group, sign))
        found = mk.match(graph, **WORST, right_group=group, minimize=costs)
        assert found.status == "optimal", seed
        step = graph.scale.precision or 1
        value = {goal.name: goal.value for goal in found.goals}
        met = best[0] if "minimum" not in value else value["minimum"]
        mine = met, value["cardinality"], sign * value["worst score"]
        assert (*mine, round(sign * found.value / step)) == best, seed
        assert all(goal.value == goal.bound for goal in found.goals)
        assert found.bound == found.value
        floors = found.floors
        scores = [
            one
            for one, most in zip(
                floors.score,
                np.bincount(floors.group, graph.right_capacity, len(floors.score)),
                strict=True,
            )
            if most
        ]
        assert min(scores, default=0) == best[2]
        plain = mk.match(graph, "cardinality then weight", minimize=costs)
        seen["cases"] += 1
        seen["worth less"] += sign * found.value < sign * plain.value
        seen["costs"] += costs
        seen["groups"] += group is not None
        seen["below zero"] += best[2] < 0
        seen[found.proof] += 1
    assert seen["cases"] > 150, seen
    for kind in ("worth less", "costs", "groups", "below zero", "prices", "search"):
        assert seen[kind] > 15, seen


def test_the_way_of_large_graphs_ends_at_the_same_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without linear programs of all groups: flows at raised prices, neighbourhoods, then whole programs."""
    monkeypatch.setattr(steps, "MOST_OF_LINEAR", 0)
    monkeypatch.setattr(steps, "FEW_SHORT", 0)
    monkeypatch.setattr(worst_score, "MOST", 0)
    cases = 0
    for seed in range(300, 420):
        graph, group, costs = drawn(seed)
        if not small(graph):
            continue
        cases += 1
        sign = -1 if costs else 1
        best = max(every(graph, group, sign))
        found = mk.match(graph, **WORST, right_group=group, minimize=costs)
        worst = next(goal for goal in found.goals if goal.name == "worst score")
        step = graph.scale.precision or 1
        reached = sign * worst.value, round(sign * found.value / step)
        assert reached == best[2:], seed
        assert found.status == "optimal"
    assert cases > 60


def bound_by_hand(
    graph: mk.BipartiteGraph, proof: FloorPrices, group: Any, sign: int
) -> tuple[Fraction, list[int]]:
    """The theorem of docs/mathematics.md in a few lines of plain Python: what the prices prove of a graph
    whose minimums are all 0, and what they allow in the goals before.
    """
    block = graph.pairs.block(0, graph.pairs.left_count)
    rooms = (
        block.capacity.tolist() if block.capacity is not None else itertools.repeat(1)
    )
    left, right = proof.left_price.tolist(), proof.right_price.tolist()
    price = proof.price.tolist()
    total = [0, 0]

    def add(gain: list[int], units: int) -> None:
        if gain > [0, 0]:
            total[0] += gain[0] * units
            total[1] += gain[1] * units

    for node, capacity in zip(left, graph.left_capacity.tolist(), strict=True):
        add(node, capacity)
    for node, capacity in zip(right, graph.right_capacity.tolist(), strict=True):
        add([node[0] + 1, node[1]], capacity)
    pairs = zip(
        block.rows().tolist(),
        block.right.tolist(),
        block.weight.tolist(),
        rooms,
        strict=False,
    )
    for i, j, weight, room in pairs:
        if graph.left_capacity[i] and graph.right_capacity[j]:
            counts = sign * weight * (proof.scale + price[int(group[j])])
            add([-left[i][0] - right[j][0], counts - left[i][1] - right[j][1]], room)
    if not proof.scale:
        return Fraction(total[1], sum(price)), total
    return Fraction(total[1] - sum(price) * proof.least, proof.scale), total


def test_prices_of_floors_prove_both_bounds_by_hand() -> None:
    cases = tight = 0
    for seed in SEEDS:
        graph, group, costs = drawn(seed)
        least = graph.left_minimum.any() or graph.right_minimum.any()
        if not small(graph) or least:
            continue
        sign = -1 if costs else 1
        best = max(every(graph, group, sign))
        floors = mk.match(graph, **WORST, right_group=group, minimize=costs).floors
        own = floors.group
        for proof, value in ((floors.worst, best[2]), (floors.total, best[3])):
            if proof is None:
                continue
            bound, total = bound_by_hand(graph, proof, own, sign)
            assert total[0] == best[1], seed
            assert value <= proof.bound, seed
            assert int(bound // 1) == proof.bound, seed
            cases += 1
            tight += value == proof.bound
    assert cases > 100
    assert tight > cases / 2


def problem_of(graph: mk.BipartiteGraph) -> FloorProblem:
    """The problem that match() solves, every right node for itself."""
    fills = FairFills.of(graph, ALL, "right", "worst score", None, None)
    network, goals = network_of(graph, ALL, fills, minimize=False)
    group = np.arange(len(graph.right_capacity))
    return instance.floor_problem(network, goals, group)


ALL = "cardinality then weight"
SCARCE = mk.BipartiteGraph.from_matrix([[9, 4], [5, 1]])


def by_one(proof: FloorPrices | None, **changes: Any) -> FloorPrices:
    assert proof is not None
    return replace(proof, **changes)


TAMPERED: dict[str, tuple[str, Any]] = {
    "a bound of the sum too low": (
        "matching.wrong.bound_stated",
        lambda s, w, t: (s, w, by_one(t, bound=t.bound - 1)),
    ),
    "a bound of the worst score too low": (
        "matching.wrong.bound_stated",
        lambda s, w, t: (s, by_one(w, bound=w.bound - 1), t),
    ),
    "a floor above the one that is kept": (
        "matching.wrong.floor",
        lambda s, w, t: (s, w, by_one(t, least=t.least + 1, bound=t.bound + 99)),
    ),
    "a floor with a price below nothing": (
        "matching.wrong.floor_price",
        lambda s, w, t: (s, w, by_one(t, price=t.price - 1)),
    ),
    "no price at all on any floor": (
        "matching.wrong.floor_price",
        lambda s, w, t: (s, by_one(w, price=0 * w.price), t),
    ),
    "another price of a floor": (
        "matching.wrong.bound_stated",
        lambda s, w, t: (s, w, by_one(t, price=t.price + 5 * t.scale)),
    ),
    "left prices that are lower": (
        "matching.wrong.floor_goals",
        lambda s, w, t: (s, w, by_one(t, left_price=t.left_price - [1, 0])),
    ),
    "prices of another shape": (
        "matching.wrong.no_prices",
        lambda s, w, t: (s, w, by_one(t, left_price=t.left_price[:-1])),
    ),
    "a worst score that is not there": (
        "matching.wrong.value",
        lambda s, w, t: (
            replace(s, value=(s.value[0], s.value[1] + 1, s.value[2])),
            w,
            t,
        ),
    ),
    "a unit too many": (
        "matching.wrong.units",
        lambda s, w, t: (replace(s, quantity=s.quantity + 1), w, t),
    ),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_tampered_proof_is_refused(case: str) -> None:
    key, change = TAMPERED[case]
    problem = problem_of(SCARCE)
    found = solve_module.solve_floors(problem, NO_LIMITS, weighted=True)
    given = found.solution, found.worst, found.total
    assert found.total is not None
    assert found.total.price.any()  # the floor costs something here
    assert check.floors_wrong(problem, *given) is None
    wrong = check.floors_wrong(problem, *change(*given))
    assert wrong is not None
    assert wrong.key == key


def test_prices_of_a_floor_say_nothing_of_a_matching_below_it() -> None:
    problem = problem_of(SCARCE)
    found = solve_module.solve_floors(problem, NO_LIMITS, weighted=True)
    assert found.total is not None
    nothing = np.zeros_like(found.total.price)
    plain = priced_flow(problem, 1, nothing, 0, (2,), MinCostFlow(), NO_LIMITS)
    other = replace(plain.solution, value=(2, 1, 10))
    assert check.floors_wrong(problem, other, None, plain.proof) is None
    wrong = check.floors_wrong(problem, other, None, found.total)
    assert wrong is not None
    assert wrong.key == "matching.wrong.floor"


def test_a_proof_that_does_not_hold_gives_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solve_module, "floors_wrong", lambda *_: "why")
    with pytest.raises(EngineError) as raised:
        mk.match(SCARCE, **WORST)
    assert str(raised.value) == pinned.text("matching.proof_of_matching", wrong="why")


def test_a_bound_that_no_matching_reaches_is_lowered_by_a_search() -> None:
    """Whoever gets the first left node has 9: alone each could, the half of both is 5, and 1 is the best."""
    graph = mk.BipartiteGraph.from_matrix([[9, 9], [1, 1]])
    found = mk.match(graph, **WORST)
    assert found.goals[1] == ("worst score", 1, 1)
    assert (found.value, found.bound, found.proof) == (10, 10, "search")
    assert found.floors.worst.bound == 5
    assert found.engine == "flow+cpsat"


def test_of_many_floors_that_cannot_be_reached_few_are_tried() -> None:
    """A bound of 2**40 and a worst score of 1: halving what lies between takes forty floors."""
    graph = mk.BipartiteGraph.from_matrix([[2**40, 2**40], [1, 1]])
    found = mk.match(graph, **WORST)
    assert found.goals[1] == ("worst score", 1, 1)
    assert found.rounds < 1_000


def test_what_a_worst_score_costs_by_hand() -> None:
    """9 + 1 is the most; nobody with 1 means 5 + 4, and no other matching has both at 4."""
    assert mk.match(SCARCE, ALL).value == 10
    found = mk.match(SCARCE, **WORST)
    assert (found.value, found.bound, found.proof) == (9, 9, "prices")
    assert found.pairs.right.tolist() == [1, 0]
    assert found.goals[1] == ("worst score", 4, 4)
    assert found.floors.score.tolist() == [5, 4]


def test_units_alone_have_a_worst_score_and_no_sum() -> None:
    found = mk.match(SCARCE, "cardinality", **WORST)
    full = mk.match(SCARCE, **WORST)
    assert [goal.name for goal in found.goals] == ["cardinality", "worst score"]
    assert found.goals == full.goals[:2]
    assert (found.value, found.bound, found.status) == (2, 2, "optimal")
    assert found.floors.total is None
    assert found.left_price is None


@pytest.mark.parametrize("engine", ["cpsat", "highs", "scip"])
def test_any_engine_for_integer_programs_will_do(engine: str) -> None:
    for seed in range(12):
        graph, group, costs = drawn(seed)
        plain = mk.match(graph, **WORST, right_group=group, minimize=costs)
        named = mk.match(
            graph, **WORST, right_group=group, minimize=costs, engine=engine, seed=3
        )
        assert named.goals == plain.goals


def test_a_search_that_ends_early_states_true_bounds() -> None:
    rng = np.random.default_rng(5)
    graph = mk.BipartiteGraph.from_matrix(
        rng.integers(0, 1000, (40, 25)), left_capacity=2, right_capacity=3
    )
    full = mk.match(graph, **WORST, time_limit=20)
    worst = full.goals[1]
    for seconds in (0.0, 0.05, 0.3):
        early = mk.match(graph, **WORST, time_limit=seconds)
        value = early.goals[1]
        assert value.value <= (worst.bound or 10**9)
        assert value.bound is None or value.bound >= worst.value
        if value.value == worst.value and early.bound is not None:
            assert early.bound >= full.value
        assert early.stopped in ("time_limit", "proved")
    near = mk.match(graph, **WORST, gap=0.5, time_limit=20)
    assert near.goals[1].value <= (worst.bound or 10**9)


def test_a_listener_is_told_every_flow() -> None:
    told: list[Any] = []
    mk.match(SCARCE, **WORST, progress=told.append)
    assert [one.round for one in told] == list(range(1, len(told) + 1))
    assert told[0].phase == "match"


@pytest.mark.parametrize(
    ("shape", "options", "worst"),
    [
        ((0, 0), {}, 0),
        ((3, 0), {}, 0),
        ((0, 3), {}, 0),
        ((2, 2), {"right_capacity": 0}, 0),
        ((2, 3), {"left_capacity": 0}, 0),
        ((2, 3), {"right_capacity": [1, 0, 1]}, 7),
    ],
)
def test_nobody_to_compare_and_nothing_to_give(
    shape: tuple[int, int], options: dict[str, Any], worst: int
) -> None:
    graph = mk.BipartiteGraph.from_matrix(np.full(shape, 7), **options)
    found = mk.match(graph, **WORST)
    assert found.goals[1][1:] == (worst, worst)
    assert found.status == "optimal"
    assert found.floors.score.shape == (shape[1],)


def test_rows_of_pages_show_the_proof() -> None:
    found = mk.match(SCARCE, **WORST)
    assert repr(found.floors) == "Floors(groups=<2>)"
    assert "worst score" in found._repr_html_()


ONE = mk.BipartiteGraph.from_arrays([0, 0], [0, 1], [1, 2])
HEAVY = mk.BipartiteGraph.from_arrays([0], [0], [1], consumption=[1], left_capacity=1)
LEAST = mk.BipartiteGraph.from_arrays([0], [0], [1], edge_minimum=[1])


@pytest.mark.parametrize(
    ("graph", "options", "where", "key"),
    [
        (ONE, {**WORST, "fair": "both"}, "rule", "matching.fair_beside"),
        (ONE, {**WORST, "fair": "left"}, "rule", "matching.fair_unused"),
        (ONE, {"rule": "worst score"}, "rule", "matching.fair_unused"),
        (LEAST, WORST, "rule", "matching.fair_beside"),
        (HEAVY, WORST, "fair", "matching.fair_beside"),
        (ONE, {**WORST, "objective": "weight"}, "objective", "matching.fair_weight"),
        (ONE, {**WORST, "left_group": [0]}, "left_group", "matching.fair_unused"),
        (ONE, {**WORST, "engine": "flow"}, "engine", "matching.floors_engine"),
        (ONE, {**WORST, "engine": "first"}, "engine", "graph.is"),
        (ONE, {"fair": "right", "rule": "worst"}, "rule", "graph.is"),
    ],
)
def test_what_has_no_worst_score_is_refused_by_name(
    graph: mk.BipartiteGraph, options: dict[str, Any], where: str, key: str
) -> None:
    with pytest.raises(InputError) as raised:
        mk.match(graph, **options)
    assert [(one.where, one.parts[1].key) for one in raised.value.complaints] == [
        (where, key)
    ]


@pytest.mark.parametrize("dense", [True, False])
def test_more_pairs_than_memory_is_meant_for_are_refused(
    dense: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "MOST_PAIRS", 1)
    graph = mk.BipartiteGraph.from_matrix([[1, 2]]) if dense else ONE
    with pytest.raises(BudgetError) as raised:
        mk.match(graph, **WORST)
    told = pinned.text("matching.floors_pairs", most=1)
    assert str(raised.value) == told


@pytest.mark.parametrize(
    ("weight", "units", "what", "total"),
    [(2**51, 2, "weights", 2.0**52), (1, 2**52, "units", 2.0**52)],
)
def test_sums_too_large_to_be_exact_are_refused(
    weight: int, units: int, what: str, total: float
) -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0],
        [0],
        [weight if what == "weights" else 0],
        left_capacity=units,
        right_capacity=units,
        edge_capacity=[units],
    )
    with pytest.raises(BudgetError) as raised:
        mk.match(graph, **WORST)
    key = Message(f"matching.sum.{what}")
    told = pinned.text("matching.sums_large", what=key, total=total, most=2**52)
    assert str(raised.value) == told
