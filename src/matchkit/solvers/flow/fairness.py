"""Fair fills and even loads as gains in steps of every node's own units.

The fills that a network can bring to its nodes are the bases of a polymatroid where nothing binds above
them, so the greedy choice is best for every order of units (Rado 1957; Edmonds 1971): it is enough that a
unit gains more the earlier it comes. Every rule here is such an order, told by exact keys; what a unit gains
is the number of keys from its own on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from matchkit.arrays import Float64, Int64
from matchkit.errors import BudgetError
from matchkit.graph.network import UnitSteps
from matchkit.messages.message import Message

FairRule: TypeAlias = Literal["leximin", "nash", "webster", "dhondt"]
RULES: tuple[FairRule, ...] = ("leximin", "nash", "webster", "dhondt")
MOST_STEPS = 2**20
"""Steps of all nodes together are no more."""
EXACT = 2**26
"""Quotients of numbers below this compare as doubles as they do exactly: two that differ do so by more than
doubles below 1 are apart.
"""
CLOSE = 1e-9
"""Logarithms that differ by no more than this share of them are compared in whole numbers."""
BITS = 128
"""Bits of a logarithm to begin with; twice as many where they do not decide."""


def fair_steps(
    wanted: Int64, rule: FairRule, goals: int, goal: int, share: Int64 | None = None
) -> UnitSteps:
    """What every unit of every node counts for one of so many goals, so that the fullest is the fairest:
    ``wanted``, int64 (nodes,), units a node can take, and ``share``, int64 (nodes,), the weight of its part
    (None: what it wants).

    * ``leximin``: the lowest fill / share as high as can be, then the next lowest, and so on. The first unit
      of a level below comes first; of equal levels that of the smaller share, whose step is larger.
    * ``dhondt``: the highest as low as can be, then the next.
    * ``nash``: as many nodes as can be have a unit, then the product of fill ** share is greatest.
    * ``webster``: the sum of (fill - fair part) ** 2 / share is least.

    Raises BudgetError where there are too many steps, or numbers are too large to compare exactly.
    """
    node, unit = _units(wanted)
    own = (wanted if share is None else share)[node]
    _exact(2 * int(max(unit.max(initial=0), own.max(initial=0))))
    first = np.zeros(len(node), np.int64)
    if rule == "leximin":
        key, second = (unit - 1) / own, own
    elif rule == "dhondt":
        key, second = unit / own, -own
    elif rule == "webster":
        key, second = (2 * unit - 1) / own, first
    else:
        key, second = _by_product(unit, own), first
    place = _places(key, second)
    gain = np.zeros((len(node), goals), np.int64)
    gain[:, goal] = int(place.max(initial=-1)) + 1 - place
    return UnitSteps(node.astype(np.int32), np.ones(len(node), np.int64), gain)


def _places(key: Float64, second: Int64) -> Int64:
    """How many different pairs of keys lie before each."""
    order = np.lexsort((second, key))
    change = (np.diff(key[order]) != 0) | (np.diff(second[order]) != 0)
    place = np.empty(len(order), np.int64)
    place[order] = np.concatenate([[0], np.cumsum(change)])[: len(order)]
    return place


def even_steps(
    capacity: Int64, goals: int, goal: int, share: Int64 | None = None
) -> UnitSteps:
    """What every unit of every node costs in one of so many goals, so that the cheapest is the most even: how
    many units the node has with it. ``capacity`` is int64 (nodes,).

    With ``share``, int64 (nodes,), the load is units / share: a unit costs one more than there are different
    ones before it, the least load with it first; of equal loads that of the greater share, which falls back
    least without it.

    Raises BudgetError where there are too many steps, or numbers are too large to compare exactly.
    """
    node, unit = _units(capacity)
    cost = unit
    if share is not None:
        own = share[node]
        _exact(2 * int(own.max(initial=0)))
        cost = 1 + _places(unit / own, -own)
    gain = np.zeros((len(node), goals), np.int64)
    gain[:, goal] = -cost
    return UnitSteps(node.astype(np.int32), np.ones(len(node), np.int64), gain)


def _units(amount: Int64) -> tuple[Int64, Int64]:
    """Every unit of every node: the number of the node, and its own from 1 on."""
    total = sum(amount.tolist())
    if total > MOST_STEPS:
        raise BudgetError(
            Message.of("matching.fair_steps", units=total, most=MOST_STEPS)
        )
    node = np.repeat(np.arange(len(amount)), amount)
    first = np.cumsum(amount) - amount
    return node, np.arange(total) - first[node] + 1


def _exact(most: int) -> None:
    if most >= EXACT:
        raise BudgetError(Message.of("matching.fair_numbers", number=most, most=EXACT))


def _by_product(unit: Int64, share: Int64) -> Float64:
    """A number by which units compare as (unit / (unit - 1)) ** share does, the greatest first; of the first
    units all are equal, and before all others.

    Two of these powers are equal only if unit and share are: a quotient of neighbours is no power of another.
    """
    found = np.full(len(unit), -1.0)
    later = np.flatnonzero(unit > 1)
    pairs, which = np.unique(
        np.stack([unit[later], share[later]]), axis=1, return_inverse=True
    )
    size = pairs[1] * np.log1p(1 / np.maximum(pairs[0] - 1, 1))
    order = np.argsort(-size, kind="stable")
    # Runs of nearly equal logarithms are put in order exactly.
    ends = np.flatnonzero(np.diff(size[order]) < -CLOSE * size[order][:-1]) + 1
    runs = np.split(order, ends)
    place = np.empty(len(order))
    exact: list[int] = []
    for run in runs:
        powers = [
            _Power(int(pairs[0, one]), int(pairs[1, one]), one) for one in run.tolist()
        ]
        exact += [power.number for power in sorted(powers, reverse=True)]
    place[np.array(exact, np.int64)] = np.arange(len(order))
    found[later] = place[which.reshape(-1)]
    return found


@dataclass(frozen=True, slots=True)
class _Power:
    """(unit / (unit - 1)) ** share, which compares exactly: by share * atanh(1 / (2 unit - 1)), half its
    logarithm, in whole numbers with a bound on the error. Two that differ are told apart by enough bits.
    """

    unit: int
    share: int
    number: int

    def __lt__(self, other: _Power) -> bool:
        if (self.unit, self.share) == (other.unit, other.share):
            return False
        bits = BITS
        while True:
            mine, theirs = self._logarithm(bits), other._logarithm(bits)
            if abs(mine[0] - theirs[0]) > mine[1] + theirs[1]:
                return mine[0] < theirs[0]
            bits *= 2

    def _logarithm(self, bits: int) -> tuple[int, int]:
        """So many bits of it, and how far off that can be."""
        base = 2 * self.unit - 1
        power, odd, total = (1 << bits) // base, 1, 0
        while power:
            total += power // odd
            power //= base * base
            odd += 2
        return self.share * total, self.share * (odd + 2)
