"""Rule ``keep_apart``: at most one of these resources serves a demand."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import KeepApart


def rows(rule: KeepApart, scope: PairVariables, bend: Slack) -> None:
    """For every demand that two of them may serve: one does, or the others count."""
    lists = scope.facts.lists
    mask = np.zeros(len(lists.resources), np.bool_)
    mask[[lists.left[resource] for resource in rule.resources]] = True
    for demand in np.unique(scope.demand[mask[scope.left]]).tolist():
        members = scope.members(demand)
        many = int(mask[members.left].sum())
        if many > 1:
            columns = members.among(mask)
            bend.at_most(1, np.zeros(len(columns), np.intp), columns, 1, 1, many - 1)
