"""Rule ``rest``: so many minutes between two demands of a resource. A hard one widens the times in base_rows.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matchkit.compile.general.builder import Bend
from matchkit.compile.general.scope import Scope
from matchkit.compile.ragged import Place
from matchkit.graph.candidates import Mask, Whole
from matchkit.model.rules import Rest


def rows(rule: Rest, scope: Scope, bend: Bend) -> None:
    """The amount is the number of pairs of demands that lie too close."""
    too_close(scope, bend, scope.facts.in_scope(rule), lambda slots: scope.facts.close(slots, 60 * rule.minutes))


def too_close(scope: Scope, bend: Bend, resources: Mask, close: Callable[[Place], Mask]) -> None:
    """Of two demands that ``close`` (slots to a matrix) calls too close, a resource serves one, or pays for both."""
    timed = np.flatnonzero(scope.timed & resources[scope.left])
    slots = np.unique(scope.right[timed])
    matrix = np.triu(close(slots))
    demand = scope.facts.demand[slots]
    lefts, begin = np.unique(scope.left[timed], return_index=True)
    ends = np.append(begin, len(timed))[1:]  # none where there are no pairs
    ones: list[Place] = []
    others: list[Place] = []
    groups: list[Whole] = []
    for left, first, last in zip(lefts.tolist(), begin.tolist(), ends.tolist(), strict=True):
        pairs = timed[first:last]
        place = np.searchsorted(slots, scope.right[pairs])
        one, other = np.nonzero(matrix[np.ix_(place, place)])
        a, b = demand[place[one]], demand[place[other]]
        ones.append(pairs[one])
        others.append(pairs[other])
        groups.append((left * len(scope.facts.demand_ids) + np.minimum(a, b)) * len(scope.facts.demand_ids) + np.maximum(a, b))
    none = np.zeros(0, np.intp)
    one, other, group = np.concatenate([none, *ones]), np.concatenate([none, *others]), np.concatenate([none, *groups])
    if len(one) == 0:
        return
    distinct, which = np.unique(group, return_inverse=True)
    slack = bend.slack(1, len(distinct))
    rows, column, coefficient = np.tile(np.arange(len(one)), 2), np.concatenate([one, other]), np.ones(2 * len(one), np.int64)
    if slack is not None:
        rows = np.concatenate([rows, np.arange(len(one))])
        column = np.concatenate([column, slack[which]])
        coefficient = np.append(coefficient, np.full(len(one), -1))
    scope.builder.rows(len(one), rows, column, coefficient, high=1)
