"""Rule ``team``: a demand is served by nobody or by so many."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model.rules import Team


def rows(rule: Team, scope: PairVariables, bend: Slack) -> None:
    """Quantity is at least ``least`` where the demand is served, and at most ``most``."""
    demand = scope.facts.demand_number[rule.demand]
    pairs = scope.of_demand(demand)
    if len(pairs) == 0:
        return
    at_least_if_served(scope, bend, demand, pairs, np.ones(len(pairs), np.int64), rule.least)
    beyond(pairs, rule.most, scope, bend)


def at_least_if_served(
    scope: PairVariables, bend: Slack, demand: int, column: Intp, coefficient: Int64, least: int
) -> None:
    """One row: these variables (intp (entries,)), each with its ``coefficient`` (int64 (entries,)), add up to
    at least so much where the demand is served; the amount is what they lack.
    """
    if least:
        columns, coefficients = (
            np.append(column, scope.served(demand)),
            np.append(-coefficient, least),
        )
        bend.at_most(1, np.zeros(len(columns), np.intp), columns, coefficients, 0, least)
