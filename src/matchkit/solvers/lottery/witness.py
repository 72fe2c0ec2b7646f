"""Why caps keep units out of a lottery: a Hall set of the network in parts, counted from the pairs again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.errors import EngineError
from matchkit.graph.matched import Ids
from matchkit.graph.network import Goals, Network, UnitSteps
from matchkit.messages.message import Lang, Message
from matchkit.solvers.flow.solution import Limits, Solution
from matchkit.solvers.lottery.network import LotteryNetwork, SplitSide
from matchkit.solvers.match import solve_network


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
            "lottery.shortage" if self.partners else "lottery.shortage.caps",
            nodes=len(self.ids),
            wanted=self.wanted,
            room=self.room,
            partners=len(self.partners),
        ).text(lang)


def cardinality_goals(lottery: LotteryNetwork) -> Goals:
    """Goals of the same network by which nothing but the number of units counts."""
    right, none = lottery.right, UnitSteps.none(1)
    own, above = right.steps(_every_unit(right.capacity), none)
    return Goals(("cardinality",), False, none, own, none, above)


def _every_unit(capacity: Int64) -> UnitSteps:
    """Every unit of nodes that can carry so much, int64 (nodes,), counts one."""
    nodes = np.arange(len(capacity), dtype=np.int32)
    return UnitSteps(nodes, capacity, np.ones((len(nodes), 1), np.int64))


def shortage_of(
    lottery: LotteryNetwork,
    network: Network,
    ids: tuple[Ids, Ids],
    limits: Limits,
    among: Mask | None = None,
) -> CapWitness | None:
    """The Hall set that keeps units out of a lottery which its ``network`` in units could have, of right
    nodes ``among``, bool (rights,) (None: all); None where there is none, or the limits end the search.
    """
    if among is not None:
        taken = np.where(among, network.right_capacity, 0)
        network = replace(network, right_capacity=taken)
        lottery = lottery.among(among)
    every, none = _every_unit(network.right_capacity), UnitSteps.none(1)
    plain = Goals(("cardinality",), False, none, every, none, none)
    most = solve_network(network, plain, "auto", limits)
    possible = most.value[0]
    if not most.optimal:
        return None
    fullest = solve_network(lottery.network, cardinality_goals(lottery), "auto", limits)
    if not fullest.optimal or fullest.value[0] >= possible * lottery.parts:
        return None  # minimums keep them out, or nothing does
    return witness_of(lottery, fullest, possible, ids)


def witness_of(
    lottery: LotteryNetwork, solution: Solution, possible: int, ids: tuple[Ids, Ids]
) -> CapWitness:
    """The Hall set of a proven solution of ``cardinality_goals``, on the side that has less to carry. Raises
    EngineError where it does not prove the solution.
    """
    # The prices are a cut of least capacity: an arc is cut where its price is one more than that above it (on
    # the right a node's own unit counts one). Cut arcs and the caps between all others let through what there
    # is.
    sides = lottery.left, lottery.right
    cuts = [
        _Cut.of(side, price, of_caps, 1 - mine)
        for mine, (side, price, of_caps) in enumerate(
            (
                (lottery.left, solution.left_price, solution.left_cap_price),
                (lottery.right, solution.right_price, solution.right_cap_price),
            )
        )
    ]
    between = ~(cuts[0].leaf[lottery.left.leaf] | cuts[1].leaf[lottery.right.leaf])
    by_caps = int(lottery.most[between].sum()) + sum(cut.by_groups for cut in cuts)
    if sum(cut.full for cut in cuts) + by_caps != solution.value[0]:
        raise EngineError(Message("lottery.no_witness"))
    total = [side.could(side.capacity) for side in sides]
    mine, other = (1, 0) if total[1] <= total[0] else (0, 1)
    has_any = sides[mine].capacity > 0
    wanting = ~cuts[mine].node & has_any
    return CapWitness(
        "right" if mine else "left",
        _of(ids[mine], wanting),
        sides[mine].could(np.where(wanting, sides[mine].capacity, 0)),
        _of(ids[other], cuts[other].node & (sides[other].capacity > 0)),
        by_caps,
        cuts[other].full + by_caps,
        possible,
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a cut takes of one side: bool (nodes,) and (leaves,), whether an arc from there to the root is
    cut; the parts that cut nodes and caps above them may carry, and those of cut groups.
    """

    node: Mask
    leaf: Mask
    full: int
    by_groups: int

    @classmethod
    def of(
        cls, side: SplitSide, price: Int64 | None, of_caps: Int64 | None, least: int
    ) -> _Cut:
        """By the prices of leaves and caps; a node's own arc is cut from ``least`` above the next one on."""
        if price is None or of_caps is None:
            raise EngineError(Message("lottery.no_witness"))
        caps, above = side.caps, np.append(of_caps[: side.caps.size, 0], 0)
        own = of_caps[side.caps.size :, 0] if side.split else price[:, 0]
        cut_cap = above[:-1] - above[caps.parent] >= 1
        cut_node = own - above[caps.of] >= least
        under = np.zeros(caps.size + 1, np.bool_)
        full = 0
        for cap in range(caps.size):
            over = bool(under[caps.parent[cap]])
            under[cap] = over or bool(cut_cap[cap])
            full += int(caps.capacity[cap]) * bool(cut_cap[cap] and not over)
        over_node = under[caps.of]
        full += int(side.capacity[cut_node & ~over_node].sum())
        node = cut_node | over_node
        if not side.split:
            return cls(node, node, full, 0)
        cut_leaf = price[:, 0] - own[side.node] >= 1
        by_groups = int(side.most[cut_leaf & ~node[side.node]].sum())
        return cls(node, cut_leaf | node[side.node], full, by_groups)


def _of(ids: Ids, which: Mask) -> Ids:
    return [ids[node] for node in np.flatnonzero(which).tolist()]  # type: ignore[return-value]
