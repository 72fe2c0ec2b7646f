"""Eligible pairs with their weights: what each term of the objective gives a pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.candidates import PairCapacities, ProblemCandidates, Spent, Weighted
from matchkit.compile.eligibility.forbid import SparsePairs
from matchkit.compile.eligible import Eligible
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.pairs import Term
from matchkit.model import FACTORS

TERMS: Final[dict[str, Callable[[Numbering, Eligible], Term]]] = {
    name: import_module(f"matchkit.compile.terms.{name}").TERM for name in FACTORS
}
"""What makes each term of the weight."""


def candidates_of(
    lists: Numbering,
    eligible: Eligible,
    taken: Mapping[tuple[int, int], int],
    capacity: Int64,
    wanted: Int64,
    left: Int64,
    right: Int64,
) -> ProblemCandidates:
    """Eligible pairs with their weights. ``capacity`` and ``wanted`` are before the locks ``taken``, ``left``
    and ``right`` after.
    """
    objective = lists.problem.objective
    terms = tuple(
        Weighted(name, getattr(objective, name), TERMS[name](lists, eligible))
        for name in FACTORS
    )
    left_over = {
        pair: lists.own_capacity(lists.resources[pair[0]], lists.slots[pair[1]]) - quantity
        for pair, quantity in taken.items()
    }
    amounts = PairCapacities(
        divisible=np.array(
            [lists.lexicon.is_divisible(resource) for resource in lists.resources], np.bool_
        ),
        capacity=capacity,
        wanted=wanted,
        reduced=SparsePairs(
            len(wanted), (pair for pair, rest in left_over.items() if rest > 0)
        ),
        left_over=np.array([rest for rest in left_over.values() if rest > 0], np.int64),
    )
    used_up = SparsePairs(len(wanted), (pair for pair, rest in left_over.items() if rest == 0))
    return ProblemCandidates(
        eligible,
        terms,
        amounts,
        Spent(used_up, left == 0, right == 0),
        max(getattr(weighted.term, "labels", 0) for weighted in terms),
    )
