"""BipartiteGraph: what ``match`` takes. Arrays, a matrix, a networkx graph or a data frame in one call
each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Mask
from matchkit.errors import BudgetError, InputError
from matchkit.graph.candidates import Candidates, MatrixPairs, PairList, sorted_order
from matchkit.graph.given import (
    GivenAmounts,
    consumption_of,
    edge_limits,
    no_minimum_beside,
    node_count,
    node_limits,
    one_each,
    stored_consumption,
)
from matchkit.graph.node_ids import (
    MOST_NODES,
    NodeIds,
    array_of,
    given_twice,
    numbered_nodes,
    too_many_nodes,
)
from matchkit.graph.scaling import WeightScale, whole_weights
from matchkit.messages.message import Message

if TYPE_CHECKING:
    import networkx

MOST_CELLS = 10**10


@dataclass(frozen=True, slots=True, eq=False)
class BipartiteGraph:
    """Left nodes, right nodes, the pairs between them, and how much each may (capacity) and should (minimum)
    carry.

    Build it with ``from_arrays``, ``from_matrix``, ``from_networkx`` or ``from_frame``. Nodes are numbered
    from 0, or by sorted ids (texts, or whole numbers) where ids were given (``left_ids``, ``right_ids``).
    Capacities and minimums are int64 arrays.

    ``consumption`` (int64, one a pair in the order of the pairs, or a matrix of all cells; None: 1
    everywhere) is what a unit on a pair uses of its left node's capacity; where it is given, that capacity
    limits the sum of consumption times units (the generalised assignment problem), and neither left nodes nor
    pairs have a minimum. ``edge_minimum`` (int64, one a pair in the order of the pairs; None: 0 everywhere)
    is what a pair should carry at least.
    """

    pairs: Candidates
    left_capacity: Int64
    right_capacity: Int64
    left_minimum: Int64
    right_minimum: Int64
    left_ids: NodeIds
    right_ids: NodeIds
    scale: WeightScale
    consumption: Int64 | None = None
    edge_minimum: Int64 | None = None

    def __repr__(self) -> str:
        return f"BipartiteGraph(left={len(self.left_capacity)}, right={len(self.right_capacity)})"

    @classmethod
    def from_arrays(
        cls,
        left: npt.ArrayLike,
        right: npt.ArrayLike,
        weight: npt.ArrayLike | None = None,
        *,
        left_capacity: GivenAmounts = None,
        right_capacity: GivenAmounts = None,
        left_minimum: GivenAmounts = None,
        right_minimum: GivenAmounts = None,
        edge_capacity: npt.ArrayLike | None = None,
        edge_minimum: npt.ArrayLike | None = None,
        consumption: npt.ArrayLike | None = None,
        left_ids: Sequence[str] | Sequence[int] | None = None,
        right_ids: Sequence[str] | Sequence[int] | None = None,
        precision: float | None = None,
    ) -> BipartiteGraph:
        """A graph from parallel arrays, one entry a pair.

        ``left`` and ``right`` are integers (node numbers from 0, or ids where ``left_ids`` or ``right_ids``
        lists them) or strings (ids); ``weight`` integers, or floats with ``precision`` (the smallest
        difference that matters), default 0; ``edge_capacity`` the units a pair may carry, default 1, and
        ``edge_minimum`` those it should carry at least, default 0. Capacities (default 1) and minimums
        (default 0) are one number for all or one a node: by node number, or in the order of ``left_ids`` /
        ``right_ids`` where the nodes have ids (default: all ids that occur in the pairs, sorted).
        ``consumption`` (whole numbers from 0, one a pair) is what a unit uses of its left node's capacity,
        which then is no number of units; minimums of left nodes and of pairs are refused beside it. Floats
        that are whole count as integers in all amounts. Raises InputError, also for a pair given twice.
        """
        left_index, left_names, left_order = numbered_nodes("left", left, left_ids)
        right_index, right_names, right_order = numbered_nodes(
            "right", right, right_ids
        )
        if len(left_index) != len(right_index):
            lengths = {"right": len(right_index), "left": len(left_index)}
            raise InputError.of("right", "graph.lengths", **lengths)
        sides = []
        for side, index, names, order, amounts in (
            ("left", left_index, left_names, left_order, (left_capacity, left_minimum)),
            (
                "right",
                right_index,
                right_names,
                right_order,
                (right_capacity, right_minimum),
            ),
        ):
            count = (
                len(names) if names is not None else node_count(side, index, amounts)
            )
            sides.append((count, *node_limits(side, count, names, order, *amounts)))
        (left_count, left_cap, left_min), (right_count, right_cap, right_min) = sides
        weights = (
            np.zeros(len(left_index), np.int64)
            if weight is None
            else one_each("weight", weight, len(left_index))
        )
        whole, scale = whole_weights(weights, precision)
        room, least = edge_limits(edge_capacity, edge_minimum, len(left_index))
        used = (
            None
            if consumption is None
            else consumption_of(consumption, left_index.shape)
        )
        no_minimum_beside(used, left_min, least)
        order, twice = sorted_order(left_index, right_index, right_count)
        if twice is not None:
            raise given_twice(
                left_index[twice], right_index[twice], left_names, right_names
            )
        if order is None:
            whole = (
                whole.copy()
            )  # what the caller does to the array later changes nothing here
        else:
            left_index, right_index, whole = (
                left_index[order],
                right_index[order],
                whole[order],
            )
            room, used, least = (
                None if amounts is None else amounts[order]
                for amounts in (room, used, least)
            )
            scale = replace(
                scale, given=None if scale.given is None else scale.given[order]
            )
        first = np.searchsorted(left_index, np.arange(left_count + 1)).astype(np.int64)
        span = (int(whole.min()), int(whole.max())) if len(whole) else (0, 0)
        pairs: Candidates = PairList(
            left_count,
            right_count,
            first,
            right_index.astype(np.int32),
            whole,
            room,
            order,
            span,
        )
        return cls(
            pairs,
            left_cap,
            right_cap,
            left_min,
            right_min,
            left_names,
            right_names,
            scale,
            used,
            least,
        )

    @classmethod
    def from_matrix(
        cls,
        weight: Any,
        *,
        absent: npt.ArrayLike | None = None,
        left_capacity: GivenAmounts = None,
        right_capacity: GivenAmounts = None,
        left_minimum: GivenAmounts = None,
        right_minimum: GivenAmounts = None,
        consumption: Any = None,
        precision: float | None = None,
    ) -> BipartiteGraph:
        """A graph from a matrix: rows are left nodes, columns right nodes, each cell the weight of a pair.

        A dense integer matrix is used as it stands, without a copy (do not change it while matching).
        ``absent``, a boolean matrix of the same shape, marks cells that are no pair. Any sparse matrix with
        ``tocoo()`` works too: its stored entries are the pairs. ``consumption`` is a matrix of the same
        shape, as in ``from_arrays`` (sparse beside a sparse matrix, if you like). Raises InputError.
        """
        limits = (left_capacity, left_minimum), (right_capacity, right_minimum)
        if hasattr(weight, "tocoo"):
            if absent is not None:
                raise InputError.of("absent", "graph.absent_sparse")
            entries = weight.tocoo()
            given, cells = entries.data, entries.shape
        else:
            given = array_of("weight", weight)
            cells = given.shape
        if len(cells) != 2:
            raise InputError.of(
                "weight", "graph.dimensions", "graph.matrix", count=len(cells)
            )
        rows, columns = cells
        for side, count in (("left", rows), ("right", columns)):
            if count > MOST_NODES:
                raise too_many_nodes(side, count)
        (left_cap, left_min), (right_cap, right_min) = (
            node_limits(side, count, None, None, *amounts)
            for side, count, amounts in zip(
                ("left", "right"), cells, limits, strict=True
            )
        )
        if hasattr(weight, "tocoo"):
            return cls.from_arrays(
                entries.row,
                entries.col,
                given,
                precision=precision,
                left_capacity=left_cap,
                right_capacity=right_cap,
                left_minimum=left_min,
                right_minimum=right_min,
                consumption=None
                if consumption is None
                else stored_consumption(consumption, cells, entries.row, entries.col),
            )
        if rows * columns > MOST_CELLS:
            raise BudgetError(
                Message.of("graph.cells_many", count=rows * columns, most=MOST_CELLS)
            )
        mask: Mask | None = None
        if absent is not None:
            mask = array_of("absent", absent)
            if mask.shape != given.shape or mask.dtype != np.bool_:
                raise InputError.of(
                    "absent",
                    "graph.absent",
                    shape=str(mask.shape),
                    dtype=str(mask.dtype),
                    wanted=str(given.shape),
                )
            if given.dtype.kind == "f":
                given = np.where(mask, given.dtype.type(0), given)
        whole, scale = whole_weights(given, precision)
        span = (int(whole.min()), int(whole.max())) if whole.size else (0, 0)
        used = None if consumption is None else consumption_of(consumption, cells)
        no_minimum_beside(used, left_min, None)
        return cls(
            MatrixPairs(whole, mask, span),
            left_cap,
            right_cap,
            left_min,
            right_min,
            None,
            None,
            scale,
            used,
        )

    @classmethod
    def from_networkx(
        cls,
        graph: networkx.Graph[Any],
        left: Sequence[Any],
        *,
        weight: str = "weight",
        precision: float | None = None,
    ) -> BipartiteGraph:
        """A graph from a networkx graph, undirected or with all arcs from left to right; see
        ``matchkit.graph.networkx_view``.
        """
        from matchkit.graph.networkx_view import graph_from_networkx

        return graph_from_networkx(graph, left, weight, precision)

    def to_networkx(self) -> networkx.Graph[Any]:
        """The graph as an undirected networkx graph; see ``matchkit.graph.networkx_view``."""
        from matchkit.graph.networkx_view import graph_to_networkx

        return graph_to_networkx(self)

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        left: str = "left",
        right: str = "right",
        weight: str | None = "weight",
        **options: Any,
    ) -> BipartiteGraph:
        """A graph from a pandas, polars or Arrow data frame with one row a pair (needs the extra ``frames``).

        ``left``, ``right`` and ``weight`` name the columns; ``options`` are those of ``from_arrays``, where a
        string for ``edge_capacity``, ``edge_minimum`` or ``consumption`` names a column too. Whole numbers in
        the columns of nodes (as staff numbers) are ids as texts are, and stay numbers. Raises InputError.
        """
        from matchkit.graph.frame_view import graph_from_frame

        return graph_from_frame(frame, left, right, weight, options)
