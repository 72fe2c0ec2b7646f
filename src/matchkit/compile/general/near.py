"""The few pairs of a large case among which a first plan is looked for: the best of every slot, several times
as many as fill it.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Intp
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.packing import costs, locked
from matchkit.compile.ragged import offsets

AMONG = 4
"""They are the best of so many times as many."""
TURN = 7_919
"""Slots that follow one another begin so many resources apart."""
NEAR, TIMES = 40, 10
"""So many pairs a slot, and so many more for each unit that is wanted there."""
ALL = 1_000_000
"""Where using a resource costs, all of so many pairs: who is used already is seldom among the few."""


def near_pairs(case: IntegerModel) -> Intp:
    """Pairs of a case, ascending: of every slot the best by weight, ``NEAR + TIMES * wanted`` at most; and
    what is locked.

    Of equal pairs each slot has others. Where using a resource costs, all pairs, up to ``ALL``.
    """
    if len(case.left) <= ALL and costs(case).any():
        return np.arange(len(case.left))
    most = NEAR + TIMES * case.needs[0][case.facts.requirement]
    # Of a slot with far more pairs one in so many is looked at, spread over the resources.
    every = np.maximum(1, np.bincount(case.right, minlength=len(most)) // (AMONG * most))
    some = np.flatnonzero((case.left + case.right) % every[case.right] == 0)
    right, count = case.right[some], len(some)
    worse = int(case.weight.max(initial=0)) - case.weight[some]
    span = int(worse.max(initial=0)) + 1
    # Of equal pairs each slot begins with other resources, or all slots would have the same few.
    people = int(case.left.max(initial=0)) + 1
    turned = (case.left[some] + right * TURN) % people
    if len(most) * span * people < 2**62:  # one number a pair, which sorts much faster
        order = np.argsort((right * span + worse) * people + turned, kind="stable")
    else:
        order = np.lexsort((turned, worse, right))
    first = offsets(np.bincount(right, minlength=len(most)))
    ordered = np.repeat(np.arange(len(most)), np.diff(first))
    chosen = locked(case) > 0
    chosen[some[order[np.arange(count) - first[ordered] < most[ordered]]]] = True
    return np.flatnonzero(chosen)
