"""Odds of lotteries: against all odds there are on small graphs, linear programs on larger ones, and prices
counted by hand.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pinned
import pytest
from scipy.optimize import linprog

import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.engines.cost_scaling import MinCostFlow
from matchkit.errors import BudgetError, EngineError, InputError
from matchkit.solvers.flow.solution import NO_LIMITS, Limits
from matchkit.solvers.lottery import caps
from matchkit.solvers.lottery.caps import listed_pairs, most_parts
from matchkit.solvers.lottery.certificate import check_perturbed
from matchkit.solvers.lottery.gains import UNIT
from matchkit.solvers.lottery.network import LotteryNetwork
from matchkit.solvers.lottery.perturbed import perturbed_flow
from matchkit.solvers.lottery.witness import cardinality_goals, witness_of
from matchkit.solvers.match import solve_network

Graph = mk.BipartiteGraph


def drawn(seed: int, *, signs: bool = True) -> tuple[Graph, dict[str, Any]]:
    """A graph of up to five pairs, and caps of pairs and groups in quarters."""
    rng = np.random.default_rng(seed)
    lefts, rights = rng.integers(1, 4, 2)
    cells = rng.permutation(lefts * rights)[: rng.integers(1, 6)]
    left, right = np.divmod(cells, rights)
    wanted = rng.integers(0, 3, rights)
    graph = Graph.from_arrays(
        [f"L{node}" for node in left.tolist()],
        right + 10,
        rng.integers(-3 if signs else 0, 9, len(cells)),
        left_capacity=rng.integers(0, 3, lefts),
        right_capacity=wanted,
        right_minimum=np.minimum(wanted, 1) * int(rng.random() < 0.3),
        left_ids=[f"L{node}" for node in range(lefts)],
        right_ids=list(range(10, 10 + rights)),
    )
    options: dict[str, Any] = {"cap": rng.integers(0, 5, len(cells)) / 4, "parts": 4}
    if rng.random() < 0.4:
        options["cap"] = float(rng.integers(1, 5)) / 4
    if rng.random() < 0.4:
        options["left_group"] = rng.integers(0, min(2, lefts), lefts)
        options["left_group_cap"] = rng.integers(0, 6) / 4
    if rng.random() < 0.4:
        options["right_group"] = rng.integers(0, min(2, rights), rights)
        count = int(options["right_group"].max()) + 1
        options["right_group_cap"] = rng.integers(0, 6, count) / 4
    return graph, options


def in_order(graph: Graph, options: dict[str, Any]) -> tuple[Any, Any, Any, list[int]]:
    """Left and right nodes, weights and caps in parts of every pair, by left and then right node."""
    block = graph.pairs.block(0, graph.pairs.left_count)
    cap = np.broadcast_to(options["cap"], len(block.right))
    if np.ndim(options["cap"]) and graph.pairs.order is not None:
        cap = cap[graph.pairs.order]
    most = [int(4 * share) for share in cap]
    return block.rows(), block.right, block.weight, most


def groups_of(side: Any, caps_of: Any, partner: Any) -> list[tuple[Any, int]]:
    """Every group of pairs with its cap in parts, as a mask: one node's partners of one group."""
    if side is None:
        return []
    group, most = side
    limits = np.broadcast_to(most, int(max(group)) + 1)
    return [
        ((partner == node) & (group[caps_of] == number), int(4 * limits[number]))
        for node in set(partner.tolist())
        for number in range(len(limits))
    ]


def all_odds(graph: Graph, options: dict[str, Any]) -> list[Any]:
    """All odds in quarters that keep every cap."""
    left, right, _, most = in_order(graph, options)
    sides = [
        None if f"{name}_group" not in options else (options[f"{name}_group"], options[f"{name}_group_cap"])
        for name in ("left", "right")
    ]  # fmt: skip
    limits = groups_of(sides[0], left, right) + groups_of(sides[1], right, left)
    limits += [(left == n, 4 * int(c)) for n, c in enumerate(graph.left_capacity)]
    limits += [(right == n, 4 * int(c)) for n, c in enumerate(graph.right_capacity)]
    found = []
    for odds in itertools.product(*(range(n + 1) for n in most)):
        vector = np.array(odds)
        if all(vector[mask].sum() <= limit for mask, limit in limits):
            found.append(vector)
    return found


@pytest.mark.parametrize("objective", ["weight", "cardinality then weight"])
@pytest.mark.parametrize("minimize", [False, True])
def test_odds_are_the_best_of_all_in_quarters(objective: str, minimize: bool) -> None:
    for seed in range(100):
        graph, options = drawn(seed)
        _, right, weight, _ = in_order(graph, options)
        best = max(
            (
                tuple(reached(graph, odds, right)),
                odds.sum() if objective != "weight" else 0,
                (-1 if minimize else 1) * int(odds @ weight),
            )
            for odds in all_odds(graph, options)
        )
        found = mk.lottery(graph, objective=objective, minimize=minimize, **options)
        goals = {goal.name: goal.value for goal in found.goals}
        assert found.status == "optimal" and found.gap == 0
        assert sum(best[0]) == goals.get("minimum", 0)
        assert best[1] == goals.get("cardinality", 0)
        assert (-1 if minimize else 1) * goals["weight"] == best[2]
        assert found.quality == found.value == found.bound == goals["weight"] / 4
        if not minimize:
            proven_by_prices(graph, found, options)


def reached(graph: Graph, odds: Any, right: Any) -> list[int]:
    """The sum of parts up to minimums, in a list."""
    loads = np.bincount(right, weights=odds, minlength=len(graph.right_capacity))
    least = 4 * np.minimum(graph.right_minimum, 10**6)
    return [int(np.minimum(loads, least).sum())]


def proven_by_prices(graph: Graph, found: Any, options: dict[str, Any]) -> None:
    """The bound once more, from prices of entries and the caps of pairs, in Python."""
    if "minimum" in [goal.name for goal in found.goals]:
        return
    left, right, weight, most = in_order(graph, options)
    goals = len(found.goals)
    gain = [1 if goal.name == "cardinality" else 0 for goal in found.goals]
    sides = [found.left, found.right]
    rows = [
        {
            (int(n), int(g)): (tuple(np.atleast_1d(p).tolist()), int(m), int(a))
            for n, g, p, m, a in zip(
                s.node, s.group, s.price, s.most, s.above, strict=True
            )
        }
        for s in sides
    ]
    bound = [0] * goals

    def add(vector: tuple[int, ...], units: int) -> None:
        if vector > (0,) * goals:
            for goal in range(goals):
                bound[goal] += vector[goal] * units

    for number, entries in enumerate(rows):
        for (node, group), (price, limit, _) in entries.items():
            above = entries[node, -1][0] if group >= 0 else (0,) * goals
            step = gain if number and group < 0 else [0] * goals
            add(
                tuple(p - a + s for p, a, s in zip(price, above, step, strict=True)),
                limit,
            )
    names = "right_group", "left_group"
    for k in range(len(left)):
        ends = int(left[k]), int(right[k])
        price = [0] * goals
        for number in (0, 1):
            group = options.get(names[number])
            mine = -1 if group is None else int(group[ends[1 - number]])
            for goal, part in enumerate(rows[number][ends[number], mine][0]):
                price[goal] += part
        worth = [0] * goals
        worth[-1] = int(weight[k])
        add(tuple(w - p for w, p in zip(worth, price, strict=True)), most[k])
    assert tuple(bound) == tuple(goal.bound for goal in found.goals)


@pytest.mark.parametrize("perturbation", [0.1, 0.5])
def test_perturbed_odds_are_the_best_of_all_in_quarters(perturbation: float) -> None:
    for seed in range(150):
        graph, options = drawn(seed, signs=False)
        _, right, weight, _ = in_order(graph, options)
        slope = round(1024 * perturbation)
        best = max(
            (
                tuple(reached(graph, odds, right)),
                int(odds.sum()),
                int((weight * odds * (4096 - slope * odds)).sum()),
            )
            for odds in all_odds(graph, options)
        )
        found = mk.lottery(graph, perturbation=perturbation, **options)
        goals = {goal.name: goal.value for goal in found.goals}
        assert found.status == "optimal"
        assert found.perturbation == slope / 1024
        assert (*best[0], *best[1:]) == (
            goals.get("minimum", 0),
            *list(goals.values())[-2:],
        )
        assert found.value == found.bound == float(Fraction(best[2], 4096 * 4))


def test_odds_equal_a_linear_program() -> None:
    for seed in range(10):
        rng = np.random.default_rng(seed)
        weight = rng.integers(0, 100, (12, 8))
        graph = Graph.from_matrix(weight, left_capacity=2, right_capacity=3)
        found = mk.lottery(graph, cap=0.375, parts=64)
        rows, columns = np.indices(weight.shape).reshape(2, -1)
        loads = np.concatenate([rows == np.arange(12)[:, None], columns == np.arange(8)[:, None]])  # fmt: skip
        peer = linprog(
            -weight.ravel(), loads, [2] * 12 + [3] * 8, np.ones((1, 96)), [24],
            bounds=(0, 0.375), method="highs",
        )  # fmt: skip
        assert found.pairs.odds.sum() == 24 * 64
        assert found.quality == pytest.approx(-peer.fun, abs=1e-6)


def test_perturbed_odds_spread_and_lose_little() -> None:
    rng = np.random.default_rng(7)
    weight = rng.integers(1, 5, (40, 30)) * 25
    graph = Graph.from_matrix(weight, left_capacity=3, right_capacity=5)
    plain, spread = (mk.lottery(graph, cap=0.5, perturbation=b) for b in (0, 0.1))
    assert spread.status == "optimal" and spread.rounds > 1
    assert spread.entropy > plain.entropy + 10
    assert spread.l2_norm < plain.l2_norm - 0.1
    assert plain.quality >= spread.quality > 0.98 * plain.quality
    early = mk.lottery(graph, cap=0.5, perturbation=0.1, gap=0.01)
    assert early.stopped == "gap" and early.status == "feasible"
    assert early.bound is not None and early.value <= spread.value <= early.bound
    told: list[Any] = []
    late = mk.lottery(graph, perturbation=0.1, time_limit=0, progress=told.append)
    assert late.stopped == "time_limit" and len(told) == late.rounds == 1


def test_caps_that_keep_units_out_are_told_with_a_hall_set() -> None:
    """Two courses want three people of four; nobody is to have more than a half of any place."""
    graph = Graph.from_arrays([0, 1, 2, 3], ["a", "a", "a", "b"], right_capacity=[2, 1])
    found = mk.lottery(graph, cap=0.5, parts=2)
    short = found.shortage
    assert short is not None
    # a gets three halves of its two, b one half of its one.
    assert (short.side, list(short.ids), short.wanted) == ("right", ["a", "b"], 6)
    assert (list(short.partners), short.by_caps, short.room) == ([], 4, 4)
    assert (short.missing, short.possible) == (2, 3)
    told = pinned.text("lottery.shortage.caps", nodes=2, wanted=6, room=4)
    assert short.text() == told
    assert mk.lottery(graph, cap=1.0, parts=2).shortage is None
    assert mk.lottery(graph, cap=0.5, parts=2, objective="weight").shortage is None


def test_a_hall_set_proves_what_is_missing_of_all_odds() -> None:
    seen, keys = 0, set[str]()
    for seed in range(150):
        graph, options = drawn(seed)
        found = mk.lottery(graph, objective="cardinality", **options)
        most = max(int(odds.sum()) for odds in all_odds(graph, options))
        possible = int(mk.match(graph, "cardinality").goals[-1].value)
        fullest = mk.lottery(
            replace(graph, right_minimum=0 * graph.right_minimum), objective="cardinality", **options
        )  # fmt: skip
        assert fullest.goals[-1].value == most
        assert (fullest.shortage is None) == (most == 4 * possible)
        if fullest.shortage is None:
            continue
        seen += 1
        short = fullest.shortage
        side = fullest.left if short.side == "left" else fullest.right
        mine = {
            name: int(limit) for name, limit in zip(side.ids, side.most, strict=False)
        }
        assert short.wanted == sum(mine[name] for name in short.ids)
        assert short.possible == possible
        assert sum(mine.values()) - short.missing == most
        other = fullest.right if short.side == "left" else fullest.left
        theirs = {
            name: int(limit) for name, limit in zip(other.ids, other.most, strict=False)
        }
        assert short.room == short.by_caps + sum(
            theirs[name] for name in short.partners
        )
        assert found.shortage == short or found.shortage is not None
        key = "lottery.shortage" if short.partners else "lottery.shortage.caps"
        keys.add(key)
        values = {"nodes": len(short.ids), "wanted": short.wanted, "room": short.room}
        if short.partners:
            values["partners"] = len(short.partners)
        assert short.text() == pinned.text(key, **values)
    assert seen > 30 and len(keys) == 2


def test_caps_are_rounded_down_and_those_used_are_told() -> None:
    graph = Graph.from_matrix(np.array([[5, 1], [1, 5]]))
    found = mk.lottery(graph, cap=0.7, parts=4)
    assert set(found.pairs.most.tolist()) == {2}
    by_pair = mk.lottery(graph, cap=np.array([[1, 0.3], [0.3, 1]]), parts=4)
    used = zip(by_pair.pairs.left, by_pair.pairs.right, by_pair.pairs.most, strict=True)
    assert {(int(i), int(j)): int(most) for i, j, most in used} == {
        (0, 0): 4,
        (1, 1): 4,
    }
    ordered = Graph.from_arrays([1, 0], [0, 0], [1, 1])
    assert mk.lottery(ordered, cap=[0.25, 0.75], parts=4).pairs.most.tolist() == [3, 1]


def test_units_of_a_pair_and_floats_count_as_in_match() -> None:
    graph = Graph.from_arrays(
        [0, 1], [0, 0], [0.5, 0.25], precision=0.25, right_capacity=4,
        left_capacity=4, edge_capacity=[3, 4],
    )  # fmt: skip
    found = mk.lottery(graph, cap=0.5, parts=2)
    assert found.pairs.odds.tolist() == [3, 4]
    assert found.quality == found.value == found.bound == 0.5 * 1.5 + 0.25 * 2
    rounded = Graph.from_arrays([0, 1], [0, 0], [0.3, 0.2], precision=0.25)
    one = mk.lottery(rounded, cap=0.5, parts=2)
    assert one.quality == pytest.approx(0.25)
    assert one.bound is not None and one.bound >= one.quality


def test_nothing_to_draw_is_an_empty_lottery() -> None:
    for graph in (
        Graph.from_matrix(np.zeros((0, 3), np.int64)),
        Graph.from_matrix(np.ones((2, 2), np.int64), right_capacity=0),
        Graph.from_arrays([], [], []),
    ):
        for perturbation in (0, 0.1):
            found = mk.lottery(graph, perturbation=perturbation)
            assert len(found.pairs) == 0 and found.quality == 0
            assert found.entropy == found.l2_norm == 0
            assert len(found.draw("nobody").pairs) == 0
    single = mk.lottery(Graph.from_matrix([[7]]), parts=1)
    assert single.plan(0).quantity.tolist() == [1]


def _refused(
    where: str, key: str, do: str, options: dict[str, Any], /, **values: Any
) -> None:
    given = {"graph": Graph.from_matrix(np.array([[1, 2], [3, 4]])), **options}
    with pytest.raises(InputError) as caught:
        mk.lottery(**given)
    assert pinned.line(where, key, do, **values) in str(caught.value)


def test_what_is_no_cap_is_refused() -> None:
    for cap in (-0.1, 1.5, float("nan"), float("inf")):
        told = {"value": repr(cap), "most": 1}
        _refused("cap", "graph.is", "lottery.cap.do", {"cap": cap}, **told)
    told = {"dtype": "<U4", "most": 1}
    _refused("cap", "graph.dtype", "lottery.cap.do", {"cap": "half"}, **told)
    for name, wanted, do, options in (
        ("cap", "(2, 2)", "lottery.cap_shape.do", {}),
        ("left_group_cap", "(2,)", "lottery.group_shape.do", {"left_group": [0, 1]}),
    ):
        given, told = {**options, name: [0.1] * 3}, {"shape": "(3,)", "wanted": wanted}
        _refused(name, "lottery.cap_shape", do, given, **told)
    for parts in (0, 3, 1000, 2**21, 1.5, True, "1024"):
        given = {"parts": parts}
        _refused("parts", "lottery.parts", "lottery.parts.do", given, most=2**20)
    for there, lacking, value in (
        ("left_group", "left_group_cap", [0, 1]),
        ("right_group_cap", "right_group", 0.5),
    ):
        key, do = "lottery.group_alone", "lottery.group_alone.do"
        _refused(there, key, do, {there: value}, name=lacking)


def test_what_has_no_lottery_is_refused() -> None:
    for name, graph in (
        ("consumption", Graph.from_matrix([[1]], consumption=[[1]])),
        ("edge_minimum", Graph.from_arrays([0], [0], edge_minimum=[1])),
    ):
        given, do = {"graph": graph}, "matching.fair_beside.do"
        _refused("graph", "lottery.beside", do, given, name=name)
    where, do = "perturbation", "lottery.perturbation.do"
    for number in (-0.1, 0.6, float("nan"), "much"):
        _refused(where, "lottery.perturbation", do, {where: number})
    sides = {"left_capacity": 2, "right_capacity": 2}
    for given in (
        {"graph": Graph.from_matrix([[-1]])},
        {"graph": Graph.from_arrays([0], [0], [1], edge_capacity=[2], **sides)},
        {"minimize": True},
        {"objective": "cardinality"},
    ):
        options = {where: 0.1, **given}
        _refused(where, "lottery.perturbed", "lottery.perturbed.do", options)
    with pytest.raises(InputError, match="greedy"):
        mk.lottery(Graph.from_matrix([[1]]), perturbation=0.1, engine="greedy")
    unproven = mk.lottery(Graph.from_matrix([[1, 2]]), engine="greedy")
    assert unproven.bound is None and unproven.shortage is None
    with pytest.raises(InputError):
        mk.lottery("no graph")


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = {"left_capacity": 2**53, "right_capacity": 2**53, "edge_capacity": [2**53]}
    with pytest.raises(BudgetError) as caught:
        mk.lottery(Graph.from_arrays([0], [0], [1], **wide))
    assert str(caught.value) == pinned.text("lottery.parts_many", most=2**53)
    monkeypatch.setattr(caps, "MOST_PAIRS", 3)
    with pytest.raises(BudgetError) as caught:
        mk.lottery(Graph.from_matrix(np.ones((2, 2), np.int64)))
    assert str(caught.value) == pinned.text("lottery.pairs_many", most=3)


def _built(graph: Graph, parts: int) -> LotteryNetwork:
    pairs = listed_pairs(graph.pairs, graph.left_capacity, graph.right_capacity)
    most = most_parts(graph, pairs, 0.5, parts)
    aim = "cardinality then weight"
    return LotteryNetwork.of(graph, pairs, most, aim, None, None, parts, minimize=False)


def test_tampered_odds_are_found_out() -> None:
    graph = Graph.from_matrix(np.array([[4, 3, 1], [2, 6, 5]]))
    built = _built(graph, 16)
    solution = perturbed_flow(built, 102, MinCostFlow(), NO_LIMITS)
    top = UNIT * 16

    def wrong(**changes: Any) -> str | None:
        found = check_perturbed(built, replace(solution, **changes), top, 102)
        return None if found is None else found.key

    assert wrong() is None
    last = len(solution.quantity) - 1
    moved = solution.quantity.copy()
    moved[last] -= 1
    assert wrong(quantity=moved) == "matching.wrong.value"
    value, bound = list(solution.value), list(solution.bound or ())
    value[-1] += 1
    assert wrong(value=tuple(value)) == "matching.wrong.value"
    bound[-1] -= 1
    assert wrong(bound=tuple(bound)) == "matching.wrong.bound"
    assert solution.left_price is not None
    assert wrong(left_price=solution.left_price + 1) == "matching.wrong.bound"
    assert wrong(left_price=None) == "matching.wrong.no_prices"
    heavier = replace(solution.pairs, weight=solution.pairs.weight + 1)
    assert wrong(pairs=heavier) == "matching.wrong.order"


def test_a_witness_that_proves_nothing_is_no_answer() -> None:
    built = _built(Graph.from_matrix(np.array([[1], [1]])), 2)
    solution = solve_network(built.network, cardinality_goals(built), "auto")
    assert solution.left_price is not None
    ids = (range(2), range(1))
    for broken in (
        replace(solution, left_price=None),
        replace(solution, left_price=solution.left_price + 1),
    ):
        with pytest.raises(EngineError) as caught:
            witness_of(built, broken, 1, ids)
        assert str(caught.value) == pinned.text("lottery.no_witness")


def test_an_early_end_keeps_what_was_reached() -> None:
    built = _built(Graph.from_matrix(np.array([[4, 3, 1], [2, 6, 5]])), 1024)
    limits = Limits(0.0, Deadline.within(0))
    solution = perturbed_flow(built, 51, MinCostFlow(), limits)
    assert solution.stopped == "time_limit"
    assert check_perturbed(built, solution, UNIT * 1024, 51) is None
