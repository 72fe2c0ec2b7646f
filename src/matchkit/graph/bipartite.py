"""BipartiteGraph: what the graph door takes. Arrays, a matrix, a networkx graph or a data frame in one call each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.graph.candidates import Candidates, Mask, Whole
from matchkit.graph.matrix import MatrixPairs
from matchkit.graph.pair_list import PairList, sorted_order
from matchkit.graph.scaling import Scale, refused, whole_weights

if TYPE_CHECKING:
    import networkx

MOST_NODES = 50_000_000
LARGEST_CAPACITY = 2**53

Ids = tuple[str, ...] | None
Amounts = int | Sequence[int] | npt.NDArray[Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class BipartiteGraph:
    """Left nodes, right nodes, the pairs between them, and how much each may (capacity) and should (minimum) carry.

    Build it with ``from_arrays``, ``from_matrix``, ``from_networkx`` or ``from_frame``. Nodes are numbered from 0, or by
    sorted ids where ids were given (``left_ids``, ``right_ids``). Capacities and minimums are int64 arrays.
    """

    pairs: Candidates
    left_capacity: Whole
    right_capacity: Whole
    left_minimum: Whole
    right_minimum: Whole
    left_ids: Ids
    right_ids: Ids
    scale: Scale

    @classmethod
    def from_arrays(
        cls,
        left: npt.ArrayLike,
        right: npt.ArrayLike,
        weight: npt.ArrayLike | None = None,
        *,
        left_capacity: Amounts = None,
        right_capacity: Amounts = None,
        left_minimum: Amounts = None,
        right_minimum: Amounts = None,
        edge_capacity: npt.ArrayLike | None = None,
        left_ids: Sequence[str] | None = None,
        right_ids: Sequence[str] | None = None,
        precision: float | None = None,
    ) -> BipartiteGraph:
        """A graph from parallel arrays, one entry a pair.

        ``left`` and ``right`` are integers (node numbers from 0) or strings (ids); ``weight`` integers, or floats with
        ``precision`` (the smallest difference that matters), default 0; ``edge_capacity`` the units a pair may carry,
        default 1. Capacities (default 1) and minimums (default 0) are one number for all or one a node: by node
        number, or in the order of ``left_ids`` / ``right_ids`` where the nodes have ids (default: all ids that occur in
        the pairs, sorted). Raises InputError, also for a pair given twice.
        """
        left_index, left_names, left_order = _numbered("left", left, left_ids)
        right_index, right_names, right_order = _numbered("right", right, right_ids)
        if len(left_index) != len(right_index):
            raise refused("right", f"has {len(right_index):,} entries and left has {len(left_index):,}", "Give one entry a pair in both")
        sides = []
        for side, index, names, order, amounts in (
            ("left", left_index, left_names, left_order, (left_capacity, left_minimum)),
            ("right", right_index, right_names, right_order, (right_capacity, right_minimum)),
        ):
            count = len(names) if names is not None else _count(side, index, amounts)
            sides.append((count, *_limits(side, count, order, *amounts)))
        (left_count, left_cap, left_min), (right_count, right_cap, right_min) = sides
        weights = np.zeros(len(left_index), np.int64) if weight is None else _one_each("weight", weight, len(left_index))
        whole, scale = whole_weights(weights, precision)
        room = None if edge_capacity is None else _whole("edge_capacity", _one_each("edge_capacity", edge_capacity, len(left_index)))
        order, twice = sorted_order(left_index, right_index, right_count)
        if twice is not None:
            raise _given_twice(left_index[twice], right_index[twice], left_names, right_names)
        if order is not None:
            left_index, right_index, whole = left_index[order], right_index[order], whole[order]
            room = None if room is None else room[order]
        first = np.searchsorted(left_index, np.arange(left_count + 1)).astype(np.int64)
        span = (int(whole.min()), int(whole.max())) if len(whole) else (0, 0)
        pairs: Candidates = PairList(left_count, right_count, first, right_index.astype(np.int32), whole, room, order, span)
        return cls(pairs, left_cap, right_cap, left_min, right_min, left_names, right_names, scale)

    @classmethod
    def from_matrix(
        cls,
        weight: Any,
        *,
        absent: npt.ArrayLike | None = None,
        left_capacity: Amounts = None,
        right_capacity: Amounts = None,
        left_minimum: Amounts = None,
        right_minimum: Amounts = None,
        precision: float | None = None,
    ) -> BipartiteGraph:
        """A graph from a matrix: rows are left nodes, columns right nodes, each cell the weight of a pair.

        A dense integer matrix is used as it stands, without a copy (do not change it while matching). ``absent``, a
        boolean matrix of the same shape, marks cells that are no pair. Any sparse matrix with ``tocoo()`` works too:
        its stored entries are the pairs. Raises InputError.
        """
        limits: dict[str, Any] = {
            "left_capacity": left_capacity, "right_capacity": right_capacity,
            "left_minimum": left_minimum, "right_minimum": right_minimum,
        }  # fmt: skip
        if hasattr(weight, "tocoo"):
            if absent is not None:
                raise refused("absent", "goes with a dense matrix only", "Leave the entries out of the sparse matrix")
            entries = weight.tocoo()
            rows, columns = entries.shape
            limits |= {name: value if value is not None else default for name, value, default in _defaults(limits, rows, columns)}
            return cls.from_arrays(entries.row, entries.col, entries.data, precision=precision, **limits)
        given = np.asarray(weight)
        if given.ndim != 2:
            raise refused("weight", f"has {given.ndim} dimensions", "Give a matrix: one row a left node, one column a right node")
        mask: Mask | None = None
        if absent is not None:
            mask = np.asarray(absent)
            if mask.shape != given.shape or mask.dtype != np.bool_:
                raise refused("absent", f"has shape {mask.shape} and dtype {mask.dtype}", f"Give booleans of shape {given.shape}")
            if given.dtype.kind == "f":
                given = np.where(mask, 0.0, given)
        whole, scale = whole_weights(given, precision)
        rows, columns = whole.shape
        span = (int(whole.min()), int(whole.max())) if whole.size else (0, 0)
        left_cap, left_min = _limits("left", rows, None, left_capacity, left_minimum)
        right_cap, right_min = _limits("right", columns, None, right_capacity, right_minimum)
        return cls(MatrixPairs(whole, mask, span), left_cap, right_cap, left_min, right_min, None, None, scale)

    @classmethod
    def from_networkx(cls, graph: networkx.Graph[Any], left: Sequence[Any], *, weight: str = "weight", precision: float | None = None) -> BipartiteGraph:
        """A graph from an undirected networkx graph; see ``matchkit.graph.networkx_view``."""
        from matchkit.graph.networkx_view import graph_from_networkx

        return graph_from_networkx(graph, left, weight, precision)

    def to_networkx(self) -> networkx.Graph[Any]:
        """The graph as an undirected networkx graph; see ``matchkit.graph.networkx_view``."""
        from matchkit.graph.networkx_view import graph_to_networkx

        return graph_to_networkx(self)

    @classmethod
    def from_frame(cls, frame: Any, *, left: str = "left", right: str = "right", weight: str | None = "weight", **options: Any) -> BipartiteGraph:
        """A graph from a pandas, polars or Arrow data frame with one row a pair (needs the extra ``frames``).

        ``left``, ``right`` and ``weight`` name the columns; ``options`` are those of ``from_arrays``, where a string for
        ``edge_capacity`` names a column too. Raises InputError.
        """
        from matchkit.graph.frame_view import graph_from_frame

        return graph_from_frame(frame, left, right, weight, options)


def _defaults(limits: dict[str, Any], rows: int, columns: int) -> list[tuple[str, Any, Whole]]:
    return [
        (name, value, np.full(rows if name.startswith("left") else columns, 1 if name.endswith("capacity") else 0, np.int64))
        for name, value in limits.items()
    ]


def _one_each(name: str, values: npt.ArrayLike, count: int) -> npt.NDArray[Any]:
    found = np.asarray(values)
    if found.shape != (count,):
        raise refused(name, f"has shape {found.shape}", f"Give one entry a pair: {count:,}")
    return found


def _whole(name: str, values: npt.ArrayLike) -> Whole:
    """Whole numbers from 0 up to the largest capacity, as int64."""
    found = np.asarray(values)
    if found.size == 0:
        return found.astype(np.int64)
    if found.dtype.kind not in "iu":
        raise refused(name, f"has dtype {found.dtype}", "Give integers")
    if int(found.min()) < 0 or int(found.max()) > LARGEST_CAPACITY:
        where = int((found < 0).argmax() if int(found.min()) < 0 else found.argmax())
        raise refused(f"{name}[{where}]", f"is {int(found.flat[where]):,}", f"Give 0 to {LARGEST_CAPACITY:,}")
    return found.astype(np.int64)


def _limits(side: str, count: int, order: Whole | None, capacity: Amounts, minimum: Amounts) -> tuple[Whole, Whole]:
    arrays = []
    for name, amounts, default in ((f"{side}_capacity", capacity, 1), (f"{side}_minimum", minimum, 0)):
        values = _whole(name, default if amounts is None else amounts)
        if values.ndim == 0:
            values = np.full(count, values, np.int64)
        elif values.shape != (count,):
            raise refused(name, f"has shape {values.shape}", f"Give one number, or one a {side} node: {count:,}")
        elif order is not None:
            values = values[order]
        arrays.append(values)
    above = np.flatnonzero(arrays[1] > arrays[0])
    if len(above):
        where = int(above[0])
        raise refused(f"{side}_minimum", f"of node {where} is {arrays[1][where]:,}, above its capacity {arrays[0][where]:,}", "Lower the minimum or raise the capacity")
    return arrays[0], arrays[1]


def _numbered(side: str, values: npt.ArrayLike, ids: Sequence[str] | None) -> tuple[Whole, Ids, Whole | None]:
    """Node number of every entry; the sorted ids; and for ids given in an order of their own, where each stood."""
    found = np.asarray(values)
    if found.ndim != 1:
        raise refused(side, f"has {found.ndim} dimensions", "Give a list with one entry a pair")
    if found.dtype.kind in "iu" or (found.size == 0 and ids is None):
        if ids is not None:
            raise refused(f"{side}_ids", f"are given although {side} holds numbers", f"Give ids in {side} too, or leave {side}_ids out")
        if found.size and (int(found.min()) < 0 or int(found.max()) >= MOST_NODES):
            raise refused(side, f"holds the node number {int(found.min()) if int(found.min()) < 0 else int(found.max()):,}", f"Number nodes from 0 to {MOST_NODES - 1:,}")
        return found.astype(np.int64), None, None
    texts = found.tolist()
    wrong = next((entry for entry in [*texts, *(ids or ())] if not isinstance(entry, str) or not entry), None)
    if wrong is not None or found.dtype.kind not in "OUT" and found.size:
        raise refused(side, f"has entries of type {type(wrong).__name__ if wrong is not None else found.dtype}", "Give node numbers or ids, all of one type")
    names = tuple(sorted(set(texts) if ids is None else ids))
    number = {name: position for position, name in enumerate(names)}
    if len(number) < len(names):
        raise refused(f"{side}_ids", "hold an id twice", "Give every node its own id")
    unknown = sorted(set(texts) - number.keys())
    if unknown:
        raise InputError([Complaint(side, f"names the node {name[:80]!r}, which is not in {side}_ids", "Add it there") for name in unknown])
    order = None if ids is None else np.array([ids_position for _, ids_position in sorted(zip(ids, range(len(ids)), strict=True))], np.int64)
    return np.array([number[text] for text in texts], np.int64), names, order


def _count(side: str, index: Whole, amounts: tuple[Amounts, Amounts]) -> int:
    given = [len(values) for values in amounts if values is not None and np.ndim(values) == 1]  # type: ignore[arg-type]
    used = int(index.max()) + 1 if len(index) else 0
    if given and max(given) < used:
        raise refused(f"{side}_capacity", f"has {max(given):,} entries, but {side} names node {used - 1:,}", "Give one entry a node")
    count = max(given, default=used)
    if count > MOST_NODES:
        raise BudgetError(f"The {side} side has {count:,} nodes; at most {MOST_NODES:,} are allowed.")
    return count


def _given_twice(left: Whole, right: Whole, left_ids: Ids, right_ids: Ids) -> InputError:
    def name(ids: Ids, node: int) -> str:
        return str(node) if ids is None else repr(ids[node][:80])

    return InputError([
        Complaint(f"pair ({name(left_ids, i)}, {name(right_ids, j)})", "is given twice", "Give every pair once; edge_capacity says how much it may carry")
        for i, j in zip(left.tolist()[:100], right.tolist()[:100], strict=True)
    ])  # fmt: skip
