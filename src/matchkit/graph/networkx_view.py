"""Views on which nothing is solved: networkx graphs in and out, and graphs of named nodes with typed
attributes, with their text as GraphML.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from matchkit.arrays import Int64
from matchkit.errors import InputError

if TYPE_CHECKING:
    import networkx

    from matchkit.graph.bipartite import BipartiteGraph

    LabelledGraph: TypeAlias = networkx.Graph[str]

Attributes = Mapping[str, str | int | float | bool | None]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to hold, not even escaped (Char, section 2.2)."""


def graph_from_networkx(
    graph: networkx.Graph[Any],
    left: Sequence[Any],
    weight: str,
    precision: float | None,
) -> BipartiteGraph:
    """The bipartite graph of a networkx graph whose left nodes are named; one that is directed has all arcs
    from left to right.

    Nodes get ids ``str(node)``, which must differ within a side. Node attributes ``capacity`` (default 1) and
    ``minimum`` (default 0), edge attributes ``weight`` (or the name given; 0 if no edge has it, while some
    without it are refused as misspelt), ``capacity`` (default 1), ``minimum`` (default 0) and ``consumption``
    (all edges or none) are read. Pairs are in the order of ``graph.edges``. Raises InputError.
    """
    import networkx

    from matchkit.graph.bipartite import BipartiteGraph

    if not isinstance(graph, networkx.Graph):
        raise InputError.of(
            "graph", "graph.type", "graph.networkx", name=type(graph).__name__
        )
    if graph.is_multigraph():
        raise InputError.of("graph", "graph.parallel")
    try:
        lefts = set(left)
    except TypeError as error:
        raise InputError.of("left", "graph.no_nodes") from error
    missing = sum(node not in graph for node in lefts)
    if missing:
        raise InputError.of("left", "graph.nodes_unknown", count=missing)
    sides = [
        [node for node in graph.nodes if (node in lefts) == is_left]
        for is_left in (True, False)
    ]
    ids = [[str(node) for node in side] for side in sides]
    for name, texts in zip(("left", "right"), ids, strict=True):
        if len(set(texts)) < len(texts):
            raise InputError.of(name, "graph.alike")
    ends, weights, capacities, minimums, used = [], [], [], [], []
    for one, other, data in graph.edges(data=True):
        if (one in lefts) == (other in lefts):
            raise InputError.of("graph", "graph.within")
        if graph.is_directed() and other in lefts:
            raise InputError.of("graph", "graph.arc")
        ends.append((str(one), str(other)) if one in lefts else (str(other), str(one)))
        if weight in data:
            weights.append(data[weight])
        capacities.append(data.get("capacity", 1))
        minimums.append(data.get("minimum", 0))
        if "consumption" in data:
            used.append(data["consumption"])
    if len(weights) not in (0, len(ends)) or (
        weight != "weight" and ends and not weights
    ):
        raise _some_without(
            str(weight)[:80], "graph.edges_weight", len(weights), len(ends)
        )
    if len(used) not in (0, len(ends)):
        raise _some_without(
            "consumption", "graph.edges_consumption", len(used), len(ends)
        )
    limits = {
        f"{name}_{what}": [graph.nodes[node].get(what, default) for node in side]
        for name, side in zip(("left", "right"), sides, strict=True)
        for what, default in (("capacity", 1), ("minimum", 0))
    }
    return BipartiteGraph.from_arrays(
        np.array([end[0] for end in ends], object),
        np.array([end[1] for end in ends], object),
        weights or None,
        edge_capacity=capacities,
        edge_minimum=minimums,
        consumption=used or None,
        left_ids=ids[0],
        right_ids=ids[1],
        precision=precision,
        **limits,
    )


def _some_without(name: str, advice: str, given: int, edges: int) -> InputError:
    """The refusal of a graph of which only some edges have an attribute."""
    return InputError.of(
        "graph",
        "graph.edges_without",
        advice,
        name=repr(name),
        count=edges - given,
        all=edges,
    )


def graph_to_networkx(graph: BipartiteGraph) -> networkx.Graph[Any]:
    """An undirected networkx graph with nodes ``("left", id)`` and ``("right", id)`` (the number where there
    is no id).

    Nodes carry ``bipartite`` (0 left, 1 right), ``capacity`` and ``minimum``, edges ``weight`` (a whole
    number of precision steps for float weights), ``capacity`` and, where the graph has them, ``consumption``
    and ``minimum``. Costs about 400 bytes a pair: for small graphs.
    """
    import networkx

    from matchkit.graph.candidates import MatrixBlock

    result: networkx.Graph[Any] = networkx.Graph()
    names = []
    for side, ids, capacity, minimum in (
        ("left", graph.left_ids, graph.left_capacity, graph.left_minimum),
        ("right", graph.right_ids, graph.right_capacity, graph.right_minimum),
    ):
        names.append(
            [
                (side, node if ids is None else ids[node])
                for node in range(len(capacity))
            ]
        )
        for node, most, least in zip(
            names[-1], capacity.tolist(), minimum.tolist(), strict=True
        ):
            result.add_node(
                node, bipartite=int(side == "right"), capacity=most, minimum=least
            )
    listed = 0
    for row in range(graph.pairs.left_count):
        block = graph.pairs.block(row, row + 1)
        if isinstance(block, MatrixBlock):
            rights = (
                list(range(graph.pairs.right_count))
                if block.absent is None
                else np.flatnonzero(~block.absent[0]).tolist()
            )
            entries = [(right, int(block.weight[0, right]), 1) for right in rights]
        else:
            room = (
                [1] * len(block.right)
                if block.capacity is None
                else block.capacity.tolist()
            )
            entries = list(
                zip(block.right.tolist(), block.weight.tolist(), room, strict=True)
            )
        for right, weight, most in entries:
            result.add_edge(
                names[0][row], names[1][right], weight=weight, capacity=most
            )
        for name, held in (
            ("consumption", graph.consumption),
            ("minimum", graph.edge_minimum),
        ):
            amounts = _of_row(held, row, listed, [right for right, *_ in entries])
            for (right, *_), amount in zip(entries, amounts, strict=False):
                result.edges[names[0][row], names[1][right]][name] = amount
        listed += len(entries)
    return result


def _of_row(
    amounts: Int64 | None, row: int, listed: int, rights: list[int]
) -> list[int]:
    """One amount a pair of a row, the row's pairs being listed from that position on; none where it is not
    said.
    """
    if amounts is None:
        return []
    found = (
        amounts[row, rights]
        if amounts.ndim == 2
        else amounts[listed : listed + len(rights)]
    )
    return [int(amount) for amount in found.tolist()]


def labelled_graph(
    nodes: Iterable[tuple[str, Attributes]],
    edges: Iterable[tuple[str, str, Attributes]],
    **about: str,
) -> LabelledGraph:
    """An undirected graph of these nodes and edges; an attribute that is None is left out. ``about`` are
    attributes of the graph.
    """
    import networkx

    result: LabelledGraph = networkx.Graph(**about)
    result.add_nodes_from((name, _present(attributes)) for name, attributes in nodes)
    result.add_edges_from(
        (one, other, _present(attributes)) for one, other, attributes in edges
    )
    return result


def _present(attributes: Attributes) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def graphml(graph: LabelledGraph) -> bytes:
    """The graph as GraphML in UTF-8, attributes with their types, all text escaped.

    Raises InputError for text that no XML can hold (U+FFFE and U+FFFF, control characters): leaving it out
    would make two ids one.
    """
    import networkx

    for node, attributes in graph.nodes(data=True):
        _check(node, node, attributes)
    for one, other, attributes in graph.edges(data=True):
        _check(f"{one}, {other}", "", attributes)
    written = io.BytesIO()
    # Python's own writer: the other one is taken where lxml happens to be installed, and writes other bytes.
    networkx.write_graphml_xml(graph, written)
    return written.getvalue()


def _check(where: str, name: str, attributes: Mapping[str, Any]) -> None:
    for text in (
        name,
        *(value for value in attributes.values() if isinstance(value, str)),
    ):
        bad = _NOT_IN_XML.search(text)
        if bad:
            shown = where.encode("unicode_escape").decode()[:200]
            raise InputError.of(shown, "graph.xml", code=f"U+{ord(bad[0]):04X}")
