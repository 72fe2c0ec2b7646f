"""networkx graphs and data frames in, networkx graphs out: the same instance, the same optimum."""

from __future__ import annotations

import builtins
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pinned
import polars as pl
import pytest
from every_flow import optimum
from graph_cases import Case, graph_case, graph_of, matrix_of

import matchkit as mk


def _as_networkx(case: Case) -> tuple[nx.Graph, list[tuple[str, int]]]:
    graph = nx.Graph()
    for name, side in (("l", case.left), ("r", case.right)):
        for node, (most, least) in enumerate(side):
            graph.add_node((name, node), capacity=most, minimum=least)
    for i, j, weight, most in case.pairs:
        graph.add_edge(("l", i), ("r", j), weight=weight, capacity=most)
    return graph, [("l", node) for node in range(len(case.left))]


def _goals(graph: mk.BipartiteGraph, case: Case) -> tuple[int, ...]:
    return tuple(
        value
        for _, value, _ in mk.match(graph, case.objective, minimize=case.minimise).goals
    )  # type: ignore[arg-type]


def test_a_networkx_graph_has_the_optimum_of_its_instance() -> None:
    for seed in range(60):
        case = graph_case(seed)
        graph, left = _as_networkx(case)
        assert _goals(mk.BipartiteGraph.from_networkx(graph, left), case) == optimum(
            case
        ), seed


@pytest.mark.parametrize("make", ["arrays", "ids", "matrix"])
def test_to_networkx_and_back_is_the_same_instance(make: str) -> None:
    compared = 0
    for seed in range(100):
        case = graph_case(seed)
        if make == "matrix" and any(most > 1 for *_, most in case.pairs):
            continue
        if make == "matrix" and any(abs(w) > 2**30 for _, _, w, _ in case.pairs):
            continue
        graph = (
            matrix_of(case, "int64")
            if make == "matrix"
            else graph_of(case, names=make == "ids")
        )
        view = graph.to_networkx()
        left = [node for node, side in view.nodes(data="bipartite") if side == 0]
        assert all(node[0] == "left" for node in left)
        assert (len(left), len(view)) == (
            len(case.left),
            len(case.left) + len(case.right),
        )
        assert nx.is_bipartite(view)
        assert _goals(mk.BipartiteGraph.from_networkx(view, left), case) == optimum(
            case
        ), seed
        compared += 1
    assert compared > 40


def test_to_networkx_names_nodes_by_side_and_id() -> None:
    view = mk.BipartiteGraph.from_arrays(
        ["7"], ["7"], [3], left_capacity=2, right_minimum=1, edge_capacity=[2]
    ).to_networkx()
    assert dict(view.nodes(data=True)) == {
        ("left", "7"): {"bipartite": 0, "capacity": 2, "minimum": 0},
        ("right", "7"): {"bipartite": 1, "capacity": 1, "minimum": 1},
    }
    assert list(view.edges(data=True)) == [
        (("left", "7"), ("right", "7"), {"weight": 3, "capacity": 2})
    ]


def test_to_networkx_gives_float_weights_in_steps() -> None:
    view = mk.BipartiteGraph.from_matrix(
        np.array([[0.5]]), precision=0.25
    ).to_networkx()
    assert view.edges[("left", 0), ("right", 0)]["weight"] == 2


def test_flow_runs_along_the_edges_of_the_graph_whichever_end_comes_first() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(["place", "ann", "hall", "bob"])
    graph.add_edge("place", "ann", weight=4)
    graph.add_edge("bob", "hall", weight=1)
    graph.add_edge("ann", "hall", weight=9)
    found = mk.match(mk.BipartiteGraph.from_networkx(graph, ["ann", "bob"]))
    assert found.flow is not None
    worth = dict(zip(graph.edges, found.flow.tolist(), strict=True))
    assert worth == {("place", "ann"): 0, ("ann", "hall"): 1, ("hall", "bob"): 0}
    assert found.value == 9


def test_a_weight_under_another_name_and_no_weights_at_all() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "x", worth=5)
    assert (
        mk.match(mk.BipartiteGraph.from_networkx(graph, ["a"], weight="worth")).value
        == 5
    )
    assert mk.match(mk.BipartiteGraph.from_networkx(graph, ["a"])).value == 0
    assert (
        mk.match(mk.BipartiteGraph.from_networkx(graph, ["a"]), "cardinality").value
        == 1
    )


def test_numbers_as_nodes_become_ids_by_their_text() -> None:
    graph = nx.Graph([(10, "x"), (9, "x")])
    assert mk.BipartiteGraph.from_networkx(graph, [9, 10]).left_ids == ("10", "9")


FRAMES = {"pandas": pd.DataFrame, "polars": pl.DataFrame}


def _frame(kind: str, columns: dict[str, Any]) -> Any:
    if kind == "arrow":
        return pytest.importorskip("pyarrow", reason="pyarrow is not installed").table(
            columns
        )
    return FRAMES[kind](columns)


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_a_data_frame_is_the_graph_of_its_rows(kind: str) -> None:
    frame = _frame(
        kind,
        {
            "who": ["b", "a", "b"],
            "where": ["x", "x", "y"],
            "worth": [5, 4, 3],
            "most": [2, 1, 1],
        },
    )
    names = {"left": "who", "right": "where", "weight": "worth"}
    found = mk.match(
        mk.BipartiteGraph.from_frame(
            frame, **names, edge_capacity="most", left_capacity=2, right_capacity=2
        )
    )
    assert found.flow is not None
    assert found.flow.tolist() == [1, 1, 1]  # 5 + 4 + 3 rather than 2 x 5
    assert found.value == 12
    assert mk.match(mk.BipartiteGraph.from_frame(frame, **names)).flow.tolist() == [
        0,
        1,
        1,
    ]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_a_frame_of_node_numbers_and_floats(kind: str) -> None:
    frame = _frame(kind, {"left": [0, 1], "right": [0, 0], "weight": [0.25, 0.5]})
    assert mk.match(mk.BipartiteGraph.from_frame(frame, precision=0.25)).value == 0.5
    assert (
        mk.match(mk.BipartiteGraph.from_frame(frame, weight=None), "cardinality").value
        == 1
    )


def test_frames_agree_with_arrays_on_random_instances() -> None:
    for seed in range(40):
        case = graph_case(seed)
        if not case.pairs or not case.objective:
            continue
        columns = {
            name: [pair[k] for pair in case.pairs]
            for k, name in enumerate(("left", "right", "weight", "most"))
        }
        listed = {
            "left_ids": range(len(case.left)),
            "right_ids": range(len(case.right)),
        }  # also those that are in no pair
        options = {
            "left_capacity": [c for c, _ in case.left],
            "left_minimum": [m for _, m in case.left],
            "right_capacity": [c for c, _ in case.right],
            "right_minimum": [m for _, m in case.right],
            "edge_capacity": "most",
        }
        for make in FRAMES.values():
            assert _goals(
                mk.BipartiteGraph.from_frame(make(columns), **options, **listed), case
            ) == optimum(case), seed


def test_column_types_of_frames_that_are_not_numpys_own() -> None:
    data = {"left": ["a", "b"], "right": ["x", "y"], "weight": [1, 2]}
    frame = pd.DataFrame(data).astype(
        {"left": "category", "right": "string", "weight": "Int64"}
    )
    assert mk.match(mk.BipartiteGraph.from_frame(frame)).value == 3
    other = pl.DataFrame(data).with_columns(
        pl.col("left").cast(pl.Categorical), pl.col("weight").cast(pl.Int8)
    )
    assert mk.match(mk.BipartiteGraph.from_frame(other)).value == 3


def test_without_narwhals_a_frame_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "narwhals":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pinned.raises(mk.errors.InputError, "fault.needs_extra.do", extra="frames"):
        mk.BipartiteGraph.from_frame(
            pd.DataFrame({"left": ["a"], "right": ["x"], "weight": [1]})
        )


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
@pytest.mark.parametrize("of", [int, float])
def test_staff_numbers_in_a_frame_are_ids_and_stay_numbers(kind: str, of: type) -> None:
    frame = _frame(
        kind,
        {
            "left": [of(9_000_123), of(17)],
            "right": [of(4), of(4)],
            "weight": [3, 5],
            "least": [1, 0],
        },
    )
    graph = mk.BipartiteGraph.from_frame(frame, right_capacity=2, edge_minimum="least")
    assert (graph.left_ids, graph.right_ids) == ((17, 9_000_123), (4,))
    found = mk.match(graph)
    assert (found.pairs.left.tolist(), found.pairs.right.tolist()) == (
        [17, 9_000_123],
        [4, 4],
    )
    assert len(found.left_shortfall) == 2, "two nodes, and not nine million"


def test_a_directed_graph_from_left_to_right_is_read_as_the_undirected_one() -> None:
    for seed in range(20):
        case = graph_case(seed)
        graph, left = _as_networkx(case)
        directed = nx.DiGraph()
        directed.add_nodes_from(graph.nodes(data=True))
        for one, other, data in graph.edges(data=True):
            directed.add_edge(
                *((one, other) if one in set(left) else (other, one)), **data
            )
        assert _goals(mk.BipartiteGraph.from_networkx(directed, left), case) == optimum(
            case
        ), seed


def test_minimums_of_pairs_go_to_networkx_and_back() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        [0, 0],
        [1, 0],
        [5, 9],
        edge_minimum=[1, 0],
        edge_capacity=[2, 1],
        right_capacity=2,
    )
    view = graph.to_networkx()
    assert [
        view.edges[("left", 0), ("right", right)]["minimum"] for right in (0, 1)
    ] == [0, 1]
    back = mk.match(mk.BipartiteGraph.from_networkx(view, [("left", 0)]))
    assert back.flow is not None
    assert back.value == mk.match(graph).value == 5, (
        "the pair with the minimum, although the other is worth more"
    )
