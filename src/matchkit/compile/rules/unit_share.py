"""Rule ``unit_share``: at least and at most so much of one unit for one community."""

from __future__ import annotations

import numpy as np

from matchkit.compile.general.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model.rules import UnitShare


def rows(rule: UnitShare, scope: PairVariables, bend: Slack) -> None:
    """What the unit gives the community is at least ``least`` where the community takes anything, and at most
    ``most``.
    """
    there = scope.facts.of_community(rule.community)[scope.right]
    mine = scope.within(there & scope.facts.of_unit(rule.unit)[scope.left])
    beyond(mine, rule.most, scope, bend)
    takes = scope.within(there)
    if rule.least and len(takes):
        columns = np.append(mine, scope.indicator(takes))
        coefficients = np.append(np.full(len(mine), -1), rule.least)
        bend.at_most(1, np.zeros(len(columns), np.intp), columns, coefficients, 0, rule.least)
