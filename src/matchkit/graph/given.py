"""What a caller hands in, read once, with the caller's own words in the error: node numbers or ids,
capacities, minimums.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_whole
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.graph.candidates import Whole
from matchkit.graph.scaling import refused

MOST_NODES = 10_000_000
"""On a side; a single pair that names the last of them costs seconds and gigabytes, not the machine."""
LARGEST_CAPACITY = 2**53

Names: TypeAlias = tuple[str, ...] | tuple[int, ...] | None
"""The ids of one side, sorted; None where nodes are only numbered."""
Amounts: TypeAlias = int | Sequence[int] | npt.NDArray[Any] | None


def array_of(name: str, values: Any) -> npt.NDArray[Any]:
    """The values as a numpy array. Raises InputError for what is no array.

    Refused are ragged lists, numbers among texts (numpy would turn 1 into "1"), masked arrays (numpy would
    drop the mask without a word) and objects that fail to give an array; the cause of such a failure is
    chained.
    """
    if isinstance(values, np.ma.MaskedArray):
        raise refused(
            name, "is a masked array", "Give its data, and mark the masked cells in absent= or leave them out"
        )
    try:
        found = np.asarray(values)
    except MemoryError:
        raise
    except Exception as error:
        raise refused(
            name, f"is no array ({type(error).__name__})", "Give a list, a numpy array or a number"
        ) from error
    if found.dtype.kind in "US" and isinstance(values, list | tuple):
        odd = next((entry for entry in values if isinstance(entry, int | float)), None)
        if odd is not None:
            raise refused(
                name, f"mixes text with entries of type {type(odd).__name__}", "Give entries of one type"
            )
    return found


def one_each(name: str, values: npt.ArrayLike, count: int) -> npt.NDArray[Any]:
    """An array with one entry a pair."""
    found = array_of(name, values)
    if found.shape != (count,):
        raise refused(name, f"has shape {found.shape}", f"Give one entry a pair: {count:,}")
    return found


def whole_amounts(name: str, values: npt.ArrayLike) -> Whole:
    """Whole numbers from 0 up to the largest capacity, as int64."""
    found = array_of(name, values)
    if found.size == 0:
        return np.zeros(found.shape, np.int64)
    found = whole_floats(name, found)
    if found.dtype.kind not in "iu":
        raise refused(name, f"has dtype {found.dtype}", "Give integers")
    least, most = int(found.min()), int(found.max())
    if least < 0 or most > LARGEST_CAPACITY:
        where = int(found.argmin() if least < 0 else found.argmax())
        place = f"{name}[{where}]" if found.ndim else name
        raise refused(place, f"is {least if least < 0 else most:,}", f"Give 0 to {LARGEST_CAPACITY:,}")
    return found.astype(np.int64)


def whole_floats(name: str, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Floats that are whole as int64, other arrays as they are.

    Raises InputError for a float that is not whole, or too large to be exact.
    """
    if values.dtype.kind != "f" or not values.size:
        return values
    with np.errstate(invalid="ignore"):
        fine = (np.abs(values) <= LARGEST_CAPACITY) & (np.trunc(values) == values)
    if not fine.all():
        where = int(fine.argmin())
        place = f"{name}[{where}]" if values.ndim else name
        raise refused(
            place, f"is {float(values.flat[where])!r}", f"Give whole numbers up to {LARGEST_CAPACITY:,}"
        )
    return values.astype(np.int64)


def edge_limits(
    capacity: npt.ArrayLike | None, minimum: npt.ArrayLike | None, count: int
) -> tuple[Whole | None, Whole | None]:
    """Capacity and minimum of every pair (int64); None for capacities that are not given, and where no
    minimum is above 0.
    """
    room = (
        None
        if capacity is None
        else whole_amounts("edge_capacity", one_each("edge_capacity", capacity, count))
    )
    least = (
        None if minimum is None else whole_amounts("edge_minimum", one_each("edge_minimum", minimum, count))
    )
    if least is None or not least.any():
        return room, None
    above = np.flatnonzero(least > (1 if room is None else room))
    if len(above):
        most = 1 if room is None else int(room[above[0]])
        fact = f"is {least[above[0]]:,}, above the capacity {most:,} of the pair"
        raise refused(f"edge_minimum[{above[0]}]", fact, "Lower the minimum or raise edge_capacity")
    return room, least


def consumption_of(values: Any, shape: tuple[int, ...]) -> Whole:
    """What a unit on each pair (or in each cell) uses of its left node's capacity, as int64 of this shape."""
    found = array_of("consumption", values)
    if found.shape != shape:
        advice = (
            f"Give one entry a pair: {shape[0]:,}"
            if len(shape) == 1
            else f"Give whole numbers of shape {shape}"
        )
        raise refused("consumption", f"has shape {found.shape}", advice)
    return whole_amounts("consumption", found)


def stored_consumption(values: Any, shape: tuple[int, ...], rows: Whole, columns: Whole) -> Whole:
    """The same for the stored entries of a sparse matrix, out of a matrix that is dense or sparse (not stored
    there: 0).
    """
    if not hasattr(values, "tocoo"):
        return consumption_of(values, shape)[rows, columns]
    if values.shape != shape:
        raise refused("consumption", f"has shape {values.shape}", f"Give whole numbers of shape {shape}")
    entries = values.tocoo()
    held = consumption_of(entries.data, entries.data.shape)
    keys = entries.row.astype(np.int64) * shape[1] + entries.col
    order = np.argsort(keys, kind="stable")
    keys, held = keys[order], held[order]
    twice = np.flatnonzero(np.diff(keys) == 0)
    if len(twice):
        row, column = divmod(int(keys[twice[0]]), shape[1])
        raise refused("consumption", f"holds cell ({row}, {column}) twice", "Give every cell once")
    wanted = rows.astype(np.int64) * shape[1] + columns
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    return np.where(keys[at] == wanted, held[at], 0) if len(keys) else np.zeros(len(wanted), np.int64)


def node_limits(
    side: str, count: int, ids: Names, order: Whole | None, capacity: Amounts, minimum: Amounts
) -> tuple[Whole, Whole]:
    """Capacity and minimum of every node of a side (int64); ``order`` says where each node stood in the
    caller's order.
    """
    arrays = []
    for name, amounts, default in ((f"{side}_capacity", capacity, 1), (f"{side}_minimum", minimum, 0)):
        values = whole_amounts(name, default if amounts is None else amounts)
        if values.ndim == 0:
            values = np.full(count, values, np.int64)
        elif values.shape != (count,):
            raise refused(
                name, f"has shape {values.shape}", f"Give one number, or one a {side} node: {count:,}"
            )
        elif order is not None:
            values = values[order]
        arrays.append(values)
    most, least = arrays
    above = np.flatnonzero(least > most)
    if len(above):
        node = int(above[0])
        fact = f"of node {named(ids, node)} is {least[node]:,}, above its capacity {most[node]:,}"
        raise refused(f"{side}_minimum", fact, "Lower the minimum or raise the capacity")
    return most, least


def numbered_nodes(side: str, values: npt.ArrayLike, ids: Any) -> tuple[Whole, Names, Whole | None]:
    """Node number of every entry; the sorted ids; and for ids given in an order of their own, where each
    stood.

    Whole numbers are node numbers, or ids where ``ids`` lists whole numbers.
    """
    found = whole_floats(side, array_of(side, values))
    if found.ndim != 1:
        raise refused(side, f"has {found.ndim} dimensions", "Give a list with one entry a pair")
    if found.dtype.kind in "iu" or (found.size == 0 and ids is None):
        if ids is not None and (labels := _whole_labels(side, ids)) is not None:
            return _among(side, found, labels)
        if ids is not None:
            raise refused(
                f"{side}_ids",
                f"are given although {side} holds numbers",
                f"Give ids in {side} too, or leave {side}_ids out",
            )
        least, most = (int(found.min()), int(found.max())) if found.size else (0, 0)
        if least < 0 or most >= MOST_NODES:
            fact = f"holds the node number {least if least < 0 else most:,}"
            raise refused(side, fact, f"Number nodes from 0 to {MOST_NODES - 1:,}")
        return np.zeros(0, np.int64) if not found.size else found.astype(np.int64), None, None
    texts = _texts(side, found.tolist() if found.dtype.kind in "OUT" or not found.size else [found.flat[0]])
    listed = None if ids is None else _texts(f"{side}_ids", _listed(side, ids))
    names = tuple(sorted(set(texts) if listed is None else listed))
    number = {name: position for position, name in enumerate(names)}
    if len(number) < len(names):
        raise refused(f"{side}_ids", "hold an id twice", "Give every node its own id")
    unknown = sorted(set(texts) - number.keys())
    if unknown:
        raise InputError(
            [
                Complaint(side, f"names the node {name[:80]!r}, which is not in {side}_ids", "Add it there")
                for name in unknown
            ]
        )
    order = None if listed is None else np.array(sorted(range(len(listed)), key=listed.__getitem__), np.int64)
    return np.array([number[text] for text in texts], np.int64), names, order


def _whole_labels(side: str, ids: Any) -> Whole | None:
    """Ids that are whole numbers (int64), None where they are something else."""
    listed = _listed(side, ids)
    if not listed or not all(is_whole(entry, -(2**62), 2**62) for entry in listed):
        return None
    return np.array(listed, np.int64)


def _among(side: str, values: npt.NDArray[Any], labels: Whole) -> tuple[Whole, tuple[int, ...], Whole]:
    """Node number of every entry among ids that are whole numbers; those ids sorted; and where each stood."""
    order = np.argsort(labels, kind="stable").astype(np.int64)
    names = labels[order]
    if (np.diff(names) == 0).any():
        raise refused(f"{side}_ids", "hold an id twice", "Give every node its own id")
    at = np.minimum(np.searchsorted(names, values), len(names) - 1).astype(np.int64)
    unknown = np.unique(values[names[at] != values])
    if len(unknown):
        facts = (f"names the node {name}, which is not in {side}_ids" for name in unknown.tolist())
        raise InputError([Complaint(side, fact, "Add it there") for fact in facts])
    return at, tuple(names.tolist()), order


def _listed(side: str, ids: Any) -> list[Any]:
    """The ids as a list; a text is no list of ids."""
    if isinstance(ids, str | bytes) or not hasattr(ids, "__iter__"):
        raise refused(f"{side}_ids", f"is of type {type(ids).__name__}", "Give a list of ids")
    found: list[Any] = list(array_of(f"{side}_ids", ids).tolist() if hasattr(ids, "__array__") else ids)
    return found


def _texts(name: str, entries: list[Any]) -> list[str]:
    wrong = next((entry for entry in entries if not isinstance(entry, str)), None)
    if wrong is not None or None in entries:
        raise refused(
            name, f"has entries of type {type(wrong).__name__}", "Give node numbers or ids, all of one type"
        )
    if "" in entries:
        raise refused(name, "has an empty id", "Give every node an id of at least one character")
    return entries


def node_count(side: str, index: Whole, amounts: tuple[Amounts, Amounts]) -> int:
    """How many nodes a side of numbered nodes has: as many as capacities or minimums are given, else those
    that occur.
    """
    names = (f"{side}_capacity", f"{side}_minimum")
    arrays = [
        array_of(name, values) for name, values in zip(names, amounts, strict=True) if values is not None
    ]
    given = [len(values) for values in arrays if values.ndim == 1]
    used = int(index.max()) + 1 if len(index) else 0
    if given and max(given) < used:
        raise refused(
            f"{side}_capacity",
            f"has {max(given):,} entries, but {side} names node {used - 1:,}",
            "Give one entry a node",
        )
    count = max(given, default=used)
    if count > MOST_NODES:
        raise too_many_nodes(side, count)
    return count


def too_many_nodes(side: str, count: int) -> BudgetError:
    """The refusal of a side with so many nodes."""
    return BudgetError(f"The {side} side has {count:,} nodes; at most {MOST_NODES:,} are allowed.")


def named(ids: Names, node: int) -> str:
    """A node as the caller knows it."""
    name = node if ids is None else ids[node]
    return repr(name[:80]) if isinstance(name, str) else str(name)


def given_twice(left: Whole, right: Whole, left_ids: Names, right_ids: Names) -> InputError:
    """The refusal of pairs that occur a second time."""
    advice = "Give every pair once; edge_capacity says how much it may carry"
    places = [
        f"pair ({named(left_ids, i)}, {named(right_ids, j)})"
        for i, j in zip(left[:1000].tolist(), right[:1000].tolist(), strict=True)
    ]
    return InputError(
        [Complaint(place, "is given twice", advice) for place in places], max(0, len(left) - 1000)
    )
