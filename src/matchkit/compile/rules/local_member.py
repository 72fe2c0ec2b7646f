"""Rule ``local_member``: among those who serve a demand are so many at home in its community."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.team import at_least_if_served
from matchkit.model.rules import LocalMember


def rows(rule: LocalMember, scope: PairVariables, bend: Slack) -> None:
    """Members at home are enough where the demand is served."""
    demand = scope.facts.demand_number[rule.demand]
    members = scope.members(demand)
    if len(members.left):
        columns = members.among(scope.facts.at_home(demand))
        at_least_if_served(
            scope, bend, demand, columns, np.ones(len(columns), np.int64), rule.least
        )
