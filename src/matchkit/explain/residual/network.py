"""The nodes of a plan's network, what is left of every one, and the certificate's prices as their potentials:
docs/architecture.md, The network.

Nodes are numbered: resources, requirements, the root, capped units, capped communities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.compiler import compile_problem
from matchkit.compile.goals import of_tier
from matchkit.compile.shares import FlowShares
from matchkit.errors import Complaint, EngineError, InputError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.links import units_on_links
from matchkit.messages.message import Message
from matchkit.plan import Certificate, Price, SharePrice
from matchkit.solvers.flow.subnetwork import links_of


class HubArcs(NamedTuple):
    """Arcs that touch a hub and could carry one unit more (or less: from head to tail): ``tail`` and ``head``
    intp (arcs,), and ``gain``, int64 (arcs, goals), what that unit counts in every goal.
    """

    tail: Intp
    head: Intp
    gain: Int64


class FlowNetwork:
    """A plan in its network. What hard locks hold stays where it is: ``lock_given``, ``lock_taken`` and the
    caps' ``*_locked``.
    """

    def __init__(self, state: PlanState) -> None:
        self.state = state
        self.units, self.communities = state.units, state.communities
        left, right = len(state.capacity), len(state.wanted)
        self.lefts, self.rights, self.root = (
            range(left),
            range(left, left + right),
            left + right,
        )
        first, shares = self.root + 1, _apart(state)
        self.unit_nodes = range(first, first + len(self.units.ids))
        first = self.unit_nodes.stop + sum(
            len(one.ids) for one in shares if not one.is_right
        )
        self.left_shares: Sequence[int] = range(self.unit_nodes.stop, first)
        places, caps = (state.right_places + first).tolist(), len(self.communities.ids)
        self.community_nodes: Sequence[int] = places[:caps]
        self.right_shares: Sequence[int] = places[caps:]
        self.size = first + len(places)
        self.lock_given, self.lock_taken = _locked_units(state)
        self.units_locked = self.units.below(self.lock_given)
        self.communities_locked = self.communities.below(self.lock_taken)
        self.spent_left: Mask = self.lock_given >= state.capacity
        self.spent_right: Mask = self.lock_taken >= state.wanted

    def keeps_capacities(self) -> bool:
        """Whether the plan keeps locks, capacities and caps, as every verified plan does."""
        state = self.state
        chosen = state.chosen
        return bool(
            (state.carried[chosen] <= state.own_capacity(chosen)).all()
            and (state.carried >= state.locked).all()
            and all(state.position(r, q) is not None for r, q in state.locks)
            and (state.given <= state.capacity).all()
            and (state.taken <= state.wanted).all()
            and all(
                used <= most
                for caps in (self.units, self.communities)
                for used, most in zip(caps.used, caps.most, strict=True)
            )
        )

    def links(self) -> HubArcs:
        """Every arc at a hub of which the plan leaves something, in either direction. The problem is a
        flow.
        """
        compiled = compile_problem(self.state)
        links = links_of(compiled.network, compiled.goals)
        units = units_on_links(self.state, compiled.network, compiled.goals)
        if units is None:
            raise EngineError(Message("defect.prices"))
        more, less = np.flatnonzero(units < links.stated), np.flatnonzero(units > 0)
        return HubArcs(
            np.concatenate([links.tail[more], links.head[less]]).astype(np.intp),
            np.concatenate([links.head[more], links.tail[less]]).astype(np.intp),
            np.concatenate([links.gain[more], -links.gain[less]]),
        )

    @cached_property
    def next_goal(self) -> Intp:
        """The goal that the next unit of every requirement counts in; the number of goals where none does."""
        return self._goals(self.state.taken < self.state.minimum)

    @cached_property
    def last_goal(self) -> Intp:
        """The goal that the last unit which every requirement holds counts in, likewise."""
        return self._goals(self.state.taken <= self.state.minimum)

    def _goals(self, minimum: Mask) -> Intp:
        """The first goal that counts a unit of every requirement, as one of its minimum or beyond it."""
        state, none = self.state, len(self.state.aims)
        found = np.full(len(minimum), none, np.intp)
        for measure, counted in (("minimum", minimum), ("filled", ~minimum)):
            for number in range(none - 1, -1, -1):
                for part in state.aims[number].parts:
                    if part.measure == measure:
                        found[counted & of_tier(state.tier, part)] = number
        return found


def _apart(state: PlanState) -> list[FlowShares]:
    """Coverage and loads of those that are nodes of their own in a flow, in the order of the nodes of either
    side.
    """
    return [one for one in state.shares if not one.alone and state.is_flow]


def _locked_units(state: PlanState) -> tuple[Int64, Int64]:
    """What hard locks hold of every resource, and of every requirement (int64)."""
    given: Int64 = np.zeros(len(state.capacity), np.int64)
    taken: Int64 = np.zeros(len(state.wanted), np.int64)
    for (left, right), quantity in state.locks.items():
        given[left] += quantity
        taken[right] += quantity
    return given, taken


Vectors = npt.NDArray[Any]
"""One vector a node; int64 where that holds what is added up of them, else Python's own integers."""
LARGEST = 2**40

_ADVICE = Message("certificate.do")


def potentials(state: PlanState, network: FlowNetwork, stated: Certificate) -> Vectors:
    """A vector for every node (int64, or Python integers where those are too large; (nodes, goals)), so that
    an arc costs that of its head less that of its tail less its gain.

    Resources and capped units stand at minus their price, requirements and capped communities at theirs, the
    root at 0. Nodes that locks have used up may lack a price and stand at 0. Raises InputError where the
    certificate is not one of this problem.
    """
    goals = tuple(aim.name for aim in state.aims)
    wrong: list[Complaint] = []
    if stated.goals != goals:
        wrong.append(Complaint("certificate", Message("certificate.goals"), _ADVICE))
    groups = (
        (
            "resource",
            stated.resources,
            state.resource_ids,
            network.lefts,
            -1,
            network.spent_left,
        ),
        (
            "requirement",
            stated.requirements,
            state.requirement_ids,
            network.rights,
            1,
            network.spent_right,
        ),
        ("capped_unit", stated.units, network.units.ids, network.unit_nodes, -1, ()),
        (
            "capped_community",
            stated.communities,
            network.communities.ids,
            network.community_nodes,
            1,
            (),
        ),
    )
    rows: list[tuple[int, ...]] = [(0,) * len(goals)] * network.size
    for what, prices, ids, nodes, sign, spent in groups:
        wrong += _placed(what, prices, ids, nodes, sign, spent, len(goals), rows)
    apart = [network.left_shares, network.right_shares]
    for one in _apart(state):
        nodes, apart[one.is_right] = (
            apart[one.is_right][: len(one.ids)],
            apart[one.is_right][len(one.ids) :],
        )
        name, sign = goals[one.goals[0]], 1 if one.is_right else -1
        mine = [entry for entry in stated.shares if entry.goal == name]
        wrong += _placed("share", mine, one.ids, nodes, sign, (), len(goals), rows)
    InputError.raise_if(wrong)
    large = any(abs(part) >= LARGEST for row in rows for part in row)
    return np.array(rows, object if large else np.int64).reshape(
        network.size, len(goals)
    )


def _placed(
    what: str,
    prices: Sequence[Price] | Sequence[SharePrice],
    ids: Sequence[str],
    nodes: Sequence[int],
    sign: int,
    spent: Any,
    goals: int,
    rows: list[tuple[int, ...]],
) -> Iterator[Complaint]:
    """Put the prices of one group into their rows; yield what is wrong with them."""
    number = {name: place for place, name in enumerate(ids)}
    seen: set[str] = set()
    for entry in prices:
        place = number.get(entry.id)
        if place is None:
            yield _wrong(what, entry.id, "certificate.unknown")
        elif entry.id in seen or len(entry.price) != goals:
            yield _wrong(what, entry.id, "certificate.price")
        else:
            rows[nodes[place]] = (
                entry.price if sign > 0 else tuple(-part for part in entry.price)
            )
        seen.add(entry.id)
    for place, name in enumerate(ids):
        if name not in seen and not (len(spent) and spent[place]):
            yield _wrong(what, name, "certificate.no_price")


def _wrong(what: str, name: str, key: str) -> Complaint:
    return Complaint(Message.of(f"where.{what}", id=name), Message(key), _ADVICE)
