"""The few pairs of a large case among which a first plan is looked for: the best of every slot, several times as many as fill it."""

from __future__ import annotations

import numpy as np

from matchkit.compile.general.case import Case
from matchkit.compile.ragged import Place, offsets

AMONG = 4
"""They are the best of so many times as many."""
NEAR, TIMES = 40, 10
"""So many pairs a slot, and so many more for each unit that is wanted there."""


def near_pairs(case: Case) -> Place:
    """Pairs of a case, ascending: of every slot the best by weight (of equal ones the first), ``NEAR + TIMES * wanted`` at most."""
    most = NEAR + TIMES * case.needs[0][case.facts.requirement]
    # Of a slot with far more pairs one in so many is looked at, spread over the resources.
    every = np.maximum(1, np.bincount(case.right, minlength=len(most)) // (AMONG * most))
    some = np.flatnonzero((case.left + case.right) % every[case.right] == 0)
    right, count = case.right[some], len(some)
    worse = int(case.weight.max(initial=0)) - case.weight[some]
    span = int(worse.max(initial=0)) + 1
    if len(most) * span * max(1, count) < 2**62:  # one number a pair, which sorts much faster
        order = np.sort((right * span + worse) * count + np.arange(count)) % max(1, count)
    else:
        order = np.lexsort((worse, right))
    first = offsets(np.bincount(right, minlength=len(most)))
    ordered = np.repeat(np.arange(len(most)), np.diff(first))
    return np.sort(some[order[np.arange(count) - first[ordered] < most[ordered]]])
