"""Amounts as a caller hands them in, read once, with the caller's own words in the error: capacities,
minimums, consumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64
from matchkit.errors import InputError
from matchkit.graph.node_ids import (
    LARGEST_CAPACITY,
    MOST_NODES,
    NodeIds,
    array_of,
    named,
    side_name,
    too_many_nodes,
    whole_floats,
)

GivenAmounts: TypeAlias = int | Sequence[int] | npt.NDArray[Any] | None


def one_each(name: str, values: npt.ArrayLike, count: int) -> npt.NDArray[Any]:
    """The values as an array of their own dtype, one entry a pair: (pairs,). Raises InputError for
    another shape.
    """
    found = array_of(name, values)
    if found.shape != (count,):
        raise InputError.of(
            name, "graph.shape", "graph.one_a_pair", shape=str(found.shape), count=count
        )
    return found


def whole_amounts(name: str, values: npt.ArrayLike) -> Int64:
    """Whole numbers from 0 up to the largest capacity, as int64 of the shape given: one number, or one a node
    or pair. Raises InputError, naming the entry.
    """
    found = array_of(name, values)
    if found.size == 0:
        return np.zeros(found.shape, np.int64)
    found = whole_floats(name, found)
    if found.dtype.kind not in "iu":
        raise InputError.of(name, "graph.dtype", dtype=str(found.dtype))
    least, most = int(found.min()), int(found.max())
    if least < 0 or most > LARGEST_CAPACITY:
        where = int(found.argmin() if least < 0 else found.argmax())
        place = f"{name}[{where}]" if found.ndim else name
        value = least if least < 0 else most
        raise InputError.of(
            place, "graph.is", "graph.range", value=value, most=LARGEST_CAPACITY
        )
    return found.astype(np.int64)


def edge_limits(
    capacity: npt.ArrayLike | None, minimum: npt.ArrayLike | None, count: int
) -> tuple[Int64 | None, Int64 | None]:
    """Capacity and minimum of every pair, int64 (pairs,) each; None for capacities that are not given, and
    where no minimum is above 0. Raises InputError for a minimum above its capacity.
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
        raise InputError.of(
            f"edge_minimum[{pair}]",
            "graph.pair_minimum",
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
        raise InputError.of(
            "consumption",
            "graph.shape",
            "graph.one_a_pair",
            shape=str(found.shape),
            count=shape[0],
        )
    return whole_amounts("consumption", found)


def _shape_refused(shape: tuple[int, ...], wanted: tuple[int, ...]) -> InputError:
    return InputError.of(
        "consumption", "graph.shape", shape=str(shape), wanted=str(wanted)
    )


def stored_consumption(
    values: Any, shape: tuple[int, ...], rows: Int64, columns: Int64
) -> Int64:
    """The same for the stored entries of a sparse matrix (``rows`` and ``columns``, int64 (pairs,)), out of a
    matrix that is dense or sparse (not stored there: 0): int64 (pairs,).
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
        raise InputError.of("consumption", "graph.cell_twice", cell=cell)
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
    """Capacity and minimum of every node of a side, int64 (nodes,) each; ``order``, int64 (nodes,), says
    where each node stood in the caller's order.
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
            raise InputError.of(
                name,
                "graph.shape",
                "graph.one_a_node",
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
        raise InputError.of(
            f"{side}_minimum",
            "graph.node_minimum",
            node=named(ids, node),
            least=int(least[node]),
            most=int(most[node]),
        )
    return most, least


def node_count(
    side: str, index: Int64, amounts: tuple[GivenAmounts, GivenAmounts]
) -> int:
    """How many nodes a side of numbered nodes has: as many as capacities or minimums are given, else those
    that occur in ``index``, int64 (pairs,).
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
        raise InputError.of(
            f"{side}_capacity",
            "graph.entries_few",
            count=max(given),
            side=side,
            node=used - 1,
        )
    count = max(given, default=used)
    if count > MOST_NODES:
        raise too_many_nodes(side, count)
    return count


def no_minimum_beside(
    consumption: Int64 | None, left_minimum: Int64, edge_minimum: Int64 | None
) -> None:
    """Refuses minimums of left nodes, int64 (lefts,), and of pairs, int64 (pairs,), beside consumption:
    units to reach and capacity to keep would be different sums.
    """
    if consumption is None:
        return
    if left_minimum.any():
        node, least = int(left_minimum.argmax()), int(left_minimum.max())
        raise InputError.of("left_minimum", "graph.left_beside", node=node, least=least)
    if edge_minimum is not None:
        pair, least = int(edge_minimum.argmax()), int(edge_minimum.max())
        raise InputError.of("edge_minimum", "graph.pair_beside", pair=pair, least=least)
