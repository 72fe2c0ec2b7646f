"""A matching as a data frame, a networkx graph and a sparse matrix holds the chosen pairs by their ids."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest

import matchkit as mk
from matchkit.errors import InputError

EDGES = (["a", "a", "b"], ["x", "y", "y"], [5, 4, 3])
CHOSEN = [("a", "x", 1), ("b", "y", 2)]
"""Worth 5 + 2 x 3; with a for y instead of x it would be at most 4 + 3."""


@pytest.fixture(scope="module")
def named() -> mk.results.Matching:
    graph = mk.BipartiteGraph.from_arrays(
        *EDGES, left_ids=["c", "b", "a"], right_ids=["x", "z", "y"], left_capacity=[1, 2, 1],
        right_capacity=[1, 1, 2], edge_capacity=[1, 1, 2],
    )  # fmt: skip
    return mk.match(graph)


def numbered() -> mk.results.Matching:
    return mk.match(mk.BipartiteGraph.from_matrix([[0, 7], [0, 0], [2, 0]]), "weight")


@pytest.mark.parametrize(
    "like", [None, pd.DataFrame(), pl.DataFrame()], ids=["none", "pandas", "polars"]
)
def test_a_frame_has_a_row_a_chosen_pair_and_gives_the_pairs_back(
    like: Any, named: mk.results.Matching
) -> None:
    frame = named.to_frame(like)
    assert isinstance(
        frame, pl.DataFrame if isinstance(like, pl.DataFrame) else pd.DataFrame
    )
    assert list(frame.columns) == ["left", "right", "quantity"]
    rows = (
        frame.rows()
        if isinstance(frame, pl.DataFrame)
        else list(frame.itertuples(index=False, name=None))
    )
    assert rows == CHOSEN
    again = mk.BipartiteGraph.from_frame(frame, weight="quantity")
    assert (again.left_ids, again.right_ids) == (("a", "b"), ("x", "y"))


def test_a_networkx_graph_has_all_nodes_and_the_chosen_pairs(
    named: mk.results.Matching,
) -> None:
    graph = named.to_networkx()
    assert sorted(graph.nodes(data="bipartite")) == [
        *((("left", name), 0) for name in "abc"),
        *((("right", name), 1) for name in "xyz"),
    ]
    chosen = {frozenset(edge): units for *edge, units in graph.edges(data="quantity")}
    assert chosen == {
        frozenset({("left", one), ("right", other)}): units
        for one, other, units in CHOSEN
    }


def test_a_sparse_matrix_has_the_units_by_node_in_the_order_of_the_ids(
    named: mk.results.Matching,
) -> None:
    assert (named.left_ids, named.right_ids) == (("a", "b", "c"), ("x", "y", "z"))
    assert named.to_scipy().toarray().tolist() == [[1, 0, 0], [0, 2, 0], [0, 0, 0]]
    assert numbered().to_scipy().toarray().tolist() == [[0, 1], [0, 0], [1, 0]]
    assert numbered().to_frame()["left"].tolist() == [0, 2]
    assert list(numbered().left_ids) == [0, 1, 2]


def test_goals_are_named_and_what_is_no_frame_is_refused(
    named: mk.results.Matching,
) -> None:
    assert named.goals == (("weight", 11, 11),)
    assert (named.goals[0].name, named.goals[0].value, named.goals[0].bound) == (
        "weight",
        11,
        11,
    )
    with pytest.raises(InputError, match="like: is of type int"):
        named.to_frame(5)
