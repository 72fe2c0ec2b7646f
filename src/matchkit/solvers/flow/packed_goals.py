"""Several goals in one number, so that comparing numbers is comparing goals, one after another.

Prices are lengths of simple paths in the residual graph, and an optimal flow differs from any other by simple
cycles. A simple path or cycle passes each hub (the root and every nested cap) at most once, and only arcs at
a hub count for a goal other than the weight; so each goal's part is at most twice the hubs below which
something counts for it, times what one unit counts there, whatever the capacities, and the weight's part is
bounded by the weights of as many pairs as the smaller side has nodes. A radix above these bounds loses
nothing: no big-M that grows with the number of tiers times the number of slots. Where one 64-bit number
cannot hold all goals in that way, they are split into several words, which are solved one after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.problem import LARGEST
from matchkit.errors import BudgetError
from matchkit.graph.candidates import greatest_weight
from matchkit.graph.network import Goals, Network
from matchkit.messages.message import Message


@dataclass(frozen=True, slots=True)
class PackedGoals:
    """Goals ``first`` to ``stop`` in one number; a unit of goal ``first + k`` counts ``units[k]``."""

    first: int
    stop: int
    units: tuple[int, ...]
    weight: bool

    def joined(self, vectors: Int64) -> Int64:
        """What vectors with a number a goal, int64 (n, goals), count in this word: int64 (n,)."""
        found: Int64 = vectors[:, self.first : self.stop] @ np.array(
            self.units, np.int64
        )
        return found

    def split(self, packed: Int64) -> Int64:
        """The goals' parts of packed numbers (int64 (n,)) as int64 (n, goals): digits of least absolute
        value.
        """
        parts, rest = np.zeros((len(self.units), len(packed)), np.int64), packed.copy()
        for place, unit in enumerate(self.units[:-1]):
            np.floor_divide(rest + unit // 2, unit, out=parts[place])
            rest -= parts[place] * unit
        np.floor_divide(rest, self.units[-1], out=parts[-1])
        return parts.T

    def holds(self, vectors: Int64, reach: Int64) -> bool:
        """Whether a gain of at most ``reach``, int64 (goals,), with the vectors of two nodes, int64 (n,
        goals), is added up without a carry between digits.
        """
        radix = [
            upper // lower
            for upper, lower in zip(self.units, self.units[1:], strict=False)
        ]
        most = np.abs(vectors[:, self.first + 1 : self.stop]).max(0, initial=0)
        sums = 2 * (2 * most + reach[self.first + 1 : self.stop])
        return all(
            total < room for total, room in zip(sums.tolist(), radix, strict=True)
        )


def pack_goals(
    network: Network, goals: Goals, largest: int = LARGEST
) -> tuple[PackedGoals, ...]:
    """The goals in as few words as fit below ``largest`` over the nodes. Raises BudgetError if the weights do
    not.
    """
    left, right = len(network.left_capacity), len(network.right_capacity)
    nodes, paths = network.node_count, _path_reach(network, goals)
    limit = largest // (nodes + 1)
    least, greatest = network.pairs.weight_range if goals.weight else (0, 0)
    span = max(abs(least), abs(greatest), 1)
    swing = min(left, right) * (max(greatest, 0) - min(least, 0)) + span
    if span >= limit:
        raise BudgetError(
            Message.of(
                "matching.weight_large", weight=span, nodes=left + right, most=limit - 1
            )
        )
    radix = [8 * most + 1 for most in paths]
    if goals.weight:
        radix[-1] = 4 * swing + 2 * span + 1
    room = limit // 2  # a unit may count for several goals at once
    words = _filled(goals, room, room, radix)
    if len(words) == 1:
        return words
    # Prices of several words are compared by one number a node (prices.py): nodes times twice what the last
    # word can reach.
    spare = KEY_ROOM // nodes - 2 * swing - 2 * span - 1
    most = 16 * max(paths)
    if spare < most:
        raise BudgetError(
            Message.of("matching.weights_large", weight=span, nodes=left + right)
        )
    return _filled(goals, room, min(room, spare // most), radix)


def _path_reach(network: Network, goals: Goals) -> list[int]:
    """Half of what a simple path can add up to in every goal but the weight, either way: the hubs below which
    something counts for it, and what a unit counts there.
    """
    reach = goals.reach.tolist()
    hubs = [0] * len(reach)
    for steps, above in (
        (goals.left, network.left_tree.of),
        (goals.right, network.right_tree.of),
        (goals.left_caps, network.left_tree.parent),
        (goals.right_caps, network.right_tree.parent),
    ):
        for goal, column in enumerate(steps.gain.T):
            hubs[goal] += len(np.unique(above[steps.node[column != 0]]))
    return [max(1, many) * most for many, most in zip(hubs, reach, strict=True)]


def _left_hubs(network: Network, goals: Goals) -> list[int]:
    """Below how many hubs left nodes count for every goal."""
    above = network.left_tree.of[goals.left.node]
    return [len(np.unique(above[column != 0])) for column in goals.left.gain.T]


KEY_ROOM = 2**59
"""Keys of live nodes stay below this."""


def _filled(
    goals: Goals, room: int, last_room: int, radix: Sequence[int]
) -> tuple[PackedGoals, ...]:
    """Words filled from the last goal to the first, as many goals in each as its room holds; ``radix`` by
    goal is above all that it can add up to on a simple path.
    """
    reach = goals.reach.tolist()
    words: list[PackedGoals] = []
    stop = len(goals.names)
    # Each unit exceeds all that the goals below it can add up to on a simple path, so no carry is lost.
    while stop > 0:
        first, unit, units = stop, 1, list[int]()
        weighted = goals.weight and not words
        most = room if words else last_room
        while first > 0 and (not units or unit * reach[first - 1] < most):
            units.append(unit)
            first -= 1
            unit *= radix[first]
        words.append(PackedGoals(first, stop, tuple(reversed(units)), weighted))
        stop = first
    return tuple(reversed(words))


NARROW = 16
"""Radix of a goal in narrow words, in what a unit counts there; prices are mostly a few units."""


def narrow_goals(network: Network, goals: Goals) -> tuple[PackedGoals, ...]:
    """Words for prices that are small in every goal, as they mostly are: where their digits show that nothing
    was carried, they are as exact as wide ones.
    """
    nodes = network.node_count
    radix = [NARROW * most for most in goals.reach.tolist()]
    if goals.weight:
        radix[-1] = NARROW * GUESSED_PATHS[0] * max(1, greatest_weight(network.pairs))
    room = LARGEST // (nodes + 1) // 2
    return _filled(goals, room, min(room, KEY_ROOM // (NARROW * nodes)), radix)


GUESSED_PATHS = (64, 32, 16)
"""Pairs on the longest chain of moves that the guess reckons with: the first of these that fits."""


def guessed_word(
    network: Network, goals: Goals, largest: int = LARGEST, first: int = 0
) -> PackedGoals | None:
    """All goals from the first on in one word of small numbers, which engines solve faster; None where they
    do not fit.

    The radix covers the chains of moves that occur in practice, not all that can: what it leads to must be
    checked against the exact words, and solved with those where it fails.
    """
    reach = goals.reach.tolist()[first:]
    room = largest // (network.node_count + 1)
    for path in GUESSED_PATHS:
        # A chain of moves passes few hubs; but where nearly every left node has one of its own, many.
        steps = [
            (path if many > path else 3) * most
            for many, most in zip(
                _left_hubs(network, goals)[first:], reach, strict=True
            )
        ]
        if goals.weight:
            steps[-1] = path * max(greatest_weight(network.pairs), 1)
        units = [1]
        for step in reversed(steps[1:]):
            units.append(units[-1] * step)
        if 2 * units[-1] * reach[0] < room:
            stop = first + len(units)
            return PackedGoals(first, stop, tuple(reversed(units)), goals.weight)
    return None


SOFT = 2
"""What a step of shares counts in soft goals, in greatest weights: weight seldom makes up for that."""


def soft_goals(network: Network, goals: Goals, step: int = SOFT) -> Goals | None:
    """Goals among which some share units, as one goal of small numbers, which engines solve faster. Those
    that share count ``step`` greatest weights each (0: not at all), whichever comes first; each goal before
    them counts twice what one step can count in the goal after it. Its best plan is a guess, mostly the best
    by the goals in their order. None where numbers would be large.
    """
    reach = goals.reach.tolist()
    span = max(greatest_weight(network.pairs), 1) if goals.weight else 1
    units = [step * span] * len(reach)
    if goals.weight:
        units[-1] = 1
    after = max(1, step) * span * max(reach[goal] for goal in goals.shared)
    for goal in reversed(range(min(goals.shared))):
        units[goal] = 2 * after
        after = units[goal] * reach[goal]
    if after >= LARGEST // (network.node_count + 1) // 8:
        return None
    return goals.together(units)
