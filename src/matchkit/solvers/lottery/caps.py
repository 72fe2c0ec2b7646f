"""Caps on odds as a caller gives them, in whole parts of a unit: one of every pair, and one of every group of
nodes that share a partner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matchkit.arguments import is_whole
from matchkit.arrays import Float64, Int32, Int64
from matchkit.engines.problem import LARGEST
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import Candidates, MatrixPairs, PairList
from matchkit.graph.node_ids import LARGEST_CAPACITY, array_of
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs, listed
from matchkit.solvers.graph_network import Groups, group_of_nodes

MOST_PARTS = 2**20
MOST_PAIRS = 50_000_000
"""Pairs of a lottery, which are listed with their caps."""


@dataclass(frozen=True, slots=True)
class GroupCaps:
    """The group of every node of one side, int32 (nodes,), and the most parts that the nodes of a group carry
    with any one node of the other side: int64 (groups,). ``used`` are the parts of it that are gone, by node
    of the other side and group.
    """

    group: Int32
    most: Int64
    used: Mapping[tuple[int, int], int] = field(default_factory=dict)


def parts_refused(parts: int) -> list[Complaint]:
    """One complaint where ``parts`` is no power of two up to MOST_PARTS, else none."""
    if is_whole(parts, 1, MOST_PARTS) and int(parts).bit_count() == 1:
        return []
    return [Complaint.of("parts", "lottery.parts", most=MOST_PARTS)]


def most_parts(
    graph: BipartiteGraph, pairs: Pairs, cap: npt.ArrayLike, parts: int
) -> Int64:
    """The most parts of every pair, int64 (pairs,): what it may carry in units times its cap, rounded down.

    Raises InputError for caps that are no numbers from 0 to 1, or not one a pair.
    """
    shares = shares_of("cap", cap, 1)
    if shares.ndim:
        shape = (
            graph.pairs.weight.shape
            if isinstance(graph.pairs, MatrixPairs)
            else (len(pairs),)
        )
        if shares.shape != shape:
            raise InputError.of(
                "cap", "lottery.cap_shape", shape=str(shares.shape), wanted=str(shape)
            )
        if isinstance(graph.pairs, MatrixPairs):
            shares = shares[pairs.left, pairs.right]
        elif isinstance(graph.pairs, PairList) and graph.pairs.order is not None:
            shares = shares[graph.pairs.order]
    most = np.floor(shares * parts * pairs.capacity)
    if most.max(initial=0) > LARGEST_CAPACITY or most.sum() > LARGEST:
        raise BudgetError(Message.of("lottery.parts_many", most=LARGEST_CAPACITY))
    return most.astype(np.int64)


def listed_pairs(
    candidates: Candidates, left_capacity: Int64, right_capacity: Int64
) -> Pairs:
    """All candidates by (left, right), each with the units that it and its nodes may carry: capacities are
    int64 (lefts,) and (rights,), those of the pairs int64 (pairs,).
    """
    every, _ = listed(candidates, MOST_PAIRS, "lottery.pairs_many")
    return replace(every, capacity=every.room(left_capacity, right_capacity))


def group_caps(
    graph: BipartiteGraph,
    side: str,
    group: Groups | None,
    cap: npt.ArrayLike | None,
    parts: int,
) -> GroupCaps | None:
    """The caps of groups of one side, None where neither groups nor caps are given. Raises InputError where
    only one of the two is, and for anything that is no cap.
    """
    names = f"{side}_group", f"{side}_group_cap"
    if (group is None) != (cap is None):
        there, lacking = names if cap is None else reversed(names)
        raise InputError.of(there, "lottery.group_alone", name=lacking)
    if cap is None:
        return None
    nodes, ids = (
        (len(graph.left_capacity), graph.left_ids)
        if side == "left"
        else (len(graph.right_capacity), graph.right_ids)
    )
    found = group_of_nodes(names[0], group, nodes, ids)
    numbers: Int32 = np.zeros(nodes, np.int32) if found is None else found
    count = int(numbers.max(initial=-1)) + 1
    shares = shares_of(names[1], cap, LARGEST_CAPACITY // parts)
    if shares.ndim and shares.shape != (count,):
        raise InputError.of(
            names[1],
            "lottery.cap_shape",
            "lottery.group_shape",
            shape=str(shares.shape),
            wanted=str((count,)),
        )
    most = np.floor(np.broadcast_to(shares, (count,)) * parts).astype(np.int64)
    return GroupCaps(numbers, most)


def shares_of(name: str, given: Any, most: int) -> Float64:
    """One number or an array of numbers, all from 0 to ``most``, as float64 of the shape given, () or
    (groups,) or one a pair. Raises InputError, which names the first that is not.
    """
    found = array_of(name, given)
    if found.dtype.kind not in "iuf":
        raise InputError.of(
            name, "graph.dtype", "lottery.cap", dtype=str(found.dtype), most=most
        )
    shares = found.astype(np.float64)
    with np.errstate(invalid="ignore"):
        fine = (shares >= 0) & (shares <= most)
    if not fine.all():
        where = int(fine.argmin())
        place = f"{name}[{where}]" if shares.ndim else name
        value = repr(float(shares.flat[where]))
        raise InputError.of(place, "graph.is", "lottery.cap", value=value, most=most)
    return shares
