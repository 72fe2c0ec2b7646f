"""The chosen pairs of a matching for those who live in data frames, networkx or scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matchkit.errors import InputError

if TYPE_CHECKING:
    import networkx

Ids = Sequence[str] | Sequence[int]
NodeArray = npt.NDArray[Any]


def frame_of(left: NodeArray, right: NodeArray, quantity: NodeArray, like: Any) -> Any:
    """A frame of the kind of ``like`` (None: pandas) with one row a pair: left and right (ids, or int64
    numbers), quantity (int64 (pairs,)).
    """
    try:
        import narwhals
    except ImportError as error:
        raise _missing("narwhals", "fault.needs_extra", extra="frames") from error
    data = {
        "left": left.tolist(),
        "right": right.tolist(),
        "quantity": quantity.tolist(),
    }
    if like is None:
        return narwhals.from_dict(data, backend="pandas").to_native()
    try:
        backend = narwhals.from_native(like, eager_only=True).implementation
    except TypeError as error:
        raise InputError.of(
            "like", "graph.type", "graph.frame", name=type(like).__name__
        ) from error
    return narwhals.from_dict(data, backend=backend).to_native()


def networkx_of(
    sides: tuple[Ids, Ids], left: NodeArray, right: NodeArray, quantity: NodeArray
) -> networkx.Graph[Any]:
    """An undirected networkx graph of all nodes, ``("left", id)`` and ``("right", id)`` as in
    ``BipartiteGraph.to_networkx``, with an edge and its ``quantity`` (int64 (pairs,), units) for every pair.
    """
    import networkx

    found: networkx.Graph[Any] = networkx.Graph()
    for number, (side, ids) in enumerate(zip(("left", "right"), sides, strict=True)):
        found.add_nodes_from(((side, name) for name in ids), bipartite=number)
    rows = zip(left.tolist(), right.tolist(), quantity.tolist(), strict=True)
    found.add_edges_from(
        (("left", one), ("right", other), {"quantity": units})
        for one, other, units in rows
    )
    return found


def matrix_of(
    sides: tuple[Ids, Ids], left: NodeArray, right: NodeArray, quantity: NodeArray
) -> Any:
    """A sparse array of scipy, int64 (left nodes, right nodes) in the order of their ids, with the units of
    every pair.
    """
    try:
        from scipy.sparse import csr_array
    except ImportError as error:
        raise _missing("scipy", "graph.no_scipy") from error
    rows, columns = (
        np.array([place[name] for name in nodes.tolist()], np.int64)
        for place, nodes in (
            ({name: number for number, name in enumerate(ids)}, nodes)
            for ids, nodes in zip(sides, (left, right), strict=True)
        )
    )
    return csr_array((quantity, (rows, columns)), shape=(len(sides[0]), len(sides[1])))


def _missing(package: str, advice: str, **values: Any) -> InputError:
    return InputError.of("like", "fault.needs_extra", advice, name=package, **values)
