"""Why caps keep units out of a lottery: a Hall set of the network in parts, counted from the pairs again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.errors import EngineError
from matchkit.graph.matched import Ids
from matchkit.graph.network import Goals, UnitSteps
from matchkit.messages.message import Lang, Message
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.lottery.network import LotteryNetwork, SplitSide


@dataclass(frozen=True, slots=True)
class CapWitness:
    """A Hall set in parts of a unit: the nodes ``ids`` of one ``side`` want ``wanted`` parts, and no more
    than ``room`` can reach them, so that ``missing`` parts stay out, though ``possible`` units in all could
    be had without caps. Theorem: König's, as Ford and Fulkerson's cut.

    ``room`` is what the nodes ``partners`` of the other side can carry in all, in parts, plus ``by_caps``:
    the caps of pairs and groups between all other partners and these nodes.
    """

    side: Literal["left", "right"]
    ids: Ids
    wanted: int
    partners: Ids
    by_caps: int
    room: int
    possible: int

    @property
    def missing(self) -> int:
        """Parts that caps keep out."""
        return self.wanted - self.room

    def text(self, lang: Lang = "en") -> str:
        """The witness in words."""
        return Message.of(
            "lottery.shortage",
            nodes=len(self.ids),
            wanted=self.wanted,
            room=self.room,
            partners=len(self.partners),
        ).text(lang)


def cardinality_goals(lottery: LotteryNetwork) -> Goals:
    """Goals of the same network by which nothing but the number of units counts."""
    right, none = lottery.right, UnitSteps.none(1)
    nodes = np.arange(len(right.capacity), dtype=np.int32)
    every = UnitSteps(nodes, right.capacity, np.ones((len(nodes), 1), np.int64))
    return Goals(
        ("cardinality",), False, none,
        none if right.split else every, none, every if right.split else none,
    )  # fmt: skip


def witness_of(
    lottery: LotteryNetwork, solution: Solution, possible: int, ids: tuple[Ids, Ids]
) -> CapWitness:
    """The Hall set of a proven solution of ``cardinality_goals``, on the side that has less to carry. Raises
    EngineError where it does not prove the solution.
    """
    # A price of 1 on the left, or of 0 on the right, where a unit counts 1: a node or group that is full in
    # every plan. These and the caps between all others are a cut of least capacity.
    sides = lottery.left, lottery.right
    left, right = (
        _full(side, price, of_nodes, least)
        for side, price, of_nodes, least in (
            (lottery.left, solution.left_price, solution.left_cap_price, 1),
            (lottery.right, solution.right_price, solution.right_cap_price, 0),
        )
    )
    nodes = left[0], right[0]
    between = ~left[1][lottery.left.leaf] & ~right[1][lottery.right.leaf]
    by_caps = int(lottery.most[between].sum())
    for side, (node, leaf) in zip(sides, (left, right), strict=True):
        if side.split:
            by_caps += int(side.most[leaf & ~node[side.node]].sum())
    full = [
        int(side.capacity[node].sum()) for side, node in zip(sides, nodes, strict=True)
    ]
    if sum(full) + by_caps != solution.value[0]:
        raise EngineError(Message("lottery.no_witness"))
    total = [int(side.capacity.sum()) for side in sides]
    mine, other = (1, 0) if total[1] <= total[0] else (0, 1)
    return CapWitness(
        "right" if mine else "left",
        _of(ids[mine], ~nodes[mine] & (sides[mine].capacity > 0)),
        total[mine] - full[mine],
        _of(ids[other], nodes[other] & (sides[other].capacity > 0)),
        by_caps,
        full[other] + by_caps,
        possible,
    )


def _full(
    side: SplitSide, price: Int64 | None, of_nodes: Int64 | None, least: int
) -> tuple[Mask, Mask]:
    """Which nodes and which leaves are full: those priced at least so high, and all below such a node."""
    if price is None or of_nodes is None:
        raise EngineError(Message("lottery.no_witness"))
    leaf: Mask = price[:, 0] >= least
    if not side.split:
        return leaf, leaf
    node: Mask = of_nodes[:, 0] >= least
    return node, leaf | node[side.node]


def _of(ids: Ids, which: Mask) -> Ids:
    return [ids[node] for node in np.flatnonzero(which).tolist()]  # type: ignore[return-value]
