"""Rule ``max_distance``, where it is soft: kilometres beyond. (A hard one leaves pairs out:
eligibility/distance.py.)
"""

from __future__ import annotations

import numpy as np

from matchkit.compile.eligibility.distance import Distances, limit
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import MaxDistance


def rows(rule: MaxDistance, scope: PairVariables, bend: Slack) -> None:
    """The amount is quantity times the kilometres beyond the limit, begun ones whole."""
    lists = scope.facts.lists
    concerned = np.ones(scope.count, np.bool_)
    if rule.resource is not None:
        concerned &= scope.left == lists.left[rule.resource]
    if rule.demand is not None:
        concerned &= scope.demand == scope.facts.demand_number[rule.demand]
    pairs = np.flatnonzero(concerned)
    beyond = np.maximum(
        Distances(lists).metres(scope.left[pairs], scope.right[pairs]) - limit(rule), 0
    )
    pairs, kilometres = pairs[beyond > 0], -(-beyond[beyond > 0] // 1000)
    if len(pairs):
        most = int((kilometres * scope.most[pairs]).sum())
        bend.at_most(1, np.zeros(len(pairs), np.intp), pairs, kilometres, 0, most)
