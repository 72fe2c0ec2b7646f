"""A plan of a problem in the arrays of a flow that is kept optimal, by the ids of records; and the way back
to a plan with its certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.compiler import Compiled, open_network
from matchkit.compile.decode import goal_values
from matchkit.compile.goals import flow_goals
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import joint
from matchkit.compile.share_trees import with_shares
from matchkit.compile.shares import FlowShares, shares_of
from matchkit.errors import EngineError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.network import FlowNetwork, potentials
from matchkit.explain.vectors import minus
from matchkit.graph.network import CapTree, GoalValues
from matchkit.messages.message import Message
from matchkit.model import Aim, Problem
from matchkit.plan import Certificate, Plan
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.live.network import (
    LiveNetwork,
    LiveNodes,
    LivePairs,
    steps_by_node,
)
from matchkit.solvers.live.search import FlowMending, narrow, perform

ENDLESS = 2**40
"""More than any link or pair carries: what a divisible resource's pair may, as its ends hold it anyway."""
NodeKey = tuple[str, ...]
"""A node: "resource", "requirement", "unit" or "community" and an id; of a share its goal besides."""


def share_names(shares: Iterable[FlowShares], goals: tuple[str, ...]) -> list[NodeKey]:
    """The nodes of those whose units count together, in the order of the trees: left, then right ones."""
    mine = [one for one in shares if not one.alone]
    mine.sort(key=lambda one: one.is_right)
    return [("share", goals[one.goals[0]], owner) for one in mine for owner in one.ids]


def share_steps(
    instance: Instance, aims: Sequence[Aim]
) -> Iterator[tuple[NodeKey, tuple[int, ...], tuple[GoalValues, ...]]]:
    """Of every node whose units count: where each step ends, and what a unit of it counts by goal. No unit is
    taken by locks.
    """
    names = tuple(aim.name for aim in aims)
    shares = shares_of(aims, names, instance.lists)
    columns = instance.tier, instance.minimum, instance.wanted
    fills = flow_goals(aims, *columns, shared=True)
    left, right = instance.resource_ids, instance.requirement_ids
    none = np.zeros(0, np.int32)
    lefts, rights = (
        CapTree(np.full(len(ids), -1, np.int32), none, none.astype(np.int64))
        for ids in (left, right)
    )
    unlocked = np.zeros(len(left), np.int64), np.zeros(len(right), np.int64)
    goals = with_shares(
        (lefts, rights), fills, shares, unlocked, instance.community_caps
    )[2]
    apart = share_names(shares, names)
    count = sum(len(one.ids) for one in shares if not (one.alone or one.is_right))
    for keys, steps in (
        ([("resource", name) for name in left], goals.left),
        ([("requirement", name) for name in right], goals.right),
        (apart[:count], goals.left_caps),
        (apart[count:], goals.right_caps),
    ):
        for place, ends, gain in steps_by_node(steps):
            yield keys[place], ends, gain


class LiveArrays:
    """The flow of a plan that its certificate proves, and the nodes of its records.

    Raises InputError where the certificate is not one of the problem, UnsupportedError where no flow
    expresses it.
    """

    def __init__(self, problem: Problem, plan: Plan, certificate: Certificate) -> None:
        state = PlanState(problem, plan)
        self.lists = state.lists
        network = FlowNetwork(state)
        left_tree, right_tree, goals = open_network(state)
        self.goals = goals.names
        lefts, root = len(network.lefts), network.root
        first = root + 1
        caps = first + left_tree.size
        up = np.concatenate(
            [
                np.where(left_tree.of >= 0, left_tree.of + first, root),
                np.where(right_tree.of >= 0, right_tree.of + caps, root),
                [-1],
                np.where(left_tree.parent >= 0, left_tree.parent + first, root),
                np.where(right_tree.parent >= 0, right_tree.parent + caps, root),
            ]
        ).astype(np.int64)
        given, taken = network.lock_given, network.lock_taken
        zero = np.zeros(1, np.int64)
        carried, base = (
            np.concatenate(
                [one, other, zero, left_tree.sums(one), right_tree.sums(other)]
            )
            for one, other in ((state.given, state.taken), (given, taken))
        )
        capacity = np.concatenate(
            [
                state.capacity,
                state.wanted,
                zero,
                left_tree.capacity,
                right_tree.capacity,
            ]
        )
        steps = goals.left.joined(
            [
                goals.left,
                _moved(goals.right, lefts),
                _moved(goals.left_caps, first),
                _moved(goals.right_caps, caps),
            ]
        )
        left = np.zeros(network.size, np.bool_)
        left[:lefts] = left[first:caps] = True
        pairs, bonus = _pairs(state, goals.names, lefts)
        self.net = LiveNetwork(
            LiveNodes(up, left, capacity, carried, base, steps),
            pairs,
            potentials(state, network, certificate),
            bonus,
        )
        self.node: dict[NodeKey, int] = {}
        for what, ids, nodes in (
            ("resource", state.resource_ids, network.lefts),
            ("requirement", state.requirement_ids, network.rights),
            ("unit", network.units.ids, network.unit_nodes),
            ("community", network.communities.ids, network.community_nodes),
        ):
            for one, node in zip(ids, nodes, strict=True):
                self.node[what, one] = node
        shared = [*network.left_shares, *network.right_shares]
        for name, node in zip(
            share_names(state.shares, self.goals), shared, strict=True
        ):
            self.node[name] = node
        self.ids: list[str] = [""] * network.size
        for key, node in self.node.items():
            self.ids[node] = key[-1]
        perform(self.net, self._fit)
        narrow(self.net)
        self.net.forget(self.net.mark())

    def _fit(self, repair: FlowMending) -> None:
        """Potentials for arcs that a certificate says nothing of: pairs at their own capacity, and those of
        nodes that locks use up.
        """
        net = self.net
        pairs = slice(0, net.pairs)
        tail, head = net.tail[pairs], net.head[pairs]
        cost = net.potential[head] - net.potential[tail] - net.gain[pairs]
        below = (net.units[pairs] < net.most[pairs]) & (cost < 0)
        for place in np.flatnonzero(below).tolist():
            one, other = int(tail[place]), int(head[place])
            full = net.carried[one] == net.capacity[one]
            repair.node(one if full else other)
        for node in np.flatnonzero(net.up >= 0).tolist():
            repair.link(node)

    def name(self, key: NodeKey, node: int) -> None:
        """Name a node that is new."""
        self.net.put(self.node, key, node)
        self.ids[node:] = [key[-1]]

    def open_pairs(self, node: int) -> Int64:
        """The positions of a node's pairs that may carry anything."""
        places = self.net.at[node]
        found: Int64 = places[self.net.most[places] > 0]
        return found

    def pair(self, resource: str, requirement: str) -> list[int]:
        """The positions of a pair that may carry something, units of the reference plan first."""
        one, other = (
            self.node.get(("resource", resource)),
            self.node.get(("requirement", requirement)),
        )
        if one is None or other is None:
            return []
        places = self.open_pairs(one)
        found = places[self.net.head[places] == other].tolist()
        return sorted(found, key=lambda place: place not in self.net.bonus)

    def moves(self, mark: int) -> dict[tuple[str, str], int]:
        """Units that pairs have more (or less) than at a mark, by resource and requirement."""
        net, before = self.net, dict[int, int]()
        for place, units in net.units_before(mark):
            before.setdefault(place, units)
        found = dict[tuple[str, str], int]()
        for place, units in before.items():
            pair = self.ids[int(net.tail[place])], self.ids[int(net.head[place])]
            found[pair] = found.get(pair, 0) + int(net.units[place]) - units
        return {pair: by for pair, by in sorted(found.items()) if by}

    def solution(self, instance: Instance, compiled: Compiled) -> Solution:
        """The flow as a solution of the network that its problem compiles to."""
        net, prices = self.net, self.net.prices()

        def rows(names: Iterable[NodeKey]) -> Int64:
            nodes = np.array([self.node[name] for name in names], np.intp)
            found: Int64 = prices[nodes]
            return found

        shares = share_names(compiled.shares, compiled.goals.names)
        count = compiled.network.left_tree.size - len(compiled.unit_ids)
        left_caps = [*(("unit", name) for name in compiled.unit_ids), *shares[:count]]
        right_caps = [
            *(("community", name) for name in compiled.community_ids),
            *shares[count:],
        ]
        right_cap_price = np.zeros((len(right_caps), len(self.goals)), np.int64)
        right_cap_price[compiled.right_places] = rows(right_caps)
        chosen = np.flatnonzero(net.units[: net.pairs] > net.least[: net.pairs])
        units = net.units[chosen] - net.least[chosen]
        left = _numbers(self, net.tail[chosen], instance.left_of)
        right = _numbers(self, net.head[chosen], instance.right_of)
        # Units of the reference plan and those beyond them are one pair.
        left, right, which = joint(left, right)
        total = np.zeros(len(left), np.int64)
        np.add.at(total, which, units)
        units = total
        where = [
            instance.position(*pair)
            for pair in zip(left.tolist(), right.tolist(), strict=True)
        ]
        at = np.array(where, np.intp)
        pairs = Pairs(
            left.astype(np.int32),
            right.astype(np.int32),
            instance.weight[at],
            instance.own_capacity(at) - instance.locked[at],
        )
        self._check(instance, compiled, at[units == pairs.capacity])
        none = np.zeros(0, np.int64)
        value = minus(
            goal_values(compiled, left, right, units),
            goal_values(compiled, none, none, none),
        )
        return Solution(
            pairs,
            units,
            value,
            value,
            -rows(("resource", name) for name in compiled.resource_ids),
            rows(("requirement", name) for name in compiled.requirement_ids),
            -rows(left_caps),
            right_cap_price,
            "proved",
            "flow",
            0,
            len(pairs),
        )

    def _check(self, instance: Instance, compiled: Compiled, full: Intp) -> None:
        """Look at every pair that is eligible now, but for those at their own capacity (positions): none may
        be worth more than its two prices. Raises EngineError.
        """
        potential, network = self.net.potential, compiled.network
        lefts, rights = (
            potential[[self.node[what, name] for name in ids]]
            for what, ids in (
                ("resource", compiled.resource_ids),
                ("requirement", compiled.requirement_ids),
            )
        )
        left, right = instance.left, instance.right
        beaten = rights[right] - lefts[left] < instance.weight
        beaten &= network.left_capacity[left] > 0
        beaten &= network.right_capacity[right] > 0
        beaten[full] = False
        at = np.flatnonzero(beaten)
        if (instance.own_capacity(at) > instance.locked[at]).any():
            raise EngineError(Message("defect.prices"))


def _pairs(
    state: PlanState, names: tuple[str, ...], lefts: int
) -> tuple[LivePairs, dict[int, GoalValues]]:
    """All eligible pairs with what the plan has of them, and what units of the reference plan count besides
    their weight. Of a divisible resource these are a pair of their own.
    """
    kept, count = state.kept, len(state.left)
    gaining = kept.gaining(state.aims, names).tolist()
    bonus, more, units = dict[int, GoalValues](), list[int](), list[int]()
    for left, right, many, vector in zip(
        kept.left.tolist(),
        kept.right.tolist(),
        kept.units.tolist(),
        gaining,
        strict=True,
    ):
        place = state.position(left, right)
        if place is None or not any(vector):
            continue
        if state.divisible[left]:
            bonus[count + len(more)] = tuple(vector)
            more.append(place)
            units.append(many)
        else:
            bonus[place] = tuple(vector)
    every = np.arange(count)
    most = np.where(state.divisible[state.left], ENDLESS, state.own_capacity(every))
    at = np.array(more, np.intp)
    room = np.array(units, np.int64)
    whole = np.concatenate([every, at])

    def first_units(amount: Int64) -> Int64:
        """What the further pairs have of an amount, after what is left to the others."""
        mine = np.minimum(amount[at], room)
        rest = amount.copy()
        rest[at] -= mine
        return np.concatenate([rest, mine])

    return LivePairs(
        state.left[whole].astype(np.int32),
        (state.right[whole] + lefts).astype(np.int32),
        state.weight[whole],
        np.concatenate([most, room]),
        first_units(state.carried),
        first_units(state.locked),
    ), bonus


def _moved(steps: Any, by: int) -> Any:
    return type(steps)(steps.node + np.int32(by), steps.units, steps.gain)


def _numbers(arrays: LiveArrays, nodes: Any, number: Mapping[str, int]) -> Intp:
    return np.array([number[arrays.ids[node]] for node in nodes.tolist()], np.intp)
