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
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pinned
import pytest
import scipy.sparse
from ortools.sat.python import cp_model

import matchkit
import matchkit as mk
from matchkit.deadline import Deadline
from matchkit.engines import MIP_ENGINES, cpsat
from matchkit.engines.brute import BruteEngine
from matchkit.engines.cost_scaling import LapEngine, MinCostFlow, PerfectMatchingEngine
from matchkit.engines.cpsat import Model
from matchkit.engines.greedy import GreedyEngine
from matchkit.engines.problem import FlowArcs, FlowProblem
from matchkit.engines.program import Program
from matchkit.errors import (
    BudgetError,
    EngineError,
    InputError,
    MatchkitError,
    StoppedError,
)
from matchkit.graph.networkx_view import graphml, labelled_graph
from matchkit.messages.message import Message, templates
from matchkit.solvers.choice import EngineSequence, reason_for
from matchkit.solvers.flow import loop, rounds
from matchkit.solvers.flow.prices import keys_of
from matchkit.solvers.flow.subnetwork import empty
from matchkit.solvers.lagrangian.blocks import BlockProblem
from matchkit.solvers.lagrangian.price_blocks import price_blocks
from matchkit.solvers.lottery import perturbed
from matchkit.solvers.mip import search
from matchkit.solvers.mip.lexicographic import CONTRADICTION

WHOLE_FLOAT = f"{pinned.text('graph.fraction.do', most=9_007_199_254_740_992)}."
A_SHARE = pinned.sentences("limit.gap", "limit.gap.do")
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
NUMBERS = f"{pinned.text('graph.entry_type.do')}."
WHOLE = f"{pinned.text('graph.range.do', most=9_007_199_254_740_992)}."
FRAME = {"left": ["a"], "right": ["x"], "weight": [1]}

INPUT: dict[str, tuple[Callable[[], Any], str]] = {
    # consumption
    "consumption of another length": (
        _arrays(consumption=[1, 2]),
        pinned.line(
            "consumption", "graph.shape", "graph.one_a_pair.do", shape="(2,)", count=1
        ),
    ),
    "consumption below zero": (
        _arrays(consumption=[-1]),
        f"consumption[0]: is -1. {WHOLE}",
    ),
    "consumption in fractions": (
        _arrays(consumption=[0.5]),
        f"consumption[0]: is 0.5. {WHOLE_FLOAT}",
    ),
    "a minimum of a pair beside consumption": (
        _arrays(consumption=[1], edge_minimum=[1]),
        pinned.line(
            "edge_minimum", "graph.pair_beside", "graph.pair_beside.do", pair=0, least=1
        ),
    ),
    "a minimum above the capacity of its pair": (
        _arrays([0, 0], [0, 1], edge_capacity=[1, 2], edge_minimum=[1, 3]),
        pinned.line(
            "edge_minimum[1]",
            "graph.pair_minimum",
            "graph.pair_minimum.do",
            least=3,
            most=2,
        ),
    ),
    "ids that are numbers, one twice": (
        _arrays([7], left_ids=[7, 7]),
        pinned.line("left_ids", "graph.id_twice", "graph.id_twice.do"),
    ),
    "a number that is no id": (
        _arrays([8], left_ids=[7]),
        pinned.line(
            "left", "graph.id_unknown", "graph.id_unknown.do", node="8", side="left"
        ),
    ),
    "a left minimum beside consumption": (
        _arrays(consumption=[1], left_capacity=7, left_minimum=3),
        pinned.line(
            "left_minimum", "graph.left_beside", "graph.left_beside.do", node=0, least=3
        ),
    ),
    "consumption of another shape": (
        _matrix(np.eye(2, dtype=int), consumption=[1, 2]),
        pinned.line(
            "consumption",
            "graph.shape",
            "graph.shape.do",
            shape="(2,)",
            wanted="(2, 2)",
        ),
    ),
    "sparse consumption of another shape": (
        _matrix(
            scipy.sparse.eye(2, dtype=int), consumption=scipy.sparse.eye(3, dtype=int)
        ),
        pinned.line(
            "consumption",
            "graph.shape",
            "graph.shape.do",
            shape="(3, 3)",
            wanted="(2, 2)",
        ),
    ),
    "sparse consumption with a cell twice": (
        _matrix(
            scipy.sparse.eye(2, dtype=int),
            consumption=scipy.sparse.coo_matrix(([1, 2], ([1, 1], [0, 0])), (2, 2)),
        ),
        pinned.line(
            "consumption", "graph.cell_twice", "graph.cell_twice.do", cell="(1, 0)"
        ),
    ),
    "consumption on some edges": (
        _networkx(SOME_USE, ["a"]),
        pinned.line(
            "graph",
            "graph.edges_without",
            "graph.edges_consumption.do",
            name="'consumption'",
            count=1,
            all=2,
        ),
    ),
    "a flow engine beside consumption": (
        _match(
            graph=mk.BipartiteGraph.from_arrays([0], [0], consumption=[1]),
            engine="flow",
        ),
        pinned.line(
            "engine",
            "matching.consuming",
            "matching.consuming.do",
            engine="'flow'",
            names=("auto", "cpsat", "highs", "scip"),
        ),
    ),
    # arrays
    "ragged": (
        _arrays([[0], [1, 2]]),
        pinned.line("left", "graph.no_array", "graph.no_array.do", name="ValueError"),
    ),
    "hostile": (
        _arrays(weight=_Fails()),
        pinned.line(
            "weight", "graph.no_array", "graph.no_array.do", name="ZeroDivisionError"
        ),
    ),
    "masked": (
        _matrix(np.ma.masked_array([[1]], [[True]])),
        pinned.line("weight", "graph.masked", "graph.masked.do"),
    ),
    "mixed": (
        _arrays([1, "a"], [0, 0]),
        pinned.line("left", "graph.mixed", "graph.mixed.do", name="int"),
    ),
    "two-dimensional": (
        _arrays([[0]]),
        pinned.line("left", "graph.dimensions", "graph.list.do", count=2),
    ),
    "unequal": (
        _arrays([0, 1]),
        pinned.line("right", "graph.lengths", "graph.lengths.do", right=1, left=2),
    ),
    "weights too few": (
        _arrays([0, 1], [0, 1], [1]),
        pinned.line(
            "weight", "graph.shape", "graph.one_a_pair.do", shape="(1,)", count=2
        ),
    ),
    "edge capacities too many": (
        _arrays(edge_capacity=[1, 2]),
        pinned.line(
            "edge_capacity", "graph.shape", "graph.one_a_pair.do", shape="(2,)", count=1
        ),
    ),
    # nodes
    "negative node": (
        _arrays([-1]),
        pinned.line(
            "left",
            "graph.node_number",
            "graph.node_number.do",
            number=-1,
            most=9_999_999,
        ),
    ),
    "huge node": (
        _arrays([0], [200_000_000]),
        pinned.line(
            "right",
            "graph.node_number",
            "graph.node_number.do",
            number=200_000_000,
            most=9_999_999,
        ),
    ),
    "node beyond 64 bits": (
        _arrays([2**70]),
        pinned.line("left", "graph.entry_type", "graph.entry_type.do", name="int"),
    ),
    "booleans": (
        _arrays([True]),
        pinned.line("left", "graph.entry_type", "graph.entry_type.do", name="bool"),
    ),
    "floats": (_arrays([0.5]), f"left[0]: is 0.5. {WHOLE_FLOAT}"),
    "bytes": (
        _arrays([b"a"]),
        pinned.line("left", "graph.entry_type", "graph.entry_type.do", name="bytes_"),
    ),
    "nothing": (
        _arrays([None]),
        pinned.line("left", "graph.entry_type", "graph.entry_type.do", name="NoneType"),
    ),
    "numbers as objects": (
        _arrays(np.array([0], object)),
        pinned.line("left", "graph.entry_type", "graph.entry_type.do", name="int"),
    ),
    "an empty id": (
        _arrays([""]),
        pinned.line("left", "graph.id_empty", "graph.id_empty.do"),
    ),
    "an empty id among ids": (
        _arrays(["a"], left_ids=["a", ""]),
        pinned.line("left_ids", "graph.id_empty", "graph.id_empty.do"),
    ),
    "ids that are numbers": (
        _arrays(["a"], left_ids=["a", 1]),
        pinned.line("left_ids", "graph.entry_type", "graph.entry_type.do", name="int"),
    ),
    "ids beside numbers": (
        _arrays(left_ids=["a"]),
        pinned.line("left_ids", "graph.ids_unused", "graph.ids_unused.do", side="left"),
    ),
    "a text as ids": (
        _arrays(["a"], left_ids="a"),
        pinned.line("left_ids", "graph.type", "graph.ids.do", name="str"),
    ),
    "a number as ids": (
        _arrays(["a"], left_ids=5),
        pinned.line("left_ids", "graph.type", "graph.ids.do", name="int"),
    ),
    "ids twice": (
        _arrays(["a"], left_ids=["a", "a"]),
        pinned.line("left_ids", "graph.id_twice", "graph.id_twice.do"),
    ),
    "unknown id": (
        _arrays(["b"], left_ids=["a"]),
        pinned.line(
            "left", "graph.id_unknown", "graph.id_unknown.do", node="'b'", side="left"
        ),
    ),
    "pair twice": (
        _arrays([0, 0], [3, 3]),
        pinned.line("pair (0, 3)", "graph.pair_twice", "graph.pair_twice.do"),
    ),
    "pair of ids twice": (
        _arrays(["a", "a"], ["x", "x"]),
        pinned.line("pair ('a', 'x')", "graph.pair_twice", "graph.pair_twice.do"),
    ),
    # capacities and minimums
    "negative capacity": (
        _arrays(left_capacity=[1, -3]),
        f"left_capacity[1]: is -3. {WHOLE}",
    ),
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
    "float capacity": (
        _arrays(left_capacity=1.5),
        f"left_capacity: is 1.5. {WHOLE_FLOAT}",
    ),
    "text capacity": (
        _arrays(left_capacity="5"),
        pinned.line("left_capacity", "graph.dtype", "graph.dtype.do", dtype="<U1"),
    ),
    "boolean capacity": (
        _arrays(edge_capacity=[True]),
        pinned.line("edge_capacity", "graph.dtype", "graph.dtype.do", dtype="bool"),
    ),
    "capacity without end": (
        _arrays(right_minimum=np.inf),
        f"right_minimum: is inf. {WHOLE_FLOAT}",
    ),
    "capacities too few": (
        _arrays([5], left_capacity=[1, 1]),
        pinned.line(
            "left_capacity",
            "graph.entries_few",
            "graph.entries_few.do",
            count=2,
            side="left",
            node=5,
        ),
    ),
    "capacities and minimums": (
        _arrays(left_capacity=[1, 1], left_minimum=[0]),
        pinned.line(
            "left_minimum",
            "graph.shape",
            "graph.one_a_node.do",
            shape="(1,)",
            side=Message("graph.side.left"),
            count=2,
        ),
    ),
    "minimum above capacity": (
        _arrays(left_minimum=2),
        pinned.line(
            "left_minimum",
            "graph.node_minimum",
            "graph.node_minimum.do",
            node="0",
            least=2,
            most=1,
        ),
    ),
    "minimum of an id": (
        _arrays(["a", "b"], [0, 0], left_ids=["b", "a"], left_minimum=[2, 1]),
        pinned.line(
            "left_minimum",
            "graph.node_minimum",
            "graph.node_minimum.do",
            node="'b'",
            least=2,
            most=1,
        ),
    ),
    # weights
    "text": (
        _arrays(weight=["5"]),
        pinned.line("weight", "graph.dtype", "graph.weight_dtype.do", dtype="<U1"),
    ),
    "objects": (
        _arrays(weight=[2**70]),
        pinned.line("weight", "graph.dtype", "graph.weight_dtype.do", dtype="object"),
    ),
    "truth": (
        _arrays(weight=[True]),
        pinned.line("weight", "graph.dtype", "graph.weight_dtype.do", dtype="bool"),
    ),
    "complex": (
        _matrix([[1j]]),
        pinned.line(
            "weight", "graph.dtype", "graph.weight_dtype.do", dtype="complex128"
        ),
    ),
    "no number": (
        _arrays(weight=[np.nan]),
        pinned.line("weight", "graph.not_finite", "graph.not_finite.do"),
    ),
    "without end": (
        _matrix([[-np.inf]]),
        pinned.line("weight", "graph.not_finite", "graph.not_finite.do"),
    ),
    "fractions": (
        _arrays(weight=[0.5]),
        pinned.line("weight", "graph.fractions", "graph.fractions.do"),
    ),
    "too large": (
        _arrays(weight=[-(2**52)]),
        pinned.line(
            "weight",
            "graph.weight_large",
            "graph.weight_large.do",
            value=4_503_599_627_370_496,
            most=4_503_599_627_370_496,
        ),
    ),
    "least of all": (
        _arrays(weight=[-(2**63)]),
        pinned.line(
            "weight",
            "graph.weight_large",
            "graph.weight_large.do",
            value=9_223_372_036_854_775_808,
            most=4_503_599_627_370_496,
        ),
    ),
    "too fine": (
        _arrays(weight=[1e6], precision=1e-10),
        pinned.line(
            "weight",
            "graph.steps_many",
            "graph.steps_many.do",
            steps=1e16,
            most=4_503_599_627_370_496,
        ),
    ),
    "finest of all": (
        _arrays(weight=[0.5], precision=5e-324),
        "weight: reaches inf steps of the precision. Keep weights below 4,503,599,627,370,496 steps.",
    ),
    "precision of integers": (
        _arrays(weight=[1], precision=0.5),
        pinned.line(
            "precision",
            "graph.precision_unused",
            "graph.precision_unused.do",
            precision="0.5",
        ),
    ),
    "no precision": (
        _arrays(weight=[0.5], precision=0),
        pinned.line("precision", "graph.precision", "graph.precision.do"),
    ),
    # matrices
    "a vector": (
        _matrix([1, 2]),
        pinned.line("weight", "graph.dimensions", "graph.matrix.do", count=1),
    ),
    "a sparse vector": (
        _matrix(scipy.sparse.coo_array([1, 2])),
        pinned.line("weight", "graph.dimensions", "graph.matrix.do", count=1),
    ),
    "absent of another shape": (
        _matrix([[1, 2]], absent=[True, False]),
        pinned.line(
            "absent",
            "graph.absent",
            "graph.absent.do",
            shape="(2,)",
            dtype="bool",
            wanted="(1, 2)",
        ),
    ),
    "absent numbers": (
        _matrix([[1, 2]], absent=[[0, 1]]),
        pinned.line(
            "absent",
            "graph.absent",
            "graph.absent.do",
            shape="(1, 2)",
            dtype="int64",
            wanted="(1, 2)",
        ),
    ),
    "absent of a sparse matrix": (
        _matrix(scipy.sparse.coo_array([[1]]), absent=[[True]]),
        pinned.line("absent", "graph.absent_sparse", "graph.absent_sparse.do"),
    ),
    # networkx graphs
    "an arc from right to left": (
        _networkx(nx.DiGraph([("x", "a")]), ["a"]),
        pinned.line("graph", "graph.arc", "graph.arc.do"),
    ),
    "parallel edges": (
        _networkx(nx.MultiGraph(), []),
        pinned.line("graph", "graph.parallel", "graph.parallel.do"),
    ),
    "no networkx graph": (
        _networkx([("a", "x")], ["a"]),
        pinned.line("graph", "graph.type", "graph.networkx.do", name="list"),
    ),
    "left is no list": (
        _networkx(HALF, 5),
        pinned.line("left", "graph.no_nodes", "graph.no_nodes.do"),
    ),
    "left is elsewhere": (
        _networkx(HALF, ["b", "c"]),
        pinned.line("left", "graph.nodes_unknown", "graph.nodes_unknown.do", count=2),
    ),
    "alike": (
        _networkx(_edges((1, 2), ("1", 2)), [1, "1"]),
        pinned.line("left", "graph.alike", "graph.alike.do"),
    ),
    "within a side": (
        _networkx(HALF, []),
        pinned.line("graph", "graph.within", "graph.within.do"),
    ),
    "misspelt": (
        _networkx(HALF, ["a"]),
        pinned.line(
            "graph",
            "graph.edges_without",
            "graph.edges_weight.do",
            name="'weight'",
            count=1,
            all=2,
        ),
    ),
    "asked for and misspelt": (
        _networkx(_edges(("a", "x"), weigth=1), ["a"], weight="worth"),
        pinned.line(
            "graph",
            "graph.edges_without",
            "graph.edges_weight.do",
            name="'worth'",
            count=1,
            all=1,
        ),
    ),
    "a capacity beyond 64 bits": (
        _networkx(_edges(("a", "x"), capacity=2**70), ["a"]),
        pinned.line("edge_capacity", "graph.dtype", "graph.dtype.do", dtype="object"),
    ),
    # frames
    "no frame": (
        _frame({"left": ["a"]}),
        pinned.line("frame", "graph.type", "graph.frame.do", name="dict"),
    ),
    "no column": (
        _frame(pd.DataFrame(FRAME), left="who"),
        pinned.line(
            "frame",
            "graph.no_column",
            "graph.no_column.do",
            name="'who'",
            columns=("left", "right", "weight"),
        ),
    ),
    "columns twice": (
        _frame(
            pd.DataFrame(
                [["a", "x", 1, 1]], columns=["left", "right", "weight", "weight"]
            )
        ),
        pinned.line("frame", "sheet.columns_alike", "graph.columns_alike.do"),
    ),
    "empty cells": (
        _frame(pd.DataFrame(FRAME | {"left": [None]})),
        pinned.line("column 'left'", "graph.empty_cells", "graph.empty_cells.do"),
    ),
    # options
    "no graph": (
        _match(graph=np.eye(2)),
        pinned.line("graph", "graph.type", "matching.graph.do", name="ndarray"),
    ),
    "objective": (
        _match(objective="wieght"),
        pinned.line(
            "objective",
            "graph.is",
            "matching.option.do",
            value="'wieght'",
            names=("weight", "cardinality", "cardinality then weight"),
        ),
    ),
    "engine": (
        _match(engine="highs"),
        pinned.line(
            "engine",
            "graph.is",
            "matching.option.do",
            value="'highs'",
            names=("auto", "brute", "flow", "greedy", "lap"),
        ),
    ),
    "engine of no name": (
        _match(engine=None),
        pinned.line(
            "engine",
            "graph.is",
            "matching.option.do",
            value="'None'",
            names=("auto", "brute", "flow", "greedy", "lap"),
        ),
    ),
    "minimise": (
        _match(minimize="yes"),
        pinned.line("minimize", "record.truth", "cell.accepts.yes_no"),
    ),
    "time limit": (
        _match(time_limit=-1),
        pinned.line("time_limit", "limit.time_limit", "limit.time_limit.do"),
    ),
    "time without end": (
        _match(time_limit=np.inf),
        pinned.line("time_limit", "limit.time_limit", "limit.time_limit.do"),
    ),
    "gap": (_match(gap=np.nan), f"gap: {A_SHARE}"),
    "a gap in hundredths": (_match(gap=5), f"gap: {A_SHARE}"),
    "no gap": (_match(gap=None), f"gap: {A_SHARE}"),
    "listener": (
        _match(progress=5),
        pinned.line("progress", "option.progress", "option.progress.do"),
    ),
}


def _chinese(error: MatchkitError) -> bool:
    """Whether no English phrase is left in the Chinese text (the name of an objective is one)."""
    return (
        re.search(
            "[A-Za-z]+ [a-z]+", error.text("zh").replace("cardinality then weight", "")
        )
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
    assert str(caught.value) == pinned.text("stopped.search")


def test_a_matching_without_the_packages_of_its_views(monkeypatch: Patch) -> None:
    found = mk.match(mk.BipartiteGraph.from_matrix([[1]]))
    for package in ("narwhals", "scipy", "scipy.sparse"):
        monkeypatch.setitem(__import__("sys").modules, package, None)
    message = pinned.line(
        "like",
        "fault.needs_extra",
        "fault.needs_extra.do",
        name="narwhals",
        extra="frames",
    )
    with pytest.raises(InputError, match=message):
        found.to_frame()
    with pinned.raises(
        InputError, "fault.needs_extra", "graph.no_scipy.do", about="like", name="scipy"
    ):
        found.to_scipy()


def test_the_view_of_a_matching_tells_pairs_and_goals() -> None:
    shown = mk.match(
        mk.BipartiteGraph.from_matrix([[1]]), engine="greedy"
    )._repr_html_()
    assert (
        f"<strong>{pinned.text('view.matching', status=pinned.text('view.status.feasible'))}</strong></p><p>1 pair, 1 unit</p>"
        in shown
    )
    assert [
        word in shown for word in (">goal<", ">value<", ">bound<", "<bdi>open</bdi>")
    ] == [True] * 4


def test_a_frame_without_narwhals(monkeypatch: Patch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    with pinned.raises(
        InputError,
        "graph.no_narwhals",
        "fault.needs_extra.do",
        about="frame",
        extra="frames",
    ):
        mk.BipartiteGraph.from_frame(pd.DataFrame(FRAME))


def _wide(**options: Any) -> Callable[[], Any]:
    return lambda: mk.match(
        mk.BipartiteGraph.from_arrays(np.arange(2000), np.arange(2000), **options)
    )


FAR = f"{pinned.text('engine.capacities_large', total=18_014_398_509_481_984_000, most=1_152_921_504_606_846_975)}."
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
        pinned.text("matching.consumption_pairs", most=20_000_000),
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
        pinned.text(
            "matching.sums_large",
            what=Message("matching.sum.weights"),
            total=7.205759403792794e16,
            most=72_057_594_037_927_936,
        ),
    ),
    "many columns": (
        _matrix(scipy.sparse.coo_array((1, 10**12))),
        pinned.text(
            "graph.nodes_many",
            side=Message("graph.side.right"),
            count=1_000_000_000_000,
            most=10_000_000,
        ),
    ),
    "many cells": (
        _matrix(np.broadcast_to(np.int8(1), (10**6, 10**6))),
        pinned.text("graph.cells_many", count=1_000_000_000_000, most=10_000_000_000),
    ),
    "many units": (
        _wide(
            left_capacity=2**53,
            right_capacity=2**53,
            edge_capacity=np.full(2000, 2**53),
        ),
        pinned.text(
            "matching.numbers_large",
            reason=pinned.message(
                "engine.capacities_large",
                total=18_014_398_509_481_984_000,
                most=1_152_921_504_606_846_975,
            ),
        ),
    ),
    "heavy pairs beside goals": (
        lambda: mk.match(
            mk.BipartiteGraph.from_matrix(np.full((30, 30), 2**48), right_minimum=1),
            "cardinality then weight",
        ),
        pinned.text("matching.weights_large", weight=281_474_976_710_656, nodes=60),
    ),
    "heavy pairs": (
        _wide(weight=np.full(2000, 2**51)),
        pinned.text(
            "matching.weight_large",
            weight=2_251_799_813_685_248,
            nodes=4_000,
            most=288_086_332_985_218,
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
        (1, pinned.text("matching.keys_large")),
        (2, pinned.text("matching.keys_large_goals")),
    ],
)
def test_keys_too_large_to_compare(words: int, message: str) -> None:
    links = SimpleNamespace(left_count=1, root=2)
    lengths = [np.array([2**59, 5, 0], np.int64)] * words
    with pytest.raises(BudgetError) as caught:
        keys_of(lengths, links, (SimpleNamespace(weight=True),) * words, 1)  # type: ignore[arg-type]
    assert str(caught.value) == message


def _problem(
    gain: int = 1,
    capacity: int = 1,
    supply: tuple[int, ...] = (0, 0, 0),
    pairs: int = 1,
) -> FlowProblem:
    """One left and one right node with the root, and a pair between them (or none)."""

    def arcs(tail: list[int], head: list[int], worth: int) -> FlowArcs:
        return FlowArcs(
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
        _task=SimpleNamespace(tighten=lambda *_: 2, exact=True),
        _state=SimpleNamespace(goals=(3,), bounds=(9,), enough=lambda: False),
    )


def _one_pair(weight: int) -> BlockProblem:
    one, zero = np.ones(1, np.int64), np.zeros(1, np.int64)
    node = np.zeros(1, np.int32)
    return BlockProblem(
        node,
        node,
        np.array([weight]),
        1,
        1,
        one,
        -one,
        zero,
        node,
        node,
        one,
        zero,
        zero,
        zero,
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
    links = FlowArcs(
        np.array([4, 4, 2, 3], np.int32), np.array([0, 1, 4, 4], np.int32), one, 0 * one
    )
    few = np.ones(len(cells), np.int64)
    return FlowProblem(
        2,
        2,
        1,
        FlowArcs(tail, head + np.int32(2), few, few),
        links,
        np.zeros(5, np.int64),
    )


class _Idle:
    """An engine that does nothing and calls it the best there is."""

    name, exact = "idle", True

    def suits(self, _: FlowProblem) -> bool:
        return True

    def solve(self, problem: FlowProblem) -> tuple[Any, Any]:
        return np.zeros(len(problem.pairs), np.int64), np.zeros(
            len(problem.links), np.int64
        )


ENGINE: dict[str, tuple[Callable[[Patch], Any], str]] = {
    "flow without balance": (
        lambda _: MinCostFlow().solve(_problem(supply=(3, 0, -2))),
        pinned.text("engine.flow_ended", status="UNBALANCED", pairs=1),
    ),
    "flow without room": (
        lambda _: MinCostFlow().solve(_problem(supply=(3, 0, -3))),
        pinned.text("engine.flow_ended", status="INFEASIBLE", pairs=1),
    ),
    "flow with a gain too large": (
        lambda _: MinCostFlow().solve(_problem(gain=2**62)),
        pinned.text("engine.flow_ended", status="BAD_COST_RANGE", pairs=1),
    ),
    "lap with capacities": (
        lambda _: LapEngine().solve(_problem(capacity=2)),
        pinned.text("engine.lap_refused"),
    ),
    "lap with a gain too large": (
        lambda patch: (
            patch.setattr(LapEngine, "suits", lambda *_: True),
            LapEngine().solve(_problem(gain=2**61)),
        ),
        pinned.text("engine.lap_ended", status="POSSIBLE_OVERFLOW", pairs=1),
    ),
    "perfect without a pair": (
        lambda _: PerfectMatchingEngine().solve(_problem(pairs=0)),
        pinned.text("engine.no_pair"),
    ),
    "perfect with a gain too large": (
        lambda _: PerfectMatchingEngine().solve(_two_by_two_heavy()),
        pinned.text("engine.not_perfect"),
    ),
    "perfect that is not possible": (
        lambda _: PerfectMatchingEngine().solve(_three_in_two()),
        pinned.text("engine.pairs_missing"),
    ),
    "brute with many flows": (
        lambda _: BruteEngine().solve(_problem(capacity=2_000_000)),
        pinned.text("engine.brute_many", most=2_000_000),
    ),
    "brute without any flow": (
        lambda patch: (
            patch.setattr(BruteEngine, "_links", lambda *_: None),
            BruteEngine().solve(_problem()),
        ),
        pinned.text("engine.brute_none"),
    ),
    "greedy from fixed flows": (
        lambda _: GreedyEngine().solve(_problem(supply=(1, 0, -1))),
        pinned.text("engine.greedy_fixed"),
    ),
    "nothing suits": (
        lambda _: EngineSequence((LapEngine(),)).solve(_problem(capacity=2)),
        pinned.text("matching.no_engine"),
    ),
    "an engine that lies": (
        lambda patch: (
            patch.setattr("matchkit.solvers.match.chosen_engine", lambda _: _Idle()),
            _match()(),
        ),
        pinned.text("matching.not_optimal"),
    ),
    "a loop that would never end": (
        lambda patch: (
            patch.setattr(loop, "first_pairs", lambda *_: empty()),
            patch.setattr(rounds.Round, "next_pairs", lambda own, _: own.pairs),
            _match()(),
        ),
        pinned.text("matching.own_pairs"),
    ),
    "a bound that differs": (
        lambda patch: (
            patch.setattr(perturbed.PerturbedRounds, "_bound", lambda _: (2, 10**9)),
            mk.lottery(
                mk.BipartiteGraph.from_matrix(np.eye(2, dtype=np.int64)),
                perturbation=0.5,
            ),
        ),
        pinned.text(
            "matching.bounds_differ",
            value="(2048, 1073741824)",
            bound="(2, 1000000000)",
        ),
    ),
    "a bound of one goal below what a plan reaches": (
        lambda _: search._Search._tighten(_reached_three(), Deadline()),  # type: ignore[arg-type]
        pinned.text("matching.goal_beyond", value=3, bound=2),
    ),
    "an answer of CP-SAT that breaks its model": (
        lambda patch: (
            patch.setattr(Program, "keeps", lambda *_: False),
            Model(_program()).solve(),
        ),
        pinned.text("engine.model_broken", engine="cpsat"),
    ),
    "an answer of CP-SAT beyond its bound": (
        lambda patch: (
            patch.setattr(cpsat, "_bound", lambda *_: 2),
            Model(_program()).solve(),
        ),
        pinned.text("engine.beyond_bound", engine="cpsat", value=3, bound=2),
    ),
    "a model that CP-SAT calls invalid": (
        lambda patch: (
            patch.setattr(cpsat, "_solved", lambda *_: cp_model.MODEL_INVALID),
            Model(_program()).solve(),
        ),
        pinned.text("engine.model_invalid", engine="cpsat", variables=1),
    ),
    "a solver of MathOpt that fails": (
        lambda patch: (
            patch.setattr("matchkit.engines.mathopt.apart", _fails),
            MIP_ENGINES["highs"].model(_program()).solve(),
        ),
        pinned.text("engine.failed", engine="highs"),
    ),
    "a proof that fails": (
        lambda patch: (
            patch.setattr("matchkit.solvers.match.check_solution", lambda *_: "why"),
            _match()(),
        ),
        pinned.text("defect.plan", reason="why"),
    ),
}


def _fails(_: object) -> None:
    raise RuntimeError


def _two_by_two_heavy() -> FlowProblem:
    problem = _two_by_two([(0, 0), (0, 1), (1, 0), (1, 1)])
    heavy = FlowArcs(
        problem.pairs.tail,
        problem.pairs.head,
        problem.pairs.capacity,
        np.array([2**55, 0, 0, -(2**55)]),
    )
    return FlowProblem(2, 2, 1, heavy, problem.links, problem.supply)


def _three_in_two() -> FlowProblem:
    """Three on either side, each with a pair, but two of them both need the same partner."""
    tail, head = np.array([0, 1, 2, 2], np.int32), np.array([3, 3, 4, 5], np.int32)
    links = FlowArcs(
        np.array([6, 6, 6, 3, 4, 5], np.int32),
        np.array([0, 1, 2, 6, 6, 6], np.int32),
        np.ones(6, np.int64),
        np.zeros(6, np.int64),
    )
    return FlowProblem(
        3,
        3,
        1,
        FlowArcs(tail, head, np.ones(4, np.int64), np.ones(4, np.int64)),
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
    told = pinned.line("a\\x1bb", "graph.xml", "graph.xml.do", code="U+001B")
    assert str(caught.value).splitlines()[1].strip() == told


def test_earnings_too_large_for_blocks() -> None:
    with pytest.raises(BudgetError) as caught:
        price_blocks(_one_pair(2**58))
    told = pinned.text(
        "matching.earnings_large", earns=288_230_376_151_711_744, count=1
    )
    assert str(caught.value) == told


def test_numbers_too_large_for_cp_sat() -> None:
    def told(program: Program) -> str:
        with pytest.raises(BudgetError) as caught:
            Model(program).solve()
        assert _chinese(caught.value)
        return str(caught.value)

    def large(key: str, **values: Any) -> str:
        return pinned.text("engine.not_exact", reason=pinned.message(key, **values))

    zero, one, top = np.zeros(1, np.int64), np.ones(1, np.int64), np.array([2**53])
    assert told(_program(gain=2**53)) == large("engine.objective_large", value=2.0**53)
    assert told(replace(_program(), upper=top)) == large(
        "engine.variable_large", value=2**53
    )
    row = replace(
        _program(),
        first=np.array([0, 1]),
        column=zero,
        coefficient=top,
        low=zero,
        high=one,
    )
    assert told(row) == large("engine.row_large")


def test_a_gain_too_large_for_any_engine() -> None:
    refusal = _problem(gain=2**60).refusal()
    assert refusal is not None
    told = pinned.text(
        "engine.gain_large",
        gain=1_152_921_504_606_846_976,
        nodes=3,
        most=288_230_376_151_711_743,
    )
    assert refusal.text() == told


def test_a_contradiction_of_cp_sat() -> None:
    told = pinned.text("matching.contradiction")
    assert CONTRADICTION.text() == told


def test_why_an_engine_solved() -> None:
    assert reason_for("lap", "lap") == pinned.message(
        "engine.reason.named", engine="lap"
    )
    assert reason_for("auto", "flow") == pinned.message("engine.reason.flow")
    assert reason_for("auto", "lap") == pinned.message("engine.reason.lap")


def test_no_message_of_these_packages_is_missing_above() -> None:
    beside = [
        Path(__file__).parents[1] / "solvers" / f"test_{name}.py"
        for name in (
            "arrivals",
            "consumption",
            "certificate",
            "fair_matching",
            "fair_quality",
            "lottery",
            "lottery_draws",
            "stable_choice",
            "stable_ends",
            "stable_refusals",
        )
    ]
    english = templates("en")
    named = {text for path in (Path(__file__), *beside) for text in _texts(path)}
    keys = {
        text
        for package in ("graph", "engines", "solvers")
        for path in (SOURCE / package).rglob("*.py")
        for text in _texts(path)
        if text in english and "." in text
    }
    assert len(keys) > 100
    # The name of a place, such as "pair (0, 3)", is seen in the messages about it.
    prose = {
        key: re.findall("[A-Za-z]+", re.sub(r"\{.*?\}", "", english[key]))
        for key in keys
    }
    assert {key for key in keys - named if len(prose[key]) > 1} == set()


def _texts(path: Path) -> list[str]:
    """All texts that stand in a file as literals."""
    return [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
