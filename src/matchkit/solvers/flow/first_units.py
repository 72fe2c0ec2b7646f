"""Pairs whose first units count in a goal, in a network whose goals count units of nodes only: such a pair
becomes two parallel ones.

Its first units leave a left node of their own, which counts for them and has no other pair; the units beyond
stay with the pair. A cap holds the left node and its further ones together: it has the node's capacity and
whatever its units count. So a flow of the split network is a flow of the given one with the same goals, and
the other way round. Minimums of pairs and units kept of a reference plan are such first units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import add
from typing import cast

import numpy as np

from matchkit.arrays import Int32, Int64, Intp
from matchkit.graph.candidates import PairBlock, PairList
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.graph.split_candidates import SplitCandidates, places
from matchkit.solvers.flow.prices import dual_bound, exact_dots, positive
from matchkit.solvers.flow.pricing import blocks
from matchkit.solvers.flow.residual import Flow
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.subnetwork import Pairs, links_of


@dataclass(frozen=True, slots=True)
class FirstUnits:
    """Pairs ascending by ``left`` and ``right`` (intp (pairs,)), how many of their first ``units`` count
    (int64 (pairs,)) and what each of these counts in every goal: ``gain``, int64 (pairs, goals).
    """

    left: Intp
    right: Intp
    units: Int64
    gain: Int64

    @classmethod
    def of_minimums(cls, pairs: PairList, minimum: Int64, goals: int) -> FirstUnits:
        """Minimums (int64, one a pair of the list), of which each unit counts 1 in the first of so many
        goals.
        """
        at = np.flatnonzero(minimum > 0)
        gain = np.zeros((len(at), goals), np.int64)
        gain[:, 0] = 1
        rows = np.repeat(np.arange(pairs.left_count), np.diff(pairs.first))
        return cls(rows[at], pairs.right[at].astype(np.intp), minimum[at], gain)


@dataclass(frozen=True, slots=True)
class SplitNetwork:
    """A network of which pairs are split, with its goals, and the way back from it.

    ``pairs`` are those of ``network``. ``owner`` (int32, one a left node of it) is the left node given that
    it stands for; ``cap`` (int32, one a left node given) the cap above it, -1 where none of its pairs is
    split; ``gain``, int64 (pairs split, goals), what their first units count.
    """

    given: Network
    given_goals: Goals
    network: Network
    pairs: SplitCandidates
    owner: Int32
    cap: Int32
    gain: Int64

    def goals(self, goals: Goals) -> Goals:
        """Goals given, or some of them, for the nodes there are now: the steps of a node with a cap are the
        cap's, and first units count what they gain.
        """
        place = {name: goal for goal, name in enumerate(self.given_goals.names)}
        gain = np.zeros((len(self.gain), len(goals.names)), np.int64)
        for goal, name in enumerate(goals.names):
            if name in place:
                gain[:, goal] = self.gain[:, place[name]]
        given, capped = goals.left, self.cap[goals.left.node] >= 0
        held = np.arange(len(self.cap), len(self.owner), dtype=np.int32)
        left = UnitSteps(given.node[~capped], given.units[~capped], given.gain[~capped])
        first = UnitSteps(held, self.pairs.units, gain)
        caps = UnitSteps(
            self.cap[given.node[capped]], given.units[capped], given.gain[capped]
        )
        return replace(
            goals,
            left=UnitSteps.joined([left, first]),
            left_caps=UnitSteps.joined([goals.left_caps, caps]),
        )

    def joined(self, solution: Solution) -> Solution:
        """The solution in terms of the pairs given; the price of a node with a cap of its own is that of the
        cap, and the bound what these prices give.
        """
        split, rights = self.pairs, self.pairs.right_count
        keys, where = np.unique(
            self.owner[solution.pairs.left].astype(np.int64) * rights
            + solution.pairs.right,
            return_inverse=True,
        )
        where = where.reshape(-1)
        units, weight, room = np.zeros((3, len(keys)), np.int64)
        np.add.at(units, where, solution.quantity)
        weight[where], room[where] = solution.pairs.weight, solution.pairs.capacity
        mine = split.left.astype(np.int64) * rights + split.right
        _, at, held = np.intersect1d(keys, mine, return_indices=True)
        room[at] = split.units[held] + split.rest[held]
        left, right = (
            part.astype(np.int32) for part in np.divmod(keys, max(1, rights))
        )
        found = replace(
            solution, pairs=Pairs(left, right, weight, room), quantity=units
        )
        if solution.bound is None:
            return found
        assert solution.left_price is not None  # noqa: S101 - prices prove a bound
        assert solution.left_cap_price is not None  # noqa: S101
        price = solution.left_price[: len(self.cap)].copy()
        caps = solution.left_cap_price
        # A node is priced above its cap only where an early stop left it so.
        raised = np.flatnonzero(self.cap >= 0)
        raised = raised[~positive(price[raised] - caps[self.cap[raised]])]
        price[raised] = caps[self.cap[raised]]
        found = replace(
            found,
            left_price=price,
            left_cap_price=caps[: self.given.left_tree.size],
        )
        return replace(found, bound=self._bound(solution, found))

    def _bound(self, split: Solution, found: Solution) -> tuple[int, ...]:
        """What no flow can exceed at the prices that were found: weak duality, each pair split adding its
        first units times what these are worth beyond its two prices.
        """
        network, goals = self.given, self.given_goals
        prices = (
            found.left_price,
            found.right_price,
            found.left_cap_price,
            found.right_cap_price,
        )
        left, right, left_caps, right_caps = cast("tuple[Int64, ...]", prices)
        root = np.zeros((1, len(goals.names)), np.int64)
        potential = np.concatenate([-left, right, root, -left_caps, right_caps])
        base = np.flatnonzero(split.pairs.left < len(self.cap))
        carried = Flow(split.quantity[base], np.zeros(0, np.int64))
        links, pairs = links_of(network, goals), split.pairs.take(base)
        bound = dual_bound(links, pairs, carried, potential, goals.weight)
        first = self.gain - left[self.pairs.left] - right[self.pairs.right]
        if goals.weight:
            first[:, -1] += self.pairs.weight
        up = np.flatnonzero(positive(first))
        return tuple(map(add, bound, exact_dots(self.pairs.units[up], first[up])))


def split_network(network: Network, goals: Goals, first: FirstUnits) -> SplitNetwork:
    """A network of lists of pairs with goals for its nodes, and first units that count, as one whose nodes
    count.

    Units beyond what a pair can carry are left out, which changes no flow.
    """
    which, weight, room = _looked_up(network, first)
    left, right = first.left[which], first.right[which]
    units = np.minimum(first.units[which], room)
    some = np.flatnonzero((units > 0) & (network.left_capacity[left] > 0))
    left, right, units = left[some], right[some], units[some]
    pairs = SplitCandidates(
        network.pairs,
        left.astype(np.int32),
        right.astype(np.int32),
        weight[some],
        units,
        room[some] - units,
    )
    lefts, tree = len(network.left_capacity), network.left_tree
    owners = np.unique(left)
    cap = np.full(lefts, -1, np.int32)
    cap[owners] = np.arange(tree.size, tree.size + len(owners), dtype=np.int32)
    above = np.where(cap >= 0, cap, tree.of)
    split = Network(
        pairs,
        # One unit more than the cap lets pass: only the cap is ever full, so that its price is the node's.
        np.concatenate([network.left_capacity + (cap >= 0), units]),
        network.right_capacity,
        CapTree(
            np.concatenate([above, cap[left]]).astype(np.int32),
            np.concatenate([tree.parent, tree.of[owners]]),
            np.concatenate([tree.capacity, network.left_capacity[owners]]),
        ),
        network.right_tree,
    )
    owner = np.concatenate([np.arange(lefts), left]).astype(np.int32)
    return SplitNetwork(
        network, goals, split, pairs, owner, cap, first.gain[which][some]
    )


def _looked_up(network: Network, first: FirstUnits) -> tuple[Intp, Int64, Int64]:
    """Which of the pairs there are, with their weight and what they may carry: one pass over the blocks."""
    parts = list(_found(network, first)) or [np.zeros((3, 0), np.int64)]
    which, weight, room = np.concatenate(parts, axis=1)
    return which.astype(np.intp), weight, room


def _found(network: Network, first: FirstUnits) -> Iterator[Int64]:
    left, right = first.left.astype(np.int32), first.right.astype(np.int32)
    for block in blocks(network.pairs):
        listed = cast("PairBlock", block)  # a matrix has no first units
        at, mine = places(listed, left, right, network.pairs.right_count)
        room = (
            np.ones(len(at), np.int64)
            if listed.capacity is None
            else listed.capacity[at]
        )
        yield np.stack([mine, listed.weight[at].astype(np.int64), room])
