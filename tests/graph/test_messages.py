"""Every message of graph, engines and matching, in one table: read it as a user would. A last test finds any
that is missing.

Those of an engine that lies about consumption are pinned in tests/solvers/test_consumption.py, where its
lies are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from ortools.sat.python import cp_model

import matchkit
import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.engines import MIP_ENGINES, cpsat
from matchkit.engines.brute import BruteEngine
from matchkit.engines.cpsat import Model
from matchkit.engines.flow import MinCostFlow
from matchkit.engines.greedy import GreedyEngine
from matchkit.engines.lap import LapEngine
from matchkit.engines.perfect import PerfectMatchingEngine
from matchkit.engines.problem import Arcs, FlowProblem
from matchkit.engines.program import Program
from matchkit.errors import BudgetError, EngineError, InputError, MatchkitError, StoppedError
from matchkit.graph.labelled_view import graphml, labelled_graph
from matchkit.messages.catalogue import templates
from matchkit.solvers.choice import Choice, reason_for
from matchkit.solvers.flow import loop
from matchkit.solvers.flow.scalar_prices import keys_of
from matchkit.solvers.flow.subgraph import empty
from matchkit.solvers.lagrangian.blocks import Blocks
from matchkit.solvers.lagrangian.price_blocks import price_blocks
from matchkit.solvers.mip import search
from matchkit.solvers.mip.lexicographic import CONTRADICTION

WHOLE_FLOAT = "Give whole numbers up to 9,007,199,254,740,992."
A_SHARE = "is not a number from 0 to 1. Give a share of the bound, as in 0.01."
SOURCE = Path(matchkit.__file__).parent
Patch = pytest.MonkeyPatch


def _arrays(
    left: Any = (0,), right: Any = (0,), weight: Any = None, **options: Any
) -> Callable[[], Any]:
    return lambda: mk.BipartiteGraph.from_arrays(left, right, weight, **options)


def _matrix(weight: Any, **options: Any) -> Callable[[], Any]:
    return lambda: mk.BipartiteGraph.from_matrix(weight, **options)


def _networkx(graph: Any, left: Any, **options: Any) -> Callable[[], Any]:
    return lambda: mk.BipartiteGraph.from_networkx(graph, left, **options)


def _frame(frame: Any, **options: Any) -> Callable[[], Any]:
    return lambda: mk.BipartiteGraph.from_frame(frame, **options)


def _match(**options: Any) -> Callable[[], Any]:
    return lambda: mk.match(
        **{"graph": mk.BipartiteGraph.from_matrix(np.eye(2, dtype=np.int64))} | options
    )


class _Fails:
    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        raise ZeroDivisionError


def _edges(*edges: tuple[Any, Any], **data: Any) -> nx.Graph:
    graph = nx.Graph()
    graph.add_edges_from(edges, **data)
    return graph


HALF = _edges(("a", "x"), weight=1)
HALF.add_edge("a", "y")
SOME_USE = _edges(("a", "x"), consumption=1)
SOME_USE.add_edge("a", "y")
NUMBERS = "Give node numbers or ids, all of one type."
WHOLE = "Give 0 to 9,007,199,254,740,992."
FRAME = {"left": ["a"], "right": ["x"], "weight": [1]}

INPUT: dict[str, tuple[Callable[[], Any], str]] = {
    # consumption
    "consumption of another length": (
        _arrays(consumption=[1, 2]),
        "consumption: has shape (2,). Give one entry a pair: 1.",
    ),
    "consumption below zero": (_arrays(consumption=[-1]), f"consumption[0]: is -1. {WHOLE}"),
    "consumption in fractions": (
        _arrays(consumption=[0.5]),
        f"consumption[0]: is 0.5. {WHOLE_FLOAT}",
    ),
    "a minimum of a pair beside consumption": (
        _arrays(consumption=[1], edge_minimum=[1]),
        (
            "edge_minimum: of pair 0 is 1 beside consumption. Leave minimums of pairs out; right nodes "
            "may have them."
        ),
    ),
    "a minimum above the capacity of its pair": (
        _arrays([0, 0], [0, 1], edge_capacity=[1, 2], edge_minimum=[1, 3]),
        "edge_minimum[1]: is 3, above the capacity 2 of the pair. Lower the minimum or raise edge_capacity.",
    ),
    "ids that are numbers, one twice": (
        _arrays([7], left_ids=[7, 7]),
        "left_ids: hold an id twice. Give every node its own id.",
    ),
    "a number that is no id": (
        _arrays([8], left_ids=[7]),
        "left: names the node 8, which is not in left_ids. Add it there.",
    ),
    "a left minimum beside consumption": (
        _arrays(consumption=[1], left_capacity=7, left_minimum=3),
        (
            "left_minimum: of node 0 is 3 beside consumption. Leave left minimums out; right nodes may "
            "have them."
        ),
    ),
    "consumption of another shape": (
        _matrix(np.eye(2, dtype=int), consumption=[1, 2]),
        "consumption: has shape (2,). Give whole numbers of shape (2, 2).",
    ),
    "sparse consumption of another shape": (
        _matrix(scipy.sparse.eye(2, dtype=int), consumption=scipy.sparse.eye(3, dtype=int)),
        "consumption: has shape (3, 3). Give whole numbers of shape (2, 2).",
    ),
    "sparse consumption with a cell twice": (
        _matrix(
            scipy.sparse.eye(2, dtype=int),
            consumption=scipy.sparse.coo_matrix(([1, 2], ([1, 1], [0, 0])), (2, 2)),
        ),
        "consumption: holds cell (1, 0) twice. Give every cell once.",
    ),
    "consumption on some edges": (
        _networkx(SOME_USE, ["a"]),
        "graph: has edges without 'consumption' (1 of 2). Give every edge a consumption, or none.",
    ),
    "a flow engine beside consumption": (
        _match(graph=mk.BipartiteGraph.from_arrays([0], [0], consumption=[1]), engine="flow"),
        (
            "engine: is 'flow' for a graph with consumption. Use one of auto, cpsat, highs, scip: no flow "
            "engine can solve that."
        ),
    ),
    # arrays
    "ragged": (
        _arrays([[0], [1, 2]]),
        "left: is no array (ValueError). Give a list, a numpy array or a number.",
    ),
    "hostile": (
        _arrays(weight=_Fails()),
        "weight: is no array (ZeroDivisionError). Give a list, a numpy array or a number.",
    ),
    "masked": (
        _matrix(np.ma.masked_array([[1]], [[True]])),
        "weight: is a masked array. Give its data, and mark the masked cells in absent= or leave them out.",
    ),
    "mixed": (
        _arrays([1, "a"], [0, 0]),
        "left: mixes text with entries of type int. Give entries of one type.",
    ),
    "two-dimensional": (
        _arrays([[0]]),
        "left: has 2 dimensions. Give a list with one entry a pair.",
    ),
    "unequal": (
        _arrays([0, 1]),
        "right: has length 1 and left has length 2. Give one entry a pair in both.",
    ),
    "weights too few": (
        _arrays([0, 1], [0, 1], [1]),
        "weight: has shape (1,). Give one entry a pair: 2.",
    ),
    "edge capacities too many": (
        _arrays(edge_capacity=[1, 2]),
        "edge_capacity: has shape (2,). Give one entry a pair: 1.",
    ),
    # nodes
    "negative node": (
        _arrays([-1]),
        "left: holds the node number -1. Number nodes from 0 to 9,999,999.",
    ),
    "huge node": (
        _arrays([0], [200_000_000]),
        "right: holds the node number 200,000,000. Number nodes from 0 to 9,999,999.",
    ),
    "node beyond 64 bits": (_arrays([2**70]), f"left: has entries of type int. {NUMBERS}"),
    "booleans": (_arrays([True]), f"left: has entries of type bool. {NUMBERS}"),
    "floats": (_arrays([0.5]), f"left[0]: is 0.5. {WHOLE_FLOAT}"),
    "bytes": (_arrays([b"a"]), f"left: has entries of type bytes_. {NUMBERS}"),
    "nothing": (_arrays([None]), f"left: has entries of type NoneType. {NUMBERS}"),
    "numbers as objects": (
        _arrays(np.array([0], object)),
        f"left: has entries of type int. {NUMBERS}",
    ),
    "an empty id": (
        _arrays([""]),
        "left: has an empty id. Give every node an id of at least one character.",
    ),
    "an empty id among ids": (
        _arrays(["a"], left_ids=["a", ""]),
        "left_ids: has an empty id. Give every node an id of at least one character.",
    ),
    "ids that are numbers": (
        _arrays(["a"], left_ids=["a", 1]),
        f"left_ids: has entries of type int. {NUMBERS}",
    ),
    "ids beside numbers": (
        _arrays(left_ids=["a"]),
        "left_ids: are given although left holds numbers. Give ids in left too, or leave left_ids out.",
    ),
    "a text as ids": (
        _arrays(["a"], left_ids="a"),
        "left_ids: is of type str. Give a list of ids.",
    ),
    "a number as ids": (
        _arrays(["a"], left_ids=5),
        "left_ids: is of type int. Give a list of ids.",
    ),
    "ids twice": (
        _arrays(["a"], left_ids=["a", "a"]),
        "left_ids: hold an id twice. Give every node its own id.",
    ),
    "unknown id": (
        _arrays(["b"], left_ids=["a"]),
        "left: names the node 'b', which is not in left_ids. Add it there.",
    ),
    "pair twice": (
        _arrays([0, 0], [3, 3]),
        "pair (0, 3): is given twice. Give every pair once; edge_capacity says how much it may carry.",
    ),
    "pair of ids twice": (
        _arrays(["a", "a"], ["x", "x"]),
        "pair ('a', 'x'): is given twice. Give every pair once; edge_capacity says how much it may carry.",
    ),
    # capacities and minimums
    "negative capacity": (_arrays(left_capacity=[1, -3]), f"left_capacity[1]: is -3. {WHOLE}"),
    "one negative capacity for all": (
        _arrays(left_capacity=-3),
        f"left_capacity: is -3. {WHOLE}",
    ),
    "huge capacity": (
        _arrays(edge_capacity=[2**53 + 1]),
        f"edge_capacity[0]: is 9,007,199,254,740,993. {WHOLE}",
    ),
    "capacity beyond 63 bits": (
        _arrays(right_capacity=np.array([2**63 + 5], np.uint64)),
        f"right_capacity[0]: is 9,223,372,036,854,775,813. {WHOLE}",
    ),
    "float capacity": (_arrays(left_capacity=1.5), f"left_capacity: is 1.5. {WHOLE_FLOAT}"),
    "text capacity": (
        _arrays(left_capacity="5"),
        "left_capacity: has dtype <U1. Give integers.",
    ),
    "boolean capacity": (
        _arrays(edge_capacity=[True]),
        "edge_capacity: has dtype bool. Give integers.",
    ),
    "capacity without end": (
        _arrays(right_minimum=np.inf),
        f"right_minimum: is inf. {WHOLE_FLOAT}",
    ),
    "capacities too few": (
        _arrays([5], left_capacity=[1, 1]),
        "left_capacity: has 2 entries, but left names node 5. Give one entry a node.",
    ),
    "capacities and minimums": (
        _arrays(left_capacity=[1, 1], left_minimum=[0]),
        "left_minimum: has shape (1,). Give one number, or one a left node: 2.",
    ),
    "minimum above capacity": (
        _arrays(left_minimum=2),
        "left_minimum: of node 0 is 2, above its capacity 1. Lower the minimum or raise the capacity.",
    ),
    "minimum of an id": (
        _arrays(["a", "b"], [0, 0], left_ids=["b", "a"], left_minimum=[2, 1]),
        "left_minimum: of node 'b' is 2, above its capacity 1. Lower the minimum or raise the capacity.",
    ),
    # weights
    "text": (
        _arrays(weight=["5"]),
        "weight: has dtype <U1. Give integers, or floats with precision=.",
    ),
    "objects": (
        _arrays(weight=[2**70]),
        "weight: has dtype object. Give integers, or floats with precision=.",
    ),
    "truth": (
        _arrays(weight=[True]),
        "weight: has dtype bool. Give integers, or floats with precision=.",
    ),
    "complex": (
        _matrix([[1j]]),
        "weight: has dtype complex128. Give integers, or floats with precision=.",
    ),
    "no number": (
        _arrays(weight=[np.nan]),
        "weight: holds a value that is not finite. Leave such pairs out, or mark them as absent.",
    ),
    "without end": (
        _matrix([[-np.inf]]),
        "weight: holds a value that is not finite. Leave such pairs out, or mark them as absent.",
    ),
    "fractions": (
        _arrays(weight=[0.5]),
        (
            "weight: holds fractions and no precision is declared. Say how fine to compare, as in "
            "precision=1e-6."
        ),
    ),
    "too large": (
        _arrays(weight=[-(2**52)]),
        "weight: reaches 4,503,599,627,370,496. Keep weights below 4,503,599,627,370,496.",
    ),
    "least of all": (
        _arrays(weight=[-(2**63)]),
        "weight: reaches 9,223,372,036,854,775,808. Keep weights below 4,503,599,627,370,496.",
    ),
    "too fine": (
        _arrays(weight=[1e6], precision=1e-10),
        "weight: reaches 1e+16 steps of the precision. Keep weights below 4,503,599,627,370,496 steps.",
    ),
    "finest of all": (
        _arrays(weight=[0.5], precision=5e-324),
        "weight: reaches inf steps of the precision. Keep weights below 4,503,599,627,370,496 steps.",
    ),
    "precision of integers": (
        _arrays(weight=[1], precision=0.5),
        "precision: is 0.5 although the weights are integers. Leave it out.",
    ),
    "no precision": (
        _arrays(weight=[0.5], precision=0),
        "precision: is not a positive number. Give the smallest difference that matters, as in 1e-6.",
    ),
    # matrices
    "a vector": (
        _matrix([1, 2]),
        "weight: has 1 dimension. Give a matrix: one row a left node, one column a right node.",
    ),
    "a sparse vector": (
        _matrix(scipy.sparse.coo_array([1, 2])),
        "weight: has 1 dimension. Give a matrix: one row a left node, one column a right node.",
    ),
    "absent of another shape": (
        _matrix([[1, 2]], absent=[True, False]),
        "absent: has shape (2,) and dtype bool. Give booleans of shape (1, 2).",
    ),
    "absent numbers": (
        _matrix([[1, 2]], absent=[[0, 1]]),
        "absent: has shape (1, 2) and dtype int64. Give booleans of shape (1, 2).",
    ),
    "absent of a sparse matrix": (
        _matrix(scipy.sparse.coo_array([[1]]), absent=[[True]]),
        "absent: goes with a dense matrix only. Leave the entries out of the sparse matrix.",
    ),
    # networkx graphs
    "an arc from right to left": (
        _networkx(nx.DiGraph([("x", "a")]), ["a"]),
        (
            "graph: is directed and has an arc from right to left. Turn such arcs round, or give "
            "graph.to_undirected()."
        ),
    ),
    "parallel edges": (
        _networkx(nx.MultiGraph(), []),
        "graph: may have parallel edges. Give a networkx.Graph or DiGraph: one edge a pair, with a capacity.",
    ),
    "no networkx graph": (
        _networkx([("a", "x")], ["a"]),
        "graph: is of type list. Give a networkx.Graph.",
    ),
    "left is no list": (
        _networkx(HALF, 5),
        "left: is no list of nodes. Name the left nodes of the graph.",
    ),
    "left is elsewhere": (
        _networkx(HALF, ["b", "c"]),
        "left: names 2 nodes that are not in the graph. Name nodes of the graph.",
    ),
    "alike": (
        _networkx(_edges((1, 2), ("1", 2)), [1, "1"]),
        "left: has two nodes that print alike. Give nodes different names.",
    ),
    "within a side": (
        _networkx(HALF, []),
        "graph: has an edge within one side. Name all left nodes in left.",
    ),
    "misspelt": (
        _networkx(HALF, ["a"]),
        "graph: has edges without 'weight' (1 of 2). Give every edge a weight, or none.",
    ),
    "asked for and misspelt": (
        _networkx(_edges(("a", "x"), weigth=1), ["a"], weight="worth"),
        "graph: has edges without 'worth' (1 of 1). Give every edge a weight, or none.",
    ),
    "a capacity beyond 64 bits": (
        _networkx(_edges(("a", "x"), capacity=2**70), ["a"]),
        "edge_capacity: has dtype object. Give integers.",
    ),
    # frames
    "no frame": (
        _frame({"left": ["a"]}),
        "frame: is of type dict. Give a pandas, polars or Arrow data frame, collected.",
    ),
    "no column": (
        _frame(pd.DataFrame(FRAME), left="who"),
        "frame: has no column 'who'. Its columns are left, right, weight.",
    ),
    "columns twice": (
        _frame(pd.DataFrame([["a", "x", 1, 1]], columns=["left", "right", "weight", "weight"])),
        "frame: has two columns of one name. Give every column its own name.",
    ),
    "empty cells": (
        _frame(pd.DataFrame(FRAME | {"left": [None]})),
        "column 'left': has empty cells. Fill them or leave the rows out.",
    ),
    # options
    "no graph": (
        _match(graph=np.eye(2)),
        "graph: is of type ndarray. Build one with BipartiteGraph.from_matrix or from_arrays.",
    ),
    "objective": (
        _match(objective="wieght"),
        "objective: is 'wieght'. Use one of weight, cardinality, cardinality then weight.",
    ),
    "engine": (
        _match(engine="highs"),
        "engine: is 'highs'. Use one of auto, brute, flow, greedy, lap.",
    ),
    "engine of no name": (
        _match(engine=None),
        "engine: is 'None'. Use one of auto, brute, flow, greedy, lap.",
    ),
    "minimise": (
        _match(minimize="yes"),
        "minimize: is neither true nor false. Give True or False.",
    ),
    "time limit": (
        _match(time_limit=-1),
        "time_limit: is not a number from 0 upwards. Give seconds, at most 1e9.",
    ),
    "time without end": (
        _match(time_limit=np.inf),
        "time_limit: is not a number from 0 upwards. Give seconds, at most 1e9.",
    ),
    "gap": (_match(gap=np.nan), f"gap: {A_SHARE}"),
    "a gap in hundredths": (_match(gap=5), f"gap: {A_SHARE}"),
    "no gap": (_match(gap=None), f"gap: {A_SHARE}"),
    "listener": (
        _match(progress=5),
        "progress: cannot be called. Give a function of one argument, or None.",
    ),
}


def _chinese(error: MatchkitError) -> bool:
    """Whether no English phrase is left in the Chinese text (the name of an objective is one)."""
    return (
        re.search("[A-Za-z]+ [a-z]+", error.text("zh").replace("cardinality then weight", ""))
        is None
    )


@pytest.mark.parametrize("case", INPUT)
def test_the_input_message(case: str) -> None:
    act, message = INPUT[case]
    with pytest.raises(InputError) as caught:
        act()
    assert str(caught.value) == f"The input has 1 fault:\n  {message}"
    assert _chinese(caught.value)


def test_wrong_options_are_listed_together() -> None:
    with pytest.raises(InputError) as caught:
        mk.match(5, "best", minimize=1, time_limit="1", gap=-1, progress="bar")  # type: ignore[arg-type]
    assert [complaint.where for complaint in caught.value.complaints] == [
        "objective",
        "time_limit",
        "gap",
        "graph",
        "progress",
        "minimize",
    ]


def test_a_clock_that_has_run_out() -> None:
    with pytest.raises(StoppedError) as caught:
        Deadline(0.0).check()
    assert (
        str(caught.value)
        == "Time ran out before there was any plan. Give more time, or relax locks and hard rules."
    )


def test_a_matching_without_the_packages_of_its_views(monkeypatch: Patch) -> None:
    found = mk.match(mk.BipartiteGraph.from_matrix([[1]]))
    for package in ("narwhals", "scipy", "scipy.sparse"):
        monkeypatch.setitem(__import__("sys").modules, package, None)
    message = (
        "like: needs narwhals, which is not installed. Install matchkit with the extra frames."
    )
    with pytest.raises(InputError, match=message):
        found.to_frame()
    with pytest.raises(
        InputError, match="like: needs scipy, which is not installed. Install scipy."
    ):
        found.to_scipy()


def test_the_view_of_a_matching_tells_pairs_and_goals() -> None:
    shown = mk.match(mk.BipartiteGraph.from_matrix([[1]]), engine="greedy")._repr_html_()
    assert "<strong>Matching: not proven optimal</strong></p><p>1 pair, 1 unit</p>" in shown
    assert [word in shown for word in (">goal<", ">value<", ">bound<", "<bdi>open</bdi>")] == [
        True
    ] * 4


def test_a_frame_without_narwhals(monkeypatch: Patch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    with pytest.raises(
        InputError,
        match="frame: cannot be read without narwhals. Install matchkit with the extra frames.",
    ):
        mk.BipartiteGraph.from_frame(pd.DataFrame(FRAME))


def _wide(**options: Any) -> Callable[[], Any]:
    return lambda: mk.match(
        mk.BipartiteGraph.from_arrays(np.arange(2000), np.arange(2000), **options)
    )


FAR = "capacities that add up to 18,014,398,509,481,984,000, of at most 1,152,921,504,606,846,975."
BUDGET: dict[str, tuple[Callable[[], Any], str]] = {
    "many nodes": (
        _arrays(left_capacity=np.broadcast_to(np.int8(1), 10_000_001)),
        "The left side has 10,000,001 nodes; at most 10,000,000 are allowed.",
    ),
    "a large matrix beside consumption": (
        lambda: mk.match(
            mk.BipartiteGraph.from_matrix(
                np.broadcast_to(np.int8(1), (5000, 5000)),
                consumption=np.broadcast_to(np.int8(1), (5000, 5000)),
            )
        ),
        (
            "The matrix has 25,000,000 cells; with consumption at most 20,000,000 are allowed. Leave "
            "hopeless pairs out."
        ),
    ),
    "weights that add up beside consumption": (
        lambda: mk.match(
            mk.BipartiteGraph.from_arrays(
                [0],
                [0],
                [2**51],
                left_capacity=32,
                right_capacity=32,
                edge_capacity=[32],
                consumption=[1],
            )
        ),
        (
            "The weights of all pairs add up to 7.21e+16; below 72,057,594,037,927,936 they are exact. "
            "Scale them down."
        ),
    ),
    "many columns": (
        _matrix(scipy.sparse.coo_array((1, 10**12))),
        "The right side has 1,000,000,000,000 nodes; at most 10,000,000 are allowed.",
    ),
    "many cells": (
        _matrix(np.broadcast_to(np.int8(1), (10**6, 10**6))),
        "The matrix has 1,000,000,000,000 cells; at most 10,000,000,000 are allowed. Give a sparse matrix.",
    ),
    "many units": (
        _wide(left_capacity=2**53, right_capacity=2**53, edge_capacity=np.full(2000, 2**53)),
        f"The numbers are too large for an exact engine: {FAR} Scale weights or capacities down.",
    ),
    "heavy pairs beside goals": (
        lambda: mk.match(
            mk.BipartiteGraph.from_matrix(np.full((30, 30), 2**48), right_minimum=1),
            "cardinality then weight",
        ),
        (
            "Weights up to 281,474,976,710,656 over 60 nodes are too large beside so many goals. Scale "
            "the weights down."
        ),
    ),
    "heavy pairs": (
        _wide(weight=np.full(2000, 2**51)),
        (
            "A weight of 2,251,799,813,685,248 over 4,000 nodes is too large: at most "
            "288,086,332,985,218. Scale the weights down."
        ),
    ),
}


@pytest.mark.parametrize("case", BUDGET)
def test_the_budget_message(case: str) -> None:
    act, message = BUDGET[case]
    with pytest.raises(BudgetError) as caught:
        act()
    assert str(caught.value) == message
    assert _chinese(caught.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (1, "The weights are too large to compare. Scale the weights down."),
        (2, "The weights are too large to compare with so many goals. Scale the weights down."),
    ],
)
def test_keys_too_large_to_compare(words: int, message: str) -> None:
    links = SimpleNamespace(left_count=1, root=2)
    lengths = [np.array([2**59, 5, 0], np.int64)] * words
    with pytest.raises(BudgetError) as caught:
        keys_of(lengths, links, (SimpleNamespace(weight=True),) * words, 1)  # type: ignore[arg-type]
    assert str(caught.value) == message


def _problem(
    gain: int = 1, capacity: int = 1, supply: tuple[int, ...] = (0, 0, 0), pairs: int = 1
) -> FlowProblem:
    """One left and one right node with the root, and a pair between them (or none)."""

    def arcs(tail: list[int], head: list[int], worth: int) -> Arcs:
        return Arcs(
            np.array(tail, np.int32),
            np.array(head, np.int32),
            np.full(len(tail), capacity, np.int64),
            np.full(len(tail), worth, np.int64),
        )

    return FlowProblem(
        1,
        1,
        1,
        arcs([0] * pairs, [1] * pairs, gain),
        arcs([2, 1], [0, 2], 0),
        np.array(supply, np.int64),
    )


def _reached_three() -> SimpleNamespace:
    """A search with a plan that reaches 3 of at most 9, and a way to a bound of 2."""
    return SimpleNamespace(
        _asked=lambda *_: 2,
        _goals=(3,),
        _bounds=(9,),
        _slack=None,
        _enough=lambda: False,
        _tightened=set(),
    )


def _one_pair(weight: int) -> Blocks:
    one, zero = np.ones(1, np.int64), np.zeros(1, np.int64)
    node = np.zeros(1, np.int32)
    return Blocks(
        node, node, np.array([weight]), 1, 1, one, -one, zero, node, node, one, zero, zero, zero
    )


def _program(gain: int = 3) -> Program:
    """One variable of 0 or 1, without rows."""
    none = np.zeros(0, np.int64)
    return Program(
        np.zeros(1, np.int64), np.ones(1, np.int64), np.array([gain], np.int64),
        np.zeros(1, np.int64), np.zeros(0, np.int32), none, none, none,
    )  # fmt: skip


def _two_by_two(cells: list[tuple[int, int]]) -> FlowProblem:
    tail, head = (np.array(side, np.int32) for side in zip(*cells, strict=True))
    one = np.ones(4, np.int64)
    links = Arcs(
        np.array([4, 4, 2, 3], np.int32), np.array([0, 1, 4, 4], np.int32), one, 0 * one
    )
    few = np.ones(len(cells), np.int64)
    return FlowProblem(
        2, 2, 1, Arcs(tail, head + np.int32(2), few, few), links, np.zeros(5, np.int64)
    )


class _Idle:
    """An engine that does nothing and calls it the best there is."""

    name, exact = "idle", True

    def suits(self, _: FlowProblem) -> bool:
        return True

    def solve(self, problem: FlowProblem) -> tuple[Any, Any]:
        return np.zeros(len(problem.pairs), np.int64), np.zeros(len(problem.links), np.int64)


ENGINE: dict[str, tuple[Callable[[Patch], Any], str]] = {
    "flow without balance": (
        lambda _: MinCostFlow().solve(_problem(supply=(3, 0, -2))),
        "OR-Tools min-cost flow ended with status UNBALANCED on 1 pair. Report this problem.",
    ),
    "flow without room": (
        lambda _: MinCostFlow().solve(_problem(supply=(3, 0, -3))),
        "OR-Tools min-cost flow ended with status INFEASIBLE on 1 pair. Report this problem.",
    ),
    "flow with a gain too large": (
        lambda _: MinCostFlow().solve(_problem(gain=2**62)),
        "OR-Tools min-cost flow ended with status BAD_COST_RANGE on 1 pair. Report this problem.",
    ),
    "lap with capacities": (
        lambda _: LapEngine().solve(_problem(capacity=2)),
        (
            "The lap engine takes capacities of 1 without caps, and weights that it can add up. Use "
            "engine='flow'."
        ),
    ),
    "lap with a gain too large": (
        lambda patch: (
            patch.setattr(LapEngine, "suits", lambda *_: True),
            LapEngine().solve(_problem(gain=2**61)),
        ),
        "OR-Tools linear assignment ended with status POSSIBLE_OVERFLOW on 1 pair. Report this problem.",
    ),
    "perfect without a pair": (
        lambda _: PerfectMatchingEngine().solve(_problem(pairs=0)),
        "Some node has no pair at all.",
    ),
    "perfect with a gain too large": (
        lambda _: PerfectMatchingEngine().solve(_two_by_two_heavy()),
        "OR-Tools linear assignment found no perfect matching.",
    ),
    "perfect that is not possible": (
        lambda _: PerfectMatchingEngine().solve(_three_in_two()),
        "A perfect matching would need pairs that are not there.",
    ),
    "brute with many flows": (
        lambda _: BruteEngine().solve(_problem(capacity=2_000_000)),
        "The brute engine tries at most 2,000,000 flows without supplies. Use engine='flow'.",
    ),
    "brute without any flow": (
        lambda patch: (
            patch.setattr(BruteEngine, "_links", lambda *_: None),
            BruteEngine().solve(_problem()),
        ),
        "Not even the empty flow fits. Report this problem.",
    ),
    "greedy from fixed flows": (
        lambda _: GreedyEngine().solve(_problem(supply=(1, 0, -1))),
        "The greedy engine cannot start from fixed flows. Use engine='flow'.",
    ),
    "nothing suits": (
        lambda _: Choice((LapEngine(),)).solve(_problem(capacity=2)),
        "No engine takes this problem: its numbers are too large. Scale weights or capacities down.",
    ),
    "an engine that lies": (
        lambda patch: (
            patch.setattr("matchkit.solvers.match.chosen_engine", lambda _: _Idle()),
            _match()(),
        ),
        (
            "The engine called a plan optimal that a chain of moves improves. No answer is given; "
            "report this problem."
        ),
    ),
    "a loop that would never end": (
        lambda patch: (
            patch.setattr(loop, "first_pairs", lambda *_: empty()),
            patch.setattr(loop._Round, "next_pairs", lambda own, **_: own.pairs),
            _match()(),
        ),
        "The engine's own pairs beat the prices of its plan. No answer is given; report this problem.",
    ),
    "a bound that differs": (
        lambda patch: (patch.setattr(loop, "dual_bound", lambda *_: (9,)), _match()()),
        "No pair beats its prices, yet value (2,) and bound (9,) differ. Report this problem.",
    ),
    "a bound of one goal below what a plan reaches": (
        lambda _: search._Search._tighten(_reached_three(), Deadline()),  # type: ignore[arg-type]
        "A goal reaches 3, more than its bound 2. Report this problem.",
    ),
    "an answer of CP-SAT that breaks its model": (
        lambda patch: (
            patch.setattr(Program, "keeps", lambda *_: False),
            Model(_program()).solve(),
        ),
        "The engine's answer breaks its own model (cpsat). No answer is given; report this problem.",
    ),
    "an answer of CP-SAT beyond its bound": (
        lambda patch: (patch.setattr(cpsat, "_bound", lambda *_: 2), Model(_program()).solve()),
        "The answer of engine cpsat is worth 3, more than its bound 2. Report this problem.",
    ),
    "a model that CP-SAT calls invalid": (
        lambda patch: (
            patch.setattr(cpsat, "_solved", lambda *_: cp_model.MODEL_INVALID),
            Model(_program()).solve(),
        ),
        "A model of 1 variable is invalid to the engine cpsat. Report this problem.",
    ),
    "a solver of MathOpt that fails": (
        lambda patch: (
            patch.setattr("matchkit.engines.mathopt._apart", _fails),
            MIP_ENGINES["highs"].model(_program()).solve(),
        ),
        "The engine highs ended with an error of its own. Report this problem.",
    ),
    "a proof that fails": (
        lambda patch: (
            patch.setattr("matchkit.solvers.match.check_solution", lambda *_: "why"),
            _match()(),
        ),
        "The proof of a plan does not hold (why). No answer is given; report this problem.",
    ),
}


def _fails(_: object) -> None:
    raise RuntimeError


def _two_by_two_heavy() -> FlowProblem:
    problem = _two_by_two([(0, 0), (0, 1), (1, 0), (1, 1)])
    heavy = Arcs(
        problem.pairs.tail,
        problem.pairs.head,
        problem.pairs.capacity,
        np.array([2**55, 0, 0, -(2**55)]),
    )
    return FlowProblem(2, 2, 1, heavy, problem.links, problem.supply)


def _three_in_two() -> FlowProblem:
    """Three on either side, each with a pair, but two of them both need the same partner."""
    tail, head = np.array([0, 1, 2, 2], np.int32), np.array([3, 3, 4, 5], np.int32)
    links = Arcs(
        np.array([6, 6, 6, 3, 4, 5], np.int32),
        np.array([0, 1, 2, 6, 6, 6], np.int32),
        np.ones(6, np.int64),
        np.zeros(6, np.int64),
    )
    return FlowProblem(
        3,
        3,
        1,
        Arcs(tail, head, np.ones(4, np.int64), np.ones(4, np.int64)),
        links,
        np.zeros(7, np.int64),
    )


@pytest.mark.parametrize("case", ENGINE)
def test_the_engine_message(case: str, monkeypatch: Patch) -> None:
    act, message = ENGINE[case]
    with pytest.raises(EngineError) as caught:
        act(monkeypatch)
    assert str(caught.value) == message
    assert _chinese(caught.value)


def test_what_a_graph_file_cannot_hold() -> None:
    graph = labelled_graph([("a\x1bb", {})], [])
    with pytest.raises(InputError) as caught:
        graphml(graph)
    told = r"a\x1bb: holds the character U+001B, which XML cannot hold. Rename it without that character."
    assert str(caught.value).splitlines()[1].strip() == told


def test_earnings_too_large_for_blocks() -> None:
    with pytest.raises(BudgetError) as caught:
        price_blocks(_one_pair(2**58))
    told = (
        "A pair may earn 288,230,376,151,711,744 and a left node has up to 1 pair; sums that "
        "large are not exact. "
        "Give smaller weights or gains."
    )
    assert str(caught.value) == told


def test_numbers_too_large_for_cp_sat() -> None:
    def told(program: Program) -> str:
        with pytest.raises(BudgetError) as caught:
            Model(program).solve()
        assert _chinese(caught.value)
        return str(caught.value)

    end = "; numbers that large are not exact. Give smaller weights, factors or prices."
    zero, one, large = np.zeros(1, np.int64), np.ones(1, np.int64), np.array([2**53])
    assert told(_program(gain=2**53)) == f"The problem has an objective of up to 9.01e+15{end}"
    assert (
        told(replace(_program(), upper=large))
        == f"The problem has a variable of up to 9,007,199,254,740,992{end}"
    )
    row = replace(
        _program(), first=np.array([0, 1]), column=zero, coefficient=large, low=zero, high=one
    )
    assert told(row) == f"The problem has a row whose sum may exceed 52 bits{end}"


def test_a_gain_too_large_for_any_engine() -> None:
    refusal = _problem(gain=2**60).refusal()
    assert refusal is not None
    told = (
        "a gain of 1,152,921,504,606,846,976 over 3 nodes, of at most 288,230,376,151,711,743"
    )
    assert refusal.text() == told


def test_a_contradiction_of_cp_sat() -> None:
    told = "CP-SAT contradicts values that keep its program. No answer is given; report this problem."
    assert CONTRADICTION.text() == told


def test_why_an_engine_solved() -> None:
    assert reason_for("lap", "lap") == "lap: asked for by name"
    assert (
        reason_for("auto", "flow")
        == "flow: no rule ties one resource's pairs together beyond capacities and nested caps, so a flow is exact"
    )
    told = (
        "lap: both sides are of one size and everybody carries one unit; a perfect matching was tried first, and "
        "the prices confirm it"
    )
    assert reason_for("auto", "lap") == told


def _fixed(template: str) -> list[str]:
    """The fixed parts of a template that are more than punctuation."""
    parts = [text.strip(" ():") for text, *_ in Formatter().parse(template)]
    return [part for part in parts if len(part.strip(".,;'[]")) > 3]


def test_no_message_of_these_packages_is_missing_above() -> None:
    beside = [
        Path(__file__).parents[1] / "solvers" / f"test_{name}.py"
        for name in ("consumption", "certificate")
    ]
    pinned = " ".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__), *beside)
    ).replace("\\", "")
    told = " ".join(
        [message for table in (INPUT, BUDGET, ENGINE) for _, message in table.values()]
    ) + re.sub(r'"\n\s*r?"', "", pinned)
    english = templates("en")
    keys = {
        node.value
        for package in ("graph", "engines", "solvers")
        for path in (SOURCE / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in english and "." in node.value
    }
    assert len(keys) > 100
    assert [
        (key, part) for key in sorted(keys) for part in _fixed(english[key]) if part not in told
    ] == []
