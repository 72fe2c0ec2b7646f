"""Rule ``keep_together``: these resources serve a demand all or not at all."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import KeepTogether


def rows(rule: KeepTogether, scope: PairVariables, bend: Slack) -> None:
    """For every demand that one of them may serve: each serves where any does, or counts as absent."""
    lists = scope.facts.lists
    named = sorted({lists.left[resource] for resource in rule.resources})
    for demand in np.unique(scope.demand[np.isin(scope.left, named)]).tolist():
        members = scope.members(demand)
        mask = np.zeros(len(lists.resources), np.bool_)
        mask[named] = True
        together = int(scope.builder.variables(1, 1)[0])
        for resource in named:
            only = np.zeros(len(lists.resources), np.bool_)
            only[resource] = True
            columns = members.among(only)
            if len(columns):  # it serves only where the group does
                scope.builder.row(
                    np.append(columns, together),
                    np.append(np.ones(len(columns), np.int64), -1),
                    high=0,
                )
            columns, coefficients = (
                np.append(columns, together),
                np.append(np.full(len(columns), -1), 1),
            )
            bend.at_most(1, np.zeros(len(columns), np.intp), columns, coefficients, 0, 1)
