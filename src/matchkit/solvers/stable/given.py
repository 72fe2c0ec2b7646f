"""Preferences as a caller hands them in, read once against their graph, with the caller's own words in the
error.
"""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Mask
from matchkit.errors import BudgetError, Complaint, InputError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.graph.candidates import PairList
from matchkit.graph.node_ids import array_of, whole_floats
from matchkit.messages.message import Message
from matchkit.solvers.choice import option_refused
from matchkit.solvers.flow.subnetwork import listed
from matchkit.solvers.stable.preferences import MatchingRule, Preferences, Proposing
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import BlockingRule

MOST_RANK = 2**31 - 1
MOST_PAIRS = 50_000_000
"""All of them are in memory, a dozen numbers each."""
MOST_UNITS = 2**62
"""Units of all pairs together stay below this: sums are exact in 64 bits."""


def words_refused(preferences: Preferences) -> list[Complaint]:
    """What is wrong with the words of preferences."""
    return [
        option_refused(f"preferences.{name}", choice, get_args(known))
        for name, choice, known in (
            ("by", preferences.by, MatchingRule),
            ("proposing", preferences.proposing, Proposing),
            ("stability", preferences.stability, BlockingRule),
        )
        if not (isinstance(choice, str) and choice in get_args(known))
    ]


def graph_refused(graph: BipartiteGraph, preferences: Preferences) -> list[Complaint]:
    """What of a graph has no meaning for the rule; and options that change nothing beside it."""
    by = preferences.by
    stable = by == "stable"
    side = preferences.proposing
    chooses = graph.left_capacity if side == "left" else graph.right_capacity
    most = int(chooses.max(initial=0))
    found = [
        Complaint.of(f"{side}_capacity", "graph.is", "preferences.trading", value=most)
    ]
    return (found if by == "trading" and most > 1 else []) + [
        Complaint.of(name, "preferences.beside", by=by)
        for name, there in (
            ("consumption", graph.consumption is not None),
            ("edge_minimum", graph.edge_minimum is not None),
            ("left_minimum", bool(graph.left_minimum.any())),
            ("right_minimum", bool(graph.right_minimum.any()) and not stable),
            ("preferences.stability", preferences.stability != "weak" and not stable),
            (
                "preferences.order",
                preferences.order is not None and by != "dictatorship",
            ),
            ("preferences.couples", len(preferences.couples) > 0 and not stable),
        )
        if there
    ]


def pairs_of(
    graph: BipartiteGraph, preferences: Preferences
) -> tuple[RankedPairs, Int64]:
    """The pairs of a graph, sorted by left and right node, with their ranks, and their weights (int64
    (pairs,)). Raises InputError for ranks that are none, and BudgetError for too many pairs or units.
    """
    found, here = listed(graph.pairs, MOST_PAIRS, "preferences.pairs_many")
    shape = (len(found),) if here is None else here.shape
    rows, columns = found.left, found.right
    left_capacity, right_capacity = graph.left_capacity, graph.right_capacity
    room = found.room(left_capacity, right_capacity)
    total = float(room.astype(np.float64).sum())
    if total >= MOST_UNITS:
        what = Message("matching.sum.units")
        raise BudgetError(
            Message.of("matching.sums_large", what=what, total=total, most=MOST_UNITS)
        )
    if preferences.stability != "weak" and room.max(initial=1) > 1:
        raise InputError.of(
            "edge_capacity",
            "preferences.pair_capacity",
            most=int(room.max()),
            stability=preferences.stability,
        )
    ranks = _both(graph, preferences, shape, here)
    pairs = RankedPairs(rows, columns, *ranks, room, left_capacity, right_capacity)
    return pairs, found.weight


def _both(
    graph: BipartiteGraph,
    preferences: Preferences,
    shape: tuple[int, ...],
    here: Mask | None,
) -> tuple[Int64, Int64]:
    """The ranks of both sides in the order of the sorted pairs: int64 (pairs,) each."""
    chooser, other = preferences.proposing, _other(preferences.proposing)
    needed = {chooser} if preferences.by == "dictatorship" else {chooser, other}
    found, faults = {}, []
    for side, given in (("left", preferences.left), ("right", preferences.right)):
        if given is None and side not in needed:
            found[side] = np.ones(shape if here is None else int(here.sum()), np.int64)
            continue
        if given is None:
            faults.append(
                Complaint.of(
                    f"preferences.{side}", "preferences.missing", by=preferences.by
                )
            )
            continue
        try:
            found[side] = _ranks(f"preferences.{side}", given, shape, here)
        except InputError as error:
            faults += error.complaints
    InputError.raise_if(faults)
    pairs = graph.pairs
    if isinstance(pairs, PairList) and pairs.order is not None:
        return found["left"][pairs.order], found["right"][pairs.order]
    return found["left"], found["right"]


def _other(side: Proposing) -> Proposing:
    return "right" if side == "left" else "left"


def _ranks(
    name: str, given: npt.ArrayLike, shape: tuple[int, ...], here: Mask | None
) -> Int64:
    """One side's ranks, int64 (pairs,), in the order given. Raises InputError for what is no rank."""
    ranks: npt.NDArray[Any] = array_of(name, given)
    if ranks.shape != shape:
        told = str(ranks.shape)
        if here is None:
            raise InputError.of(
                name, "graph.shape", "graph.one_a_pair", shape=told, count=shape[0]
            )
        raise InputError.of(name, "graph.shape", shape=told, wanted=str(shape))
    if here is not None:
        ranks = ranks[here]
    ranks = whole_floats(name, ranks)
    if ranks.size == 0:
        return np.zeros(0, np.int64)
    if ranks.dtype.kind not in "iu":
        raise InputError.of(name, "graph.dtype", dtype=str(ranks.dtype))
    least, most = int(ranks.min()), int(ranks.max())
    if least < 1 or most > MOST_RANK:
        value = least if least < 1 else most
        raise InputError.of(
            name, "graph.is", "preferences.rank", value=value, most=MOST_RANK
        )
    return ranks.astype(np.int64)


def turns_of(graph: BipartiteGraph, preferences: Preferences) -> Int64 | None:
    """The number that says when each node of the choosing side chooses: int64 (nodes,); None where it is not
    given. Raises InputError for anything but whole numbers, one a node.
    """
    if preferences.order is None:
        return None
    name, side = "preferences.order", preferences.proposing
    nodes = len(graph.left_capacity if side == "left" else graph.right_capacity)
    turns = array_of(name, preferences.order)
    if turns.shape != (nodes,):
        raise InputError.of(
            name,
            "graph.shape",
            "preferences.order",
            shape=str(turns.shape),
            side=Message(f"graph.side.{side}"),
            count=nodes,
        )
    turns = whole_floats(name, turns)
    if turns.size and turns.dtype.kind not in "iu":
        raise InputError.of(name, "graph.dtype", dtype=str(turns.dtype))
    least, most = (int(turns.min()), int(turns.max())) if turns.size else (0, 0)
    if least < 0 or most > MOST_RANK:
        value = least if least < 0 else most
        raise InputError.of(
            name, "graph.is", "graph.range", value=value, most=MOST_RANK
        )
    return turns.astype(np.int64)
