"""What a caller hands in, read once, with the caller's own words in the error: node numbers or ids,
capacities, minimums.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_whole
from matchkit.arrays import Int64
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.graph.scaling import refused
from matchkit.messages.message import Message

MOST_NODES = 10_000_000
"""On a side; a single pair that names the last of them costs seconds and gigabytes, not the machine."""
LARGEST_CAPACITY = 2**53

NodeIds: TypeAlias = tuple[str, ...] | tuple[int, ...] | None
"""The ids of one side, sorted; None where nodes are only numbered."""
GivenAmounts: TypeAlias = int | Sequence[int] | npt.NDArray[Any] | None


def array_of(name: str, values: Any) -> npt.NDArray[Any]:
    """The values as a numpy array. Raises InputError for what is no array.

    Refused are ragged lists, numbers among texts (numpy would turn 1 into "1"), masked arrays (numpy would
    drop the mask without a word) and objects that fail to give an array; the cause of such a failure is
    chained.
    """
    if isinstance(values, np.ma.MaskedArray):
        raise refused(name, "graph.masked", "graph.masked.do")
    try:
        found = np.asarray(values)
    except MemoryError:
        raise
    except Exception as error:
        raise refused(
            name, "graph.no_array", "graph.no_array.do", name=type(error).__name__
        ) from error
    if found.dtype.kind in "US" and isinstance(values, list | tuple):
        odd = next((entry for entry in values if isinstance(entry, int | float)), None)
        if odd is not None:
            raise refused(name, "graph.mixed", "graph.mixed.do", name=type(odd).__name__)
    return found


def one_each(name: str, values: npt.ArrayLike, count: int) -> npt.NDArray[Any]:
    """An array with one entry a pair."""
    found = array_of(name, values)
    if found.shape != (count,):
        raise refused(
            name, "graph.shape", "graph.one_a_pair.do", shape=str(found.shape), count=count
        )
    return found


def whole_amounts(name: str, values: npt.ArrayLike) -> Int64:
    """Whole numbers from 0 up to the largest capacity, as int64."""
    found = array_of(name, values)
    if found.size == 0:
        return np.zeros(found.shape, np.int64)
    found = whole_floats(name, found)
    if found.dtype.kind not in "iu":
        raise refused(name, "graph.dtype", "graph.dtype.do", dtype=str(found.dtype))
    least, most = int(found.min()), int(found.max())
    if least < 0 or most > LARGEST_CAPACITY:
        where = int(found.argmin() if least < 0 else found.argmax())
        place = f"{name}[{where}]" if found.ndim else name
        value = least if least < 0 else most
        raise refused(place, "graph.is", "graph.range.do", value=value, most=LARGEST_CAPACITY)
    return found.astype(np.int64)


def whole_floats(name: str | Message, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Floats that are whole as int64, other arrays as they are.

    Raises InputError for a float that is not whole, or too large to be exact.
    """
    if values.dtype.kind != "f" or not values.size:
        return values
    with np.errstate(invalid="ignore"):
        fine = (np.abs(values) <= LARGEST_CAPACITY) & (np.trunc(values) == values)
    if not fine.all():
        where = int(fine.argmin())
        value = repr(float(values.flat[where]))
        place = Message.of("graph.entry", name=name, number=where) if values.ndim else name
        raise refused(
            place, "graph.is", "graph.fraction.do", value=value, most=LARGEST_CAPACITY
        )
    return values.astype(np.int64)


def edge_limits(
    capacity: npt.ArrayLike | None, minimum: npt.ArrayLike | None, count: int
) -> tuple[Int64 | None, Int64 | None]:
    """Capacity and minimum of every pair (int64); None for capacities that are not given, and where no
    minimum is above 0.
    """
    room = (
        None
        if capacity is None
        else whole_amounts("edge_capacity", one_each("edge_capacity", capacity, count))
    )
    least = (
        None
        if minimum is None
        else whole_amounts("edge_minimum", one_each("edge_minimum", minimum, count))
    )
    if least is None or not least.any():
        return room, None
    above = np.flatnonzero(least > (1 if room is None else room))
    if len(above):
        pair = int(above[0])
        raise refused(
            f"edge_minimum[{pair}]",
            "graph.pair_minimum",
            "graph.pair_minimum.do",
            least=int(least[pair]),
            most=1 if room is None else int(room[pair]),
        )
    return room, least


def consumption_of(values: Any, shape: tuple[int, ...]) -> Int64:
    """What a unit on each pair (or in each cell) uses of its left node's capacity, as int64 of this shape."""
    found = array_of("consumption", values)
    if found.shape != shape:
        if len(shape) != 1:
            raise _shape_refused(found.shape, shape)
        raise refused(
            "consumption",
            "graph.shape",
            "graph.one_a_pair.do",
            shape=str(found.shape),
            count=shape[0],
        )
    return whole_amounts("consumption", found)


def _shape_refused(shape: tuple[int, ...], wanted: tuple[int, ...]) -> InputError:
    return refused(
        "consumption", "graph.shape", "graph.shape.do", shape=str(shape), wanted=str(wanted)
    )


def stored_consumption(
    values: Any, shape: tuple[int, ...], rows: Int64, columns: Int64
) -> Int64:
    """The same for the stored entries of a sparse matrix, out of a matrix that is dense or sparse (not stored
    there: 0).
    """
    if not hasattr(values, "tocoo"):
        return consumption_of(values, shape)[rows, columns]
    if values.shape != shape:
        raise _shape_refused(values.shape, shape)
    entries = values.tocoo()
    held = consumption_of(entries.data, entries.data.shape)
    keys = entries.row.astype(np.int64) * shape[1] + entries.col
    order = np.argsort(keys, kind="stable")
    keys, held = keys[order], held[order]
    twice = np.flatnonzero(np.diff(keys) == 0)
    if len(twice):
        cell = str(divmod(int(keys[twice[0]]), int(shape[1])))
        raise refused("consumption", "graph.cell_twice", "graph.cell_twice.do", cell=cell)
    wanted = rows.astype(np.int64) * shape[1] + columns
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    return (
        np.where(keys[at] == wanted, held[at], 0)
        if len(keys)
        else np.zeros(len(wanted), np.int64)
    )


def node_limits(
    side: str,
    count: int,
    ids: NodeIds,
    order: Int64 | None,
    capacity: GivenAmounts,
    minimum: GivenAmounts,
) -> tuple[Int64, Int64]:
    """Capacity and minimum of every node of a side (int64); ``order`` says where each node stood in the
    caller's order.
    """
    arrays = []
    for name, amounts, default in (
        (f"{side}_capacity", capacity, 1),
        (f"{side}_minimum", minimum, 0),
    ):
        values = whole_amounts(name, default if amounts is None else amounts)
        if values.ndim == 0:
            values = np.full(count, values, np.int64)
        elif values.shape != (count,):
            raise refused(
                name,
                "graph.shape",
                "graph.one_a_node.do",
                shape=str(values.shape),
                side=side_name(side),
                count=count,
            )
        elif order is not None:
            values = values[order]
        arrays.append(values)
    most, least = arrays
    above = np.flatnonzero(least > most)
    if len(above):
        node = int(above[0])
        raise refused(
            f"{side}_minimum",
            "graph.node_minimum",
            "graph.node_minimum.do",
            node=named(ids, node),
            least=int(least[node]),
            most=int(most[node]),
        )
    return most, least


def numbered_nodes(
    side: str, values: npt.ArrayLike, ids: Any
) -> tuple[Int64, NodeIds, Int64 | None]:
    """Node number of every entry; the sorted ids; and for ids given in an order of their own, where each
    stood.

    Whole numbers are node numbers, or ids where ``ids`` lists whole numbers.
    """
    found = whole_floats(side, array_of(side, values))
    if found.ndim != 1:
        raise refused(side, "graph.dimensions", "graph.list.do", count=found.ndim)
    if found.dtype.kind in "iu" or (found.size == 0 and ids is None):
        if ids is not None and (labels := _whole_labels(side, ids)) is not None:
            return _among(side, found, labels)
        if ids is not None:
            raise refused(f"{side}_ids", "graph.ids_unused", "graph.ids_unused.do", side=side)
        least, most = (int(found.min()), int(found.max())) if found.size else (0, 0)
        if least < 0 or most >= MOST_NODES:
            number = least if least < 0 else most
            raise refused(
                side,
                "graph.node_number",
                "graph.node_number.do",
                number=number,
                most=MOST_NODES - 1,
            )
        return np.zeros(0, np.int64) if not found.size else found.astype(np.int64), None, None
    texts = _texts(
        side, found.tolist() if found.dtype.kind in "OUT" or not found.size else [found.flat[0]]
    )
    listed = None if ids is None else _texts(f"{side}_ids", _listed(side, ids))
    names = tuple(sorted(set(texts) if listed is None else listed))
    place_of = {name: position for position, name in enumerate(names)}
    if len(place_of) < len(names):
        raise refused(f"{side}_ids", "graph.id_twice", "graph.id_twice.do")
    unknown = sorted(set(texts) - place_of.keys())
    if unknown:
        raise _unknown(side, [repr(name[:80]) for name in unknown])
    order = (
        None
        if listed is None
        else np.array(sorted(range(len(listed)), key=listed.__getitem__), np.int64)
    )
    return np.array([place_of[text] for text in texts], np.int64), names, order


def _whole_labels(side: str, ids: Any) -> Int64 | None:
    """Ids that are whole numbers (int64), None where they are something else."""
    listed = _listed(side, ids)
    if not listed or not all(is_whole(entry, -(2**62), 2**62) for entry in listed):
        return None
    return np.array(listed, np.int64)


def _among(
    side: str, values: npt.NDArray[Any], labels: Int64
) -> tuple[Int64, tuple[int, ...], Int64]:
    """Node number of every entry among ids that are whole numbers; those ids sorted; and where each stood."""
    order = np.argsort(labels, kind="stable").astype(np.int64)
    names = labels[order]
    if (np.diff(names) == 0).any():
        raise refused(f"{side}_ids", "graph.id_twice", "graph.id_twice.do")
    at = np.minimum(np.searchsorted(names, values), len(names) - 1).astype(np.int64)
    unknown = np.unique(values[names[at] != values])
    if len(unknown):
        raise _unknown(side, [str(name) for name in unknown.tolist()])
    return at, tuple(names.tolist()), order


def _unknown(side: str, nodes: list[str]) -> InputError:
    """The refusal of nodes that are not among the ids of their side."""
    advice = Message("graph.id_unknown.do")
    return InputError(
        [
            Complaint(side, Message.of("graph.id_unknown", node=node, side=side), advice)
            for node in nodes
        ]
    )


def _listed(side: str, ids: Any) -> list[Any]:
    """The ids as a list; a text is no list of ids."""
    if isinstance(ids, str | bytes) or not hasattr(ids, "__iter__"):
        raise refused(f"{side}_ids", "graph.type", "graph.ids.do", name=type(ids).__name__)
    found: list[Any] = list(
        array_of(f"{side}_ids", ids).tolist() if hasattr(ids, "__array__") else ids
    )
    return found


def _texts(name: str, entries: list[Any]) -> list[str]:
    wrong = next((entry for entry in entries if not isinstance(entry, str)), None)
    if wrong is not None or None in entries:
        raise refused(
            name, "graph.entry_type", "graph.entry_type.do", name=type(wrong).__name__
        )
    if "" in entries:
        raise refused(name, "graph.id_empty", "graph.id_empty.do")
    return entries


def node_count(side: str, index: Int64, amounts: tuple[GivenAmounts, GivenAmounts]) -> int:
    """How many nodes a side of numbered nodes has: as many as capacities or minimums are given, else those
    that occur.
    """
    names = (f"{side}_capacity", f"{side}_minimum")
    arrays = [
        array_of(name, values)
        for name, values in zip(names, amounts, strict=True)
        if values is not None
    ]
    given = [len(values) for values in arrays if values.ndim == 1]
    used = int(index.max()) + 1 if len(index) else 0
    if given and max(given) < used:
        raise refused(
            f"{side}_capacity",
            "graph.entries_few",
            "graph.entries_few.do",
            count=max(given),
            side=side,
            node=used - 1,
        )
    count = max(given, default=used)
    if count > MOST_NODES:
        raise too_many_nodes(side, count)
    return count


def too_many_nodes(side: str, count: int) -> BudgetError:
    """The refusal of a side with so many nodes."""
    return BudgetError(
        Message.of("graph.nodes_many", side=side_name(side), count=int(count), most=MOST_NODES)
    )


def side_name(side: str) -> Message:
    """What the side "left" or "right" is called."""
    return Message(f"graph.side.{side}")


def named(ids: NodeIds, node: int) -> str:
    """A node as the caller knows it."""
    name = node if ids is None else ids[node]
    return repr(name[:80]) if isinstance(name, str) else str(name)


def given_twice(left: Int64, right: Int64, left_ids: NodeIds, right_ids: NodeIds) -> InputError:
    """The refusal of pairs that occur a second time."""
    fact, advice = Message("graph.pair_twice"), Message("graph.pair_twice.do")
    places = [
        Message.of("graph.pair", pair=f"({named(left_ids, i)}, {named(right_ids, j)})")
        for i, j in zip(left[:1000].tolist(), right[:1000].tolist(), strict=True)
    ]
    return InputError(
        [Complaint(place, fact, advice) for place in places], max(0, len(left) - 1000)
    )
