"""Rule ``units_represented``: those who serve a demand come from at least so many units."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.team import at_least_if_served
from matchkit.model.rules import UnitsRepresented


def rows(rule: UnitsRepresented, scope: PairVariables, bend: Slack) -> None:
    """A variable a unit says that one of its members serves; there are enough of them where the demand is
    served.
    """
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left) == 0:
        return
    units, of = np.unique(scope.facts.unit_number[members.left], return_inverse=True)
    present = scope.builder.variables(len(units), 1)
    owner = np.concatenate([np.arange(len(units)), of[members.owner]])
    column = np.concatenate([present, members.column])
    coefficient = np.concatenate(
        [np.ones(len(units), np.int64), np.full(len(members.column), -1)]
    )
    scope.builder.rows(len(units), owner, column, coefficient, high=0)
    at_least_if_served(scope, bend, demand, present, np.ones(len(units), np.int64), rule.least)
