"""Nodes as a caller hands them in: numbers, or ids in any order, read once, with the caller's own words in
the error.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_whole
from matchkit.arrays import Int64
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.messages.message import Message

MOST_NODES = 10_000_000
"""On a side; a single pair that names the last of them costs seconds and gigabytes, not the machine."""
LARGEST_CAPACITY = 2**53

NodeIds: TypeAlias = tuple[str, ...] | tuple[int, ...] | None
"""The ids of one side, sorted; None where nodes are only numbered."""


def array_of(name: str, values: Any) -> npt.NDArray[Any]:
    """The values as a numpy array of their own dtype and shape. Raises InputError for what is no array.

    Refused are ragged lists, numbers among texts (numpy would turn 1 into "1"), masked arrays (numpy would
    drop the mask without a word) and objects that fail to give an array; the cause of such a failure is
    chained.
    """
    if isinstance(values, np.ma.MaskedArray):
        raise InputError.of(name, "graph.masked")
    try:
        found = np.asarray(values)
    except MemoryError:
        raise
    except Exception as error:
        raise InputError.of(
            name, "graph.no_array", name=type(error).__name__
        ) from error
    if found.dtype.kind in "US" and isinstance(values, list | tuple):
        odd = next((entry for entry in values if isinstance(entry, int | float)), None)
        if odd is not None:
            raise InputError.of(name, "graph.mixed", name=type(odd).__name__)
    return found


def whole_floats(name: str | Message, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Floats that are whole as int64 of the same shape, other arrays as they are.

    Raises InputError for a float that is not whole, or too large to be exact.
    """
    if values.dtype.kind != "f" or not values.size:
        return values
    with np.errstate(invalid="ignore"):
        fine = (np.abs(values) <= LARGEST_CAPACITY) & (np.trunc(values) == values)
    if not fine.all():
        where = int(fine.argmin())
        value = repr(float(values.flat[where]))
        place = (
            Message.of("graph.entry", name=name, number=where) if values.ndim else name
        )
        raise InputError.of(
            place, "graph.is", "graph.fraction", value=value, most=LARGEST_CAPACITY
        )
    return values.astype(np.int64)


def numbered_nodes(
    side: str, values: npt.ArrayLike, ids: Any
) -> tuple[Int64, NodeIds, Int64 | None]:
    """Node number of every entry, int64 (pairs,); the sorted ids; and for ids given in an order of their own,
    where each stood, int64 (nodes,).

    Whole numbers are node numbers, or ids where ``ids`` lists whole numbers.
    """
    found = whole_floats(side, array_of(side, values))
    if found.ndim != 1:
        raise InputError.of(side, "graph.dimensions", "graph.list", count=found.ndim)
    if found.dtype.kind in "iu" or (found.size == 0 and ids is None):
        if ids is not None and (labels := _whole_labels(side, ids)) is not None:
            return _among(side, found, labels)
        if ids is not None:
            raise InputError.of(f"{side}_ids", "graph.ids_unused", side=side)
        least, most = (int(found.min()), int(found.max())) if found.size else (0, 0)
        if least < 0 or most >= MOST_NODES:
            number = least if least < 0 else most
            raise InputError.of(
                side, "graph.node_number", number=number, most=MOST_NODES - 1
            )
        return (
            np.zeros(0, np.int64) if not found.size else found.astype(np.int64),
            None,
            None,
        )
    texts = _texts(
        side,
        found.tolist()
        if found.dtype.kind in "OUT" or not found.size
        else [found.flat[0]],
    )
    listed = None if ids is None else _texts(f"{side}_ids", _listed(side, ids))
    names = tuple(sorted(set(texts) if listed is None else listed))
    place_of = {name: position for position, name in enumerate(names)}
    if len(place_of) < len(names):
        raise InputError.of(f"{side}_ids", "graph.id_twice")
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
        raise InputError.of(f"{side}_ids", "graph.id_twice")
    at = np.minimum(np.searchsorted(names, values), len(names) - 1).astype(np.int64)
    unknown = np.unique(values[names[at] != values])
    if len(unknown):
        raise _unknown(side, [str(name) for name in unknown.tolist()])
    return at, tuple(names.tolist()), order


def _unknown(side: str, nodes: list[str]) -> InputError:
    """The refusal of nodes that are not among the ids of their side."""
    return InputError(
        [Complaint.of(side, "graph.id_unknown", node=node, side=side) for node in nodes]
    )


def _listed(side: str, ids: Any) -> list[Any]:
    """The ids as a list; a text is no list of ids."""
    if isinstance(ids, str | bytes) or not hasattr(ids, "__iter__"):
        raise InputError.of(
            f"{side}_ids", "graph.type", "graph.ids", name=type(ids).__name__
        )
    found: list[Any] = list(
        array_of(f"{side}_ids", ids).tolist() if hasattr(ids, "__array__") else ids
    )
    return found


def _texts(name: str, entries: list[Any]) -> list[str]:
    wrong = next((entry for entry in entries if not isinstance(entry, str)), None)
    if wrong is not None or None in entries:
        raise InputError.of(name, "graph.entry_type", name=type(wrong).__name__)
    if "" in entries:
        raise InputError.of(name, "graph.id_empty")
    return entries


def too_many_nodes(side: str, count: int) -> BudgetError:
    """The refusal of a side with so many nodes."""
    return BudgetError(
        Message.of(
            "graph.nodes_many", side=side_name(side), count=int(count), most=MOST_NODES
        )
    )


def side_name(side: str) -> Message:
    """What the side "left" or "right" is called."""
    return Message(f"graph.side.{side}")


def named(ids: NodeIds, node: int) -> str:
    """A node as the caller knows it."""
    name = node if ids is None else ids[node]
    return repr(name[:80]) if isinstance(name, str) else str(name)


def given_twice(
    left: Int64, right: Int64, left_ids: NodeIds, right_ids: NodeIds
) -> InputError:
    """The refusal of pairs that occur a second time; ``left`` and ``right`` are their nodes, int64
    (pairs,).
    """
    places = [
        Message.of("graph.pair", pair=f"({named(left_ids, i)}, {named(right_ids, j)})")
        for i, j in zip(left[:1000].tolist(), right[:1000].tolist(), strict=True)
    ]
    return InputError(
        [Complaint.of(place, "graph.pair_twice") for place in places],
        max(0, len(left) - 1000),
    )
