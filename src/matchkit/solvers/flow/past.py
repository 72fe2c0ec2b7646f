"""Fair fills and even loads as gains in steps where nodes have had something before: orders of units by exact
fractions. ``fairness`` says why an order is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

import numpy as np

from matchkit.arrays import Int64
from matchkit.errors import BudgetError
from matchkit.graph.network import UnitSteps
from matchkit.messages.message import Message
from matchkit.solvers.flow.fairness import MOST_STEPS, FairRule

_SHIFT: Final[dict[str, int]] = {"leximin": -2, "webster": -1, "dhondt": 0, "even": 0}
"""The key of unit k is (2 (had + k) + shift) / (2 share): leximin takes the level before it, dhondt and even
the level after it, webster the middle.
"""


def steps_over_rounds(
    most: Int64,
    rule: FairRule | Literal["even"],
    goals: int,
    goal: int,
    had: Sequence[int | Fraction],
    share: Sequence[int | Fraction],
) -> UnitSteps:
    """What every unit of every node counts for one of so many goals, so that the best is the fairest of
    levels (had + units) / share: ``most``, int64 (nodes,), units a node can take; what it had before; and
    what that is measured by.

    Of equal levels the larger step comes first for leximin, the smaller for dhondt. ``even`` is the same as
    dhondt, as a cost: how many different keys there are up to a unit's own. ``nash`` is none of these rules.
    Raises BudgetError where there are too many steps.
    """
    total = sum(most.tolist())
    if total > MOST_STEPS:
        raise BudgetError(
            Message.of("matching.fair_steps", units=total, most=MOST_STEPS)
        )
    keys = _keys(most.tolist(), rule, had, share)
    place = {key: number for number, key in enumerate(sorted(set(keys)))}
    counted = np.array([place[key] for key in keys], np.int64)
    gain = np.zeros((total, goals), np.int64)
    gain[:, goal] = -1 - counted if rule == "even" else len(place) - counted
    node = np.repeat(np.arange(len(most), dtype=np.int32), most)
    return UnitSteps(node, np.ones(total, np.int64), gain)


def _keys(
    most: Sequence[int],
    rule: FairRule | Literal["even"],
    had: Sequence[int | Fraction],
    share: Sequence[int | Fraction],
) -> list[tuple[int, int]]:
    """The order of every unit of every node, the first of all the least."""
    step = {own: number for number, own in enumerate(sorted(set(share)))}
    sign = {"leximin": 1, "webster": 0}.get(rule, -1)
    nodes = [
        (Fraction(before), Fraction(own))
        for before, own in zip(had, share, strict=True)
    ]
    # Fractions with denominators of at most M that differ do so by at least M ** -2, so that times a power of
    # two beyond M ** 2 their whole parts differ, too.
    bits = 2 * max(
        (
            (2 * before.denominator * own.numerator).bit_length()
            for before, own in nodes
        ),
        default=0,
    )
    found = []
    for units, (before, own), measure in zip(most, nodes, share, strict=True):
        below = 2 * before.denominator * own.numerator
        by = 2 * before.denominator * own.denominator
        above = (
            2 * before.numerator + _SHIFT[rule] * before.denominator
        ) * own.denominator
        second = sign * step[measure]
        found += [
            (((above + by * k) << bits) // below, second) for k in range(1, units + 1)
        ]
    return found
